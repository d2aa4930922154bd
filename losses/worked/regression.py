"""Losses for real-valued targets, as worked on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import Step, Vector, bracketed, number


def errors(pred: Vector, target: Vector) -> Step:
    """e = pred − target, element by element."""
    pairs = list(zip(pred, target, strict=True))
    return Step(
        "errors",
        Text("誤差を求める", "Errors"),
        "eᵢ = predᵢ − targetᵢ",
        ", ".join(f"{number(p)} − {bracketed(t)}" for p, t in pairs),
        tuple(p - t for p, t in pairs),
    )


def reduced(terms: Vector, reduction: Reduction) -> Step:
    """The last step: mean or sum of the terms."""
    total = sum(terms)
    added = " + ".join(bracketed(term) for term in terms)
    if reduction == "sum":
        return Step("sum", Text("合計する", "Sum"), "Σ lᵢ", added, total)
    return Step(
        "mean",
        Text("平均する", "Mean"),
        "(1/n) Σ lᵢ",
        f"({added}) / {len(terms)}",
        total / len(terms),
    )


def huber(
    pred: Vector, target: Vector, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Errors, one term each by the branch it falls in, then the mean."""
    step = errors(pred, target)
    terms: list[float] = []
    shown: list[str] = []
    for p, t in zip(pred, target, strict=True):
        size = abs(p - t)
        if size <= delta:
            terms.append(size**2 / 2)
            shown.append(f"½·{bracketed(p - t)}²")
        else:
            terms.append(delta * (size - delta / 2))
            shown.append(f"{number(delta)}·({number(size)} − {number(delta / 2)})")
    return (
        step,
        Step(
            "terms",
            Text("誤差の大きさで場合分けする", "One term by the size of each error"),
            "|e| ≤ δ: ½e²　|e| > δ: δ(|e| − ½δ)",
            ", ".join(shown),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {"huber": huber}
