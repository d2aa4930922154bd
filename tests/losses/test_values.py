"""The values of every loss: published, recomputed by loops, worked on paper, refused."""

from __future__ import annotations

import math

import pytest
import torch

import losses
from losses import evaluation
from tests.losses.cases import ALL_CASES
from tests.losses.cases.case import Inputs, LossCase, Published
from tests.losses.cases.inputs import drawn, lists, tensors

EVERY_CASE = pytest.mark.parametrize("case", ALL_CASES, ids=[case.id for case in ALL_CASES])


@pytest.mark.parametrize(
    ("case", "published"),
    [
        pytest.param(case, published, id=f"{case.id}-{number}")
        for case in ALL_CASES
        for number, published in enumerate(case.published)
    ],
)
def test_published_values(case: LossCase, published: Published):
    value = losses.compute(case.id, **published.inputs)
    expected = torch.tensor(published.value, dtype=torch.float64)
    assert published.source
    torch.testing.assert_close(value, expected, rtol=0, atol=published.tolerance, check_dtype=False)


@EVERY_CASE
def test_something_is_published(case: LossCase):
    assert case.published


@EVERY_CASE
def test_loops_over_plain_numbers_agree(case: LossCase):
    for seed in range(20):
        inputs = drawn(case, seed)
        value = losses.compute(case.id, **inputs).item()
        assert value == pytest.approx(case.reference(**lists(inputs)), rel=1e-9, abs=1e-9)


@EVERY_CASE
def test_lists_and_tensors_give_the_same_value(case: LossCase):
    inputs = drawn(case, 0)
    from_tensors = losses.compute(case.id, **inputs)
    from_lists = losses.compute(case.id, **lists(inputs))
    assert from_lists.dtype == torch.float64
    torch.testing.assert_close(from_lists, from_tensors, rtol=1e-15, atol=1e-15)


@EVERY_CASE
def test_worked_steps_end_in_the_value(case: LossCase):
    for seed in range(20):
        inputs = drawn(case, seed)
        steps = losses.worked.steps(case.id, **lists(inputs))
        value = losses.compute(case.id, **inputs).item()
        assert steps[-1].value == pytest.approx(value, rel=1e-12, abs=1e-12)


@EVERY_CASE
def test_worked_steps_end_in_the_sum(case: LossCase):
    for seed in range(5):
        inputs = {**drawn(case, seed), "reduction": "sum"}
        steps = losses.worked.steps(case.id, **lists(inputs))
        value = losses.compute(case.id, **inputs).item()
        assert steps[-1].value == pytest.approx(value, rel=1e-12, abs=1e-12)


@EVERY_CASE
def test_worked_steps_can_be_read(case: LossCase):
    steps = losses.worked.steps(case.id, **lists(drawn(case, 1)))
    assert len({step.id for step in steps}) == len(steps) >= 2
    for step in steps:
        assert step.label.ja
        assert step.label.en
        assert step.formula
        assert step.substitution
        assert "-" not in step.substitution.replace("e-", "").replace("-exp", "")


@EVERY_CASE
def test_worked_steps_end_in_the_published_values(case: LossCase):
    for published in case.published:
        if published.inputs.get("reduction") != "none":
            steps = losses.worked.steps(case.id, **published.inputs)
            assert steps[-1].value == pytest.approx(published.value, abs=published.tolerance)


@EVERY_CASE
def test_worked_steps_refuse_to_leave_the_terms_apart(case: LossCase):
    with pytest.raises(ValueError, match="reduction"):
        losses.worked.steps(case.id, **{**lists(drawn(case, 0)), "reduction": "none"})


@EVERY_CASE
def test_reductions(case: LossCase):
    for seed in range(5):
        inputs = drawn(case, seed)
        total = losses.compute(case.id, **{**inputs, "reduction": "sum"})
        mean = losses.compute(case.id, **{**inputs, "reduction": "mean"})
        assert total.shape == mean.shape == ()
        if case.no_terms is not None:
            continue
        terms = losses.compute(case.id, **{**inputs, "reduction": "none"})
        torch.testing.assert_close(terms.sum(), total)
        divisor = terms.numel() if case.denominator is None else case.denominator(**lists(inputs))
        torch.testing.assert_close(total / divisor, mean)


@EVERY_CASE
def test_an_unknown_reduction_is_refused(case: LossCase):
    with pytest.raises(ValueError, match="reduction"):
        losses.compute(case.id, **{**drawn(case, 0), "reduction": "median"})


@pytest.mark.parametrize(
    ("case", "inputs", "complaint"),
    [
        pytest.param(case, inputs, complaint, id=f"{case.id}-{number}")
        for case in ALL_CASES
        for number, (inputs, complaint) in enumerate(case.refused)
    ],
)
def test_refused(case: LossCase, inputs: Inputs, complaint: str):
    with pytest.raises(ValueError, match=complaint):
        losses.compute(case.id, **inputs)


@EVERY_CASE
def test_something_is_refused(case: LossCase):
    assert case.refused


@pytest.mark.parametrize(
    ("case", "inputs", "value"),
    [
        pytest.param(case, inputs, value, id=f"{case.id}-{number}")
        for case in ALL_CASES
        for number, (inputs, value) in enumerate(case.degenerate)
    ],
)
def test_degenerate_inputs(case: LossCase, inputs: Inputs, value: float):
    assert losses.compute(case.id, **inputs).item() == pytest.approx(value, nan_ok=True)


@EVERY_CASE
def test_float32_agrees_with_float64(case: LossCase):
    for seed in range(5):
        inputs = drawn(case, seed)
        exact = losses.compute(case.id, **inputs)
        single = losses.compute(case.id, **tensors(case, inputs, torch.float32))
        assert single.dtype == torch.float32
        torch.testing.assert_close(single.double(), exact, rtol=1e-4, atol=1e-5)


@EVERY_CASE
def test_the_inputs_are_left_as_they_were(case: LossCase):
    inputs = drawn(case, 3)
    before = {
        name: given.clone() for name, given in inputs.items() if isinstance(given, torch.Tensor)
    }
    losses.compute(case.id, **inputs)
    for mistake in losses.mistakes.of(case.id):
        evaluation.run(mistake.function, case.id, **inputs)
    for name, kept in before.items():
        assert torch.equal(inputs[name], kept)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=["float64", "float32"])
@EVERY_CASE
def test_values_stay_finite_and_right_at_extreme_inputs(case: LossCase, dtype: torch.dtype):
    assert case.extreme
    for inputs in case.extreme:
        value = losses.compute(case.id, **tensors(case, inputs, dtype))
        assert math.isfinite(value.item()), inputs
        exact = losses.compute(case.id, **tensors(case, inputs, torch.float64))
        torch.testing.assert_close(value.double(), exact, rtol=1e-4, atol=1e-5)
