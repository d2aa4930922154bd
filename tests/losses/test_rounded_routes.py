"""Worked steps can be read again and followed with rounded intermediate values."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import losses
from losses.worked.rounding import Route, routes
from losses.worked.step import Step, flat
from losses.worked.written import Illegible, read
from tests.losses.cases import ALL_CASES
from tests.losses.cases.case import LossCase
from tests.losses.cases.inputs import drawn

WRITTEN = {
    "(0.64 + 4 + 0.25) / 3": [1.63],
    "8.4 − 7.6, 9.9 − 7.9": [0.8, 2.0],
    "(−8)², 2², ½·0.6²": [64.0, 4.0, 0.18],
    "−ln 0.5, −0.2·(−0.5)": [math.log(2), 0.1],
    "[e^3, e^(−0.8)]; [1, 2^3 − 1]": [math.exp(3), math.exp(-0.8), 1.0, 7.0],
    "(ln 0.7, ln 0.3), (ln 1, 0)": [math.log(0.7), math.log(0.3), 0.0, 0.0],
    "max(0, 1 − (−1)), max(0, −1 − 2)": [2.0, 0.0],
    "√((1 − 4)² + (3 − 7)²)": [5.0],
    "|−3.5|, ½((−2)² + 1 − 1 − 1)": [3.5, 1.5],
    "7/log₂(4), 3.4 / 5": [3.5, 0.68],
    "P = 2, T = 3": [2.0, 3.0],
    "1.5·(2.1 − 0.75)": [2.025],
    "−1·2 + 3": [1.0],
    "σ(0), exp(0) + 1e−3": [0.5, 1.001],
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_written_form_is_read(text: str) -> None:
    written = read(text)
    values = [entry(lambda _, number: float(number.replace("−", "-"))) for entry in written.entries]
    assert values == pytest.approx(WRITTEN[text])


@given(st.text(alphabet="0123456789.,;()[]|+−·/^√½²eln maxσ=P ", max_size=40))
@example("(" * 300)
@example("")
def test_what_cannot_be_read_is_illegible_and_nothing_worse(text: str) -> None:
    with contextlib.suppress(Illegible):
        read(text)


def test_the_steps_of_most_losses_can_be_read() -> None:
    again = total = 0
    for case in ALL_CASES:
        for step in losses.worked.steps(case.id, **lists(case, 0)):
            total += 1
            with contextlib.suppress(Illegible):
                again += len(read(step.substitution).entries) == len(flat(step.value))
    assert again > 0.9 * total


@pytest.mark.parametrize("case", ALL_CASES, ids=[case.id for case in ALL_CASES])
def test_with_many_decimals_every_route_ends_at_the_loss(case: LossCase) -> None:
    steps = losses.worked.steps(case.id, **lists(case, 1))
    (right,) = flat(steps[-1].value)
    for route in routes(steps, 4):
        assert set(route.rounded) < {step.id for step in steps}
        assert route.value == pytest.approx(right, rel=0.05, abs=0.02)


def lists(case: LossCase, seed: int) -> dict[str, object]:
    inputs = drawn(case, seed)
    return {
        name: value.tolist() if hasattr(value, "tolist") else value
        for name, value in inputs.items()
    }


def rounded(loss_id: str, places: int, **inputs: object) -> dict[tuple[str, ...], float]:
    steps: tuple[Step, ...] = losses.worked.steps(loss_id, **inputs)
    return {route.rounded: route.value for route in routes(steps, places)}


def test_by_hand() -> None:
    # e^0 + e^4.6 = 100.4843; p = 0.0099518 is rounded to 0.010, and −ln 0.010 = 4.60517.
    found = rounded("cross_entropy", 3, logits=[0.0, 4.6], target=0)
    assert found["softmax",] == pytest.approx(-math.log(0.01), abs=1e-6)
    # e^4.6 = 99.484316 is rounded to 99.484: −ln(1/100.484).
    assert found["exponentials",] == pytest.approx(math.log(100.484), abs=1e-6)
    # d = √13 = 3.60555 → 3.606; 3.606 − 2 + 0.5.
    triplet = {"anchor": [[1.0, 3.0]], "positive": [[4.0, 1.0]], "negative": [[3.0, 3.0]]}
    found = rounded("triplet_margin", 3, margin=0.5, **triplet)
    assert found["positive_distances",] == pytest.approx(2.106)
    # Terms 0.16 and 2.25, exact: nothing is rounded on the way to their mean.
    assert rounded("mse", 3, pred=[0.4, 1.5], target=[0.0, 0.0]) == {}
    # A negative value stays negative: 0.25·ln 0.25 + 0.75·ln 0.75 with logs −1.386 and −0.288.
    found = rounded("entropy", 3, probs=[0.25, 0.75])
    assert min(found.values()) > 0.5


def test_a_step_that_is_not_understood_ends_no_route() -> None:
    label = losses.CATALOG["mse"].name
    steps = (
        Step("first", label, "x", "1 / 3", 1 / 3),
        Step("last", label, "f(x)", "?(0.333333)", 0.5),
    )
    assert list(routes(steps, 2)) == []
    readable = (steps[0], Step("last", label, "3x", "3·0.333333", 1.0))
    assert list(routes(readable, 2)) == [Route(("first",), pytest.approx(0.99))]
