"""Losses for real-valued targets."""

from __future__ import annotations

from losses.catalog.common import base_two, broadcast, mistake, sum_for_mean
from losses.catalog.info import Argument, LossInfo, MistakeInfo, Option, Paper, Properties
from losses.text import Text

_PRED = Argument(
    name="pred",
    space="values",
    shape="(*)",
    domain="ℝ",
    says=Text("予測値", "predicted values"),
)
_TARGET = Argument(
    name="target",
    space="values",
    shape="(*)、predと同じ形",
    domain="ℝ",
    says=Text("正解値", "target values"),
)
_ELEMENTS = Text("要素の総数", "the number of elements")
_AT_EQUALITY = Text("予測と正解が一致するとき", "where prediction equals target")

_SIGNED_MEAN = mistake(
    "signed_mean",
    (
        "誤差を符号付きのまま平均しており、正と負が打ち消し合っている。",
        "Signed errors were averaged, so positive and negative ones cancel.",
    ),
    (
        "平均する前に、誤差を一つずつ二乗する（MAEなら絶対値にする）。",
        "Square each error (for MAE: take its absolute value) before averaging.",
    ),
)

MSE = LossInfo(
    id="mse",
    name=Text("平均二乗誤差", "Mean squared error"),
    abbreviation="MSE",
    aliases=("平均2乗誤差", "平均二乗誤差関数", "L2損失", "二乗損失", "L2 loss", "squared error"),
    family="regression",
    tasks=("regression", "forecasting", "reconstruction"),
    syllabus="13b",
    latex=r"\frac{1}{n}\sum_{i=1}^{n}(\hat y_i-y_i)^2",
    formula="(1/n) Σ eᵢ²　（e = pred − target）",
    arguments=(_PRED, _TARGET),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=True,
        outlier_robust=False,
        unit="unit²",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch="torch.nn.MSELoss",
    snippet="F.mse_loss(pred, target)",
    use_when=Text(
        "連続値を予測する回帰の標準である。誤差が正規分布に従うと仮定した最尤推定にあたり、最適な予測は条件付き平均になる。"
        "大きな誤差を重く罰したいときに使う。",
        "The standard for regression. It is maximum likelihood under normally distributed errors, "
        "its best prediction is the conditional mean, and large errors weigh most.",
    ),
    avoid_when=Text(
        "外れ値があると、その誤差の二乗が全体を支配する。そのときはMAEやHuber損失を選ぶ。"
        "シグモイドやソフトマックスの出力に使うと、自信を持って間違えた例で勾配が消えるため、分類にも向かない。",
        "Outliers dominate through their squares: take MAE or Huber then. After a sigmoid or softmax "
        "its gradient vanishes on confidently wrong examples, so it does not suit classification.",
    ),
    papers=(
        Paper(
            "Adrien-Marie Legendre",
            1805,
            "Nouvelles méthodes pour la détermination des orbites des comètes",
        ),
        Paper(
            "Carl Friedrich Gauss",
            1809,
            "Theoria motus corporum coelestium in sectionibus conicis solem ambientium",
        ),
    ),
    neighbours=("rmse", "mae", "huber"),
    mistakes=(
        sum_for_mean(),
        mistake(
            "root_taken",
            (
                "最後に平方根を取っている。それはRMSEである。",
                "A square root was taken at the end; that is RMSE.",
            ),
            (
                "MSEは二乗の平均のままでよい。元の単位に戻した指標がRMSEである。",
                "MSE stays the mean of the squares; RMSE is what brings it back to the unit.",
            ),
            at="mean",
        ),
        mistake(
            "halved",
            (
                "½を掛けている。",
                "The result was multiplied by ½.",
            ),
            (
                "½ Σe² は微分を簡単にするための別の定義（二乗和誤差）で、PyTorchのMSEに½は付かない。",
                "½e² is another convention that tidies the derivative; MSE in PyTorch has no ½.",
            ),
        ),
        _SIGNED_MEAN,
        mistake(
            "absolute_instead",
            (
                "二乗せず、絶対値を平均している。それはMAEである。",
                "Absolute values were averaged instead of squares; that is MAE.",
            ),
            (
                "誤差を二乗してから平均する。",
                "Square the errors before averaging.",
            ),
        ),
        broadcast("errors"),
    ),
)

MAE = LossInfo(
    id="mae",
    name=Text("平均絶対誤差", "Mean absolute error"),
    abbreviation="MAE",
    aliases=("平均絶対値誤差", "L1損失", "L1 loss", "absolute error"),
    family="regression",
    tasks=("regression", "forecasting", "image_restoration"),
    syllabus="10",
    latex=r"\frac{1}{n}\sum_{i=1}^{n}\lvert\hat y_i-y_i\rvert",
    formula="(1/n) Σ |eᵢ|　（e = pred − target）",
    arguments=(_PRED, _TARGET),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=True,
        outlier_robust=True,
        unit="unit",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch="torch.nn.L1Loss",
    snippet="F.l1_loss(pred, target)",
    use_when=Text(
        "外れ値の影響を抑えたい回帰に使う。最適な予測は条件付き中央値になる。値は元の単位のままで、"
        "誤差の大きさの平均としてそのまま読める。",
        "Regression in which outliers should not dominate. Its best prediction is the conditional "
        "median, and its value, in the unit of the target, is the average size of an error.",
    ),
    avoid_when=Text(
        "勾配の大きさが誤差によらず一定なので、学習率を下げないと最小値の近くで振動する。e = 0 では微分できない。"
        "滑らかさが必要ならHuber損失やLog-Cosh損失を選ぶ。",
        "Its gradient has the same size for every error, so training oscillates near the minimum "
        "unless the learning rate falls, and it has a kink at 0. Take Huber or log-cosh for "
        "smoothness.",
    ),
    papers=(
        Paper(
            "Rugjer Boscovich",
            1757,
            "De litteraria expeditione per pontificiam ditionem",
        ),
        Paper("Pierre-Simon Laplace", 1793, "Sur quelques points du système du monde"),
    ),
    neighbours=("mse", "rmse", "huber", "quantile"),
    mistakes=(
        sum_for_mean(),
        _SIGNED_MEAN,
        mistake(
            "squared_instead",
            (
                "絶対値ではなく二乗を平均している。それはMSEである。",
                "Squares were averaged instead of absolute values; that is MSE.",
            ),
            (
                "誤差の絶対値を取ってから平均する。",
                "Take the absolute value of each error before averaging.",
            ),
        ),
        broadcast("errors"),
    ),
)

RMSE = LossInfo(
    id="rmse",
    name=Text("二乗平均平方根誤差", "Root mean squared error"),
    abbreviation="RMSE",
    aliases=("平均平方二乗誤差", "平均平方根誤差", "root mean square error"),
    family="regression",
    tasks=("regression", "forecasting"),
    syllabus="10",
    latex=r"\sqrt{\frac{1}{n}\sum_{i=1}^{n}(\hat y_i-y_i)^2}",
    formula="√((1/n) Σ eᵢ²)　（e = pred − target）",
    arguments=(_PRED, _TARGET),
    denominator=Text("要素の総数（根号の中で割る）", "the number of elements, under the root"),
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=True,
        outlier_robust=None,
        unit="unit",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch=None,
    snippet="torch.sqrt(F.mse_loss(pred, target))",
    use_when=Text(
        "予測の誤差を元の単位で報告する評価指標として使う。平方根は単調なので、全データでのRMSEの最小化はMSEの最小化と同じ予測を与える。",
        "Reporting prediction error in the unit of the target. The root is monotonic, so over a whole "
        "data set minimising it gives the same prediction as minimising MSE.",
    ),
    avoid_when=Text(
        "学習の損失としてはMSEで足りる。平方根は誤差が0の点で微分できず、そのまま書くと勾配がNaNになる。"
        "バッチごとのRMSEを平均しても全体のRMSEにはならない。外れ値には二乗が残るぶんMAEより敏感である。",
        "As a training loss MSE does as well: the root has no derivative where all errors are 0 and "
        "then gives NaN. The mean of batch RMSEs is not the RMSE of all data. It still weighs "
        "outliers by their squares.",
    ),
    papers=(
        Paper(
            "Carl Friedrich Gauss",
            1823,
            "Theoria combinationis observationum erroribus minimis obnoxiae",
        ),
    ),
    neighbours=("mse", "mae"),
    mistakes=(
        mistake(
            "sum_for_mean",
            (
                "要素数で割らず、二乗の合計の平方根を取っている。",
                "The root of the sum was taken, without dividing by the number of elements.",
            ),
            (
                "二乗の平均を求めてから平方根を取る。",
                "Take the mean of the squares first, then the root.",
            ),
            at="mean",
        ),
        mistake(
            "no_root",
            (
                "最後の平方根を忘れている。それはMSEである。",
                "The final square root was forgotten; that is MSE.",
            ),
            (
                "二乗の平均の平方根を取り、元の単位に戻す。",
                "Take the root of the mean of squares to come back to the unit.",
            ),
            at="root",
        ),
        mistake(
            "root_of_each",
            (
                "要素ごとに平方根を取ってから平均している。√e² = |e| なので、それはMAEである。",
                "The root was taken of each square before averaging; √e² = |e|, so that is MAE.",
            ),
            (
                "平方根は平均した後に一度だけ取る。",
                "Take the root once, after averaging.",
            ),
            at="mean",
        ),
        mistake(
            "divided_outside_root",
            (
                "二乗の合計の平方根を取った後に、要素数で割っている。",
                "The root of the sum was taken first and divided by the number of elements after.",
            ),
            (
                "割り算は根号の中で行う。",
                "The division belongs under the root.",
            ),
            at="mean",
        ),
    ),
)

HUBER = LossInfo(
    id="huber",
    name=Text("Huber損失", "Huber loss"),
    aliases=("フーバー損失", "ヒューバー損失", "Huber loss"),
    misnomers={"ハブ損失": "Huber損失", "ハッバー損失": "Huber損失", "ハブハンロス": "Huber損失"},
    family="regression",
    tasks=("regression", "object_detection"),
    syllabus="beyond",
    latex=r"\begin{cases}\tfrac12 e^2 & |e|\le\delta\\ \delta(|e|-\tfrac12\delta) & |e|>\delta\end{cases}",
    formula="|e| ≤ δ なら ½e²、|e| > δ なら δ(|e| − ½δ)　（e = pred − target）",
    arguments=(_PRED, _TARGET),
    options=(
        Option(
            name="delta",
            default=1.0,
            domain="δ > 0",
            says=Text("二次と一次が切り替わる誤差の大きさ", "error at which it turns linear"),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=True,
        outlier_robust=True,
        unit="unit²",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch="torch.nn.HuberLoss",
    snippet="F.huber_loss(pred, target, delta=1.0)",
    use_when=Text(
        "外れ値を含む回帰に使う。小さい誤差ではMSEと同じ滑らかさで収束し、大きい誤差では勾配がδで頭打ちになるため、"
        "少数の異常な観測が学習を支配しない。",
        "Regression with outliers: near zero it is as smooth as MSE, and for large errors the "
        "gradient is capped at delta, so a few wild observations cannot dominate training.",
    ),
    avoid_when=Text(
        "大きな誤差こそ重く罰したいとき、またはδを誤差の尺度に合わせて選べないときは向かない。"
        "外れ値を検出する手法でもない。",
        "Not when large errors must weigh most, or when delta cannot be matched to the scale of "
        "the errors. It does not detect outliers either.",
    ),
    papers=(Paper("Peter J. Huber", 1964, "Robust Estimation of a Location Parameter"),),
    neighbours=("smooth_l1", "mse", "mae", "pseudo_huber", "log_cosh"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="no_half_in_quadratic",
            says=Text(
                "二次の部分で½を掛け忘れ、e²のままにしている。",
                "The quadratic part was taken as e² instead of ½e².",
            ),
            remedy=Text(
                "|e| ≤ δ では½e²。½があるので、|e| = δ で一次の部分と値も傾きもつながる。",
                "Use ½e² where |e| ≤ δ; the ½ makes value and slope meet the linear part at δ.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="linear_without_offset",
            says=Text(
                "一次の部分を δ|e| とし、−½δ² を引いていない。",
                "The linear part was taken as δ|e|, without subtracting ½δ².",
            ),
            remedy=Text(
                "δ(|e| − ½δ) とする。引かないと |e| = δ で値が½δ²だけ飛ぶ。",
                "Use δ(|e| − ½δ); otherwise the value jumps by ½δ² at |e| = δ.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="linear_as_absolute",
            says=Text(
                "一次の部分を |e| そのもの（MAE）にしている。",
                "The linear part was taken as |e| itself, as in MAE.",
            ),
            remedy=Text(
                "一次の部分の傾きは1ではなくδ。δ(|e| − ½δ) で計算する。",
                "The slope of the linear part is δ, not 1: compute δ(|e| − ½δ).",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="smooth_l1_instead",
            says=Text(
                "Smooth L1損失（Huberをδで割ったもの）を計算している。",
                "This is the Smooth L1 loss, which is Huber divided by δ.",
            ),
            remedy=Text(
                "Huber損失はδで割らない。両者が一致するのはδ = 1のときだけである。",
                "Huber is not divided by δ; the two agree only at δ = 1.",
            ),
            departs_at="terms",
        ),
    ),
)

SMOOTH_L1 = LossInfo(
    id="smooth_l1",
    name=Text("Smooth L1損失", "Smooth L1 loss"),
    aliases=("平滑化L1損失", "スムーズL1損失", "smooth L1"),
    misnomers={"スムースL1": "Smooth L1損失", "平滑L1": "Smooth L1損失"},
    family="regression",
    tasks=("regression", "object_detection"),
    syllabus="26",
    latex=r"\begin{cases}\dfrac{e^2}{2\beta} & |e|<\beta\\ |e|-\tfrac12\beta & |e|\ge\beta\end{cases}",
    formula="|e| < β なら e²/(2β)、|e| ≥ β なら |e| − ½β　（e = pred − target）",
    arguments=(_PRED, _TARGET),
    options=(
        Option(
            name="beta",
            default=1.0,
            domain="β ≥ 0（0ならMAE）",
            says=Text("二次と一次が切り替わる誤差の大きさ", "error at which it turns linear"),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=True,
        outlier_robust=True,
        unit="unit",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch="torch.nn.SmoothL1Loss",
    snippet="F.smooth_l1_loss(pred, target, beta=1.0)",
    use_when=Text(
        "物体検出の矩形回帰で標準的に使う（Fast R-CNN以降）。誤差が大きい間は勾配の大きさが1に固定され、小さくなると滑らかに0へ向かう。",
        "The usual loss for box regression since Fast R-CNN: the gradient has size 1 while the error "
        "is large and goes smoothly to 0 as it shrinks.",
    ),
    avoid_when=Text(
        "βを変えても一次部分の傾きは常に1である。傾きも切り替え点とともに変えたいときはHuber損失（これのβ倍）を選ぶ。"
        "矩形の重なりそのものを最適化したいときはIoU系の損失が合う。",
        "The slope of the linear part stays 1 whatever β is; take Huber, which is β times this, when "
        "the slope should follow the threshold. To optimise overlap itself use an IoU loss.",
    ),
    papers=(Paper("Ross Girshick", 2015, "Fast R-CNN"),),
    neighbours=("huber", "mae", "mse"),
    mistakes=(
        sum_for_mean(),
        mistake(
            "huber_instead",
            (
                "Huber損失（δ = β）を計算しており、βで割っていない。",
                "This is the Huber loss with δ = β; the division by β is missing.",
            ),
            (
                "Smooth L1損失 = Huber損失 / β。両者が一致するのはβ = 1のときだけである。",
                "Smooth L1 is Huber divided by β; they agree only at β = 1.",
            ),
        ),
        mistake(
            "no_half_in_quadratic",
            (
                "二次の部分で½を掛け忘れ、e²/β にしている。",
                "The quadratic part was taken as e²/β, without the ½.",
            ),
            (
                "|e| < β では e²/(2β)。|e| = β で一次の部分と値がつながる。",
                "Use e²/(2β) where |e| < β, so that it meets the linear part at β.",
            ),
        ),
        mistake(
            "quadratic_without_beta",
            (
                "二次の部分をβで割らず、½e² にしている。",
                "The quadratic part was taken as ½e², without dividing by β.",
            ),
            (
                "二次の部分は e²/(2β)。β = 1以外ではβで割らないと値がつながらない。",
                "The quadratic part is e²/(2β); without β it meets the linear part only at β = 1.",
            ),
        ),
        mistake(
            "linear_without_offset",
            (
                "一次の部分を |e| とし、−½β を引いていない。",
                "The linear part was taken as |e|, without subtracting ½β.",
            ),
            (
                "|e| ≥ β では |e| − ½β とする。",
                "Use |e| − ½β where |e| ≥ β.",
            ),
        ),
    ),
)

PSEUDO_HUBER = LossInfo(
    id="pseudo_huber",
    name=Text("Pseudo-Huber損失", "Pseudo-Huber loss"),
    aliases=("擬似Huber損失", "Charbonnier損失", "Charbonnier loss", "L1-L2 loss"),
    family="regression",
    tasks=("regression", "image_restoration", "optical_flow"),
    syllabus="beyond",
    latex=r"\delta^2\left(\sqrt{1+(e/\delta)^2}-1\right)",
    formula="δ²(√(1 + (e/δ)²) − 1)　（e = pred − target）",
    arguments=(_PRED, _TARGET),
    options=(
        Option(
            name="delta",
            default=1.0,
            domain="δ > 0",
            says=Text(
                "二次から一次へ移る誤差の目安",
                "error around which it passes from quadratic to linear",
            ),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=True,
        outlier_robust=True,
        unit="unit²",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch=None,
    snippet="e = pred - target\n(delta**2 * (torch.sqrt(1 + (e / delta) ** 2) - 1)).mean()",
    use_when=Text(
        "Huber損失のように外れ値に強く、しかも何度でも微分できる損失が必要なときに使う。ニュートン法のように二階微分を使う手法や、"
        "画像復元（Charbonnier損失）に向く。",
        "When robustness like Huber's is needed together with derivatives of every order: second-order "
        "optimisers, and image restoration, where it is called the Charbonnier loss.",
    ),
    avoid_when=Text(
        "大きな誤差ではHuber損失よりゆっくり直線に近づくので、切り替え点をはっきり決めたいときは向かない。"
        "√の中から1を引く形のまま小さな誤差を計算すると桁落ちする。",
        "It approaches its straight line gradually, so it does not suit a sharp threshold. Written as "
        "root minus 1 it loses the digits of small errors.",
    ),
    papers=(
        Paper(
            "Pierre Charbonnier, Laure Blanc-Féraud, Gilles Aubert, Michel Barlaud",
            1994,
            "Two Deterministic Half-Quadratic Regularization Algorithms for Computed Imaging",
        ),
    ),
    neighbours=("huber", "log_cosh", "adaptive_robust"),
    mistakes=(
        sum_for_mean(),
        mistake(
            "no_minus_one",
            (
                "最後の −1 を忘れ、δ²√(1 + (e/δ)²) にしている。",
                "The −1 was forgotten: δ²√(1 + (e/δ)²).",
            ),
            (
                "誤差が0のとき損失も0になるように、根号から1を引く。",
                "Subtract 1 from the root, so that no error costs nothing.",
            ),
        ),
        mistake(
            "no_delta_factor",
            (
                "前に掛けるδ²を忘れている。",
                "The factor δ² in front was forgotten.",
            ),
            (
                "δ²を掛ける。これで小さな誤差の損失が½e²に近づく。",
                "Multiply by δ²; only then is the loss near ½e² for small errors.",
            ),
        ),
        mistake(
            "delta_not_squared",
            (
                "前に掛ける係数をδ²ではなくδにしている。",
                "The factor in front was taken as δ instead of δ².",
            ),
            (
                "係数はδ²。δだけだと小さな誤差の損失がe²/(2δ)になる。",
                "The factor is δ²; with δ alone small errors cost e²/(2δ).",
            ),
        ),
        mistake(
            "huber_instead",
            (
                "場合分けのあるHuber損失を計算している。",
                "This is the Huber loss, with its two branches.",
            ),
            (
                "Pseudo-Huber損失に場合分けはない。すべての誤差に同じ式を使う。",
                "Pseudo-Huber has no branches: one formula for every error.",
            ),
        ),
    ),
)

LOG_COSH = LossInfo(
    id="log_cosh",
    name=Text("Log-Cosh損失", "Log-cosh loss"),
    aliases=("対数双曲線余弦損失", "ログコッシュ損失", "logcosh"),
    misnomers={"対数双曲線": "Log-Cosh損失", "対数双曲線損失": "Log-Cosh損失"},
    family="regression",
    tasks=("regression", "reconstruction"),
    syllabus="beyond",
    latex=r"\ln\cosh e",
    formula="ln cosh e　（e = pred − target）",
    arguments=(_PRED, _TARGET),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=True,
        outlier_robust=True,
        unit="none",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch=None,
    snippet="e = (pred - target).abs()\n(e + torch.log1p(torch.exp(-2 * e)) - math.log(2)).mean()",
    use_when=Text(
        "小さい誤差では½e²、大きい誤差では |e| − ln 2 に近い。閾値を決めずにHuber損失に似た頑健さが欲しいときに使う。"
        "勾配は tanh e で、何度でも微分できる。",
        "It is near ½e² for small errors and |e| − ln 2 for large ones: Huber-like robustness without "
        "a threshold to choose. Its gradient is tanh e, and it has derivatives of every order.",
    ),
    avoid_when=Text(
        "切り替わる大きさが約1に固定されているので、誤差の尺度が1から遠いデータではスケーリングしないと"
        "MSEかMAEとほぼ同じになる。log(cosh(e)) をそのまま書くと大きな誤差でオーバーフローする。",
        "The turn lies at an error of about 1: on data of another scale it is nearly MSE or MAE unless "
        "rescaled. Written as log(cosh(e)) it overflows for large errors.",
    ),
    papers=(
        Paper(
            "Pengfei Chen, Guangyong Chen, Shengyu Zhang",
            2019,
            "Log Hyperbolic Cosine Loss Improves Variational Auto-Encoder",
        ),
    ),
    neighbours=("huber", "pseudo_huber", "mae", "mse"),
    mistakes=(
        sum_for_mean(),
        base_two(),
        mistake(
            "cosh_without_log",
            (
                "対数を取らず、cosh e を平均している。",
                "cosh e was averaged without taking the logarithm.",
            ),
            (
                "cosh e の自然対数を取る。誤差が0なら cosh 0 = 1 なので損失は0になる。",
                "Take the natural logarithm of cosh e: cosh 0 = 1, so no error costs nothing.",
            ),
        ),
        mistake(
            "log_of_one_plus_cosh",
            (
                "ln(1 + cosh e) を計算している（log1p を使っている）。",
                "ln(1 + cosh e) was computed (log1p was used).",
            ),
            (
                "対数の中は cosh e だけで、1を足さない。",
                "The logarithm holds cosh e alone; nothing is added.",
            ),
        ),
        mistake(
            "log_two_forgotten",
            (
                "安定な形 |e| + ln(1 + e^(−2|e|)) − ln 2 の、最後の −ln 2 を忘れている。",
                "The −ln 2 of the stable form |e| + ln(1 + e^(−2|e|)) − ln 2 was forgotten.",
            ),
            (
                "cosh e = (e^e + e^(−e))/2 の「÷2」が −ln 2 になる。",
                "The ÷2 in cosh e = (e^e + e^(−e))/2 becomes −ln 2.",
            ),
        ),
    ),
)

QUANTILE = LossInfo(
    id="quantile",
    name=Text("分位点損失", "Quantile loss"),
    aliases=("ピンボール損失", "分位損失", "チェック損失", "pinball loss", "check loss"),
    family="regression",
    tasks=("quantile_regression", "forecasting", "interval_prediction"),
    syllabus="beyond",
    latex=r"\max\bigl(q\,u,\ (q-1)\,u\bigr),\quad u=y-\hat y",
    formula="max(q·u, (q − 1)·u)　（u = target − pred）",
    arguments=(_PRED, _TARGET),
    options=(
        Option(
            name="q",
            default=0.5,
            domain="0 < q < 1",
            says=Text("予測したい分位点", "the quantile to predict"),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=False,
        bounded=False,
        symmetric=None,
        outlier_robust=True,
        unit="unit",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch=None,
    snippet="u = target - pred\ntorch.maximum(q * u, (q - 1) * u).mean()",
    use_when=Text(
        "平均ではなく分位点を予測したいときに使う。q = 0.1 と q = 0.9 の2つのモデルで80%予測区間ができる。"
        "在庫の欠品のように、少なく見積もる損と多く見積もる損が異なる問題にも合う。",
        "Predicting a quantile instead of the mean: two models, for q = 0.1 and 0.9, give an 80% "
        "interval. It also fits problems where predicting too low and too high cost differently, "
        "such as stock-outs.",
    ),
    avoid_when=Text(
        "平均が知りたいときは向かない。分位点ごとに別々に学習すると、予測した分位点の順序が入れ替わることがある。"
        "上位25%の境目は q = 0.25 ではなく q = 0.75 である。",
        "Not when the mean is wanted. Quantiles learned separately may cross. The boundary of the top "
        "25% is q = 0.75, not 0.25.",
    ),
    papers=(Paper("Roger Koenker, Gilbert Bassett", 1978, "Regression Quantiles"),),
    neighbours=("mae", "huber", "gaussian_nll"),
    mistakes=(
        sum_for_mean(),
        mistake(
            "error_sign_flipped",
            (
                "u = pred − target とし、重み q と 1 − q が逆になっている。これは 1 − q 分位点の損失である。",
                "u was taken as pred − target, which exchanges the weights q and 1 − q: this is the "
                "loss of the (1 − q)-quantile.",
            ),
            (
                "u = target − pred とする。低く予測したとき（u > 0）の重みが q である。",
                "u = target − pred: predicting too low (u > 0) has the weight q.",
            ),
            at="errors",
        ),
        mistake(
            "absolute_error",
            (
                "重み q と 1 − q を掛けず、絶対誤差をそのまま平均している。",
                "Absolute errors were averaged without the weights q and 1 − q.",
            ),
            (
                "u > 0 の誤差に q、u < 0 の誤差に 1 − q を掛ける。",
                "Multiply by q where u > 0 and by 1 − q where u < 0.",
            ),
        ),
        mistake(
            "same_weight_both_sides",
            (
                "どちらの向きの誤差にも同じ重み q を掛けている。",
                "Errors on both sides were given the same weight q.",
            ),
            (
                "高く予測したとき（u < 0）の重みは 1 − q である。",
                "Predicting too high (u < 0) has the weight 1 − q.",
            ),
        ),
    ),
)

GAUSSIAN_NLL = LossInfo(
    id="gaussian_nll",
    name=Text("ガウス負の対数尤度", "Gaussian negative log-likelihood"),
    aliases=("正規分布の負の対数尤度", "Gaussian NLL"),
    family="regression",
    tasks=("regression", "uncertainty_estimation", "forecasting"),
    syllabus="beyond",
    latex=r"\tfrac12\left(\ln v+\frac{(y-\mu)^2}{v}\right)",
    formula="½(ln v + (y − μ)²/v)　（full なら ½ ln 2π を足す）",
    arguments=(
        Argument(
            name="mean",
            space="values",
            shape="(*)",
            domain="ℝ",
            says=Text("予測した平均μ", "predicted mean μ"),
        ),
        Argument(
            name="target",
            space="values",
            shape="(*)、meanと同じ形",
            domain="ℝ",
            says=Text("正解値y", "target value y"),
        ),
        Argument(
            name="var",
            space="var",
            shape="(*)、meanと同じ形",
            domain="v > 0",
            says=Text(
                "予測した分散v（標準偏差ではない）",
                "predicted variance v, not the standard deviation",
            ),
        ),
    ),
    options=(
        Option(
            name="full",
            default=False,
            domain="True / False",
            says=Text("定数 ½ ln 2π を含めるか", "include the constant ½ ln 2π"),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=True,
        outlier_robust=False,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "分散を固定すればμ = yのとき。平均を固定すればv = (y − μ)²のとき。両方を動かすと下限はない",
            "for a fixed variance where μ = y; for a fixed mean where v = (y − μ)²; over both there "
            "is no lower bound",
        ),
    ),
    pytorch="torch.nn.GaussianNLLLoss",
    snippet="F.gaussian_nll_loss(mean, target, var)",
    use_when=Text(
        "平均だけでなく、入力ごとの不確かさ（分散）も予測したい回帰に使う。ばらつきの大きい例の誤差は分散で割られ、軽く扱われる。"
        "分散が一定ならMSEを定数倍したものと同じ最小点になる。",
        "Regression that predicts an uncertainty for each input along with the mean: errors are "
        "divided by the variance, so noisy examples weigh less. With a constant variance it has the "
        "minimiser of MSE.",
    ),
    avoid_when=Text(
        "分散が0に近づくと損失が −∞ へ発散し得るので、学習データを言い当ててしまうモデルでは不安定になる。"
        "分散そのものより対数分散を出力させると正の制約が要らない。外れ値に弱いのはMSEと同じである。",
        "As a variance approaches 0 the loss may run to −∞, so models that fit the training data "
        "exactly are unstable. Let the network output the log-variance to keep v positive. Outliers "
        "hurt as with MSE.",
    ),
    papers=(
        Paper(
            "David A. Nix, Andreas S. Weigend",
            1994,
            "Estimating the Mean and Variance of the Target Probability Distribution",
        ),
    ),
    neighbours=("mse", "poisson_nll", "quantile"),
    mistakes=(
        sum_for_mean(),
        mistake(
            "std_as_variance",
            (
                "分散ではなく標準偏差 √v を代入している。",
                "The standard deviation √v was put in the place of the variance.",
            ),
            (
                "引数は分散である。標準偏差しかなければ二乗してから渡す。",
                "The argument is the variance; square a standard deviation first.",
            ),
            at="scaled",
        ),
        mistake(
            "no_half",
            (
                "全体に掛ける½を忘れている。",
                "The factor ½ was forgotten.",
            ),
            (
                "ln v と (y − μ)²/v の和に½を掛ける。",
                "Multiply the sum of ln v and (y − μ)²/v by ½.",
            ),
        ),
        mistake(
            "constant_added",
            (
                "定数 ½ ln 2π を含めている。既定（full=False）では含めない。",
                "The constant ½ ln 2π was included; by default (full=False) it is not.",
            ),
            (
                "full=True と指定されたときだけ定数を足す。",
                "Add the constant only where full=True is asked for.",
            ),
        ),
        mistake(
            "no_log_term",
            (
                "ln v の項を忘れ、二乗誤差を分散で割っただけにしている。",
                "The term ln v was forgotten; squared errors were only divided by the variance.",
            ),
            (
                "ln v を足す。これがないと分散をいくらでも大きくして損失を0にできる。",
                "Add ln v: without it the loss reaches 0 by letting the variance grow.",
            ),
        ),
    ),
)

POISSON_NLL = LossInfo(
    id="poisson_nll",
    name=Text("ポアソン負の対数尤度", "Poisson negative log-likelihood"),
    aliases=("ポアソン損失", "Poisson loss", "Poisson NLL"),
    family="regression",
    tasks=("count_regression", "forecasting"),
    syllabus="beyond",
    latex=r"e^{x}-y\,x,\quad x=\ln\lambda",
    formula="eˣ − y·x　（x = ln λ。log_inputでなければ λ − y·ln λ）",
    arguments=(
        Argument(
            name="log_rate",
            space="log_rate",
            shape="(*)",
            domain="ℝ（log_input=Falseなら λ > 0）",
            says=Text(
                "予測した強度の対数 ln λ（log_input=Falseなら強度λそのもの）",
                "logarithm ln λ of the predicted rate (the rate itself where log_input=False)",
            ),
        ),
        Argument(
            name="target",
            space="counts",
            shape="(*)、log_rateと同じ形",
            domain="y ≥ 0",
            says=Text("観測された回数y", "observed count y"),
        ),
    ),
    options=(
        Option(
            name="log_input",
            default=True,
            domain="True / False",
            says=Text(
                "第1引数が ln λ か（Falseならλそのもの）",
                "whether the first argument is ln λ (False: λ itself)",
            ),
        ),
        Option(
            name="full",
            default=False,
            domain="True / False",
            says=Text(
                "ln y! の近似（スターリングの公式）を y > 1 で足すか",
                "add Stirling's approximation of ln y! where y > 1",
            ),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=False,
        outlier_robust=False,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "λ = y のとき（値は y − y·ln y で、yによって異なる）",
            "where λ = y; its value there, y − y·ln y, depends on y",
        ),
    ),
    pytorch="torch.nn.PoissonNLLLoss",
    snippet="F.poisson_nll_loss(log_rate, target)",
    use_when=Text(
        "来店者数や故障回数のような、0以上の回数を予測する回帰に使う。平均が大きいほどばらつきも大きいデータに合い、"
        "対数を出力させれば予測は必ず正になる。",
        "Regression on counts such as visitors or failures, whose spread grows with their mean. "
        "Outputting the logarithm keeps the prediction positive.",
    ),
    avoid_when=Text(
        "分散が平均よりずっと大きい（過分散の）データには負の二項分布などが合う。第1引数が λ か ln λ かを取り違えても"
        "値はもっともらしく見えるので注意する。",
        "Counts whose variance far exceeds their mean need another model, such as the negative "
        "binomial. Beware of giving λ where ln λ is expected: the value looks plausible.",
    ),
    papers=(Paper("John A. Nelder, Robert W. M. Wedderburn", 1972, "Generalized Linear Models"),),
    neighbours=("gaussian_nll", "mse", "nll"),
    mistakes=(
        sum_for_mean(),
        mistake(
            "other_input_space",
            (
                "第1引数の λ と ln λ を取り違えている。",
                "λ and ln λ were confused in the first argument.",
            ),
            (
                "log_input=True（既定）なら第1引数は ln λ で、eˣ − y·x。Falseなら λ − y·ln λ である。",
                "With log_input=True (the default) the first argument is ln λ: eˣ − y·x; otherwise "
                "λ − y·ln λ.",
            ),
        ),
        mistake(
            "stirling_added",
            (
                "ln y! の近似項を足している。既定（full=False）では足さない。",
                "The approximation of ln y! was added; by default (full=False) it is not.",
            ),
            (
                "ln y! は予測によらない定数なので、full=True のときだけ足す。",
                "ln y! does not depend on the prediction; add it only where full=True.",
            ),
        ),
        mistake(
            "target_term_forgotten",
            (
                "−y·ln λ の項を忘れている。",
                "The term −y·ln λ was forgotten.",
            ),
            (
                "λ から y·ln λ を引く。引かないとλ = 0が最良になってしまう。",
                "Subtract y·ln λ from λ; without it a rate of 0 would be best.",
            ),
        ),
    ),
)

ADAPTIVE_ROBUST = LossInfo(
    id="adaptive_robust",
    name=Text("適応的ロバスト損失", "General and adaptive robust loss"),
    aliases=("Barronの損失", "一般化ロバスト損失", "Barron loss", "adaptive robust loss"),
    family="regression",
    tasks=("regression", "image_restoration", "registration"),
    syllabus="beyond",
    latex=r"\frac{b}{\alpha}\left(\left(\frac{(e/c)^2}{b}+1\right)^{\alpha/2}-1\right),\quad b=|\alpha-2|",
    formula="(b/α)(((e/c)²/b + 1)^(α/2) − 1)　（b = |α − 2|、e = pred − target）",
    arguments=(_PRED, _TARGET),
    options=(
        Option(
            name="alpha",
            default=1.0,
            domain="ℝ、±∞（2, 0, ±∞ は極限）",
            says=Text(
                "形。2でL2、1でCharbonnier、0でCauchy、−2でGeman-McClure、−∞でWelsch",
                "shape: 2 is L2, 1 Charbonnier, 0 Cauchy, −2 Geman-McClure, −∞ Welsch",
            ),
        ),
        Option(
            name="scale",
            default=1.0,
            domain="c > 0",
            says=Text(
                "二次とみなす誤差の幅c",
                "size c of the errors that count as small",
            ),
        ),
    ),
    denominator=_ELEMENTS,
    properties=Properties(
        convex=None,
        differentiable=True,
        bounded=None,
        symmetric=True,
        outlier_robust=None,
        unit="none",
        minimum=0.0,
        minimum_at=_AT_EQUALITY,
    ),
    pytorch=None,
    snippet="b = abs(alpha - 2)\nx = (pred - target) / scale\n"
    "(b / alpha * ((x**2 / b + 1) ** (alpha / 2) - 1)).mean()",
    use_when=Text(
        "外れ値の多さに合わせて損失の形を一つの数αで連続的に変えたいときに使う。αが小さいほど大きな誤差を軽く扱い、"
        "α < 0 では損失に上限ができる。",
        "When the shape of the loss should be tuned to the share of outliers by one number: the "
        "smaller α, the less large errors weigh, and for α < 0 the loss is bounded.",
    ),
    avoid_when=Text(
        "α < 1 では凸でなく、初期値から遠い例の勾配がほぼ0になる。αも学習するなら分配関数の対数を加えた負の対数尤度にする。"
        "加えないとαは下限まで下がり、誤差を無視するだけになる。",
        "For α < 1 it is not convex, and examples far off get hardly any gradient. To learn α, add the "
        "logarithm of the partition function; otherwise α falls to its bound and errors are merely "
        "ignored.",
    ),
    papers=(Paper("Jonathan T. Barron", 2019, "A General and Adaptive Robust Loss Function"),),
    neighbours=("pseudo_huber", "huber", "log_cosh"),
    mistakes=(
        sum_for_mean(),
        mistake(
            "scale_forgotten",
            (
                "誤差をcで割っていない。",
                "The errors were not divided by c.",
            ),
            (
                "x = (pred − target)/c とする。cがどこまでの誤差を二次とみなすかを決める。",
                "Use x = (pred − target)/c; c decides which errors count as small.",
            ),
            at="scaled",
        ),
        mistake(
            "no_minus_one",
            (
                "最後の −1 を忘れている。",
                "The −1 at the end was forgotten.",
            ),
            (
                "累乗から1を引いてから b/α を掛ける。誤差が0なら損失も0になる。",
                "Subtract 1 from the power before multiplying by b/α, so that no error costs nothing.",
            ),
        ),
        mistake(
            "exponent_not_halved",
            (
                "指数をα/2ではなくαにしている。",
                "The exponent was taken as α instead of α/2.",
            ),
            (
                "中身がx²なので、|x|のα乗にあたる指数はα/2である。",
                "The base holds x², so the exponent that gives |x| to the power α is α/2.",
            ),
        ),
    ),
)

REGRESSION: tuple[LossInfo, ...] = (
    MSE,
    MAE,
    RMSE,
    HUBER,
    SMOOTH_L1,
    PSEUDO_HUBER,
    LOG_COSH,
    QUANTILE,
    GAUSSIAN_NLL,
    POISSON_NLL,
    ADAPTIVE_ROBUST,
)
