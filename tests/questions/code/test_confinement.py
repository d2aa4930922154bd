"""Without the kernel's filter and namespaces, Python's own hook refuses the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

# What a program tries, and the reason for which it is refused.
CALLS = [
    ("open('x', 'w')", "files"),
    ("open('x', 'a')", "files"),
    ("open('x', 'r+')", "files"),
    ("os.open('x', os.O_WRONLY)", "files"),
    ("os.mkdir('x')", "files"),
    ("os.remove('x')", "files"),
    ("os.rename('x', 'y')", "files"),
    ("os.symlink('x', 'y')", "files"),
    ("os.truncate('x', 0)", "files"),
    ("os.utime('x')", "files"),
    ("socket.socket()", "network"),
    ("socket.getaddrinfo('localhost', 1)", "network"),
    ("os.fork()", "processes"),
    ("os.system('true')", "processes"),
    ("os.execv('/bin/true', ['true'])", "processes"),
    ("os.posix_spawn('/bin/true', ['true'], {})", "processes"),
    ("subprocess.run(['true'])", "processes"),
    ("os.kill(os.getppid(), 0)", "processes"),
    ("resource.setrlimit(resource.RLIMIT_CPU, (9, 9))", "system"),
    ("__import__('losses')", "reference"),
    ("__import__('questions.examiner')", "reference"),
    ("__import__('quizapp.cli')", "reference"),
]


@pytest.mark.parametrize(("call", "reason"), CALLS)
def test_what_python_refuses(call: str, reason: str) -> None:
    program = (
        "import os, resource, socket, subprocess\n"
        "from questions.code import calls\n"
        "calls.watch()\n"
        f"try: {call}\n"
        "except calls.Refused as refused: print(refused.reason)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout == f"{reason}\n", done.stderr


def test_what_a_loss_needs_is_allowed() -> None:
    program = (
        "from questions.code import calls\n"
        "calls.watch()\n"
        "import math, decimal, dataclasses\n"
        "open(math.__spec__.origin or decimal.__file__, 'rb').close()\n"
        "print('done')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout == "done\n", done.stderr
