"""What the tests know of the generative losses."""

from __future__ import annotations

from tests.losses.cases.case import LossCase

CASES: tuple[LossCase, ...] = ()
