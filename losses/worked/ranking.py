"""Losses and metrics for the order of a list, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import (
    Matrix,
    Step,
    Vector,
    bracketed,
    listed,
    number,
    quotient,
    rows,
    shaped,
    written,
)

Gain = Literal["exponential", "linear"]
Rows = list[list[float]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Items i and j of one list, i more relevant than j."""

    name: str
    list_index: int
    i: int
    j: int
    upper: float
    lower: float


def pairs_of(scores: Rows, relevance: Rows) -> list[Pair]:
    """Every pair of unequal relevance, named (i,j), with the list in front where there are more."""
    several = len(scores) > 1
    return [
        Pair(
            f"{index + 1}:({i + 1},{j + 1})" if several else f"({i + 1},{j + 1})",
            index,
            i,
            j,
            s[i],
            s[j],
        )
        for index, (s, y) in enumerate(zip(scores, relevance, strict=True))
        for i in range(len(s))
        for j in range(len(s))
        if y[i] > y[j]
    ]


def _pair_gaps(pairs: Sequence[Pair]) -> Step:
    return Step(
        "pairs",
        Text(
            "関連度の高い方から低い方を引いたスコア差を求める",
            "Score gaps of all pairs of unequal relevance",
        ),
        "dᵢⱼ = sᵢ − sⱼ（yᵢ > yⱼ）",
        ", ".join(f"{p.name}: {number(p.upper)} − {bracketed(p.lower)}" for p in pairs),
        tuple(p.upper - p.lower for p in pairs),
    )


def softplus(x: float) -> float:
    """ln(1 + eˣ) without overflow."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _logistic_terms(pairs: Sequence[Pair], sigma: float) -> Step:
    factor = "" if sigma == 1 else f"{number(sigma)}·"
    return Step(
        "terms",
        Text("組ごとにロジスティック損失を求める", "Logistic loss of every pair"),
        "ln(1 + exp(−σ dᵢⱼ))",
        ", ".join(f"ln(1 + exp(−{factor}{bracketed(p.upper - p.lower)}))" for p in pairs),
        tuple(softplus(-sigma * (p.upper - p.lower)) for p in pairs),
    )


def _over_pairs(terms: Vector, reduction: Reduction) -> Step:
    """The last step of a pairwise loss: mean or sum over the pairs; no pair, no loss."""
    total = math.fsum(terms)
    added = " + ".join(bracketed(term) for term in terms) or "0"
    if reduction == "sum":
        return Step("sum", Text("合計する", "Sum"), "Σ lᵢⱼ", added, total)
    if reduction == "mean":
        return Step(
            "mean",
            Text("組の数で割る", "Divide by the number of pairs"),
            "(1/P) Σ lᵢⱼ",
            quotient(terms, max(len(terms), 1)),
            total / max(len(terms), 1),
        )
    raise _no_number(reduction)


def _over_lists(values: Vector, reduction: Reduction) -> Step:
    """The last step of a listwise loss or a metric: mean or sum over the lists."""
    total = math.fsum(values)
    added = " + ".join(bracketed(value) for value in values)
    if reduction == "sum":
        return Step("sum", Text("合計する", "Sum"), "Σ l", added, total)
    if reduction == "mean":
        return Step(
            "mean",
            Text("リストの数で割る", "Divide by the number of lists"),
            "(1/N) Σ l",
            quotient(values, len(values)),
            total / len(values),
        )
    raise _no_number(reduction)


def _no_number(reduction: str) -> ValueError:
    return ValueError(f"a worked calculation ends in one number, not reduction={reduction!r}")


def pairwise_logistic(
    scores: Vector | Matrix,
    relevance: Vector | Matrix,
    *,
    sigma: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The pairs, one logistic term each, the mean."""
    pairs = pairs_of(rows(scores), rows(relevance))
    terms = _logistic_terms(pairs, sigma)
    return _pair_gaps(pairs), terms, _over_pairs(_vector(terms), reduction)


def lambda_rank(
    scores: Vector | Matrix,
    relevance: Vector | Matrix,
    *,
    sigma: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Ranks, ideal DCG, pairs, their logistic terms, |ΔNDCG| of each, the products, the mean."""
    lists, grades = rows(scores), rows(relevance)
    ranked = _ranks_step(lists, scores)
    ranks = rows(_table(ranked))
    gains = _gains_step(grades, "exponential", relevance)
    gained = rows(_table(gains))
    ideal = _ideal_step(gained, None)
    ideals = _vector(ideal)
    pairs = pairs_of(lists, grades)
    logistic = _logistic_terms(pairs, sigma)
    changes, shown = [], []
    for pair in pairs:
        gain, rank = gained[pair.list_index], ranks[pair.list_index]
        whole = ideals[pair.list_index]
        fewer = gain[pair.i] - gain[pair.j]
        moved = abs(1 / math.log2(1 + rank[pair.i]) - 1 / math.log2(1 + rank[pair.j]))
        changes.append(fewer * moved / whole)
        shown.append(
            f"{pair.name}: ({number(gain[pair.i])} − {number(gain[pair.j])})"
            f"·|1/log₂{number(1 + rank[pair.i])} − 1/log₂{number(1 + rank[pair.j])}|"
            f"/{number(whole)}"
        )
    weights = Step(
        "weights",
        Text("順位を入れ替えたときのNDCGの変化を求める", "Change of NDCG by swapping each pair"),
        "|ΔNDCGᵢⱼ| = |gᵢ − gⱼ|·|1/log₂(1 + rᵢ) − 1/log₂(1 + rⱼ)| / IDCG",
        ", ".join(shown),
        tuple(changes),
    )
    factors = list(zip(changes, _vector(logistic), strict=True))
    products = [change * term for change, term in factors]
    weighted = Step(
        "weighted",
        Text("NDCGの変化で重み付けする", "Weight by the change of NDCG"),
        "|ΔNDCGᵢⱼ|·ln(1 + exp(−σ dᵢⱼ))",
        ", ".join(f"{number(change)}·{number(term)}" for change, term in factors),
        tuple(products),
    )
    return (
        ranked,
        gains,
        ideal,
        _pair_gaps(pairs),
        logistic,
        weights,
        weighted,
        _over_pairs(products, reduction),
    )


def pairwise_hinge(
    scores: Vector | Matrix,
    relevance: Vector | Matrix,
    *,
    margin: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The pairs, what each lacks to the margin, the mean."""
    pairs = pairs_of(rows(scores), rows(relevance))
    terms = Step(
        "terms",
        Text("マージンに足りない分を求める", "What each pair lacks to the margin"),
        "max(0, m − dᵢⱼ)",
        ", ".join(f"max(0, {number(margin)} − {bracketed(p.upper - p.lower)})" for p in pairs),
        tuple(max(0.0, margin - (p.upper - p.lower)) for p in pairs),
    )
    return _pair_gaps(pairs), terms, _over_pairs(_vector(terms), reduction)


def softmax(values: Vector) -> list[float]:
    """Shares of exp, without overflow."""
    highest = max(values)
    powers = [math.exp(value - highest) for value in values]
    return [power / math.fsum(powers) for power in powers]


def log_sum_exp(values: Vector) -> float:
    """ln Σ exp, without overflow."""
    highest = max(values)
    return highest + math.log(math.fsum(math.exp(value - highest) for value in values))


def _exponentials(values: Vector) -> str:
    return " + ".join(f"exp({number(value)})" for value in values)


def list_net(
    scores: Vector | Matrix, relevance: Vector | Matrix, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Both top-one distributions, the logarithm of the second, the cross-entropy, the mean."""
    lists, grades = rows(scores), rows(relevance)
    target = [softmax(grade) for grade in grades]
    logs = [[s - log_sum_exp(row) for s in row] for row in lists]
    terms = [
        [-p * log for p, log in zip(shares, row, strict=True)]
        for shares, row in zip(target, logs, strict=True)
    ]
    values = [math.fsum(row) for row in terms]
    return (
        Step(
            "target",
            Text("関連度をsoftmaxで確率にする", "Softmax of the relevance"),
            "pᵢ = exp yᵢ / Σⱼ exp yⱼ",
            written([[f"exp({number(y)})/({_exponentials(row)})" for y in row] for row in grades]),
            shaped(target, relevance),
        ),
        Step(
            "log_pred",
            Text("スコアのsoftmaxの対数を求める", "Logarithm of the softmax of the scores"),
            "ln qᵢ = sᵢ − ln Σⱼ exp sⱼ",
            written([[f"{number(s)} − {bracketed(log_sum_exp(r))}" for s in r] for r in lists]),
            shaped(logs, scores),
        ),
        Step(
            "terms",
            Text("確率pで重み付けして符号を変える", "Weight by p, change the sign"),
            "−pᵢ ln qᵢ",
            written(
                [
                    [f"−{number(p)}·{bracketed(log)}" for p, log in zip(shares, row, strict=True)]
                    for shares, row in zip(target, logs, strict=True)
                ]
            ),
            shaped(terms, scores),
        ),
        Step(
            "lists",
            Text("リストごとに足し合わせる", "Add up for each list"),
            "−Σᵢ pᵢ ln qᵢ",
            written([[" + ".join(bracketed(term) for term in row)] for row in terms]),
            tuple(values),
        ),
        _over_lists(values, reduction),
    )


def list_mle(
    scores: Vector | Matrix, relevance: Vector | Matrix, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Sort by relevance, log-sum-exp of the items left, the terms, one sum a list, the mean."""
    lists, grades = rows(scores), rows(relevance)
    in_order = [
        [s for s, _ in sorted(zip(row, grade, strict=True), key=lambda item: -item[1])]
        for row, grade in zip(lists, grades, strict=True)
    ]
    remaining = [[log_sum_exp(row[k:]) for k in range(len(row))] for row in in_order]
    terms = [
        [left - s for left, s in zip(lefts, row, strict=True)]
        for lefts, row in zip(remaining, in_order, strict=True)
    ]
    values = [math.fsum(row) for row in terms]
    return (
        Step(
            "order",
            Text("関連度の高い順にスコアを並べる", "Scores by falling relevance"),
            "s₍₁₎, s₍₂₎, …（y₍₁₎ ≥ y₍₂₎ ≥ …）",
            written(
                [
                    [f"{number(s)} (y = {number(y)})" for s, y in zip(row, grade, strict=True)]
                    for row, grade in zip(lists, grades, strict=True)
                ]
            ),
            shaped(in_order, scores),
        ),
        Step(
            "remaining",
            Text("まだ並べていない項目のlog-sum-expを求める", "Log-sum-exp of the items left"),
            "ln Σ_{l ≥ k} exp s₍ₗ₎",
            written(
                [[f"ln({_exponentials(row[k:])})" for k in range(len(row))] for row in in_order]
            ),
            shaped(remaining, scores),
        ),
        Step(
            "terms",
            Text("その位置のスコアを引く", "Subtract the score at each place"),
            "ln Σ_{l ≥ k} exp s₍ₗ₎ − s₍ₖ₎",
            written(
                [
                    [f"{number(a)} − {bracketed(s)}" for a, s in zip(lefts, row, strict=True)]
                    for lefts, row in zip(remaining, in_order, strict=True)
                ]
            ),
            shaped(terms, scores),
        ),
        Step(
            "lists",
            Text("リストごとに足し合わせる", "Add up for each list"),
            "Σₖ (ln Σ_{l ≥ k} exp s₍ₗ₎ − s₍ₖ₎)",
            written([[" + ".join(bracketed(term) for term in row)] for row in terms]),
            tuple(values),
        ),
        _over_lists(values, reduction),
    )


def _ranks_step(lists: Rows, like: Vector | Matrix) -> Step:
    """Ranks from 1 by falling score; equal scores stay in the order given."""
    ranks = []
    for row in lists:
        best_first = sorted(range(len(row)), key=lambda i: -row[i])
        ranks.append([float(best_first.index(i) + 1) for i in range(len(row))])
    return Step(
        "ranks",
        Text("スコアの高い順に順位を付ける", "Ranks by falling score"),
        "rᵢ = 1 + #{j : sⱼ > sᵢ}",
        "; ".join(map(listed, lists)),
        shaped(ranks, like),
    )


def _smooth_ranks_step(lists: Rows, temperature: float, like: Vector | Matrix) -> Step:
    """1 + Σ sigmoid((sⱼ − sᵢ)/T)."""
    return Step(
        "ranks",
        Text("滑らかな順位を求める", "Smooth ranks"),
        "rᵢ = 1 + Σ_{j≠i} sigmoid((sⱼ − sᵢ)/T)",
        written(
            [
                [
                    "1"
                    + "".join(
                        f" + sigmoid({number((other - s) / temperature)})"
                        for j, other in enumerate(row)
                        if j != i
                    )
                    for i, s in enumerate(row)
                ]
                for row in lists
            ]
        ),
        shaped(
            [
                [
                    1
                    + math.fsum(
                        _sigmoid((other - s) / temperature) for j, other in enumerate(row) if j != i
                    )
                    for i, s in enumerate(row)
                ]
                for row in lists
            ],
            like,
        ),
    )


def _sigmoid(x: float) -> float:
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def _gains_step(grades: Rows, gain: Gain, like: Vector | Matrix) -> Step:
    exponential = gain == "exponential"
    return Step(
        "gains",
        Text("関連度を利得に直す", "Gains of the relevance"),
        "gᵢ = 2^yᵢ − 1" if exponential else "gᵢ = yᵢ",
        written([[f"2^{number(y)} − 1" if exponential else number(y) for y in r] for r in grades]),
        shaped([[2**y - 1 if exponential else y for y in row] for row in grades], like),
    )


def _discounted_step(gained: Rows, ranks: Rows, k: int | None, like: Vector | Matrix) -> Step:
    return Step(
        "discounted",
        Text(
            "順位で割り引く" if k is None else f"順位で割り引く（{k}位まで）",
            "Discount by rank" if k is None else f"Discount by rank, the first {k} only",
        ),
        "gᵢ / log₂(1 + rᵢ)",
        written(
            [
                [
                    f"{number(g)}/log₂({number(1 + r)})" if k is None or r <= k else "0"
                    for g, r in zip(gains, places, strict=True)
                ]
                for gains, places in zip(gained, ranks, strict=True)
            ]
        ),
        shaped(
            [
                [
                    g / math.log2(1 + r) if k is None or r <= k else 0.0
                    for g, r in zip(gains, places, strict=True)
                ]
                for gains, places in zip(gained, ranks, strict=True)
            ],
            like,
        ),
    )


def _dcg_step(discounted: Rows) -> Step:
    return Step(
        "dcg",
        Text("リストごとに足し合わせてDCGにする", "Add up for each list: DCG"),
        "DCG = Σᵢ gᵢ / log₂(1 + rᵢ)",
        written([[" + ".join(map(number, row))] for row in discounted]),
        tuple(math.fsum(row) for row in discounted),
    )


def _ideal_step(gained: Rows, k: int | None) -> Step:
    best = [sorted(row, reverse=True)[:k] for row in gained]
    return Step(
        "ideal",
        Text("利得の大きい順に並べた理想のDCGを求める", "DCG of the ideal order"),
        "IDCG = Σ g₍ₖ₎ / log₂(1 + k)（g₍₁₎ ≥ g₍₂₎ ≥ …）",
        written(
            [[" + ".join(f"{number(g)}/log₂({r + 2})" for r, g in enumerate(row))] for row in best]
        ),
        tuple(math.fsum(g / math.log2(r + 2) for r, g in enumerate(row)) for row in best),
    )


def _share_step(gained: Vector, ideal: Vector, *, sign: int) -> Step:
    minus = "−" if sign < 0 else ""
    return Step(
        "lists",
        Text("理想のDCGで割る（IDCGが0なら0）", "Divide by the ideal DCG (0 where that is 0)"),
        f"{minus}DCG / IDCG",
        ", ".join(
            f"{minus}{number(d)}/{number(i)}" if i > 0 else "0"
            for d, i in zip(gained, ideal, strict=True)
        ),
        tuple(sign * d / i if i > 0 else 0.0 for d, i in zip(gained, ideal, strict=True)),
    )


def approx_ndcg(
    scores: Vector | Matrix,
    relevance: Vector | Matrix,
    *,
    temperature: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Smooth ranks, gains, discounted gains, DCG, ideal DCG, −NDCG, the mean."""
    ranks = _smooth_ranks_step(rows(scores), temperature, scores)
    gains = _gains_step(rows(relevance), "exponential", relevance)
    gained = rows(_table(gains))
    discounted = _discounted_step(gained, rows(_table(ranks)), None, scores)
    total = _dcg_step(rows(_table(discounted)))
    ideal = _ideal_step(gained, None)
    lists = _share_step(_vector(total), _vector(ideal), sign=-1)
    return ranks, gains, discounted, total, ideal, lists, _over_lists(_vector(lists), reduction)


def approx_mrr(
    scores: Vector | Matrix,
    relevance: Vector | Matrix,
    *,
    temperature: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Smooth ranks, the first relevant one of each list, −1/rank, the mean."""
    ranks = _smooth_ranks_step(rows(scores), temperature, scores)
    lists = _reciprocal_step(rows(_table(ranks)), rows(relevance), sign=-1)
    return ranks, lists, _over_lists(_vector(lists), reduction)


def _reciprocal_step(ranks: Rows, grades: Rows, *, sign: int) -> Step:
    first = [
        min((r for r, y in zip(places, grade, strict=True) if y > 0), default=None)
        for places, grade in zip(ranks, grades, strict=True)
    ]
    minus = "−" if sign < 0 else ""
    return Step(
        "lists",
        Text(
            "最初の関連項目の順位の逆数を取る（なければ0）",
            "Reciprocal rank of the first relevant item (0 without one)",
        ),
        f"{minus}1 / min{{rᵢ : yᵢ > 0}}",
        ", ".join("0" if r is None else f"{minus}1/{number(r)}" for r in first),
        tuple(0.0 if r is None else sign / r for r in first),
    )


def dcg(
    scores: Vector | Matrix,
    relevance: Vector | Matrix,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Ranks, gains, discounted gains, their sum, the mean."""
    ranks = _ranks_step(rows(scores), scores)
    gains = _gains_step(rows(relevance), gain, relevance)
    discounted = _discounted_step(rows(_table(gains)), rows(_table(ranks)), k, scores)
    total = _dcg_step(rows(_table(discounted)))
    return ranks, gains, discounted, total, _over_lists(_vector(total), reduction)


def ndcg(
    scores: Vector | Matrix,
    relevance: Vector | Matrix,
    *,
    k: int | None = None,
    gain: Gain = "exponential",
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Ranks, gains, discounted gains, DCG, ideal DCG, their ratio, the mean."""
    ranks = _ranks_step(rows(scores), scores)
    gains = _gains_step(rows(relevance), gain, relevance)
    gained = rows(_table(gains))
    discounted = _discounted_step(gained, rows(_table(ranks)), k, scores)
    total = _dcg_step(rows(_table(discounted)))
    ideal = _ideal_step(gained, k)
    lists = _share_step(_vector(total), _vector(ideal), sign=1)
    return ranks, gains, discounted, total, ideal, lists, _over_lists(_vector(lists), reduction)


def mrr(
    scores: Vector | Matrix, relevance: Vector | Matrix, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Ranks, the reciprocal of the first relevant one of each list, the mean."""
    ranks = _ranks_step(rows(scores), scores)
    lists = _reciprocal_step(rows(_table(ranks)), rows(relevance), sign=1)
    return ranks, lists, _over_lists(_vector(lists), reduction)


def _table(step: Step) -> Vector | Matrix:
    """The value of a step that holds one number an item: a vector, or a row a list."""
    return cast("Vector | Matrix", step.value)


def _vector(step: Step) -> list[float]:
    """The value of a step that holds one number a list or a pair."""
    (values,) = rows(_table(step))
    return values


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "pairwise_logistic": pairwise_logistic,
    "lambda_rank": lambda_rank,
    "pairwise_hinge": pairwise_hinge,
    "list_net": list_net,
    "list_mle": list_mle,
    "approx_ndcg": approx_ndcg,
    "approx_mrr": approx_mrr,
    "dcg": dcg,
    "ndcg": ndcg,
    "mrr": mrr,
}
