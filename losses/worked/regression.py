"""Losses for real-valued targets, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import Nested, Step, Vector, bracketed, flat, listed, number, reduced


def errors(pred: Nested, target: Nested) -> Step:
    """e = pred − target, element by element."""
    pairs = list(zip(flat(pred), flat(target), strict=True))
    return Step(
        "errors",
        Text("誤差を求める", "Errors"),
        "eᵢ = predᵢ − targetᵢ",
        ", ".join(f"{number(p)} − {bracketed(t)}" for p, t in pairs),
        tuple(p - t for p, t in pairs),
    )


def _of(step: Step) -> tuple[float, ...]:
    """The numbers of a step that made a vector."""
    return tuple(flat(step.value))


def _terms(label: Text, formula: str, shown: Sequence[str], values: list[float]) -> Step:
    """The step that makes one term of each element."""
    return Step("terms", label, formula, ", ".join(shown), tuple(values))


def _squares(values: Vector) -> Step:
    return _terms(
        Text("誤差を二乗する", "Square the errors"),
        "eᵢ²",
        [f"{bracketed(e)}²" for e in values],
        [e**2 for e in values],
    )


def mse(pred: Nested, target: Nested, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """Errors, their squares, the mean."""
    first = errors(pred, target)
    squares = _squares(_of(first))
    return first, squares, reduced(_of(squares), reduction)


def mae(pred: Nested, target: Nested, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """Errors, their absolute values, the mean."""
    first = errors(pred, target)
    sizes = _terms(
        Text("絶対値を取る", "Absolute values"),
        "|eᵢ|",
        [f"|{number(e)}|" for e in _of(first)],
        [abs(e) for e in _of(first)],
    )
    return first, sizes, reduced(_of(sizes), reduction)


def rmse(pred: Nested, target: Nested, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """Errors, their squares, the mean, one root."""
    *before, last = mse(pred, target, reduction=reduction)
    (total,) = flat(last.value)
    return (
        *before,
        last,
        Step(
            "root",
            Text("平方根を取る", "Root"),
            "√l",
            f"√{number(total)}",
            math.sqrt(total),
        ),
    )


def huber(
    pred: Nested, target: Nested, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Errors, one term each by the branch it falls in, then the mean."""
    first = errors(pred, target)
    terms: list[float] = []
    shown: list[str] = []
    for e in _of(first):
        if abs(e) <= delta:
            terms.append(e**2 / 2)
            shown.append(f"½·{bracketed(e)}²")
        else:
            terms.append(delta * (abs(e) - delta / 2))
            shown.append(f"{number(delta)}·({number(abs(e))} − {number(delta / 2)})")
    label = Text("誤差の大きさで場合分けする", "One term by the size of each error")
    formula = "|e| ≤ δ: ½e²　|e| > δ: δ(|e| − ½δ)"
    return first, _terms(label, formula, shown, terms), reduced(terms, reduction)


def smooth_l1(
    pred: Nested, target: Nested, *, beta: float = 1.0, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Errors, one term each by the branch it falls in, then the mean."""
    first = errors(pred, target)
    terms: list[float] = []
    shown: list[str] = []
    for e in _of(first):
        if abs(e) < beta:
            terms.append(e**2 / (2 * beta))
            shown.append(f"{bracketed(e)}²/(2·{number(beta)})")
        else:
            terms.append(abs(e) - beta / 2)
            shown.append(f"{number(abs(e))} − {number(beta / 2)}")
    label = Text("誤差の大きさで場合分けする", "One term by the size of each error")
    formula = "|e| < β: e²/(2β)　|e| ≥ β: |e| − ½β"
    return first, _terms(label, formula, shown, terms), reduced(terms, reduction)


def pseudo_huber(
    pred: Nested, target: Nested, *, delta: float = 1.0, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Errors, the roots, one term each, then the mean."""
    first = errors(pred, target)
    roots = [math.sqrt(1 + (e / delta) ** 2) for e in _of(first)]
    terms = [delta**2 * (root - 1) for root in roots]
    return (
        first,
        Step(
            "roots",
            Text("根号の部分を求める", "Roots"),
            "rᵢ = √(1 + (eᵢ/δ)²)",
            ", ".join(f"√(1 + ({number(e)}/{number(delta)})²)" for e in _of(first)),
            tuple(roots),
        ),
        _terms(
            Text("1を引いてδ²を掛ける", "Subtract 1 and multiply by δ²"),
            "δ²(rᵢ − 1)",
            [f"{number(delta)}²·({number(root)} − 1)" for root in roots],
            terms,
        ),
        reduced(terms, reduction),
    )


def log_cosh(pred: Nested, target: Nested, *, reduction: Reduction = "mean") -> tuple[Step, ...]:
    """Errors, hyperbolic cosines, their logarithms, then the mean."""
    first = errors(pred, target)
    # Beyond 300 the cosine is all but e^|e|/2, and further on it has no float.
    terms = [math.log(math.cosh(e)) if abs(e) < 300 else abs(e) - math.log(2) for e in _of(first)]
    cosines = [math.cosh(e) if abs(e) < 300 else math.inf for e in _of(first)]
    return (
        first,
        Step(
            "cosines",
            Text("双曲線余弦を求める", "Hyperbolic cosines"),
            "cosh eᵢ = (e^eᵢ + e^(−eᵢ))/2",
            ", ".join(f"cosh({number(e)})" for e in _of(first)),
            tuple(cosines),
        ),
        _terms(
            Text("自然対数を取る", "Natural logarithms"),
            "ln cosh eᵢ",
            [
                f"ln {number(c)}" if c < math.inf else f"{number(abs(e))} − ln 2"
                for e, c in zip(_of(first), cosines, strict=True)
            ],
            terms,
        ),
        reduced(terms, reduction),
    )


def quantile(
    pred: Nested, target: Nested, *, q: float = 0.5, reduction: Reduction = "mean"
) -> tuple[Step, ...]:
    """Shortfalls, weighted by their side, then the mean."""
    pairs = list(zip(flat(pred), flat(target), strict=True))
    gaps = [t - p for p, t in pairs]
    terms = [q * u if u >= 0 else (q - 1) * u for u in gaps]
    return (
        Step(
            "errors",
            Text("正解から予測を引く", "Target minus prediction"),
            "uᵢ = targetᵢ − predᵢ",
            ", ".join(f"{number(t)} − {bracketed(p)}" for p, t in pairs),
            tuple(gaps),
        ),
        _terms(
            Text("符号に応じた重みを掛ける", "Weight by the sign"),
            "u ≥ 0: q·u　u < 0: (q − 1)·u",
            [f"{bracketed(q if u >= 0 else q - 1)}·{bracketed(u)}" for u in gaps],
            terms,
        ),
        reduced(terms, reduction),
    )


def gaussian_nll(
    mean: Nested,
    target: Nested,
    var: Nested,
    *,
    full: bool = False,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Errors, squares over variances, half of them with ln v, then the mean."""
    pairs = list(zip(flat(target), flat(mean), strict=True))
    gaps = [y - m for y, m in pairs]
    variances = flat(var)
    scaled = [e**2 / v for e, v in zip(gaps, variances, strict=True)]
    constant = math.log(2 * math.pi) / 2 if full else 0.0
    terms = [(math.log(v) + s) / 2 + constant for v, s in zip(variances, scaled, strict=True)]
    tail = " + ½ ln 2π" if full else ""
    return (
        Step(
            "errors",
            Text("正解から平均を引く", "Target minus mean"),
            "eᵢ = yᵢ − μᵢ",
            ", ".join(f"{number(y)} − {bracketed(m)}" for y, m in pairs),
            tuple(gaps),
        ),
        Step(
            "scaled",
            Text("二乗を分散で割る", "Squares over variances"),
            "eᵢ²/vᵢ",
            ", ".join(f"{bracketed(e)}²/{number(v)}" for e, v in zip(gaps, variances, strict=True)),
            tuple(scaled),
        ),
        _terms(
            Text("ln v を足して½を掛ける", "Add ln v, take half"),
            f"½(ln vᵢ + eᵢ²/vᵢ){tail}",
            [
                f"½·(ln {number(v)} + {number(s)}){tail}"
                for v, s in zip(variances, scaled, strict=True)
            ],
            terms,
        ),
        reduced(terms, reduction),
    )


def poisson_nll(
    log_rate: Nested,
    target: Nested,
    *,
    log_input: bool = True,
    full: bool = False,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """The rate from its logarithm (or the other way), one term each, then the mean."""
    given, counts = flat(log_rate), flat(target)
    pairs = list(zip(given, counts, strict=True))
    if log_input:
        other = [math.exp(x) for x in given]
        terms = [rate - y * x for (x, y), rate in zip(pairs, other, strict=True)]
        space = Step(
            "rates",
            Text("強度λに戻す", "Rates"),
            "λᵢ = e^xᵢ",
            ", ".join(f"e^{bracketed(x)}" for x in given),
            tuple(other),
        )
        formula = "λᵢ − yᵢ·xᵢ"
        shown = [
            f"{number(rate)} − {number(y)}·{bracketed(x)}"
            for (x, y), rate in zip(pairs, other, strict=True)
        ]
    else:
        other = [math.log(rate) for rate in given]
        terms = [rate - y * x for (rate, y), x in zip(pairs, other, strict=True)]
        space = Step(
            "rates",
            Text("強度λの対数を取る", "Logarithms of the rates"),
            "xᵢ = ln λᵢ",
            ", ".join(f"ln {number(rate)}" for rate in given),
            tuple(other),
        )
        formula = "λᵢ − yᵢ·xᵢ"
        shown = [
            f"{number(rate)} − {number(y)}·{bracketed(x)}"
            for (rate, y), x in zip(pairs, other, strict=True)
        ]
    steps = [
        space,
        _terms(Text("λ から y·ln λ を引く", "Rate minus y·ln λ"), formula, shown, terms),
    ]
    if full:
        constants = [
            y * math.log(y) - y + math.log(2 * math.pi * y) / 2 if y > 1 else 0.0 for y in counts
        ]
        terms = [term + constant for term, constant in zip(terms, constants, strict=True)]
        steps.append(
            Step(
                "stirling",
                Text("y > 1 で ln y! の近似を足す", "Add the approximation of ln y! where y > 1"),
                "lᵢ + yᵢ ln yᵢ − yᵢ + ½ ln(2πyᵢ)",
                listed(constants),
                tuple(terms),
            )
        )
    return (*steps, reduced(terms, reduction))


def adaptive_robust(
    pred: Nested,
    target: Nested,
    *,
    alpha: float = 1.0,
    scale: float = 1.0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Errors, in units of the scale, one term each by the formula for α, then the mean."""
    first = errors(pred, target)
    scaled = [e / scale for e in _of(first)]
    if alpha == 2:
        formula, term = "½x²", _half_square
    elif alpha == 0:
        formula, term = "ln(½x² + 1)", _cauchy
    elif alpha == -math.inf:
        formula, term = "1 − e^(−½x²)", _welsch
    elif alpha == math.inf:
        formula, term = "e^(½x²) − 1", _exponential
    else:
        b = abs(alpha - 2)
        formula = f"(b/α)((x²/b + 1)^(α/2) − 1)　b = |α − 2| = {number(b)}"

        def term(x: float) -> float:
            return b / alpha * (math.pow(x**2 / b + 1, alpha / 2) - 1)

    terms = [term(x) for x in scaled]
    return (
        first,
        Step(
            "scaled",
            Text("誤差をcで割る", "Divide the errors by c"),
            "xᵢ = eᵢ/c",
            ", ".join(f"{number(e)}/{number(scale)}" for e in _of(first)),
            tuple(scaled),
        ),
        _terms(
            Text("αに応じた式に代入する", "Put into the formula for α"),
            formula,
            [f"x = {number(x)}" for x in scaled],
            terms,
        ),
        reduced(terms, reduction),
    )


def _half_square(x: float) -> float:
    return x**2 / 2


def _cauchy(x: float) -> float:
    return math.log(x**2 / 2 + 1)


def _welsch(x: float) -> float:
    return 1 - math.exp(-(x**2) / 2)


def _exponential(x: float) -> float:
    return math.exp(x**2 / 2) - 1


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {
    "mse": mse,
    "mae": mae,
    "rmse": rmse,
    "huber": huber,
    "smooth_l1": smooth_l1,
    "pseudo_huber": pseudo_huber,
    "log_cosh": log_cosh,
    "quantile": quantile,
    "gaussian_nll": gaussian_nll,
    "poisson_nll": poisson_nll,
    "adaptive_robust": adaptive_robust,
}
