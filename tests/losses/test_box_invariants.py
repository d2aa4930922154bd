"""What holds for the losses for boxes, whatever the rectangles."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

import losses
from losses.functional.box import box_iou_loss, ciou_loss, diou_loss, giou_loss

ALL = (box_iou_loss, giou_loss, diou_loss, ciou_loss)
EVERY = pytest.mark.parametrize("loss", ALL, ids=[loss.__name__ for loss in ALL])


@st.composite
def boxes(draw: st.DrawFn) -> Tensor:
    """A rectangle with area, on a grid so that edges often meet."""
    x, y = draw(st.integers(-4, 4)), draw(st.integers(-4, 4))
    width, height = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    return torch.tensor([x, y, x + width, y + height], dtype=torch.float64)


@EVERY
@given(pred=boxes(), target=boxes())
def test_values_lie_within_their_bounds(loss, pred, target):
    highest = {box_iou_loss: 1, giou_loss: 2, diou_loss: 2, ciou_loss: 3}[loss]
    assert -1e-12 <= loss(pred, target).item() <= highest


@EVERY
@given(box=boxes())
def test_a_box_costs_nothing_against_itself(loss, box):
    assert loss(box, box).item() == 0


@EVERY
@given(pred=boxes(), target=boxes())
def test_the_order_of_the_boxes_does_not_matter(loss, pred, target):
    torch.testing.assert_close(loss(pred, target), loss(target, pred))


@EVERY
@given(
    pred=boxes(),
    target=boxes(),
    shift=st.integers(-100, 100),
    scale=st.sampled_from([0.25, 3.0, 1024.0]),
)
def test_moving_and_enlarging_both_changes_nothing(loss, pred, target, shift, scale):
    moved = loss(scale * (pred + shift), scale * (target + shift))
    torch.testing.assert_close(moved, loss(pred, target), rtol=1e-9, atol=1e-12)


@given(boxes(), boxes())
def test_each_penalty_adds(pred, target):
    iou, giou, diou, ciou = (loss(pred, target).item() for loss in ALL)
    assert iou <= giou + 1e-12
    assert iou <= diou + 1e-12
    assert diou <= ciou + 1e-12


@given(boxes(), boxes())
def test_ciou_is_diou_between_boxes_of_one_shape(pred, target):
    sides = target[2:] - target[:2]
    alike = torch.cat((pred[:2], pred[:2] + 2 * sides))
    assert ciou_loss(alike, target).item() == pytest.approx(diou_loss(alike, target).item())


@given(boxes())
def test_giou_sees_nothing_new_in_a_box_inside_another(outer):
    """The enclosing box is then the outer one, however the inner one lies."""
    middle = (outer[:2] + outer[2:]) / 2
    inner = torch.cat((outer[:2], middle))
    assert giou_loss(inner, outer).item() == pytest.approx(box_iou_loss(inner, outer).item())
    assert diou_loss(inner, outer) > box_iou_loss(inner, outer)


def test_only_the_plain_loss_has_no_gradient_for_boxes_apart():
    apart = {"pred": [0.0, 0.0, 1.0, 1.0], "target": [2.0, 2.0, 3.0, 3.0]}
    assert not losses.gradient("box_iou_loss", "pred", **apart).any()
    for loss in ("giou_loss", "diou_loss", "ciou_loss"):
        slope = losses.gradient(loss, "pred", **apart)
        moved = torch.tensor(apart["pred"], dtype=torch.float64) - 0.1 * slope
        closer = losses.compute(loss, pred=moved, target=apart["target"])
        assert closer < losses.compute(loss, **apart)


def test_the_gradient_of_ciou_holds_the_weight_constant():
    """Against differences of DIoU + αv with α as it is at the point."""
    generator = torch.Generator().manual_seed(3)
    target = torch.tensor([1.0, 0.0, 3.0, 3.0], dtype=torch.float64)
    pred = torch.tensor([0.0, 0.0, 4.0, 2.0], dtype=torch.float64)
    pred = pred + 0.1 * torch.rand(4, generator=generator, dtype=torch.float64)

    def aspect(box: Tensor) -> Tensor:
        angles = [torch.atan((b[2] - b[0]) / (b[3] - b[1])) for b in (target, box)]
        return 4 / math.pi**2 * (angles[0] - angles[1]) ** 2

    v = aspect(pred)
    alpha = v / (box_iou_loss(pred, target) + v)
    assert alpha > 0.05
    shown = losses.gradient("ciou_loss", "pred", pred=pred, target=target)
    for place in range(4):
        step = torch.zeros(4, dtype=torch.float64)
        step[place] = 1e-6
        ends = [diou_loss(box, target) + alpha * aspect(box) for box in (pred + step, pred - step)]
        assert shown[place].item() == pytest.approx(((ends[0] - ends[1]) / 2e-6).item(), abs=1e-8)


@EVERY
def test_boxes_without_area_have_finite_gradients(loss):
    line, point = [0.0, 0.0, 2.0, 0.0], [1.0, 1.0, 1.0, 1.0]
    for pred, target in (
        (line, line),
        (point, point),
        (line, point),
        (point, [0.0, 0.0, 2.0, 2.0]),
    ):
        assert math.isfinite(losses.compute(loss.__name__, pred=pred, target=target))
        assert losses.gradient(loss.__name__, "pred", pred=pred, target=target).isfinite().all()


@EVERY
def test_a_batch_is_the_mean_of_its_boxes(loss):
    corners = torch.rand(6, 2, generator=torch.Generator().manual_seed(4), dtype=torch.float64)
    some = torch.cat((corners, corners + 0.5), -1)
    pred, target = some[:3], some[3:]
    terms = torch.stack([loss(p, t) for p, t in zip(pred, target, strict=True)])
    torch.testing.assert_close(loss(pred, target), terms.mean())


def test_torchvision_agrees():
    ops = pytest.importorskip("torchvision.ops", reason="an oracle only")
    generator = torch.Generator().manual_seed(5)
    corners = torch.rand(40, 2, generator=generator, dtype=torch.float64)
    sides = torch.rand(40, 2, generator=generator, dtype=torch.float64) + 0.1
    some = torch.cat((corners, corners + sides), -1)
    pred, target = some[:20], some[20:]
    for ours, theirs in (
        (giou_loss, ops.generalized_box_iou_loss),
        (diou_loss, ops.distance_box_iou_loss),
        (ciou_loss, ops.complete_box_iou_loss),
    ):
        expected = theirs(pred, target, reduction="mean", eps=0.0)
        torch.testing.assert_close(ours(pred, target), expected)
