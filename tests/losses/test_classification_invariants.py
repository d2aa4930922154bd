"""How the losses for class labels hang together."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from torch.testing import assert_close

import losses
from losses.functional import classification

SCORE = st.floats(-30, 30)


@st.composite
def classified(draw: st.DrawFn) -> tuple[Tensor, Tensor]:
    """Scores of several classes, and one class for each example."""
    classes = draw(st.integers(2, 5))
    rows = draw(
        st.lists(st.lists(SCORE, min_size=classes, max_size=classes), min_size=1, max_size=5)
    )
    target = draw(st.lists(st.integers(0, classes - 1), min_size=len(rows), max_size=len(rows)))
    return torch.tensor(rows, dtype=torch.float64), torch.tensor(target)


@st.composite
def labelled(draw: st.DrawFn) -> tuple[Tensor, Tensor]:
    """One score and one label 0 or 1 for each example."""
    drawn = draw(st.lists(st.tuples(SCORE, st.integers(0, 1)), min_size=1, max_size=8))
    scores, target = torch.tensor(drawn, dtype=torch.float64).unbind(-1)
    return scores, target


@pytest.mark.parametrize("loss_id", ["cross_entropy", "softmax_focal"])
@given(pair=classified(), shift=st.floats(-100, 100))
def test_a_softmax_does_not_see_a_shift(loss_id: str, pair: tuple[Tensor, Tensor], shift: float):
    logits, target = pair
    loss = losses.get(loss_id)
    assert_close(loss(logits + shift, target), loss(logits, target), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("loss_id", ["multi_margin", "crammer_singer_hinge"])
@given(pair=classified(), shift=st.floats(-100, 100))
def test_margins_do_not_see_a_shift(loss_id: str, pair: tuple[Tensor, Tensor], shift: float):
    scores, target = pair
    loss = losses.get(loss_id)
    assert_close(loss(scores + shift, target), loss(scores, target), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize(
    "loss_id", ["cross_entropy", "softmax_focal", "multi_margin", "crammer_singer_hinge"]
)
@given(pair=classified())
def test_the_names_of_the_classes_do_not_matter(loss_id: str, pair: tuple[Tensor, Tensor]):
    scores, target = pair
    classes = scores.shape[-1]
    loss = losses.get(loss_id)
    assert_close(loss(scores.flip(-1), classes - 1 - target), loss(scores, target))


@given(pair=classified())
def test_nll_after_log_softmax_is_cross_entropy(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    assert_close(
        classification.nll(logits.log_softmax(-1), target),
        classification.cross_entropy(logits, target),
    )


@given(pair=classified())
def test_cross_entropy_forgives_a_log_softmax_but_no_softmax(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    value = classification.cross_entropy(logits, target)
    assert_close(classification.cross_entropy(logits.log_softmax(-1), target), value)
    twice = classification.cross_entropy(logits.softmax(-1), target)
    # A softmax of probabilities can be neither sure nor surely wrong.
    assert math.log1p((logits.shape[-1] - 1) / math.e) - 1e-9 <= twice
    assert twice <= math.log(math.e + logits.shape[-1] - 1) + 1e-9


@given(pair=classified())
def test_one_hot_labels_are_class_indices(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    one_hot = F.one_hot(target, logits.shape[-1]).double()
    assert_close(
        classification.cross_entropy(logits, one_hot),
        classification.cross_entropy(logits, target),
    )


@given(pair=classified(), amount=st.floats(0, 1))
def test_label_smoothing_mixes_with_the_uniform_target(pair: tuple[Tensor, Tensor], amount: float):
    logits, target = pair
    uniform = torch.full_like(logits, 1 / logits.shape[-1])
    mixed = (1 - amount) * classification.cross_entropy(
        logits, target
    ) + amount * classification.cross_entropy(logits, uniform)
    assert_close(classification.cross_entropy(logits, target, label_smoothing=amount), mixed)


@given(pair=classified())
def test_equal_weights_change_nothing(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    weight = torch.full((logits.shape[-1],), 3.0, dtype=torch.float64)
    assert_close(
        classification.cross_entropy(logits, target, weight=weight),
        classification.cross_entropy(logits, target),
    )


@given(pair=classified())
def test_ignored_examples_might_as_well_not_be_there(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    more = torch.cat([logits, torch.full_like(logits[:1], 7.0)])
    assert_close(
        classification.cross_entropy(more, torch.cat([target, torch.tensor([-100])])),
        classification.cross_entropy(logits, target),
    )


@given(pair=labelled())
def test_two_classes_are_a_logit_difference(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    both = torch.stack([torch.zeros_like(logits), logits], -1)
    assert_close(
        classification.cross_entropy(both, target.long()),
        classification.bce_with_logits(logits, target),
    )


@given(pair=labelled())
def test_bce_of_sigmoid_is_bce_with_logits(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    # 1 − σ(x) has lost digits by x = 15; that is what the logits form is for.
    mild = logits.clamp(-15, 15)
    assert_close(
        classification.bce(mild.sigmoid(), target),
        classification.bce_with_logits(mild, target),
        rtol=1e-8,
        atol=1e-9,
    )


@given(pair=labelled())
def test_a_score_and_its_label_may_both_be_turned_round(pair: tuple[Tensor, Tensor]):
    scores, target = pair
    assert_close(
        classification.bce_with_logits(-scores, 1 - target),
        classification.bce_with_logits(scores, target),
    )
    sign = 2 * target - 1
    assert_close(classification.hinge(-scores, -sign), classification.hinge(scores, sign))
    assert_close(
        classification.binary_focal(-scores, 1 - target, alpha=0.75),
        classification.binary_focal(scores, target, alpha=0.25),
    )


@given(pair=labelled())
def test_focal_without_focus_is_cross_entropy(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    assert_close(
        classification.binary_focal(logits, target, alpha=None, gamma=0.0),
        classification.bce_with_logits(logits, target),
    )


@given(pair=classified())
def test_softmax_focal_without_focus_is_cross_entropy(pair: tuple[Tensor, Tensor]):
    assert_close(
        classification.softmax_focal(*pair, gamma=0.0), classification.cross_entropy(*pair)
    )


@given(pair=labelled())
def test_softmax_focal_of_two_classes_is_the_binary_one(pair: tuple[Tensor, Tensor]):
    logits, target = pair
    both = torch.stack([torch.zeros_like(logits), logits], -1)
    assert_close(
        classification.softmax_focal(both, target.long()),
        classification.binary_focal(logits, target, alpha=None),
    )


@given(pair=labelled(), gamma=st.floats(0, 4))
def test_more_focus_never_costs_more(pair: tuple[Tensor, Tensor], gamma: float):
    less = classification.binary_focal(*pair, gamma=gamma, reduction="none")
    more = classification.binary_focal(*pair, gamma=gamma + 1, reduction="none")
    assert (more <= less + 1e-15).all()


@given(pair=labelled())
def test_the_square_of_each_hinge(pair: tuple[Tensor, Tensor]):
    scores, target = pair
    sign = 2 * target - 1
    assert_close(
        classification.squared_hinge(scores, sign, reduction="none"),
        classification.hinge(scores, sign, reduction="none") ** 2,
    )


@given(pair=labelled())
def test_two_class_margins_are_a_hinge(pair: tuple[Tensor, Tensor]):
    scores, target = pair
    both = torch.stack([torch.zeros_like(scores), scores], -1)
    sign = 2 * target - 1
    one_rival = classification.crammer_singer_hinge(both, target.long())
    assert_close(one_rival, classification.hinge(scores, sign))
    assert_close(classification.multi_margin(both, target.long()), one_rival / 2)


@given(pair=classified())
def test_the_strongest_rival_is_one_of_all_rivals(pair: tuple[Tensor, Tensor]):
    scores, _ = pair
    strongest = classification.crammer_singer_hinge(*pair)
    every = classification.multi_margin(*pair) * scores.shape[-1]
    assert strongest <= every + 1e-9
    assert every <= strongest * (scores.shape[-1] - 1) + 1e-9


@given(pair=classified())
def test_weights_of_the_true_class_leave_the_margin_mean_over_examples(
    pair: tuple[Tensor, Tensor],
):
    scores, target = pair
    weight = torch.full((scores.shape[-1],), 2.0, dtype=torch.float64)
    assert_close(
        classification.multi_margin(scores, target, weight=weight),
        2 * classification.multi_margin(scores, target),
    )


def test_pixels_are_examples():
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(2, 3, 4, 5, generator=generator, dtype=torch.float64)
    target = torch.randint(0, 3, (2, 4, 5), generator=generator)
    flat = logits.movedim(1, -1).reshape(-1, 3)
    for loss_id in ("cross_entropy", "softmax_focal"):
        loss = losses.get(loss_id)
        assert_close(loss(logits, target), loss(flat, target.reshape(-1)))
    assert_close(
        classification.nll(logits.log_softmax(1), target),
        classification.nll(flat.log_softmax(-1), target.reshape(-1)),
    )


def test_a_lone_example_is_a_batch_of_one():
    logits = torch.tensor([2.0, 1.0, 0.1], dtype=torch.float64)
    for loss_id in ("cross_entropy", "softmax_focal", "multi_margin", "crammer_singer_hinge"):
        loss = losses.get(loss_id)
        assert_close(loss(logits, torch.tensor(1)), loss(logits.unsqueeze(0), torch.tensor([1])))


def test_label_types_of_every_width_are_read_alike():
    logits = torch.tensor([[2.0, 1.0], [0.5, 1.5]], dtype=torch.float64)
    expected = classification.cross_entropy(logits, torch.tensor([0, 1]))
    for dtype in (torch.uint8, torch.int16, torch.int32):
        assert_close(
            classification.cross_entropy(logits, torch.tensor([0, 1], dtype=dtype)), expected
        )
    scores = torch.tensor([1.2, -0.5], dtype=torch.float64)
    expected = classification.hinge(scores, torch.tensor([1.0, -1.0], dtype=torch.float64))
    assert_close(classification.hinge(scores, torch.tensor([1, -1])), expected)
    expected = classification.binary_focal(scores, torch.tensor([1.0, 0.0], dtype=torch.float64))
    assert_close(classification.binary_focal(scores, torch.tensor([True, False])), expected)
    assert_close(
        classification.bce_with_logits(scores, torch.tensor([1, 0])),
        classification.bce_with_logits(scores, torch.tensor([1.0, 0.0])),
    )
