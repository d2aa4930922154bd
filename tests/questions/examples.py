"""Questions that the tests of this package share."""

from __future__ import annotations

from collections.abc import Mapping

from questions.model import (
    BlankQuestion,
    CalculatedChoiceQuestion,
    CardQuestion,
    CaseQuestion,
    ChoiceQuestion,
    CodeQuestion,
    CompareQuestion,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderQuestion,
    PickQuestion,
    Question,
    TermQuestion,
    TrueFalseQuestion,
)


def choice(**changes: object) -> ChoiceQuestion:
    """A choice question with four options, the second right."""
    return ChoiceQuestion.model_validate(
        {
            "kind": "choice",
            "id": "median",
            "topic": "13b",
            "stem": "中央値を推定する損失はどれか。",
            "explanation": "MAEの最小点は中央値である。",
            "source": "統計学の基本事実",
            "options": [
                {"text": "MSE", "reason": "平均値を推定する。"},
                {"text": "MAE", "reason": "中央値を推定する。", "right": True},
                {"text": "交差エントロピー", "reason": "分類に使う。"},
                {"text": "ヒンジ損失", "reason": "分類に使う。"},
            ],
            **changes,
        }
    )


def multiple(**changes: object) -> MultipleQuestion:
    """Five options, of which the first, the third and the fourth are right."""
    return MultipleQuestion.model_validate(
        {
            "kind": "multiple",
            "id": "robust",
            "topic": "13b",
            "stem": "外れ値に強い損失をすべて選べ。",
            "explanation": "大きな誤差に対して一次でしか増えない。",
            "source": "Huber (1964)",
            "options": [
                {"text": "MAE", "reason": "誤差に比例する。", "right": True},
                {"text": "MSE", "reason": "誤差を二乗する。"},
                {"text": "Huber損失", "reason": "δを超えると一次である。", "right": True},
                {"text": "Log-Cosh損失", "reason": "ほぼ一次である。", "right": True},
                {"text": "RMSE", "reason": "誤差を二乗してから根を取る。"},
            ],
            **changes,
        }
    )


def true_false(**changes: object) -> TrueFalseQuestion:
    """A statement that is wrong."""
    return TrueFalseQuestion.model_validate(
        {
            "kind": "true_false",
            "id": "kl-symmetric",
            "topic": "13d",
            "stem": "KL情報量は2つの分布を入れ替えても同じ値になる。",
            "answer": False,
            "right_reason": "入れ替えると一般に値が変わる。",
            "wrong_reason": "距離と混同している。",
            "explanation": "KL情報量は非対称である。",
            "source": "Kullback and Leibler (1951)",
            **changes,
        }
    )


def pick(**changes: object) -> PickQuestion:
    """A scenario for the Huber loss; the distractors come from the catalogue."""
    return PickQuestion.model_validate(
        {
            "kind": "pick",
            "id": "outliers",
            "topic": "13b",
            "stem": "外れ値の混じる回帰で、小さな誤差は二乗で罰したい。最も適切な損失関数を1つ選べ。",
            "answer": "huber",
            "also_right": ["smooth_l1"],
            "explanation": "δを境に二次から一次へ変わる。",
            "source": "Huber (1964)",
            **changes,
        }
    )


def order(**changes: object) -> OrderQuestion:
    """Four steps, written in the right order."""
    return OrderQuestion.model_validate(
        {
            "kind": "order",
            "id": "training-step",
            "topic": "13a",
            "stem": "ミニバッチ1回分の学習の手順を、正しい順に並べよ。",
            "items": [
                {"text": "順伝播で予測を計算する", "reason": "損失は予測から決まる。"},
                {"text": "損失を計算する", "reason": "勾配は損失を微分したものである。"},
                {"text": "逆伝播で勾配を計算する", "reason": "更新には勾配を使う。"},
                {"text": "パラメータを更新する", "reason": "勾配が求まってから行う。"},
            ],
            "explanation": "予測、損失、勾配、更新の順に進む。",
            "source": "シラバス 項目13「誤差関数」",
            **changes,
        }
    )


def match(**changes: object) -> MatchQuestion:
    """Three losses and what they estimate, with one decoy."""
    return MatchQuestion.model_validate(
        {
            "kind": "match",
            "id": "estimates",
            "topic": "13b",
            "stem": "各損失を最小にする定数予測として正しいものを選べ。",
            "pairs": [
                {"left": "MSE", "right": "平均値", "reason": "二乗和の最小点である。"},
                {"left": "MAE", "right": "中央値", "reason": "絶対値の和の最小点である。"},
                {"left": "分位点損失", "right": "分位点", "reason": "傾きの比が分位を決める。"},
            ],
            "extra": [{"text": "分散", "reason": "位置ではなく散らばりを表す。"}],
            "explanation": "最小点は損失の形で決まる。",
            "source": "Koenker and Bassett (1978)",
            **changes,
        }
    )


def blank(**changes: object) -> BlankQuestion:
    """A passage with two gaps, the first three options, the second two."""
    return BlankQuestion.model_validate(
        {
            "kind": "blank",
            "id": "huber-pieces",
            "topic": "13b",
            "stem": "Huber損失は、誤差がδ以下では[[ア]]に、δを超えると[[イ]]に増える。",
            "gaps": {
                "ア": {
                    "options": [
                        {"text": "二次", "reason": "MSEと同じ形である。", "right": True},
                        {"text": "一次", "reason": "δを超えた側の形である。"},
                        {"text": "指数的", "reason": "指数損失の形である。"},
                    ]
                },
                "イ": {
                    "options": [
                        {"text": "一次関数的", "reason": "外れ値に強くなる。", "right": True},
                        {"text": "二次関数的", "reason": "δ以下の側の形である。"},
                    ]
                },
            },
            "hints": ["[[ア]]はMSEと同じである。"],
            "explanation": "[[ア]]と[[イ]]はδでなめらかにつながる。",
            "source": "Huber (1964)",
            **changes,
        }
    )


def combined(**changes: object) -> BlankQuestion:
    """A passage with two gaps, filled by one of four combinations."""
    fields = blank(id="huber-combined").model_dump(exclude_unset=True, exclude={"gaps"})
    return BlankQuestion.model_validate(
        {
            **fields,
            "combinations": [
                {
                    "values": {"ア": "二次関数", "イ": "一次関数"},
                    "reason": "定義のとおりである。",
                    "right": True,
                },
                {"values": {"ア": "一次関数", "イ": "二次関数"}, "reason": "逆である。"},
                {"values": {"ア": "二次関数", "イ": "定数"}, "reason": "Tukeyの損失である。"},
                {"values": {"ア": "定数", "イ": "一次関数"}, "reason": "ε許容損失である。"},
            ],
            **changes,
        }
    )


def term(**changes: object) -> TermQuestion:
    """The name of the Huber loss, which is to be typed."""
    return TermQuestion.model_validate(
        {
            "kind": "term",
            "id": "huber-name",
            "topic": "13b",
            "stem": "小さな誤差を二乗で、大きな誤差を絶対値で罰する損失の名前は何か。",
            "answer": {"loss": "huber"},
            "rejected": [{"text": "MSE", "reason": "大きな誤差も二乗で罰する。"}],
            "hints": ["統計学者の名前が付いている。", "頭文字はHである。"],
            "explanation": "δを境に二次から一次へ変わる。",
            "source": "Huber (1964)",
            **changes,
        }
    )


def card(**changes: object) -> CardQuestion:
    """A flashcard in one direction."""
    return CardQuestion.model_validate(
        {
            "kind": "card",
            "id": "entropy",
            "topic": "13c",
            "stem": "エントロピーの式",
            "back": "−Σ p ln p",
            "explanation": "一様分布で最大になる。",
            "source": "Shannon (1948)",
            **changes,
        }
    )


def case(**changes: object) -> CaseQuestion:
    """A passage with a choice and a statement about it."""
    return CaseQuestion.model_validate(
        {
            "kind": "case",
            "id": "rents",
            "passage": "家賃を予測するモデルを作る。学習データには入力の誤りによる極端な値が混じっている。",
            "questions": [choice(), true_false(id="squares", stem="MSEは極端な値に強い。")],
            **changes,
        }
    )


def numeric(**changes: object) -> NumericQuestion:
    """A Huber question on three sampled pairs."""
    return NumericQuestion.model_validate(
        {
            "kind": "numeric",
            "id": "huber",
            "topic": "13b",
            "stem": "予測 {pred}、正解 {target}、δ = 0.3 のHuber損失を小数第3位まで求めよ。",
            "explanation": "予測 {pred} と正解 {target} の差を場合分けする。",
            "hints": ["まず {pred} から {target} を引く。"],
            "source": "Huber (1964)",
            "given": {
                "pred": {"sample": "uniform", "low": 0, "high": 3, "decimals": 1, "size": 3},
                "target": {"sample": "uniform", "low": 0, "high": 3, "decimals": 1, "size": 3},
            },
            "compute": {
                "loss": "huber",
                "inputs": {"pred": "$pred", "target": "$target", "delta": 0.3},
            },
            **changes,
        }
    )


def calculated(**changes: object) -> CalculatedChoiceQuestion:
    """The Huber question with options, and a δ for which some mistakes give less."""
    fields = numeric(
        id="huber-options",
        stem="予測 {pred}、正解 {target}、δ = 1.5 のHuber損失を小数第3位まで求めよ。",
        compute={"loss": "huber", "inputs": {"pred": "$pred", "target": "$target", "delta": 1.5}},
    ).model_dump(exclude_unset=True)
    return CalculatedChoiceQuestion.model_validate(fields | {"kind": "calculated_choice"} | changes)


def gradient(**changes: object) -> NumericQuestion:
    """The second component of the gradient of an MSE over three pairs."""
    return numeric(
        **{
            "id": "mse-gradient",
            "stem": "予測 {pred}、正解 {target} のMSEを2番目の予測で偏微分せよ。",
            "compute": {
                "loss": "mse",
                "inputs": {"pred": "$pred", "target": "$target"},
                "gradient": {"of": "pred", "at": [1]},
            },
            "mistakes": ["value_for_gradient", "mean_forgotten", "power_not_brought_down"],
            **changes,
        }
    )


def ratio(**changes: object) -> NumericQuestion:
    """The ratio of two mean squared errors."""
    losses = {"loss": "mse", "inputs": {"pred": "$pred", "target": "$target"}}
    return numeric(
        **{
            "id": "mse-ratio",
            "stem": "予測Aは {pred}、予測Bは {other}、正解は {target} である。MSEの比A / Bを求めよ。",
            "given": {
                name: {"sample": "uniform", "low": 0, "high": 3, "decimals": 1, "size": 3}
                for name in ("pred", "other", "target")
            },
            "compute": {
                "expression": "a / b",
                "parts": {
                    "a": {**losses, "name": "AのMSE"},
                    "b": {"loss": "mse", "inputs": {"pred": "$other", "target": "$target"}},
                },
            },
            "mistakes": ["root_taken", "a.sum_for_mean", "b.sum_for_mean", "operands_swapped"],
            **changes,
        }
    )


def compare(**changes: object) -> CompareQuestion:
    """Which of two losses of the same prediction is the larger one."""
    inputs = {"pred": "$pred", "target": "$target"}
    return CompareQuestion.model_validate(
        {
            "kind": "compare",
            "id": "mse-or-mae",
            "topic": "13b",
            "stem": "予測 {pred}、正解 {target} のとき、値が大きいのはどちらか。",
            "explanation": "1を境に、二乗と絶対値の大小が入れ替わる。",
            "source": "定義の式",
            "given": {
                "pred": {"sample": "uniform", "low": 0, "high": 3, "decimals": 1, "size": 3},
                "target": {"sample": "uniform", "low": 0, "high": 3, "decimals": 1, "size": 3},
            },
            "sides": [
                {"text": "MSE", "compute": {"loss": "mse", "inputs": inputs}},
                {"text": "MAE", "compute": {"loss": "mae", "inputs": inputs}},
            ],
            **changes,
        }
    )


def giving(given: Mapping[str, object], name: str = "x") -> NumericQuestion:
    """A numeric question with these givens, which shows all of them."""
    return numeric(
        id=name,
        stem="、".join(f"{key} = {{{key}}}" for key in given),
        explanation="-",
        hints=[],
        given=given,
    )


# Every sampler in every shape: what the golden variants guard.
DRAWN: tuple[Question, ...] = (
    choice(),
    choice(id="negative", negative=True),
    numeric(),
    giving(
        {
            "a": {"sample": "uniform", "low": -1.25, "high": 1.25, "decimals": 2},
            "b": {"sample": "uniform", "low": -5, "high": 5, "decimals": 0, "size": 4},
            "c": {"sample": "uniform", "low": 0.1, "high": 0.9, "decimals": 6, "size": [2, 3]},
        },
        "uniform",
    ),
    giving(
        {
            "a": {"sample": "integer", "low": -3, "high": 12},
            "b": {"sample": "integer", "low": 0, "high": 10**20, "size": 2},
        },
        "integer",
    ),
    giving(
        {
            "a": {"sample": "choice", "among": [0.5, 1, 2.25]},
            "b": {"sample": "choice", "among": [1, 2, 3], "size": [2, 2]},
        },
        "choice",
    ),
    giving(
        {
            "a": {"sample": "probs", "size": 3},
            "b": {"sample": "probs", "size": [2, 4], "decimals": 3, "floor": 0.05},
            "c": {"sample": "probs", "size": 5, "decimals": 1, "floor": 0.1},
        },
        "probs",
    ),
    giving(
        {
            "a": {"sample": "labels01"},
            "b": {"sample": "labels01", "size": 2},
            "c": {"sample": "labels_pm1", "size": 5},
            "d": {"sample": "labels_pm1", "size": [2, 40]},
        },
        "labels",
    ),
    giving(
        {
            "a": {"sample": "class_index", "classes": 3},
            "b": {"sample": "class_index", "classes": 4, "size": 3},
        },
        "classes",
    ),
    giving(
        {
            "a": {"sample": "fixed", "value": 0.3},
            "b": {"sample": "fixed", "value": [1, 2.5], "decimals": 2},
            "c": {"sample": "fixed", "value": [[1, 0], [0, 1]]},
            "d": {"sample": "uniform", "low": 0, "high": 1},
        },
        "fixed",
    ),
)

# Samplers added later, in every shape.
SAMPLERS: tuple[NumericQuestion, ...] = (
    giving(
        {
            "a": {"sample": "grid", "low": -1, "high": 1, "step": 0.25},
            "b": {"sample": "grid", "low": 10, "high": 100, "step": 30, "size": 3},
            "c": {"sample": "grid", "low": 0.1, "high": 0.95, "step": 0.2, "size": [2, 2]},
        },
        "grid",
    ),
    giving(
        {
            "a": {"sample": "one_hot", "classes": 4},
            "b": {"sample": "one_hot", "classes": 2, "size": 3},
        },
        "one-hot",
    ),
    giving(
        {
            "a": {"sample": "logits", "size": 3},
            "b": {"sample": "logits", "size": [3, 5], "low": 0, "high": 4, "decimals": 0},
            "c": {"sample": "logits", "size": 2, "low": -0.5, "high": 0.5, "decimals": 3},
        },
        "logits",
    ),
    giving(
        {
            "a": {"sample": "permutation", "size": 4},
            "b": {"sample": "permutation", "size": 5, "first": 0},
        },
        "permutation",
    ),
    giving(
        {
            "b": {"sample": "boxes", "near": "a"},
            "a": {"sample": "boxes"},
            "c": {"sample": "boxes", "size": 2, "low": -1, "high": 1, "decimals": 1},
            "d": {"sample": "boxes", "size": 2, "low": -1, "high": 2, "decimals": 1, "near": "c"},
        },
        "boxes",
    ),
    giving(
        {
            "a": {"sample": "masks", "size": 2},
            "b": {"sample": "masks", "size": [3, 4]},
        },
        "masks",
    ),
    giving(
        {
            "a": {
                "sample": "text",
                "among": [
                    {"text": "外れ値が多い", "value": 0.5},
                    {"text": "外れ値が少ない", "value": 2},
                ],
            },
            "b": {"sample": "text", "among": [{"text": "朝"}, {"text": "{a}の昼"}, {"text": "夜"}]},
            "c": {
                "sample": "text",
                "among": [
                    {"text": "誤差が均等", "value": [1, 1.5]},
                    {"text": "誤差が偏る", "value": [0, 2.5]},
                ],
            },
        },
        "text",
    ),
)

# Kinds added later: their variants follow the others in the golden file.
DRAWN_LATER: tuple[Question, ...] = (
    true_false(),
    pick(),
    pick(id="written", distractors=[{"loss": "hinge", "reason": "分類に使う。"}]),
    multiple(),
    order(),
    match(),
    match(id="tasks", reuse=True, extra=[]),
    blank(),
    combined(),
    term(),
    card(),
    *SAMPLERS,
    compare(),
    compare(id="or-equal", equal=True, ask="smaller"),
)


def code(**changes: object) -> CodeQuestion:
    """A function to be repaired: the mean squared error, of which the root is taken."""
    return CodeQuestion.model_validate(
        {
            "kind": "code",
            "id": "write-mse",
            "topic": "13b",
            "stem": "平均二乗誤差を返すように直せ。",
            "form": "function",
            "entry": "mse",
            "starter": "def mse(pred, target):\n    return ((pred - target) ** 2).mean().sqrt()\n",
            "solution": "def mse(pred, target):\n    return ((pred - target) ** 2).mean()\n",
            "given": {
                "pred": {"sample": "uniform", "size": 3, "low": -2, "high": 2, "decimals": 2},
                "target": {"sample": "uniform", "size": 3, "low": -2, "high": 2, "decimals": 2},
            },
            "compute": {"loss": "mse", "inputs": {"pred": "$pred", "target": "$target"}},
            "edges": [{"says": "例が2つ", "given": {"pred": [1, 300], "target": [0, 0]}}],
            "explanation": "平方根は取らない。",
            "source": "Gauss (1809)",
            **changes,
        }
    )
