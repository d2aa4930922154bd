"""Packs for the tests of the screens."""

from __future__ import annotations

from questions.model import (
    CalculatedChoiceQuestion,
    ChoiceQuestion,
    CompareQuestion,
    Computation,
    Fixed,
    NumericQuestion,
    Option,
    Pack,
    Question,
    Tolerance,
)

ROBUST = ChoiceQuestion(
    kind="choice",
    id="robust-loss",
    topic="13a",
    negative=True,
    stem=(
        "住宅価格を予測する回帰モデルを学習させている。学習データには入力ミスによる極端な外れ値が"
        "数%含まれる。外れ値の影響を抑える損失関数として最も不適切なものを1つ選べ。"
        "誤差は `e = pred - target` とする。"
    ),
    options=(
        Option(
            text="平均二乗誤差",
            reason="誤差を二乗するので、外れ値1件が損失の大部分を占めることがある。",
            right=True,
        ),
        Option(text="平均絶対誤差", reason="誤差に比例するので、外れ値の影響は抑えられる。"),
        Option(text="Huber損失", reason="δを超える誤差には比例するだけなので頑健である。"),
        Option(text="Log-Cosh損失", reason="大きな誤差ではほぼ線形に増えるだけである。"),
    ),
    explanation=(
        "二乗誤差は誤差が10倍になると100倍になる。絶対誤差、Huber損失、Log-Cosh損失は大きな誤差に"
        "対して線形にしか増えないので、少数の外れ値に引きずられにくい。"
    ),
    source="シラバス 項目13「誤差関数」",
)

SQUARES = NumericQuestion(
    kind="numeric",
    id="mean-of-squares",
    topic="13b",
    stem="予測値 {pred}、正解値 {target} の平均二乗誤差を小数第2位まで求めよ。",
    given={
        "pred": Fixed(sample="fixed", value=(3.0, 5.5, 2.0), decimals=1),
        "target": Fixed(sample="fixed", value=(2.5, 4.0, 4.0), decimals=1),
    },
    compute=Computation(loss="mse", inputs={"pred": "$pred", "target": "$target"}),
    tolerance=Tolerance(decimals=2),
    explanation="誤差を二乗して平均する。単位は値の二乗になる。",
    source="シラバス 項目13「誤差関数」",
)
RIGHT = "2.17"  # (0.25 + 2.25 + 4) / 3
SUM_FOR_MEAN = "6.5"

SQUARES_OPTIONS = CalculatedChoiceQuestion.model_validate(
    SQUARES.model_dump(exclude={"kind"})
    | {"kind": "calculated_choice", "id": "mean-of-squares-options"}
)

_ERRORS = {"pred": "$pred", "target": "$target"}
SQUARES_OR_SIZES = CompareQuestion.model_validate(
    {
        "kind": "compare",
        "id": "squares-or-sizes",
        "topic": "13b",
        "stem": "予測値 {pred}、正解値 {target} のとき、値が大きい損失を1つ選べ。",
        "given": SQUARES.model_dump()["given"],
        "sides": [
            {"text": "平均二乗誤差", "compute": {"loss": "mse", "inputs": _ERRORS}},
            {"text": "平均絶対誤差", "compute": {"loss": "mae", "inputs": _ERRORS}},
        ],
        "equal": True,
        "explanation": "誤差の大きさ1を境に、二乗と絶対値の大小が入れ替わる。",
        "source": "シラバス 項目13「誤差関数」",
    }
)

ENTROPY = ChoiceQuestion(
    kind="choice",
    id="classification-loss",
    topic="13c",
    stem="多クラス分類の出力層にソフトマックス関数を用いるとき、組み合わせる損失関数として最も適切なものを1つ選べ。",
    options=(
        Option(
            text="交差エントロピー", reason="正解の確率の対数に負号を付けた値である。", right=True
        ),
        Option(text="ヒンジ損失", reason="SVMで用いる。確率を前提としない。"),
        Option(text="Triplet損失", reason="埋め込みの距離を学ぶときに用いる。"),
    ),
    explanation="正解クラスの確率を最大にすることは、交差エントロピーを最小にすることと同じである。",
    source="シラバス 項目13「誤差関数」",
)


def pack(*questions: Question, id: str = "drill") -> Pack:  # noqa: A002 - the field's name
    """Return a pack of these questions."""
    return Pack(
        id=id,
        title="練習",
        version="1.0.0",
        licence="CC BY 4.0",
        authors=("tests",),
        syllabus="-",
        description="-",
        questions=questions,
    )


DRILL = pack(ROBUST, SQUARES, ENTROPY)

WORD = "損" * 2500 + "x" * 2500
HOSTILE = "[b]x[/b] [@click=app.quit]q[/] \x1b[31m赤\x1b[0m \x1b]0;title\x07\u202e [ ` [/"


def _hostile(what: str) -> str:
    return f"{what}始 {HOSTILE} {WORD} {what}終"


HOSTILE_PACK = pack(
    ChoiceQuestion(
        kind="choice",
        id="hostile-choice",
        topic="13a",
        stem=_hostile("問"),
        options=(
            Option(text=_hostile("甲"), reason=_hostile("丙"), right=True),
            Option(text=_hostile("乙"), reason=_hostile("丁")),
        ),
        hints=(_hostile("示"),),
        tags=(_hostile("札"),),
        explanation=_hostile("解"),
        source=_hostile("出"),
    ),
    SQUARES.model_copy(
        update={
            "id": "hostile-numeric",
            "stem": _hostile("計") + " {pred} {target}",
            "explanation": _hostile("説"),
            "source": _hostile("典"),
        }
    ),
    id="hostile",
).model_copy(
    update={
        "title": _hostile("題"),
        "licence": _hostile("許"),
        "authors": (_hostile("著"),),
        "syllabus": _hostile("範"),
        "description": _hostile("述"),
    }
)
