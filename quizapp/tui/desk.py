"""One thread on which everything that touches the database runs, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.study import Study

P = ParamSpec("P")
T = TypeVar("T")


def start_computing(study: Study) -> None:
    """Let PyTorch load in its process, if it can; where it cannot, the first number says so."""
    from questions.compute.client import ComputeUnavailable  # noqa: PLC0415 - after the first frame

    with suppress(ComputeUnavailable):
        study.start_computing()


def look_ahead(study: Study) -> None:
    """Let PyTorch load, and find the numbers of the questions that will be asked first. Blocks."""
    from questions.compute.client import ComputeUnavailable  # noqa: PLC0415 - after the first frame

    with suppress(ComputeUnavailable, Problem):
        study.start_computing()
        study.session().settle_ahead()


class Desk:
    """Runs blocking functions in the order in which they come, while the screen stays live."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def do(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the function returns, or raise what it raises."""
        future = self._thread.submit(function, *args, **kwargs)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Take no more work and drop what has not begun."""
        self._thread.shutdown(wait=False, cancel_futures=True)
