"""Losses for distances and similarities between embeddings."""

from __future__ import annotations

from losses.catalog.common import sum_for_mean
from losses.catalog.embedding_batch import EMBEDDING_BATCH
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text


def _margin(default: float, domain: str, ja: str, en: str) -> Option:
    return Option(name="margin", default=default, domain=domain, says=Text(ja, en))


TRIPLET_MARGIN = LossInfo(
    id="triplet_margin",
    name=Text("Triplet損失", "Triplet margin loss"),
    aliases=("トリプレット損失", "Triplet Loss", "Triplet Margin Loss", "三つ組損失"),
    misnomers={"トリプレットマージンロス": "Triplet損失"},
    family="embedding",
    tasks=("metric_learning", "face_recognition", "retrieval"),
    syllabus="13e",
    latex=r"\max\bigl(0,\ d(a,p)-d(a,n)+m\bigr)",
    formula="max(0, d(a, p) − d(a, n) + m)　（d はユークリッド距離、squaredなら d²）",
    arguments=(
        Argument(
            name="anchor",
            space="embeddings",
            shape="(N, D) または (D,)",
            domain="ℝ",
            says=Text("基準となるデータ（アンカー）の埋め込み", "embedding of the anchor"),
        ),
        Argument(
            name="positive",
            space="embeddings",
            shape="anchorと同じ形",
            domain="ℝ",
            says=Text(
                "アンカーと同じクラスのデータの埋め込み",
                "embedding of an example of the anchor's class",
            ),
        ),
        Argument(
            name="negative",
            space="embeddings",
            shape="anchorと同じ形",
            domain="ℝ",
            says=Text(
                "アンカーと異なるクラスのデータの埋め込み",
                "embedding of an example of another class",
            ),
        ),
    ),
    options=(
        _margin(
            1.0,
            "m > 0",
            "負例を正例よりどれだけ遠くへ離すか",
            "by how much farther the negative must be than the positive",
        ),
        Option(
            name="squared",
            default=False,
            domain="True / False",
            says=Text(
                "距離の代わりに二乗距離を使うか（FaceNetの形）",
                "use squared distances, as FaceNet does",
            ),
        ),
    ),
    denominator=Text(
        "三つ組の数N（損失が0の三つ組も数える）",
        "the number of triplets N, those whose loss is zero included",
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
            "すべての三つ組で d(a, n) ≥ d(a, p) + m のとき",
            "where d(a, n) ≥ d(a, p) + m in every triplet",
        ),
    ),
    pytorch="torch.nn.TripletMarginLoss",
    snippet="F.triplet_margin_loss(anchor, positive, negative, margin=margin, eps=0.0)",
    use_when=Text(
        "顔認証や画像検索のように、クラスの数が多い、または学習後に増える課題で、似たものどうしが近くなる埋め込みを学ぶときに使う。"
        "アンカー・正例・負例の3つを一組にして、距離の絶対値ではなく大小関係を学習する。",
        "Learning embeddings in which like lies near like, when classes are many or appear after "
        "training, as in face recognition or image retrieval. It compares an anchor, a positive "
        "and a negative, so it learns the order of distances rather than their absolute size.",
    ),
    avoid_when=Text(
        "学習が進むと損失0の三つ組がほとんどになり、無作為に選ぶだけでは勾配が得られなくなる。難しい負例を選ぶ仕組み"
        "（セミハードマイニングなど）を用意できないときや、クラスが固定の分類で足りるときは向かない。",
        "As training proceeds most triplets cost nothing and random ones give no gradient. Avoid it "
        "when hard negatives cannot be mined, or when the classes are fixed and plain "
        "classification would do.",
    ),
    papers=(
        Paper(
            "Kilian Q. Weinberger, Lawrence K. Saul",
            2009,
            "Distance Metric Learning for Large Margin Nearest Neighbor Classification",
        ),
        Paper(
            "Florian Schroff, Dmitry Kalenichenko, James Philbin",
            2015,
            "FaceNet: A Unified Embedding for Face Recognition and Clustering",
        ),
    ),
    neighbours=("contrastive", "triplet_batch_all", "margin_ranking"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="positive_negative_swapped",
            says=Text(
                "正例と負例を取り違え、d(a, n) − d(a, p) としている。",
                "Positive and negative were exchanged: d(a, n) − d(a, p).",
            ),
            remedy=Text(
                "小さくしたいのは正例との距離である。d(a, p) を足し、d(a, n) を引く。",
                "The distance to the positive must shrink: add d(a, p) and subtract d(a, n).",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="margin_forgotten",
            says=Text(
                "マージン m を足し忘れている。",
                "The margin m was not added.",
            ),
            remedy=Text(
                "max(0, d(a, p) − d(a, n) + m) とする。mがないと、全部の埋め込みが1点に集まっても損失が0になる。",
                "Use max(0, d(a, p) − d(a, n) + m); without m the loss is zero even when all "
                "embeddings collapse to one point.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="not_clamped",
            says=Text(
                "負の値を0に切り上げず、そのまま足している。",
                "Negative values were kept instead of being replaced by 0.",
            ),
            remedy=Text(
                "十分に離れた三つ組の損失は0である。max(0, ·) を三つ組ごとに取ってから平均する。",
                "A triplet that is far enough apart costs 0: take max(0, ·) of each triplet first, "
                "then the mean.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="mean_of_nonzero",
            says=Text(
                "損失が0でない三つ組の数だけで割っている。",
                "Divided by the number of triplets with a non-zero loss only.",
            ),
            remedy=Text(
                "PyTorchの平均は、損失が0の三つ組も数えてNで割る。",
                "PyTorch's mean divides by N, triplets at zero included.",
            ),
            departs_at="mean",
        ),
        MistakeInfo(
            id="other_power_of_distance",
            says=Text(
                "距離と二乗距離を取り違えている。",
                "Distance and squared distance were confused.",
            ),
            remedy=Text(
                "PyTorchの既定は距離そのもの（平方根を取る）。二乗距離を使うのはFaceNetの形である。",
                "PyTorch uses the distance itself, with the square root; FaceNet uses its square.",
            ),
            departs_at="positive_distances",
        ),
        MistakeInfo(
            id="manhattan_distance",
            says=Text(
                "ユークリッド距離ではなく、差の絶対値の和（マンハッタン距離）を使っている。",
                "Used the sum of absolute differences (Manhattan) instead of the Euclidean distance.",
            ),
            remedy=Text(
                "差を二乗して足し、平方根を取る。",
                "Square the differences, add them, and take the root.",
            ),
            departs_at="positive_distances",
        ),
    ),
)

_PAIRS = Text("組の数", "the number of pairs")
_DISTANCES = Argument(
    name="distances",
    space="distances",
    shape="(*)",
    domain="d ≥ 0",
    says=Text("組をなす2つの埋め込みの距離", "distance between the two embeddings of a pair"),
)

CONTRASTIVE = LossInfo(
    id="contrastive",
    name=Text("Contrastive Loss（対照損失）", "Contrastive loss"),
    aliases=("Contrastive Loss", "対照損失", "コントラスティブ損失", "コントラスティブロス"),
    misnomers={"コントラスト損失": "Contrastive Loss（対照損失）"},
    family="embedding",
    tasks=("metric_learning", "face_recognition", "verification"),
    syllabus="13e",
    latex=r"y\,d^2+(1-y)\,\max(0,\ m-d)^2",
    formula="y·d² + (1 − y)·max(0, m − d)²　（y = 1 は似た組、halvedなら全体に½）",
    arguments=(
        _DISTANCES,
        Argument(
            name="same",
            space="labels01",
            shape="distancesと同じ形",
            domain="{0, 1}",
            says=Text(
                "同じクラスの組なら1、異なるクラスの組なら0",
                "1 for a pair of one class, 0 for a pair of two classes",
            ),
        ),
    ),
    options=(
        _margin(
            1.0,
            "m > 0",
            "異なるクラスの組をどこまで離すか",
            "up to what distance an unlike pair is pushed apart",
        ),
        Option(
            name="halved",
            default=False,
            domain="True / False",
            says=Text("論文のように½を掛けるか", "multiply by ½ as the paper does"),
        ),
    ),
    denominator=_PAIRS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=None,
        outlier_robust=False,
        unit="unit²",
        minimum=0.0,
        minimum_at=Text(
            "似た組の距離が0、異なる組の距離がm以上のとき",
            "where like pairs have distance 0 and unlike pairs at least m",
        ),
    ),
    pytorch=None,
    snippet=(
        "near, far = distances**2, F.relu(margin - distances) ** 2\n"
        "torch.where(same == 1, near, far).mean()"
    ),
    use_when=Text(
        "2つのデータが同じものかどうかだけが分かっているとき、重みを共有する2つのネットワーク（Siamese Network）で埋め込みを学ぶのに使う。"
        "似た組は引き寄せ、異なる組はマージンより近いときだけ引き離す。",
        "Learning embeddings with a Siamese network, two branches that share their weights, when all "
        "that is known is whether two examples are alike. Like pairs are pulled together; unlike "
        "pairs are pushed apart only while they are closer than the margin.",
    ),
    avoid_when=Text(
        "似た組の距離を0まで縮めようとするため、クラス内に広がりがあるデータでは厳しすぎる。相対的な近さで足りるならTriplet損失、"
        "1つの正例を多数の負例と比べるならInfoNCEが向く。",
        "It drives like pairs to distance 0, too strict where a class is spread out. If relative "
        "closeness is enough take the triplet loss; to compare one positive with many negatives "
        "take InfoNCE.",
    ),
    papers=(
        Paper(
            "Sumit Chopra, Raia Hadsell, Yann LeCun",
            2005,
            "Learning a Similarity Metric Discriminatively, with Application to Face Verification",
        ),
        Paper(
            "Raia Hadsell, Sumit Chopra, Yann LeCun",
            2006,
            "Dimensionality Reduction by Learning an Invariant Mapping",
        ),
    ),
    neighbours=("triplet_margin", "hinge_embedding", "info_nce", "cosine_embedding"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="other_half",
            says=Text(
                "½の扱いが問題の式と違う（付けるべきでないのに付けた、または付け忘れた）。",
                "The ½ does not follow the given formula: put in or left out against it.",
            ),
            remedy=Text(
                "論文の式は½を付け、実装の多くは付けない。問題の式をよく見る。",
                "The paper has the ½, many implementations do not: look at the formula given.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="labels_flipped",
            says=Text(
                "ラベルの意味を逆にしている（似た組を離し、異なる組を近づけている）。",
                "The labels were read the wrong way round: like pairs pushed, unlike pairs pulled.",
            ),
            remedy=Text(
                "ここでは y = 1 が似た組である。論文では逆に Y = 1 が異なる組を表す。",
                "Here y = 1 is a like pair; in the paper Y = 1 is an unlike one.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="margin_on_square",
            says=Text(
                "マージンから距離ではなく二乗距離を引いている：max(0, m − d²)。",
                "The squared distance was subtracted from the margin: max(0, m − d²).",
            ),
            remedy=Text(
                "m − d を先に求め、負なら0にしてから二乗する。",
                "Take m − d first, replace a negative value by 0, then square.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="not_squared",
            says=Text(
                "d と max(0, m − d) を二乗していない。",
                "d and max(0, m − d) were not squared.",
            ),
            remedy=Text(
                "どちらの項も二乗する。二乗しない形はHinge Embedding損失である。",
                "Square both; without squares it is the hinge embedding loss.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="not_clamped",
            says=Text(
                "マージンより離れた異なる組にも (m − d)² を課している。",
                "Unlike pairs farther apart than the margin were still charged (m − d)².",
            ),
            remedy=Text(
                "d ≥ m なら損失は0である。max(0, m − d) を二乗する。",
                "Where d ≥ m the loss is 0: square max(0, m − d).",
            ),
            departs_at="terms",
        ),
    ),
)

_SIGN = Argument(
    name="target",
    space="labels_pm1",
    shape="distancesと同じ形",
    domain="{−1, 1}",
    says=Text("似た組なら1、異なる組なら−1", "1 for a like pair, −1 for an unlike one"),
)

HINGE_EMBEDDING = LossInfo(
    id="hinge_embedding",
    name=Text("ヒンジ埋め込み損失", "Hinge embedding loss"),
    aliases=("HingeEmbeddingLoss", "ヒンジ埋込み損失", "Hinge Embedding損失"),
    misnomers={
        "ハング嵌入損失": "ヒンジ埋め込み損失",
        "ハング Embedding": "ヒンジ埋め込み損失",
    },
    family="embedding",
    tasks=("metric_learning", "verification"),
    syllabus="beyond",
    latex=r"\begin{cases}d & y=1\\ \max(0,\ m-d) & y=-1\end{cases}",
    formula="y = 1 なら d、y = −1 なら max(0, m − d)",
    arguments=(_DISTANCES, _SIGN),
    options=(
        _margin(
            1.0,
            "ℝ",
            "異なる組をどこまで離すか",
            "up to what distance an unlike pair is pushed apart",
        ),
    ),
    denominator=_PAIRS,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=None,
        outlier_robust=True,
        unit="unit",
        minimum=0.0,
        minimum_at=Text(
            "似た組の距離が0、異なる組の距離がm以上のとき",
            "where like pairs have distance 0 and unlike pairs at least m",
        ),
    ),
    pytorch="torch.nn.HingeEmbeddingLoss",
    snippet="F.hinge_embedding_loss(distances, target, margin=margin)",
    use_when=Text(
        "2つの埋め込みの距離（たとえばL1距離）が既に求まっていて、似ているかどうかのラベル ±1 があるときに使う。"
        "Contrastive Lossと違い二乗しないので、大きな距離に引きずられにくい。",
        "When the distance of two embeddings (an L1 distance, say) is at hand together with a label "
        "±1. Unlike the contrastive loss nothing is squared, so a large distance weighs less.",
    ),
    avoid_when=Text(
        "入力は距離であって、分類器のスコアではない。SVMのような分類にはヒンジ損失を使う。"
        "滑らかな勾配が必要なときはContrastive Lossが向く。",
        "The input is a distance, not the score of a classifier: for classification as in an SVM "
        "take the hinge loss. Where a smooth gradient matters take the contrastive loss.",
    ),
    papers=(),
    neighbours=("hinge", "contrastive", "cosine_embedding"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="labels_flipped",
            says=Text(
                "y = 1 を異なる組として計算している。",
                "y = 1 was taken as an unlike pair.",
            ),
            remedy=Text(
                "y = 1（似た組）は距離そのもの、y = −1（異なる組）は max(0, m − d)。",
                "y = 1 (alike) costs the distance itself, y = −1 (unlike) costs max(0, m − d).",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="not_clamped",
            says=Text(
                "異なる組で m − d が負のとき、0にしていない。",
                "A negative m − d of an unlike pair was not replaced by 0.",
            ),
            remedy=Text(
                "マージンより離れた組の損失は0：max(0, m − d)。",
                "A pair farther apart than the margin costs 0: max(0, m − d).",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="squared",
            says=Text(
                "二乗してContrastive Lossを計算している。",
                "The terms were squared, which is the contrastive loss.",
            ),
            remedy=Text(
                "ヒンジ埋め込み損失では二乗しない。",
                "The hinge embedding loss has no squares.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="hinge_instead",
            says=Text(
                "分類のヒンジ損失 max(0, m − y·d) を計算している。",
                "This is the hinge loss of a classifier, max(0, m − y·d).",
            ),
            remedy=Text(
                "入力は距離である。y = 1 の組では距離 d がそのまま損失になる。",
                "The input is a distance: a pair with y = 1 costs d itself.",
            ),
            departs_at="terms",
        ),
    ),
)

MARGIN_RANKING = LossInfo(
    id="margin_ranking",
    name=Text("マージンランキング損失", "Margin ranking loss"),
    aliases=("MarginRankingLoss", "Margin Ranking損失"),
    misnomers={"境界排名损失": "マージンランキング損失", "順序損失": "マージンランキング損失"},
    family="embedding",
    tasks=("ranking", "metric_learning"),
    syllabus="beyond",
    latex=r"\max\bigl(0,\ -y\,(s_1-s_2)+m\bigr)",
    formula="max(0, −y(s₁ − s₂) + m)",
    arguments=(
        Argument(
            name="scores1",
            space="scores",
            shape="(*)",
            domain="ℝ",
            says=Text("1つ目のスコア", "the first score"),
        ),
        Argument(
            name="scores2",
            space="scores",
            shape="scores1と同じ形",
            domain="ℝ",
            says=Text("2つ目のスコア", "the second score"),
        ),
        Argument(
            name="target",
            space="labels_pm1",
            shape="scores1と同じ形",
            domain="{−1, 1}",
            says=Text(
                "1つ目を上位にしたいなら1、2つ目を上位にしたいなら−1",
                "1 if the first should rank higher, −1 if the second should",
            ),
        ),
    ),
    options=(_margin(0.0, "m ≥ 0", "求めるスコアの差", "the gap in score that is asked for"),),
    denominator=_PAIRS,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=False,
        outlier_robust=True,
        unit="unit",
        minimum=0.0,
        minimum_at=Text(
            "すべての組で正しい順にm以上の差があるとき",
            "where every pair is in the right order with a gap of at least m",
        ),
    ),
    pytorch="torch.nn.MarginRankingLoss",
    snippet="F.margin_ranking_loss(scores1, scores2, target, margin=margin)",
    use_when=Text(
        "「AはBより上位」という組の順序だけが与えられ、スコアの値そのものには意味がないときに使う。検索や推薦の順序、"
        "距離の大小関係の学習に用いる。",
        "When only the order of pairs is known (A above B) and the value of a score means nothing: "
        "search, recommendation, or learning which of two distances is larger.",
    ),
    avoid_when=Text(
        "リスト全体の並びの良さ（NDCGなど）が目的なら、リストワイズ損失やLambdaRankが向く。"
        "マージン0では全部のスコアを同じにしても損失が0になることに注意する。",
        "If the quality of a whole list (NDCG) is the aim, take a listwise loss or LambdaRank. With "
        "margin 0, equal scores everywhere already cost nothing.",
    ),
    papers=(
        Paper(
            "Ralf Herbrich, Thore Graepel, Klaus Obermayer",
            1999,
            "Support Vector Learning for Ordinal Regression",
        ),
        Paper(
            "Thorsten Joachims",
            2002,
            "Optimizing Search Engines Using Clickthrough Data",
        ),
    ),
    neighbours=("pairwise_hinge", "pairwise_logistic", "triplet_margin", "hinge"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="sign_flipped",
            says=Text(
                "符号を逆にし、y(s₁ − s₂) + m としている。",
                "The sign was flipped: y(s₁ − s₂) + m.",
            ),
            remedy=Text(
                "正しい順に並んだ組の損失を小さくするため、−y(s₁ − s₂) とマイナスを付ける。",
                "Write −y(s₁ − s₂): a pair in the right order must cost less.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="margin_forgotten",
            says=Text("マージン m を足し忘れている。", "The margin m was not added."),
            remedy=Text(
                "max(0, −y(s₁ − s₂) + m) と、max の中でmを足す。",
                "Add m inside the max: max(0, −y(s₁ − s₂) + m).",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="margin_subtracted",
            says=Text("マージン m を引いている。", "The margin m was subtracted."),
            remedy=Text(
                "マージンは条件を厳しくするものなので足す。",
                "The margin makes the demand stricter, so it is added.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="not_clamped",
            says=Text(
                "負の値を0にせず、そのまま足している。",
                "Negative values were kept instead of being replaced by 0.",
            ),
            remedy=Text(
                "組ごとに max(0, ·) を取ってから平均する。",
                "Take max(0, ·) of each pair first, then the mean.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="zero_one_labels",
            says=Text(
                "ラベルを−1ではなく0として計算している（その組はスコアによらずmになる）。",
                "0 was used for the label −1, so those pairs cost m whatever their scores.",
            ),
            remedy=Text(
                "ラベルは ±1 にする。0/1なら 2y − 1 で変換する。",
                "Labels must be ±1; convert 0/1 by 2y − 1.",
            ),
            departs_at="terms",
        ),
    ),
)

COSINE_EMBEDDING = LossInfo(
    id="cosine_embedding",
    name=Text("コサイン埋め込み損失", "Cosine embedding loss"),
    aliases=("CosineEmbeddingLoss", "Cosine Embedding損失"),
    misnomers={"コサイン埋め込みロス": "コサイン埋め込み損失"},
    family="embedding",
    tasks=("metric_learning", "text_similarity"),
    syllabus="beyond",
    latex=r"\begin{cases}1-\cos(x_1,x_2) & y=1\\ \max\bigl(0,\ \cos(x_1,x_2)-m\bigr) & y=-1\end{cases}",
    formula="y = 1 なら 1 − cos(x₁, x₂)、y = −1 なら max(0, cos(x₁, x₂) − m)",
    arguments=(
        Argument(
            name="x1",
            space="embeddings",
            shape="(N, D) または (D,)",
            domain="ℝ",
            says=Text("1つ目の埋め込み", "the first embeddings"),
        ),
        Argument(
            name="x2",
            space="embeddings",
            shape="x1と同じ形",
            domain="ℝ",
            says=Text("2つ目の埋め込み", "the second embeddings"),
        ),
        Argument(
            name="target",
            space="labels_pm1",
            shape="(N,) または ()",
            domain="{−1, 1}",
            says=Text("似た組なら1、異なる組なら−1", "1 for a like pair, −1 for an unlike one"),
        ),
    ),
    options=(
        _margin(
            0.0,
            "−1 ≤ m ≤ 1",
            "異なる組に許すコサイン類似度の上限",
            "the cosine up to which an unlike pair costs nothing",
        ),
    ),
    denominator=_PAIRS,
    properties=Properties(
        convex=False,
        differentiable=False,
        bounded=True,
        symmetric=None,
        outlier_robust=True,
        unit="none",
        minimum=0.0,
        minimum_at=Text(
            "似た組は同じ向き、異なる組はコサインがm以下のとき",
            "where like pairs point the same way and unlike pairs have a cosine of at most m",
        ),
    ),
    pytorch="torch.nn.CosineEmbeddingLoss",
    snippet="F.cosine_embedding_loss(x1, x2, target, margin=margin)",
    use_when=Text(
        "ベクトルの長さではなく向きで似ているかを測りたいときに使う。文の埋め込みのように、長さが文長や出現頻度に左右されるデータに向く。",
        "When likeness lies in the direction of a vector and not in its length, as with sentence "
        "embeddings, whose length depends on how long or how frequent the text is.",
    ),
    avoid_when=Text(
        "ベクトルの長さにも意味があるときは使わない。1つの正例を多数の負例と同時に比べられるなら、InfoNCEの方が効率よく学習できる。",
        "Not where the length carries meaning. If one positive can be compared with many negatives "
        "at once, InfoNCE learns more from each batch.",
    ),
    papers=(),
    neighbours=("contrastive", "hinge_embedding", "info_nce"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="margin_forgotten",
            says=Text(
                "異なる組でマージン m を引いていない：max(0, cos)。",
                "The margin m of unlike pairs was not subtracted: max(0, cos).",
            ),
            remedy=Text(
                "異なる組は max(0, cos − m)。コサインがm以下なら損失は0になる。",
                "An unlike pair costs max(0, cos − m), nothing while its cosine is at most m.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="labels_flipped",
            says=Text(
                "y = 1 を異なる組として計算している。",
                "y = 1 was taken as an unlike pair.",
            ),
            remedy=Text(
                "y = 1（似た組）は 1 − cos、y = −1（異なる組）は max(0, cos − m)。",
                "y = 1 (alike) costs 1 − cos, y = −1 (unlike) costs max(0, cos − m).",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="not_normalised",
            says=Text(
                "内積を長さで割らず、そのままコサインとして使っている。",
                "The inner product was used as the cosine without dividing by the lengths.",
            ),
            remedy=Text(
                "cos = x₁·x₂ / (‖x₁‖‖x₂‖)。長さが1のベクトルどうしでなければ割る必要がある。",
                "cos = x₁·x₂ / (‖x₁‖‖x₂‖); only unit vectors may skip the division.",
            ),
            departs_at="cosines",
        ),
        MistakeInfo(
            id="lengths_not_rooted",
            says=Text(
                "長さの平方根を取らず、x₁·x₂ / (‖x₁‖²‖x₂‖²) としている。",
                "The lengths were left squared: x₁·x₂ / (‖x₁‖²‖x₂‖²).",
            ),
            remedy=Text(
                "長さは成分の二乗和の平方根である。",
                "A length is the root of the sum of squares.",
            ),
            departs_at="lengths",
        ),
        MistakeInfo(
            id="zero_label",
            says=Text(
                "異なる組のラベルを0としている（PyTorchは警告なしにその組を0と数える）。",
                "Unlike pairs were labelled 0, which PyTorch scores as 0 without a warning.",
            ),
            remedy=Text(
                "ラベルは ±1 にする。0/1なら 2y − 1 で変換する。",
                "Labels must be ±1; convert 0/1 by 2y − 1.",
            ),
            departs_at="terms",
        ),
    ),
)

EMBEDDING: tuple[LossInfo, ...] = (
    TRIPLET_MARGIN,
    CONTRASTIVE,
    HINGE_EMBEDDING,
    MARGIN_RANKING,
    COSINE_EMBEDDING,
    *EMBEDDING_BATCH,
)
