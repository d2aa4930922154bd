"""How sure a diagnosis is, over every built-in numeric question.

Two figures: the share of random numbers that are told a mistake, and how many mistakes are not
recognised by their own value.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.starting import Measured
from tests.questions.diagnosing import false_share, unrecognised
from tests.questions.packs.builtin import numerics


def table(*, numbers: int, variants: int) -> Iterator[Measured]:
    """Measure everything, one line after the other."""
    shares = {
        question.id: false_share(question, numbers=numbers, variants_drawn=100)
        for question in numerics()
    }
    worst = max(shares, key=lambda name: shares[name])
    yield Measured(
        what="random numbers told a mistake, worst question",
        figure=100 * shares[worst],
        unit="%",
        budget=1,
        detail=f"{worst}; mean {100 * sum(shares.values()) / len(shares):.2f} %, {numbers} each",
    )
    missed = [
        f"{question.id} {line}"
        for question in numerics()
        for line in unrecognised(question, variants_drawn=variants)
    ]
    yield Measured(
        what="mistakes' own values not recognised",
        figure=len(missed),
        unit="",
        budget=0,
        detail=f"{variants} variants of each question {missed[:3] or ''}",
    )
