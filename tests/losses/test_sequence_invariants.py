"""What holds for the CTC loss, whatever the frames."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

import losses
from losses.functional.sequence import ctc


def frames(seed: int, *shape: int) -> Tensor:
    logits = torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return torch.log_softmax(logits, -1)


def cost(log_probs: Tensor, labels: tuple[int, ...] | list[int], **options: int) -> float:
    targets = torch.tensor(labels, dtype=torch.int64)
    return ctc(log_probs, targets, reduction="sum", **options).item()


def test_all_label_sequences_together_are_certain():
    log_probs = frames(0, 4, 3)
    every = [labels for length in range(5) for labels in itertools.product((1, 2), repeat=length)]
    assert sum(math.exp(-cost(log_probs, labels)) for labels in every) == pytest.approx(
        1, abs=1e-12
    )


def test_pytorch_agrees_with_unequal_lengths():
    log_probs = frames(1, 6, 3, 4)
    targets = torch.tensor([[1, 2, 2], [3, 1, 0], [2, 0, 0]])
    lengths = {
        "input_lengths": torch.tensor([6, 5, 3]),
        "target_lengths": torch.tensor([3, 2, 1]),
    }
    for reduction in ("none", "mean", "sum"):
        expected = F.ctc_loss(log_probs, targets, *lengths.values(), reduction=reduction)
        torch.testing.assert_close(
            ctc(log_probs, targets, **lengths, reduction=reduction), expected
        )


def test_through_the_softmax_the_gradient_is_that_of_pytorch():
    logits = torch.randn(5, 4, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    targets = torch.tensor([1, 3])
    slopes = []
    for loss in (ctc, lambda *given: F.ctc_loss(*given, [5], [2])):
        leaf = logits.clone().requires_grad_()
        loss(torch.log_softmax(leaf, -1), targets).backward()
        slopes.append(leaf.grad)
    torch.testing.assert_close(*slopes)


def test_the_gradient_spreads_one_label_over_each_frame():
    """Minus the probability that a frame has a class, given the target: it adds up to −1."""
    slope = losses.gradient(
        "ctc", "log_probs", log_probs=frames(3, 5, 4), targets=[1, 2], reduction="sum"
    )
    assert (slope <= 0).all()
    torch.testing.assert_close(slope.sum(-1), torch.full((5,), -1.0, dtype=torch.float64))


def test_frames_beyond_the_length_do_not_count():
    log_probs = frames(4, 6, 4)
    short = cost(log_probs[:4], [1, 2])
    assert cost(log_probs, [1, 2], input_lengths=torch.tensor([4])) == pytest.approx(short)
    slope = losses.gradient(
        "ctc", "log_probs", log_probs=log_probs, targets=[1, 2], input_lengths=[4]
    )
    assert slope[:4].any(-1).all()
    assert not slope[4:].any()


def test_a_certain_blank_at_the_end_changes_nothing():
    log_probs = frames(5, 4, 3)
    blank = torch.tensor([[0.0, -math.inf, -math.inf]], dtype=torch.float64)
    assert cost(torch.cat((log_probs, blank)), [1, 2]) == pytest.approx(cost(log_probs, [1, 2]))


def test_the_number_of_the_blank_is_a_matter_of_names():
    log_probs = frames(6, 5, 4)
    last = log_probs.roll(-1, -1)  # class k becomes k − 1, and the blank 0 becomes 3
    assert cost(last, [0, 2, 2], blank=3) == pytest.approx(cost(log_probs, [1, 3, 3]))


def test_equal_labels_need_a_frame_between_them():
    assert math.isinf(cost(frames(7, 2, 3), [1, 1]))
    assert math.isfinite(cost(frames(7, 3, 3), [1, 1]))
    assert math.isfinite(cost(frames(7, 2, 3), [1, 2]))


def test_an_impossible_class_has_no_slope():
    log_probs = frames(8, 4, 4)
    log_probs[2, 3] = -math.inf
    log_probs = torch.log_softmax(log_probs, -1)
    slope = losses.gradient("ctc", "log_probs", log_probs=log_probs, targets=[1, 2])
    assert slope.isfinite().all()
    assert slope[2, 3] == 0


def test_long_sequences_do_not_underflow():
    log_probs = frames(9, 2000, 5)
    assert cost(log_probs, [1, 2, 3, 4] * 20) == pytest.approx(
        F.ctc_loss(log_probs, torch.tensor([1, 2, 3, 4] * 20), [2000], [80], reduction="sum").item()
    )
    assert 1e3 < cost(log_probs, [1, 2, 3, 4] * 20) < 1e5
