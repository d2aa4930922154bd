"""`losses.compute`, `losses.gradient` and `losses.get` keep their contract."""

from __future__ import annotations

import pytest
import torch

import losses
from losses import evaluation


def test_lists_become_float64():
    value = losses.compute("huber", pred=[2.5, 3.0], target=[3.0, 2.8], delta=1.0)
    assert value.dtype == torch.float64
    assert value.item() == pytest.approx((0.125 + 0.02) / 2)


def test_the_gradient_of_lists():
    slope = losses.gradient("huber", "pred", pred=[2.5, 3.0], target=[3.0, 2.8], delta=0.3)
    assert slope.tolist() == pytest.approx([-0.15, 0.1])


def test_tensors_keep_their_type():
    pred = torch.tensor([1.0, 2.0], dtype=torch.float32)
    value = losses.compute("mse", pred=pred, target=torch.zeros(2))
    assert value.dtype == torch.float32


def test_arguments_may_come_in_any_order():
    value = losses.compute("quantile", q=0.9, target=[1.0], pred=[0.0])
    assert value.item() == pytest.approx(0.9)


def test_class_indices_become_whole_numbers():
    made = evaluation.tensors("cross_entropy", logits=[[1, 2], [3, 4]], target=[0, 1])
    assert made["logits"].dtype == torch.float64
    assert made["target"].dtype == torch.int64


def test_class_indices_with_a_point_are_soft_labels():
    made = evaluation.tensors("cross_entropy", logits=[[1.0, 2.0]], target=[[0.5, 0.5]])
    assert made["target"].dtype == torch.float64


def test_a_list_option_becomes_a_tensor():
    made = evaluation.tensors("cross_entropy", weight=[2, 4, 6])
    assert made["weight"].dtype == torch.float64


def test_a_missing_argument_is_named():
    with pytest.raises(TypeError, match="mse needs target"):
        losses.compute("mse", pred=[1.0])


def test_an_unknown_option_is_an_error():
    with pytest.raises(TypeError, match="delta"):
        losses.compute("mse", pred=[1.0], target=[1.0], delta=1.0)


@pytest.mark.parametrize("use", [losses.get, losses.compute, losses.mistakes.of])
def test_an_unknown_loss_is_a_key_error(use):
    with pytest.raises(KeyError):
        use("mean_squared_trouble")


def test_there_is_no_gradient_of_class_indices():
    with pytest.raises(ValueError, match="target of cross_entropy is not a real-valued tensor"):
        losses.gradient("cross_entropy", "target", logits=[[1.0, 2.0]], target=[0])


def test_the_gradient_of_separate_terms_is_that_of_their_sum():
    inputs = {"pred": [2.5, 3.0], "target": [3.0, 2.8]}
    apart = losses.gradient("mse", "pred", **inputs, reduction="none")
    together = losses.gradient("mse", "pred", **inputs, reduction="sum")
    assert torch.equal(apart, together)
