"""Every mistake gives its documented value, differs from the right one, and has its place."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

import losses
from losses import CATALOG, evaluation
from losses.mistakes.mistake import Mistake
from tests.losses.cases import ALL_CASES
from tests.losses.cases.case import Inputs, LossCase
from tests.losses.cases.inputs import drawn

EVERY_CASE = pytest.mark.parametrize("case", ALL_CASES, ids=[case.id for case in ALL_CASES])
EVERY_MISTAKE = pytest.mark.parametrize(
    ("case", "mistake"),
    [
        pytest.param(case, mistake, id=f"{case.id}-{mistake.id}")
        for case in ALL_CASES
        for mistake in losses.mistakes.of(case.id)
    ],
)


def wrong(mistake: Mistake, case: LossCase, inputs: Inputs) -> float:
    return evaluation.run(mistake.function, case.id, **inputs).item()


def inputs_tested(case: LossCase) -> list[Inputs]:
    """Everything that the tests feed to this loss and that has one number as its value."""
    written = [each.inputs for each in (*case.published, *case.mistaken.values())]
    return [
        *(inputs for inputs in written if inputs.get("reduction") != "none"),
        *(drawn(case, seed) for seed in range(20)),
    ]


def test_an_unknown_loss_has_no_mistakes():
    with pytest.raises(KeyError):
        losses.mistakes.of("no_such_loss")


@EVERY_CASE
def test_every_mistake_of_the_catalogue_has_a_documented_value(case: LossCase):
    assert set(case.mistaken) == {mistake.id for mistake in CATALOG[case.id].mistakes}


@EVERY_MISTAKE
def test_documented_values(case: LossCase, mistake: Mistake):
    documented = case.mistaken[mistake.id]
    assert wrong(mistake, case, documented.inputs) == pytest.approx(
        documented.value, rel=0, abs=documented.tolerance, nan_ok=True
    )


@EVERY_MISTAKE
def test_a_mistake_is_visible_on_some_tested_input(case: LossCase, mistake: Mistake):
    """The mutation test: were the loss computed this way, some value above would be wrong."""
    for inputs in inputs_tested(case):
        right = losses.compute(case.id, **inputs).item()
        value = wrong(mistake, case, inputs)
        if not (math.isnan(value) or math.isclose(value, right, rel_tol=1e-6, abs_tol=1e-9)):
            return
    pytest.fail("the right calculation gives the same on every tested input")


@EVERY_CASE
def test_two_mistakes_of_a_loss_can_be_told_apart(case: LossCase):
    mistakes = losses.mistakes.of(case.id)
    values = {
        mistake.id: torch.tensor([wrong(mistake, case, inputs) for inputs in inputs_tested(case)])
        for mistake in mistakes
    }
    for one, other in itertools.combinations(values, 2):
        assert not torch.allclose(values[one], values[other], rtol=1e-6, equal_nan=True), (
            one,
            other,
        )


@EVERY_MISTAKE
def test_a_mistake_departs_at_a_step_of_the_calculation(case: LossCase, mistake: Mistake):
    steps = losses.worked.steps(case.id, **case.mistaken[mistake.id].inputs)
    assert mistake.departs_at in [step.id for step in steps]
