"""What this machine can do: the bandwidth of copying and the speed of multiplying matrices."""

from __future__ import annotations

import time
from collections.abc import Callable

import torch


def figures(threads: int) -> str:
    """Both in one line, best of several runs with that many threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        source = torch.ones(2**24)
        target = torch.empty_like(source)
        square = torch.ones(1024, 1024)
        copied = 2 * source.nbytes / _fastest(lambda: target.copy_(source))
        multiplied = 2 * 1024**3 / _fastest(lambda: square @ square)
    finally:
        torch.set_num_threads(before)
    return (
        f"{threads} thread{'s' * (threads > 1)}: copies {copied / 1e9:.1f} GB/s, "
        f"multiplies {multiplied / 1e9:.0f} GFLOP/s"
    )


def _fastest(step: Callable[[], object]) -> float:
    taken = []
    for _run in range(10):
        started = time.perf_counter()
        step()
        taken.append(time.perf_counter() - started)
    return min(taken)
