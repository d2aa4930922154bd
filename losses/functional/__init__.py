"""The losses themselves, one pure function each: the only place where values are computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from torch import Tensor

from losses.functional import (
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

FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    **regression.FUNCTIONS,
    **classification.FUNCTIONS,
    **distribution.FUNCTIONS,
    **ranking.FUNCTIONS,
    **region.FUNCTIONS,
    **box.FUNCTIONS,
    **generative.FUNCTIONS,
    **embedding.FUNCTIONS,
    **sequence.FUNCTIONS,
    **combined.FUNCTIONS,
}
