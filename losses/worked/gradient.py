"""Gradients as worked on paper: the derivative of a term, then the mean, in plain Python.

Where no formula is written here, a central difference is taken instead, and says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from losses.text import Text
from losses.worked.step import Nested, Step, bracketed, flat, number

Place = tuple[int, ...]  # of a component, counted from 0; empty for a lone number

STEP_LENGTH = 1e-5  # of a central difference: relative to numbers of about 1


_OF_TERM = Text("項を微分する", "Differentiate the term")


@dataclass(frozen=True, slots=True)
class Derivative:
    """The derivative of what a component changes, before any averaging."""

    formula: str  # "∂lᵢ/∂predᵢ = 2eᵢ"
    substitution: str
    value: float
    label: Text = _OF_TERM


# Inputs by name -> the derivative at a place, and by how much the mean divides.
_Formula = Callable[[Mapping[str, object], Place], tuple[Derivative, int] | None]


def gradient_steps(
    loss_id: str, with_respect_to: str, at: Place, **inputs: object
) -> tuple[Step, ...] | None:
    """Return the steps after those of the loss that lead to a component of its gradient.

    The last value is the component. None where no formula is written for this loss, argument and
    options. Raises IndexError for a place that is not there.
    """
    formula = _FORMULAS.get((loss_id, with_respect_to))
    found = None if formula is None else formula(inputs, at)
    if found is None:
        return None
    derivative, count = found
    first = Step(
        "derivative",
        derivative.label,
        derivative.formula,
        derivative.substitution,
        derivative.value,
    )
    if inputs.get("reduction") == "sum":
        return (
            first,
            Step(
                "gradient",
                Text("合計の勾配は、項の微分のままである", "A sum keeps the derivative as it is"),
                "∂L/∂x = ∂l/∂x",
                number(derivative.value),
                derivative.value,
            ),
        )
    return (
        first,
        Step(
            "gradient",
            Text("平均なのでnで割る", "Divide by n, as the mean does"),
            "∂L/∂x = (1/n)·∂l/∂x",
            f"{number(derivative.value)} / {count}",
            derivative.value / count,
        ),
    )


def central_difference(value_at: Callable[[float], float], x: float) -> Step:
    """Return the step that approximates a derivative; it says that it does.

    `value_at` gives the loss with the component changed to a number. The error is about 10⁻¹⁰ of
    the third derivative.
    """
    h = STEP_LENGTH
    above, below = value_at(x + h), value_at(x - h)
    return Step(
        "gradient",
        Text(
            "中心差分で近似する（公式による微分ではない）",
            "Approximate by a central difference (not by a formula)",
        ),
        f"(L(x + h) − L(x − h)) / (2h)　h = {number(h)}",
        f"({above:.12g} − {below:.12g}) / {number(2 * h)}".replace("-", "−"),
        (above - below) / (2 * h),
    )


def _number_at(values: object, at: Place) -> float:
    """Return a component of a nested list. Raises IndexError where there is none."""
    for place in at:
        if not isinstance(values, Sequence) or not 0 <= place < len(values):
            raise IndexError(f"nothing stands at {list(at)}")
        values = values[place]
    if isinstance(values, Sequence):
        raise IndexError(f"{list(at)} is not one number")
    return float(cast("float", values))


def _option(inputs: Mapping[str, object], name: str, default: float) -> float:
    return float(cast("float", inputs.get(name, default)))


def _size(inputs: Mapping[str, object], name: str) -> int:
    return len(flat(cast("Nested", inputs[name])))


def _of_error(
    term: Callable[[float, Mapping[str, object]], tuple[str, str, float]],
) -> _Formula:
    """A loss of e = pred − target, averaged over all elements, differentiated by pred."""

    def formula(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int]:
        error = _number_at(inputs["pred"], at) - _number_at(inputs["target"], at)
        written, shown, value = term(error, inputs)
        return Derivative(f"∂lᵢ/∂predᵢ = {written}", shown, value), _size(inputs, "pred")

    return formula


def _sign(value: float) -> float:
    return math.copysign(1.0, value) if value else 0.0


def _mse(error: float, inputs: Mapping[str, object]) -> tuple[str, str, float]:
    del inputs
    return "2eᵢ", f"2·{bracketed(error)}", 2 * error


def _mae(error: float, inputs: Mapping[str, object]) -> tuple[str, str, float]:
    del inputs
    return "sign(eᵢ)（正なら1、負なら−1）", f"sign({number(error)})", _sign(error)


def _huber(error: float, inputs: Mapping[str, object]) -> tuple[str, str, float]:
    delta = _option(inputs, "delta", 1.0)
    if abs(error) <= delta:
        return "eᵢ（|eᵢ| ≤ δ のとき）", number(error), error
    return (
        "δ·sign(eᵢ)（|eᵢ| > δ のとき）",
        f"{number(delta)}·sign({number(error)})",
        delta * _sign(error),
    )


def _smooth_l1(error: float, inputs: Mapping[str, object]) -> tuple[str, str, float]:
    beta = _option(inputs, "beta", 1.0)
    if abs(error) < beta:
        return "eᵢ/β（|eᵢ| < β のとき）", f"{number(error)}/{number(beta)}", error / beta
    return "sign(eᵢ)（|eᵢ| ≥ β のとき）", f"sign({number(error)})", _sign(error)


def _pseudo_huber(error: float, inputs: Mapping[str, object]) -> tuple[str, str, float]:
    delta = _option(inputs, "delta", 1.0)
    return (
        "eᵢ / √(1 + (eᵢ/δ)²)",
        f"{number(error)} / √(1 + ({number(error)}/{number(delta)})²)",
        error / math.hypot(1.0, error / delta),
    )


def _log_cosh(error: float, inputs: Mapping[str, object]) -> tuple[str, str, float]:
    del inputs
    return "sinh eᵢ / cosh eᵢ = tanh eᵢ", f"tanh {bracketed(error)}", math.tanh(error)


def _quantile(error: float, inputs: Mapping[str, object]) -> tuple[str, str, float]:
    q = _option(inputs, "q", 0.5)
    if error < 0:  # the prediction is too low
        return "−q（predᵢ < targetᵢ のとき）", f"−{number(q)}", -q
    return "1 − q（predᵢ > targetᵢ のとき）", f"1 − {number(q)}", 1 - q


def _rmse(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int] | None:
    if inputs.get("reduction") == "sum":
        return None
    pred, target = (flat(cast("Nested", inputs[name])) for name in ("pred", "target"))
    root = math.sqrt(sum((p - t) ** 2 for p, t in zip(pred, target, strict=True)) / len(pred))
    if root == 0:
        return None
    error = _number_at(inputs["pred"], at) - _number_at(inputs["target"], at)
    derivative = Derivative(
        "1/(2√m) · 2eᵢ = eᵢ/√m（√m はRMSE）",
        f"{number(error)}/{number(root)}",
        error / root,
        Text("√m の微分に、二乗の微分を掛ける", "The derivative of √m times that of the square"),
    )
    return derivative, len(pred)


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))


def _bce(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int] | None:
    p, y = _number_at(inputs["probs"], at), _number_at(inputs["target"], at)
    if not 0 < p < 1:
        return None
    derivative = Derivative(
        "∂lᵢ/∂pᵢ = −yᵢ/pᵢ + (1 − yᵢ)/(1 − pᵢ)",
        f"−{number(y)}/{number(p)} + (1 − {number(y)})/(1 − {number(p)})",
        -y / p + (1 - y) / (1 - p),
    )
    return derivative, _size(inputs, "probs")


def _bce_with_logits(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int] | None:
    if inputs.get("pos_weight") is not None:
        return None
    z, y = _number_at(inputs["logits"], at), _number_at(inputs["target"], at)
    p = _probability(z)
    derivative = Derivative(
        "∂lᵢ/∂zᵢ = σ(zᵢ) − yᵢ", f"σ({number(z)}) − {number(y)} = {number(p)} − {number(y)}", p - y
    )
    return derivative, _size(inputs, "logits")


def _binary_focal(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int] | None:
    z, y = _number_at(inputs["logits"], at), _number_at(inputs["target"], at)
    alpha, gamma = inputs.get("alpha", 0.25), _option(inputs, "gamma", 2.0)
    if y not in (0, 1) or not isinstance(alpha, float | int):
        return None
    # Of its own label: pₜ and the direction in which the logit moves it.
    p_t, weight, direction = _probability(z), float(alpha), 1.0
    if y == 0:
        p_t, weight, direction = _probability(-z), 1 - weight, -1.0
    value = direction * weight * (1 - p_t) ** gamma * (gamma * p_t * math.log(p_t) + p_t - 1)
    sign, factor = ("", "α") if y == 1 else ("−", "(1 − α)")
    derivative = Derivative(
        f"∂lᵢ/∂zᵢ = {sign}{factor}·(1 − pₜ)^γ·(γ·pₜ·ln pₜ + pₜ − 1)　pₜ は正解の確率",
        f"{sign}{number(weight)}·(1 − {number(p_t)})^{number(gamma)}·"
        f"({number(gamma)}·{number(p_t)}·ln {number(p_t)} + {number(p_t)} − 1)",
        value,
    )
    return derivative, _size(inputs, "logits")


def _cross_entropy(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int] | None:
    if any(inputs.get(name) is not None for name in ("weight", "ignore_index")):
        return None
    if inputs.get("label_smoothing") or not 1 <= len(at) <= 2:
        return None
    logits, target = inputs["logits"], inputs["target"]
    if min(flat(cast("Nested", target))) < 0:  # an ignored row
        return None
    *row_at, k = at
    row = logits
    for place in row_at:
        row = cast("Sequence[object]", row)[place]
    z = flat(cast("Nested", row))
    own = target
    for place in row_at:
        own = cast("Sequence[object]", own)[place]
    if isinstance(own, Sequence):  # soft labels
        label = _number_at(own, (k,))
        if not math.isclose(math.fsum(flat(cast("Nested", own))), 1.0):
            return None
    else:
        label = float(int(cast("float", own)) == k)
    _number_at(row, (k,))
    most = max(z)
    share = math.exp(z[k] - most) / math.fsum(math.exp(each - most) for each in z)
    rows = len(cast("Sequence[object]", logits)) if row_at else 1
    derivative = Derivative(
        "∂l/∂zₖ = pₖ − yₖ（yₖ は正解クラスなら1、ほかは0）"
        if not isinstance(own, Sequence)
        else "∂l/∂zₖ = pₖ − tₖ",
        f"{number(share)} − {number(label)}",
        share - label,
    )
    return derivative, rows


def _hinge(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int]:
    s, y = _number_at(inputs["scores"], at), _number_at(inputs["target"], at)
    inside = y * s < 1
    derivative = Derivative(
        "∂lᵢ/∂sᵢ = −yᵢ（yᵢsᵢ < 1 のとき）" if inside else "∂lᵢ/∂sᵢ = 0（yᵢsᵢ ≥ 1 のとき）",
        f"{bracketed(y)}·{bracketed(s)} = {number(y * s)} {'<' if inside else '≥'} 1",
        -y if inside else 0.0,
    )
    return derivative, _size(inputs, "scores")


def _kl_div(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int]:
    q, t = _number_at(inputs["log_probs"], at), _number_at(inputs["target"], at)
    p = math.exp(t) if inputs.get("log_target") else t
    cells = _size(inputs, "log_probs")
    if inputs.get("reduction", "batchmean") == "mean":
        count = cells
    else:
        count = len(cast("Sequence[object]", inputs["log_probs"])) if len(at) > 1 else 1
    if inputs.get("log_input", True):
        return Derivative("∂/∂(ln qᵢ) pᵢ(ln pᵢ − ln qᵢ) = −pᵢ", f"−{number(p)}", -p), count
    shown = f"−{number(p)}/{number(q)}"
    return Derivative("∂/∂qᵢ pᵢ ln(pᵢ/qᵢ) = −pᵢ/qᵢ", shown, -p / q), count


def _gaussian_kl_mu(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int]:
    mu = _number_at(inputs["mu"], at)
    derivative = Derivative("∂/∂μⱼ ½μⱼ² = μⱼ", number(mu), mu)
    return derivative, _rows_of(inputs["mu"], at)


def _gaussian_kl_log_var(inputs: Mapping[str, object], at: Place) -> tuple[Derivative, int]:
    v = _number_at(inputs["log_var"], at)
    derivative = Derivative(
        "∂/∂vⱼ ½(e^vⱼ − 1 − vⱼ) = ½(e^vⱼ − 1)　v = ln σ²",
        f"½(e^{bracketed(v)} − 1)",
        math.expm1(v) / 2,
    )
    return derivative, _rows_of(inputs["log_var"], at)


def _rows_of(values: object, at: Place) -> int:
    """Return how many vectors a nested list has; the last axis is that of a vector."""
    row = values
    for place in at[:-1]:
        row = cast("Sequence[object]", row)[place]
    return len(flat(cast("Nested", values))) // len(cast("Sequence[object]", row))


_FORMULAS: Mapping[tuple[str, str], _Formula] = {
    ("mse", "pred"): _of_error(_mse),
    ("mae", "pred"): _of_error(_mae),
    ("rmse", "pred"): _rmse,
    ("huber", "pred"): _of_error(_huber),
    ("smooth_l1", "pred"): _of_error(_smooth_l1),
    ("pseudo_huber", "pred"): _of_error(_pseudo_huber),
    ("log_cosh", "pred"): _of_error(_log_cosh),
    ("quantile", "pred"): _of_error(_quantile),
    ("bce", "probs"): _bce,
    ("bce_with_logits", "logits"): _bce_with_logits,
    ("binary_focal", "logits"): _binary_focal,
    ("cross_entropy", "logits"): _cross_entropy,
    ("hinge", "scores"): _hinge,
    ("kl_div", "log_probs"): _kl_div,
    ("gaussian_kl", "mu"): _gaussian_kl_mu,
    ("gaussian_kl", "log_var"): _gaussian_kl_log_var,
}

WRITTEN: frozenset[tuple[str, str]] = frozenset(_FORMULAS)
