"""Wrong turns that nobody had to foresee for a loss: they can be taken with almost any.

`losses.mistakes.of` knows what is typical of a loss; these are computed beside it, to explain
numbers that none of the typical mistakes gives. A function is NaN where its turn changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import torch
from torch import Tensor

from losses.catalog import CATALOG
from losses.catalog.info import LossInfo
from losses.functional import FUNCTIONS
from losses.mistakes import of
from losses.mistakes.common import scaled, summed, unless_right
from losses.mistakes.mistake import Mistake
from losses.text import Text

# A loss has steps of its own: where a general mistake departs is the first or the last of them.
FIRST, LAST = "(first)", "(last)"

_Loss = Callable[..., Tensor]
_Turn = Callable[[_Loss, _Loss], _Loss]  # of what is calculated, and of the right loss


@cache
def generic(loss_id: str) -> tuple[Mistake, ...]:
    """Return the general mistakes that make sense for a loss and are not known of it already.

    `departs_at` is FIRST or LAST. Raises KeyError for an unknown loss.
    """
    known, right = {mistake.id for mistake in CATALOG[loss_id].mistakes}, FUNCTIONS[loss_id]
    return tuple(
        Mistake(mistake_id, says, remedy, departs_at, turn(right, right))
        for mistake_id, says, remedy, departs_at, turn in _turns(CATALOG[loss_id])
        if mistake_id not in known
    )


@cache
def twofold(loss_id: str, mistake_id: str) -> tuple[Mistake, ...]:
    """Return a known mistake of a loss followed by each general one that can follow it.

    The ids are "first+second", and both are said. Raises KeyError for an unknown loss or mistake.
    """
    first = next((each for each in of(loss_id) if each.id == mistake_id), None)
    if first is None:
        raise KeyError(mistake_id)
    return tuple(
        Mistake(
            f"{first.id}+{second}",
            Text(f"{first.says.ja}さらに、{says.ja}", f"{first.says.en} Then: {says.en}"),
            Text(f"{first.remedy.ja}{remedy.ja}", f"{first.remedy.en} {remedy.en}"),
            first.departs_at,
            turn(first.function, FUNCTIONS[loss_id]),
        )
        for second, says, remedy, _departs_at, turn in _turns(CATALOG[loss_id])
        if second != first.id and not _at_odds(first.id, second)
    )


def _at_odds(first: str, second: str) -> bool:
    """Whether the second turn would undo the first or has nothing left to turn."""
    if second in ("base_two", "base_ten"):
        return first in _WITHOUT_LOGARITHM
    return second in ("doubled", "halved") and "half" in first


_WITHOUT_LOGARITHM = frozenset(
    {
        "base_two",
        "base_ten",
        "log_forgotten",
        "no_logarithm",
        "nll_on_logits",
        "probs_as_log_probs",
        "probs_for_log_probs",
    }
)


def _turns(info: LossInfo) -> list[tuple[str, Text, Text, str, _Turn]]:
    """Return id, words, place and what is done to the loss, the most likely turns first."""
    turns: list[tuple[str, Text, Text, str, _Turn]] = [(*_SUM, LAST, lambda loss, _: summed(loss))]
    if info.properties.unit == "nats":
        turns.append((*_BASE_TWO, LAST, lambda loss, _: scaled(loss, 1 / math.log(2))))
        turns.append((*_BASE_TEN, LAST, lambda loss, _: scaled(loss, 1 / math.log(10))))
    if "½" in info.formula:
        turns.append((*_DOUBLED, LAST, lambda loss, _: scaled(loss, 2.0)))
    elif "²" in info.formula:
        turns.append((*_HALVED, LAST, lambda loss, _: scaled(loss, 0.5)))
    if len(info.arguments) > 1 and info.properties.symmetric is not True:
        turns.append((*_SWAPPED, FIRST, _swapped))
    turns.append((*_TRANSPOSED, FIRST, _transposed))
    return turns


def _swapped(loss: _Loss, right: _Loss) -> _Loss:
    """The first two arguments exchanged; NaN where their shapes or types differ.

    Raises what the right loss raises where it refuses them: a wrong one may not look.
    """

    def exchanged(first: Tensor, second: Tensor, *others: Tensor, **options: object) -> Tensor:
        if first.shape != second.shape or first.dtype != second.dtype:
            return _nothing(loss(first, second, *others, **options))
        right(second, first, *others, **options)
        return loss(second, first, *others, **options)

    return unless_right(exchanged, loss)


def _transposed(loss: _Loss, right: _Loss) -> _Loss:
    """Rows taken for columns in every matrix; NaN where there is none. Raises as `_swapped`."""

    def over_the_other_axis(*tensors: Tensor, **options: object) -> Tensor:
        if all(tensor.dim() < 2 for tensor in tensors):
            return _nothing(loss(*tensors, **options))
        turned = [tensor.T if tensor.dim() == 2 else tensor for tensor in tensors]
        right(*turned, **options)
        return loss(*turned, **options)

    return unless_right(over_the_other_axis, loss)


def _nothing(value: Tensor) -> Tensor:
    return torch.full_like(value, math.nan)


_SUM = (
    "sum_for_mean",
    Text("平均を取らず、合計のままにしている。", "The terms were summed but not averaged."),
    Text(
        "最後に項の数で割る。PyTorchの既定は reduction='mean' である。",
        "Divide by the number of terms; PyTorch's default is reduction='mean'.",
    ),
)
_BASE_TWO = (
    "base_two",
    Text(
        "自然対数ではなく、底が2の対数で計算している。",
        "Logarithms to base 2 were taken instead of natural ones.",
    ),
    Text("PyTorchの損失は自然対数を使う。", "Losses in PyTorch use natural logarithms."),
)
_BASE_TEN = (
    "base_ten",
    Text(
        "自然対数ではなく、常用対数（底が10）で計算している。",
        "Logarithms to base 10 were taken instead of natural ones.",
    ),
    Text(
        "PyTorchの損失は自然対数を使う。電卓では log ではなく ln のキーである。",
        "Losses in PyTorch use natural logarithms: on a calculator the key ln, not log.",
    ),
)
_DOUBLED = (
    "doubled",
    Text("½を掛け忘れ、2倍になっている。", "The factor ½ is missing: the value is doubled."),
    Text("式の½を確かめる。", "Look for the ½ in the formula."),
)
_HALVED = (
    "halved",
    Text("½を掛けている。", "The result was multiplied by ½."),
    Text("この損失の式に½は付かない。", "There is no ½ in the formula of this loss."),
)
_SWAPPED = (
    "arguments_swapped",
    Text("二つの引数の順序が逆になっている。", "The two arguments were exchanged."),
    Text("引数は（予測, 正解）の順に渡す。", "The order is (prediction, target)."),
)
_TRANSPOSED = (
    "wrong_axis",
    Text(
        "行と列を取り違え、逆の軸に沿って計算している。",
        "Rows were taken for columns: the calculation ran along the other axis.",
    ),
    Text(
        "1行が1件のデータである。行ごとに計算する。",
        "One row is one example: compute along each row.",
    ),
)
