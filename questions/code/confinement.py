"""Give up, for good, what a learner's program may not have. The child's side: no imports of ours."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from typing import Literal

# `calls` is imported under the package's name: the child's search path holds it.
from questions.code import calls, kernel_filter

# What is in force: by the kernel, or (`calls`) by Python alone.
Protection = Literal["namespaces", "time", "memory", "files", "processes", "kernel", "calls"]

_LINUX = sys.platform.startswith("linux")
_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9
_ROOT = os.getuid() == 0  # asked before the new user namespace, where nobody is anybody


def separate() -> tuple[Protection, ...]:
    """Leave the network and end with the parent. Before torch, which may start threads."""
    if not _LINUX:
        return ()
    library = ctypes.CDLL(None)
    library.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    left = library.unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC) == 0
    return ("namespaces",) if left else ()


def confine(*, cpu: int, memory: int, open_files: int) -> tuple[Protection, ...]:
    """Put the limits in force; `cpu` (s) and `memory` (bytes) count from now. After torch."""
    found: list[Protection] = []
    _limit(resource.RLIMIT_CORE, 0)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    # One second of grace between the signal and the end, for whoever ignores the signal.
    if _limit(resource.RLIMIT_CPU, spent + cpu, spent + cpu + 1):
        found.append("time")
    if _LINUX and _limit(resource.RLIMIT_AS, _address_space() + memory):
        found.append("memory")
    if _limit(resource.RLIMIT_FSIZE, 0) and _limit(resource.RLIMIT_NOFILE, open_files):
        found.append("files")
    # Does not bind root; the kernel's filter does.
    if _limit(resource.RLIMIT_NPROC, 0) and not _ROOT:
        found.append("processes")
    if kernel_filter.install():
        found.append("kernel")
    calls.watch()
    return (*found, "calls")


def _limit(kind: int, soft: int, hard: int | None = None) -> bool:
    try:
        resource.setrlimit(kind, (soft, soft if hard is None else hard))
    except (OSError, ValueError):  # not known here, or a lower one is in force already
        return False
    return True


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()
