"""Use the installed program from another directory, as a learner would.

Run by the Python of an environment into which `pip install .` put the program and nothing else;
only the standard library is used here. Shows that the packs, the locale files, the migrations and
the theme are in the wheel.
"""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("quizapp"))
PATIENCE = 120.0  # seconds until a hanging program is given up


def main() -> None:
    """Try one command after the other; the first that does not do its work ends the run."""
    _say("the program comes from site-packages")
    where = _output([sys.executable, "-P", "-c", "import quizapp; print(quizapp.__file__)"])
    assert "site-packages" in where, where

    _say("quizapp --version, --help, losses")
    assert _output([PROGRAM, "--version"]).startswith("quizapp ")
    assert "使い方" in _output([PROGRAM, "--help"])
    assert "usage" in _output([PROGRAM, "--help", "--lang", "en"])
    assert "Huber損失" in _output([PROGRAM, "losses", "huber"])

    _say("quizapp losses compute: PyTorch")
    inputs = '{"pred": [1, 2], "target": [0, 4]}'
    computed = _output([PROGRAM, "losses", "compute", "huber", "--input", inputs, "--json"])
    assert json.loads(computed)["value"] == 1.0

    _say("quizapp study --plain: the packs, a new database")
    session = _output([PROGRAM, "study", "--plain", "--kind", "choice"], typed="1\n1\n")
    assert "解答は保存されている" in session, session
    assert "今日: 2問解答" in session, session

    _say("quizapp: the screens in a terminal")
    _on_a_terminal([PROGRAM], wait_for="学習を始める", then=b"q")


def _output(command: list[str], *, typed: str = "") -> str:
    done = subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _on_a_terminal(command: list[str], *, wait_for: str, then: bytes) -> None:
    """Start a program on a pseudo-terminal, wait for a text, press a key, expect it to end."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(COLUMNS="80", LINES="24")
        os.execv(command[0], command)
    shown = b""
    pressed = False
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 1)[0]:
            try:
                chunk = os.read(terminal, 65536)
            except OSError:  # the program has closed its side
                break
            shown += chunk
        if not pressed and wait_for.encode() in shown:
            os.write(terminal, then)
            pressed = True
    if not pressed or os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise SystemExit(f"{command} did not show {wait_for!r}:\n{shown.decode(errors='replace')}")


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
