"""Losses that compare every embedding of a batch with every other, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import Matrix, Step, Vector, bracketed, number, reduced

Rows = list[list[float]]


def _length(vector: Vector) -> float:
    return math.hypot(*vector)


def _cosine(u: Vector, v: Vector) -> float:
    """The cosine of two vectors, 0 with a zero vector."""
    lengths = _length(u) * _length(v)
    return sum(x * y for x, y in zip(u, v, strict=True)) / lengths if lengths else 0.0


def _cosines(first: Matrix, second: Matrix) -> Rows:
    return [[_cosine(u, v) for v in second] for u in first]


def _log_sum_exp(values: Vector) -> float:
    largest = max(values)
    return largest + math.log(sum(math.exp(value - largest) for value in values))


def _matrix(step_id: str, label: Text, formula: str, shown: str, values: Rows) -> Step:
    return Step(step_id, label, formula, shown, tuple(tuple(row) for row in values))


def _similarity_step(names: tuple[str, str], first: Matrix, second: Matrix) -> Step:
    """Inner products over lengths, for every row of one and of the other."""
    one, other = names
    written = [
        [
            f"{number(sum(x * y for x, y in zip(u, v, strict=True)))}"
            f" / ({number(_length(u))}·{number(_length(v))})"
            for v in second
        ]
        for u in first
    ]
    return _matrix(
        "similarities",
        Text("コサイン類似度を求める", "Cosine similarities"),
        f"s = {one}·{other} / (‖{one}‖‖{other}‖)",
        "; ".join(", ".join(row) for row in written),
        _cosines(first, second),
    )


def _scaled_step(cosines: Rows, temperature: float) -> Step:
    return _matrix(
        "scaled",
        Text("温度で割る", "Divide by the temperature"),
        "s / T",
        "; ".join(
            ", ".join(f"{number(cosine)} / {number(temperature)}" for cosine in row)
            for row in cosines
        ),
        [[cosine / temperature for cosine in row] for row in cosines],
    )


def _log_share(own: float, candidates: Vector) -> tuple[float, str]:
    """−log of the share that one logit has among the candidates, and how it is written."""
    total = " + ".join(f"exp({number(logit)})" for logit in candidates)
    return _log_sum_exp(candidates) - own, f"log({total}) − {bracketed(own)}"


def _term_step(formula: str, terms: Vector, shown: Sequence[str]) -> Step:
    return Step(
        "terms",
        Text("正例の確率の負の対数を求める", "Negative logarithm of the positive's probability"),
        formula,
        "; ".join(shown),
        tuple(terms),
    )


def _over_anchors(terms: Vector, counted: Sequence[bool], reduction: Reduction) -> Step:
    """The last step where the mean is over some of the anchors only."""
    kept = [term for term, counts in zip(terms, counted, strict=True) if counts]
    return reduced(kept or [0.0], reduction)


def _squares(u: Vector, v: Vector) -> str:
    return " + ".join(f"({number(x)} − {bracketed(y)})²" for x, y in zip(u, v, strict=True))


def triplet_batch_all(
    embeddings: Matrix,
    labels: Sequence[int],
    *,
    margin: float = 1.0,
    squared: bool = False,
    active_only: bool = False,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """All distances, one hinge per triplet, then the mean."""
    power = 2 if squared else 1
    distances = [[math.dist(u, v) ** power for v in embeddings] for u in embeddings]
    gaps = [
        (distances[a][p], distances[a][n])
        for a, mine in enumerate(labels)
        for p, like in enumerate(labels)
        for n, unlike in enumerate(labels)
        if a != p and mine == like and mine != unlike
    ]
    terms = [max(0.0, near - far + margin) for near, far in gaps]
    kept = [term for term in terms if term > 0] if active_only else terms
    mark = "²" if squared else ""
    return (
        _matrix(
            "distances",
            Text("すべての組 i < j の距離を求める", "Distances of all pairs i < j"),
            "dᵢⱼ² = Σₖ (xᵢₖ − xⱼₖ)²" if squared else "dᵢⱼ = √Σₖ (xᵢₖ − xⱼₖ)²",
            ", ".join(
                _squares(u, v) if squared else f"√({_squares(u, v)})"
                for i, u in enumerate(embeddings)
                for v in embeddings[i + 1 :]
            ),
            distances,
        ),
        Step(
            "triplets",
            Text("三つ組ごとの損失を求める", "Loss of each triplet"),
            f"max(0, d(a, p){mark} − d(a, n){mark} + m)",
            ", ".join(
                f"max(0, {number(near)} − {number(far)} + {number(margin)})" for near, far in gaps
            )
            or "0",
            tuple(terms),
        ),
        reduced(kept or [0.0], reduction),
    )


def info_nce(
    queries: Matrix,
    keys: Matrix,
    *,
    temperature: float = 0.1,
    symmetric: bool = False,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Cosines, divided by the temperature, −log softmax of the diagonal, then the mean."""
    cosines = _cosines(queries, keys)
    logits = [[cosine / temperature for cosine in row] for row in cosines]
    terms: list[float] = []
    shown: list[str] = []
    for i, row in enumerate(logits):
        there, written = _log_share(row[i], row)
        if symmetric:
            back, also = _log_share(row[i], [other[i] for other in logits])
            there, written = (there + back) / 2, f"½({written} + {also})"
        terms.append(there)
        shown.append(written)
    formula = (
        "½(log Σⱼ exp(sᵢⱼ/T) + log Σⱼ exp(sⱼᵢ/T)) − sᵢᵢ/T"
        if symmetric
        else "log Σⱼ exp(sᵢⱼ/T) − sᵢᵢ/T"
    )
    return (
        _similarity_step(("qᵢ", "kⱼ"), queries, keys),
        _scaled_step(cosines, temperature),
        _term_step(formula, terms, shown),
        reduced(terms, reduction),
    )


def nt_xent(
    view1: Matrix,
    view2: Matrix,
    *,
    temperature: float = 0.5,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Cosines of all views, divided by the temperature, −log softmax without self, the mean."""
    views = [*view1, *view2]
    cosines = _cosines(views, views)
    logits = [[cosine / temperature for cosine in row] for row in cosines]
    terms: list[float] = []
    shown: list[str] = []
    for i, row in enumerate(logits):
        own = row[(i + len(view1)) % len(views)]
        term, written = _log_share(own, [logit for k, logit in enumerate(row) if k != i])
        terms.append(term)
        shown.append(written)
    return (
        _similarity_step(("zᵢ", "zₖ"), views, views),
        _scaled_step(cosines, temperature),
        _term_step("log Σ_{k≠i} exp(sᵢₖ/T) − sᵢ₊/T", terms, shown),
        reduced(terms, reduction),
    )


def supcon(
    embeddings: Matrix,
    labels: Sequence[int],
    *,
    temperature: float = 0.1,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Cosines, divided by the temperature, mean −log softmax of the positives, then the mean."""
    cosines = _cosines(embeddings, embeddings)
    logits = [[cosine / temperature for cosine in row] for row in cosines]
    terms: list[float] = []
    shown: list[str] = []
    counted: list[bool] = []
    for i, row in enumerate(logits):
        own = [
            logit
            for k, (logit, label) in enumerate(zip(row, labels, strict=True))
            if k != i and label == labels[i]
        ]
        others = [logit for k, logit in enumerate(row) if k != i]
        counted.append(bool(own))
        if not own:
            terms.append(0.0)
            shown.append("0")
            continue
        centre = sum(own) / len(own)
        total = " + ".join(f"exp({number(logit)})" for logit in others)
        mean = " + ".join(bracketed(logit) for logit in own)
        terms.append(_log_sum_exp(others) - centre)
        shown.append(f"log({total}) − ({mean}) / {len(own)}")
    return (
        _similarity_step(("zᵢ", "zₖ"), embeddings, embeddings),
        _scaled_step(cosines, temperature),
        _term_step("log Σ_{k≠i} exp(sᵢₖ/T) − (1/|P(i)|) Σₚ sᵢₚ/T", terms, shown),
        _over_anchors(terms, counted, reduction),
    )


def circle(
    embeddings: Matrix,
    labels: Sequence[int],
    *,
    margin: float = 0.25,
    gamma: float = 256.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Cosines, weighted exponents, log(1 + product of sums) per anchor, then the mean."""
    cosines = _cosines(embeddings, embeddings)
    exponents: Rows = []
    written: list[str] = []
    terms: list[float] = []
    shown: list[str] = []
    counted: list[bool] = []
    for i, row in enumerate(cosines):
        low: list[float] = []
        high: list[float] = []
        for k, (s, label) in enumerate(zip(row, labels, strict=True)):
            if label != labels[i]:
                weight = max(0.0, s + margin)
                high.append(gamma * weight * (s - margin))
                written.append(
                    f"{number(gamma)}·{number(weight)}·({number(s)} − {bracketed(margin)})"
                )
            elif k != i:
                weight = max(0.0, 1 + margin - s)
                low.append(-gamma * weight * (s - (1 - margin)))
                written.append(
                    f"−{number(gamma)}·{number(weight)}·({number(s)} − {number(1 - margin)})"
                )
        exponents.append([*low, *high])
        counted.append(bool(low) and bool(high))
        if not counted[-1]:
            terms.append(0.0)
            shown.append("0")
            continue
        exponent = _log_sum_exp(low) + _log_sum_exp(high)
        terms.append(max(exponent, 0.0) + math.log1p(math.exp(-abs(exponent))))
        sums = (" + ".join(f"exp({number(e)})" for e in part) for part in (high, low))
        shown.append("log(1 + ({})·({}))".format(*sums))
    return (
        _similarity_step(("zᵢ", "zₖ"), embeddings, embeddings),
        _matrix(
            "exponents",
            Text(
                "重みを付けた指数を求める（正例、負例の順）",
                "Weighted exponents, positives before negatives",
            ),
            "−γαₚ(sₚ − (1 − m)), γαₙ(sₙ − m)",
            ", ".join(written),
            exponents,
        ),
        Step(
            "terms",
            Text("アンカーごとに損失を求める", "Loss of each anchor"),
            "log(1 + Σₙ exp(·)·Σₚ exp(·))",
            "; ".join(shown),
            tuple(terms),
        ),
        _over_anchors(terms, counted, reduction),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "triplet_batch_all": triplet_batch_all,
    "info_nce": info_nce,
    "nt_xent": nt_xent,
    "supcon": supcon,
    "circle": circle,
}
