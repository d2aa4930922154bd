"""The wrong gradients learners arrive at, besides the gradients of a wrong loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

import torch
from torch import Tensor

from losses import evaluation
from losses.catalog.gradient import gradient_mistakes
from losses.catalog.info import MistakeInfo
from losses.functional import FUNCTIONS

# Gradient and prepared inputs -> what is left when a factor is forgotten.
_Forgetting = Callable[[Tensor, Mapping[str, Tensor]], Tensor]


def wrong_gradients(
    loss_id: str, with_respect_to: str, **inputs: object
) -> Iterator[tuple[MistakeInfo, Tensor]]:
    """Yield each mistake of differentiating and the gradient that it leads to.

    A mistake that these inputs leave no room for is left out, or gives NaN where only some
    components do.
    """
    prepared = evaluation.tensors(loss_id, **inputs)
    right = evaluation.gradient(loss_id, with_respect_to, **prepared)
    for mistake in gradient_mistakes(loss_id, with_respect_to):
        match mistake.id:
            case "value_for_gradient":
                value = evaluation.run(FUNCTIONS[loss_id], loss_id, **prepared)
                if value.numel() == 1:
                    yield mistake, torch.full_like(right, value.item())
            case "gradient_reversed":
                yield mistake, -right
            case "mean_forgotten":
                summed = _summed(loss_id, with_respect_to, prepared)
                if summed is not None:
                    yield mistake, summed
            case "power_not_brought_down":
                yield mistake, right / 2
            case _:
                forgetting = _INNER[loss_id, with_respect_to]
                given = {name: each for name, each in prepared.items() if isinstance(each, Tensor)}
                if _is_plain(loss_id, prepared):
                    yield mistake, forgetting(right, given)


def _summed(loss_id: str, with_respect_to: str, inputs: Mapping[str, object]) -> Tensor | None:
    """Return the gradient of the sum of the terms, None where there is no mean."""
    if not _is_mean(inputs) and inputs.get("reduction") != "batchmean":
        return None
    try:
        return evaluation.gradient(loss_id, with_respect_to, **{**inputs, "reduction": "sum"})
    except TypeError:  # a loss without reduction
        return None


def _is_plain(loss_id: str, inputs: Mapping[str, object]) -> bool:
    """Whether no weight, smoothing or sum makes the formula another one."""
    match loss_id:
        case "kl_div":  # differentiated by ln q itself there is no inner function
            return inputs.get("log_input", True) is False
        case "cross_entropy":
            changed = any(inputs.get(name) is not None for name in ("weight", "ignore_index"))
            return not changed and not inputs.get("label_smoothing") and _is_mean(inputs)
        case "rmse":
            return _is_mean(inputs)
        case _:
            return True


def _is_mean(inputs: Mapping[str, object]) -> bool:
    return inputs.get("reduction", "mean") == "mean"


def _without_sigmoid(right: Tensor, given: Mapping[str, Tensor]) -> Tensor:
    """Differentiated by the probability instead of the logit."""
    p = given["logits"].sigmoid()
    return right / (p * (1 - p))


def _without_softmax(right: Tensor, given: Mapping[str, Tensor]) -> Tensor:
    """−1/p of the true class, and 0 for the others. NaN with soft labels and ignored rows."""
    target = given["target"]
    if target.is_floating_point() or (target < 0).any():
        return torch.full_like(right, math.nan)
    probs = given["logits"].softmax(-1).reshape(-1, right.shape[-1])
    rows = target.reshape(-1, 1)
    picked = torch.zeros_like(probs).scatter(-1, rows, -1 / probs.gather(-1, rows))
    return (picked / len(probs)).reshape(right.shape)


def _without_margin(right: Tensor, given: Mapping[str, Tensor]) -> Tensor:
    """1 instead of −y where the margin is violated."""
    return right / -given["target"]


def _without_sinh(right: Tensor, given: Mapping[str, Tensor]) -> Tensor:
    """1/cosh e instead of sinh e / cosh e."""
    return right / (given["pred"] - given["target"]).sinh()


def _without_mean_square(right: Tensor, given: Mapping[str, Tensor]) -> Tensor:
    """1/(2√m) instead of (1/(2√m))·2e/n."""
    error = given["pred"] - given["target"]
    return torch.full_like(right, 1.0) / (2 * (error**2).mean().sqrt())


def _without_logarithm(right: Tensor, given: Mapping[str, Tensor]) -> Tensor:
    """−p instead of −p/q."""
    return right * given["log_probs"]


_INNER: Mapping[tuple[str, str], _Forgetting] = {
    ("bce_with_logits", "logits"): _without_sigmoid,
    ("binary_focal", "logits"): _without_sigmoid,
    ("cross_entropy", "logits"): _without_softmax,
    ("hinge", "scores"): _without_margin,
    ("log_cosh", "pred"): _without_sinh,
    ("rmse", "pred"): _without_mean_square,
    ("kl_div", "log_probs"): _without_logarithm,
}
