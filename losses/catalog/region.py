"""Losses for regions of an image, given as masks."""

from __future__ import annotations

from losses.catalog.common import sum_for_mean
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

_PRED = Argument(
    name="pred",
    space="mask",
    shape="(…, H, W) または (P,)",
    domain="[0, 1]",
    says=Text(
        "予測マスク。画素ごとの確率で、sigmoidを通した後の値",
        "predicted mask: one probability per pixel, after the sigmoid",
    ),
)
_TARGET = Argument(
    name="target",
    space="mask",
    shape="predと同じ形",
    domain="[0, 1]",
    says=Text("正解マスク（ふつうは0か1）", "true mask, usually 0 or 1"),
)
_SMOOTH = Option(
    name="smooth",
    default=0.0,
    domain="s ≥ 0",
    says=Text(
        "分子と分母に足して比を滑らかにする定数",
        "constant added above and below to smooth the ratio",
    ),
)
_MASKS = Text(
    "マスクの枚数（最後の2次元が1枚）",
    "the number of masks; the last two dimensions are one mask",
)


def _properties(symmetric: bool | None) -> Properties:
    return Properties(
        convex=False,
        differentiable=None,
        bounded=True,
        symmetric=symmetric,
        outlier_robust=True,
        unit="none",
        minimum=0.0,
        minimum_at=Text(
            "0と1だけの予測が正解マスクと一致するとき",
            "where a prediction of only 0 and 1 equals the target mask",
        ),
    )


def _metric_returned(ja: str, en: str) -> MistakeInfo:
    return MistakeInfo(
        id="metric_returned",
        says=Text(
            f"損失ではなく、評価指標である{ja}そのものを答えている。",
            f"This is the {en} itself, a metric, and not the loss.",
        ),
        remedy=Text(
            f"損失は 1 − {ja}。{ja}は大きいほど良いので、そのまま最小化すると予測が悪くなる。",
            f"The loss is 1 − {en}: the larger the {en} the better, so minimising it makes the "
            "prediction worse.",
        ),
        departs_at="terms",
    )


_SIGMOID_APPLIED = MistakeInfo(
    id="sigmoid_applied",
    says=Text(
        "既に確率であるマスクに、もう一度sigmoidを掛けている。",
        "A sigmoid was applied to a mask that already holds probabilities.",
    ),
    remedy=Text(
        "sigmoidはロジットに一度だけ使う。確率0と1に掛けると0.5と0.73になる。",
        "Use the sigmoid once, on logits; it turns the probabilities 0 and 1 into 0.5 and 0.73.",
    ),
    departs_at="overlap",
)

SOFT_IOU = LossInfo(
    id="soft_iou",
    name=Text("IoU損失（Jaccard損失）", "Soft IoU loss (Jaccard loss)"),
    aliases=("IoU損失", "Jaccard損失", "ソフトIoU損失", "ジャカード損失", "Jaccard loss"),
    family="region",
    tasks=("segmentation",),
    syllabus="26",
    latex=r"1-\frac{\sum_k p_kt_k}{\sum_k p_k+\sum_k t_k-\sum_k p_kt_k}",
    formula="1 − Σpt / (Σp + Σt − Σpt)",
    arguments=(_PRED, _TARGET),
    options=(_SMOOTH,),
    denominator=_MASKS,
    properties=_properties(symmetric=True),
    pytorch=None,
    snippet=(
        "i = (pred * target).sum((-2, -1))\n"
        "u = pred.sum((-2, -1)) + target.sum((-2, -1)) - i\n"
        "(1 - i / u).mean()"
    ),
    use_when=Text(
        "セグメンテーションで、評価指標のIoUに近い量を直接最適化したいときに使う。画素数ではなく重なりの割合で測るので、"
        "小さな領域も大きな領域も同じ重みになる。",
        "Segmentation, when something close to the metric IoU is to be optimised itself. It "
        "measures the share of overlap and not pixels, so small regions weigh as much as large.",
    ),
    avoid_when=Text(
        "画素ごとの確率を正しく較正したいときは交差エントロピーが向く。矩形（バウンディングボックス）の回帰には"
        "box IoU損失やGIoU損失を使う。曖昧な予測どうしでは値が0にならない（全画素0.5どうしで0.667）。",
        "For calibrated probabilities of each pixel take cross-entropy; for rectangles take the box "
        "IoU or GIoU loss. Two equal but soft masks do not cost 0 (all pixels ½: 0.667).",
    ),
    papers=(
        Paper(
            "Md Atiqur Rahman, Yang Wang",
            2016,
            "Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation",
        ),
    ),
    neighbours=("soft_dice", "soft_tversky", "box_iou_loss"),
    mistakes=(
        sum_for_mean(),
        _metric_returned("IoU", "IoU"),
        MistakeInfo(
            id="union_keeps_overlap",
            says=Text(
                "和集合から重なりを引かず、Σp + Σt で割っている。",
                "Divided by Σp + Σt without taking the overlap off once.",
            ),
            remedy=Text(
                "重なりは両方に含まれるので1回引く：Σp + Σt − Σpt。",
                "The overlap is in both, so subtract it once: Σp + Σt − Σpt.",
            ),
            departs_at="union",
        ),
        MistakeInfo(
            id="dice_instead",
            says=Text("Dice損失を計算している。", "This is the Dice loss."),
            remedy=Text(
                "IoUは 重なり / 和集合、Diceは 2·重なり / (大きさの和)。Dice = 2·IoU / (1 + IoU)。",
                "IoU is overlap over union, Dice twice the overlap over the sum of sizes: "
                "Dice = 2·IoU / (1 + IoU).",
            ),
            departs_at="union",
        ),
        MistakeInfo(
            id="smoothed_by_one",
            says=Text(
                "指定がないのに、分子と分母に1を足している。",
                "1 was added above and below though nothing asked for it.",
            ),
            remedy=Text(
                "足す定数は問題が指定する。小さなマスクでは1を足すだけで値が大きく変わる。",
                "Add only the constant that is given; on a small mask 1 changes the value a lot.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="negative_log",
            says=Text(
                "1 − IoU ではなく −log IoU を計算している。",
                "Computed −log IoU instead of 1 − IoU.",
            ),
            remedy=Text(
                "−log IoU はUnitBoxの形である。ここでは1から引く。",
                "−log IoU is the form of UnitBox; here the IoU is subtracted from 1.",
            ),
            departs_at="terms",
        ),
        _SIGMOID_APPLIED,
    ),
)

SOFT_DICE = LossInfo(
    id="soft_dice",
    name=Text("Dice損失", "Soft Dice loss"),
    aliases=("ダイス損失", "Dice loss", "ソフトDice損失"),
    family="region",
    tasks=("segmentation", "medical_imaging"),
    syllabus="26",
    latex=r"1-\frac{2\sum_k p_kt_k}{\sum_k p_k+\sum_k t_k}",
    formula="1 − 2Σpt / (Σp + Σt)　（squaredなら分母は Σp² + Σt²）",
    arguments=(_PRED, _TARGET),
    options=(
        Option(
            name="squared",
            default=False,
            domain="True / False",
            says=Text(
                "分母で画素値を二乗するか（V-Netの形）",
                "square the pixels in the denominator, as V-Net does",
            ),
        ),
        _SMOOTH,
    ),
    denominator=_MASKS,
    properties=_properties(symmetric=True),
    pytorch=None,
    snippet=(
        "i = (pred * target).sum((-2, -1))\n"
        "s = pred.sum((-2, -1)) + target.sum((-2, -1))\n"
        "(1 - 2 * i / s).mean()"
    ),
    use_when=Text(
        "医用画像のように、対象領域が画像のごく一部しか占めないセグメンテーションに使う。背景の画素がいくら多くても"
        "損失に入らないので、クラスの不均衡に強い。",
        "Segmentation where the object fills only a small part of the image, as in medical images. "
        "However many background pixels there are, they do not enter, so imbalance does little harm.",
    ),
    avoid_when=Text(
        "正解が空の画像では勾配が得にくく、学習が不安定になることがあるため、交差エントロピーと足して使うことが多い。"
        "偽陽性と偽陰性の重みを変えたいときはTversky損失を使う。",
        "On images without the object it gives little guidance and training can be unstable, so it "
        "is often added to cross-entropy. To weigh false alarms and misses apart take Tversky.",
    ),
    papers=(
        Paper(
            "Fausto Milletari, Nassir Navab, Seyed-Ahmad Ahmadi",
            2016,
            "V-Net: Fully Convolutional Neural Networks for Volumetric Medical Image Segmentation",
        ),
        Paper(
            "Carole H. Sudre and others",
            2017,
            "Generalised Dice Overlap as a Deep Learning Loss Function for Highly Unbalanced "
            "Segmentations",
        ),
    ),
    neighbours=("soft_iou", "soft_tversky", "binary_focal"),
    mistakes=(
        sum_for_mean(),
        _metric_returned("Dice係数", "Dice coefficient"),
        MistakeInfo(
            id="factor_two_missing",
            says=Text(
                "分子の2を掛け忘れている。",
                "The 2 in the numerator was left out.",
            ),
            remedy=Text(
                "分母は2枚のマスクの大きさの和なので、重なりも2倍する。完全に一致すればDice係数は1になる。",
                "The denominator counts both masks, so the overlap counts twice: a perfect match has "
                "a Dice coefficient of 1.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="iou_instead",
            says=Text("IoU損失を計算している。", "This is the IoU loss."),
            remedy=Text(
                "Diceの分母は和集合ではなく、2枚の大きさの和である。",
                "The denominator of Dice is the sum of both sizes, not the union.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="other_denominator",
            says=Text(
                "分母で画素値を二乗するかどうかが問題の式と違う。",
                "Whether the pixels are squared in the denominator does not follow the formula.",
            ),
            remedy=Text(
                "0と1だけのマスクでは同じ値だが、確率のマスクでは変わる。式をよく見る。",
                "It makes no difference on hard masks but does on soft ones: look at the formula.",
            ),
            departs_at="sizes",
        ),
        _SIGMOID_APPLIED,
    ),
)

SOFT_TVERSKY = LossInfo(
    id="soft_tversky",
    name=Text("Tversky損失", "Soft Tversky loss"),
    aliases=("トベルスキー損失", "ツベルスキー損失", "Tversky loss"),
    family="region",
    tasks=("segmentation", "medical_imaging"),
    syllabus="beyond",
    latex=r"1-\frac{TP}{TP+\alpha FP+\beta FN}",
    formula="1 − TP / (TP + α·FP + β·FN)　（TP = Σpt, FP = Σp(1 − t), FN = Σ(1 − p)t）",
    arguments=(_PRED, _TARGET),
    options=(
        Option(
            name="alpha",
            default=0.5,
            domain="α ≥ 0",
            says=Text("偽陽性（誤検出）の重み", "weight of false positives"),
        ),
        Option(
            name="beta",
            default=0.5,
            domain="β ≥ 0",
            says=Text("偽陰性（見逃し）の重み", "weight of false negatives"),
        ),
        _SMOOTH,
    ),
    denominator=_MASKS,
    properties=_properties(symmetric=None),
    pytorch=None,
    snippet=(
        "tp = (pred * target).sum((-2, -1))\n"
        "fp = (pred * (1 - target)).sum((-2, -1))\n"
        "fn = ((1 - pred) * target).sum((-2, -1))\n"
        "(1 - tp / (tp + alpha * fp + beta * fn)).mean()"
    ),
    use_when=Text(
        "セグメンテーションで、見逃しと誤検出の重みを変えたいときに使う。病変の見逃しを減らすには β > α とする。",
        "Segmentation in which a miss and a false alarm are not equally bad: to miss fewer lesions "
        "choose β > α.",
    ),
    avoid_when=Text(
        "2つの誤りを同じ重みで扱えばよいなら、パラメータのないDice損失で足りる。αとβのどちらが偽陽性に掛かるかは"
        "文献や実装によって逆なので、必ず確かめる。",
        "If both errors weigh the same, Dice does without parameters. Which of α and β belongs to "
        "the false positives differs between texts: always check.",
    ),
    papers=(
        Paper(
            "Seyed Sadegh Mohseni Salehi, Deniz Erdogmus, Ali Gholipour",
            2017,
            "Tversky Loss Function for Image Segmentation Using 3D Fully Convolutional Deep "
            "Networks",
        ),
    ),
    neighbours=("soft_dice", "soft_iou"),
    mistakes=(
        sum_for_mean(),
        _metric_returned("Tversky指数", "Tversky index"),
        MistakeInfo(
            id="coefficients_swapped",
            says=Text(
                "αとβを入れ替え、αを偽陰性に掛けている。",
                "α and β were exchanged: α went to the false negatives.",
            ),
            remedy=Text(
                "ここではαが偽陽性FP、βが偽陰性FNの重みである。",
                "Here α weighs the false positives FP and β the false negatives FN.",
            ),
            departs_at="weighted",
        ),
        MistakeInfo(
            id="dice_instead",
            says=Text(
                "α = β = ½ として、Dice損失を計算している。",
                "Took α = β = ½, which is the Dice loss.",
            ),
            remedy=Text(
                "与えられたαとβを使う。",
                "Use the α and β that are given.",
            ),
            departs_at="weighted",
        ),
        MistakeInfo(
            id="coefficients_left_out",
            says=Text(
                "αとβを掛けず、TP / (TP + FP + FN) としている（IoU損失になる）。",
                "α and β were left out: TP / (TP + FP + FN), which is the IoU loss.",
            ),
            remedy=Text(
                "FPにα、FNにβを掛けてから足す。",
                "Multiply FP by α and FN by β before adding.",
            ),
            departs_at="weighted",
        ),
    ),
)

REGION: tuple[LossInfo, ...] = (SOFT_IOU, SOFT_DICE, SOFT_TVERSKY)
