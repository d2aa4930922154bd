"""One compute worker for all tests of the checker: loading torch takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from questions.compute.client import ComputeWorker


@pytest.fixture(scope="session")
def worker() -> Iterator[ComputeWorker]:
    with closing(ComputeWorker()) as worker:
        yield worker
