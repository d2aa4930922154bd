"""Divergences and distances between distributions."""

from __future__ import annotations

from losses.catalog.common import base_two
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

_DISTRIBUTIONS = Text("分布の数", "the number of distributions")


def _sum_for_mean() -> MistakeInfo:
    return MistakeInfo(
        id="sum_for_mean",
        says=Text(
            "分布ごとの値を合計したままで、平均していない。",
            "The values of the distributions were summed but not averaged.",
        ),
        remedy=Text(
            "最後に分布の数で割る。",
            "Divide by the number of distributions at the end.",
        ),
        departs_at="mean",
    )


def _argument(name: str, says: Text, like: str = "") -> Argument:
    return Argument(
        name=name,
        space="probs",
        shape="(K) または (..., K)" + (f"、{like}と同じ形" if like else ""),
        domain="[0, 1]、各分布で合計1",
        says=says,
    )


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
    syllabus="13d",
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
    snippet='F.kl_div(log_probs, target, reduction="batchmean")',
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
        base_two("log_ratios"),
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

JS_DIV = LossInfo(
    id="js_div",
    name=Text("JSダイバージェンス", "Jensen–Shannon divergence"),
    abbreviation="JS",
    aliases=(
        "イェンセン・シャノン・ダイバージェンス",
        "ジェンセン・シャノン・ダイバージェンス",
        "JS情報量",
        "Jensen-Shannon divergence",
    ),
    misnomers={"イェンゼン・シャノン": "JSダイバージェンス"},
    family="distribution",
    tasks=("distribution_matching", "generation"),
    syllabus="beyond",
    latex=r"\mathrm{JS}(P,Q)=\tfrac12\mathrm{KL}(P\|M)+\tfrac12\mathrm{KL}(Q\|M),\quad M=\tfrac12(P+Q)",
    formula="JS(P, Q) = ½ KL(P‖M) + ½ KL(Q‖M)　（M = ½(P + Q)）",
    arguments=(
        _argument("p", Text("一方の分布の確率", "probabilities of one distribution")),
        _argument("q", Text("他方の分布の確率", "probabilities of the other"), like="p"),
    ),
    denominator=_DISTRIBUTIONS,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=True,
        symmetric=True,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=Text("二つの分布が一致するとき", "where the two distributions are equal"),
    ),
    pytorch=None,
    snippet="m = (p + q) / 2\n"
    "js = (torch.xlogy(p, p / m) + torch.xlogy(q, q / m)).sum(-1).mean() / 2",
    use_when=Text(
        "二つの分布を対等に比べたいとき、または台が重ならない可能性があるときに使う。常に有限で、最大でも ln 2 である。"
        "元のGANで識別器が最適なとき、生成器が最小化するのは本質的にこの量である。",
        "To compare two distributions on equal terms, or where their supports may not overlap: it "
        "is always finite, at most ln 2. With an optimal discriminator the generator of the "
        "original GAN minimises essentially this.",
    ),
    avoid_when=Text(
        "二つの分布がまったく重ならないと、どれだけ離れていても ln 2 で一定になり、勾配が消える。"
        "離れ具合まで学習に使いたいときはWasserstein距離を選ぶ。",
        "Where the distributions do not overlap at all it is ln 2 however far apart they are, and "
        "the gradient vanishes; choose the Wasserstein distance to use how far.",
    ),
    papers=(
        Paper("Jianhua Lin", 1991, "Divergence Measures Based on the Shannon Entropy"),
        Paper(
            "Dominik M. Endres, Johannes E. Schindelin",
            2003,
            "A New Metric for Probability Distributions",
        ),
    ),
    neighbours=("kl_div", "wasserstein_1d", "entropy"),
    mistakes=(
        MistakeInfo(
            id="missing_half",
            says=Text(
                "二つのKL情報量を足しただけで、½を掛けていない。",
                "The two divergences were added but not halved.",
            ),
            remedy=Text(
                "JSは二つのKL情報量の平均である。½を掛けると最大値は ln 2 になる。",
                "The JS divergence is the average of the two; with the ½ it is at most ln 2.",
            ),
            departs_at="divergences",
        ),
        MistakeInfo(
            id="square_root",
            says=Text(
                "平方根を取ったJS距離を答えている。",
                "This is the square root, the Jensen–Shannon distance.",
            ),
            remedy=Text(
                "ダイバージェンスは平方根を取る前の値。SciPyのjensenshannonは平方根（距離）を返す。",
                "The divergence is the value before the root; SciPy's jensenshannon returns the "
                "root, a distance.",
            ),
            departs_at="divergences",
        ),
        base_two("kl_p"),
        MistakeInfo(
            id="jeffreys_instead",
            says=Text(
                "平均分布Mを使わず、KL(P‖Q)とKL(Q‖P)を平均している。",
                "KL(P‖Q) and KL(Q‖P) were averaged, without the mixture M.",
            ),
            remedy=Text(
                "PとQをそれぞれM = ½(P + Q)と比べる。互いに比べた平均は無限大になりうる。",
                "Compare P and Q each with M = ½(P + Q); comparing them with each other may be "
                "infinite.",
            ),
            departs_at="mixture",
        ),
        MistakeInfo(
            id="one_sided",
            says=Text(
                "KL(P‖M)だけを計算し、KL(Q‖M)と平均していない。",
                "Only KL(P‖M) was computed, not averaged with KL(Q‖M).",
            ),
            remedy=Text(
                "KL(Q‖M)も求めて平均する。それで初めて対称になる。",
                "Average it with KL(Q‖M); only that makes it symmetric.",
            ),
            departs_at="kl_q",
        ),
        MistakeInfo(
            id="mixture_not_halved",
            says=Text(
                "MをP + Qとし、2で割っていない。",
                "M was taken as P + Q, not halved.",
            ),
            remedy=Text(
                "M = ½(P + Q)。合計が1の分布でなければ、値は ln 2 だけ小さくなる。",
                "M = ½(P + Q), a distribution that adds up to 1; else the value is ln 2 too low.",
            ),
            departs_at="mixture",
        ),
        _sum_for_mean(),
    ),
)

WASSERSTEIN_1D = LossInfo(
    id="wasserstein_1d",
    name=Text("Wasserstein距離（1次元）", "Wasserstein distance (one dimension)"),
    abbreviation="W₁",
    aliases=(
        "Wasserstein距離",
        "ワッサースタイン距離",
        "Earth Mover's Distance",
        "EMD",
        "Wasserstein-1",
    ),
    family="distribution",
    tasks=("distribution_matching", "generation"),
    syllabus="beyond",
    latex=r"W_1(u,v)=\int|F_u(x)-F_v(x)|\,dx=\frac1n\sum_i|u_{(i)}-v_{(i)}|",
    formula="W₁ = ∫ |F_u − F_v| dx　（同じ個数の標本なら (1/n) Σᵢ |u₍ᵢ₎ − v₍ᵢ₎|）",
    arguments=(
        Argument(
            name="u",
            space="values",
            shape="(n) または (..., n)",
            domain="ℝ",
            says=Text("一方の分布からの標本", "a sample of one distribution"),
        ),
        Argument(
            name="v",
            space="values",
            shape="(m) または (..., m)、最後の軸以外はuと同じ",
            domain="ℝ",
            says=Text("他方の分布からの標本", "a sample of the other"),
        ),
    ),
    options=(
        Option(
            name="u_weights",
            default=None,
            domain="≥ 0、合計は1に正規化される",
            says=Text("uの各値の重み（省略時は等しい）", "weights of the values of u, else equal"),
        ),
        Option(
            name="v_weights",
            default=None,
            domain="≥ 0、合計は1に正規化される",
            says=Text("vの各値の重み（省略時は等しい）", "weights of the values of v, else equal"),
        ),
    ),
    denominator=Text("距離の数（標本の組の数）", "the number of distances (pairs of samples)"),
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=False,
        symmetric=True,
        outlier_robust=True,
        unit="unit",
        minimum=0.0,
        minimum_at=Text(
            "二つの標本が並べ替えを除いて一致するとき",
            "where the samples are equal up to their order",
        ),
    ),
    pytorch=None,
    snippet="x, order = torch.cat([u, v], -1).sort(-1)\n"
    "mass = [torch.ones_like(u) / u.shape[-1], -torch.ones_like(v) / v.shape[-1]]\n"
    "gap = torch.cat(mass, -1).gather(-1, order).cumsum(-1)  # F_u - F_v\n"
    "(gap[..., :-1].abs() * x.diff()).sum(-1).mean()",
    use_when=Text(
        "値の大きさに意味がある二つの分布を、どれだけ動かせば一致するかで比べたいときに使う。台が重ならなくても距離に応じた値と"
        "勾配が得られる。Wasserstein GANはこの距離の考え方を損失にしたものである。",
        "To compare distributions of meaningful quantities by how far mass must move. Supports that "
        "do not overlap still give a value and a gradient that tell how far; Wasserstein GANs "
        "build on this.",
    ),
    avoid_when=Text(
        "並べ替えで解けるのは1次元だけである。多次元では線形計画やSinkhorn法が必要で、計算が重い。"
        "順序に意味のないカテゴリの分布にも向かない。",
        "Sorting solves one dimension only; more need linear programming or Sinkhorn iterations. "
        "Nor is it meant for categories without order.",
    ),
    papers=(
        Paper("Leonid V. Kantorovich", 1942, "On the Translocation of Masses"),
        Paper(
            "Yossi Rubner, Carlo Tomasi, Leonidas J. Guibas",
            2000,
            "The Earth Mover's Distance as a Metric for Image Retrieval",
        ),
    ),
    neighbours=("mae", "kl_div", "js_div"),
    mistakes=(
        MistakeInfo(
            id="not_sorted",
            says=Text(
                "並べ替えずに、与えられた順のまま差を取っている（MAEになる）。",
                "The values were paired in the order given, not sorted: that is the MAE.",
            ),
            remedy=Text(
                "両方の標本を小さい順に並べてから、同じ順位どうしを引く。標本の並び順に意味はない。",
                "Sort both samples first and subtract equal ranks; the order of a sample means "
                "nothing.",
            ),
            departs_at="sorted_u",
        ),
        MistakeInfo(
            id="w2_instead",
            says=Text(
                "差を2乗して平均し、平方根を取っている（2次のWasserstein距離）。",
                "The gaps were squared, averaged and rooted: the Wasserstein-2 distance.",
            ),
            remedy=Text(
                "W₁は差の絶対値の平均である。",
                "W₁ is the mean of the absolute gaps.",
            ),
            departs_at="gaps",
        ),
        MistakeInfo(
            id="sum_of_gaps",
            says=Text(
                "差の絶対値を合計したままで、標本の個数nで割っていない。",
                "The gaps were added up but not divided by the size n of the sample.",
            ),
            remedy=Text(
                "各値の重みは1/n。最後にnで割る。",
                "Every value carries the mass 1/n: divide by n.",
            ),
            departs_at="distances",
        ),
        MistakeInfo(
            id="difference_of_means",
            says=Text(
                "平均どうしの差を答えている。",
                "This is the difference of the two means.",
            ),
            remedy=Text(
                "差の絶対値を取ってから平均する。平均が同じでも分布が違えばW₁は0にならない。",
                "Take absolute gaps before averaging; equal means do not make equal distributions.",
            ),
            departs_at="gaps",
        ),
    ),
)

ENTROPY = LossInfo(
    id="entropy",
    name=Text("エントロピー", "entropy"),
    abbreviation="H",
    aliases=("シャノンエントロピー", "情報エントロピー", "平均情報量", "Shannon entropy"),
    family="distribution",
    tasks=("semi_supervised_learning", "reinforcement_learning", "decision_tree"),
    syllabus="beyond",
    latex=r"H(P)=-\sum_i p_i\ln p_i",
    formula="H(P) = −Σᵢ pᵢ ln pᵢ　（0 ln 0 = 0）",
    arguments=(_argument("probs", Text("分布の確率", "probabilities of the distribution")),),
    denominator=_DISTRIBUTIONS,
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=True,
        symmetric=None,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=Text("一つの結果が確実なとき", "where one outcome is certain"),
    ),
    pytorch="torch.special.entr",
    snippet="torch.special.entr(probs).sum(-1).mean()",
    use_when=Text(
        "予測の不確かさを測る。ラベルのないデータで予測を確信に導くとき（エントロピー最小化）や、"
        "強化学習で方策が早く固まりすぎるのを防ぐ正則化項（エントロピーボーナス）に使う。",
        "To measure how uncertain a prediction is: minimised on unlabelled data to make predictions "
        "confident, or as a bonus in reinforcement learning that keeps a policy from settling too "
        "early.",
    ),
    avoid_when=Text(
        "正解を含まないので、これだけを最小化すると誤った予測にも確信を持つ。予測と正解の違いは交差エントロピーやKL情報量で測る。",
        "It knows no target: minimised alone it makes wrong predictions confident too. Use "
        "cross-entropy or the KL divergence for the difference from a target.",
    ),
    papers=(
        Paper("Claude E. Shannon", 1948, "A Mathematical Theory of Communication"),
        Paper(
            "Yves Grandvalet, Yoshua Bengio",
            2004,
            "Semi-supervised Learning by Entropy Minimization",
        ),
    ),
    neighbours=("distribution_cross_entropy", "kl_div", "cross_entropy"),
    mistakes=(
        base_two("logs"),
        MistakeInfo(
            id="sign_forgotten",
            says=Text(
                "Σ p ln p のままで、マイナスを付けていない。",
                "The sum Σ p ln p was not given its minus sign.",
            ),
            remedy=Text(
                "確率の対数は負なので、−を付ける。エントロピーは0以上である。",
                "Logarithms of probabilities are negative: take the minus. Entropy is never "
                "negative.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="not_weighted",
            says=Text(
                "対数に確率pを掛けずに足している。",
                "The logarithms were added without the weight p.",
            ),
            remedy=Text(
                "エントロピーは情報量 −ln p の期待値である。各項にその確率pを掛ける。",
                "Entropy is the expectation of −ln p: weight each term by its probability.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="mean_over_classes",
            says=Text(
                "クラス数でも割っている。",
                "Divided by the number of classes too.",
            ),
            remedy=Text(
                "クラス方向は合計する。確率pがすでに重みになっている。",
                "Sum over the classes; the probabilities are the weights already.",
            ),
            departs_at="entropies",
        ),
        _sum_for_mean(),
    ),
)

DISTRIBUTION_CROSS_ENTROPY = LossInfo(
    id="distribution_cross_entropy",
    name=Text("二つの分布の交差エントロピー", "cross-entropy of two distributions"),
    aliases=("分布間の交差エントロピー", "分布間のクロスエントロピー"),
    misnomers={"交叉熵": "交差エントロピー", "相互エントロピー": "交差エントロピー"},
    family="distribution",
    tasks=("classification", "distillation", "language_modelling"),
    syllabus="13c",
    latex=r"H(P,Q)=-\sum_i p_i\ln q_i=H(P)+\mathrm{KL}(P\|Q)",
    formula="H(P, Q) = −Σᵢ pᵢ ln qᵢ = H(P) + KL(P‖Q)　（P = target、Q = probs）",
    arguments=(
        _argument("probs", Text("予測分布Qの確率", "probabilities of the prediction Q")),
        _argument("target", Text("正解分布Pの確率", "probabilities of the target P"), like="probs"),
    ),
    denominator=_DISTRIBUTIONS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=False,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "予測が正解分布に一致するとき（最小値は正解分布のエントロピー。one-hotなら0）",
            "where prediction equals target; the value is the entropy of the target, 0 if one-hot",
        ),
    ),
    pytorch="torch.nn.CrossEntropyLoss",
    snippet="F.cross_entropy(probs.log(), target)  # from logits: F.cross_entropy(logits, target)",
    use_when=Text(
        "正解が確率分布で与えられるとき（知識蒸留の教師出力、ラベル平滑化など）に、分布の定義どおりに計算する。"
        "正解がone-hotなら −ln q（正解クラス）になり、分類の交差エントロピー誤差と同じである。",
        "Where the target is a distribution: a teacher's output, smoothed labels. With a one-hot "
        "target it is −ln q of the true class, the usual classification loss.",
    ),
    avoid_when=Text(
        "学習ではsoftmaxの後の確率からではなく、ロジットから直接計算する（cross_entropy）。確率が0に丸められると無限大になる。"
        "最小値が0とは限らないので、分布の近さそのものはKL情報量で見る。",
        "In training start from logits (cross_entropy), not from probabilities after a softmax: one "
        "rounded to 0 makes it infinite. Its minimum need not be 0; for closeness itself look at "
        "the KL divergence.",
    ),
    papers=(Paper("Irving J. Good", 1952, "Rational Decisions"),),
    neighbours=("cross_entropy", "kl_div", "entropy", "bce"),
    mistakes=(
        MistakeInfo(
            id="swapped",
            says=Text(
                "予測と正解が逆で、−Σ q ln p を計算している。",
                "Prediction and target were exchanged: −Σ q ln p.",
            ),
            remedy=Text(
                "重みになるのは正解の確率p、対数の中に入るのは予測の確率qである。",
                "The target p is the weight; the prediction q is under the logarithm.",
            ),
            departs_at="logs",
        ),
        MistakeInfo(
            id="kl_instead",
            says=Text(
                "正解分布のエントロピーを引いて、KL情報量を計算している。",
                "The entropy of the target was subtracted: this is the KL divergence.",
            ),
            remedy=Text(
                "交差エントロピーは −Σ p ln q まで。H(P)を引くとKL情報量になる。",
                "Cross-entropy stops at −Σ p ln q; minus H(P) it becomes the KL divergence.",
            ),
            departs_at="logs",
        ),
        base_two("logs"),
        MistakeInfo(
            id="no_logarithm",
            says=Text(
                "予測の対数を取らず、−Σ p q を計算している。",
                "The logarithm was left out: −Σ p q.",
            ),
            remedy=Text(
                "予測の確率qは対数 ln q にしてから掛ける。",
                "Take the logarithm of q before weighting.",
            ),
            departs_at="logs",
        ),
        MistakeInfo(
            id="binary_terms_added",
            says=Text(
                "(1 − p) ln(1 − q) の項を、クラスごとに加えている（二値交差エントロピーの形）。",
                "The term (1 − p) ln(1 − q) was added for every class, as in binary cross-entropy.",
            ),
            remedy=Text(
                "一つの分布の中では −Σ p ln q だけを足す。1 − q の項は、はい・いいえの2択のときのもう一方のクラスである。",
                "Within one distribution add −Σ p ln q only; 1 − q is the other class of a "
                "yes-or-no question.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="probs_as_logits",
            says=Text(
                "すでに確率である予測に、もう一度softmaxをかけている。",
                "The prediction, already probabilities, went through softmax again.",
            ),
            remedy=Text(
                "CrossEntropyLossはロジットを受け取る。確率から計算するなら対数を取るだけでよい。",
                "CrossEntropyLoss takes logits; from probabilities just take the logarithm.",
            ),
            departs_at="logs",
        ),
        _sum_for_mean(),
    ),
)

DISTRIBUTION: tuple[LossInfo, ...] = (
    KL_DIV,
    JS_DIV,
    WASSERSTEIN_1D,
    ENTROPY,
    DISTRIBUTION_CROSS_ENTROPY,
)
