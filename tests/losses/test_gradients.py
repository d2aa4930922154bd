"""The gradients of every loss: right, finite, and the same through every transform."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor
from torch.func import grad, vmap

import losses
from losses import CATALOG
from losses.functional import FUNCTIONS
from tests.losses.cases import ALL_CASES
from tests.losses.cases.case import LossCase
from tests.losses.cases.inputs import accepted, drawn, tensors

EVERY_CASE = pytest.mark.parametrize("case", ALL_CASES, ids=[case.id for case in ALL_CASES])


def split(case: LossCase, inputs: dict[str, object]) -> tuple[list[Tensor], dict[str, object]]:
    """The tensor arguments in order, and the options."""
    names = [argument.name for argument in CATALOG[case.id].arguments]
    given = [inputs[name] for name in names]
    options = {name: option for name, option in inputs.items() if name not in names}
    return [tensor for tensor in given if isinstance(tensor, Tensor)], options


def places(case: LossCase) -> list[int]:
    """Where the differentiable arguments stand."""
    names = [argument.name for argument in CATALOG[case.id].arguments]
    return [names.index(name) for name in case.differentiable]


@EVERY_CASE
def test_the_gradient_is_the_slope_of_the_value(case: LossCase):
    if case.no_gradcheck is not None:
        pytest.skip(case.no_gradcheck)
    assert case.differentiable
    for seed in range(3):
        arguments, options = split(case, drawn(case, seed))
        for place in places(case):
            arguments[place] = arguments[place].clone().requires_grad_()
        assert torch.autograd.gradcheck(
            lambda *given: FUNCTIONS[case.id](*given, **options),  # noqa: B023 - called at once
            tuple(arguments),
        )


@EVERY_CASE
def test_gradient_is_that_of_autograd(case: LossCase):
    for name in case.differentiable:
        inputs = drawn(case, 4)
        shown = losses.gradient(case.id, name, **inputs)
        arguments, options = split(case, inputs)
        place = [argument.name for argument in CATALOG[case.id].arguments].index(name)
        arguments[place] = leaf = arguments[place].clone().requires_grad_()
        FUNCTIONS[case.id](*arguments, **options).backward()
        assert leaf.grad is not None
        torch.testing.assert_close(shown, leaf.grad, rtol=0, atol=0)
        assert shown.abs().sum() > 0


@EVERY_CASE
def test_what_has_no_gradient_is_refused(case: LossCase):
    for argument in CATALOG[case.id].arguments:
        if argument.name not in case.differentiable:
            try:
                shown = losses.gradient(case.id, argument.name, **drawn(case, 0))
            except ValueError as complaint:
                assert argument.name in str(complaint)  # noqa: PT017 - both ways are fine
            else:
                assert shown.isfinite().all()
    with pytest.raises(KeyError):
        losses.gradient(case.id, "nothing_of_that_name", **drawn(case, 0))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=["float64", "float32"])
@EVERY_CASE
def test_gradients_stay_finite_at_extreme_inputs(case: LossCase, dtype: torch.dtype):
    for inputs in case.extreme:
        for name in case.differentiable:
            result = losses.gradient(case.id, name, **tensors(case, inputs, dtype))
            assert result.isfinite().all(), (inputs, name, result)


@EVERY_CASE
def test_func_grad_is_the_gradient(case: LossCase):
    inputs = drawn(case, 5)
    arguments, options = split(case, inputs)
    for name, place in zip(case.differentiable, places(case), strict=True):
        through = grad(lambda *given: FUNCTIONS[case.id](*given, **options), argnums=place)
        torch.testing.assert_close(
            through(*arguments), losses.gradient(case.id, name, **inputs), rtol=1e-12, atol=1e-12
        )


@EVERY_CASE
@pytest.mark.filterwarnings("ignore:There is a performance drop")  # kernels without a batched form
def test_vmap_is_a_loop(case: LossCase):
    """Two inputs at once: a random one and itself read backwards."""
    if case.no_vmap is not None:
        pytest.skip(case.no_vmap)
    for seed in range(4):
        arguments, options = split(case, drawn(case, seed))
        backwards = [tensor.flip(0) if tensor.dim() else tensor for tensor in arguments]
        stacked = [torch.stack(pair) for pair in zip(arguments, backwards, strict=True)]

        def loss(*given: Tensor) -> Tensor:
            return FUNCTIONS[case.id](*given, **options)  # noqa: B023 - called at once

        one_by_one = [loss(*arguments), loss(*backwards)]
        torch.testing.assert_close(vmap(loss)(*stacked), torch.stack(one_by_one))
        for place in places(case):
            slope = grad(loss, argnums=place)
            torch.testing.assert_close(
                vmap(slope)(*stacked), torch.stack([slope(*arguments), slope(*backwards)])
            )


@EVERY_CASE
def test_a_convex_loss_is_below_its_chords(case: LossCase):
    """Only between predictions of one space: the first argument, the others held fixed."""
    info = CATALOG[case.id]
    if not info.properties.convex or info.arguments[0].name not in case.differentiable:
        pytest.skip("not said to be convex")
    name = info.arguments[0].name
    for seed in range(10):
        inputs = drawn(case, seed)
        here = inputs[name]
        assert isinstance(here, Tensor)
        there = here.flip(0)
        ends = [losses.compute(case.id, **{**inputs, name: end}).item() for end in (here, there)]
        for share in (0.25, 0.5, 0.75):
            between = share * here + (1 - share) * there
            if not accepted(case, {**inputs, name: between}):
                pytest.skip("between two points of this space lie points outside it")
            value = losses.compute(case.id, **{**inputs, name: between}).item()
            chord = share * ends[0] + (1 - share) * ends[1]
            assert value <= chord + 1e-9 * (1 + math.fabs(chord))
