"""Losses and metrics for the order of a list."""

from __future__ import annotations

from losses.catalog.common import base_two, mistake
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

_ARGUMENTS = (
    Argument(
        name="scores",
        space="scores",
        shape="(n) または (..., n)",
        domain="ℝ",
        says=Text(
            "各項目のスコア（最後の軸が1つのリスト）",
            "scores of the items (the last axis is one list)",
        ),
    ),
    Argument(
        name="relevance",
        space="relevance",
        shape="(n) または (..., n)、scoresと同じ形",
        domain="≥ 0",
        says=Text("各項目の関連度（正解の段階）", "grades of relevance of the items"),
    ),
)
_PAIRS = Text(
    "関連度の異なる組（yᵢ > yⱼ）の総数", "the number of pairs of unequal relevance (yᵢ > yⱼ)"
)
_LISTS = Text("リストの数", "the number of lists")
_TASKS = ("ranking", "search", "recommendation")
_NO_GRADIENT_JA = (
    "スコアの順位だけで決まり、値が階段状にしか変わらないので、勾配がスコアに届かない。"
)
_NO_GRADIENT_EN = (
    "It depends on the order alone and changes in steps, so no gradient reaches the scores. "
)
_SIGMA = Option(
    name="sigma",
    default=1.0,
    domain="σ > 0",
    says=Text("スコア差に掛けるシグモイドの傾き", "slope of the sigmoid on the score gap"),
)
_TEMPERATURE = Option(
    name="temperature",
    default=1.0,
    domain="T > 0",
    says=Text(
        "順位の滑らかさ。小さいほど本来の順位に近く、勾配は弱い",
        "smoothness of the ranks: lower is nearer to the true ranks, with weaker gradients",
    ),
)
_METRIC_OPTIONS = (
    Option(
        name="k",
        default=None,
        domain="1, 2, …（省略時は全体）",
        says=Text("上位何件まで数えるか（NDCG@k）", "how many of the first ranks count"),
    ),
    Option(
        name="gain",
        default="exponential",
        domain="'exponential', 'linear'",
        says=Text(
            "利得。exponentialは 2^y − 1、linearは y", "gain: exponential is 2^y − 1, linear is y"
        ),
    ),
)
_BURGES_2005 = Paper(
    "Christopher Burges and six others", 2005, "Learning to Rank using Gradient Descent"
)
_JARVELIN = Paper(
    "Kalervo Järvelin, Jaana Kekäläinen", 2002, "Cumulated Gain-Based Evaluation of IR Techniques"
)


def _sum_over(ja: str, en: str) -> MistakeInfo:
    return mistake(
        "sum_for_mean",
        (f"{ja}ごとの値を合計したままで、平均していない。", f"Summed over the {en}, not averaged."),
        (f"最後に{ja}の数で割る。", f"Divide by the number of {en} at the end."),
        at="mean",
    )


def _flipped(at: str) -> MistakeInfo:
    return mistake(
        "sign_flipped",
        (
            "スコア差の符号が逆で、正しい順序ほど損失が大きくなっている。",
            "The score gap has the wrong sign: the right order costs most.",
        ),
        (
            "関連度の高い方のスコアから低い方を引く。差が大きいほど損失は小さい。",
            "Subtract the less relevant item's score from the more relevant one's; a larger gap "
            "costs less.",
        ),
        at=at,
    )


def _all_pairs(value_ja: str, value_en: str) -> MistakeInfo:
    return mistake(
        "all_ordered_pairs",
        (
            f"自分自身や同順位の組も含むn²通りで平均している（それらは1組につき{value_ja}になる）。",
            f"All n² combinations were averaged; the diagonal and ties count {value_en} each.",
        ),
        (
            "関連度が異なる組だけを、1組につき1回数える。",
            "Count only pairs of unequal relevance, each once.",
        ),
        at="pairs",
    )


def _other_gain() -> MistakeInfo:
    return mistake(
        "other_gain",
        (
            "利得の定義を取り違えている（2^y − 1 と y）。",
            "The other gain was used (2^y − 1 and y exchanged).",
        ),
        (
            "利得には 2^y − 1（段階の差を強調）と y の2通りがある。指定された方を使う。",
            "There are two gains, 2^y − 1 (which stresses high grades) and y; use the one asked "
            "for.",
        ),
        at="gains",
    )


def _not_sorted() -> MistakeInfo:
    return mistake(
        "not_sorted",
        (
            "スコアで並べ替えず、与えられた順をそのまま順位にしている。",
            "The order given was taken as the ranking, without sorting by score.",
        ),
        ("スコアの高い順に並べてから順位を付ける。", "Rank by falling score first."),
        at="ranks",
    )


def _one_place_early() -> MistakeInfo:
    return mistake(
        "discount_one_place_early",
        (
            "割引を log₂(順位) で計算し、1位と2位を割り引いていない。",
            "The discount was taken as log₂(rank), leaving ranks 1 and 2 undiscounted.",
        ),
        (
            "割引は log₂(1 + 順位)。1位は log₂2 = 1 でちょうど割り引かれない。",
            "The discount is log₂(1 + rank): rank 1 has log₂2 = 1, no discount.",
        ),
        at="discounted",
    )


def _no_discount() -> MistakeInfo:
    return mistake(
        "no_discount",
        (
            "順位による割引をせず、利得をそのまま足している。",
            "The gains were added without a discount for their rank.",
        ),
        (
            "各利得を log₂(1 + 順位) で割ってから足す。",
            "Divide each gain by log₂(1 + rank) before adding.",
        ),
        at="discounted",
    )


def _surrogate_mistakes(
    metric: str, at_rank_gain: tuple[MistakeInfo, ...]
) -> tuple[MistakeInfo, ...]:
    """The slips that every metric made smooth shares."""
    return (
        mistake(
            "sign_flipped",
            (
                f"符号がプラスのままで、最小化すると{metric}が下がってしまう。",
                f"The sign is plus: minimising it would lower {metric}.",
            ),
            (
                "大きいほどよい指標を損失にするときは、マイナスを付けて最小化する。",
                "A metric that should be high becomes a loss with a minus sign.",
            ),
            at="lists",
        ),
        mistake(
            "exact_ranks",
            (
                "滑らかな順位ではなく、本来の整数の順位を使っている。",
                "The true whole-number ranks were used instead of smooth ones.",
            ),
            (
                "順位を 1 + Σ sigmoid((sⱼ − sᵢ)/T) で置き換える。整数の順位からは勾配が得られない。",
                "Put 1 + Σ sigmoid((sⱼ − sᵢ)/T) in place of the rank; whole ranks give no gradient.",
            ),
            at="ranks",
        ),
        mistake(
            "itself_counted",
            (
                "和に自分自身（j = i）を含め、すべての順位が½ずつ大きくなっている。",
                "The item itself (j = i) was counted, which adds ½ to every rank.",
            ),
            (
                "自分以外の項目だけを足す。sigmoid(0) = ½ は数えない。",
                "Sum over the other items only; sigmoid(0) = ½ does not count.",
            ),
            at="ranks",
        ),
        mistake(
            "direction_flipped",
            (
                "sigmoidの中の差が逆で、自分より下の項目を数えている。",
                "The gap inside the sigmoid is reversed: it counts the items below.",
            ),
            (
                "順位は自分より上の項目の数で決まる。sigmoid((sⱼ − sᵢ)/T) とする。",
                "The rank counts the items above: sigmoid((sⱼ − sᵢ)/T).",
            ),
            at="ranks",
        ),
        mistake(
            "temperature_multiplied",
            (
                "温度Tで割らずに掛けている。",
                "The gap was multiplied by the temperature instead of divided.",
            ),
            (
                "スコア差をTで割る。Tが小さいほど本来の順位に近づく。",
                "Divide the gap by T: the lower T, the nearer to the true ranks.",
            ),
            at="ranks",
        ),
        *at_rank_gain,
    )


PAIRWISE_LOGISTIC = LossInfo(
    id="pairwise_logistic",
    name=Text("ペアワイズ・ロジスティック損失（RankNet）", "Pairwise logistic loss (RankNet)"),
    aliases=("ペアワイズ損失", "RankNet", "ランクネット", "pairwise log loss"),
    misnomers={"順序損失": "ランキング損失", "LambdaRankのペアワイズ損失": "RankNet"},
    family="ranking",
    tasks=_TASKS,
    syllabus="beyond",
    latex=r"\frac1{|P|}\sum_{y_i>y_j}\ln\bigl(1+e^{-\sigma(s_i-s_j)}\bigr)",
    formula="(1/P) Σ_{yᵢ > yⱼ} ln(1 + exp(−σ(sᵢ − sⱼ)))",
    arguments=_ARGUMENTS,
    options=(_SIGMA,),
    denominator=_PAIRS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=None,
        outlier_robust=True,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "下限0。関連度の高い項目のスコア差が大きいほど近づく（達しない）",
            "0 is the infimum, approached as more relevant items score ever higher",
        ),
    ),
    pytorch=None,
    snippet="gap = scores.unsqueeze(-1) - scores.unsqueeze(-2)\n"
    "pairs = relevance.unsqueeze(-1) > relevance.unsqueeze(-2)\n"
    "-F.logsigmoid(gap)[pairs].mean()",
    use_when=Text(
        "検索や推薦で、どちらが上に来るべきかという2項目の比較から順位を学ぶときに使う。"
        "RLHFの報酬モデルも、好まれた応答と好まれなかった応答の差に同じ形の損失を使う。",
        "To learn an order from comparisons of two items, as in search and recommendation. Reward "
        "models of RLHF use the same form on preferred and rejected answers.",
    ),
    avoid_when=Text(
        "上位の並びだけが重要なときは、どの組も同じ重さで数えるので向かない（LambdaRankなどを使う）。"
        "組の数は項目数の2乗で増える。",
        "Not where only the top matters: every pair counts alike (use LambdaRank). The number of "
        "pairs grows with the square of the length.",
    ),
    papers=(_BURGES_2005,),
    neighbours=("lambda_rank", "pairwise_hinge", "margin_ranking", "bce_with_logits"),
    mistakes=(
        _all_pairs(" ln 2", "ln 2"),
        _flipped("terms"),
        mistake(
            "hinge_instead",
            (
                "ロジスティック関数ではなく、ヒンジ max(0, 1 − d) を使っている。",
                "The hinge max(0, 1 − d) was used instead of the logistic term.",
            ),
            (
                "各組の損失は ln(1 + exp(−d))。差が1を超えても0にはならない。",
                "Each pair costs ln(1 + exp(−d)), which is not 0 even beyond a gap of 1.",
            ),
        ),
        mistake(
            "lambda_weighted",
            (
                "NDCGの変化で重み付けしている（LambdaRankの計算）。",
                "The pairs were weighted by the change of NDCG, as in LambdaRank.",
            ),
            (
                "RankNetではすべての組を同じ重さで平均する。",
                "RankNet averages all pairs with equal weight.",
            ),
        ),
        mistake(
            "divided_by_items",
            (
                "組の数ではなく、項目の数で割っている。",
                "Divided by the number of items, not of pairs.",
            ),
            (
                "平均を取る対象は組である。関連度が異なる組の数で割る。",
                "The terms are pairs: divide by the number of pairs of unequal relevance.",
            ),
            at="mean",
        ),
        _sum_over("組", "pairs"),
    ),
)

LAMBDA_RANK = LossInfo(
    id="lambda_rank",
    name=Text("LambdaRank損失", "LambdaRank loss"),
    aliases=("ラムダランク", "LambdaLoss", "NDCG重み付きペアワイズ損失"),
    family="ranking",
    tasks=_TASKS,
    syllabus="beyond",
    latex=r"\frac1{|P|}\sum_{y_i>y_j}|\Delta\mathrm{NDCG}_{ij}|\ln\bigl(1+e^{-\sigma(s_i-s_j)}\bigr)",
    formula="(1/P) Σ_{yᵢ > yⱼ} |ΔNDCGᵢⱼ| ln(1 + exp(−σ(sᵢ − sⱼ)))",
    arguments=_ARGUMENTS,
    options=(_SIGMA,),
    denominator=_PAIRS,
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=False,
        symmetric=None,
        outlier_robust=True,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "下限0。関連度の高い項目のスコア差が大きいほど近づく（達しない）",
            "0 is the infimum, approached as more relevant items score ever higher",
        ),
    ),
    pytorch=None,
    snippet="rank = 1 + scores.argsort(-1, descending=True).argsort(-1)\n"
    "best = 1 + relevance.argsort(-1, descending=True).argsort(-1)\n"
    "gain = 2**relevance - 1\n"
    "ideal = (gain / torch.log2(1 + best)).sum(-1)\n"
    "discount = 1 / torch.log2(1 + rank)\n"
    "swap = [x.unsqueeze(-1) - x.unsqueeze(-2) for x in (gain, discount, scores)]\n"
    "weight = (swap[0] * swap[1]).abs() / ideal[..., None, None]\n"
    "pairs = relevance.unsqueeze(-1) > relevance.unsqueeze(-2)\n"
    "(weight * -F.logsigmoid(swap[2]))[pairs].mean()",
    use_when=Text(
        "NDCGのように上位を重く見る指標を上げたいときに使う。入れ替えるとNDCGが大きく変わる組ほど強く学習する。"
        "重みは現在の順位から計算し、定数として扱う。",
        "To raise a metric that stresses the top, such as NDCG: pairs whose swap changes NDCG more "
        "are trained harder. The weights come from the present ranks and count as constants.",
    ),
    avoid_when=Text(
        "重みが順位の入れ替わりで不連続に変わるので、値そのものを学習の進み具合として読むのには向かない。",
        "The weights jump when ranks change, so the value itself is a poor gauge of progress.",
    ),
    papers=(
        Paper(
            "Christopher Burges, Robert Ragno, Quoc Viet Le",
            2006,
            "Learning to Rank with Nonsmooth Cost Functions",
        ),
        Paper("Christopher Burges", 2010, "From RankNet to LambdaRank to LambdaMART: An Overview"),
        Paper(
            "Xuanhui Wang and four others",
            2018,
            "The LambdaLoss Framework for Ranking Metric Optimization",
        ),
    ),
    neighbours=("pairwise_logistic", "approx_ndcg", "ndcg"),
    mistakes=(
        mistake(
            "unweighted",
            (
                "NDCGの変化による重みを掛けていない（RankNetの計算）。",
                "The weights |ΔNDCG| were left out: this is RankNet.",
            ),
            (
                "各組に |ΔNDCG| を掛ける。これがLambdaRankとRankNetの違いである。",
                "Multiply each pair by |ΔNDCG|; that is what tells LambdaRank from RankNet.",
            ),
            at="weighted",
        ),
        base_two("terms"),
        mistake(
            "not_normalised",
            (
                "理想のDCG（IDCG）で割らず、DCGの変化で重み付けしている。",
                "Weighted by the change of DCG, not divided by the ideal DCG.",
            ),
            (
                "重みはNDCGの変化。DCGの変化をIDCGで割る。",
                "The weight is the change of NDCG: divide by the ideal DCG.",
            ),
            at="weights",
        ),
        mistake(
            "linear_gain",
            (
                "利得を 2^y − 1 ではなく y としている。",
                "The gain was taken as y instead of 2^y − 1.",
            ),
            (
                "利得は 2^y − 1。高い関連度の差ほど重くなる。",
                "The gain is 2^y − 1, which stresses high grades.",
            ),
            at="gains",
        ),
        mistake(
            "ranks_by_relevance",
            (
                "現在のスコアの順位ではなく、理想の順位で割引を計算している。",
                "The discounts were taken from the ideal ranks, not the present ones.",
            ),
            (
                "|ΔNDCG| は、現在のスコアによる順位で2項目を入れ替えたときの変化である。",
                "|ΔNDCG| is the change when two items swap their present ranks.",
            ),
            at="ranks",
        ),
        _sum_over("組", "pairs"),
    ),
)

PAIRWISE_HINGE = LossInfo(
    id="pairwise_hinge",
    name=Text("ペアワイズ・ヒンジ損失", "Pairwise hinge loss"),
    aliases=("ランキングSVMの損失", "Ranking SVM loss", "pairwise hinge"),
    misnomers={"順序損失": "ランキング損失"},
    family="ranking",
    tasks=_TASKS,
    syllabus="beyond",
    latex=r"\frac1{|P|}\sum_{y_i>y_j}\max\bigl(0,\,m-(s_i-s_j)\bigr)",
    formula="(1/P) Σ_{yᵢ > yⱼ} max(0, m − (sᵢ − sⱼ))",
    arguments=_ARGUMENTS,
    options=(
        Option(
            name="margin",
            default=1.0,
            domain="m > 0",
            says=Text("空けたいスコア差", "the score gap that is wanted"),
        ),
    ),
    denominator=_PAIRS,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=None,
        outlier_robust=True,
        unit="none",
        minimum=0.0,
        minimum_at=Text(
            "すべての組で差がマージン以上のとき", "where every pair is apart by the margin"
        ),
    ),
    pytorch="torch.nn.MarginRankingLoss",
    snippet="gap = scores.unsqueeze(-1) - scores.unsqueeze(-2)\n"
    "pairs = relevance.unsqueeze(-1) > relevance.unsqueeze(-2)\n"
    "F.margin_ranking_loss(gap[pairs], 0 * gap[pairs], 0 * gap[pairs] + 1, margin=margin)",
    use_when=Text(
        "順序が決まっている組を、一定の差が付くまで引き離したいときに使う。十分に差が付いた組は勾配が0になり、"
        "間違えやすい組に学習が集中する。",
        "To push items of known order apart up to a fixed gap. Pairs apart enough have no gradient, "
        "so training dwells on the hard ones.",
    ),
    avoid_when=Text(
        "スコア差を確率として解釈したいとき（RankNetを使う）、または上位の順位を特に重視したいときは向かない。",
        "Not where score gaps should read as probabilities (use RankNet), nor where the top of the "
        "list matters most.",
    ),
    papers=(
        Paper(
            "Ralf Herbrich, Thore Graepel, Klaus Obermayer",
            1999,
            "Support Vector Learning for Ordinal Regression",
        ),
        Paper("Thorsten Joachims", 2002, "Optimizing Search Engines using Clickthrough Data"),
    ),
    neighbours=("margin_ranking", "pairwise_logistic", "hinge", "triplet_margin"),
    mistakes=(
        mistake(
            "logistic_instead",
            (
                "ヒンジではなく、ロジスティック損失 ln(1 + exp(−d)) を使っている。",
                "The logistic term ln(1 + exp(−d)) was used instead of the hinge.",
            ),
            (
                "各組の損失は max(0, m − d)。差がm以上なら0である。",
                "Each pair costs max(0, m − d): nothing from a gap of m on.",
            ),
        ),
        mistake(
            "no_margin",
            (
                "マージンを忘れ、順序が逆の組だけに損失を与えている。",
                "The margin was forgotten: only pairs in the wrong order cost.",
            ),
            (
                "順序が正しくても、差がmに足りなければ損失がある。",
                "A pair in the right order still costs what it lacks to the margin.",
            ),
        ),
        mistake(
            "no_clamp",
            (
                "max(0, ·) を忘れ、差が十分な組を負の値で数えている。",
                "The max(0, ·) was forgotten: pairs far apart count negative.",
            ),
            (
                "m − d が負になる組の損失は0にする。",
                "Where m − d is negative the loss is 0.",
            ),
        ),
        _flipped("terms"),
        _all_pairs("マージンの値", "a whole margin"),
        _sum_over("組", "pairs"),
    ),
)

LIST_NET = LossInfo(
    id="list_net",
    name=Text("ListNet損失", "ListNet loss"),
    aliases=("リストワイズ損失", "リストネット", "ListNet", "softmax loss for ranking"),
    misnomers={"順序損失": "ランキング損失"},
    family="ranking",
    tasks=_TASKS,
    syllabus="beyond",
    latex=r"-\sum_i \mathrm{softmax}(y)_i\,\ln\mathrm{softmax}(s)_i",
    formula="−Σᵢ softmax(y)ᵢ ln softmax(s)ᵢ",
    arguments=_ARGUMENTS,
    denominator=_LISTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=True,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "スコアが関連度と定数差で一致するとき（最小値は softmax(y) のエントロピー）",
            "where scores equal relevance up to a constant; the value is the entropy of softmax(y)",
        ),
    ),
    pytorch=None,
    snippet="F.cross_entropy(scores, relevance.softmax(-1))",
    use_when=Text(
        "リスト全体を一度に比べて順位を学びたいときに使う。各項目が1位になる確率の分布どうしの交差エントロピーで、"
        "計算量は項目数に比例する。",
        "To learn an order from whole lists: the cross-entropy between two distributions of who "
        "comes first, in time proportional to the length.",
    ),
    avoid_when=Text(
        "関連度の尺度に意味がないときは注意が必要である。関連度に定数を掛けるだけで目標の分布が変わる。"
        "2位以下の順序は直接には見ていない。",
        "Take care where the scale of the grades is arbitrary: multiplying them changes the target. "
        "Places below the first count only indirectly.",
    ),
    papers=(
        Paper(
            "Zhe Cao, Tao Qin, Tie-Yan Liu, Ming-Feng Tsai, Hang Li",
            2007,
            "Learning to Rank: From Pairwise Approach to Listwise Approach",
        ),
    ),
    neighbours=("list_mle", "distribution_cross_entropy", "cross_entropy", "pairwise_logistic"),
    mistakes=(
        mistake(
            "labels_over_sum",
            (
                "関連度をsoftmaxではなく、合計で割って確率にしている。",
                "The grades were divided by their sum instead of put through softmax.",
            ),
            (
                "ListNetではスコアと同じく関連度もsoftmaxに通す。",
                "ListNet puts the grades through softmax, as it does the scores.",
            ),
            at="target",
        ),
        mistake(
            "raw_labels",
            (
                "関連度を確率に直さず、そのまま重みにしている。",
                "The grades themselves served as weights.",
            ),
            (
                "重みは合計が1の分布 softmax(y) である。",
                "The weights are the distribution softmax(y), which adds up to 1.",
            ),
            at="target",
        ),
        mistake(
            "kl_instead",
            (
                "softmax(y) のエントロピーを引いて、KL情報量を計算している。",
                "The entropy of softmax(y) was subtracted: this is the KL divergence.",
            ),
            (
                "ListNetは交差エントロピーで、最小値は0とは限らない。",
                "ListNet is a cross-entropy; its minimum need not be 0.",
            ),
        ),
        mistake(
            "swapped",
            (
                "スコアと関連度の役割が逆になっている。",
                "Scores and relevance were exchanged.",
            ),
            (
                "重みは softmax(y)、対数の中は softmax(s)。",
                "softmax(y) is the weight, softmax(s) is under the logarithm.",
            ),
            at="target",
        ),
        mistake(
            "no_logarithm",
            (
                "softmax(s) の対数を取っていない。",
                "The logarithm of softmax(s) was left out.",
            ),
            (
                "ln softmax(s) = s − log-sum-exp(s) を使う。",
                "Use ln softmax(s) = s − log-sum-exp(s).",
            ),
            at="log_pred",
        ),
        _sum_over("リスト", "lists"),
    ),
)

LIST_MLE = LossInfo(
    id="list_mle",
    name=Text("ListMLE損失", "ListMLE loss"),
    aliases=("リストワイズ損失（ListMLE）", "ListMLE", "Plackett-Luce likelihood loss"),
    misnomers={"順序損失": "ランキング損失"},
    family="ranking",
    tasks=_TASKS,
    syllabus="beyond",
    latex=r"\sum_k\Bigl(\ln\sum_{l\ge k}e^{s_{(l)}}-s_{(k)}\Bigr)",
    formula="Σₖ (ln Σ_{l ≥ k} exp s₍ₗ₎ − s₍ₖ₎)　（関連度の高い順に並べる）",
    arguments=_ARGUMENTS,
    denominator=_LISTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=None,
        outlier_robust=True,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "下限0。正しい順序でスコアの間隔が広がるほど近づく（達しない）",
            "0 is the infimum, approached as scores in the right order move ever further apart",
        ),
    ),
    pytorch=None,
    snippet="s = scores.gather(-1, relevance.argsort(dim=-1, descending=True, stable=True))\n"
    "(s.flip(-1).logcumsumexp(-1).flip(-1) - s).sum(-1).mean()",
    use_when=Text(
        "正解の並び全体が分かっているときに、その並びが生じる確率（Plackett–Luceモデル）を最大にする。"
        "上から1つずつ選ぶ交差エントロピーの和になる。",
        "Where the right order of the whole list is known: maximises its probability under the "
        "Plackett–Luce model, a sum of cross-entropies that pick one item after another.",
    ),
    avoid_when=Text(
        "関連度に同順位が多いと、並べ方（ここでは与えられた順）で値が変わる。関連度の差の大きさも使わない。",
        "With many ties the value depends on how they are ordered (here: as given). Nor does it use "
        "how much the grades differ.",
    ),
    papers=(
        Paper(
            "Fen Xia, Tie-Yan Liu, Jue Wang, Wensheng Zhang, Hang Li",
            2008,
            "Listwise Approach to Learning to Rank: Theory and Algorithm",
        ),
    ),
    neighbours=("list_net", "cross_entropy", "pairwise_logistic"),
    mistakes=(
        mistake(
            "labels_ignored",
            (
                "どの位置でもリスト全体のlog-sum-expを使っており、値が正解の順序によらない。",
                "Every place used the log-sum-exp of the whole list, so the labels have no effect.",
            ),
            (
                "k番目では、まだ並べていない項目（k番目以降）だけのlog-sum-expを取る。",
                "At place k take the log-sum-exp of the items left, from k on.",
            ),
            at="remaining",
        ),
        mistake(
            "not_sorted",
            (
                "関連度で並べ替えず、与えられた順のまま計算している。",
                "The list was taken in the order given, not sorted by relevance.",
            ),
            (
                "まず関連度の高い順にスコアを並べる。",
                "Sort the scores by falling relevance first.",
            ),
            at="order",
        ),
        mistake(
            "cumulated_forward",
            (
                "log-sum-expを先頭から累積している（k番目までの項目）。",
                "The log-sum-exp was cumulated from the front, over the items up to k.",
            ),
            (
                "累積は末尾から。k番目以降に残っている項目を足す。",
                "Cumulate from the end: over the items from k on.",
            ),
            at="remaining",
        ),
        mistake(
            "relevant_only",
            (
                "関連度が0の項目の位置を数えていない。",
                "The places of items with relevance 0 were left out.",
            ),
            (
                "すべての位置の項を足す。",
                "Add the terms of all places.",
            ),
            at="lists",
        ),
        mistake(
            "mean_per_item",
            (
                "リストの長さでも割っている。",
                "Divided by the length of the list too.",
            ),
            (
                "1つのリストの中では合計し、リストの数だけで割る。",
                "Sum within a list; divide by the number of lists only.",
            ),
            at="lists",
        ),
        _sum_over("リスト", "lists"),
    ),
)

APPROX_NDCG = LossInfo(
    id="approx_ndcg",
    name=Text("ApproxNDCG損失", "ApproxNDCG loss"),
    aliases=("近似NDCG損失", "ApproxNDCG"),
    family="ranking",
    tasks=_TASKS,
    syllabus="beyond",
    latex=r"-\frac1{\mathrm{IDCG}}\sum_i\frac{2^{y_i}-1}{\log_2(1+\hat r_i)},\quad "
    r"\hat r_i=1+\sum_{j\ne i}\sigma\bigl((s_j-s_i)/T\bigr)",
    formula="−(1/IDCG) Σᵢ (2^yᵢ − 1) / log₂(1 + r̂ᵢ)　（r̂ᵢ = 1 + Σ_{j≠i} sigmoid((sⱼ − sᵢ)/T)）",
    arguments=_ARGUMENTS,
    options=(_TEMPERATURE,),
    denominator=_LISTS,
    properties=Properties(
        convex=False,
        differentiable=True,
        bounded=True,
        symmetric=None,
        outlier_robust=True,
        unit="none",
        minimum=None,
        minimum_at=Text(
            "下限−1。正しい順序でスコア差が大きいほど近づく（達しない）",
            "−1 is the infimum, approached as scores in the right order move ever further apart",
        ),
    ),
    pytorch=None,
    snippet="gap = scores.unsqueeze(-2) - scores.unsqueeze(-1)\n"
    "rank = 0.5 + torch.sigmoid(gap / temperature).sum(-1)\n"
    "best = 1 + relevance.argsort(-1, descending=True).argsort(-1)\n"
    "gain = 2**relevance - 1\n"
    "ideal = (gain / torch.log2(1 + best)).sum(-1)\n"
    "-((gain / torch.log2(1 + rank)).sum(-1) / ideal).nan_to_num().mean()",
    use_when=Text(
        "評価に使うNDCGを、滑らかに近似して直接学習したいときに使う。順位をシグモイドの和で置き換える。",
        "To train on the metric NDCG almost directly: a sum of sigmoids stands in for the rank.",
    ),
    avoid_when=Text(
        "温度が低すぎると勾配がほとんど消え、高すぎると指標から離れる。凸ではないので初期値にも左右される。",
        "Too low a temperature leaves almost no gradient, too high a one leaves the metric behind; "
        "not convex, it depends on the start.",
    ),
    papers=(
        Paper(
            "Tao Qin, Tie-Yan Liu, Hang Li",
            2010,
            "A General Approximation Framework for Direct Optimization of Information Retrieval "
            "Measures",
        ),
        Paper(
            "Sebastian Bruch, Masrour Zoghi, Michael Bendersky, Marc Najork",
            2019,
            "Revisiting Approximate Metric Optimization in the Age of Deep Neural Networks",
        ),
    ),
    neighbours=("ndcg", "lambda_rank", "approx_mrr"),
    mistakes=_surrogate_mistakes(
        "NDCG",
        (
            mistake(
                "linear_gain",
                (
                    "利得を 2^y − 1 ではなく y としている。",
                    "The gain was taken as y instead of 2^y − 1.",
                ),
                (
                    "利得は 2^y − 1。IDCGも同じ利得で計算する。",
                    "The gain is 2^y − 1, in the ideal DCG too.",
                ),
                at="gains",
            ),
            mistake(
                "not_normalised",
                (
                    "理想のDCG（IDCG）で割っていない。",
                    "Not divided by the ideal DCG.",
                ),
                (
                    "最後に、利得の大きい順に並べたときのDCGで割る。",
                    "Divide by the DCG of the ideal order at the end.",
                ),
                at="lists",
            ),
        ),
    ),
)

APPROX_MRR = LossInfo(
    id="approx_mrr",
    name=Text("ApproxMRR損失", "ApproxMRR loss"),
    aliases=("近似MRR損失", "ApproxMRR"),
    misnomers={"MRR損失": "ApproxMRR損失"},
    family="ranking",
    tasks=("ranking", "search", "question_answering"),
    syllabus="beyond",
    latex=r"-\frac1{\min_{y_i>0}\hat r_i},\quad \hat r_i=1+\sum_{j\ne i}\sigma\bigl((s_j-s_i)/T\bigr)",
    formula="−1 / min{r̂ᵢ : yᵢ > 0}　（r̂ᵢ = 1 + Σ_{j≠i} sigmoid((sⱼ − sᵢ)/T)）",
    arguments=_ARGUMENTS,
    options=(_TEMPERATURE,),
    denominator=_LISTS,
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=True,
        symmetric=None,
        outlier_robust=True,
        unit="none",
        minimum=None,
        minimum_at=Text(
            "下限−1。関連項目が他を大きく引き離して1位になるほど近づく（達しない）",
            "−1 is the infimum, approached as a relevant item leads ever further",
        ),
    ),
    pytorch=None,
    snippet="gap = scores.unsqueeze(-2) - scores.unsqueeze(-1)\n"
    "rank = 0.5 + torch.sigmoid(gap / temperature).sum(-1)\n"
    "-((relevance > 0) / rank).amax(-1).mean()",
    use_when=Text(
        "正解が1つ（または最初の1つだけが重要）な検索や質問応答で、MRRを滑らかに近似して学習したいときに使う。",
        "In search or question answering with one answer that matters, to train on a smooth stand-in "
        "for MRR.",
    ),
    avoid_when=Text(
        "複数の関連項目をすべて上位に並べたいときは向かない（最初の1つしか見ない）。温度の選び方にも敏感である。",
        "Not to bring several relevant items up: it sees only the first. Sensitive to the "
        "temperature, too.",
    ),
    papers=(
        Paper(
            "Tao Qin, Tie-Yan Liu, Hang Li",
            2010,
            "A General Approximation Framework for Direct Optimization of Information Retrieval "
            "Measures",
        ),
        Paper(
            "Sebastian Bruch, Masrour Zoghi, Michael Bendersky, Marc Najork",
            2019,
            "Revisiting Approximate Metric Optimization in the Age of Deep Neural Networks",
        ),
    ),
    neighbours=("mrr", "approx_ndcg", "list_net"),
    mistakes=_surrogate_mistakes(
        "MRR",
        (
            mistake(
                "mean_over_relevant",
                (
                    "最初の関連項目だけでなく、すべての関連項目の 1/順位 を平均している。",
                    "1/rank was averaged over all relevant items instead of the first alone.",
                ),
                (
                    "数えるのは最も上位の関連項目1つだけである。",
                    "Only the best-ranked relevant item counts.",
                ),
                at="lists",
            ),
        ),
    ),
)

DCG = LossInfo(
    id="dcg",
    name=Text("減損累積利得（DCG）", "Discounted cumulative gain"),
    abbreviation="DCG",
    aliases=("DCG", "割引累積利得"),
    misnomers={"DCG損失": "DCG（評価指標）"},
    family="ranking",
    role="metric",
    tasks=_TASKS,
    syllabus="beyond",
    latex=r"\sum_i\frac{2^{y_i}-1}{\log_2(1+r_i)}",
    formula="DCG = Σᵢ (2^yᵢ − 1) / log₂(1 + rᵢ)　（rᵢ = スコアの順位）",
    arguments=_ARGUMENTS,
    options=_METRIC_OPTIONS,
    denominator=_LISTS,
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=None,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=None,
        minimum_at=Text(
            "指標なので大きいほどよい（最大は関連度の順に並べたとき）",
            "a metric: higher is better, highest in the order of relevance",
        ),
    ),
    pytorch=None,
    snippet="rank = 1 + scores.argsort(-1, descending=True).argsort(-1)\n"
    "((2**relevance - 1) / torch.log2(1 + rank)).sum(-1).mean()",
    use_when=Text(
        "段階のある関連度で順位を評価する。上位に高い関連度があるほど大きく、下位ほど対数で割り引く。",
        "To judge a ranking with graded relevance: high grades near the top count most, with a "
        "logarithmic discount further down.",
    ),
    avoid_when=Text(
        "リストの長さや関連項目の数で最大値が変わるので、リストをまたいで比べるときはNDCGを使う。"
        f"{_NO_GRADIENT_JA}損失にはならない。",
        "Its greatest value depends on the list, so compare lists by NDCG. "
        f"{_NO_GRADIENT_EN}It is no loss.",
    ),
    papers=(_JARVELIN, _BURGES_2005),
    neighbours=("ndcg", "approx_ndcg", "mrr"),
    mistakes=(
        mistake(
            "natural_log",
            (
                "割引に、底が2の対数ではなく自然対数を使っている。",
                "The discount used the natural logarithm instead of base 2.",
            ),
            (
                "割引は log₂(1 + 順位)。底の違いはNDCGでは打ち消し合うが、DCGでは残る。",
                "The discount is log₂(1 + rank). The base cancels in NDCG, but not in DCG.",
            ),
            at="discounted",
        ),
        _other_gain(),
        _one_place_early(),
        _no_discount(),
        _not_sorted(),
        _sum_over("リスト", "lists"),
    ),
)

NDCG = LossInfo(
    id="ndcg",
    name=Text("正規化減損累積利得（NDCG）", "Normalised discounted cumulative gain"),
    abbreviation="NDCG",
    aliases=("NDCG", "nDCG", "正規化割引累積利得"),
    misnomers={"NDCG損失": "ApproxNDCG損失（またはNDCG指標）"},
    family="ranking",
    role="metric",
    tasks=_TASKS,
    syllabus="beyond",
    latex=r"\mathrm{NDCG}=\mathrm{DCG}/\mathrm{IDCG}",
    formula="NDCG = DCG / IDCG　（IDCG = 関連度の順に並べたときのDCG）",
    arguments=_ARGUMENTS,
    options=_METRIC_OPTIONS,
    denominator=_LISTS,
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=True,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=None,
        minimum_at=Text(
            "指標なので大きいほどよい（最大1は関連度の順に並べたとき）",
            "a metric: higher is better, 1 in the order of relevance",
        ),
    ),
    pytorch=None,
    snippet="rank = 1 + scores.argsort(-1, descending=True).argsort(-1)\n"
    "best = 1 + relevance.argsort(-1, descending=True).argsort(-1)\n"
    "gain = 2**relevance - 1\n"
    "ideal = (gain / torch.log2(1 + best)).sum(-1)\n"
    "((gain / torch.log2(1 + rank)).sum(-1) / ideal).nan_to_num().mean()",
    use_when=Text(
        "検索や推薦の順位を、段階のある関連度と上位の重みで評価し、リストをまたいで平均したいときに使う。"
        "理想の並びが1になるように正規化されている。",
        "To judge rankings by graded relevance with stress on the top and to average over lists: "
        "the ideal order counts 1.",
    ),
    avoid_when=Text(
        f"{_NO_GRADIENT_JA}学習にはLambdaRankやApproxNDCGなどの代わりの損失を使う。"
        "関連項目のないリストの値は決め方による（ここでは0）。",
        f"{_NO_GRADIENT_EN}Train on a stand-in such as LambdaRank or ApproxNDCG. For a list without "
        "relevant items the value is a convention (here 0).",
    ),
    papers=(_JARVELIN, _BURGES_2005),
    neighbours=("dcg", "approx_ndcg", "lambda_rank", "mrr"),
    mistakes=(
        _other_gain(),
        mistake(
            "not_normalised",
            (
                "理想のDCG（IDCG）で割らず、DCGを答えている。",
                "This is the DCG, not divided by the ideal DCG.",
            ),
            (
                "関連度の高い順に並べたときのDCGで割る。理想の並びなら1になる。",
                "Divide by the DCG of the ideal order, which then counts 1.",
            ),
            at="lists",
        ),
        _one_place_early(),
        _no_discount(),
        _not_sorted(),
        mistake(
            "ascending",
            (
                "スコアの低い順に順位を付けている。",
                "The lowest score was given rank 1.",
            ),
            (
                "スコアの最も高い項目が1位である。",
                "The highest score has rank 1.",
            ),
            at="ranks",
        ),
    ),
)

MRR = LossInfo(
    id="mrr",
    name=Text("平均逆順位（MRR）", "Mean reciprocal rank"),
    abbreviation="MRR",
    aliases=("MRR", "平均相互順位"),
    misnomers={"MRR損失": "ApproxMRR損失（またはMRR指標）"},
    family="ranking",
    role="metric",
    tasks=("ranking", "search", "question_answering"),
    syllabus="beyond",
    latex=r"\frac1N\sum_{q}\frac1{\min_{y_i>0}r_i}",
    formula="MRR = (1/N) Σ 1 / min{rᵢ : yᵢ > 0}　（rᵢ = スコアの順位）",
    arguments=_ARGUMENTS,
    denominator=_LISTS,
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=True,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=None,
        minimum_at=Text(
            "指標なので大きいほどよい（最大1は、どのリストでも1位が関連項目のとき）",
            "a metric: higher is better, 1 where every list has a relevant item on top",
        ),
    ),
    pytorch=None,
    snippet="rank = 1 + scores.argsort(-1, descending=True).argsort(-1)\n"
    "((relevance > 0).to(scores) / rank).amax(-1).mean()",
    use_when=Text(
        "最初に見つかる正解の位置だけが重要な検索や質問応答を評価するときに使う。",
        "To judge search or question answering where only the first right answer matters.",
    ),
    avoid_when=Text(
        f"{_NO_GRADIENT_JA}これを損失として最小化すると、関連項目を下げてしまう。"
        "複数の正解や段階のある関連度にはNDCGを使う。",
        f"{_NO_GRADIENT_EN}Minimised as a loss it would push the relevant item down. For several "
        "answers or graded relevance use NDCG.",
    ),
    papers=(Paper("Ellen M. Voorhees", 1999, "The TREC-8 Question Answering Track Report"),),
    neighbours=("approx_mrr", "ndcg", "dcg"),
    mistakes=(
        mistake(
            "mean_over_relevant",
            (
                "最初の関連項目だけでなく、すべての関連項目の 1/順位 を平均している。",
                "1/rank was averaged over all relevant items instead of the first alone.",
            ),
            (
                "各リストで数えるのは、最も上位の関連項目1つだけである。",
                "In every list only the best-ranked relevant item counts.",
            ),
            at="lists",
        ),
        mistake(
            "rank_itself",
            (
                "逆数を取らず、順位そのものを平均している。",
                "The ranks themselves were averaged, not their reciprocals.",
            ),
            (
                "1/順位 を平均する。大きいほどよい指標になる。",
                "Average 1/rank; then higher is better.",
            ),
            at="lists",
        ),
        mistake(
            "reciprocal_of_mean_rank",
            (
                "先に順位を平均してから逆数を取っている。",
                "The ranks were averaged first and the reciprocal taken last.",
            ),
            (
                "リストごとに 1/順位 を求めてから平均する。",
                "Take 1/rank for each list, then average.",
            ),
            at="lists",
        ),
        mistake(
            "ascending",
            (
                "スコアの低い順に順位を付けている。",
                "The lowest score was given rank 1.",
            ),
            (
                "スコアの最も高い項目が1位である。",
                "The highest score has rank 1.",
            ),
            at="ranks",
        ),
        mistake(
            "last_relevant",
            (
                "最初ではなく、最後の関連項目の順位を使っている。",
                "The rank of the last relevant item was used instead of the first.",
            ),
            (
                "関連項目のうち最も上位のものを使う。",
                "Use the best-ranked relevant item.",
            ),
            at="lists",
        ),
        _not_sorted(),
    ),
)

RANKING: tuple[LossInfo, ...] = (
    PAIRWISE_LOGISTIC,
    LAMBDA_RANK,
    PAIRWISE_HINGE,
    LIST_NET,
    LIST_MLE,
    APPROX_NDCG,
    APPROX_MRR,
    DCG,
    NDCG,
    MRR,
)
