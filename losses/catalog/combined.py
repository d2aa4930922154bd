"""Objectives made of several losses."""

from __future__ import annotations

from losses.catalog.common import mistake
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

_TERMS = Argument(
    name="terms",
    space="values",
    shape="(T) または (..., T)",
    domain="ℝ",
    says=Text(
        "計算済みの損失T個（最後の軸がタスク）",
        "T losses already computed, tasks along the last axis",
    ),
)
_ROWS = Text("行（損失の組）の数", "the number of rows, each one set of losses")
_DATA = Text(
    "データの損失の個数（罰則項は割らずに一度だけ足す）",
    "the number of data losses; the penalty is added once, undivided",
)
_DATA_LOSSES = Argument(
    name="data_losses",
    space="values",
    shape="(*)",
    domain="ℝ",
    says=Text("データに対する損失（例ごと、または1つ）", "losses on the data, one or many"),
)
_PARAMETERS = Argument(
    name="parameters",
    space="parameters",
    shape="(*)",
    domain="ℝ",
    says=Text("罰則をかけるモデルの重みw", "the weights w of the model to be penalised"),
)
_STRENGTH = Option(
    name="strength",
    default=0.01,
    domain="λ ≥ 0",
    says=Text("罰則の強さλ", "strength λ of the penalty"),
)


def _sum_for_mean(ja: str, en: str) -> MistakeInfo:
    return mistake(
        "sum_for_mean",
        (f"{ja}を合計したままで、平均していない。", f"{en} were summed, not averaged."),
        (
            "平均は最後に個数で割る。PyTorchの既定は reduction='mean' である。",
            "Divide by their number; PyTorch's default is reduction='mean'.",
        ),
        at="mean",
    )


def _penalty_averaged() -> MistakeInfo:
    return mistake(
        "penalty_averaged",
        (
            "罰則を重みの個数で割り、平均にしている。",
            "The penalty was averaged over the weights.",
        ),
        (
            "罰則はすべての重みについての合計である。",
            "The penalty is the sum over all weights.",
        ),
        at="penalty",
    )


def _strength_forgotten() -> MistakeInfo:
    return mistake(
        "strength_forgotten",
        (
            "罰則に強さλを掛けていない。",
            "The penalty was not multiplied by its strength λ.",
        ),
        (
            "目的関数は 損失 + λ × 罰則 である。",
            "The objective is loss + λ × penalty.",
        ),
        at="objective",
    )


WEIGHTED_SUM = LossInfo(
    id="weighted_sum",
    name=Text("損失の重み付き和", "Weighted sum of losses"),
    aliases=("ハイブリッド損失", "複合損失", "マルチタスク損失", "hybrid loss", "multi-task loss"),
    family="combined",
    tasks=("multi_task_learning", "object_detection"),
    syllabus="beyond",
    latex=r"\sum_t w_t L_t",
    formula="Σₜ wₜ Lₜ",
    arguments=(
        _TERMS,
        Argument(
            name="weights",
            space="weights",
            shape="(T)、またはtermsと同じ形",
            domain="≥ 0",
            says=Text("各損失の重み", "the weight of each loss"),
        ),
    ),
    denominator=_ROWS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=None,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=None,
        minimum_at=Text(
            "各損失の最小点の兼ね合いで決まる", "a compromise between the minima of the losses"
        ),
    ),
    pytorch=None,
    snippet="(weights * terms).sum(-1).mean()",
    use_when=Text(
        "一つのモデルに複数の目標を同時に学習させるときに使う。物体検出の「分類＋位置」や、VAEの「再構成＋KL」が例である。",
        "To train one model for several goals at once: class plus box in object detection, "
        "reconstruction plus KL in a VAE.",
    ),
    avoid_when=Text(
        "損失どうしの単位や大きさが違うと、重みの意味が尺度によって変わる。学習中に一方だけが支配していないか、"
        "損失を別々に記録して確かめる。",
        "The losses have different units and sizes, so a weight means nothing without them. Log "
        "the parts separately to see whether one of them dominates.",
    ),
    papers=(Paper("Rich Caruana", 1997, "Multitask Learning"),),
    neighbours=("uncertainty_weighting", "l2_regularised", "vae"),
    mistakes=(
        mistake(
            "weights_ignored",
            (
                "重みを掛けずに、そのまま足している。",
                "The losses were added without their weights.",
            ),
            (
                "それぞれの損失に重みを掛けてから足す。",
                "Multiply each loss by its weight before adding.",
            ),
            at="weighted",
        ),
        mistake(
            "weights_reversed",
            (
                "重みを掛ける相手の損失が入れ替わっている。",
                "The weights were applied to the wrong losses.",
            ),
            (
                "重みと損失の対応を確かめる。",
                "Check which weight belongs to which loss.",
            ),
            at="weighted",
        ),
        mistake(
            "divided_by_weights",
            (
                "重みの合計で割り、加重平均にしている。",
                "Divided by the sum of the weights: a weighted mean.",
            ),
            (
                "求めるのは重み付きの和であり、割らない。",
                "This is a weighted sum: do not divide.",
            ),
            at="totals",
        ),
        mistake(
            "mean_of_terms",
            (
                "損失の個数で割っている。",
                "Divided by the number of losses.",
            ),
            (
                "損失どうしは足すだけで、個数では割らない。",
                "Losses are added; their number does not divide.",
            ),
            at="totals",
        ),
        _sum_for_mean("行ごとの値", "The rows"),
    ),
)

UNCERTAINTY_WEIGHTING = LossInfo(
    id="uncertainty_weighting",
    name=Text("不確実性による損失の重み付け", "Uncertainty weighting of losses"),
    aliases=("不確かさによる重み付け", "Kendallの重み付け", "homoscedastic uncertainty weighting"),
    family="combined",
    tasks=("multi_task_learning",),
    syllabus="beyond",
    latex=r"\sum_t\Bigl(c_t e^{-s_t}L_t+\tfrac12 s_t\Bigr),\quad c_t=\tfrac12\ \text{or}\ 1,\ s_t=\ln\sigma_t^2",
    formula="Σₜ (cₜ exp(−sₜ) Lₜ + ½ sₜ)　（回帰は cₜ = ½、分類は cₜ = 1、sₜ = ln σₜ²）",
    arguments=(
        _TERMS,
        Argument(
            name="log_vars",
            space="log_var",
            shape="(T)、またはtermsと同じ形",
            domain="ℝ",
            says=Text(
                "タスクごとの対数分散 s = ln σ²（学習する）",
                "log-variance s = ln σ² of each task, learned",
            ),
        ),
    ),
    options=(
        Option(
            name="kinds",
            default="regression",
            domain="'regression', 'classification'、またはタスクごとの列",
            says=Text("タスクの種類（すべて同じ、または順に）", "kind of the tasks, one or a list"),
        ),
    ),
    denominator=_ROWS,
    properties=Properties(
        convex=None,
        differentiable=True,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "損失を固定すると、回帰では s = ln L、分類では s = ln 2L（値は負にもなる）",
            "for fixed losses at s = ln L (regression) or ln 2L (classification); may be negative",
        ),
    ),
    pytorch=None,
    snippet="(0.5 * torch.exp(-log_vars) * terms + 0.5 * log_vars).sum(-1).mean()",
    use_when=Text(
        "複数の損失の重みを手で調整せず、各タスクの不確かさとして学習させたいときに使う。損失が大きいタスクの重みは自動で小さくなる。",
        "To learn the weights of several losses, as the uncertainty of each task, instead of tuning "
        "them by hand: a task with a large loss gets a small weight.",
    ),
    avoid_when=Text(
        "重要さで重みを決めたいときには向かない。学習されるのは不確かさであって重要さではなく、難しいタスクほど軽く扱われる。",
        "Not where weights should say what matters: it learns uncertainty, and hard tasks get less "
        "weight.",
    ),
    papers=(
        Paper(
            "Alex Kendall, Yarin Gal, Roberto Cipolla",
            2018,
            "Multi-Task Learning Using Uncertainty to Weigh Losses for Scene Geometry and Semantics",
        ),
    ),
    neighbours=("weighted_sum", "gaussian_nll"),
    mistakes=(
        mistake(
            "no_regulariser",
            (
                "½ s の項を落としている。",
                "The term ½ s was left out.",
            ),
            (
                "½ s を足す。ないと、sを大きくするだけで損失が0に近づいてしまう。",
                "Add ½ s; without it a growing s alone takes the loss to 0.",
            ),
            at="regularisers",
        ),
        mistake(
            "regulariser_not_halved",
            (
                "½ s ではなく s を足している。",
                "The term s was added instead of ½ s.",
            ),
            (
                "s = ln σ² なので、ln σ は ½ s である。",
                "With s = ln σ² the term ln σ is ½ s.",
            ),
            at="regularisers",
        ),
        mistake(
            "kinds_exchanged",
            (
                "回帰と分類の係数（½と1）を取り違えている。",
                "The factors of regression (½) and classification (1) were exchanged.",
            ),
            (
                "二乗誤差の回帰だけ、ガウス分布の尤度から½が付く。",
                "Only regression carries the ½, from the Gaussian likelihood.",
            ),
            at="weighted",
        ),
        mistake(
            "precision_upside_down",
            (
                "exp(−s) ではなく exp(s) を掛けている。",
                "Multiplied by exp(s) instead of exp(−s).",
            ),
            (
                "重みは精度 1/σ² = exp(−s)。不確かなタスクほど軽くなる。",
                "The weight is the precision 1/σ² = exp(−s): less for uncertain tasks.",
            ),
            at="precisions",
        ),
        mistake(
            "log_var_as_log_std",
            (
                "sを ln σ² ではなく ln σ とみなしている。",
                "s was read as ln σ instead of ln σ².",
            ),
            (
                "s は分散の対数なので、1/σ² = exp(−s) である。",
                "s is the logarithm of the variance: 1/σ² = exp(−s).",
            ),
            at="precisions",
        ),
        _sum_for_mean("行ごとの値", "The rows"),
    ),
)

SCHEDULED_SWITCH = LossInfo(
    id="scheduled_switch",
    name=Text(
        "学習途中で切り替える損失（交差エントロピー→Huber）",
        "Loss switched during training (cross-entropy to Huber)",
    ),
    aliases=("損失関数の切り替え", "適応的損失", "loss scheduling"),
    misnomers={"ハブ損失への切り替え": "Huber損失への切り替え"},
    family="combined",
    tasks=("classification",),
    syllabus="beyond",
    latex=r"\begin{cases}\ln\sum_k e^{z_k}-z_y & \text{epoch}<E\\ "
    r"\tfrac1K\sum_k h_\delta(\mathrm{softmax}(z)_k-[k=y]) & \text{epoch}\ge E\end{cases}",
    formula="epoch < E なら −ln softmax(z)_y、epoch ≥ E なら (1/K) Σₖ h(softmax(z)ₖ − [k = y])　"
    "（hはHuber損失）",
    arguments=(
        Argument(
            name="logits",
            space="logits",
            shape="(K) または (N, K)",
            domain="ℝ",
            says=Text("各クラスのロジット", "logits of the classes"),
        ),
        Argument(
            name="target",
            space="class_index",
            shape="() または (N)",
            domain="0, …, K−1",
            says=Text("正解クラスの番号", "index of the true class"),
        ),
    ),
    options=(
        Option(
            name="epoch",
            default=0,
            domain="0, 1, 2, …",
            says=Text("現在のエポック（0から数える）", "the present epoch, from 0"),
        ),
        Option(
            name="switch_epoch",
            default=10,
            domain="≥ 0",
            says=Text("Huber損失に切り替えるエポックE", "epoch E from which Huber is used"),
        ),
        Option(
            name="delta",
            default=1.0,
            domain="δ > 0",
            says=Text("Huber損失のδ", "delta of the Huber loss"),
        ),
    ),
    denominator=Text(
        "例の数（Huber損失は例の中でクラスについても平均する）",
        "the number of examples (Huber is averaged over the classes of an example first)",
    ),
    properties=Properties(
        convex=None,
        differentiable=True,
        bounded=None,
        symmetric=False,
        outlier_robust=None,
        unit="none",
        minimum=0.0,
        minimum_at=Text(
            "正解クラスの確率が1に近づく極限", "in the limit of certainty about the true class"
        ),
    ),
    pytorch=None,
    snippet="one_hot = F.one_hot(target, logits.shape[-1]).to(logits)\n"
    "later = F.huber_loss(logits.softmax(-1), one_hot, delta=delta)\n"
    "F.cross_entropy(logits, target) if epoch < switch_epoch else later",
    use_when=Text(
        "損失を途中で替えると何が起こるかを理解するための例である。切り替えの前後では値の尺度が違うので、"
        "損失の値が下がっても精度が上がったとは限らない。",
        "An example of what a change of loss during training does. Its values before and after the "
        "switch are on different scales: a fall at the switch is no progress.",
    ),
    avoid_when=Text(
        "実際の分類では勧められない。自信を持って誤った例ではsoftmaxが飽和してHuberの勾配がほぼ0になり、"
        "いちばん直すべき例が直らなくなる（ロジット10, −10, 0で正解が−10のクラスなら、勾配の大きさは1.41から0.00002に落ちる）。"
        "収束が速まる、過学習を防ぐという主張を裏付ける論文も見つからない。",
        "Not advisable for real classification: where the model is confidently wrong the softmax is "
        "saturated and Huber's gradient all but vanishes, so the examples most in need are no "
        "longer corrected (logits 10, −10, 0 with the class at −10 true: gradient norm 1.41 before, "
        "0.00002 after). No paper was found for the claim that it speeds up convergence or prevents "
        "overfitting.",
    ),
    papers=(
        Paper("Irving J. Good", 1952, "Rational Decisions"),
        Paper("Peter J. Huber", 1964, "Robust Estimation of a Location Parameter"),
    ),
    neighbours=("cross_entropy", "huber", "adaptive_robust", "weighted_sum"),
    mistakes=(
        mistake(
            "one_epoch_late",
            (
                "切り替えのエポックで、まだ交差エントロピーを使っている。",
                "Cross-entropy was still used in the epoch of the switch.",
            ),
            (
                "epoch が switch_epoch に達したらHuber損失を使う（エポックは0から数える）。",
                "From epoch = switch_epoch on use Huber; epochs count from 0.",
            ),
            at="phase",
        ),
        mistake(
            "order_reversed",
            (
                "切り替えの前後で損失が逆になっている。",
                "The two losses were used in the wrong order.",
            ),
            (
                "前半が交差エントロピー、後半がHuber損失である。",
                "Cross-entropy first, Huber later.",
            ),
            at="phase",
        ),
        mistake(
            "huber_on_logits",
            (
                "softmaxに通さず、ロジットとone-hotの差にHuber損失を使っている。",
                "Huber was taken of logits minus one-hot, without softmax.",
            ),
            (
                "one-hotと比べるのは確率。先にsoftmaxに通す。",
                "One-hot targets compare with probabilities: apply softmax first.",
            ),
            at="terms",
        ),
        mistake(
            "summed_over_classes",
            (
                "Huber損失をクラスについて合計し、平均していない。",
                "The Huber terms were summed over the classes, not averaged.",
            ),
            (
                "F.huber_lossは全要素で平均する。クラス数でも割る。",
                "F.huber_loss averages over all elements: divide by the number of classes too.",
            ),
            at="terms",
        ),
        mistake(
            "both_added",
            (
                "切り替え後に、交差エントロピーとHuber損失を両方足している。",
                "After the switch both losses were added.",
            ),
            (
                "切り替えでは一方だけを使う。両方を足すのは重み付き和である。",
                "A switch uses one of them; adding both is a weighted sum.",
            ),
            at="terms",
        ),
        _sum_for_mean("例ごとの値", "The examples"),
    ),
)

L1_REGULARISED = LossInfo(
    id="l1_regularised",
    name=Text("L1正則化付き目的関数", "L1-regularised objective"),
    aliases=("ラッソ", "ラッソ回帰の目的関数", "Lasso", "L1正則化"),
    family="combined",
    tasks=("regression", "classification", "feature_selection"),
    syllabus="14",
    latex=r"L+\lambda\sum_i|w_i|",
    formula="L + λ Σ |w|",
    arguments=(_DATA_LOSSES, _PARAMETERS),
    options=(_STRENGTH,),
    denominator=_DATA,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=None,
        minimum_at=Text(
            "データの損失と罰則の兼ね合いで決まる。一部の重みはちょうど0になる",
            "a compromise of data loss and penalty; some weights become exactly 0",
        ),
    ),
    pytorch=None,
    snippet="data_losses.mean() + strength * parameters.abs().sum()",
    use_when=Text(
        "多くの重みをちょうど0にして、使う特徴量を減らしたいとき（疎な解）に使う。線形回帰に使うとラッソ回帰になる。",
        "To set many weights to exactly 0 and use fewer features (a sparse solution). With linear "
        "regression it is the lasso.",
    ),
    avoid_when=Text(
        "互いに相関の高い特徴量をまとめて残したいときは、一部だけが選ばれるので向かない。"
        "重みを全体に小さくしたいだけならL2正則化を使う。バイアス項にはふつう罰則をかけない。",
        "Not to keep correlated features together: it picks some of them. To shrink all weights a "
        "little use L2. Biases are usually left out of the penalty.",
    ),
    papers=(Paper("Robert Tibshirani", 1996, "Regression Shrinkage and Selection via the Lasso"),),
    neighbours=("l2_regularised", "mae", "weighted_sum"),
    mistakes=(
        mistake(
            "signs_kept",
            (
                "重みの絶対値を取らず、符号付きのまま足している。",
                "The weights were added with their signs.",
            ),
            (
                "L1ノルムは絶対値の和である。正負が打ち消し合ってはならない。",
                "The L1 norm adds absolute values, so that signs do not cancel.",
            ),
            at="penalty",
        ),
        mistake(
            "l2_instead",
            (
                "重みを二乗している（L2正則化）。",
                "The weights were squared, as in L2 regularisation.",
            ),
            (
                "L1正則化の罰則は Σ |w|。",
                "The L1 penalty is Σ |w|.",
            ),
            at="penalty",
        ),
        _strength_forgotten(),
        _penalty_averaged(),
        mistake(
            "penalty_subtracted",
            (
                "罰則を引いている。",
                "The penalty was subtracted.",
            ),
            (
                "罰則は足す。重みが大きいほど目的関数が大きくなる。",
                "The penalty is added: large weights cost.",
            ),
            at="objective",
        ),
        _sum_for_mean("データの損失", "The data losses"),
    ),
)

L2_REGULARISED = LossInfo(
    id="l2_regularised",
    name=Text("L2正則化付き目的関数", "L2-regularised objective"),
    aliases=("リッジ", "リッジ回帰の目的関数", "Ridge", "L2正則化"),
    family="combined",
    tasks=("regression", "classification"),
    syllabus="14",
    latex=r"L+\lambda\sum_i w_i^2",
    formula="L + λ Σ w²　（half=True なら L + ½ λ Σ w²）",
    arguments=(_DATA_LOSSES, _PARAMETERS),
    options=(
        _STRENGTH,
        Option(
            name="half",
            default=False,
            domain="True, False",
            says=Text(
                "罰則に½を付けるか（付けると勾配がλwになり、SGDのweight_decayと一致する）",
                "whether the penalty has a ½; its gradient is then λw, as weight_decay in SGD",
            ),
        ),
    ),
    denominator=_DATA,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=None,
        outlier_robust=None,
        unit="none",
        minimum=None,
        minimum_at=Text(
            "データの損失と罰則の兼ね合いで決まる。重みは小さくなるが、ちょうど0にはなりにくい",
            "a compromise of data loss and penalty; weights shrink but rarely become exactly 0",
        ),
    ),
    pytorch=None,
    snippet="data_losses.mean() + strength * parameters.square().sum()",
    use_when=Text(
        "重みが極端に大きくなるのを抑えて、過学習を防ぎたいときに使う。線形回帰に使うとリッジ回帰になる。",
        "To keep weights from growing large and so prevent overfitting. With linear regression it "
        "is ridge regression.",
    ),
    avoid_when=Text(
        "特徴量を選びたいときは、重みが0にならないので向かない（L1正則化を使う）。"
        "Adamでは損失に足すL2正則化と重み減衰（AdamW）が一致しないことにも注意する。",
        "Not to select features: weights do not become 0 (use L1). Under Adam an L2 penalty in the "
        "loss differs from decoupled weight decay (AdamW).",
    ),
    papers=(
        Paper(
            "Arthur E. Hoerl, Robert W. Kennard",
            1970,
            "Ridge Regression: Biased Estimation for Nonorthogonal Problems",
        ),
        Paper("Ilya Loshchilov, Frank Hutter", 2019, "Decoupled Weight Decay Regularization"),
    ),
    neighbours=("l1_regularised", "mse", "weighted_sum"),
    mistakes=(
        mistake(
            "norm_not_squared",
            (
                "二乗和の平方根（L2ノルム）を罰則にしている。",
                "The penalty was the norm, the root of the sum of squares.",
            ),
            (
                "L2正則化の罰則はノルムの二乗 Σ w²。平方根は取らない。",
                "The L2 penalty is the squared norm Σ w², without the root.",
            ),
            at="penalty",
        ),
        mistake(
            "other_half",
            (
                "罰則の½の有無を取り違えている。",
                "The ½ of the penalty was added or left out wrongly.",
            ),
            (
                "λ Σ w² と ½ λ Σ w² の2通りの書き方がある。問題の定義に従う。",
                "Texts write λ Σ w² or ½ λ Σ w²: follow the definition given.",
            ),
            at="objective",
        ),
        mistake(
            "l1_instead",
            (
                "重みの絶対値を足している（L1正則化）。",
                "Absolute weights were added, as in L1 regularisation.",
            ),
            (
                "L2正則化の罰則は Σ w²。",
                "The L2 penalty is Σ w².",
            ),
            at="penalty",
        ),
        mistake(
            "sum_squared",
            (
                "重みを足してから二乗している。",
                "The weights were added before squaring.",
            ),
            (
                "一つずつ二乗してから足す。",
                "Square each weight, then add.",
            ),
            at="penalty",
        ),
        _strength_forgotten(),
        _penalty_averaged(),
        _sum_for_mean("データの損失", "The data losses"),
    ),
)

COMBINED: tuple[LossInfo, ...] = (
    WEIGHTED_SUM,
    UNCERTAINTY_WEIGHTING,
    SCHEDULED_SWITCH,
    L1_REGULARISED,
    L2_REGULARISED,
)
