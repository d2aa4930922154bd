"""Losses for models that generate: adversarial networks and variational autoencoders."""

from __future__ import annotations

from losses.catalog.common import sum_for_mean
from losses.catalog.info import (
    Argument,
    LossInfo,
    MistakeInfo,
    Option,
    Paper,
    Properties,
    Space,
    Unit,
)
from losses.text import Text

_GOODFELLOW = Paper("Ian J. Goodfellow and others", 2014, "Generative Adversarial Nets")
_MAO = Paper("Xudong Mao and others", 2017, "Least Squares Generative Adversarial Networks")
_ARJOVSKY = Paper("Martin Arjovsky, Soumith Chintala, Léon Bottou", 2017, "Wasserstein GAN")
_GULRAJANI = Paper("Ishaan Gulrajani and others", 2017, "Improved Training of Wasserstein GANs")
_LIM = Paper("Jae Hyun Lim, Jong Chul Ye", 2017, "Geometric GAN")
_MIYATO = Paper(
    "Takeru Miyato and others",
    2018,
    "Spectral Normalization for Generative Adversarial Networks",
)
_KINGMA = Paper("Diederik P. Kingma, Max Welling", 2014, "Auto-Encoding Variational Bayes")
_HIGGINS = Paper(
    "Irina Higgins and others",
    2017,
    "beta-VAE: Learning Basic Visual Concepts with a Constrained Variational Framework",
)

_BOTH_PARTS = Text(
    "本物・偽物それぞれの個数（2つの平均を足し、さらに2では割らない）",
    "the number of real and of generated examples; both means are added, not halved",
)
_FAKES = Text("生成データの個数", "the number of generated examples")
_EXAMPLES = Text(
    "データの個数（次元については合計する）",
    "the number of examples; within an example the dimensions are summed",
)


def _real(space: Space) -> Argument:
    kind = ("ロジット", "logits") if space == "logits" else ("スコア", "scores")
    return Argument(
        name=f"real_{space}",
        space=space,
        shape="(*)",
        domain="ℝ",
        says=Text(
            f"本物のデータに対する識別器の出力（{kind[0]}）",
            f"what the discriminator gives to real data ({kind[1]})",
        ),
    )


def _fake(space: Space, *, alone: bool = False) -> Argument:
    kind = ("ロジット", "logits") if space == "logits" else ("スコア", "scores")
    return Argument(
        name=f"fake_{space}",
        space=space,
        shape="(*)" if alone else f"real_{space}と同じ形",
        domain="ℝ",
        says=Text(
            f"生成データに対する識別器の出力（{kind[0]}）",
            f"what the discriminator gives to generated data ({kind[1]})",
        ),
    )


def _properties(
    *,
    convex: bool = True,
    differentiable: bool = True,
    bounded: bool = False,
    outlier_robust: bool = True,
    unit: Unit = "none",
    minimum: float | None = 0.0,
    minimum_at: Text,
) -> Properties:
    return Properties(
        convex=convex,
        differentiable=differentiable,
        bounded=bounded,
        symmetric=False,
        outlier_robust=outlier_robust,
        unit=unit,
        minimum=minimum,
        minimum_at=minimum_at,
    )


def _labels_swapped(departs_at: str = "real_terms") -> MistakeInfo:
    return MistakeInfo(
        id="labels_swapped",
        says=Text(
            "本物と偽物の扱いを逆にしている。",
            "Real and generated data were exchanged.",
        ),
        remedy=Text(
            "識別器は本物を1（高いスコア）、偽物を0（低いスコア）に近づける。",
            "The discriminator wants real data at 1 (high) and generated data at 0 (low).",
        ),
        departs_at=departs_at,
    )


_PARTS_AVERAGED = MistakeInfo(
    id="parts_averaged",
    says=Text(
        "本物の項と偽物の項の平均を取り、2で割っている。",
        "The two parts were averaged: divided by 2 once more.",
    ),
    remedy=Text(
        "それぞれの平均を足すだけで、2では割らない。",
        "Add the two means and do not divide by 2.",
    ),
    departs_at="mean",
)


def _fake_forgotten() -> MistakeInfo:
    return MistakeInfo(
        id="fake_forgotten",
        says=Text(
            "偽物の項を足し忘れている。",
            "The part of generated data was left out.",
        ),
        remedy=Text(
            "識別器の損失は、本物の項と偽物の項の和である。",
            "The loss of the discriminator is the sum of both parts.",
        ),
        departs_at="fake_terms",
    )


def _sign_flipped(ja: str, en: str, departs_at: str = "terms") -> MistakeInfo:
    return MistakeInfo(
        id="sign_flipped",
        says=Text("符号を逆にしている。", "The sign was turned."),
        remedy=Text(ja, en),
        departs_at=departs_at,
    )


def _sigmoid_twice(departs_at: str) -> MistakeInfo:
    return MistakeInfo(
        id="sigmoid_twice",
        says=Text(
            "sigmoidを2回掛けている（確率をロジットとして渡している）。",
            "The sigmoid was applied twice: probabilities were passed as logits.",
        ),
        remedy=Text(
            "sigmoidは1回だけ。BCEWithLogitsLossには sigmoid を通す前の値を渡す。",
            "Apply it once; BCEWithLogitsLoss takes the value before the sigmoid.",
        ),
        departs_at=departs_at,
    )


def _sigmoid_skipped(departs_at: str) -> MistakeInfo:
    return MistakeInfo(
        id="sigmoid_skipped",
        says=Text(
            "ロジットを確率とみなし、sigmoidを掛けずに対数を取っている。",
            "The logits were taken for probabilities: a logarithm without the sigmoid.",
        ),
        remedy=Text(
            "ロジットは確率ではない。先に σ(x) = 1 / (1 + e^(−x)) で確率に直す。",
            "A logit is not a probability: turn it into one by σ(x) = 1 / (1 + e^(−x)) first.",
        ),
        departs_at=departs_at,
    )


def _sigmoid_applied(departs_at: str, ja: str, en: str) -> MistakeInfo:
    return MistakeInfo(
        id="sigmoid_applied",
        says=Text(
            "スコアにsigmoidを掛けている。",
            "A sigmoid was applied to the scores.",
        ),
        remedy=Text(ja, en),
        departs_at=departs_at,
    )


def _non_saturating_instead() -> MistakeInfo:
    return MistakeInfo(
        id="non_saturating_instead",
        says=Text(
            "非飽和型の損失 −log σ(f) を計算している。",
            "This is the non-saturating loss −log σ(f).",
        ),
        remedy=Text(
            "問題が求める形の式を使う。非飽和型は元のGANを学習しやすくした別の形である。",
            "Use the form that is asked for; the non-saturating one is another form of the GAN.",
        ),
        departs_at="terms",
    )


GAN_DISCRIMINATOR = LossInfo(
    id="gan_discriminator",
    name=Text("GAN識別器の損失", "GAN discriminator loss"),
    abbreviation="GAN",
    aliases=("敵対的損失", "adversarial loss", "ディスクリミネータの損失", "識別器損失"),
    misnomers={
        "生成対向ネットワーク": "敵対的生成ネットワーク",
        "識別者": "識別器",
        "生成者": "生成器",
    },
    family="generative",
    tasks=("image_generation",),
    syllabus="30",
    latex=r"-\log\sigma(r)-\log\bigl(1-\sigma(f)\bigr)",
    formula="−log σ(r) − log(1 − σ(f))　（r は本物、f は偽物のロジット）",
    arguments=(_real("logits"), _fake("logits")),
    options=(
        Option(
            name="real_label",
            default=1.0,
            domain="0 ≤ a ≤ 1",
            says=Text(
                "本物の正解ラベル。0.9などにすると片側ラベル平滑化になる",
                "label of real data; 0.9, say, is one-sided label smoothing",
            ),
        ),
    ),
    denominator=_BOTH_PARTS,
    properties=_properties(
        unit="nats",
        minimum_at=Text(
            "本物のロジットが+∞、偽物が−∞に近づく極限",
            "in the limit of real logits +∞ and generated ones −∞",
        ),
    ),
    pytorch="torch.nn.BCEWithLogitsLoss",
    snippet=(
        "bce = F.binary_cross_entropy_with_logits\n"
        "bce(real_logits, torch.ones_like(real_logits)) "
        "+ bce(fake_logits, torch.zeros_like(fake_logits))"
    ),
    use_when=Text(
        "敵対的生成ネットワーク（GAN）の識別器を、本物を1、生成データを0と判定するように学習させるときに使う。"
        "識別器の更新中は、生成データを生成器から切り離しておく（detach）。",
        "Training the discriminator of a GAN to call real data 1 and generated data 0. Detach the "
        "generated data from the generator during this update.",
    ),
    avoid_when=Text(
        "識別器が強くなりすぎると生成器へ伝わる勾配が消え、学習が不安定になる。その場合はWGANやヒンジ型の損失、"
        "スペクトル正規化などを検討する。",
        "A discriminator that is too strong leaves the generator without a gradient and training "
        "unstable; consider the Wasserstein or hinge form, or spectral normalisation.",
    ),
    papers=(_GOODFELLOW,),
    neighbours=(
        "gan_generator_minimax",
        "gan_generator_non_saturating",
        "bce_with_logits",
        "wgan_critic",
        "hinge_gan_discriminator",
    ),
    mistakes=(
        sum_for_mean(),
        _sigmoid_skipped("real_probs"),
        _sigmoid_twice("real_probs"),
        _labels_swapped(),
        _PARTS_AVERAGED,
        _fake_forgotten(),
        MistakeInfo(
            id="fake_called_real",
            says=Text(
                "偽物の項も −log σ(f)（ラベル1）で計算している。",
                "The generated data, too, were given the label 1: −log σ(f).",
            ),
            remedy=Text(
                "識別器にとって偽物のラベルは0なので −log(1 − σ(f))。ラベルを1にするのは生成器の損失である。",
                "For the discriminator generated data have the label 0: −log(1 − σ(f)). The label 1 "
                "belongs to the generator's loss.",
            ),
            departs_at="fake_terms",
        ),
    ),
)

GAN_GENERATOR_MINIMAX = LossInfo(
    id="gan_generator_minimax",
    name=Text("GAN生成器の損失（ミニマックス型）", "GAN generator loss (minimax)"),
    aliases=("ミニマックス損失", "飽和型の生成器損失"),
    misnomers={"生成者": "生成器"},
    family="generative",
    tasks=("image_generation",),
    syllabus="30",
    latex=r"\log\bigl(1-\sigma(f)\bigr)",
    formula="log(1 − σ(f))",
    arguments=(_fake("logits", alone=True),),
    denominator=_FAKES,
    properties=_properties(
        convex=False,
        bounded=True,
        unit="nats",
        minimum=None,
        minimum_at=Text(
            "最小値はない。偽物のロジットが大きいほど小さくなる（値は常に負）",
            "no minimum: it falls as the logits rise, and is always negative",
        ),
    ),
    pytorch=None,
    snippet="F.logsigmoid(-fake_logits).mean()",
    use_when=Text(
        "GANの理論を説明するときの元の形である。識別器が最大化する価値関数を、生成器はそのまま最小化する。"
        "識別器が最適なら、この目的はJSダイバージェンスに対応する。",
        "The original form, for explaining the theory: the generator minimises the very value that "
        "the discriminator maximises; with an optimal discriminator this is the JS divergence.",
    ),
    avoid_when=Text(
        "学習の初期には識別器が偽物を簡単に見破り、勾配 −σ(f) が0に近づいて学習が進まない。実際の学習では非飽和型を使う。",
        "Early in training the discriminator finds the fakes out, the gradient −σ(f) vanishes and "
        "nothing is learned. In practice the non-saturating form is trained.",
    ),
    papers=(_GOODFELLOW,),
    neighbours=("gan_generator_non_saturating", "gan_discriminator", "js_div"),
    mistakes=(
        sum_for_mean(),
        _non_saturating_instead(),
        _sign_flipped(
            "ミニマックス型は log(1 − σ(f)) そのもので、値は負になる。",
            "The minimax form is log(1 − σ(f)) itself, which is negative.",
        ),
        _sigmoid_skipped("fake_probs"),
        _sigmoid_twice("fake_probs"),
    ),
)

GAN_GENERATOR_NON_SATURATING = LossInfo(
    id="gan_generator_non_saturating",
    name=Text("GAN生成器の損失（非飽和型）", "GAN generator loss (non-saturating)"),
    aliases=("非飽和損失", "non-saturating loss", "ジェネレータの損失"),
    misnomers={"生成者": "生成器"},
    family="generative",
    tasks=("image_generation",),
    syllabus="30",
    latex=r"-\log\sigma(f)",
    formula="−log σ(f)",
    arguments=(_fake("logits", alone=True),),
    denominator=_FAKES,
    properties=_properties(
        unit="nats",
        minimum_at=Text("偽物のロジットが+∞に近づく極限", "in the limit of generated logits +∞"),
    ),
    pytorch="torch.nn.BCEWithLogitsLoss",
    snippet="F.binary_cross_entropy_with_logits(fake_logits, torch.ones_like(fake_logits))",
    use_when=Text(
        "GANの生成器を実際に学習させるときの標準の形である。生成データに本物のラベル1を付けた交差エントロピーで、"
        "見破られているときほど勾配が大きい。",
        "The usual way to train the generator of a GAN: cross-entropy with generated data labelled "
        "1. The gradient is largest while the discriminator still finds the fakes out.",
    ),
    avoid_when=Text(
        "モード崩壊や不安定な学習を防ぐものではない。それが問題になる場合はWGANやヒンジ型の損失を検討する。",
        "It does not prevent mode collapse or unstable training; where these trouble, consider the "
        "Wasserstein or hinge form.",
    ),
    papers=(_GOODFELLOW,),
    neighbours=("gan_generator_minimax", "gan_discriminator", "bce_with_logits"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="minimax_instead",
            says=Text(
                "ミニマックス型の損失 log(1 − σ(f)) を計算している。",
                "This is the minimax loss log(1 − σ(f)).",
            ),
            remedy=Text(
                "非飽和型は −log σ(f) で、値は正になる。",
                "The non-saturating form is −log σ(f), which is positive.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="fake_label_kept",
            says=Text(
                "偽物のラベルを0のままにし、−log(1 − σ(f)) を計算している。",
                "The label 0 was kept for generated data: −log(1 − σ(f)).",
            ),
            remedy=Text(
                "生成器は本物と判定されたいので、ラベルを1にする：−log σ(f)。",
                "The generator wants to be called real, so the label is 1: −log σ(f).",
            ),
            departs_at="terms",
        ),
        _sign_flipped(
            "確率の対数は負なので、マイナスを付けて正の損失にする。",
            "The logarithm of a probability is negative; the minus makes the loss positive.",
        ),
        _sigmoid_skipped("fake_probs"),
        _sigmoid_twice("fake_probs"),
    ),
)

LSGAN_DISCRIMINATOR = LossInfo(
    id="lsgan_discriminator",
    name=Text("LSGAN識別器の損失", "LSGAN discriminator loss"),
    abbreviation="LSGAN",
    aliases=("最小二乗GANの識別器損失", "Least Squares GAN"),
    family="generative",
    tasks=("image_generation",),
    syllabus="beyond",
    latex=r"\tfrac12(r-1)^2+\tfrac12 f^2",
    formula="½(r − 1)² + ½f²",
    arguments=(_real("scores"), _fake("scores")),
    denominator=_BOTH_PARTS,
    properties=_properties(
        outlier_robust=False,
        minimum_at=Text(
            "本物のスコアが1、偽物のスコアが0のとき",
            "where real data score 1 and generated data 0",
        ),
    ),
    pytorch=None,
    snippet="((real_scores - 1) ** 2).mean() / 2 + (fake_scores**2).mean() / 2",
    use_when=Text(
        "交差エントロピーの代わりに二乗誤差で識別器を学習させる。正しく判定されていても目標から遠いデータには勾配が残るため、"
        "学習が安定しやすい。CycleGANでも使われる。",
        "Trains the discriminator by squares instead of cross-entropy. Data on the right side but "
        "far from the aim still give a gradient, which steadies training; CycleGAN uses it.",
    ),
    avoid_when=Text(
        "スコアを確率として使いたいときは向かない。外れたスコアの影響は二乗で大きくなる。",
        "Not where a probability is wanted; a score far off weighs by its square.",
    ),
    papers=(_MAO,),
    neighbours=("gan_discriminator", "lsgan_generator", "mse"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="no_half",
            says=Text("½を掛け忘れている。", "The ½ was left out."),
            remedy=Text(
                "本物の項にも偽物の項にも½が付く。",
                "Both parts carry a ½.",
            ),
            departs_at="real_terms",
        ),
        _labels_swapped(),
        _fake_forgotten(),
        _sigmoid_applied(
            "real_terms",
            "LSGANの識別器の出力は実数のスコアで、sigmoidを通さない。",
            "The discriminator of LSGAN gives real-valued scores, without a sigmoid.",
        ),
    ),
)

LSGAN_GENERATOR = LossInfo(
    id="lsgan_generator",
    name=Text("LSGAN生成器の損失", "LSGAN generator loss"),
    abbreviation="LSGAN",
    aliases=("最小二乗GANの生成器損失",),
    family="generative",
    tasks=("image_generation",),
    syllabus="beyond",
    latex=r"\tfrac12(f-1)^2",
    formula="½(f − 1)²",
    arguments=(_fake("scores", alone=True),),
    denominator=_FAKES,
    properties=_properties(
        outlier_robust=False,
        minimum_at=Text("偽物のスコアが1のとき", "where generated data score 1"),
    ),
    pytorch=None,
    snippet="((fake_scores - 1) ** 2).mean() / 2",
    use_when=Text(
        "LSGANの生成器の学習に使う。本物と判定された後も、スコアが1から離れていれば1へ引き戻される。",
        "Training the generator of LSGAN: even data that pass as real are pulled towards 1.",
    ),
    avoid_when=Text(
        "識別器が別の形の損失で学習されているときは使わない。識別器と生成器の損失は同じ形で揃える。",
        "Not with a discriminator trained by another form: both sides use the same one.",
    ),
    papers=(_MAO,),
    neighbours=("lsgan_discriminator", "gan_generator_non_saturating", "mse"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="no_half",
            says=Text("½を掛け忘れている。", "The ½ was left out."),
            remedy=Text("½(f − 1)² とする。", "Write ½(f − 1)²."),
            departs_at="terms",
        ),
        MistakeInfo(
            id="target_zero",
            says=Text(
                "目標を0として ½f² を計算している。",
                "The aim was taken as 0: ½f².",
            ),
            remedy=Text(
                "0を目標にするのは識別器である。生成器は偽物のスコアを1に近づける。",
                "0 is the discriminator's aim; the generator pulls the scores to 1.",
            ),
            departs_at="terms",
        ),
        _sigmoid_applied(
            "terms",
            "LSGANの識別器の出力は実数のスコアで、sigmoidを通さない。",
            "The discriminator of LSGAN gives real-valued scores, without a sigmoid.",
        ),
    ),
)

WGAN_CRITIC = LossInfo(
    id="wgan_critic",
    name=Text("WGANクリティックの損失", "WGAN critic loss"),
    abbreviation="WGAN",
    aliases=("Wasserstein損失", "Wasserstein GANの損失", "WGAN識別器の損失"),
    family="generative",
    tasks=("image_generation",),
    syllabus="beyond",
    latex=r"f-r",
    formula="f − r　（平均すると E[f] − E[r]）",
    arguments=(_real("scores"), _fake("scores")),
    denominator=_BOTH_PARTS,
    properties=_properties(
        minimum=None,
        minimum_at=Text(
            "最小値はない。リプシッツ制約のもとで −（Wasserstein距離）になる",
            "none; under the Lipschitz constraint it is minus the Wasserstein distance",
        ),
    ),
    pytorch=None,
    snippet="fake_scores.mean() - real_scores.mean()",
    use_when=Text(
        "本物と生成データの分布の間のWasserstein距離を近似し、学習の安定性とモード崩壊を改善したいときに使う。"
        "損失の値が生成の質と対応しやすい。重みのクリッピングか勾配ペナルティでリプシッツ制約を課す。",
        "Approximates the Wasserstein distance between real and generated data, to steady training "
        "and lessen mode collapse; its value follows the quality of the samples. The critic must be "
        "kept Lipschitz by weight clipping or a gradient penalty.",
    ),
    avoid_when=Text(
        "リプシッツ制約を課さずに使うと、スコアが限りなく広がって意味を失う。出力は確率ではないので、sigmoidや対数とは組み合わせない。",
        "Without the constraint the scores grow without bound and mean nothing. They are not "
        "probabilities: no sigmoid, no logarithm.",
    ),
    papers=(_ARJOVSKY, _GULRAJANI),
    neighbours=("wasserstein_1d", "wgan_generator", "gan_discriminator"),
    mistakes=(
        sum_for_mean(),
        _sign_flipped(
            "最小化する損失は E[f] − E[r]。クリティックは本物のスコアを上げ、偽物を下げる。",
            "The loss to minimise is E[f] − E[r]: the critic raises real scores, lowers generated.",
            "real_terms",
        ),
        _sigmoid_applied(
            "real_terms",
            "クリティックの出力は確率ではなく実数のスコアなので、そのまま使う。",
            "A critic gives real-valued scores, not probabilities: use them as they are.",
        ),
        MistakeInfo(
            id="log_loss_instead",
            says=Text(
                "元のGANの識別器の損失（対数を使う形）を計算している。",
                "This is the logarithmic loss of the original discriminator.",
            ),
            remedy=Text(
                "WGANでは対数を使わず、スコアの平均の差を取る。",
                "WGAN has no logarithms: take the difference of the mean scores.",
            ),
            departs_at="real_terms",
        ),
    ),
)

WGAN_GENERATOR = LossInfo(
    id="wgan_generator",
    name=Text("WGAN生成器の損失", "WGAN generator loss"),
    abbreviation="WGAN",
    aliases=("Wasserstein GANの生成器損失",),
    family="generative",
    tasks=("image_generation",),
    syllabus="beyond",
    latex=r"-f",
    formula="−f　（平均すると −E[f]）",
    arguments=(_fake("scores", alone=True),),
    denominator=_FAKES,
    properties=_properties(
        minimum=None,
        minimum_at=Text(
            "最小値はない。スコアが大きいほど小さい", "none: it falls as the scores rise"
        ),
    ),
    pytorch=None,
    snippet="-fake_scores.mean()",
    use_when=Text(
        "WGANの生成器の学習に使う。クリティックのスコアが確率に押し込められていないので、勾配が消えにくい。",
        "Training the generator of a WGAN; since scores are not squeezed into probabilities the "
        "gradient does not vanish.",
    ),
    avoid_when=Text(
        "リプシッツ制約を課したクリティックと組にして使う。値の大きさそのものには意味がない。",
        "Only together with a critic kept Lipschitz; the size of its value has no meaning by itself.",
    ),
    papers=(_ARJOVSKY,),
    neighbours=("wgan_critic", "hinge_gan_generator", "gan_generator_non_saturating"),
    mistakes=(
        sum_for_mean(),
        _sign_flipped(
            "生成器は偽物のスコアを上げたいので、マイナスを付けて最小化する。",
            "The generator wants higher scores, so it minimises them with a minus.",
        ),
        _sigmoid_applied(
            "terms",
            "クリティックの出力は確率ではなく実数のスコアなので、そのまま使う。",
            "A critic gives real-valued scores, not probabilities: use them as they are.",
        ),
        _non_saturating_instead(),
    ),
)

HINGE_GAN_DISCRIMINATOR = LossInfo(
    id="hinge_gan_discriminator",
    name=Text("ヒンジ型GAN識別器の損失", "Hinge GAN discriminator loss"),
    aliases=("ヒンジ敵対的損失", "hinge adversarial loss"),
    family="generative",
    tasks=("image_generation",),
    syllabus="beyond",
    latex=r"\max(0,\ 1-r)+\max(0,\ 1+f)",
    formula="max(0, 1 − r) + max(0, 1 + f)",
    arguments=(_real("scores"), _fake("scores")),
    denominator=_BOTH_PARTS,
    properties=_properties(
        differentiable=False,
        minimum_at=Text(
            "本物のスコアが1以上、偽物のスコアが−1以下のとき",
            "where real data score at least 1 and generated data at most −1",
        ),
    ),
    pytorch=None,
    snippet="F.relu(1 - real_scores).mean() + F.relu(1 + fake_scores).mean()",
    use_when=Text(
        "SNGANやBigGANなど、スペクトル正規化を用いる画像生成の識別器によく使われる。十分に区別できたデータからは"
        "勾配が来ないので、識別器が強くなりすぎない。",
        "Common in image GANs with spectral normalisation (SNGAN, BigGAN). Data told apart well "
        "enough give no gradient, so the discriminator does not grow too strong.",
    ),
    avoid_when=Text(
        "分類のヒンジ損失とは違い、本物と偽物の2つの平均を足す。出力を確率として解釈したいときには向かない。",
        "Unlike the hinge loss of a classifier it adds two means. Not where the output should be "
        "read as a probability.",
    ),
    papers=(_LIM, _MIYATO),
    neighbours=("hinge", "hinge_gan_generator", "gan_discriminator", "wgan_critic"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="not_clamped",
            says=Text(
                "負になった項を0にせず、そのまま足している。",
                "Negative terms were kept instead of being replaced by 0.",
            ),
            remedy=Text(
                "本物・偽物のそれぞれで max(0, ·) を取る。",
                "Take max(0, ·) of each term on both sides.",
            ),
            departs_at="real_terms",
        ),
        MistakeInfo(
            id="fake_sign",
            says=Text(
                "偽物の項も max(0, 1 − f) としている。",
                "The generated data, too, were given max(0, 1 − f).",
            ),
            remedy=Text(
                "偽物のスコアは−1以下にしたいので max(0, 1 + f)。",
                "Generated data should score below −1: max(0, 1 + f).",
            ),
            departs_at="fake_terms",
        ),
        MistakeInfo(
            id="margin_forgotten",
            says=Text(
                "マージンの1を足していない：max(0, −r) + max(0, f)。",
                "The margin 1 was left out: max(0, −r) + max(0, f).",
            ),
            remedy=Text(
                "max(0, 1 − r) + max(0, 1 + f) と、±1までの余裕を求める。",
                "max(0, 1 − r) + max(0, 1 + f) asks for a margin up to ±1.",
            ),
            departs_at="real_terms",
        ),
        _labels_swapped(),
        _PARTS_AVERAGED,
    ),
)

HINGE_GAN_GENERATOR = LossInfo(
    id="hinge_gan_generator",
    name=Text("ヒンジ型GAN生成器の損失", "Hinge GAN generator loss"),
    aliases=("ヒンジ敵対的損失の生成器側",),
    family="generative",
    tasks=("image_generation",),
    syllabus="beyond",
    latex=r"-f",
    formula="−f　（平均すると −E[f]）",
    arguments=(_fake("scores", alone=True),),
    denominator=_FAKES,
    properties=_properties(
        minimum=None,
        minimum_at=Text(
            "最小値はない。スコアが大きいほど小さい", "none: it falls as the scores rise"
        ),
    ),
    pytorch=None,
    snippet="-fake_scores.mean()",
    use_when=Text(
        "識別器をヒンジ損失で学習させるGANの生成器に使う。識別器側だけにヒンジがあり、生成器側はスコアの平均を上げるだけである。",
        "The generator of a GAN whose discriminator has the hinge loss. Only the discriminator has "
        "a hinge; the generator just raises its mean score.",
    ),
    avoid_when=Text(
        "式はWGANの生成器と同じだが、組になる識別器の損失が違う。混同しないこと。",
        "The formula is that of the WGAN generator, but the discriminator's loss is another.",
    ),
    papers=(_LIM, _MIYATO),
    neighbours=("hinge_gan_discriminator", "wgan_generator"),
    mistakes=(
        sum_for_mean(),
        _sign_flipped(
            "生成器は偽物のスコアを上げたいので、マイナスを付けて最小化する。",
            "The generator wants higher scores, so it minimises them with a minus.",
        ),
        MistakeInfo(
            id="hinge_applied",
            says=Text(
                "生成器にもヒンジを付け、max(0, 1 − f) としている。",
                "A hinge was put on the generator's side as well: max(0, 1 − f).",
            ),
            remedy=Text(
                "ヒンジは識別器だけに付く。生成器は −f のままである。",
                "Only the discriminator has a hinge; the generator's loss is just −f.",
            ),
            departs_at="terms",
        ),
        _sigmoid_applied(
            "terms",
            "識別器の出力は実数のスコアなので、そのまま使う。",
            "The discriminator gives real-valued scores: use them as they are.",
        ),
        _non_saturating_instead(),
    ),
)

_MU = Argument(
    name="mu",
    space="values",
    shape="(…, Z)",
    domain="ℝ",
    says=Text("潜在変数の平均 μ", "mean μ of the latent variables"),
)
_LOG_VAR = Argument(
    name="log_var",
    space="log_var",
    shape="muと同じ形",
    domain="ℝ",
    says=Text(
        "潜在変数の分散の対数 log σ²（標準偏差の対数ではない）",
        "logarithm of the variance, log σ², not of the standard deviation",
    ),
)

GAUSSIAN_KL = LossInfo(
    id="gaussian_kl",
    name=Text("正規分布のKL情報量（VAEの正則化項）", "Gaussian KL divergence (VAE regulariser)"),
    aliases=("VAEのKL項", "正則化項", "KLダイバージェンス項"),
    family="generative",
    tasks=("representation_learning", "image_generation"),
    syllabus="24",
    latex=r"\tfrac12\sum_z\bigl(\mu_z^2+\sigma_z^2-1-\log\sigma_z^2\bigr)",
    formula="½ Σ (μ² + σ² − 1 − log σ²)",
    arguments=(_MU, _LOG_VAR),
    denominator=_EXAMPLES,
    properties=_properties(
        outlier_robust=False,
        unit="nats",
        minimum_at=Text("μ = 0、σ² = 1 のとき", "where μ = 0 and σ² = 1"),
    ),
    pytorch="torch.distributions.kl_divergence",
    snippet="(-0.5 * (1 + log_var - mu**2 - log_var.exp()).sum(-1)).mean()",
    use_when=Text(
        "VAEで、エンコーダが出す潜在変数の分布 N(μ, σ²) を標準正規分布に近づける正則化項として使う。"
        "正規分布どうしなので、サンプリングせずに式で計算できる。",
        "In a VAE it pulls the distribution N(μ, σ²) of the latent variables towards the standard "
        "normal. Between Gaussians it needs no sampling: there is a formula.",
    ),
    avoid_when=Text(
        "事前分布が標準正規分布でないとき、または事後分布が正規分布でないときは、この式は使えない。"
        "強くかけすぎると潜在変数が使われなくなる（posterior collapse）。",
        "Not for another prior or a posterior that is not Gaussian. Weighed too heavily the latent "
        "variables are no longer used (posterior collapse).",
    ),
    papers=(_KINGMA,),
    neighbours=("kl_div", "vae", "gaussian_nll"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="averaged_over_latent",
            says=Text(
                "潜在変数の次元について合計せず、平均している。",
                "The latent dimensions were averaged instead of summed.",
            ),
            remedy=Text(
                "次元については合計し、平均はデータについてだけ取る。",
                "Sum over the dimensions; the mean is over examples only.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="no_half",
            says=Text("½を掛け忘れている。", "The ½ was left out."),
            remedy=Text(
                "½ Σ (μ² + σ² − 1 − log σ²) とする。",
                "Write ½ Σ (μ² + σ² − 1 − log σ²).",
            ),
            departs_at="kl_parts",
        ),
        _sign_flipped(
            "KL情報量は0以上である。½(1 + log σ² − μ² − σ²) の形で覚えているときは、前のマイナスを忘れない。",
            "A divergence is never negative: in the form ½(1 + log σ² − μ² − σ²) keep the minus in "
            "front.",
            "kl_parts",
        ),
        MistakeInfo(
            id="log_var_as_log_std",
            says=Text(
                "log σ² を log σ と読み違えている。",
                "log σ² was read as log σ.",
            ),
            remedy=Text(
                "入力は分散の対数なので、σ² = e^(log_var)。",
                "The input is the logarithm of the variance: σ² = e^(log_var).",
            ),
            departs_at="variances",
        ),
        MistakeInfo(
            id="variance_as_log_var",
            says=Text(
                "分散 σ² を対数分散の場所に入れている。",
                "The variance σ² was put where its logarithm belongs.",
            ),
            remedy=Text(
                "式の log σ² には log_var をそのまま、σ² には e^(log_var) を入れる。",
                "In the formula log σ² is log_var itself and σ² is e^(log_var).",
            ),
            departs_at="variances",
        ),
    ),
)

VAE = LossInfo(
    id="vae",
    name=Text("VAEの損失（負のELBO）", "VAE loss (negative ELBO)"),
    abbreviation="VAE",
    aliases=("変分自己符号化器の損失", "変分オートエンコーダの損失", "負の変分下限", "β-VAEの損失"),
    family="generative",
    tasks=("image_generation", "representation_learning"),
    syllabus="24",
    latex=(
        r"-\log p(x\mid z)+\beta\,\mathrm{KL}\bigl(\mathcal N(\mu,\sigma^2)\,\|\,"
        r"\mathcal N(0,1)\bigr)"
    ),
    formula="再構成誤差（データの次元で合計） + β·KL(N(μ, σ²) ‖ N(0, 1))",
    arguments=(
        Argument(
            name="recon",
            space="probs",
            shape="(…, *)",
            domain="[0, 1]（gaussianならℝ）",
            says=Text(
                "デコーダの出力（bernoulliなら確率、gaussianなら平均）",
                "output of the decoder: probabilities, or means if gaussian",
            ),
        ),
        Argument(
            name="target",
            space="labels01",
            shape="reconと同じ形",
            domain="[0, 1]（gaussianならℝ）",
            says=Text("入力データ", "the input data"),
        ),
        _MU,
        _LOG_VAR,
    ),
    options=(
        Option(
            name="beta",
            default=1.0,
            domain="β ≥ 0",
            says=Text(
                "KL項の重み。1なら通常のVAE、1より大きいとβ-VAE",
                "weight of the KL term; 1 is the plain VAE, more the β-VAE",
            ),
        ),
        Option(
            name="decoder",
            default="bernoulli",
            domain="bernoulli / gaussian",
            says=Text(
                "再構成の分布。bernoulliは交差エントロピー、gaussianは二乗誤差の半分",
                "distribution of the data: cross-entropy, or half the squared error",
            ),
        ),
    ),
    denominator=_EXAMPLES,
    properties=_properties(
        outlier_robust=False,
        unit="nats",
        minimum_at=Text(
            "入力が0か1で完全に再構成され、かつ μ = 0、σ² = 1 のとき",
            "where data of 0 and 1 are rebuilt exactly and μ = 0, σ² = 1",
        ),
    ),
    pytorch=None,
    snippet=(
        "rec = F.binary_cross_entropy(recon, target, reduction='none').sum(-1)\n"
        "kl = -0.5 * (1 + log_var - mu**2 - log_var.exp()).sum(-1)\n"
        "(rec + kl).mean()"
    ),
    use_when=Text(
        "変分オートエンコーダ（VAE）の学習に使う。再構成誤差でデータを復元させ、KL項で潜在空間を標準正規分布に揃えるので、"
        "潜在変数をサンプリングして新しいデータを生成できる。",
        "Training a variational autoencoder. The reconstruction makes it restore the data, the KL "
        "term keeps the latent space close to a standard normal, so that sampling from it generates "
        "new data.",
    ),
    avoid_when=Text(
        "生成を目的とせず次元削減だけなら、再構成誤差だけの通常のオートエンコーダで足りる。"
        "再構成誤差を平均、KLを合計で計算するとβを大きくしたのと同じになり、ぼやけた出力になる。",
        "For mere dimensionality reduction a plain autoencoder with its reconstruction error will "
        "do. Averaging the reconstruction while summing the KL acts like a large β and blurs.",
    ),
    papers=(_KINGMA, _HIGGINS),
    neighbours=("reconstruction", "gaussian_kl", "bce", "kl_div"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="kl_forgotten",
            says=Text(
                "KL項を足していない（通常のオートエンコーダの損失）。",
                "The KL term was not added: the loss of a plain autoencoder.",
            ),
            remedy=Text(
                "VAEの損失 = 再構成誤差 + β·KL。",
                "The loss of a VAE is reconstruction + β·KL.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="kl_subtracted",
            says=Text("KL項を引いている。", "The KL term was subtracted."),
            remedy=Text(
                "最大化するELBOでは引くが、最小化する損失（負のELBO）では足す。",
                "It is subtracted in the ELBO, which is maximised, and added in the loss.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="elbo_itself",
            says=Text(
                "損失ではなくELBO（最大化する側）を答えている。",
                "This is the ELBO, which is maximised, and not the loss.",
            ),
            remedy=Text(
                "損失はELBOの符号を変えたものである。",
                "The loss is the ELBO with its sign turned.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="beta_on_reconstruction",
            says=Text(
                "βをKL項ではなく再構成誤差に掛けている。",
                "β was put on the reconstruction instead of the KL term.",
            ),
            remedy=Text(
                "β-VAEのβはKL項の重みである。",
                "The β of the β-VAE weighs the KL term.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="reconstruction_averaged",
            says=Text(
                "再構成誤差を要素について平均している（KLは合計のまま）。",
                "The reconstruction was averaged over its elements while the KL was summed.",
            ),
            remedy=Text(
                "対数尤度は要素について合計する。平均にするとKL項が相対的に重くなる。",
                "A log-likelihood sums over elements; averaging makes the KL weigh more.",
            ),
            departs_at="reconstruction",
        ),
        MistakeInfo(
            id="kl_averaged",
            says=Text(
                "KLを潜在変数の次元について平均している。",
                "The KL was averaged over the latent dimensions.",
            ),
            remedy=Text(
                "KLも次元について合計する。",
                "The KL, too, is summed over its dimensions.",
            ),
            departs_at="kl",
        ),
    ),
)

RECONSTRUCTION = LossInfo(
    id="reconstruction",
    name=Text("再構成誤差", "Reconstruction error"),
    aliases=("復元誤差", "再構築誤差", "オートエンコーダの損失"),
    family="generative",
    tasks=("representation_learning", "anomaly_detection"),
    syllabus="24",
    latex=r"(p-t)^2\quad\text{or}\quad -t\log p-(1-t)\log(1-p)",
    formula="mse: (p − t)²　bce: −t log p − (1 − t) log(1 − p)",
    arguments=(
        Argument(
            name="pred",
            space="values",
            shape="(*)",
            domain="ℝ（bceなら[0, 1]）",
            says=Text("デコーダの出力", "output of the decoder"),
        ),
        Argument(
            name="target",
            space="values",
            shape="predと同じ形",
            domain="ℝ（bceなら[0, 1]）",
            says=Text("復元したい元の入力", "the input to be restored"),
        ),
    ),
    options=(
        Option(
            name="kind",
            default="mse",
            domain="mse / bce",
            says=Text(
                "二乗誤差か、画素を確率とみなした二値交差エントロピーか",
                "squared error, or binary cross-entropy of pixels taken as probabilities",
            ),
        ),
    ),
    denominator=Text("要素の総数", "the number of elements"),
    properties=Properties(
        convex=True,
        differentiable=True,
        bounded=False,
        symmetric=None,
        outlier_robust=False,
        unit="none",
        minimum=0.0,
        minimum_at=Text(
            "出力が入力と一致するとき（bceの最小値が0になるのは入力が0か1のとき）",
            "where output equals input; with bce it is 0 only for inputs of 0 and 1",
        ),
    ),
    pytorch="torch.nn.MSELoss",
    snippet="F.mse_loss(pred, target)",
    use_when=Text(
        "オートエンコーダで、入力を出力で復元するように学習させるときに使う。実数値のデータには二乗誤差、"
        "0から1の画素値には二値交差エントロピーを選ぶ。復元できないデータを見つける異常検知にも使われる。",
        "Training an autoencoder to give back its input: squared error for real values, binary "
        "cross-entropy for pixels between 0 and 1. Data it cannot restore stand out as anomalies.",
    ),
    avoid_when=Text(
        "これだけでは潜在空間が整わないので、潜在変数から新しいデータを生成するには向かない。生成にはKL項を加えたVAEの損失を使う。",
        "By itself it does not order the latent space, so nothing new can be generated from it: "
        "for that add the KL term of the VAE.",
    ),
    papers=(
        Paper(
            "Geoffrey E. Hinton, Ruslan R. Salakhutdinov",
            2006,
            "Reducing the Dimensionality of Data with Neural Networks",
        ),
    ),
    neighbours=("mse", "bce", "vae"),
    mistakes=(
        sum_for_mean(),
        MistakeInfo(
            id="other_kind",
            says=Text(
                "二乗誤差と交差エントロピーを取り違えている。",
                "Squared error and cross-entropy were confused.",
            ),
            remedy=Text(
                "問題が指定する種類（mse / bce）の式を使う。",
                "Use the formula of the kind that is asked for, mse or bce.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="summed_per_example",
            says=Text(
                "要素については合計し、データの個数だけで割っている。",
                "Summed over the elements and divided by the number of examples only.",
            ),
            remedy=Text(
                "ここではPyTorchの既定と同じく、全要素で平均する。要素について合計するのはVAEの損失の中である。",
                "Here the mean is over all elements, PyTorch's default; summing belongs to the VAE.",
            ),
            departs_at="mean",
        ),
        MistakeInfo(
            id="absolute_error",
            says=Text(
                "絶対誤差の平均を計算している。",
                "This is the mean absolute error.",
            ),
            remedy=Text(
                "mseは差を二乗する。bceは対数を使う。",
                "mse squares the differences; bce takes logarithms.",
            ),
            departs_at="terms",
        ),
        MistakeInfo(
            id="root_taken",
            says=Text(
                "平均の後に平方根を取っている。",
                "The square root of the mean was taken.",
            ),
            remedy=Text(
                "平方根を取るのはRMSEである。再構成誤差では取らない。",
                "The root belongs to the RMSE, not here.",
            ),
            departs_at="mean",
        ),
    ),
)

GENERATIVE: tuple[LossInfo, ...] = (
    GAN_DISCRIMINATOR,
    GAN_GENERATOR_MINIMAX,
    GAN_GENERATOR_NON_SATURATING,
    LSGAN_DISCRIMINATOR,
    LSGAN_GENERATOR,
    WGAN_CRITIC,
    WGAN_GENERATOR,
    HINGE_GAN_DISCRIMINATOR,
    HINGE_GAN_GENERATOR,
    GAUSSIAN_KL,
    VAE,
    RECONSTRUCTION,
)
