"""Mistakes that several losses share; each loss says at which step it is made."""

from __future__ import annotations

from losses.catalog.info import MistakeInfo
from losses.text import Text


def sum_for_mean(departs_at: str = "mean") -> MistakeInfo:
    """The terms are added up but not divided by their number."""
    return MistakeInfo(
        id="sum_for_mean",
        says=Text(
            "平均を取らず、合計のままにしている。",
            "The terms were summed but not averaged.",
        ),
        remedy=Text(
            "最後に要素数で割る。PyTorchの既定は reduction='mean' である。",
            "Divide by the number of elements; PyTorch's default is reduction='mean'.",
        ),
        departs_at=departs_at,
    )
