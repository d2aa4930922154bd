"""How fast variants are computed and answers graded.

The budgets are those of the design: variants a second for `pack check`, which runs two workers,
and milliseconds for a graded answer.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import cycle
from statistics import median, quantiles
from threading import Thread

from questions.answer import LONGEST, read_number
from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from questions.model import ComputedQuestion
from questions.settle_many import many_at_once
from questions.tolerance import as_written
from tests.benchmarks.starting import Measured
from tests.questions.packs.builtin import calculated, numerics

WORKERS = 2  # of `quizapp pack check`


def table(*, seeds: int, answers: int, texts: int) -> Iterator[Measured]:
    """Measure everything, one line after the other."""
    yield variants_per_second(seeds=seeds)
    yield grading(answers=answers)
    yield reading(texts=texts)


def variants_per_second(*, seeds: int) -> Measured:
    """Every question of the built-in packs for the value of a loss, with seeds 0, 1, …, over two workers."""
    every: tuple[ComputedQuestion, ...] = (*numerics(), *calculated())
    questions = tuple(filter(many_at_once, every))
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


def grading(*, answers: int) -> Measured:
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
    return Measured(
        what="a typed number graded, worker warm, p50",
        figure=median(taken),
        unit="ms",
        budget=5,
        detail=f"{len(taken)} answers, slowest {max(taken):.1f} ms",
    )


def reading(*, texts: int) -> Measured:
    """Random text, half of it of the characters that answers are made of."""
    chance = random.Random(0)
    usual = "0123456789.,-+*/^()%e eln√π½²×−０１．，ー。"
    taken = []
    for _text in range(texts):
        length = chance.randrange(LONGEST // 4)
        if chance.random() < 0.5:
            text = "".join(chance.choices(usual, k=length))
        else:
            text = "".join(chr(chance.randrange(0x110000)) for _character in range(length))
        before = time.perf_counter()
        read_number(text)
        taken.append(1000 * (time.perf_counter() - before))
    return Measured(
        what="random text read as a number, p99",
        figure=quantiles(taken, n=100)[-1],
        unit="ms",
        budget=1,
        detail=f"{texts} texts, none raised; slowest {max(taken):.1f} ms",
    )


def _settle(worker: ComputeWorker, questions: tuple[ComputedQuestion, ...], seeds: int) -> None:
    for question in questions:
        worker.settle_many(question, range(seeds))


@contextmanager
def _running() -> Iterator[ComputeWorker]:
    """A worker that has loaded torch and computed something."""
    with closing(ComputeWorker()) as worker:
        worker.settle_many(next(filter(many_at_once, numerics())), range(20))
        yield worker
