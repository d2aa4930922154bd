"""What goes wrong when a loss is differentiated: the words. Nothing here may import torch."""

from __future__ import annotations

from collections.abc import Mapping

from losses.catalog.common import mistake
from losses.catalog.info import MistakeInfo

_ANY_LOSS: tuple[MistakeInfo, ...] = (
    mistake(
        "value_for_gradient",
        (
            "勾配ではなく、損失の値そのものを答えている。",
            "The value of the loss was given, not its gradient.",
        ),
        (
            "損失を求める式を、問われた変数で微分する。損失の値は微分する前の量である。",
            "Differentiate the formula of the loss by the variable asked for.",
        ),
        at="derivative",
    ),
    mistake(
        "gradient_reversed",
        (
            "勾配の符号が逆になっている。値を減らす向き（勾配降下の向き）を答えている。",
            "The sign of the gradient is reversed: this is the direction of descent.",
        ),
        (
            "勾配は損失が増える向きを指す。更新では引き算をするので、勾配そのものの符号は変えない。",
            "The gradient points to where the loss grows; the update subtracts it.",
        ),
        at="derivative",
    ),
    mistake(
        "mean_forgotten",
        (
            "平均の1/nを落とし、1項の微分のままにしている。",
            "The factor 1/n of the mean was left out: this is the derivative of one term.",
        ),
        (
            "平均の勾配は、項の微分を項の数で割ったものになる。",
            "The gradient of a mean is the derivative of the term divided by the number of terms.",
        ),
        at="gradient",
    ),
)

_POWER = mistake(
    "power_not_brought_down",
    (
        "2乗を微分して出る2を落としている。",
        "The 2 that differentiating the square brings down was left out.",
    ),
    ("e² の微分は 2e である。", "The derivative of e² is 2e."),
    at="derivative",
)


def _inner(left_out: tuple[str, str], remedy: tuple[str, str]) -> MistakeInfo:
    return mistake(
        "inner_derivative_forgotten",
        (
            f"合成関数の内側の微分（{left_out[0]}）を掛け忘れている。",
            f"The inner derivative ({left_out[1]}) was left out of the chain rule.",
        ),
        remedy,
        at="derivative",
    )


_OF_SIGMOID = _inner(
    ("シグモイドの微分 σ(1 − σ)", "that of the sigmoid, σ(1 − σ)"),
    (
        "確率で微分した値に、確率をロジットで微分した σ(1 − σ) を掛ける。",
        "Multiply the derivative by the probability with σ(1 − σ), that of the probability by the "
        "logit.",
    ),
)

# (loss, argument) -> what goes wrong there besides.
_OF_ONE: Mapping[tuple[str, str], MistakeInfo] = {
    ("mse", "pred"): _POWER,
    ("rmse", "pred"): _inner(
        ("平均二乗誤差の微分", "that of the mean square"),
        (
            "√m の微分 1/(2√m) に、m の微分 2e/n を掛ける。",
            "Multiply 1/(2√m), the derivative of √m, with 2e/n, that of m.",
        ),
    ),
    ("log_cosh", "pred"): _inner(
        ("cosh e の微分 sinh e", "sinh e, that of cosh e"),
        (
            "1/cosh e に sinh e を掛けると tanh e になる。",
            "1/cosh e times sinh e is tanh e.",
        ),
    ),
    ("bce_with_logits", "logits"): _OF_SIGMOID,
    ("binary_focal", "logits"): _OF_SIGMOID,
    ("cross_entropy", "logits"): _inner(
        ("ソフトマックスの微分", "that of the softmax"),
        (
            "−1/p_y は確率p_yで微分した値である。ロジットで微分すると pₖ − yₖ になる。",
            "−1/p_y is the derivative by the probability; by the logits it is pₖ − yₖ.",
        ),
    ),
    ("hinge", "scores"): _inner(
        ("1 − y·s の微分 −y", "−y, that of 1 − y·s"),
        (
            "max(0, u) の微分1に、u = 1 − y·s の微分 −y を掛ける。",
            "Multiply 1, the derivative of max(0, u), with −y, that of u = 1 − y·s.",
        ),
    ),
    ("kl_div", "log_probs"): _inner(
        ("ln q の微分 1/q", "1/q, that of ln q"),
        (
            "ln q で微分した −p に、1/q を掛ける。",
            "Multiply −p, the derivative by ln q, with 1/q.",
        ),
    ),
}


def gradient_mistakes(loss_id: str, argument: str) -> tuple[MistakeInfo, ...]:
    """Return what goes wrong when a loss is differentiated by one of its arguments.

    The mistakes of the loss itself come on top of these: a wrong formula has a wrong gradient.
    """
    own = _OF_ONE.get((loss_id, argument))
    return _ANY_LOSS if own is None else (*_ANY_LOSS, own)
