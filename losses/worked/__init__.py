"""The steps of a calculation as a person writes them on paper, in plain Python (no torch).

They reach the value of `losses.functional` by the textbook route, so each checks the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from losses.worked import (
    box,
    classification,
    combined,
    distribution,
    embedding,
    generative,
    ranking,
    region,
    regression,
    sequence,
)
from losses.worked.step import Step, Value

__all__ = ["STEPS", "Step", "Value", "steps"]

STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    **regression.STEPS,
    **classification.STEPS,
    **distribution.STEPS,
    **ranking.STEPS,
    **region.STEPS,
    **box.STEPS,
    **generative.STEPS,
    **embedding.STEPS,
    **sequence.STEPS,
    **combined.STEPS,
}


def steps(loss_id: str, **inputs: object) -> tuple[Step, ...]:
    """Return the worked steps of a loss for these numbers; the last value is the loss.

    `inputs` are the tensors (as nested lists) and options of the loss, with reduction "mean" or
    "sum". Raises KeyError for an unknown loss.
    """
    return STEPS[loss_id](**inputs)
