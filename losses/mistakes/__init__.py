"""The wrong calculations learners make, as runnable functions.

The words stand in the catalogue (`LossInfo.mistakes`), which needs no torch; the functions stand
here, by family, under the same ids. Importing this package does not import torch; `of` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from losses.catalog import CATALOG

if TYPE_CHECKING:
    from losses.mistakes.mistake import Mistake

__all__ = ["of"]


def of(loss_id: str) -> tuple[Mistake, ...]:
    """Return the mistakes known for a loss, in the order of the catalogue.

    Raises KeyError for an unknown loss.
    """
    from losses.mistakes.functions import FUNCTIONS  # noqa: PLC0415 - imports torch
    from losses.mistakes.mistake import Mistake  # noqa: PLC0415 - goes with it

    functions = FUNCTIONS[loss_id]
    return tuple(
        Mistake(info.id, info.says, info.remedy, info.departs_at, functions[info.id])
        for info in CATALOG[loss_id].mistakes
    )
