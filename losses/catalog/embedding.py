"""Losses for distances and similarities between embeddings."""

from __future__ import annotations

from losses.catalog.common import sum_for_mean
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
    snippet="F.triplet_margin_loss(anchor, positive, negative, margin=1.0)",
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
    neighbours=("contrastive",),
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

EMBEDDING: tuple[LossInfo, ...] = (TRIPLET_MARGIN,)
