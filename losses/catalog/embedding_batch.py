"""Losses that compare every embedding of a batch with every other."""

from __future__ import annotations

from losses.catalog.common import sum_for_mean
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

_EMBEDDINGS = Argument(
    name="embeddings",
    space="embeddings",
    shape="(N, D)",
    domain="ℝ、N ≥ 2",
    says=Text("バッチの埋め込み（1行が1件）", "embeddings of a batch, one row each"),
)
_LABELS = Argument(
    name="labels",
    space="class_index",
    shape="(N,)",
    domain="ℤ",
    says=Text("各行のクラス", "class of each row"),
)


def _temperature(default: float) -> Option:
    return Option(
        name="temperature",
        default=default,
        domain="T > 0",
        says=Text(
            "温度。小さいほど、似ている負例を強く罰する",
            "temperature; the smaller, the more the closest negatives weigh",
        ),
    )


def _softmax_properties(minimum_at: Text) -> Properties:
    return Properties(
        convex=False,
        differentiable=True,
        bounded=True,
        symmetric=None,
        outlier_robust=True,
        unit="nats",
        minimum=0.0,
        minimum_at=minimum_at,
    )


_MULTIPLIED = MistakeInfo(
    id="multiplied_by_temperature",
    says=Text(
        "類似度を温度Tで割らずに、Tを掛けている。",
        "The similarities were multiplied by the temperature T instead of divided.",
    ),
    remedy=Text(
        "cos/T とする。Tが小さいほど差が拡大される。",
        "Use cos/T: a small T widens the differences.",
    ),
    departs_at="scaled",
)
_POSITIVE_LEFT_OUT = MistakeInfo(
    id="positive_left_out",
    says=Text(
        "分母に正例を入れず、負例だけを足している。",
        "The positive was left out of the denominator.",
    ),
    remedy=Text(
        "分母には正例も含める。含めないと確率にならず、損失が負になりうる。",
        "The positive belongs in the denominator; without it this is no probability and the loss "
        "may be negative.",
    ),
    departs_at="terms",
)
_NOT_NORMALISED = MistakeInfo(
    id="not_normalised",
    says=Text(
        "埋め込みの長さを1に揃えず、内積をそのまま使っている。",
        "The embeddings were not scaled to length 1: inner products were used.",
    ),
    remedy=Text(
        "コサイン類似度を使う。先に各行を長さで割っておく。",
        "Use the cosine: divide each row by its length first.",
    ),
    departs_at="similarities",
)
_SELF_KEPT = MistakeInfo(
    id="self_kept",
    says=Text(
        "分母に自分自身との類似度（1）を残している。",
        "The similarity with itself, 1, was kept in the denominator.",
    ),
    remedy=Text(
        "自分自身は候補から除く（k ≠ i）。実装では対角成分を−∞にする。",
        "Leave the example itself out (k ≠ i); in code, set the diagonal to −∞.",
    ),
    departs_at="terms",
)

TRIPLET_BATCH_ALL = LossInfo(
    id="triplet_batch_all",
    name=Text("Triplet損失（バッチ内の全三つ組）", "Triplet loss over all triplets of a batch"),
    aliases=("Batch All Triplet Loss", "バッチオールTriplet損失"),
    family="embedding",
    tasks=("metric_learning", "face_recognition", "retrieval"),
    syllabus="beyond",
    latex=(r"\frac1{|T|}\sum_{(a,p,n)\in T}\max\bigl(0,\ d(a,p)-d(a,n)+m\bigr)"),
    formula="max(0, d(a, p) − d(a, n) + m) の、バッチ内の全三つ組 (a, p, n) にわたる平均",
    arguments=(_EMBEDDINGS, _LABELS),
    options=(
        Option(
            name="margin",
            default=1.0,
            domain="m > 0",
            says=Text(
                "負例を正例よりどれだけ遠くへ離すか",
                "by how much farther the negative must be than the positive",
            ),
        ),
        Option(
            name="squared",
            default=False,
            domain="True / False",
            says=Text("二乗距離を使うか", "use squared distances"),
        ),
        Option(
            name="active_only",
            default=False,
            domain="True / False",
            says=Text(
                "平均を、損失が0でない三つ組だけで取るか",
                "let the mean count only triplets that cost something",
            ),
        ),
    ),
    denominator=Text(
        "三つ組の総数（active_onlyなら損失が0でないものの数）",
        "the number of triplets, or of those above 0 if active_only",
    ),
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="unit",
        minimum=0.0,
        minimum_at=Text(
            "どのアンカーでも、負例が正例よりm以上遠いとき",
            "where for every anchor each negative is farther than each positive by m",
        ),
    ),
    pytorch=None,
    snippet=(
        "d = torch.cdist(embeddings, embeddings)\n"
        "same = labels[:, None] == labels\n"
        "pos = same & ~torch.eye(len(labels), dtype=torch.bool)\n"
        "valid = pos[:, :, None] & ~same[:, None, :]\n"
        "gap = d[:, :, None] - d[:, None, :] + margin\n"
        "gap[valid].clamp_min(0).mean()"
    ),
    use_when=Text(
        "ラベル付きのバッチから作れる三つ組をすべて使い、三つ組を選ぶ手間をかけずに距離学習を行いたいときに使う。",
        "Metric learning from a labelled batch, with every triplet it contains, so that none has to "
        "be chosen beforehand.",
    ),
    avoid_when=Text(
        "学習が進むと損失0の三つ組が多数を占め、平均が薄まる。active_onlyで0を除くか、最も難しい正例と負例だけを使う"
        "（batch hard）方法を検討する。",
        "Later in training most triplets cost nothing and thin the mean out: leave them out with "
        "active_only, or take only the hardest positive and negative (batch hard).",
    ),
    papers=(
        Paper(
            "Alexander Hermans, Lucas Beyer, Bastian Leibe",
            2017,
            "In Defense of the Triplet Loss for Person Re-Identification",
        ),
    ),
    neighbours=("triplet_margin", "supcon", "circle"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="other_denominator",
            says=Text(
                "平均の分母が、問題の指定（全三つ組か、損失が0でないものか）と違う。",
                "The mean was not over the triplets asked for: all, or those above 0.",
            ),
            remedy=Text(
                "active_onlyでなければ、損失が0の三つ組も数える。",
                "Unless active_only is set, triplets at 0 count as well.",
            ),
            departs_at="mean",
        ),
        MistakeInfo(
            id="margin_forgotten",
            says=Text("マージン m を足し忘れている。", "The margin m was not added."),
            remedy=Text(
                "三つ組ごとに d(a, p) − d(a, n) + m とする。",
                "Each triplet is d(a, p) − d(a, n) + m.",
            ),
            departs_at="triplets",
        ),
        MistakeInfo(
            id="not_clamped",
            says=Text(
                "負の値を0に切り上げず、そのまま足している。",
                "Negative values were kept instead of being replaced by 0.",
            ),
            remedy=Text(
                "max(0, ·) を三つ組ごとに取ってから平均する。",
                "Take max(0, ·) of each triplet first, then the mean.",
            ),
            departs_at="triplets",
        ),
        MistakeInfo(
            id="self_as_positive",
            says=Text(
                "アンカー自身を正例として数えている（距離0の組が混じる）。",
                "The anchor was counted among its own positives, at distance 0.",
            ),
            remedy=Text(
                "正例は、同じクラスの別のデータである。",
                "A positive is another example of the same class.",
            ),
            departs_at="triplets",
        ),
        MistakeInfo(
            id="other_power_of_distance",
            says=Text(
                "距離と二乗距離を取り違えている。",
                "Distance and squared distance were confused.",
            ),
            remedy=Text(
                "squaredでなければ距離そのもの（平方根を取る）を使う。",
                "Unless squared is set, use the distance itself, with the root.",
            ),
            departs_at="distances",
        ),
    ),
)

INFO_NCE = LossInfo(
    id="info_nce",
    name=Text("InfoNCE損失", "InfoNCE loss"),
    abbreviation="InfoNCE",
    aliases=("InfoNCE", "ノイズ対照推定による損失", "CLIPの対照損失"),
    family="embedding",
    tasks=("self_supervised_learning", "multimodal"),
    syllabus="32",
    latex=(r"-\log\frac{\exp(\cos(q_i,k_i)/T)}{\sum_j\exp(\cos(q_i,k_j)/T)}"),
    formula="−log( exp(cos(qᵢ, kᵢ)/T) / Σⱼ exp(cos(qᵢ, kⱼ)/T) )",
    arguments=(
        Argument(
            name="queries",
            space="embeddings",
            shape="(N, D)",
            domain="ℝ",
            says=Text("問い合わせ側の埋め込み（画像など）", "embeddings that ask, images say"),
        ),
        Argument(
            name="keys",
            space="embeddings",
            shape="(N, D)",
            domain="ℝ",
            says=Text(
                "答える側の埋め込み（文など）。i行目がqueriesのi行目と対応する",
                "embeddings that answer, texts say; row i belongs to row i of queries",
            ),
        ),
    ),
    options=(
        _temperature(0.1),
        Option(
            name="symmetric",
            default=False,
            domain="True / False",
            says=Text(
                "両方向の平均を取るか（CLIPの形）",
                "average both directions, as CLIP does",
            ),
        ),
    ),
    denominator=Text("組の数N", "the number of pairs N"),
    properties=_softmax_properties(
        Text(
            "下限は0。正例の類似度が負例より十分大きいときに近づく",
            "approached where positives are far more similar than negatives",
        )
    ),
    pytorch=None,
    snippet=(
        "q, k = F.normalize(queries, dim=-1), F.normalize(keys, dim=-1)\n"
        "F.cross_entropy(q @ k.T / temperature, torch.arange(len(q)))"
    ),
    use_when=Text(
        "自己教師あり学習や、画像と文の対応付け（CLIP）に使う。バッチ内の他の組をすべて負例として、N個の候補から正しい相手を当てる"
        "分類問題として解く。",
        "Self-supervised learning and matching images with texts (CLIP): all other pairs of the "
        "batch are negatives, and the right partner is found among N candidates by classification.",
    ),
    avoid_when=Text(
        "バッチが小さいと負例が足りず、あまり学習が進まない。同じ内容の組がバッチに重複すると、正しい相手を負例として罰してしまう。",
        "A small batch has too few negatives. If the same content occurs twice in a batch, right "
        "partners are punished as negatives.",
    ),
    papers=(
        Paper(
            "Aäron van den Oord, Yazhe Li, Oriol Vinyals",
            2018,
            "Representation Learning with Contrastive Predictive Coding",
        ),
        Paper(
            "Alec Radford and others",
            2021,
            "Learning Transferable Visual Models From Natural Language Supervision",
        ),
    ),
    neighbours=("nt_xent", "supcon", "contrastive", "cross_entropy"),
    mistakes=(
        sum_for_mean(),
        _NOT_NORMALISED,
        _MULTIPLIED,
        MistakeInfo(
            id="temperature_forgotten",
            says=Text(
                "温度Tで割っていない。",
                "The similarities were not divided by the temperature T.",
            ),
            remedy=Text(
                "コサインは−1から1なので、Tで割らないとソフトマックスがほぼ一様になる。",
                "Cosines lie between −1 and 1; undivided, the softmax is almost uniform.",
            ),
            departs_at="scaled",
        ),
        _POSITIVE_LEFT_OUT,
        MistakeInfo(
            id="other_direction",
            says=Text(
                "比較の向きが違う（keysからqueriesを当てている、または片方向しか計算していない）。",
                "The direction is wrong: keys looked for queries, or only one direction was taken.",
            ),
            remedy=Text(
                "行（queries）ごとにkeys全体のソフトマックスを取る。symmetricなら両方向の平均を取る。",
                "Take the softmax over the keys for each query; if symmetric, average both ways.",
            ),
            departs_at="terms",
        ),
    ),
)

NT_XENT = LossInfo(
    id="nt_xent",
    name=Text("NT-Xent損失", "NT-Xent loss"),
    abbreviation="NT-Xent",
    aliases=(
        "正規化温度付き交差エントロピー損失",
        "Normalized Temperature-scaled Cross Entropy",
        "SimCLRの損失",
    ),
    family="embedding",
    tasks=("self_supervised_learning",),
    syllabus="beyond",
    latex=(r"-\log\frac{\exp(\cos(z_i,z_{+})/T)}{\sum_{k\ne i}\exp(\cos(z_i,z_k)/T)}"),
    formula="−log( exp(cos(zᵢ, z₊)/T) / Σ_{k≠i} exp(cos(zᵢ, z_k)/T) )",
    arguments=(
        Argument(
            name="view1",
            space="embeddings",
            shape="(N, D)",
            domain="ℝ",
            says=Text("1つ目のデータ拡張を施した埋め込み", "embeddings of the first view"),
        ),
        Argument(
            name="view2",
            space="embeddings",
            shape="(N, D)",
            domain="ℝ",
            says=Text(
                "2つ目のデータ拡張を施した埋め込み。i行目が同じデータ",
                "embeddings of the second view; row i is the same example",
            ),
        ),
    ),
    options=(_temperature(0.5),),
    denominator=Text("ビューの総数2N", "the number of views, 2N"),
    properties=_softmax_properties(
        Text(
            "下限は0。対になるビューだけが似ているときに近づく",
            "approached where only the two views of an example are similar",
        )
    ),
    pytorch=None,
    snippet=(
        "z = F.normalize(torch.cat((view1, view2)), dim=-1)\n"
        "s = (z @ z.T / temperature).fill_diagonal_(float('-inf'))\n"
        "F.cross_entropy(s, torch.arange(len(z)).roll(len(view1)))"
    ),
    use_when=Text(
        "SimCLRのように、ラベルのない画像に2通りのデータ拡張を施し、同じ画像から作った2つのビューを当てる自己教師あり学習に使う。"
        "残りの2N − 2個のビューがすべて負例になる。",
        "Self-supervised learning as in SimCLR: two augmented views are made of each unlabelled "
        "image, and each must find the other among the views of the batch; the remaining 2N − 2 are "
        "negatives.",
    ),
    avoid_when=Text(
        "大きなバッチを必要とする。同じクラスの画像も負例になるため、ラベルがあるなら教師あり対照学習（SupCon）が向く。",
        "It needs large batches, and images of the same class count as negatives: with labels take "
        "supervised contrastive learning (SupCon).",
    ),
    papers=(
        Paper(
            "Ting Chen, Simon Kornblith, Mohammad Norouzi, Geoffrey Hinton",
            2020,
            "A Simple Framework for Contrastive Learning of Visual Representations",
        ),
        Paper(
            "Kihyuk Sohn",
            2016,
            "Improved Deep Metric Learning with Multi-class N-pair Loss Objective",
        ),
    ),
    neighbours=("info_nce", "supcon", "contrastive"),
    mistakes=(
        sum_for_mean(),
        _SELF_KEPT,
        _MULTIPLIED,
        MistakeInfo(
            id="other_view_only",
            says=Text(
                "同じビューどうしの負例を使わず、片方向のInfoNCEを計算している。",
                "Negatives within a view were dropped and one direction taken: this is InfoNCE.",
            ),
            remedy=Text(
                "2N個のビュー全体から自分を除いた2N − 1個を候補にし、2N個すべてで平均する。",
                "The candidates are all 2N views but the one itself, and the mean is over all 2N.",
            ),
            departs_at="similarities",
        ),
        _POSITIVE_LEFT_OUT,
        _NOT_NORMALISED,
    ),
)

SUPCON = LossInfo(
    id="supcon",
    name=Text("教師あり対照損失（SupCon）", "Supervised contrastive loss (SupCon)"),
    abbreviation="SupCon",
    aliases=("SupCon損失", "教師あり対照学習の損失", "Supervised Contrastive Loss"),
    family="embedding",
    tasks=("metric_learning", "classification"),
    syllabus="beyond",
    latex=(
        r"-\frac1{|P(i)|}\sum_{p\in P(i)}\log\frac{\exp(\cos(z_i,z_p)/T)}"
        r"{\sum_{k\ne i}\exp(\cos(z_i,z_k)/T)}"
    ),
    formula="−(1/|P(i)|) Σ_{p∈P(i)} log( exp(cos(zᵢ, z_p)/T) / Σ_{k≠i} exp(cos(zᵢ, z_k)/T) )",
    arguments=(_EMBEDDINGS, _LABELS),
    options=(_temperature(0.1),),
    denominator=Text(
        "正例を1つ以上もつアンカーの数",
        "the number of anchors that have at least one positive",
    ),
    properties=_softmax_properties(
        Text(
            "下限は0。正例が1つずつで、負例より十分似ているときに近づく",
            "approached where each anchor has one positive, far more similar than the rest",
        )
    ),
    pytorch=None,
    snippet=(
        "z = F.normalize(embeddings, dim=-1)\n"
        "self_ = torch.eye(len(z), dtype=torch.bool)\n"
        "log_p = F.log_softmax((z @ z.T / temperature).masked_fill(self_, float('-inf')), -1)\n"
        "pos = (labels[:, None] == labels) & ~self_\n"
        "terms = -torch.where(pos, log_p, 0).sum(-1) / pos.sum(-1).clamp_min(1)\n"
        "terms.sum() / pos.any(-1).sum()"
    ),
    use_when=Text(
        "ラベルのあるデータで、同じクラスのデータをすべて正例として埋め込みを学ぶときに使う。学習後に線形分類器を載せると、"
        "交差エントロピーだけの学習より頑健になることがある。",
        "Learning embeddings from labelled data with all examples of a class as positives; with a "
        "linear classifier on top it can be more robust than cross-entropy alone.",
    ),
    avoid_when=Text(
        "バッチに各クラスが2件以上含まれないと、正例がなく学習できない。単に分類できればよいなら交差エントロピーの方が簡単である。",
        "A batch needs at least two examples of a class, or there is no positive. For mere "
        "classification cross-entropy is simpler.",
    ),
    papers=(Paper("Prannay Khosla and others", 2020, "Supervised Contrastive Learning"),),
    neighbours=("nt_xent", "info_nce", "triplet_batch_all", "cross_entropy"),
    mistakes=(
        sum_for_mean(),
        _SELF_KEPT,
        _NOT_NORMALISED,
        MistakeInfo(
            id="mean_inside_log",
            says=Text(
                "正例の平均を対数の中で取っている（L_inの形）。",
                "The positives were averaged inside the logarithm (the form L_in).",
            ),
            remedy=Text(
                "正例ごとに対数を取ってから平均する（L_out）。",
                "Take the logarithm for each positive, then the mean (L_out).",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="positives_summed",
            says=Text(
                "正例の数 |P(i)| で割っていない。",
                "Not divided by the number of positives |P(i)|.",
            ),
            remedy=Text(
                "アンカーごとに、正例にわたる平均を取る。",
                "For each anchor take the mean over its positives.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="lone_anchors_counted",
            says=Text(
                "正例のないアンカーも0として平均に数えている。",
                "Anchors without positives were counted in the mean, as 0.",
            ),
            remedy=Text(
                "正例をもつアンカーの数で割る。",
                "Divide by the number of anchors that have positives.",
            ),
            departs_at="mean",
        ),
    ),
)

CIRCLE = LossInfo(
    id="circle",
    name=Text("Circle損失", "Circle loss"),
    aliases=("サークル損失", "Circle Loss"),
    family="embedding",
    tasks=("metric_learning", "face_recognition", "retrieval"),
    syllabus="beyond",
    latex=(
        r"\log\Bigl(1+\sum_n e^{\gamma\alpha_n(s_n-m)}\sum_p e^{-\gamma\alpha_p(s_p-(1-m))}\Bigr)"
    ),
    formula=(
        "log(1 + Σₙ exp(γαₙ(sₙ − m)) · Σₚ exp(−γαₚ(sₚ − (1 − m))))　"
        "（αₙ = max(0, sₙ + m)、αₚ = max(0, 1 + m − sₚ)）"
    ),
    arguments=(_EMBEDDINGS, _LABELS),
    options=(
        Option(
            name="margin",
            default=0.25,
            domain="ℝ（ふつう0から1）",
            says=Text(
                "緩和の度合い。正例は 1 − m、負例は m を目標にする",
                "relaxation: positives aim at 1 − m, negatives at m",
            ),
        ),
        Option(
            name="gamma",
            default=256.0,
            domain="γ > 0",
            says=Text("類似度の尺度", "scale of the similarities"),
        ),
    ),
    denominator=Text(
        "正例と負例の両方をもつアンカーの数",
        "the number of anchors that have both positives and negatives",
    ),
    properties=Properties(
        convex=False,
        differentiable=None,
        bounded=True,
        symmetric=None,
        outlier_robust=True,
        unit="nats",
        minimum=0.0,
        minimum_at=Text(
            "下限は0。正例が 1 − m より似ていて、負例が m より似ていないときに近づく",
            "approached where positives are above 1 − m and negatives below m",
        ),
    ),
    pytorch=None,
    snippet=(
        "z = F.normalize(embeddings, dim=-1)\n"
        "s = z @ z.T\n"
        "same, self_ = labels[:, None] == labels, torch.eye(len(z), dtype=torch.bool)\n"
        "pos, neg = same & ~self_, ~same\n"
        "lp = -gamma * F.relu(1 + margin - s.detach()) * (s - (1 - margin))\n"
        "ln = gamma * F.relu(s.detach() + margin) * (s - margin)\n"
        "lse = lambda x, m: x.masked_fill(~m, float('-inf')).logsumexp(-1)\n"
        "ok = pos.any(-1) & neg.any(-1)\n"
        "F.softplus(lse(ln, neg) + lse(lp, pos))[ok].mean()"
    ),
    use_when=Text(
        "顔認証や人物再同定などの距離学習で、目標から遠い組ほど強く直したいときに使う。正例と負例の類似度それぞれに、"
        "目標からのずれに応じた重みが付く。",
        "Metric learning for faces or re-identification, where the pairs farthest from their aim "
        "should be corrected most: each similarity is weighed by how far off it is.",
    ),
    avoid_when=Text(
        "マージンmと尺度γの選び方に敏感である。値が大きくなりやすく、損失の大きさ自体には意味がない。"
        "重みαは勾配の計算では定数として扱う。",
        "It is sensitive to m and γ, its value is large and means nothing by itself, and the "
        "weights α are constants in the gradient.",
    ),
    papers=(
        Paper(
            "Yifan Sun and others",
            2020,
            "Circle Loss: A Unified Perspective of Pair Similarity Optimization",
        ),
    ),
    neighbours=("triplet_batch_all", "supcon", "contrastive"),
    mistakes=(
        sum_for_mean(),
        _NOT_NORMALISED,
        MistakeInfo(
            id="weights_left_out",
            says=Text(
                "重み αₚ と αₙ を掛けていない。",
                "The weights αₚ and αₙ were left out.",
            ),
            remedy=Text(
                "αₚ = max(0, 1 + m − sₚ)、αₙ = max(0, sₙ + m) を掛ける。",
                "Multiply by αₚ = max(0, 1 + m − sₚ) and αₙ = max(0, sₙ + m).",
            ),
            departs_at="exponents",
        ),
        MistakeInfo(
            id="margin_forgotten",
            says=Text(
                "マージンmを0として計算している。",
                "The margin m was taken as 0.",
            ),
            remedy=Text(
                "mは重みにも、目標（1 − m と m）にも入る。",
                "m enters the weights as well as the aims 1 − m and m.",
            ),
            departs_at="exponents",
        ),
        MistakeInfo(
            id="lone_anchors_counted",
            says=Text(
                "正例または負例のないアンカーも0として平均に数えている。",
                "Anchors that lack positives or negatives were counted in the mean, as 0.",
            ),
            remedy=Text(
                "正例と負例の両方をもつアンカーの数で割る。",
                "Divide by the number of anchors that have both.",
            ),
            departs_at="mean",
        ),
    ),
)

EMBEDDING_BATCH: tuple[LossInfo, ...] = (TRIPLET_BATCH_ALL, INFO_NCE, NT_XENT, SUPCON, CIRCLE)
