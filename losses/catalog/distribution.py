"""Divergences and distances between distributions."""

from __future__ import annotations

from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

KL_DIV = LossInfo(
    id="kl_div",
    name=Text("カルバック・ライブラー情報量", "Kullback–Leibler divergence"),
    abbreviation="KL",
    aliases=(
        "KLダイバージェンス",
        "KL情報量",
        "相対エントロピー",
        "KL divergence",
        "relative entropy",
    ),
    misnomers={
        "クルバック-リベラルER損失": "カルバック・ライブラー情報量",
        "KLER": "カルバック・ライブラー情報量",
        "KL距離": "カルバック・ライブラー情報量",
    },
    family="distribution",
    tasks=("distribution_matching", "distillation", "variational_inference"),
    syllabus="13",
    latex=r"\mathrm{KL}(P\|Q)=\sum_i p_i\ln\frac{p_i}{q_i}",
    formula="KL(P‖Q) = Σᵢ pᵢ (ln pᵢ − ln qᵢ)　（P = target、Q = 予測、0 ln 0 = 0）",
    arguments=(
        Argument(
            name="log_probs",
            space="log_probs",
            shape="(K) または (..., K)",
            domain="ln q ≤ 0、各分布で Σ q = 1（log_input=False なら 0 ≤ q ≤ 1）",
            says=Text(
                "予測分布Qの対数確率（log_input=False なら確率そのもの）",
                "log-probabilities of the prediction Q (with log_input=False the probabilities)",
            ),
        ),
        Argument(
            name="target",
            space="probs",
            shape="(K) または (..., K)、log_probsと同じ形",
            domain="0 ≤ p ≤ 1、各分布で Σ p = 1（log_target=True なら ln p ≤ 0）",
            says=Text(
                "正解分布Pの確率（log_target=True なら対数確率）",
                "probabilities of the target P (with log_target=True their logarithms)",
            ),
        ),
    ),
    options=(
        Option(
            name="log_input",
            default=True,
            domain="True, False",
            says=Text(
                "第1引数が対数確率か（Falseなら確率）。PyTorchは常に対数確率を取る",
                "whether the first argument is logarithms (else probabilities); always so in "
                "PyTorch",
            ),
        ),
        Option(
            name="log_target",
            default=False,
            domain="True, False",
            says=Text("targetが対数確率か", "whether the target is logarithms"),
        ),
    ),
    denominator=Text(
        "既定の'batchmean'は分布の数（最初の軸の大きさ）。'mean'は要素の総数で割り、定義の値にならない",
        "the number of distributions (size of the first axis) for the default 'batchmean'; 'mean' "
        "divides by the number of cells, which is not the divergence of the definition",
    ),
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=False,
        unit="nats",
        minimum=0.0,
        minimum_at=Text("二つの分布が一致するとき", "where the two distributions are equal"),
    ),
    pytorch="torch.nn.KLDivLoss",
    snippet='F.kl_div(logits.log_softmax(-1), target, reduction="batchmean")',
    use_when=Text(
        "予測した確率分布を、別の確率分布に近づけたいときに使う。知識蒸留で教師の出力をまねる、VAEの潜在分布を事前分布に近づける、"
        "RLHFで方策が元のモデルから離れすぎないようにする、といった場面である。正解がone-hotなら交差エントロピーと同じ値になる。",
        "To bring a predicted distribution close to another one: imitating a teacher in "
        "distillation, keeping the latent distribution of a VAE near its prior, or a policy near "
        "its reference in RLHF. With a one-hot target it equals cross-entropy.",
    ),
    avoid_when=Text(
        "距離として使うことはできない（非対称で、三角不等式も成り立たない）。二つの分布の台が重ならないと無限大になるため、"
        "その場合はJSダイバージェンスやWasserstein距離を検討する。類似度ではなく、似ていないほど大きい。",
        "It is no distance: not symmetric and without a triangle inequality. Where the supports do "
        "not overlap it is infinite; consider Jensen–Shannon or Wasserstein there. Nor is it a "
        "similarity: less alike means larger.",
    ),
    papers=(Paper("Solomon Kullback, Richard A. Leibler", 1951, "On Information and Sufficiency"),),
    neighbours=("js_div", "distribution_cross_entropy", "entropy", "wasserstein_1d"),
    mistakes=(
        MistakeInfo(
            id="mean_over_cells",
            says=Text(
                "分布の数ではなく、要素の総数（分布の数×クラス数）で割っている。",
                "Divided by the number of cells (distributions × classes), not of distributions.",
            ),
            remedy=Text(
                "クラス方向は合計し、分布の数だけで割る。PyTorchでは reduction='batchmean' を指定する。",
                "Sum over the classes and divide by the number of distributions only: "
                "reduction='batchmean' in PyTorch.",
            ),
            departs_at="batchmean",
        ),
        MistakeInfo(
            id="sum_for_batchmean",
            says=Text(
                "分布ごとのKL情報量を合計したままで、平均していない。",
                "The divergences of the batch were summed but not averaged.",
            ),
            remedy=Text(
                "最後に分布の数で割る（reduction='batchmean'）。",
                "Divide by the number of distributions at the end (reduction='batchmean').",
            ),
            departs_at="batchmean",
        ),
        MistakeInfo(
            id="probs_as_log_probs",
            says=Text(
                "予測分布の対数を取らず、確率qをそのまま引いている。",
                "The probability q was subtracted itself, without taking its logarithm.",
            ),
            remedy=Text(
                "引くのは ln q。F.kl_divの第1引数は対数確率である。KLが負になったらこの誤りを疑う。",
                "Subtract ln q: the first argument of F.kl_div is log-probabilities. A negative "
                "divergence gives this mistake away.",
            ),
            departs_at="log_pred",
        ),
        MistakeInfo(
            id="swapped",
            says=Text(
                "PとQが逆で、KL(Q‖P)を計算している。",
                "P and Q were exchanged: this is KL(Q‖P).",
            ),
            remedy=Text(
                "KL(P‖Q)では、基準となる正解分布Pの確率で重み付けする。KL情報量は非対称で、逆にすると値が変わる。",
                "KL(P‖Q) weights by the probabilities of P, the target. The divergence is not "
                "symmetric.",
            ),
            departs_at="log_ratios",
        ),
        MistakeInfo(
            id="base_2",
            says=Text(
                "自然対数ではなく、底が2の対数を使っている（単位がビットになる）。",
                "The logarithm was taken to base 2, which gives bits.",
            ),
            remedy=Text(
                "PyTorchと同じく自然対数（単位はナット）で計算する。ビットの値に ln 2 ≈ 0.693 を掛けると直る。",
                "Use the natural logarithm (nats), as PyTorch does; bits times ln 2 ≈ 0.693.",
            ),
            departs_at="log_ratios",
        ),
        MistakeInfo(
            id="log_target_confused",
            says=Text(
                "targetの空間（確率か対数確率か）を取り違えている。",
                "The target was read in the wrong space: probabilities as logarithms or the "
                "reverse.",
            ),
            remedy=Text(
                "targetは既定で確率。log_target=True は対数確率を渡すときだけ指定する。",
                "The target is probabilities by default; log_target=True only for logarithms.",
            ),
            departs_at="target_probs",
        ),
        MistakeInfo(
            id="cross_entropy_instead",
            says=Text(
                "−Σ p ln q、つまり交差エントロピーを計算している。",
                "This is −Σ p ln q, the cross-entropy.",
            ),
            remedy=Text(
                "KL情報量は交差エントロピーから正解分布のエントロピー −Σ p ln p を引いた値である。",
                "The divergence is the cross-entropy minus the entropy −Σ p ln p of the target.",
            ),
            departs_at="log_ratios",
        ),
        MistakeInfo(
            id="probs_as_logits",
            says=Text(
                "すでに確率である予測を、ロジットとみなしてlog-softmaxに通している。",
                "The prediction, already probabilities, went through log-softmax as if logits.",
            ),
            remedy=Text(
                "確率からは log だけで対数確率になる。log-softmaxはロジットに対して使う。",
                "From probabilities take the logarithm only; log-softmax is for logits.",
            ),
            departs_at="log_pred",
        ),
    ),
)

DISTRIBUTION: tuple[LossInfo, ...] = (KL_DIV,)
