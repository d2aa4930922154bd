"""What holds for the losses for masks, whatever the pixels."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from losses.functional.region import soft_dice, soft_iou, soft_tversky

SOFT = st.floats(0, 1, width=32)
HARD = st.sampled_from([0.0, 1.0])


@st.composite
def masks(draw: st.DrawFn, pixel: st.SearchStrategy[float] = SOFT) -> tuple[Tensor, Tensor]:
    """A predicted and a true mask of one size."""
    size = draw(st.integers(1, 8))
    rows = [draw(st.lists(pixel, min_size=size, max_size=size)) for _ in range(2)]
    first, second = (torch.tensor(row, dtype=torch.float64) for row in rows)
    return first, second


def both(loss, pred: Tensor, target: Tensor, **options: float) -> float:
    return loss(pred, target, **options).item()


@given(masks())
def test_dice_is_tversky_with_half_and_half(pair):
    assert both(soft_tversky, *pair) == pytest.approx(both(soft_dice, *pair), abs=1e-12)


@given(masks())
def test_iou_is_tversky_with_one_and_one(pair):
    assert both(soft_tversky, *pair, alpha=1.0, beta=1.0) == pytest.approx(
        both(soft_iou, *pair), abs=1e-12
    )


@given(masks())
def test_dice_and_iou_tell_the_same_in_two_scales(pair):
    """Dice = 2·IoU / (1 + IoU), so the losses order all predictions alike."""
    iou = 1 - both(soft_iou, *pair)
    assert both(soft_dice, *pair) == pytest.approx(1 - 2 * iou / (1 + iou), abs=1e-12)


@pytest.mark.parametrize("loss", [soft_iou, soft_dice, soft_tversky])
@given(pair=masks(), smooth=st.floats(0, 10))
def test_values_lie_between_zero_and_one(loss, pair, smooth):
    assert -1e-12 <= both(loss, *pair, smooth=smooth) <= 1 + 1e-12


@given(masks(HARD))
def test_hard_masks_cost_nothing_where_they_agree_only(pair):
    for loss in (soft_iou, soft_dice, soft_tversky):
        assert (both(loss, *pair) == 0) == torch.equal(*pair)


@given(masks(HARD))
def test_squaring_changes_nothing_on_hard_masks(pair):
    assert both(soft_dice, *pair, squared=True) == both(soft_dice, *pair)


@given(masks())
def test_the_place_of_a_pixel_does_not_matter(pair):
    order = torch.randperm(len(pair[0]), generator=torch.Generator().manual_seed(0))
    for loss in (soft_iou, soft_dice, soft_tversky):
        moved = both(loss, pair[0][order], pair[1][order])
        assert moved == pytest.approx(both(loss, *pair), abs=1e-12)


@given(masks(), st.floats(0, 3))
def test_exchanging_the_masks_exchanges_the_coefficients(pair, alpha):
    there = both(soft_tversky, *pair, alpha=alpha, beta=0.5)
    back = both(soft_tversky, pair[1], pair[0], alpha=0.5, beta=alpha)
    assert there == pytest.approx(back, abs=1e-12)


@given(masks(HARD))
def test_a_dearer_false_alarm_costs_more(pair):
    cheap, dear = (both(soft_tversky, *pair, alpha=alpha) for alpha in (0.5, 2.0))
    pred, target = pair
    alarm = bool(((pred == 1) & (target == 0)).any())
    hit = bool(((pred == 1) & (target == 1)).any())
    assert (dear > cheap) == (alarm and hit)
    assert dear >= cheap


def test_a_batch_is_averaged_over_its_masks():
    generator = torch.Generator().manual_seed(1)
    pred = torch.rand(2, 3, 4, 5, generator=generator, dtype=torch.float64)
    target = (torch.rand(2, 3, 4, 5, generator=generator) > 0.5).double()
    for loss in (soft_iou, soft_dice, soft_tversky):
        terms = loss(pred, target, reduction="none")
        assert terms.shape == (2, 3)
        alone = [loss(p, t) for p, t in zip(pred.flatten(0, 1), target.flatten(0, 1), strict=True)]
        torch.testing.assert_close(terms.flatten(), torch.stack(alone))
        torch.testing.assert_close(loss(pred, target), terms.mean())


def test_a_false_alarm_on_an_empty_image_is_not_free():
    """segmentation-models-pytorch gives 0 here, whatever is predicted."""
    for loss in (soft_iou, soft_dice, soft_tversky):
        assert loss(torch.full((4, 4), 0.9), torch.zeros(4, 4)) == 1
        assert loss(torch.zeros(4, 4), torch.zeros(4, 4)) == 0


def test_large_masks_stay_exact_in_single_precision():
    generator = torch.Generator().manual_seed(2)
    pred = torch.rand(512, 512, generator=generator)
    target = (torch.rand(512, 512, generator=generator) > 0.9).float()
    for loss in (soft_iou, soft_dice, soft_tversky):
        exact = loss(pred.double(), target.double())
        torch.testing.assert_close(loss(pred, target).double(), exact, rtol=1e-6, atol=0)


@given(masks(HARD))
def test_hard_masks_agree_with_scikit_learn(pair):
    metrics = pytest.importorskip("sklearn.metrics", reason="an oracle only")
    pred, target = (mask.int().numpy() for mask in pair)
    if pred.any() or target.any():
        assert both(soft_iou, *pair) == pytest.approx(1 - metrics.jaccard_score(target, pred))
        assert both(soft_dice, *pair) == pytest.approx(1 - metrics.f1_score(target, pred))
