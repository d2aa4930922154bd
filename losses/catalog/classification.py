"""Losses for class labels."""

from __future__ import annotations

from losses.catalog.common import EXAMPLES, base_two, broadcast, mistake, sum_for_mean
from losses.catalog.info import Argument, LossInfo, Option, Paper, Properties
from losses.text import Text

_LOGITS = Argument(
    name="logits",
    space="logits",
    shape="(K,)、(N, K)、(N, K, d1, …)",
    domain="ℝ",
    says=Text(
        "ソフトマックスに通す前の出力（ロジット）。Kはクラス数",
        "outputs before the softmax, for K classes",
    ),
)
_BINARY_LOGITS = Argument(
    name="logits",
    space="logits",
    shape="(*)",
    domain="ℝ",
    says=Text("シグモイドに通す前の出力（ロジット）", "outputs before the sigmoid"),
)
_BINARY_SCORES = Argument(
    name="scores",
    space="scores",
    shape="(*)",
    domain="ℝ",
    says=Text("識別関数の値（確率ではない）", "values of the decision function, not probabilities"),
)
_CLASS_SCORES = Argument(
    name="scores",
    space="scores",
    shape="(K,)、(N, K)",
    domain="ℝ",
    says=Text("クラスごとのスコア（確率ではない）", "one score per class, not a probability"),
)
_SIGNS = Argument(
    name="target",
    space="labels_pm1",
    shape="(*)、scoresと同じ形",
    domain="−1 / +1",
    says=Text("正解ラベル（−1または+1）", "labels, −1 or +1"),
)
_CLASSES = Argument(
    name="target",
    space="class_index",
    shape="()、(N,)",
    domain="0, 1, …, K − 1",
    says=Text("正解クラスの番号", "index of the true class"),
)
_CLASSES_OF_PIXELS = Argument(
    name="target",
    space="class_index",
    shape="()、(N,)、(N, d1, …)",
    domain="0, 1, …, K − 1",
    says=Text("正解クラスの番号", "index of the true class"),
)
_WEIGHT = Option(
    name="weight",
    default=None,
    domain="K個の数 ≥ 0、なし",
    says=Text("クラスごとの重み", "one weight per class"),
    space="weights",
)
_IGNORE_INDEX = Option(
    name="ignore_index",
    default=-100,
    domain="ℤ",
    says=Text("数に入れない正解の番号", "target value that does not count"),
)
_MARGIN = Option(
    name="margin",
    default=1.0,
    domain="m > 0",
    says=Text(
        "正解のスコアが上回るべき差",
        "by how much the true class must lead",
    ),
)
_GAMMA = Option(
    name="gamma",
    default=2.0,
    domain="γ ≥ 0",
    says=Text(
        "易しい例を軽くする強さ。0なら交差エントロピー",
        "how strongly easy examples are discounted; 0 is cross-entropy",
    ),
)
_ELEMENTS = Text("要素の総数", "the number of elements")
_EXAMPLES = Text("例の数N", "the number of examples N")
_WEIGHT_SUM = Text(
    "正解クラスの重みの合計（重みがなければ例の数）。無視した例は数えない",
    "the sum of the weights of the true classes (without weights: the number of examples), "
    "ignored ones not counted",
)
_TRUE_CLASS_CERTAIN = Text(
    "正解クラスの確率が1に近づく極限（達しない）",
    "in the limit of probability 1 for the true class, never reached",
)
_MARGIN_KEPT = Text("すべての例で y·s ≥ 1 のとき", "where y·s ≥ 1 for every example")

_GOOD = Paper("Irving J. Good", 1952, "Rational Decisions")
_COX = Paper("David R. Cox", 1958, "The Regression Analysis of Binary Sequences")
_LIN = Paper(
    "Tsung-Yi Lin, Priya Goyal, Ross Girshick, Kaiming He, Piotr Dollár",
    2017,
    "Focal Loss for Dense Object Detection",
)

_WEIGHTS_DIVIDED_BY_COUNT = mistake(
    "divided_by_count",
    (
        "クラスの重みを掛けた後、重みの合計ではなく例の数で割っている。",
        "After weighting the classes, the sum was divided by the number of examples instead of "
        "the sum of the weights.",
    ),
    (
        "PyTorchの平均は、正解クラスの重みの合計で割る加重平均である。",
        "The mean in PyTorch is a weighted one: divide by the sum of the weights of the true "
        "classes.",
    ),
    at="mean",
)
_IGNORED_COUNTED = mistake(
    "ignored_counted",
    (
        "無視する例（ignore_index）も数に入れて割っている。",
        "Ignored examples (ignore_index) were counted in the denominator.",
    ),
    (
        "無視した例は分子にも分母にも入れない。",
        "Leave ignored examples out of the sum and of its denominator.",
    ),
    at="mean",
)
_MEAN_OVER_ENTRIES = mistake(
    "mean_over_entries",
    (
        "例の数Nではなく、行列の全要素数N×Kで割っている。",
        "The sum was divided by all N×K entries instead of the N examples.",
    ),
    (
        "一つの例の損失は −ln p_y の一つだけなので、例の数で割る。",
        "Each example contributes one term, −ln p_y: divide by the number of examples.",
    ),
    at="mean",
)
_ONLY_POSITIVE_TERM = mistake(
    "only_positive_term",
    (
        "y·ln p の項だけを計算し、(1 − y)·ln(1 − p) を忘れている。",
        "Only the term y·ln p was computed; (1 − y)·ln(1 − p) was forgotten.",
    ),
    (
        "ラベルが0の例では −ln(1 − p) が損失になる。二つの項を足す。",
        "For label 0 the loss is −ln(1 − p): add both terms.",
    ),
)

CROSS_ENTROPY = LossInfo(
    id="cross_entropy",
    name=Text("交差エントロピー誤差", "Cross-entropy loss"),
    abbreviation="CE",
    aliases=(
        "交差エントロピー",
        "クロスエントロピー損失",
        "多クラス交差エントロピー",
        "softmax loss",
        "categorical cross-entropy",
        "log loss",
    ),
    misnomers={"交叉熵損失": "交差エントロピー誤差"},
    family="classification",
    tasks=("classification", "language_modelling", "segmentation"),
    syllabus="13c",
    latex=r"-\ln\frac{e^{z_y}}{\sum_{k=1}^{K}e^{z_k}}",
    formula="−ln p_y　（p = softmax(z)、yは正解クラス）",
    arguments=(
        _LOGITS,
        Argument(
            name="target",
            space="class_index",
            shape="()、(N,)、(N, d1, …)、確率ならlogitsと同じ形",
            domain="0, 1, …, K − 1（または和が1の確率）",
            says=Text(
                "正解クラスの番号、または全クラスの確率（ソフトラベル）",
                "index of the true class, or probabilities of all classes (soft labels)",
            ),
        ),
    ),
    options=(
        _WEIGHT,
        _IGNORE_INDEX,
        Option(
            name="label_smoothing",
            default=0.0,
            domain="0 ≤ a ≤ 1",
            says=Text(
                "ラベル平滑化の強さa。正解を (1 − a)·t + a/K に置き換える",
                "label smoothing a: the target becomes (1 − a)·t + a/K",
            ),
        ),
    ),
    denominator=Text(
        "正解クラスの重みの合計（重みがなければ例の数）。無視した例は数えない。ソフトラベルでは常に例の数",
        "the sum of the weights of the true classes (without weights: the number of examples), "
        "ignored ones not counted; with soft labels always the number of examples",
    ),
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=Text(
            "正解クラスの確率が1に近づく極限。ソフトラベルなら予測が正解の分布に一致するときで、最小値はそのエントロピー",
            "in the limit of probability 1 for the true class; with soft labels where the "
            "prediction equals them, and the minimum is their entropy",
        ),
    ),
    pytorch="torch.nn.CrossEntropyLoss",
    snippet="F.cross_entropy(logits, target)",
    use_when=Text(
        "どれか一つのクラスを選ぶ多クラス分類の標準である。正解クラスに与えた確率の負の対数を最小化し、最尤推定にあたる。"
        "ロジットに対する勾配は p − t で、自信を持って間違えた例ほど強く直される。",
        "The standard for choosing one of several classes. It minimises the negative logarithm of "
        "the probability given to the true class, which is maximum likelihood. Its gradient in "
        "the logits is p − t: confidently wrong examples are corrected hardest.",
    ),
    avoid_when=Text(
        "一つの例に複数のラベルが付くマルチラベル分類では、クラスごとのシグモイドと二値交差エントロピーを使う。"
        "PyTorchではこの損失がソフトマックスを含むので、モデルの最後にソフトマックスを置いてはならない。"
        "ラベルの誤りが多いデータでは、誤った例に強く引きずられる。",
        "When an example can have several labels use a sigmoid and binary cross-entropy per class. "
        "In PyTorch it includes the softmax, so the model must not end in one. Wrong labels pull "
        "it hard.",
    ),
    papers=(
        _GOOD,
        Paper(
            "John S. Bridle",
            1990,
            "Probabilistic Interpretation of Feedforward Classification Network Outputs, with "
            "Relationships to Statistical Pattern Recognition",
        ),
        Paper(
            "Christian Szegedy, Vincent Vanhoucke, Sergey Ioffe, Jon Shlens, Zbigniew Wojna",
            2016,
            "Rethinking the Inception Architecture for Computer Vision",
        ),
    ),
    neighbours=("nll", "bce", "kl_div", "softmax_focal", "multi_margin"),
    mistakes=(
        mistake(
            "softmax_twice",
            (
                "ソフトマックスを二回掛けている。確率をロジットとして渡している。",
                "The softmax was applied twice: probabilities were given in the place of logits.",
            ),
            (
                "CrossEntropyLossにはソフトマックス前のロジットを渡す。損失の側がlog-softmaxを計算する。",
                "Give CrossEntropyLoss the logits; it applies log-softmax itself.",
            ),
        ),
        sum_for_mean(divisor=EXAMPLES),
        mistake(
            "nll_on_logits",
            (
                "ソフトマックスを通さず、正解クラスのロジットの符号を変えただけにしている。",
                "No softmax was applied: the logit of the true class only changed its sign.",
            ),
            (
                "ロジットを対数確率（log-softmax）にしてから、正解クラスの値の符号を変える。",
                "Turn the logits into log-probabilities (log-softmax) before taking −ln p_y.",
            ),
            at="exponentials",
        ),
        mistake(
            "log_forgotten",
            (
                "正解クラスの確率の対数を取らず、符号だけ変えている（対数確率の代わりに確率をNLLに渡した形）。",
                "The logarithm was forgotten: −p_y instead of −ln p_y, as when NLL is given "
                "probabilities.",
            ),
            (
                "損失は −ln p_y である。負の値になったら対数の取り忘れを疑う。",
                "The loss is −ln p_y; a negative value tells that the logarithm is missing.",
            ),
        ),
        base_two(),
        mistake(
            "base_ten",
            (
                "自然対数ではなく常用対数（底が10）で計算している。",
                "Common logarithms (base 10) were taken instead of natural ones.",
            ),
            (
                "自然対数 ln を使う。常用対数の値に ln 10 ≈ 2.303 を掛けると一致する。",
                "Use natural logarithms; the base-10 value times ln 10 ≈ 2.303 agrees.",
            ),
        ),
        _MEAN_OVER_ENTRIES,
        mistake(
            "softmax_over_batch",
            (
                "ソフトマックスをクラスの軸ではなく、バッチの軸（縦）に掛けている。",
                "The softmax was taken over the batch (down the columns) instead of the classes.",
            ),
            (
                "一つの例の中で、全クラスの確率の和が1になるように正規化する（dim=1）。",
                "Normalise within each example, over its classes (dim=1).",
            ),
            at="softmax",
        ),
        mistake(
            "sigmoid_per_class",
            (
                "クラスごとにシグモイドを掛け、二値交差エントロピーの平均を取っている。",
                "A sigmoid was applied to each class and binary cross-entropies were averaged.",
            ),
            (
                "一つだけを選ぶ分類ではソフトマックスを使う。シグモイドはマルチラベル分類の形である。",
                "Choosing one class needs the softmax; sigmoids are for several labels at once.",
            ),
            at="exponentials",
        ),
        mistake(
            "smoothed_over_wrong_classes",
            (
                "ラベル平滑化のaを、正解以外のK − 1クラスだけに配っている。",
                "The smoothing a was spread over the K − 1 wrong classes only.",
            ),
            (
                "PyTorchでは全Kクラスにa/Kずつ配るので、正解の値は 1 − a + a/K になる。",
                "PyTorch spreads a/K over all K classes, so the true class gets 1 − a + a/K.",
            ),
            at="targets",
        ),
        _WEIGHTS_DIVIDED_BY_COUNT,
        _IGNORED_COUNTED,
    ),
)

NLL = LossInfo(
    id="nll",
    name=Text("負の対数尤度", "Negative log-likelihood loss"),
    abbreviation="NLL",
    aliases=("NLL損失", "負の対数尤度損失", "negative log-likelihood"),
    misnomers={"非対数Log-可能性": "負の対数尤度", "非対数尤度": "負の対数尤度"},
    family="classification",
    tasks=("classification", "language_modelling"),
    syllabus="13c",
    latex=r"-\ln p_y",
    formula="−ln p_y　（入力はすでに対数確率）",
    arguments=(
        Argument(
            name="log_probs",
            space="log_probs",
            shape="(K,)、(N, K)、(N, K, d1, …)",
            domain="(−∞, 0]",
            says=Text(
                "クラスごとの対数確率（log-softmaxの出力）",
                "log-probability of each class, as log-softmax gives it",
            ),
        ),
        _CLASSES_OF_PIXELS,
    ),
    options=(_WEIGHT, _IGNORE_INDEX),
    denominator=_WEIGHT_SUM,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=Text("正解クラスの確率が1のとき", "where the true class has probability 1"),
    ),
    pytorch="torch.nn.NLLLoss",
    snippet="F.nll_loss(log_probs, target)",
    use_when=Text(
        "モデルがlog-softmaxで終わり、対数確率を出力するときに使う。log-softmaxの後のNLLは交差エントロピー誤差と同じ値になる。",
        "When the model ends in a log-softmax and outputs log-probabilities: NLL after log-softmax "
        "is the cross-entropy loss.",
    ),
    avoid_when=Text(
        "ロジットや確率を渡してもエラーにならず、負の損失など誤った値が出る。ロジットを出力するモデルなら"
        "交差エントロピー誤差をそのまま使う方が安全である。",
        "Given logits or probabilities it raises no error in PyTorch but returns a wrong, often "
        "negative, number. For a model that outputs logits, cross-entropy is safer.",
    ),
    papers=(_GOOD,),
    neighbours=("cross_entropy", "gaussian_nll", "poisson_nll"),
    mistakes=(
        mistake(
            "probs_for_log_probs",
            (
                "対数確率の代わりに確率を使っている。",
                "Probabilities were used in the place of log-probabilities.",
            ),
            (
                "先に対数を取る（log-softmax）。損失が −1 から 0 の間の負の数なら、この間違いである。",
                "Take the logarithm first (log-softmax). A loss between −1 and 0 gives this away.",
            ),
        ),
        sum_for_mean(divisor=EXAMPLES),
        mistake(
            "sign_forgotten",
            (
                "符号を変え忘れ、対数尤度そのものを平均している。",
                "The sign was not changed: the log-likelihood itself was averaged.",
            ),
            (
                "「負の」対数尤度なので −1 を掛ける。最小化する量にするための符号である。",
                "It is the negative log-likelihood: multiply by −1, so that less is better.",
            ),
        ),
        _MEAN_OVER_ENTRIES,
        _WEIGHTS_DIVIDED_BY_COUNT,
        _IGNORED_COUNTED,
    ),
)

BCE = LossInfo(
    id="bce",
    name=Text("二値交差エントロピー", "Binary cross-entropy"),
    abbreviation="BCE",
    aliases=(
        "バイナリクロスエントロピー",
        "二値交差エントロピー誤差",
        "対数損失",
        "binary cross-entropy loss",
    ),
    misnomers={"二値交叉熵損失": "二値交差エントロピー"},
    family="classification",
    tasks=("binary_classification", "multi_label", "reconstruction"),
    syllabus="13c",
    latex=r"-\bigl(y\ln p+(1-y)\ln(1-p)\bigr)",
    formula="−(y·ln p + (1 − y)·ln(1 − p))",
    arguments=(
        Argument(
            name="probs",
            space="probs",
            shape="(*)",
            domain="[0, 1]",
            says=Text(
                "ラベル1の確率（シグモイドの出力）",
                "probability of label 1, as a sigmoid gives it",
            ),
        ),
        Argument(
            name="target",
            space="labels01",
            shape="(*)、probsと同じ形",
            domain="[0, 1]",
            says=Text("正解ラベル（0または1）", "labels, 0 or 1"),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=Text("p = y のとき（yが0か1なら0）", "where p = y; 0 if y is 0 or 1"),
    ),
    pytorch="torch.nn.BCELoss",
    snippet="F.binary_cross_entropy(probs, target)",
    use_when=Text(
        "出力が一つの確率である二値分類や、ラベルごとに独立に0か1を予測するマルチラベル分類に使う。ベルヌーイ分布の負の対数尤度にあたる。",
        "Binary classification with one probability as output, and multi-label classification with "
        "one per label. It is the negative log-likelihood of a Bernoulli variable.",
    ),
    avoid_when=Text(
        "モデルがロジットを出すならBCEWithLogitsLossを使う。シグモイドを先に掛けると、大きなロジットで確率が0か1に丸められて勾配が失われる。"
        "PyTorchでは対数が−100で打ち切られるため、損失は100を超えない。",
        "For a model that outputs logits use BCEWithLogitsLoss: a sigmoid applied first rounds "
        "large logits to 0 or 1 and their gradient is lost. PyTorch cuts the logarithm off at "
        "−100, so no term exceeds 100.",
    ),
    papers=(_GOOD, _COX),
    neighbours=("bce_with_logits", "cross_entropy", "binary_focal"),
    mistakes=(
        mistake(
            "logits_loss_on_probs",
            (
                "確率をもう一度シグモイドに通している（BCEWithLogitsLossに確率を渡した形）。",
                "The probabilities went through a sigmoid again, as when BCEWithLogitsLoss is given "
                "probabilities.",
            ),
            (
                "確率を渡すならBCELoss、ロジットを渡すならBCEWithLogitsLossを使う。",
                "BCELoss takes probabilities, BCEWithLogitsLoss takes logits.",
            ),
            at="log_probs",
        ),
        _ONLY_POSITIVE_TERM,
        mistake(
            "arguments_swapped",
            (
                "予測と正解の順序が逆になっている。正解ラベルの対数を取っている。",
                "Prediction and target were exchanged, so the logarithm of the label was taken.",
            ),
            (
                "対数を取るのは予測した確率pの方である。引数の順は（予測, 正解）。",
                "The logarithm belongs to the predicted probability; the order is (prediction, target).",
            ),
            at="log_probs",
        ),
        sum_for_mean(),
        base_two(),
    ),
)

BCE_WITH_LOGITS = LossInfo(
    id="bce_with_logits",
    name=Text("ロジット付き二値交差エントロピー", "Binary cross-entropy with logits"),
    abbreviation="BCEWithLogits",
    aliases=(
        "BCEWithLogitsLoss",
        "シグモイド交差エントロピー",
        "sigmoid cross-entropy",
        "logistic loss",
    ),
    misnomers={"二値交叉熵損失(ロジットあり)": "ロジット付き二値交差エントロピー"},
    family="classification",
    tasks=("binary_classification", "multi_label", "segmentation"),
    syllabus="13c",
    latex=r"w\,y\ln(1+e^{-x})+(1-y)\ln(1+e^{x})",
    formula="w·y·ln(1 + e^(−x)) + (1 − y)·ln(1 + eˣ)",
    arguments=(
        _BINARY_LOGITS,
        Argument(
            name="target",
            space="labels01",
            shape="(*)、logitsと同じ形",
            domain="[0, 1]",
            says=Text("正解ラベル（0または1）", "labels, 0 or 1"),
        ),
    ),
    options=(
        Option(
            name="pos_weight",
            default=None,
            domain="w ≥ 0、最後の軸ごとのw、なし",
            says=Text(
                "ラベルが1の項に掛ける重みw",
                "weight w of the term of label 1",
            ),
            space="weights",
        ),
    ),
    denominator=Text(
        "要素の総数（pos_weightによらない）",
        "the number of elements, whatever pos_weight is",
    ),
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=Text(
            "y = 1 なら x → ∞、y = 0 なら x → −∞ の極限（達しない）",
            "in the limit x → ∞ for y = 1 and x → −∞ for y = 0, never reached",
        ),
    ),
    pytorch="torch.nn.BCEWithLogitsLoss",
    snippet="F.binary_cross_entropy_with_logits(logits, target)",
    use_when=Text(
        "二値分類・マルチラベル分類でモデルがロジットを出力するときの標準である。シグモイドと対数を一つの式にまとめるので、どんなに大きなロジットでも"
        "値も勾配も有限に保たれる。正例が少ないときはpos_weightで釣り合いを取る。",
        "The standard for binary and multi-label classification on logits. Sigmoid and logarithm "
        "are one formula, so value and gradient stay finite for any logit. pos_weight balances "
        "rare positives.",
    ),
    avoid_when=Text(
        "入力がすでに確率なら使わない（シグモイドが二重になる）。どれか一つを選ぶ多クラス分類にはソフトマックスの交差エントロピー誤差を使う。",
        "Not on probabilities, which would go through two sigmoids. For choosing one of several "
        "classes use softmax cross-entropy.",
    ),
    papers=(_COX,),
    neighbours=("bce", "cross_entropy", "binary_focal", "gan_discriminator"),
    mistakes=(
        mistake(
            "sigmoid_twice",
            (
                "シグモイドを二回掛けている。先に確率にした値を渡している。",
                "The sigmoid was applied twice: probabilities were given in the place of logits.",
            ),
            (
                "この損失にはシグモイド前のロジットを渡す。",
                "Give this loss the logits, before any sigmoid.",
            ),
            at="cost_of_one",
        ),
        _ONLY_POSITIVE_TERM,
        sum_for_mean(),
        base_two(),
        mistake(
            "weight_on_both_terms",
            (
                "pos_weightを両方の項に掛けている。",
                "pos_weight was applied to both terms.",
            ),
            (
                "pos_weightを掛けるのは y = 1 の項だけである。",
                "pos_weight multiplies the term of y = 1 only.",
            ),
        ),
        mistake(
            "divided_by_weights",
            (
                "pos_weightを重みとみなし、重みの合計で割っている。",
                "The sum was divided by the sum of the weights.",
            ),
            (
                "pos_weightを使っても、平均は要素の数で割る。",
                "Even with pos_weight the mean divides by the number of elements.",
            ),
            at="mean",
        ),
    ),
)

_NOT_CLAMPED = mistake(
    "not_clamped",
    (
        "負になった値を0にせず、そのまま平均している。",
        "Negative values were averaged instead of being cut off at 0.",
    ),
    (
        "max(0, …) を取る。余裕を持って正しい例の損失は0である。",
        "Take max(0, …): an example that is right by the margin costs nothing.",
    ),
)
_ZERO_ONE_LABELS = mistake(
    "zero_one_labels",
    (
        "ラベルを−1/+1ではなく0/1のまま使っている。",
        "The labels 0 and 1 were used instead of −1 and +1.",
    ),
    (
        "0/1のラベルは 2y − 1 で−1/+1に変換する。0のままでは負例の損失が常に1になる。",
        "Convert 0/1 labels by 2y − 1; with 0 every negative example costs exactly 1.",
    ),
    at="margins",
)

HINGE = LossInfo(
    id="hinge",
    name=Text("ヒンジ損失", "Hinge loss"),
    aliases=("hinge loss", "最大マージン損失", "SVM損失"),
    misnomers={"ハインゼル損失": "ヒンジ損失"},
    family="classification",
    tasks=("binary_classification",),
    syllabus="beyond",
    latex=r"\max(0,\ 1-y\,s)",
    formula="max(0, 1 − y·s)　（y は −1 または +1）",
    arguments=(_BINARY_SCORES, _SIGNS),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=0.0,
        minimum_at=_MARGIN_KEPT,
    ),
    pytorch=None,
    snippet="torch.clamp(1 - target * scores, min=0).mean()",
    use_when=Text(
        "サポートベクターマシン（SVM）の損失である。½‖w‖² と合わせて最小化するとマージンが最大になる。"
        "マージンの外にある正しい例は損失も勾配も0なので、境界に近い例だけで決まる。",
        "The loss of the support vector machine: minimised together with ½‖w‖² it maximises the "
        "margin. Examples beyond the margin cost nothing, so only those near the boundary count.",
    ),
    avoid_when=Text(
        "出力を確率として読みたいときは交差エントロピーを使う。PyTorchのHingeEmbeddingLossは距離に対する別の損失である。"
        "ラベルを0/1のまま渡したり、uint8型で −1 を255にしたりしないよう注意する。",
        "For outputs that mean probabilities use cross-entropy. HingeEmbeddingLoss in PyTorch is "
        "another loss, on distances. Beware of 0/1 labels, and of uint8, in which −1 becomes 255.",
    ),
    papers=(Paper("Corinna Cortes, Vladimir Vapnik", 1995, "Support-Vector Networks"),),
    neighbours=("squared_hinge", "hinge_embedding", "multi_margin", "bce_with_logits"),
    mistakes=(
        _ZERO_ONE_LABELS,
        _NOT_CLAMPED,
        mistake(
            "sign_flipped",
            (
                "1 − y·s ではなく 1 + y·s を計算している。",
                "1 + y·s was computed instead of 1 − y·s.",
            ),
            (
                "正しい向きのスコア（y·s が大きい）ほど損失が小さくなるよう、引き算にする。",
                "Subtract: the more the score agrees with the label, the smaller the loss.",
            ),
        ),
        mistake(
            "margin_forgotten",
            (
                "マージンの1を忘れ、max(0, −y·s) にしている。これはパーセプトロンの損失である。",
                "The margin of 1 was forgotten: max(0, −y·s) is the perceptron's loss.",
            ),
            (
                "正しい側にあっても、1に届かない例には損失がある。",
                "Even on the right side, a score short of 1 costs something.",
            ),
        ),
        sum_for_mean(),
        mistake(
            "squared",
            (
                "最後に二乗している。それは二乗ヒンジ損失である。",
                "The terms were squared; that is the squared hinge loss.",
            ),
            (
                "ヒンジ損失は1次のまま平均する。",
                "Average the terms as they are.",
            ),
        ),
        mistake(
            "hinge_embedding_instead",
            (
                "HingeEmbeddingLossを使っている。y = 1 ではスコアそのもの、y = −1 では max(0, 1 − s) になる。",
                "HingeEmbeddingLoss was used: the score itself where y = 1, max(0, 1 − s) where "
                "y = −1.",
            ),
            (
                "HingeEmbeddingLossは距離に対する損失である。スコアには max(0, 1 − y·s) を使う。",
                "HingeEmbeddingLoss is for distances; scores need max(0, 1 − y·s).",
            ),
            at="margins",
        ),
        mistake(
            "sigmoid_first",
            (
                "スコアを先にシグモイドに通している。",
                "The scores went through a sigmoid first.",
            ),
            (
                "ヒンジ損失は生のスコアに使う。確率に変換すると、マージン1に届くことがない。",
                "The hinge loss is for raw scores; probabilities can never reach the margin of 1.",
            ),
            at="margins",
        ),
        mistake(
            "uint8_labels",
            (
                "ラベルをuint8型で持ち、−1 が255になっている。",
                "The labels were stored as uint8, in which −1 becomes 255.",
            ),
            (
                "−1/+1のラベルは符号付きの型か浮動小数点数で持つ。",
                "Store −1/+1 labels in a signed or floating-point type.",
            ),
            at="margins",
        ),
        broadcast("margins"),
    ),
)

SQUARED_HINGE = LossInfo(
    id="squared_hinge",
    name=Text("二乗ヒンジ損失", "Squared hinge loss"),
    aliases=("L2-SVM損失", "squared hinge"),
    family="classification",
    tasks=("binary_classification",),
    syllabus="beyond",
    latex=r"\max(0,\ 1-y\,s)^2",
    formula="max(0, 1 − y·s)²　（y は −1 または +1）",
    arguments=(_BINARY_SCORES, _SIGNS),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=0.0,
        minimum_at=_MARGIN_KEPT,
    ),
    pytorch=None,
    snippet="torch.clamp(1 - target * scores, min=0).square().mean()",
    use_when=Text(
        "ヒンジ損失の折れ目をなくし、微分可能にしたいときに使う。マージンの違反が大きいほど重く罰する。",
        "When the kink of the hinge loss should go, so that it can be differentiated everywhere. "
        "Large violations of the margin weigh more.",
    ),
    avoid_when=Text(
        "大きく間違えた例やラベルの誤りには、二乗の分だけ強く引きずられる。そのようなデータでは元のヒンジ損失を選ぶ。",
        "Badly wrong examples and wrong labels pull it through their squares; prefer the plain "
        "hinge loss there.",
    ),
    papers=(
        Paper(
            "Yuh-Jye Lee, Olvi L. Mangasarian",
            2001,
            "SSVM: A Smooth Support Vector Machine for Classification",
        ),
    ),
    neighbours=("hinge", "mse"),
    mistakes=(
        mistake(
            "not_squared",
            (
                "二乗を忘れている。それはヒンジ損失である。",
                "The square was forgotten; that is the hinge loss.",
            ),
            (
                "max(0, 1 − y·s) を求めた後で二乗する。",
                "Square after taking max(0, 1 − y·s).",
            ),
        ),
        mistake(
            "squared_without_clamp",
            (
                "0で打ち切る前に二乗しており、余裕を持って正しい例にも損失が付いている。",
                "The square was taken without cutting off at 0, so examples beyond the margin cost "
                "something.",
            ),
            (
                "先に max(0, 1 − y·s) とし、それから二乗する。",
                "Take max(0, 1 − y·s) first, then square.",
            ),
            at="shortfalls",
        ),
        mistake(
            "mean_squared_last",
            (
                "平均してから二乗している。",
                "The mean was squared instead of the terms.",
            ),
            (
                "例ごとに二乗してから平均する。",
                "Square each term, then average.",
            ),
        ),
        _ZERO_ONE_LABELS,
        sum_for_mean(),
    ),
)

MULTI_MARGIN = LossInfo(
    id="multi_margin",
    name=Text("マルチマージン損失", "Multi-margin loss"),
    aliases=("多クラスヒンジ損失（Weston-Watkins）", "MultiMarginLoss", "multi-class hinge loss"),
    family="classification",
    tasks=("classification",),
    syllabus="beyond",
    latex=r"\frac{1}{K}\sum_{j\ne y}\max(0,\ m-s_y+s_j)^p",
    formula="(1/K) Σ_{j≠y} max(0, m − s_y + s_j)^p",
    arguments=(_CLASS_SCORES, _CLASSES),
    options=(
        Option(
            name="p",
            default=1,
            domain="1 / 2",
            says=Text("各項の指数", "power of each term"),
        ),
        _MARGIN,
        _WEIGHT,
    ),
    denominator=Text("例の数N（重みがあっても同じ）", "the number of examples N, weights or not"),
    properties=Properties(
        convex=True,
        differentiable=None,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=0.0,
        minimum_at=Text(
            "正解のスコアがほかのすべてをm以上上回るとき",
            "where the true class leads every other by at least m",
        ),
    ),
    pytorch="torch.nn.MultiMarginLoss",
    snippet="F.multi_margin_loss(scores, target)",
    use_when=Text(
        "確率が要らない多クラス分類で、正解のスコアをほかのすべてのクラスよりマージン以上高くしたいときに使う。",
        "Multi-class classification without probabilities, in which the true class should lead "
        "every rival by a margin.",
    ),
    avoid_when=Text(
        "確率の出力や較正が要るときは交差エントロピーを使う。最も強い競争相手だけを問題にするならCrammer-Singer型のヒンジ損失がある。",
        "For probabilities or calibration use cross-entropy. Where only the strongest rival "
        "matters there is the Crammer-Singer hinge.",
    ),
    papers=(
        Paper(
            "Jason Weston, Chris Watkins",
            1999,
            "Support Vector Machines for Multi-Class Pattern Recognition",
        ),
    ),
    neighbours=("crammer_singer_hinge", "hinge", "cross_entropy"),
    mistakes=(
        mistake(
            "divided_by_rivals",
            (
                "クラス数Kではなく、競争相手の数K − 1で割っている。",
                "The sum was divided by the K − 1 rivals instead of the K classes.",
            ),
            (
                "和の項はK − 1個だが、PyTorchはKで割る。",
                "The sum has K − 1 terms, but PyTorch divides by K.",
            ),
        ),
        mistake(
            "not_divided_by_classes",
            (
                "クラス数Kで割っていない。",
                "The sum over the rivals was not divided by K.",
            ),
            (
                "例ごとに、競争相手についての和をKで割る。",
                "Divide the sum over the rivals by K in each example.",
            ),
        ),
        mistake(
            "strongest_rival_only",
            (
                "最も強い競争相手だけで計算している（Crammer-Singer型）。",
                "Only the strongest rival was counted, as in the Crammer-Singer hinge.",
            ),
            (
                "マージンを破るすべての競争相手について足す。",
                "Add up all rivals that break the margin.",
            ),
        ),
        mistake(
            "true_class_included",
            (
                "正解クラス自身も和に入れている（各例で m^p/K だけ大きくなる）。",
                "The true class was included in the sum, which adds m^p/K to each example.",
            ),
            (
                "和は j ≠ y についてだけ取る。",
                "The sum runs over j ≠ y only.",
            ),
            at="rivals",
        ),
        sum_for_mean(divisor=EXAMPLES),
    ),
)

CRAMMER_SINGER_HINGE = LossInfo(
    id="crammer_singer_hinge",
    name=Text("Crammer-Singerヒンジ損失", "Crammer-Singer hinge loss"),
    aliases=("多クラスヒンジ損失（Crammer-Singer）", "categorical hinge", "multiclass hinge"),
    family="classification",
    tasks=("classification", "structured_prediction"),
    syllabus="beyond",
    latex=r"\max\bigl(0,\ m+\max_{j\ne y}s_j-s_y\bigr)",
    formula="max(0, m + max_{j≠y} s_j − s_y)",
    arguments=(_CLASS_SCORES, _CLASSES),
    options=(_MARGIN,),
    denominator=_EXAMPLES,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=0.0,
        minimum_at=Text(
            "正解のスコアがほかのすべてをm以上上回るとき",
            "where the true class leads every other by at least m",
        ),
    ),
    pytorch=None,
    snippet="own = scores.gather(-1, target.unsqueeze(-1)).squeeze(-1)\n"
    "rivals = scores.scatter(-1, target.unsqueeze(-1), -torch.inf)\n"
    "torch.clamp(margin + rivals.amax(-1) - own, min=0).mean()",
    use_when=Text(
        "多クラスSVMの標準的な定式化である。正解と最も強い競争相手の差だけを見るので、クラス数が多くても一部の弱いクラスに損失が薄まらない。",
        "The usual formulation of the multi-class SVM. It looks only at the lead over the strongest "
        "rival, so many weak classes do not dilute it.",
    ),
    avoid_when=Text(
        "一度に一つの競争相手にしか勾配が流れないので、初期の学習は遅くなりやすい。確率が要るときは交差エントロピーを使う。",
        "Only one rival receives a gradient at a time, so early training is slow. For probabilities "
        "use cross-entropy.",
    ),
    papers=(
        Paper(
            "Koby Crammer, Yoram Singer",
            2001,
            "On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines",
        ),
    ),
    neighbours=("multi_margin", "hinge", "cross_entropy"),
    mistakes=(
        mistake(
            "all_rivals_summed",
            (
                "最も強い競争相手だけでなく、すべての競争相手について足している。",
                "All rivals were added up instead of taking the strongest.",
            ),
            (
                "各例で、正解以外の最大のスコアを一つだけ使う。",
                "Use only the largest score of the other classes in each example.",
            ),
            at="rivals",
        ),
        mistake(
            "true_class_competes",
            (
                "最大値を取るときに正解クラスを除いていない。",
                "The true class was not left out when taking the maximum.",
            ),
            (
                "最大値は正解以外のクラスから取る。除かないと、正しい例の損失もmになってしまう。",
                "Take the maximum over the other classes; otherwise a right example still costs m.",
            ),
            at="rivals",
        ),
        mistake(
            "true_class_as_zero",
            (
                "正解クラスのスコアを0に置き換えて最大値を取っている。ほかがすべて負のとき、0が選ばれてしまう。",
                "The score of the true class was replaced by 0, which wins where all others are "
                "negative.",
            ),
            (
                "除くクラスは −∞ に置き換える。",
                "Blank the true class with −∞.",
            ),
            at="rivals",
        ),
        mistake(
            "margin_forgotten",
            (
                "マージンmを足し忘れている。",
                "The margin m was forgotten.",
            ),
            (
                "競争相手のスコアにmを足してから正解のスコアを引く。",
                "Add m to the rival's score before subtracting that of the true class.",
            ),
        ),
        sum_for_mean(divisor=EXAMPLES),
    ),
)

BINARY_FOCAL = LossInfo(
    id="binary_focal",
    name=Text("Focal損失（二値）", "Focal loss (binary)"),
    aliases=("Focal損失", "フォーカルロス", "Focal Loss", "sigmoid focal loss"),
    family="classification",
    tasks=("object_detection", "segmentation", "binary_classification"),
    syllabus="beyond",
    latex=r"-\alpha_t(1-p_t)^{\gamma}\ln p_t",
    formula="−αₜ·(1 − pₜ)^γ·ln pₜ　（pₜは正解の側の確率）",
    arguments=(
        _BINARY_LOGITS,
        Argument(
            name="target",
            space="labels01",
            shape="(*)、logitsと同じ形",
            domain="0 / 1",
            says=Text("正解ラベル（0または1）", "labels, 0 or 1"),
        ),
    ),
    options=(
        Option(
            name="alpha",
            default=0.25,
            domain="0 ≤ α ≤ 1、なし",
            says=Text(
                "ラベル1の重みα。ラベル0の重みは 1 − α",
                "weight α of label 1; label 0 has 1 − α",
            ),
        ),
        _GAMMA,
    ),
    denominator=Text(
        "要素の総数（論文は正例の数で割る）",
        "the number of elements (the paper divides by the number of positives)",
    ),
    properties=Properties(
        convex=None,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=_TRUE_CLASS_CERTAIN,
    ),
    pytorch=None,
    snippet="p_t = torch.where(target == 1, logits, -logits).sigmoid()\n"
    "alpha_t = torch.where(target == 1, alpha, 1 - alpha)\n"
    "(-alpha_t * (1 - p_t) ** gamma * p_t.log()).mean()",
    use_when=Text(
        "背景が圧倒的に多い物体検出のように、易しい負例が大量にある二値分類で使う（RetinaNet）。すでに自信を持って正しい例の損失を "
        "(1 − pₜ)^γ 倍に減らし、難しい例に学習を集中させる。クラスの偏りはαで補正する。",
        "Binary classification flooded with easy negatives, as the background in object detection "
        "(RetinaNet). The factor (1 − p_t)^γ discounts examples that are already right, so the "
        "hard ones decide; α corrects the class imbalance.",
    ),
    avoid_when=Text(
        "クラスが釣り合い、易しい例が多すぎないときは交差エントロピーで足りる。難しい例の多くがラベルの誤りであるデータでは、その誤りに集中してしまう。"
        "得られる確率は較正されない。",
        "Where classes are balanced cross-entropy will do. If the hard examples are mostly wrong "
        "labels it concentrates on them. Its probabilities are not calibrated.",
    ),
    papers=(_LIN,),
    neighbours=("bce_with_logits", "softmax_focal", "soft_dice"),
    mistakes=(
        mistake(
            "no_alpha",
            (
                "αを掛けていない。",
                "The weight α was left out.",
            ),
            (
                "ラベル1にα、ラベル0に 1 − α を掛ける。",
                "Multiply by α for label 1 and by 1 − α for label 0.",
            ),
        ),
        mistake(
            "alpha_on_both",
            (
                "どちらのラベルにも同じαを掛けている。",
                "Both labels were given the same weight α.",
            ),
            (
                "ラベル0の重みは 1 − α である。",
                "The weight of label 0 is 1 − α.",
            ),
        ),
        mistake(
            "alpha_flipped",
            (
                "αと 1 − α が逆になっている。",
                "α and 1 − α were exchanged.",
            ),
            (
                "αはラベル1（正例）の重みである。",
                "α is the weight of label 1, the positives.",
            ),
        ),
        mistake(
            "p_t_as_factor",
            (
                "係数を (1 − pₜ)^γ ではなく pₜ^γ にしている。易しい例ほど重くなってしまう。",
                "The factor was p_t^γ instead of (1 − p_t)^γ, which favours easy examples.",
            ),
            (
                "係数は (1 − pₜ)^γ。正解の側の確率が高い例ほど0に近づく。",
                "The factor is (1 − p_t)^γ: the surer a right answer, the closer to 0.",
            ),
            at="factors",
        ),
        mistake(
            "sigmoid_twice",
            (
                "シグモイドを二回掛けている。先に確率にした値をロジットとして使っている。",
                "The sigmoid was applied twice: probabilities were used as logits.",
            ),
            (
                "ロジットにシグモイドを一度だけ掛ける。",
                "Apply the sigmoid to the logits once.",
            ),
            at="probs",
        ),
        mistake(
            "factor_of_positives_for_all",
            (
                "負例にも係数 (1 − p)^γ を使っている。",
                "The factor (1 − p)^γ was used for negatives, too.",
            ),
            (
                "負例では pₜ = 1 − p なので、係数は p^γ になる。",
                "For negatives p_t = 1 − p, so the factor is p^γ.",
            ),
            at="factors",
        ),
        sum_for_mean(),
        mistake(
            "divided_by_positives",
            (
                "要素の数ではなく、正例の数で割っている（論文の正規化）。",
                "The sum was divided by the number of positives, as in the paper.",
            ),
            (
                "reduction='mean' は要素の数で割る。",
                "reduction='mean' divides by the number of elements.",
            ),
            at="mean",
        ),
    ),
)

SOFTMAX_FOCAL = LossInfo(
    id="softmax_focal",
    name=Text("Focal損失（多クラス）", "Focal loss (softmax)"),
    aliases=("多クラスFocal損失", "multi-class focal loss", "softmax focal loss"),
    family="classification",
    tasks=("classification", "segmentation"),
    syllabus="beyond",
    latex=r"-\alpha_y(1-p_y)^{\gamma}\ln p_y",
    formula="−α_y·(1 − p_y)^γ·ln p_y　（p = softmax(z)）",
    arguments=(_LOGITS, _CLASSES_OF_PIXELS),
    options=(
        Option(
            name="alpha",
            default=None,
            domain="K個の数 ≥ 0、なし",
            says=Text("クラスごとの重み", "one weight per class"),
            space="weights",
        ),
        _GAMMA,
    ),
    denominator=Text("例の数（αがあっても同じ）", "the number of examples, alpha or not"),
    properties=Properties(
        convex=None,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=None,
        unit="nats",
        minimum=0.0,
        minimum_at=_TRUE_CLASS_CERTAIN,
    ),
    pytorch=None,
    snippet="log_p = -F.cross_entropy(logits, target, reduction='none')\n"
    "(-((1 - log_p.exp()) ** gamma) * log_p).mean()",
    use_when=Text(
        "どれか一つを選ぶ多クラス分類や領域分割で、易しい例が大多数を占めるときに使う。",
        "Choosing one of several classes, or segmentation, where easy examples are the great "
        "majority.",
    ),
    avoid_when=Text(
        "易しい例が多すぎないなら交差エントロピーで足りる。クラスの偏りだけが問題なら、先にクラスの重みを試す。",
        "Cross-entropy will do where easy examples are not overwhelming. If only the class balance "
        "is at fault, try class weights first.",
    ),
    papers=(_LIN,),
    neighbours=("binary_focal", "cross_entropy"),
    mistakes=(
        mistake(
            "no_focusing",
            (
                "係数 (1 − p_y)^γ を掛けておらず、交差エントロピーのままである。",
                "The factor (1 − p_y)^γ was left out; that is cross-entropy.",
            ),
            (
                "−ln p_y に (1 − p_y)^γ を掛ける。",
                "Multiply −ln p_y by (1 − p_y)^γ.",
            ),
            at="factors",
        ),
        mistake(
            "p_as_factor",
            (
                "係数を (1 − p_y)^γ ではなく p_y^γ にしている。",
                "The factor was p_y^γ instead of (1 − p_y)^γ.",
            ),
            (
                "係数は (1 − p_y)^γ。正解の確率が高い例ほど0に近づく。",
                "The factor is (1 − p_y)^γ: the surer the true class, the closer to 0.",
            ),
            at="factors",
        ),
        mistake(
            "softmax_twice",
            (
                "ソフトマックスを二回掛けている。確率をロジットとして使っている。",
                "The softmax was applied twice: probabilities were used as logits.",
            ),
            (
                "ロジットにソフトマックスを一度だけ掛ける。",
                "Apply the softmax to the logits once.",
            ),
            at="factors",
        ),
        mistake(
            "sigmoid_per_class",
            (
                "ソフトマックスの代わりに、正解クラスのロジットをシグモイドに通している。",
                "The logit of the true class went through a sigmoid instead of the softmax.",
            ),
            (
                "一つだけを選ぶ分類では、全クラスで正規化するソフトマックスを使う。",
                "Choosing one class needs the softmax, normalised over all classes.",
            ),
            at="softmax",
        ),
        mistake(
            "alpha_forgotten",
            (
                "クラスごとの重みαを掛けていない。",
                "The class weights α were left out.",
            ),
            (
                "正解クラスの重み α_y を掛ける。",
                "Multiply by the weight α_y of the true class.",
            ),
        ),
        sum_for_mean(divisor=EXAMPLES),
    ),
)

CLASSIFICATION: tuple[LossInfo, ...] = (
    CROSS_ENTROPY,
    NLL,
    BCE,
    BCE_WITH_LOGITS,
    HINGE,
    SQUARED_HINGE,
    MULTI_MARGIN,
    CRAMMER_SINGER_HINGE,
    BINARY_FOCAL,
    SOFTMAX_FOCAL,
)
