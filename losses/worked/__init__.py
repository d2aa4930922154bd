"""The steps of a calculation as a person writes them on paper, in plain Python (no torch).

They reach the value of `losses.functional` by the textbook route, so each checks the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from losses.worked.step import Step

__all__ = ["steps"]


def steps(loss_id: str, **inputs: object) -> tuple[Step, ...]:
    """Return the worked steps of a loss for these numbers; the last value is the loss.

    `inputs` are the tensors (as nested lists) and options of the loss, with reduction "mean" or
    "sum". Raises KeyError for an unknown loss.
    """
    # The catalogue is shown more often than worked: its readers do not pay for ten modules.
    from losses.worked.functions import STEPS  # noqa: PLC0415 - see above

    return STEPS[loss_id](**inputs)
