"""Divergences and distances between distributions, as worked on paper."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from typing import cast

from losses.reduction import BatchReduction, Reduction
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

Rows = list[list[float]]


_DISTRIBUTIONS = Text("分布の数で割る", "Divide by the number of distributions")
_DISTANCES = Text("距離の数で割る", "Divide by the number of distances")


def log(value: float) -> float:
    """The natural logarithm, −∞ at 0."""
    return math.log(value) if value > 0 else -math.inf


def given(step_id: str, label: Text, formula: str, lines: Rows, like: Vector | Matrix) -> Step:
    """A step that only writes down what is given."""
    return Step(step_id, label, formula, "; ".join(map(listed, lines)), shaped(lines, like))


def kl_div(
    log_probs: Vector | Matrix,
    target: Vector | Matrix,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> tuple[Step, ...]:
    """Both distributions, ln p − ln q, the terms, one divergence a row, then the average."""
    first, second = rows(log_probs), rows(target)
    log_q = [[q if log_input else log(q) for q in row] for row in first]
    p = [[math.exp(t) if log_target else t for t in row] for row in second]
    target_step = (
        Step(
            "target_probs",
            Text("正解分布の対数を確率に戻す", "Target probabilities from their logarithms"),
            "pᵢ = exp(ln pᵢ)",
            written([[f"exp({number(t)})" for t in row] for row in second]),
            shaped(p, target),
        )
        if log_target
        else given(
            "target_probs",
            Text("正解の分布Pを書き出す", "The target distribution P"),
            "pᵢ",
            p,
            target,
        )
    )
    log_step = (
        given(
            "log_pred",
            Text("予測分布Qの対数を書き出す", "The logarithms of the prediction Q"),
            "ln qᵢ",
            log_q,
            log_probs,
        )
        if log_input
        else Step(
            "log_pred",
            Text("予測分布Qの対数を取る", "Logarithms of the prediction Q"),
            "ln qᵢ",
            written([[f"ln {number(q)}" for q in row] for row in first]),
            shaped(log_q, log_probs),
        )
    )
    pairs = [list(zip(ps, logs, strict=True)) for ps, logs in zip(p, log_q, strict=True)]
    ratios = [[log(pi) - lq if pi > 0 else 0.0 for pi, lq in row] for row in pairs]
    terms = [
        [pi * ratio for (pi, _), ratio in zip(row, of, strict=True)]
        for row, of in zip(pairs, ratios, strict=True)
    ]
    ratio_step = Step(
        "log_ratios",
        Text("対数比を求める（p = 0 の項は0）", "Log ratios (0 where p = 0)"),
        "ln(pᵢ/qᵢ) = ln pᵢ − ln qᵢ",
        written(
            [
                [f"ln {number(pi)} − {bracketed(lq)}" if pi > 0 else "0" for pi, lq in row]
                for row in pairs
            ]
        ),
        shaped(ratios, target),
    )
    terms_step = Step(
        "terms",
        Text("正解の確率pで重み付けする", "Weighted by the target probability p"),
        "pᵢ ln(pᵢ/qᵢ)",
        written(
            [
                [f"{number(pi)}·{bracketed(ratio)}" for (pi, _), ratio in zip(row, of, strict=True)]
                for row, of in zip(pairs, ratios, strict=True)
            ]
        ),
        shaped(terms, target),
    )
    divergences = [sum(row) for row in terms]
    sums_step = Step(
        "divergences",
        Text("分布ごとに足し合わせる", "One divergence for each distribution"),
        "KL(P‖Q) = Σᵢ pᵢ ln(pᵢ/qᵢ)",
        written([[" + ".join(bracketed(term) for term in row)] for row in terms]),
        tuple(divergences),
    )
    return (
        target_step,
        log_step,
        ratio_step,
        terms_step,
        sums_step,
        _over_batch(divergences, sum(map(len, terms)), reduction),
    )


def _over_batch(totals: Vector, cells: int, reduction: BatchReduction) -> Step:
    """The last step of a loss that PyTorch averages by rows or by cells."""
    total = sum(totals)
    added = " + ".join(bracketed(value) for value in totals)
    if reduction == "sum":
        return Step("sum", Text("合計する", "Sum"), "Σ KL", added, total)
    if reduction == "batchmean":
        return Step(
            "batchmean",
            Text("分布の数で割る", "Divide by the number of distributions"),
            "(1/N) Σ KL",
            quotient(totals, len(totals)),
            total / len(totals),
        )
    if reduction == "mean":
        return Step(
            "mean",
            Text("要素の総数で割る", "Divide by the number of cells"),
            "(1/(N·K)) Σ KL",
            quotient(totals, cells),
            total / cells,
        )
    raise ValueError(f"a worked calculation ends in one number, not reduction={reduction!r}")


def js_div(
    p: Vector | Matrix, q: Vector | Matrix, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """The average M, the divergence of each distribution from it, half their sum, the mean."""
    ps, qs = rows(p), rows(q)
    both = list(zip(ps, qs, strict=True))
    mixed = [[(a + b) / 2 for a, b in zip(*pair, strict=True)] for pair in both]
    mixture = Step(
        "mixture",
        Text("二つの分布の平均Mを求める", "The average M of the two distributions"),
        "mᵢ = ½(pᵢ + qᵢ)",
        written(
            [[f"½({number(a)} + {number(b)})" for a, b in zip(*pair, strict=True)] for pair in both]
        ),
        shaped(mixed, p),
    )
    from_p = _divergence_from_mixture("p", ps, mixed)
    from_q = _divergence_from_mixture("q", qs, mixed)
    halves = [
        (a + b) / 2
        for a, b in zip(cast("Vector", from_p.value), cast("Vector", from_q.value), strict=True)
    ]
    half_sum = Step(
        "divergences",
        Text("二つのKL情報量を平均する", "Average the two divergences"),
        "JS = ½ KL(P‖M) + ½ KL(Q‖M)",
        ", ".join(
            f"½({number(a)} + {number(b)})"
            for a, b in zip(cast("Vector", from_p.value), cast("Vector", from_q.value), strict=True)
        ),
        tuple(halves),
    )
    return mixture, from_p, from_q, half_sum, _over_distributions(halves, reduction)


def _divergence_from_mixture(name: str, given_rows: Rows, mixed: Rows) -> Step:
    """KL from the average, one value a distribution; 0 ln 0 = 0."""
    upper = name.upper()
    pairs = [list(zip(row, mix, strict=True)) for row, mix in zip(given_rows, mixed, strict=True)]
    return Step(
        f"kl_{name}",
        Text(f"{upper}のMに対するKL情報量を求める", f"Divergence of {upper} from M"),
        f"KL({upper}‖M) = Σᵢ {name}ᵢ ln({name}ᵢ/mᵢ)",
        written(
            [
                [" + ".join(f"{number(a)}·ln({number(a)}/{number(m)})" for a, m in row if a > 0)]
                for row in pairs
            ]
        ),
        tuple(sum(a * math.log(a / m) for a, m in row if a > 0) for row in pairs),
    )


def _over_distributions(values: Vector, reduction: Reduction, *, of: Text = _DISTRIBUTIONS) -> Step:
    """The last step: mean or sum over the distributions of the batch."""
    total = sum(values)
    added = " + ".join(bracketed(value) for value in values)
    if reduction == "sum":
        return Step("sum", Text("合計する", "Sum"), "Σ lₙ", added, total)
    if reduction == "mean":
        return Step(
            "mean",
            of,
            "(1/N) Σ lₙ",
            quotient(values, len(values)),
            total / len(values),
        )
    raise ValueError(f"a worked calculation ends in one number, not reduction={reduction!r}")


def wasserstein_1d(
    u: Vector | Matrix,
    v: Vector | Matrix,
    *,
    u_weights: Vector | Matrix | None = None,
    v_weights: Vector | Matrix | None = None,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Sort, then the gaps: between partners of equal mass, else between distribution functions."""
    us, vs = rows(u), rows(v)
    u_order, v_order = _ordered("u", us, u), _ordered("v", vs, v)
    if u_weights is None and v_weights is None and len(us[0]) == len(vs[0]):
        middle = _gaps_of_partners(us, vs, u)
    else:
        middle = _areas(us, vs, _masses(u_weights, us), _masses(v_weights, vs), u)
    distances = cast("Vector", middle[-1].value)
    return (u_order, v_order, *middle, _over_distributions(distances, reduction, of=_DISTANCES))


def _ordered(name: str, samples: Rows, like: Vector | Matrix) -> Step:
    return Step(
        f"sorted_{name}",
        Text(f"{name}を小さい順に並べる", f"Sort {name} in ascending order"),
        f"{name}₍₁₎ ≤ {name}₍₂₎ ≤ …",
        "; ".join(map(listed, samples)),
        shaped([sorted(row) for row in samples], like),
    )


def _gaps_of_partners(us: Rows, vs: Rows, like: Vector | Matrix) -> tuple[Step, ...]:
    pairs = [list(zip(sorted(a), sorted(b), strict=True)) for a, b in zip(us, vs, strict=True)]
    gaps = [[abs(a - b) for a, b in row] for row in pairs]
    return (
        Step(
            "gaps",
            Text("同じ順位どうしの差の絶対値を取る", "Gaps between values of equal rank"),
            "|u₍ᵢ₎ − v₍ᵢ₎|",
            written([[f"|{number(a)} − {bracketed(b)}|" for a, b in row] for row in pairs]),
            shaped(gaps, like),
        ),
        Step(
            "distances",
            Text("差を平均する", "Average the gaps"),
            "W₁ = (1/n) Σᵢ |u₍ᵢ₎ − v₍ᵢ₎|",
            written(
                [[f"({' + '.join(map(number, row))}) / {len(row)}"] for row in gaps],
            ),
            tuple(sum(row) / len(row) for row in gaps),
        ),
    )


def _masses(weights: Vector | Matrix | None, samples: Rows) -> Rows:
    """The mass of every value; one row of weights may serve all samples."""
    if weights is None:
        return [[1 / len(row)] * len(row) for row in samples]
    masses = rows(weights)
    shared = masses * len(samples) if len(masses) == 1 else masses
    return [[weight / sum(row) for weight in row] for row in shared]


def _areas(
    us: Rows, vs: Rows, u_masses: Rows, v_masses: Rows, like: Vector | Matrix
) -> tuple[Step, ...]:
    """Points, both distribution functions on the intervals between them, and the areas."""
    points, u_levels, v_levels, areas = [], [], [], []
    for u, v, u_mass, v_mass in zip(us, vs, u_masses, v_masses, strict=True):
        places = sorted({*u, *v})
        lefts = places[:-1]
        below_u = [math.fsum(m for x, m in zip(u, u_mass, strict=True) if x <= at) for at in lefts]
        below_v = [math.fsum(m for x, m in zip(v, v_mass, strict=True) if x <= at) for at in lefts]
        points.append(places)
        u_levels.append(below_u)
        v_levels.append(below_v)
        areas.append(
            [
                abs(a - b) * (end - start)
                for a, b, start, end in zip(below_u, below_v, lefts, places[1:], strict=True)
            ]
        )
    widths = [[end - start for start, end in itertools.pairwise(row)] for row in points]
    return (
        Step(
            "points",
            Text("すべての値を1本の数直線に並べる", "Put all values on one line"),
            "x₁ < x₂ < …",
            "; ".join(map(listed, points)),
            shaped(points, like),
        ),
        Step(
            "cdf_u",
            Text("各区間でのuの累積分布を求める", "Distribution function of u on each interval"),
            "F_u(x) = Σ_{uᵢ ≤ x} wᵢ",
            "; ".join(map(listed, u_levels)),
            shaped(u_levels, like),
        ),
        Step(
            "cdf_v",
            Text("各区間でのvの累積分布を求める", "Distribution function of v on each interval"),
            "F_v(x) = Σ_{vⱼ ≤ x} wⱼ",
            "; ".join(map(listed, v_levels)),
            shaped(v_levels, like),
        ),
        Step(
            "gaps",
            Text("累積分布の差に区間の幅を掛ける", "Gap of the functions times the interval"),
            "|F_u − F_v|·(xₖ₊₁ − xₖ)",
            written(
                [
                    [
                        f"|{number(a)} − {number(b)}|·{number(width)}"
                        for a, b, width in zip(*row, strict=True)
                    ]
                    for row in zip(u_levels, v_levels, widths, strict=True)
                ]
            ),
            shaped(areas, like),
        ),
        Step(
            "distances",
            Text("面積を足し合わせる", "Add up the areas"),
            "W₁ = Σₖ |F_u − F_v|·(xₖ₊₁ − xₖ)",
            written([[" + ".join(map(number, row)) or "0"] for row in areas]),
            tuple(sum(row) for row in areas),
        ),
    )


def entropy(probs: Vector | Matrix, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """Logarithms, the terms −p ln p, one entropy a distribution, the mean."""
    return _weighted_logarithms(
        rows(probs),
        rows(probs),
        probs,
        weight="p",
        inside="p",
        total=Text("分布ごとにエントロピーを求める", "One entropy for each distribution"),
        formula="H(P) = −Σᵢ pᵢ ln pᵢ",
        reduction=reduction,
    )


def distribution_cross_entropy(
    probs: Vector | Matrix, target: Vector | Matrix, *, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Logarithms of the prediction, weighted by the target, one sum a distribution, the mean."""
    return _weighted_logarithms(
        rows(target),
        rows(probs),
        target,
        weight="p",
        inside="q",
        total=Text("分布ごとに足し合わせる", "One sum for each distribution"),
        formula="H(P, Q) = −Σᵢ pᵢ ln qᵢ",
        reduction=reduction,
    )


def _weighted_logarithms(
    weights: Rows,
    insides: Rows,
    like: Vector | Matrix,
    *,
    weight: str,
    inside: str,
    total: Text,
    formula: str,
    reduction: Reduction,
) -> tuple[Step, ...]:
    """−Σ weight · ln inside, row by row; what has no weight counts 0."""
    pairs = [list(zip(ws, xs, strict=True)) for ws, xs in zip(weights, insides, strict=True)]
    logs = [[log(x) if w > 0 else 0.0 for w, x in row] for row in pairs]
    terms = [
        [-w * value if w > 0 else 0.0 for (w, _), value in zip(row, of, strict=True)]
        for row, of in zip(pairs, logs, strict=True)
    ]
    sums = [sum(row) for row in terms]
    return (
        Step(
            "logs",
            Text(
                f"対数を取る（{weight} = 0 の項は0）", f"Natural logarithms (0 where {weight} = 0)"
            ),
            f"ln {inside}ᵢ",
            written([[f"ln {number(x)}" if w > 0 else "0" for w, x in row] for row in pairs]),
            shaped(logs, like),
        ),
        Step(
            "terms",
            Text(f"確率{weight}で重み付けして符号を変える", f"Weight by {weight}, change the sign"),
            f"−{weight}ᵢ ln {inside}ᵢ",
            written(
                [
                    [
                        f"−{number(w)}·{bracketed(value)}" if w > 0 else "0"
                        for (w, _), value in zip(row, of, strict=True)
                    ]
                    for row, of in zip(pairs, logs, strict=True)
                ]
            ),
            shaped(terms, like),
        ),
        Step(
            "entropies",
            total,
            formula,
            written([[" + ".join(bracketed(term) for term in row)] for row in terms]),
            tuple(sums),
        ),
        _over_distributions(sums, reduction),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "kl_div": kl_div,
    "js_div": js_div,
    "wasserstein_1d": wasserstein_1d,
    "entropy": entropy,
    "distribution_cross_entropy": distribution_cross_entropy,
}
