"""Divergences and distances between distributions, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from losses.reduction import BatchReduction
from losses.text import Text
from losses.worked.step import Matrix, Step, Value, Vector, bracketed, listed, number

Rows = list[list[float]]


def as_rows(values: Vector | Matrix) -> Rows:
    """Read one distribution, or a batch of them, as a batch."""
    if values and isinstance(values[0], Sequence):
        return [list(row) for row in cast("Matrix", values)]
    return [list(cast("Vector", values))]


def as_value(rows: Rows, like: Vector | Matrix) -> Value:
    """Write rows in the form of the input: a vector where it was a single distribution."""
    if like and isinstance(like[0], Sequence):
        return tuple(tuple(row) for row in rows)
    return tuple(rows[0])


def shown_rows(rows: Sequence[Sequence[str]]) -> str:
    """Write the entries of every row in brackets, a single row without."""
    written = [", ".join(row) for row in rows]
    return written[0] if len(written) == 1 else "; ".join(f"[{row}]" for row in written)


def log(value: float) -> float:
    """The natural logarithm, −∞ at 0."""
    return math.log(value) if value > 0 else -math.inf


def given(step_id: str, label: Text, formula: str, rows: Rows, like: Vector | Matrix) -> Step:
    """A step that only writes down what is given."""
    return Step(step_id, label, formula, "; ".join(map(listed, rows)), as_value(rows, like))


def kl_div(
    log_probs: Vector | Matrix,
    target: Vector | Matrix,
    *,
    log_input: bool = True,
    log_target: bool = False,
    reduction: BatchReduction = "batchmean",
) -> tuple[Step, ...]:
    """Both distributions, ln p − ln q, the terms, one divergence a row, then the average."""
    first, second = as_rows(log_probs), as_rows(target)
    log_q = [[q if log_input else log(q) for q in row] for row in first]
    p = [[math.exp(t) if log_target else t for t in row] for row in second]
    target_step = (
        Step(
            "target_probs",
            Text("正解分布の対数を確率に戻す", "Target probabilities from their logarithms"),
            "pᵢ = exp(ln pᵢ)",
            shown_rows([[f"exp({number(t)})" for t in row] for row in second]),
            as_value(p, target),
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
            shown_rows([[f"ln {number(q)}" for q in row] for row in first]),
            as_value(log_q, log_probs),
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
        shown_rows(
            [
                [f"ln {number(pi)} − {bracketed(lq)}" if pi > 0 else "0" for pi, lq in row]
                for row in pairs
            ]
        ),
        as_value(ratios, target),
    )
    terms_step = Step(
        "terms",
        Text("正解の確率pで重み付けする", "Weighted by the target probability p"),
        "pᵢ ln(pᵢ/qᵢ)",
        shown_rows(
            [
                [f"{number(pi)}·{bracketed(ratio)}" for (pi, _), ratio in zip(row, of, strict=True)]
                for row, of in zip(pairs, ratios, strict=True)
            ]
        ),
        as_value(terms, target),
    )
    divergences = [sum(row) for row in terms]
    sums_step = Step(
        "divergences",
        Text("分布ごとに足し合わせる", "One divergence for each distribution"),
        "KL(P‖Q) = Σᵢ pᵢ ln(pᵢ/qᵢ)",
        shown_rows([[" + ".join(bracketed(term) for term in row)] for row in terms]),
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
            f"({added}) / {len(totals)}",
            total / len(totals),
        )
    if reduction == "mean":
        return Step(
            "mean",
            Text("要素の総数で割る", "Divide by the number of cells"),
            "(1/(N·K)) Σ KL",
            f"({added}) / {cells}",
            total / cells,
        )
    raise ValueError(f"a worked calculation ends in one number, not reduction={reduction!r}")


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {"kl_div": kl_div}
