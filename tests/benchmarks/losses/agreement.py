"""Whether a subject computes the same as ours, and whether it stands extreme inputs."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from tests.benchmarks.losses.peers import Load
from tests.benchmarks.losses.work import OURS, Extreme, Size, Work


def disagreement(work: Work, size: Size, load: Load) -> str | None:
    """How a subject differs from ours in float64: a value by 1e-5, a gradient by 1e-4 of its size.

    None where it agrees. Raises ImportError where the subject is not installed.
    """
    theirs = load()
    inputs = work.inputs(size, torch.float64)
    value, slopes = work.run(work.subjects(size)[OURS](), inputs)
    their_value, their_slopes = work.run(theirs, inputs)
    if not torch.isclose(their_value.double(), value, rtol=1e-5, atol=1e-9):
        return f"value {their_value.item():.9g}, ours {value.item():.9g}"
    for ours, other in zip(slopes, their_slopes, strict=True):
        off = ((other - ours).abs().max() / ours.abs().max()).item()
        if not off <= 1e-4:
            return f"gradient off by {off:.1e} of the largest"
    return None


def breaks(work: Work, extreme: Extreme, load: Load) -> str | None:
    """What goes wrong in float32 at an extreme input, or None."""
    inputs = tuple(torch.tensor(given) for given in extreme.inputs)
    try:
        value, slopes = work.slopes(load(**extreme.options), inputs)
    except (RuntimeError, ValueError, TypeError) as problem:
        return f"raises {type(problem).__name__}"
    if not math.isclose(
        value.item(), extreme.value, rel_tol=extreme.tolerance, abs_tol=extreme.tolerance
    ):
        return f"{value.item():.7g} instead of {extreme.value:.7g}"
    return _bad_slope(slopes, learns=extreme.learns)


def _bad_slope(slopes: tuple[Tensor, ...], *, learns: bool) -> str | None:
    if not all(bool(slope.isfinite().all()) for slope in slopes):
        return "gradient not finite"
    if learns and not any(bool(slope.any()) for slope in slopes):
        return "gradient 0"
    return None
