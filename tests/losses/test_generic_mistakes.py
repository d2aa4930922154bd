"""General mistakes can be tried with every loss, and never give the right value."""

from __future__ import annotations

import math

import pytest

from losses import CATALOG, evaluation
from losses.functional import FUNCTIONS
from losses.mistakes import of
from losses.mistakes.generic import generic, twofold
from tests.losses.cases import ALL_CASES
from tests.losses.cases.case import LossCase
from tests.losses.cases.inputs import drawn


@pytest.mark.parametrize("case", ALL_CASES, ids=[case.id for case in ALL_CASES])
def test_they_run_or_refuse(case: LossCase) -> None:
    twice = [both for mistake in of(case.id) for both in twofold(case.id, mistake.id)]
    for seed in range(3):
        inputs = drawn(case, seed)
        right = evaluation.run(FUNCTIONS[case.id], case.id, **inputs)
        for mistake in (*generic(case.id), *twice):
            try:
                value = evaluation.run(mistake.function, case.id, **inputs)
            except (ValueError, RuntimeError, ArithmeticError):
                continue  # the turn cannot be taken with these shapes or numbers
            assert value.numel() == 1
            if "+" not in mistake.id and float(right) != 0 and math.isfinite(float(right)):
                assert float(value) != float(right), mistake.id


def value_of(loss_id: str, mistake_id: str, **inputs: object) -> float:
    (mistake,) = (each for each in generic(loss_id) if each.id == mistake_id)
    return evaluation.run(mistake.function, loss_id, **inputs).item()


def test_values_by_hand() -> None:
    # Distances 3, 4 from the anchor: max(0, 3 − 4 + 2) = 1; anchor and positive exchanged: d = 5.
    triplet = {"anchor": [[0.0, 0.0]], "positive": [[3.0, 0.0]], "negative": [[0.0, 4.0]]}
    assert value_of("triplet_margin", "arguments_swapped", margin=3.0, **triplet) == 1.0
    # ln 4 in nats is log₁₀ 4.
    assert value_of("entropy", "base_ten", probs=[0.25] * 4) == pytest.approx(0.60206, abs=1e-5)
    # The columns (0, 0) and (ln 3, 0) instead of the rows: ln 2 and ln 4 for class 1.
    logits = [[0.0, math.log(3)], [0.0, 0.0]]
    assert value_of("cross_entropy", "wrong_axis", logits=logits, target=[1, 1]) == pytest.approx(
        (math.log(2) + math.log(4)) / 2
    )
    assert value_of("huber", "doubled", pred=[0.5], target=[0.0], delta=1.0) == 0.25
    assert math.isnan(value_of("mae", "wrong_axis", pred=[1.0, 2.0], target=[0.0, 0.0]))
    assert {"halved", "base_two"} & {each.id for each in generic("mae")} == set()


def test_an_unknown_loss_is_refused() -> None:
    with pytest.raises(KeyError):
        generic("no_such_loss")
    assert set(CATALOG) == {case.id for case in ALL_CASES}
