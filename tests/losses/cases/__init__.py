"""What the tests know of every loss: one `LossCase` each, by family."""

from __future__ import annotations

from tests.losses.cases import (
    box,
    classification,
    combined,
    distribution,
    embedding,
    generative,
    ranking,
    region,
    regression,
    sequence,
)
from tests.losses.cases.case import LossCase

ALL_CASES: tuple[LossCase, ...] = (
    *regression.CASES,
    *classification.CASES,
    *distribution.CASES,
    *ranking.CASES,
    *region.CASES,
    *box.CASES,
    *generative.CASES,
    *embedding.CASES,
    *sequence.CASES,
    *combined.CASES,
)

CASE: dict[str, LossCase] = {case.id: case for case in ALL_CASES}
