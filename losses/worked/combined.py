"""Objectives made of several losses, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import (
    Matrix,
    Nested,
    Step,
    Vector,
    bracketed,
    flat,
    number,
    reduced,
    rows,
    shaped,
    written,
)

TaskKind = Literal["regression", "classification"]


def _shared(values: Vector | Matrix, count: int) -> list[list[float]]:
    """One row of values for each row of terms; a lone row serves all."""
    given = rows(values)
    return given * count if len(given) == 1 else given


def _totals(parts: Sequence[Sequence[float]], label: Text, formula: str) -> Step:
    return Step(
        "totals",
        label,
        formula,
        written([[" + ".join(bracketed(part) for part in row)] for row in parts]),
        tuple(math.fsum(row) for row in parts),
    )


def weighted_sum(
    terms: Vector | Matrix, weights: Vector | Matrix, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Each loss times its weight, one sum a row, the mean over the rows."""
    given = rows(terms)
    pairs = [
        list(zip(row, weight, strict=True))
        for row, weight in zip(given, _shared(weights, len(given)), strict=True)
    ]
    parts = [[weight * term for term, weight in row] for row in pairs]
    totals = [math.fsum(row) for row in parts]
    return (
        Step(
            "weighted",
            Text("損失に重みを掛ける", "Each loss times its weight"),
            "wₜ Lₜ",
            written([[f"{number(w)}·{bracketed(term)}" for term, w in row] for row in pairs]),
            shaped(parts, terms),
        ),
        _totals(parts, Text("足し合わせる", "Add them up"), "Σₜ wₜ Lₜ"),
        reduced(totals, reduction),
    )


def uncertainty_weighting(
    terms: Vector | Matrix,
    log_vars: Vector | Matrix,
    *,
    kinds: TaskKind | Sequence[TaskKind] = "regression",
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Precisions, weighted losses, ½ s, one sum a row, the mean over the rows."""
    given = rows(terms)
    variances = _shared(log_vars, len(given))
    each = [kinds] * len(given[0]) if isinstance(kinds, str) else list(kinds)
    factors = [0.5 if kind == "regression" else 1.0 for kind in each]
    marks = ["½·" if kind == "regression" else "" for kind in each]
    precisions = [[math.exp(-s) for s in row] for row in variances]
    weighted = [
        [factor * w * term for factor, w, term in zip(factors, ws, row, strict=True)]
        for ws, row in zip(precisions, given, strict=True)
    ]
    penalties = [[s / 2 for s in row] for row in variances]
    parts = [[*row, *penalty] for row, penalty in zip(weighted, penalties, strict=True)]
    totals = [math.fsum(row) for row in parts]
    return (
        Step(
            "precisions",
            Text("対数分散から精度を求める", "Precisions from the log-variances"),
            "1/σₜ² = exp(−sₜ)",
            written([[f"exp(−{bracketed(s)})" for s in row] for row in variances]),
            shaped(precisions, terms),
        ),
        Step(
            "weighted",
            Text(
                "損失に精度を掛ける（回帰は½も掛ける）",
                "Each loss times its precision, halved for regression",
            ),
            "cₜ exp(−sₜ) Lₜ（cₜ = ½, 1）",
            written(
                [
                    [
                        f"{mark}{number(w)}·{bracketed(term)}"
                        for mark, w, term in zip(marks, ws, row, strict=True)
                    ]
                    for ws, row in zip(precisions, given, strict=True)
                ]
            ),
            shaped(weighted, terms),
        ),
        Step(
            "regularisers",
            Text("不確かさの罰則を求める", "The price of uncertainty"),
            "½ sₜ",
            written([[f"½·{bracketed(s)}" for s in row] for row in variances]),
            shaped(penalties, terms),
        ),
        _totals(
            parts, Text("すべて足し合わせる", "Add up everything"), "Σₜ (cₜ exp(−sₜ) Lₜ + ½ sₜ)"
        ),
        reduced(totals, reduction),
    )


def scheduled_switch(
    logits: Vector | Matrix,
    target: int | Sequence[int],
    *,
    epoch: int = 0,
    switch_epoch: int = 10,
    delta: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Which loss is in force, softmax, the terms of that loss, the mean."""
    given = rows(logits)
    classes = [target] if isinstance(target, int) else list(target)
    entropic = epoch < switch_epoch
    phase = Step(
        "phase",
        Text(
            "エポックから使う損失を決める（0: 交差エントロピー、1: Huber）",
            "Which loss is in force (0: cross-entropy, 1: Huber)",
        ),
        "epoch ≥ switch_epoch",
        f"{epoch} {'<' if entropic else '≥'} {switch_epoch}",
        0.0 if entropic else 1.0,
    )
    highest = [max(row) for row in given]
    sums = [
        math.fsum(math.exp(z - top) for z in row) for row, top in zip(given, highest, strict=True)
    ]
    probs = [
        [math.exp(z - top) / total for z in row]
        for row, top, total in zip(given, highest, sums, strict=True)
    ]
    softmax = Step(
        "probs",
        Text("softmaxで確率を求める", "Probabilities by softmax"),
        "pₖ = exp zₖ / Σⱼ exp zⱼ",
        written(
            [
                [f"exp({number(z)})/({' + '.join(f'exp({number(x)})' for x in row)})" for z in row]
                for row in given
            ]
        ),
        shaped(probs, logits),
    )
    if entropic:
        terms = [
            top - row[y] + math.log(total)
            for row, y, top, total in zip(given, classes, highest, sums, strict=True)
        ]
        shown = [f"−ln {number(row[y])}" for row, y in zip(probs, classes, strict=True)]
        label = Text("正解クラスの確率の −ln を取る", "Minus the logarithm of the true class")
        formula = "−ln p_y"
    else:
        errors = [
            [p - (k == y) for k, p in enumerate(row)] for row, y in zip(probs, classes, strict=True)
        ]
        terms = [math.fsum(_huber(e, delta) for e in row) / len(row) for row in errors]
        shown = [f"({' + '.join(f'h({number(e)})' for e in row)}) / {len(row)}" for row in errors]
        label = Text(
            "one-hotとの差のHuber損失hをクラスで平均する",
            "Mean over the classes of the Huber loss h of p − one-hot",
        )
        formula = "(1/K) Σₖ h(pₖ − yₖ)"
    return (
        phase,
        softmax,
        Step("terms", label, formula, ", ".join(shown), tuple(terms)),
        reduced(terms, reduction),
    )


def _huber(error: float, delta: float) -> float:
    size = abs(error)
    return size**2 / 2 if size <= delta else delta * (size - delta / 2)


def _objective(
    data_losses: Nested,
    reduction: Reduction,
    *,
    penalty: Step,
    total: float,
    mark: str,
    factor: float,
) -> tuple[Step, ...]:
    """Data loss, penalty, their sum. `mark` is how λ is written, `factor` its number."""
    values = flat(data_losses)
    data = math.fsum(values) / (len(values) if reduction == "mean" else 1)
    return (
        reduced(values, reduction),
        penalty,
        Step(
            "objective",
            Text("データの損失に罰則項を足す", "Data loss plus penalty"),
            f"L + {mark} R",
            f"{number(data)} + {number(factor)}·{number(total)}",
            data + factor * total,
        ),
    )


def l1_regularised(
    data_losses: Nested,
    parameters: Nested,
    *,
    strength: float = 0.01,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The data loss, the sum of |w|, the objective."""
    weights = flat(parameters)
    total = math.fsum(abs(w) for w in weights)
    penalty = Step(
        "penalty",
        Text("重みの絶対値を足し合わせる", "Sum of the absolute weights"),
        "R = Σ |w|",
        " + ".join(f"|{number(w)}|" for w in weights),
        total,
    )
    return _objective(
        data_losses, reduction, penalty=penalty, total=total, mark="λ", factor=strength
    )


def l2_regularised(
    data_losses: Nested,
    parameters: Nested,
    *,
    strength: float = 0.01,
    half: bool = False,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The data loss, the sum of w², the objective."""
    weights = flat(parameters)
    total = math.fsum(w * w for w in weights)
    penalty = Step(
        "penalty",
        Text("重みの二乗を足し合わせる", "Sum of the squared weights"),
        "R = Σ w²",
        " + ".join(f"{bracketed(w)}²" for w in weights),
        total,
    )
    mark, factor = ("½ λ", strength / 2) if half else ("λ", strength)
    return _objective(
        data_losses, reduction, penalty=penalty, total=total, mark=mark, factor=factor
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "weighted_sum": weighted_sum,
    "uncertainty_weighting": uncertainty_weighting,
    "scheduled_switch": scheduled_switch,
    "l1_regularised": l1_regularised,
    "l2_regularised": l2_regularised,
}
