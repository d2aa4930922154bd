"""How fast variants are computed and answers graded.

The budgets are those of the design: variants a second for `pack check`, which runs two workers,
and milliseconds for a graded answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import cycle
from statistics import median, quantiles
from threading import Thread

from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from questions.model import ComputedQuestion
from questions.tolerance import as_written
from tests.benchmarks.starting import Measured
from tests.questions.packs.builtin import calculated, numerics

WORKERS = 2  # of `quizapp pack check`


def table(*, seeds: int, answers: int) -> Iterator[Measured]:
    """Measure everything, one line after the other."""
    yield variants_per_second(seeds=seeds)
    yield from grading(answers=answers)


def variants_per_second(*, seeds: int) -> Measured:
    """Every computed question of the built-in packs with seeds 0, 1, …, over two workers."""
    questions: tuple[ComputedQuestion, ...] = (*numerics(), *calculated())
    with ExitStack() as stack:
        workers = [stack.enter_context(_running()) for _number in range(WORKERS)]
        shares = [questions[number::WORKERS] for number in range(WORKERS)]
        started = time.perf_counter()
        threads = [
            Thread(target=_settle, args=(worker, share, seeds))
            for worker, share in zip(workers, shares, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = time.perf_counter() - started
    variants = len(questions) * seeds
    return Measured(
        what="variants computed a second (at least), two workers",
        figure=variants / taken,
        unit="/s",
        budget=2000,
        detail=f"{variants} variants in {taken:.2f} s",
    )


def grading(*, answers: int) -> Iterator[Measured]:
    """A typed answer to a variant that the worker has prepared: the right one, then a wrong one."""
    with _running() as worker:
        examiner = Examiner(worker)
        taken = []
        for seed, question in zip(range(answers), cycle(numerics())):
            variant = examiner.present(
                question, question_id=f"p/{question.id}", content_hash="0", seed=seed
            )
            examiner.prepare(variant)
            value = examiner.judge(variant, "0").expected_value or 0.0
            for typed in (as_written(value, question.tolerance), f"{value * 1.37 + 0.01:.5f}"):
                before = time.perf_counter()
                examiner.judge(variant, typed)
                taken.append(1000 * (time.perf_counter() - before))
    detail = f"{len(taken)} answers, slowest {max(taken):.1f} ms"
    yield Measured(
        what="a typed number graded, worker warm, p50",
        figure=median(taken),
        unit="ms",
        budget=5,
        detail=detail,
    )
    yield Measured(
        what="a typed number graded, worker warm, p99",
        figure=quantiles(taken, n=100)[-1],
        unit="ms",
        budget=5,
        detail=detail,
    )


def _settle(worker: ComputeWorker, questions: tuple[ComputedQuestion, ...], seeds: int) -> None:
    for question in questions:
        worker.settle_many(question, range(seeds))


@contextmanager
def _running() -> Iterator[ComputeWorker]:
    """A worker that has loaded torch and computed something."""
    with closing(ComputeWorker()) as worker:
        worker.settle_many(numerics()[0], range(20))
        yield worker
