"""Losses for class labels, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import (
    Matrix,
    Nested,
    Step,
    Vector,
    bracketed,
    flat,
    listed,
    number,
    reduced,
    rows,
    shaped,
    written,
)

# Beyond this a power of e is written with the largest exponent taken out.
_LARGE = 50.0


def _indices(target: Nested) -> list[int]:
    """One class for each row; a lone class is one row."""
    return [int(index) for index in flat(target)]


def _labels(target: Nested) -> list[list[float]]:
    """The soft labels of each row; a lone vector is one row."""
    if isinstance(target, Sequence) and target and isinstance(target[0], Sequence):
        return [flat(row) for row in target]
    return [flat(target)]


def _softplus(x: float) -> float:
    """ln(1 + e^x) for any x."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _sigmoid(x: float) -> float:
    """1/(1 + e^(−x)) for any x."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _softmax_steps(logits: Matrix | Vector) -> tuple[list[list[float]], tuple[Step, Step]]:
    """ln p of every entry, and the two steps that lead to p."""
    table = rows(logits)
    shift = [max(row) if max(map(abs, row)) > _LARGE else 0.0 for row in table]
    powers = [[math.exp(z - s) for z in row] for row, s in zip(table, shift, strict=True)]
    totals = [math.fsum(row) for row in powers]
    log_probs = [
        [z - s - math.log(total) for z in row]
        for row, s, total in zip(table, shift, totals, strict=True)
    ]
    probs = [[power / total for power in row] for row, total in zip(powers, totals, strict=True)]
    shifted = any(shift)
    return log_probs, (
        Step(
            "exponentials",
            Text(
                "最大値を引いてからeの累乗を求める" if shifted else "eの累乗を求める",
                "Powers of e, the largest logit taken out" if shifted else "Powers of e",
            ),
            "e^(zₖ − max z)" if shifted else "e^zₖ",
            written(
                [
                    [f"e^{bracketed(z - s)}" for z in row]
                    for row, s in zip(table, shift, strict=True)
                ]
            ),
            shaped(powers, logits),
        ),
        Step(
            "softmax",
            Text("合計で割って確率にする", "Divide by their sum"),
            "pₖ = e^zₖ / Σⱼ e^zⱼ",
            written(
                [
                    [f"{number(power)}/{number(total)}" for power in row]
                    for row, total in zip(powers, totals, strict=True)
                ]
            ),
            shaped(probs, logits),
        ),
    )


def _weighted_mean(terms: Vector, shares: Vector | None, reduction: Reduction) -> Step:
    """The mean of weighted terms, divided by the sum of what each counts (None: by their number)."""
    if reduction != "mean" or shares is None:
        return reduced(terms, reduction)
    added = " + ".join(bracketed(term) for term in terms)
    divisor = " + ".join(number(share) for share in shares)
    total = math.fsum(shares)
    return Step(
        "mean",
        Text("重みの合計で割る", "Divide by the sum of the weights"),
        "Σ lᵢ / Σ w_yᵢ",
        f"({added}) / ({divisor})",
        math.fsum(terms) / total if total else math.nan,
    )


def cross_entropy(
    logits: Matrix | Vector,
    target: Nested,
    *,
    weight: Vector | None = None,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Powers of e, softmax, −ln p of the true class, then the (weighted) mean."""
    log_probs, before = _softmax_steps(logits)
    classes = len(log_probs[0])
    weights = [1.0] * classes if weight is None else list(weight)
    shares = None
    if _is_whole(target):
        pairs = zip(log_probs, _indices(target), strict=True)
        kept = [(row, index) for row, index in pairs if index != ignore_index]
        log_probs = [row for row, _ in kept]
        true = [index for _, index in kept]
        if weight is not None:
            shares = [weights[index] for index in true]
        if label_smoothing == 0:
            picked = [row[index] for row, index in kept]
            terms = _picked_terms(picked, shares)
            return *before, terms, _weighted_mean(flat(terms.value), shares, reduction)
        labels = [[float(k == index) for k in range(classes)] for index in true]
    else:  # soft labels: the mean divides by their number, weights or not
        labels = _labels(target)
    smooth = [
        [(1 - label_smoothing) * t + label_smoothing / classes for t in row] for row in labels
    ]
    targets = Step(
        "targets",
        Text("正解を確率で表す", "The target as probabilities"),
        "(1 − a)·tₖ + a/K" if label_smoothing else "tₖ",
        "; ".join(map(listed, smooth)),
        tuple(map(tuple, smooth)),
    )
    terms = _soft_terms(log_probs, smooth, weights)
    return *before, targets, terms, _weighted_mean(flat(terms.value), shares, reduction)


def _picked_terms(log_probs: Vector, weights: Vector | None) -> Step:
    """−ln p of the true class, weighted."""
    factors = [1.0] * len(log_probs) if weights is None else weights
    return Step(
        "terms",
        Text("正解クラスの確率の対数を取り、符号を変える", "−ln of the true class's probability"),
        "−ln p_y" if weights is None else "−w_y·ln p_y",
        ", ".join(
            ("−" if weights is None else f"−{number(w)}·") + f"ln {number(math.exp(log_p))}"
            for w, log_p in zip(factors, log_probs, strict=True)
        ),
        tuple(-w * log_p for w, log_p in zip(factors, log_probs, strict=True)),
    )


def _soft_terms(
    log_probs: list[list[float]], targets: list[list[float]], weights: list[float]
) -> Step:
    """−ln p of every class, weighted by its share of the target."""
    weighted = any(w != 1 for w in weights)
    table = [
        list(zip(weights, labels, row, strict=True))
        for row, labels in zip(log_probs, targets, strict=True)
    ]
    return Step(
        "terms",
        Text("−ln p を正解の確率で平均する", "Average −ln p over the target"),
        "−Σₖ wₖ·tₖ·ln pₖ" if weighted else "−Σₖ tₖ·ln pₖ",
        ", ".join(
            "−("
            + " + ".join(
                (f"{number(w)}·" if weighted else "") + f"{number(t)}·ln {number(math.exp(log_p))}"
                for w, t, log_p in row
            )
            + ")"
            for row in table
        ),
        tuple(-math.fsum(w * t * log_p for w, t, log_p in row) for row in table),
    )


def _is_whole(target: Nested) -> bool:
    """Whether the target is class indices: whole numbers, not written with a point."""
    while isinstance(target, Sequence):
        if not target:
            return True
        target = target[0]
    return isinstance(target, int)


def nll(
    log_probs: Matrix | Vector,
    target: int | Sequence[int],
    *,
    weight: Vector | None = None,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The log-probability of the true class, its sign changed, then the (weighted) mean."""
    table = rows(log_probs)
    weights = [1.0] * len(table[0]) if weight is None else list(weight)
    kept = [
        (row[index], weights[index])
        for row, index in zip(table, _indices(target), strict=True)
        if index != ignore_index
    ]
    terms = [-w * log_p for log_p, w in kept]
    return (
        Step(
            "picked",
            Text("正解クラスの対数確率を選ぶ", "Pick the log-probability of the true class"),
            "ln p_y",
            listed([log_p for log_p, _ in kept]),
            tuple(log_p for log_p, _ in kept),
        ),
        Step(
            "terms",
            Text("符号を変える", "Change the sign"),
            "−ln p_y" if weight is None else "−w_y·ln p_y",
            ", ".join(
                f"−{bracketed(log_p)}" if weight is None else f"−{number(w)}·{bracketed(log_p)}"
                for log_p, w in kept
            ),
            tuple(terms),
        ),
        _weighted_mean(terms, None if weight is None else [w for _, w in kept], reduction),
    )


def _log(value: float) -> float:
    """ln, cut off at −100 as PyTorch does."""
    return max(math.log(value), -100.0) if value > 0 else -100.0


def bce(probs: Nested, target: Nested, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """Logarithms of p and 1 − p, both terms, then the mean."""
    pairs = list(zip(flat(probs), flat(target), strict=True))
    # log1p keeps the digits of 1 − p that the subtraction loses
    logs = [(_log(p), max(math.log1p(-p), -100.0) if p < 1 else -100.0) for p, _ in pairs]
    terms = [-(y * a + (1 - y) * b) for (_, y), (a, b) in zip(pairs, logs, strict=True)]
    return (
        Step(
            "log_probs",
            Text("ln p と ln(1 − p) を求める", "ln p and ln(1 − p)"),
            "(ln pᵢ, ln(1 − pᵢ))",
            ", ".join(f"(ln {number(p)}, ln {number(1 - p)})" for p, _ in pairs),
            tuple(logs),
        ),
        Step(
            "terms",
            Text("ラベルで重み付けして符号を変える", "Weight by the label, change the sign"),
            "−(yᵢ·ln pᵢ + (1 − yᵢ)·ln(1 − pᵢ))",
            ", ".join(
                f"−({number(y)}·{bracketed(a)} + {number(1 - y)}·{bracketed(b)})"
                for (_, y), (a, b) in zip(pairs, logs, strict=True)
            ),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def bce_with_logits(
    logits: Nested,
    target: Nested,
    *,
    pos_weight: float | Vector | None = None,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The cost of each label, the label's own cost, then the mean."""
    pairs = list(zip(flat(logits), flat(target), strict=True))
    given = [1.0] if pos_weight is None else flat(pos_weight)
    weights = [given[i % len(given)] for i in range(len(pairs))]
    ones = [_softplus(-x) for x, _ in pairs]
    zeros = [_softplus(x) for x, _ in pairs]
    table = list(zip((y for _, y in pairs), weights, ones, zeros, strict=True))
    terms = [w * y * one + (1 - y) * zero for y, w, one, zero in table]
    factor = "" if pos_weight is None else "w·"
    return (
        Step(
            "cost_of_one",
            Text("ラベルが1のときの損失を求める", "What label 1 would cost"),
            "−ln σ(x) = ln(1 + e^(−x))",
            ", ".join(f"ln(1 + e^{bracketed(-x)})" for x, _ in pairs),
            tuple(ones),
        ),
        Step(
            "cost_of_zero",
            Text("ラベルが0のときの損失を求める", "What label 0 would cost"),
            "−ln(1 − σ(x)) = ln(1 + eˣ)",
            ", ".join(f"ln(1 + e^{bracketed(x)})" for x, _ in pairs),
            tuple(zeros),
        ),
        Step(
            "terms",
            Text("ラベルで重み付けする", "Weight by the label"),
            f"{factor}y·ln(1 + e^(−x)) + (1 − y)·ln(1 + eˣ)",
            ", ".join(
                ("" if pos_weight is None else f"{number(w)}·")
                + f"{number(y)}·{number(one)} + {number(1 - y)}·{number(zero)}"
                for y, w, one, zero in table
            ),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def _margins(scores: Nested, target: Nested) -> tuple[list[float], Step]:
    pairs = list(zip(flat(scores), flat(target), strict=True))
    margins = [y * s for s, y in pairs]
    return margins, Step(
        "margins",
        Text("ラベルとスコアを掛ける", "Label times score"),
        "yᵢ·sᵢ",
        ", ".join(f"{bracketed(y)}·{bracketed(s)}" for s, y in pairs),
        tuple(margins),
    )


def hinge(scores: Nested, target: Nested, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """Label times score, the shortfall from 1, then the mean."""
    margins, first = _margins(scores, target)
    terms = [max(0.0, 1 - margin) for margin in margins]
    return (
        first,
        Step(
            "terms",
            Text("1に足りない分を求める（負なら0）", "Shortfall from 1, at least 0"),
            "max(0, 1 − yᵢ·sᵢ)",
            ", ".join(f"max(0, 1 − {bracketed(margin)})" for margin in margins),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def squared_hinge(
    scores: Nested, target: Nested, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Label times score, the shortfall from 1, its square, then the mean."""
    margins, first = _margins(scores, target)
    shortfalls = [max(0.0, 1 - margin) for margin in margins]
    terms = [shortfall**2 for shortfall in shortfalls]
    return (
        first,
        Step(
            "shortfalls",
            Text("1に足りない分を求める（負なら0）", "Shortfall from 1, at least 0"),
            "hᵢ = max(0, 1 − yᵢ·sᵢ)",
            ", ".join(f"max(0, 1 − {bracketed(margin)})" for margin in margins),
            tuple(shortfalls),
        ),
        Step(
            "terms",
            Text("二乗する", "Square"),
            "hᵢ²",
            ", ".join(f"{number(shortfall)}²" for shortfall in shortfalls),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def multi_margin(
    scores: Matrix | Vector,
    target: int | Sequence[int],
    *,
    p: int = 1,
    margin: float = 1.0,
    weight: Vector | None = None,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """What each rival costs, their sum over K, then the mean."""
    table = list(zip(rows(scores), _indices(target), strict=True))
    classes = len(table[0][0])
    power = "" if p == 1 else "²"
    costs = [
        [max(0.0, margin - row[y] + s) ** p for j, s in enumerate(row) if j != y]
        for row, y in table
    ]
    factors = [1.0 if weight is None else weight[y] for _, y in table]
    terms = [w * math.fsum(row) / classes for w, row in zip(factors, costs, strict=True)]
    return (
        Step(
            "rivals",
            Text("競争相手ごとの損失を求める", "What each rival costs"),
            f"max(0, m − s_y + sⱼ){power}　（j ≠ y）",
            written(
                [
                    [
                        f"max(0, {number(margin)} − {bracketed(row[y])} + {bracketed(s)}){power}"
                        for j, s in enumerate(row)
                        if j != y
                    ]
                    for row, y in table
                ]
            ),
            shaped(costs, scores),
        ),
        Step(
            "terms",
            Text("合計をクラス数で割る", "Their sum over the number of classes"),
            "(1/K) Σⱼ cⱼ" if weight is None else "w_y·(1/K) Σⱼ cⱼ",
            ", ".join(
                ("" if weight is None else f"{number(w)}·")
                + f"({' + '.join(map(number, row))})/{classes}"
                for w, row in zip(factors, costs, strict=True)
            ),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def crammer_singer_hinge(
    scores: Matrix | Vector,
    target: int | Sequence[int],
    *,
    margin: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The strongest rival, the shortfall of the lead over it, then the mean."""
    table = list(zip(rows(scores), _indices(target), strict=True))
    rivals = [max(s for j, s in enumerate(row) if j != y) for row, y in table]
    own = [row[y] for row, y in table]
    terms = [max(0.0, margin + r - s) for r, s in zip(rivals, own, strict=True)]
    return (
        Step(
            "rivals",
            Text("最も強い競争相手のスコアを選ぶ", "The strongest rival's score"),
            "rᵢ = max_{j≠y} sⱼ",
            ", ".join(
                "max(" + ", ".join(number(s) for j, s in enumerate(row) if j != y) + ")"
                for row, y in table
            ),
            tuple(rivals),
        ),
        Step(
            "terms",
            Text(
                "マージンに足りない分を求める（負なら0）", "Shortfall from the margin, at least 0"
            ),
            "max(0, m + rᵢ − s_y)",
            ", ".join(
                f"max(0, {number(margin)} + {bracketed(r)} − {bracketed(s)})"
                for r, s in zip(rivals, own, strict=True)
            ),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def binary_focal(
    logits: Nested,
    target: Nested,
    *,
    alpha: float | None = 0.25,
    gamma: float = 2.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The probability of the right side, the factor, the weighted term, then the mean."""
    pairs = list(zip(flat(logits), flat(target), strict=True))
    toward = [x if y == 1 else -x for x, y in pairs]
    factors = [math.exp(-gamma * _softplus(x)) for x in toward]
    weights = [1.0 if alpha is None else alpha if y == 1 else 1 - alpha for _, y in pairs]
    costs = [_softplus(-x) for x in toward]
    terms = [w * f * cost for w, f, cost in zip(weights, factors, costs, strict=True)]
    return (
        Step(
            "probs",
            Text("正解の側の確率を求める", "Probability of the right side"),
            "pₜ = σ(x)（y = 1）、1 − σ(x) = σ(−x)（y = 0）",
            ", ".join(f"σ({number(x)})" for x in toward),
            tuple(_sigmoid(x) for x in toward),
        ),
        Step(
            "factors",
            Text("易しい例を軽くする係数を求める", "Factor that discounts easy examples"),
            "(1 − pₜ)^γ",
            ", ".join(f"(1 − {number(_sigmoid(x))})^{number(gamma)}" for x in toward),
            tuple(factors),
        ),
        Step(
            "terms",
            Text("交差エントロピーに掛ける", "Multiply the cross-entropy"),
            "−(1 − pₜ)^γ·ln pₜ" if alpha is None else "−αₜ·(1 − pₜ)^γ·ln pₜ",
            ", ".join(
                ("" if alpha is None else f"{number(w)}·") + f"{number(f)}·{number(cost)}"
                for w, f, cost in zip(weights, factors, costs, strict=True)
            ),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


def softmax_focal(
    logits: Matrix | Vector,
    target: int | Sequence[int],
    *,
    alpha: Vector | None = None,
    gamma: float = 2.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Powers of e, softmax, the factor, the weighted term, then the mean."""
    log_probs, before = _softmax_steps(logits)
    table = list(zip(log_probs, _indices(target), strict=True))
    # 1 − p_y as the sum of the others: the subtraction would lose a confident example's digits
    others = [math.fsum(math.exp(v) for k, v in enumerate(row) if k != y) for row, y in table]
    factors = [rest**gamma for rest in others]
    weights = [1.0 if alpha is None else alpha[y] for _, y in table]
    own = [row[y] for row, y in table]
    terms = [-w * f * log_p for w, f, log_p in zip(weights, factors, own, strict=True)]
    return (
        *before,
        Step(
            "factors",
            Text("易しい例を軽くする係数を求める", "Factor that discounts easy examples"),
            "(1 − p_y)^γ",
            ", ".join(f"(1 − {number(math.exp(v))})^{number(gamma)}" for v in own),
            tuple(factors),
        ),
        Step(
            "terms",
            Text("交差エントロピーに掛ける", "Multiply the cross-entropy"),
            "−(1 − p_y)^γ·ln p_y" if alpha is None else "−α_y·(1 − p_y)^γ·ln p_y",
            ", ".join(
                ("−" if alpha is None else f"−{number(w)}·")
                + f"{number(f)}·ln {number(math.exp(v))}"
                for w, f, v in zip(weights, factors, own, strict=True)
            ),
            tuple(terms),
        ),
        reduced(terms, reduction),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "cross_entropy": cross_entropy,
    "nll": nll,
    "bce": bce,
    "bce_with_logits": bce_with_logits,
    "hinge": hinge,
    "squared_hinge": squared_hinge,
    "multi_margin": multi_margin,
    "crammer_singer_hinge": crammer_singer_hinge,
    "binary_focal": binary_focal,
    "softmax_focal": softmax_focal,
}
