"""Gradients on paper end in what autograd gives; mistakes of differentiating do not."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

import losses
from losses import CATALOG, evaluation
from losses.catalog.gradient import gradient_mistakes
from losses.mistakes.gradient import wrong_gradients
from losses.worked.gradient import WRITTEN, central_difference, gradient_steps
from tests.losses.cases import CASE
from tests.losses.cases.inputs import drawn, lists

EVERY = pytest.mark.parametrize(("loss", "argument"), sorted(WRITTEN))


def places(values: torch.Tensor) -> list[tuple[int, ...]]:
    return list(itertools.product(*(range(size) for size in values.shape)))


@EVERY
def test_the_formula_gives_what_autograd_gives(loss: str, argument: str) -> None:
    written = 0
    for seed in range(25):
        inputs = lists(drawn(CASE[loss], seed))
        if inputs.get("reduction") == "none":
            continue
        right = losses.gradient(loss, argument, **inputs)
        for at in places(right):
            steps = gradient_steps(loss, argument, at, **inputs)
            if steps is None:
                continue
            written += 1
            assert steps[-1].value == pytest.approx(right[at].item(), rel=1e-9, abs=1e-12)
            assert [step.id for step in steps] == ["derivative", "gradient"]
            assert all(step.label.ja and step.label.en and step.formula for step in steps)
    assert written > 20, "the formula is never used"


@EVERY
def test_a_sum_is_not_divided(loss: str, argument: str) -> None:
    inputs = {**lists(drawn(CASE[loss], 3)), "reduction": "sum"}
    right = losses.gradient(loss, argument, **inputs)
    for at in places(right):
        steps = gradient_steps(loss, argument, at, **inputs)
        if steps is not None:
            assert steps[-1].value == pytest.approx(right[at].item(), rel=1e-9, abs=1e-12)


def test_a_lone_number_has_an_empty_place() -> None:
    (_, last) = gradient_steps("mse", "pred", (), pred=1.5, target=1.0) or ()
    assert last.value == 1.0


@pytest.mark.parametrize(
    ("loss", "argument", "inputs"),
    [
        ("cross_entropy", "logits", {"logits": [1.0, 2.0], "target": 0, "label_smoothing": 0.1}),
        ("cross_entropy", "logits", {"logits": [1.0, 2.0], "target": 0, "weight": [1.0, 2.0]}),
        ("bce_with_logits", "logits", {"logits": [1.0], "target": [1.0], "pos_weight": 2.0}),
        ("mse", "target", {"pred": [1.0], "target": [2.0]}),
        ("soft_dice", "pred", {"pred": [1.0], "target": [1.0]}),
    ],
)
def test_where_no_formula_is_written_there_is_none(
    loss: str, argument: str, inputs: dict[str, object]
) -> None:
    assert gradient_steps(loss, argument, (0,), **inputs) is None


@pytest.mark.parametrize("at", [(3,), (-1,), (), (0, 0)])
def test_a_place_that_is_not_there_is_refused(at: tuple[int, ...]) -> None:
    with pytest.raises(IndexError):
        gradient_steps("mse", "pred", at, pred=[1.0, 2.0], target=[0.0, 0.0])


def test_a_central_difference_says_that_it_is_one() -> None:
    step = central_difference(lambda x: x**3, 2.0)
    assert step.value == pytest.approx(12.0, rel=1e-8)
    assert "近似" in step.label.ja
    assert "not by a formula" in step.label.en
    assert "L(x + h)" in step.formula


# Mistakes: (loss, argument, inputs, mistake, the wrong gradient, worked out by hand)
WRONG = [
    ("mse", "pred", {"pred": [1.0, 3.0], "target": [0.0, 1.0]}, "power_not_brought_down", [0.5, 1]),
    ("mse", "pred", {"pred": [1.0, 3.0], "target": [0.0, 1.0]}, "value_for_gradient", [2.5, 2.5]),
    ("mse", "pred", {"pred": [1.0, 3.0], "target": [0.0, 1.0]}, "gradient_reversed", [-1, -2]),
    ("mse", "pred", {"pred": [1.0, 3.0], "target": [0.0, 1.0]}, "mean_forgotten", [2, 4]),
    # m = (9 + 16)/2, 1/(2·√12.5)
    (
        "rmse",
        "pred",
        {"pred": [3.0, 4.0], "target": [0.0, 0.0]},
        "inner_derivative_forgotten",
        [0.1414213562, 0.1414213562],
    ),
    # 1/cosh 1 = 0.6480542737
    (
        "log_cosh",
        "pred",
        {"pred": [1.0], "target": [0.0]},
        "inner_derivative_forgotten",
        [0.6480542737],
    ),
    # σ(ln 3) = 0.75: −1/0.75 by the probability
    (
        "bce_with_logits",
        "logits",
        {"logits": [math.log(3)], "target": [1.0]},
        "inner_derivative_forgotten",
        [-4 / 3],
    ),
    # softmax (1/4, 3/4): −1/p of the true class
    (
        "cross_entropy",
        "logits",
        {"logits": [0.0, math.log(3)], "target": 0},
        "inner_derivative_forgotten",
        [-4.0, 0.0],
    ),
    (
        "hinge",
        "scores",
        {"scores": [0.5, 0.5, 2.0], "target": [1, -1, 1]},
        "inner_derivative_forgotten",
        [1 / 3, 1 / 3, 0.0],
    ),
    (
        "kl_div",
        "log_probs",
        {"log_probs": [0.25, 0.75], "target": [0.5, 0.5], "log_input": False},
        "inner_derivative_forgotten",
        [-0.5, -0.5],
    ),
]


@pytest.mark.parametrize(("loss", "argument", "inputs", "mistake", "wrong"), WRONG)
def test_wrong_gradients(
    loss: str, argument: str, inputs: dict[str, object], mistake: str, wrong: list[float]
) -> None:
    found = {info.id: each for info, each in wrong_gradients(loss, argument, **inputs)}
    assert found[mistake].tolist() == pytest.approx(wrong)


@EVERY
def test_every_mistake_has_words_and_can_be_made(loss: str, argument: str) -> None:
    known = gradient_mistakes(loss, argument)
    assert len({mistake.id for mistake in known}) == len(known)
    assert not {mistake.id for mistake in known} & {each.id for each in CATALOG[loss].mistakes}
    met: set[str] = set()
    for seed in range(10):
        inputs = drawn(CASE[loss], seed)
        if loss == "kl_div":
            inputs = {**inputs, "log_probs": torch.tensor([0.3, 0.7]), "log_input": False}
            inputs |= {"target": torch.tensor([0.4, 0.6]), "log_target": False}
        right = evaluation.gradient(loss, argument, **inputs)
        for info, wrong in wrong_gradients(loss, argument, **inputs):
            assert wrong.shape == right.shape
            if not torch.allclose(wrong, right, equal_nan=True):
                met.add(info.id)
    # One row has no mean to be forgotten.
    assert {mistake.id for mistake in known} - met <= {"mean_forgotten"}
    for mistake in known:
        assert mistake.says.ja.endswith("。")
        assert mistake.says.en.endswith(".")
        assert mistake.departs_at in ("derivative", "gradient")


def test_a_loss_of_weights_has_no_plain_inner_derivative() -> None:
    inputs = {"logits": [0.0, 1.0], "target": 0, "weight": [1.0, 2.0]}
    found = [info.id for info, _ in wrong_gradients("cross_entropy", "logits", **inputs)]
    assert found == ["value_for_gradient", "gradient_reversed", "mean_forgotten"]
