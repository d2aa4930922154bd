"""Losses for rectangles given by two corners."""

from __future__ import annotations

from losses.catalog.common import sum_for_mean
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Paper, Properties
from losses.text import Text

_PRED = Argument(
    name="pred",
    space="boxes",
    shape="(N, 4) または (4,)",
    domain="x1 ≤ x2, y1 ≤ y2",
    says=Text(
        "予測した矩形の2つの角 (x1, y1, x2, y2)",
        "two corners (x1, y1, x2, y2) of the predicted box",
    ),
)
_TARGET = Argument(
    name="target",
    space="boxes",
    shape="predと同じ形",
    domain="x1 ≤ x2, y1 ≤ y2",
    says=Text("正解の矩形", "the true box"),
)
_BOXES = Text("矩形の組の数", "the number of pairs of boxes")
_ZHENG = Paper(
    "Zhaohui Zheng and others",
    2020,
    "Distance-IoU Loss: Faster and Better Learning for Bounding Box Regression",
)


def _properties(symmetric: bool | None) -> Properties:
    return Properties(
        convex=False,
        differentiable=False,
        bounded=True,
        symmetric=symmetric,
        outlier_robust=True,
        unit="none",
        minimum=0.0,
        minimum_at=Text("2つの矩形が一致するとき", "where the two boxes coincide"),
    )


def _penalty_forgotten(penalty: str, departs_at: str) -> MistakeInfo:
    return MistakeInfo(
        id="penalty_forgotten",
        says=Text(
            f"{penalty} の項を足さず、1 − IoU で止めている。",
            f"Stopped at 1 − IoU, without adding {penalty}.",
        ),
        remedy=Text(
            f"1 − IoU に {penalty} を足す。この項があるので、重ならない矩形にも勾配が伝わる。",
            f"Add {penalty}; thanks to it boxes that do not overlap receive a gradient as well.",
        ),
        departs_at=departs_at,
    )


def _penalty_subtracted(penalty: str) -> MistakeInfo:
    return MistakeInfo(
        id="penalty_subtracted",
        says=Text(
            f"{penalty} を足さずに引いている。",
            f"{penalty} was subtracted instead of added.",
        ),
        remedy=Text(
            "ずれが大きいほど損失は大きくなるので足す。引くのは、損失ではなく指標（1を超えない類似度）の側である。",
            "The worse the fit the larger the loss, so it is added; it is subtracted in the metric, "
            "not in the loss.",
        ),
        departs_at="terms",
    )


BOX_IOU_LOSS = LossInfo(
    id="box_iou_loss",
    name=Text("矩形のIoU損失", "Box IoU loss"),
    aliases=("IoU損失", "バウンディングボックスのIoU損失", "Box IoU損失"),
    family="box",
    tasks=("object_detection",),
    syllabus="26",
    latex=r"1-\frac{|A\cap B|}{|A\cup B|}",
    formula="1 − |A ∩ B| / |A ∪ B|",
    arguments=(_PRED, _TARGET),
    denominator=_BOXES,
    properties=_properties(symmetric=True),
    pytorch=None,
    snippet=(
        "lt = torch.maximum(pred[:, :2], target[:, :2])\n"
        "rb = torch.minimum(pred[:, 2:], target[:, 2:])\n"
        "inter = (rb - lt).clamp_min(0).prod(1)\n"
        "area = lambda b: (b[:, 2:] - b[:, :2]).prod(1)\n"
        "(1 - inter / (area(pred) + area(target) - inter)).mean()"
    ),
    use_when=Text(
        "物体検出で、矩形の4つの座標を別々にではなく、重なりの割合としてまとめて学習したいときに使う。"
        "物体の大きさによらず同じ尺度で測れる。",
        "Object detection, to learn the four coordinates of a box together as a share of overlap "
        "rather than one by one. The scale is the same for small and large objects.",
    ),
    avoid_when=Text(
        "重ならない矩形どうしでは常に1で、勾配が0になり学習が進まない。その場合はGIoU・DIoU・CIoU損失を使う。"
        "画素単位のマスクにはIoU損失（Jaccard）やDice損失を使う。",
        "Boxes that do not overlap always cost 1 with gradient 0, so nothing is learned: take GIoU, "
        "DIoU or CIoU. For masks of pixels take the soft IoU or Dice loss.",
    ),
    papers=(Paper("Jiahui Yu and others", 2016, "UnitBox: An Advanced Object Detection Network"),),
    neighbours=("soft_iou", "giou_loss", "diou_loss", "smooth_l1"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="metric_returned",
            says=Text(
                "損失ではなく、評価指標であるIoUそのものを答えている。",
                "This is the IoU itself, a metric, and not the loss.",
            ),
            remedy=Text(
                "損失は 1 − IoU。IoUは大きいほど良い。",
                "The loss is 1 − IoU: the larger the IoU the better.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="negative_log",
            says=Text(
                "1 − IoU ではなく −log IoU（UnitBoxの形）を計算している。",
                "Computed −log IoU, the form of UnitBox, instead of 1 − IoU.",
            ),
            remedy=Text(
                "ここではIoUを1から引く。−log IoU は重ならないとき無限大になる。",
                "Here the IoU is subtracted from 1; −log IoU is infinite without overlap.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="union_keeps_overlap",
            says=Text(
                "和集合から重なりを引かず、面積の和で割っている。",
                "Divided by the sum of both areas without taking the overlap off once.",
            ),
            remedy=Text(
                "重なりは両方の面積に含まれるので1回引く：U = A + B − I。",
                "The overlap is in both areas, so subtract it once: U = A + B − I.",
            ),
            departs_at="union",
        ),
        MistakeInfo(
            id="sides_not_clamped",
            says=Text(
                "重なりの辺が負のとき0にしていない（負×負で正の面積になる）。",
                "Negative sides of the overlap were kept; two of them make a positive area.",
            ),
            remedy=Text(
                "縦横それぞれを max(0, ·) にしてから掛ける。離れた矩形の重なりは0である。",
                "Take max(0, ·) of both sides before multiplying; separate boxes overlap by 0.",
            ),
            departs_at="overlap",
        ),
        MistakeInfo(
            id="corner_read_as_size",
            says=Text(
                "(x1, y1, x2, y2) を (x, y, 幅, 高さ) として読んでいる。",
                "(x1, y1, x2, y2) was read as (x, y, width, height).",
            ),
            remedy=Text(
                "後ろの2つは右下の角の座標である。幅は x2 − x1、高さは y2 − y1。",
                "The last two are the other corner: the width is x2 − x1, the height y2 − y1.",
            ),
            departs_at="areas",
        ),
        MistakeInfo(
            id="pixels_counted",
            says=Text(
                "辺の長さを x2 − x1 + 1 と、画素を数えるように求めている。",
                "Sides were taken as x2 − x1 + 1, counting pixels.",
            ),
            remedy=Text(
                "座標は連続量として扱い、幅は x2 − x1 とする（+1 は古いデータセットの慣習である）。",
                "Coordinates are continuous: the width is x2 − x1. The +1 is an old data-set habit.",
            ),
            departs_at="areas",
        ),
    ),
)

GIOU_LOSS = LossInfo(
    id="giou_loss",
    name=Text("GIoU損失", "Generalized IoU loss"),
    abbreviation="GIoU",
    aliases=("Generalized IoU損失", "一般化IoU損失"),
    family="box",
    tasks=("object_detection",),
    syllabus="beyond",
    latex=r"1-\mathrm{IoU}+\frac{|C|-|A\cup B|}{|C|}",
    formula="1 − IoU + (C − U) / C　（U は和集合、C は両方を囲む最小の矩形の面積）",
    arguments=(_PRED, _TARGET),
    denominator=_BOXES,
    properties=_properties(symmetric=True),
    pytorch=None,
    snippet="torchvision.ops.generalized_box_iou_loss(pred, target, reduction='mean')",
    use_when=Text(
        "矩形の回帰で、予測と正解が重ならない場合にも学習を進めたいときに使う。両方を囲む矩形のすき間が減るように勾配が働く。",
        "Box regression in which prediction and target may not overlap: the gradient then shrinks "
        "the vacant part of the box that encloses both.",
    ),
    avoid_when=Text(
        "一方が他方に完全に含まれるとすき間が変わらず、IoU損失と同じになって収束が遅い。その場合はDIoU損失が速い。",
        "Where one box lies inside the other it is no better than the IoU loss and converges "
        "slowly; DIoU is faster there.",
    ),
    papers=(
        Paper(
            "Hamid Rezatofighi and others",
            2019,
            "Generalized Intersection over Union: A Metric and a Loss for Bounding Box Regression",
        ),
    ),
    neighbours=("box_iou_loss", "diou_loss", "ciou_loss"),
    mistakes=(
        sum_for_mean(),
        _penalty_forgotten("(C − U) / C", "terms"),
        _penalty_subtracted("(C − U) / C"),
        MistakeInfo(
            id="divided_by_union",
            says=Text(
                "すき間を、囲む矩形Cではなく和集合Uで割っている。",
                "The vacant part was divided by the union U instead of the enclosing box C.",
            ),
            remedy=Text(
                "(C − U) / C。Cで割るので0から1の間に収まる。",
                "(C − U) / C: divided by C it stays between 0 and 1.",
            ),
            departs_at="vacant",
        ),
        MistakeInfo(
            id="overlap_for_union",
            says=Text(
                "囲む矩形から、和集合ではなく重なりを引いている。",
                "The overlap instead of the union was subtracted from the enclosing box.",
            ),
            remedy=Text(
                "どちらの矩形にも含まれない部分なので、C から U を引く。",
                "What neither box fills is C minus U.",
            ),
            departs_at="vacant",
        ),
    ),
)

DIOU_LOSS = LossInfo(
    id="diou_loss",
    name=Text("DIoU損失", "Distance IoU loss"),
    abbreviation="DIoU",
    aliases=("Distance-IoU損失", "距離IoU損失"),
    family="box",
    tasks=("object_detection",),
    syllabus="beyond",
    latex=r"1-\mathrm{IoU}+\frac{\rho^2}{c^2}",
    formula="1 − IoU + ρ² / c²　（ρ は中心間の距離、c は両方を囲む最小の矩形の対角線）",
    arguments=(_PRED, _TARGET),
    denominator=_BOXES,
    properties=_properties(symmetric=True),
    pytorch=None,
    snippet="torchvision.ops.distance_box_iou_loss(pred, target, reduction='mean')",
    use_when=Text(
        "矩形の回帰で、中心のずれを直接縮めて速く収束させたいときに使う。重ならない場合にも、一方が他方に含まれる場合にも"
        "中心を近づける勾配が働く。",
        "Box regression that should converge fast: the offset of the centres is reduced itself, "
        "also for boxes that do not overlap or lie one inside the other.",
    ),
    avoid_when=Text(
        "中心が一致した後は縦横比の違いを区別しない。縦横比も合わせたいときはCIoU損失を使う。",
        "Once the centres coincide it does not see the proportions; to match these too take CIoU.",
    ),
    papers=(_ZHENG,),
    neighbours=("giou_loss", "ciou_loss", "box_iou_loss"),
    mistakes=(
        sum_for_mean(),
        _penalty_forgotten("ρ² / c²", "terms"),
        _penalty_subtracted("ρ² / c²"),
        MistakeInfo(
            id="not_squared",
            says=Text("二乗せず ρ / c を足している。", "Added ρ / c without the squares."),
            remedy=Text(
                "中心間の距離も対角線も二乗のまま比を取る。",
                "Take the ratio of the squares of both lengths.",
            ),
            departs_at="offset",
        ),
        MistakeInfo(
            id="corner_distance",
            says=Text(
                "中心ではなく、左上の角どうしの距離を使っている。",
                "Used the distance of the first corners instead of the centres.",
            ),
            remedy=Text(
                "中心は ((x1 + x2)/2, (y1 + y2)/2) である。",
                "The centre is ((x1 + x2)/2, (y1 + y2)/2).",
            ),
            departs_at="distance",
        ),
        MistakeInfo(
            id="target_diagonal",
            says=Text(
                "両方を囲む矩形ではなく、正解の矩形の対角線で割っている。",
                "Divided by the diagonal of the target instead of the enclosing box.",
            ),
            remedy=Text(
                "c は予測と正解の両方を囲む最小の矩形の対角線である。",
                "c is the diagonal of the smallest box around both.",
            ),
            departs_at="diagonal",
        ),
    ),
)

CIOU_LOSS = LossInfo(
    id="ciou_loss",
    name=Text("CIoU損失", "Complete IoU loss"),
    abbreviation="CIoU",
    aliases=("Complete IoU損失", "完全IoU損失"),
    family="box",
    tasks=("object_detection",),
    syllabus="beyond",
    latex=(
        r"1-\mathrm{IoU}+\frac{\rho^2}{c^2}+\alpha v,\quad "
        r"v=\frac{4}{\pi^2}\Bigl(\arctan\frac{w_t}{h_t}-\arctan\frac{w}{h}\Bigr)^2,\quad "
        r"\alpha=\frac{v}{1-\mathrm{IoU}+v}"
    ),
    formula=(
        "1 − IoU + ρ² / c² + αv　"
        "（v = (4/π²)(arctan(wₜ/hₜ) − arctan(w/h))²、α = v / (1 − IoU + v)）"
    ),
    arguments=(_PRED, _TARGET),
    denominator=_BOXES,
    properties=_properties(symmetric=True),
    pytorch=None,
    snippet="torchvision.ops.complete_box_iou_loss(pred, target, reduction='mean')",
    use_when=Text(
        "重なり・中心の距離・縦横比の3つをまとめて合わせたい矩形の回帰に使う。YOLO系の検出器でよく使われる。",
        "Box regression that must match overlap, centre and proportions together; common in "
        "detectors of the YOLO family.",
    ),
    avoid_when=Text(
        "縦横比だけを見て幅と高さそのものの差は見ないため、比が同じで大きさの違う矩形には効かない。"
        "重みαは勾配の計算では定数として扱う点にも注意する。",
        "It sees the ratio of width and height and not their size, so it does not help where the "
        "ratio is right and the size wrong. The weight α is a constant in the gradient.",
    ),
    papers=(_ZHENG,),
    neighbours=("diou_loss", "giou_loss", "box_iou_loss"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="aspect_forgotten",
            says=Text(
                "縦横比の項 αv を足し忘れている（DIoU損失になる）。",
                "The aspect term αv was not added, which leaves the DIoU loss.",
            ),
            remedy=Text(
                "CIoU = DIoU + αv。",
                "CIoU = DIoU + αv.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="distance_forgotten",
            says=Text(
                "中心のずれの項 ρ² / c² を足し忘れている。",
                "The offset of the centres, ρ² / c², was not added.",
            ),
            remedy=Text(
                "1 − IoU に ρ² / c² と αv の両方を足す。",
                "Add both ρ² / c² and αv to 1 − IoU.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="weight_one",
            says=Text(
                "重みαを掛けず、v をそのまま足している。",
                "v was added without its weight α.",
            ),
            remedy=Text(
                "α = v / (1 − IoU + v) を掛ける。重なりが小さいうちは縦横比の影響を抑える重みである。",
                "Multiply by α = v / (1 − IoU + v), which keeps the proportions from mattering while "
                "the overlap is still small.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="without_four_over_pi2",
            says=Text(
                "v の係数 4/π² を掛け忘れている。",
                "The factor 4/π² of v was left out.",
            ),
            remedy=Text(
                "arctan は最大 π/2 なので、4/π² を掛けて v を0から1の間に収める。",
                "arctan is at most π/2; the factor 4/π² keeps v between 0 and 1.",
            ),
            departs_at="aspect",
        ),
        MistakeInfo(
            id="weight_from_iou",
            says=Text(
                "αの分母で 1 − IoU の代わりに IoU を使っている。",
                "IoU stood in the denominator of α instead of 1 − IoU.",
            ),
            remedy=Text(
                "α = v / (1 − IoU + v)。よく重なるほどαは1に近づく。",
                "α = v / (1 − IoU + v): the better the overlap, the closer α comes to 1.",
            ),
            departs_at="weight",
        ),
    ),
)

BOX: tuple[LossInfo, ...] = (BOX_IOU_LOSS, GIOU_LOSS, DIOU_LOSS, CIOU_LOSS)
