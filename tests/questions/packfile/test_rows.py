"""Orders, matches and gaps: read, and every fault told with its place."""

from __future__ import annotations

import pytest

from questions.model import BlankQuestion, MatchQuestion, OrderQuestion
from questions.packfile import read_pack
from tests.questions.packfile.test_kinds import HEAD
from tests.questions.packfile.test_reading import place, problems

ORDER = """\
  - kind: order
    id: training-step
    topic: 13a
    stem: 学習の手順を正しい順に並べよ。
    items:
      - {text: 予測する, reason: 損失は予測から決まる。}
      - {text: 損失を求める, reason: 勾配は損失の微分である。}
      - text: 更新する
        reason: 勾配を使う。
    explanation: 予測、損失、更新の順に進む。
    source: シラバス
"""
MATCH = """\
  - kind: match
    id: estimates
    topic: 13b
    stem: 最小にする定数を選べ。
    pairs:
      - {left: MSE, right: 平均値, reason: 二乗和}
      - {left: MAE, right: 中央値, reason: 絶対値の和}
    extra:
      - {text: 分散, reason: 散らばりである。}
    explanation: 損失の形で決まる。
    source: 統計学
"""
GAPS = """\
  - kind: blank
    id: pieces
    topic: 13b
    stem: |
      誤差がδ以下では[[ア]]に、
      δを超えると[[イ]]に増える。
    gaps:
      ア:
        options:
          - {text: 二次, reason: MSEと同じ, right: true}
          - {text: 一次, reason: 逆の側}
      イ:
        options:
          - {text: 線形, reason: 頑健, right: true}
          - {text: 二乗, reason: 内側}
    hints: ["[[ア]]から考える"]
    explanation: "内側の[[ア]]はMSEと同じ。"
    source: Huber (1964)
"""
COMBINED = """\
  - kind: blank
    id: combined
    topic: 13b
    stem: δ以下では[[ア]]、超えると[[イ]]。
    combinations:
      - {values: {ア: 二次, イ: 一次}, reason: 定義, right: true}
      - {values: {ア: 一次, イ: 二次}, reason: 逆}
      - values: {ア: 一次, イ: 定数}
        reason: 別の損失
    explanation: 定義を思い出す。
    source: Huber (1964)
"""

# (the question, what is changed, to what, words at the place complained of,
#  in the Japanese message or hint, in the English one)
ONE_PROBLEM = [
    (ORDER, "kind: order", "kind: oder", "oder", "「order」では", "'order'?"),
    (ORDER, "items:", "item:", "item:", "「items」では", "'items'?"),
    (ORDER, "text: 損失を求める", "tekst: 損失を求める", "tekst", "「text」では", "'text'?"),
    (ORDER, "損失を求める", "予測する", "予測する, reason: 勾配", "項目1と同じ", "of item 1"),
    (ORDER, "        reason: 勾配を使う。\n", "", "text: 更新", "「reason」がない", "missing"),
    (ORDER, "text: 更新する", "text:", "text:\n", "文字列が必要", "A text is needed"),
    (
        ORDER,
        "      - {text: 損失を求める, reason: 勾配は損失の微分である。}\n",
        "",
        "items",
        "3個以上",
        "at least 3",
    ),
    (
        ORDER,
        "      - text: 更新",
        "".join(f"      - {{text: t{n}, reason: r}}\n" for n in range(7)) + "      - text: 更新",
        "items",
        "9個以下",
        "at most 9",
    ),
    (ORDER, "text: 更新する", "text: 更新する\n        right: true", "right", "使えない", "known"),
    (MATCH, "pairs:", "pair:", "pair:", "「pairs」では", "'pairs'?"),
    (MATCH, "left: MAE", "left: MSE", "MSE, right: 中", "左側1と同じ", "of left side 1"),
    (MATCH, "left: MAE", "lift: MAE", "lift", "「left」では", "'left'?"),
    (MATCH, "中央値", "平均値", "pairs", "右側がすべて同じ", "right sides are the same"),
    (MATCH, "text: 分散", "text: 中央値", "中央値, reason: 散", "2番目の組", "of pair 2"),
    (
        MATCH,
        "    explanation",
        "      - {text: 分散, reason: 同じ}\n    explanation",
        "分散, reason: 同じ",
        "前のextra",
        "An earlier extra",
    ),
    (
        MATCH,
        "    explanation",
        "".join(f"      - {{text: t{n}, reason: r}}\n" for n in range(7)) + "    explanation",
        "extra",
        "10個ある",
        "10 right sides",
    ),
    (MATCH, "    extra", "    reuse: ja\n    extra", "ja\n", "trueかfalse", "true or false"),
    (MATCH, "text: 分散", "tetx: 分散", "tetx", "「text」では", "'text'?"),
    (
        MATCH,
        "      - {left: MAE, right: 中央値, reason: 絶対値の和}\n",
        "",
        "pairs",
        "2個以上",
        "at least 2",
    ),
    (GAPS, "[[イ]]に増", "[[ウ]]に増", "イ:", "空欄「イ」が問題文にない", "no gap called 'イ'"),
    (GAPS, "      イ:", "      イ-1:", "イ-1", "空欄の名前に使えない", "name of a gap"),
    (GAPS, "options:\n          - {text: 線", "opts:\n          - {text: 線", "opts", "「opt", "'opt"),
    (GAPS, "二乗, reason: 内側", "二乗, reason: 内側, right: true", "options:\n          - {text: 線", "2個ある", "2 options"),
    (GAPS, "right: true}\n          - {text: 一", "right: no}\n          - {text: 一", "no}", "trueかfalse", "true or"),
    (GAPS, "text: 一次", "text: 二次", "二次, reason: 逆", "選択肢1と同じ", "of option 1"),
    (GAPS, "          - {text: 二乗, reason: 内側}\n", "", "options:\n          - {text: 線", "2個以上", "at least 2"),
    (GAPS, "[[ア]]から", "[[ウ]]から", '[[ウ]]から', "[[ウ]] にあたる空欄", "no gap [[ウ]]"),
    (GAPS, "[[ア]]はM", "[[ウ]]はM", '[[ウ]]はM', "[[ウ]] にあたる空欄", "no gap [[ウ]]"),
    (GAPS, "に増える", "に増え、[[ウ]]である", "[[ウ]]で", "「ウ」の選択肢がgapsにない", "'ウ' has no"),
    (COMBINED, "別の損失", "別の損失\n        right: true", "combinations", "2個ある", "2 combinations"),
    (COMBINED, ", right: true", "", "combinations", "ちょうど一つ", "exactly one"),
    (COMBINED, "ア: 一次, イ: 定数", "ア: 一次", "values: {ア: 一次}", "空欄「イ」の値がない", "'イ' has no"),
    (COMBINED, "イ: 定数", "ウ: 定数", "ウ: 定数", "空欄「ウ」が問題文にない", "no gap called 'ウ'"),
    (COMBINED, "イ: 定数", "イ: 二次", "values: {ア: 一次, イ: 二次}\n", "組合せ2と同じ", "of combination 2"),
    (COMBINED, "reason: 逆", "resaon: 逆", "resaon", "「reason」では", "'reason'?"),
    (COMBINED, "イ: 定数", "イ: 3", "3}", "文字列が必要", "A text is needed"),
    (COMBINED, "combinations:", "combination:", "combination:", "「combinations」では", "'combinations'?"),
]  # fmt: skip


@pytest.mark.parametrize("row", ONE_PROBLEM, ids=lambda row: row[2].strip()[:40])
def test_one_problem(row: tuple[str, ...]) -> None:
    question, old, new, words, ja, en = row
    assert question.count(old) == 1, f"{old!r} must name one place"
    text = HEAD + question.replace(old, new)
    told = problems(text)
    (problem,) = told[:1]
    told_ja = problem.message.ja + (problem.hint.ja if problem.hint else "")
    told_en = problem.message.en + " " + (problem.hint.en if problem.hint else "")
    assert ja in told_ja
    assert en in told_en
    assert (problem.line, problem.column) == place(text, words)
    assert len(told) == 1


@pytest.mark.parametrize("question", [ORDER, MATCH, GAPS, COMBINED])
def test_each_is_read(question: str) -> None:
    (read,) = read_pack((HEAD + question).encode(), name="p.yaml").questions
    match read:
        case OrderQuestion():
            assert [item.text for item in read.items] == ["予測する", "損失を求める", "更新する"]
        case MatchQuestion():
            assert [(pair.left, pair.right) for pair in read.pairs] == [
                ("MSE", "平均値"),
                ("MAE", "中央値"),
            ]
            assert read.extra[0].text == "分散"
            assert not read.reuse
        case BlankQuestion() if read.gaps:
            assert list(read.gaps) == ["ア", "イ"]
            assert [option.right for option in read.gaps["ア"].options] == [True, False]
        case BlankQuestion():
            assert read.combinations[1].values == {"ア": "一次", "イ": "二次"}


@pytest.mark.parametrize(
    ("added", "removed", "words", "ja"),
    [
        ("", GAPS[GAPS.index("    gaps") : GAPS.index("    hints")], "kind: blank", "埋めるものが"),
        (
            COMBINED[COMBINED.index("    combinations") : COMBINED.index("    explanation")],
            "",
            "combinations",
            "両方がある",
        ),
    ],
)
def test_gaps_are_filled_in_one_way(added: str, removed: str, words: str, ja: str) -> None:
    text = HEAD + GAPS.replace(removed, "") + added
    (problem,) = problems(text)
    assert ja in problem.message.ja
    assert problem.hint is not None
    assert problem.message.en
    assert (problem.line, problem.column) == place(text, words)


def test_a_stem_without_gaps_is_told() -> None:
    text = HEAD + COMBINED.replace("[[ア]]", "[[ア ]]").replace("[[イ]]", "(イ)")
    assert "問題文に空欄がない。" in [problem.message.ja for problem in problems(text)]
    assert "空欄「ア」が問題文にない。" in [problem.message.ja for problem in problems(text)]


@pytest.mark.parametrize(
    ("question", "old", "new", "path"),
    [
        (ORDER, "text: 予測する", "text: [1]", "items[0].text"),
        (MATCH, "left: MSE", "left: [1]", "pairs[0].left"),
        (MATCH, "text: 分散", "text: [1]", "extra[0].text"),
        (GAPS, "二次, reason", "[1], reason", "gaps.ア.options[0].text"),
        (COMBINED, "reason: 逆", "reason: [1]", "combinations[1].reason"),
    ],
)
def test_everything_wrong_is_told_at_once(question: str, old: str, new: str, path: str) -> None:
    text = HEAD + question.replace(old, new).replace("topic: 13", "topic: 99")
    assert [problem.path for problem in problems(text)] == [
        "questions[0].topic",
        f"questions[0].{path}",
    ]
