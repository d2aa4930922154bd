"""All worked calculations: loss id -> the function that writes its steps."""

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
from losses.worked.step import Step

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
