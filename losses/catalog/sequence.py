"""Losses for sequences without alignment."""

from __future__ import annotations

from losses.catalog.common import sum_for_mean
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

CTC = LossInfo(
    id="ctc",
    name=Text("CTC損失", "CTC loss"),
    abbreviation="CTC",
    aliases=("Connectionist Temporal Classification", "コネクショニスト時系列分類"),
    family="sequence",
    tasks=("speech_recognition", "handwriting_recognition"),
    syllabus="28",
    latex=r"-\log\sum_{\pi\in\mathcal B^{-1}(l)}\prod_{t}p_t(\pi_t)",
    formula="−log Σ_π Πₜ pₜ(πₜ)　（π は縮約すると正解ラベル列になる全フレーム列）",
    arguments=(
        Argument(
            name="log_probs",
            space="log_probs",
            shape="(T, C) または (T, N, C)",
            domain="各フレームで確率の和が1",
            says=Text(
                "各フレームのクラス（ブランクを含む）の対数確率。log_softmaxの出力",
                "log-probability of each class, the blank included, in each frame",
            ),
        ),
        Argument(
            name="targets",
            space="class_index",
            shape="(S,) または (N, S)",
            domain="0 … C−1、ブランクを除く",
            says=Text(
                "正解ラベル列（ブランクは含めない）",
                "the labels in order, without blanks",
            ),
        ),
    ),
    options=(
        Option(
            name="input_lengths",
            default=None,
            domain="0 … T",
            says=Text(
                "各系列のフレーム数。省略するとT",
                "number of frames of each sequence; T if left out",
            ),
            space="lengths",
        ),
        Option(
            name="target_lengths",
            default=None,
            domain="0 … S",
            says=Text(
                "各系列のラベル数。省略するとS",
                "number of labels of each sequence; S if left out",
            ),
            space="lengths",
        ),
        Option(
            name="blank",
            default=0,
            domain="0 … C−1",
            says=Text("ブランクのクラス番号", "class of the blank"),
        ),
    ),
    denominator=Text(
        "各系列をラベル数（最小1）で割り、さらに系列の数Nで割る",
        "each sequence by its number of labels, at least 1, then the number of sequences N",
    ),
    properties=Properties(
        convex=False,
        differentiable=True,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=Text(
            "正解ラベル列に縮約されるフレーム列だけに確率があるとき",
            "where only frame sequences that merge to the target have any probability",
        ),
    ),
    pytorch="torch.nn.CTCLoss",
    snippet=(
        "shape = log_probs.shape\n"
        "lengths = torch.full((shape[1],), shape[0]), torch.full((shape[1],), targets.shape[1])\n"
        "F.ctc_loss(log_probs, targets, *lengths, blank=blank)"
    ),
    use_when=Text(
        "音声認識や手書き文字認識のように、入力フレームと出力ラベルの対応が分からず、長さも違う系列に使う。"
        "可能な対応付けをすべて足し合わせるので、フレームごとの正解ラベルが要らない。",
        "Speech or handwriting recognition, where the frames of the input are more than the labels "
        "and nobody says which belongs to which: all alignments are summed, so no label per frame "
        "is needed.",
    ),
    avoid_when=Text(
        "各フレームの出力を独立とみなすため、ラベルどうしの依存関係は学習できない。出力が入力より長い課題や、"
        "順序が入れ替わる課題（翻訳など）には、アテンションを使う系列変換モデルが向く。",
        "Frames are taken as independent, so dependence between labels is not learned. For outputs "
        "longer than the input or in another order, as in translation, take an attention model.",
    ),
    papers=(
        Paper(
            "Alex Graves, Santiago Fernández, Faustino Gomez, Jürgen Schmidhuber",
            2006,
            "Connectionist Temporal Classification: Labelling Unsegmented Sequence Data with "
            "Recurrent Neural Networks",
        ),
    ),
    neighbours=("nll", "cross_entropy"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="not_divided_by_length",
            says=Text(
                "ラベル数で割らず、系列の数だけで割っている。",
                "Divided by the number of sequences only, not by the numbers of labels.",
            ),
            remedy=Text(
                "PyTorchの平均は、系列ごとにラベル数で割ってから平均する。",
                "PyTorch's mean divides each sequence by its number of labels first.",
            ),
            departs_at="mean",
        ),
        MistakeInfo(
            id="probabilities_as_logarithms",
            says=Text(
                "対数確率の代わりに確率をそのまま渡している。",
                "Probabilities were handed over instead of their logarithms.",
            ),
            remedy=Text(
                "log_softmaxの出力を渡す。損失が負になったら、この誤りを疑う。",
                "Hand over the output of log_softmax; a negative loss is the tell-tale.",
            ),
            departs_at="alpha",
        ),
        MistakeInfo(
            id="best_path_only",
            says=Text(
                "最も確率の高い1つの対応付けだけを数えている。",
                "Only the likeliest alignment was counted.",
            ),
            remedy=Text(
                "正解に縮約されるすべての対応付けの確率を足す。",
                "Add the probabilities of all alignments that merge to the target.",
            ),
            departs_at="alpha",
        ),
        MistakeInfo(
            id="last_blank_forgotten",
            says=Text(
                "ブランクで終わる対応付けを足し忘れている。",
                "Alignments that end on a blank were left out.",
            ),
            remedy=Text(
                "最後のラベルで終わる確率と、その後のブランクで終わる確率を足す。",
                "Add both ways to end: on the last label and on the blank after it.",
            ),
            departs_at="likelihood",
        ),
        MistakeInfo(
            id="repeats_run_together",
            says=Text(
                "同じラベルが続く箇所で、間のブランクを飛ばすことを許している。",
                "The blank between two equal labels was allowed to be skipped.",
            ),
            remedy=Text(
                "同じラベルが続くときは、間に必ずブランクが要る。なければ1つに縮約されてしまう。",
                "Two equal labels need a blank between them, or they merge into one.",
            ),
            departs_at="alpha",
        ),
    ),
)

SEQUENCE: tuple[LossInfo, ...] = (CTC,)
