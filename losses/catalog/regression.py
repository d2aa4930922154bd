"""Losses for real-valued targets."""

from __future__ import annotations

from losses.catalog.common import sum_for_mean
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

_PRED = Argument(
    name="pred",
    space="values",
    shape="(*)",
    domain="ℝ",
    says=Text("予測値", "predicted values"),
)
_TARGET = Argument(
    name="target",
    space="values",
    shape="(*)、predと同じ形",
    domain="ℝ",
    says=Text("正解値", "target values"),
)
_ELEMENTS = Text("要素の総数", "the number of elements")

HUBER = LossInfo(
    id="huber",
    name=Text("Huber損失", "Huber loss"),
    aliases=("フーバー損失", "ヒューバー損失", "Huber loss"),
    misnomers={"ハブ損失": "Huber損失", "ハッバー損失": "Huber損失", "ハブハンロス": "Huber損失"},
    family="regression",
    tasks=("regression", "object_detection"),
    syllabus="beyond",
    latex=r"\begin{cases}\tfrac12 e^2 & |e|\le\delta\\ \delta(|e|-\tfrac12\delta) & |e|>\delta\end{cases}",
    formula="|e| ≤ δ なら ½e²、|e| > δ なら δ(|e| − ½δ)　（e = pred − target）",
    arguments=(_PRED, _TARGET),
    options=(
        Option(
            name="delta",
            default=1.0,
            domain="δ > 0",
            says=Text("二次と一次が切り替わる誤差の大きさ", "error at which it turns linear"),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=True,
        outlier_robust=True,
        unit="unit²",
        minimum=0.0,
        minimum_at=Text("予測と正解が一致するとき", "where prediction equals target"),
    ),
    pytorch="torch.nn.HuberLoss",
    snippet="F.huber_loss(pred, target, delta=1.0)",
    use_when=Text(
        "外れ値を含む回帰に使う。小さい誤差ではMSEと同じ滑らかさで収束し、大きい誤差では勾配がδで頭打ちになるため、"
        "少数の異常な観測が学習を支配しない。",
        "Regression with outliers: near zero it is as smooth as MSE, and for large errors the "
        "gradient is capped at delta, so a few wild observations cannot dominate training.",
    ),
    avoid_when=Text(
        "大きな誤差こそ重く罰したいとき、またはδを誤差の尺度に合わせて選べないときは向かない。"
        "外れ値を検出する手法でもない。",
        "Not when large errors must weigh most, or when delta cannot be matched to the scale of "
        "the errors. It does not detect outliers either.",
    ),
    papers=(Paper("Peter J. Huber", 1964, "Robust Estimation of a Location Parameter"),),
    neighbours=("smooth_l1", "mse", "mae", "pseudo_huber", "log_cosh"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="no_half_in_quadratic",
            says=Text(
                "二次の部分で½を掛け忘れ、e²のままにしている。",
                "The quadratic part was taken as e² instead of ½e².",
            ),
            remedy=Text(
                "|e| ≤ δ では½e²。½があるので、|e| = δ で一次の部分と値も傾きもつながる。",
                "Use ½e² where |e| ≤ δ; the ½ makes value and slope meet the linear part at δ.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="linear_without_offset",
            says=Text(
                "一次の部分を δ|e| とし、−½δ² を引いていない。",
                "The linear part was taken as δ|e|, without subtracting ½δ².",
            ),
            remedy=Text(
                "δ(|e| − ½δ) とする。引かないと |e| = δ で値が½δ²だけ飛ぶ。",
                "Use δ(|e| − ½δ); otherwise the value jumps by ½δ² at |e| = δ.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="linear_as_absolute",
            says=Text(
                "一次の部分を |e| そのもの（MAE）にしている。",
                "The linear part was taken as |e| itself, as in MAE.",
            ),
            remedy=Text(
                "一次の部分の傾きは1ではなくδ。δ(|e| − ½δ) で計算する。",
                "The slope of the linear part is δ, not 1: compute δ(|e| − ½δ).",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="smooth_l1_instead",
            says=Text(
                "Smooth L1損失（Huberをδで割ったもの）を計算している。",
                "This is the Smooth L1 loss, which is Huber divided by δ.",
            ),
            remedy=Text(
                "Huber損失はδで割らない。両者が一致するのはδ = 1のときだけである。",
                "Huber is not divided by δ; the two agree only at δ = 1.",
            ),
            departs_at="terms",
        ),
    ),
)

REGRESSION: tuple[LossInfo, ...] = (HUBER,)
