"""A pack is read, or everything that is wrong with it is told with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.model import ChoiceQuestion, NumericQuestion
from questions.packfile import PackProblems, Problem, read_pack
from questions.packfile import tree as tree_module
from tests.questions.packfile.sound import SOUND


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with either parser: libyaml is missing on some machines."""
    if request.param == "libyaml":
        assert tree_module._LOADER is yaml.CLoader  # the wheels have it
    else:
        monkeypatch.setattr(tree_module, "_LOADER", yaml.Loader)
    return str(request.param)


def problems(text: str | bytes) -> tuple[Problem, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(PackProblems) as raised:
        read_pack(data, name="p.yaml")
    return raised.value.problems


def changed(old: str, new: str) -> str:
    assert SOUND.count(old) == 1, f"{old!r} must name one place"
    return SOUND.replace(old, new)


def place(text: str, words: str) -> tuple[int, int]:
    """Return line and column of the only occurrence of these words."""
    assert text.count(words) == 1, f"{words!r} must name one place"
    index = text.index(words)
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


@pytest.mark.usefixtures("parser")
def test_a_sound_pack_is_read() -> None:
    pack = read_pack(SOUND.encode(), name="p.yaml")
    assert pack.id == "losses"
    choice, numeric = pack.questions
    assert isinstance(choice, ChoiceQuestion)
    assert choice.stem == "中央値を推定する損失はどれか。\n式は \\frac{a}{b} と {x} を含んでよい。"
    assert [option.text for option in choice.options] == ["MSE", "MAE", "交差エントロピー"]
    assert isinstance(numeric, NumericQuestion)
    assert numeric.compute.inputs == {"pred": "$pred", "target": "$target", "delta": "$delta"}
    assert numeric.mistakes == ("sum_for_mean", "no_half_in_quadratic")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + SOUND,
        SOUND.replace("\n", "\r\n"),
        "%YAML 1.2\n---\n" + SOUND,
        SOUND + "...\n",
        SOUND.replace("topic: 13b", "topic: &t 13b", 1)[::-1].replace("b31 :cipot", "t* :cipot", 1)[
            ::-1
        ],
        SOUND.replace("low: 0,", "low: 0e0,").replace("0.3}", ".3}"),
    ],
    ids=["bom", "crlf", "directive", "end", "alias", "floats"],
)
def test_the_same_pack_written_otherwise(text: str) -> None:
    assert read_pack(text.encode(), name="p.yaml") == read_pack(SOUND.encode(), name="p.yaml")


def test_json_is_yaml() -> None:
    import json

    pack = read_pack(SOUND.encode(), name="p.yaml")
    text = json.dumps(pack.model_dump(mode="json"), ensure_ascii=False)
    assert read_pack(text.encode(), name="p.json") == pack


# (what is changed, to what, words at the place complained of, in the Japanese message or hint,
#  in the English one)
ONE_PROBLEM = [
    # the form of the pack
    ("id: losses", "id: Losses", "Losses", "「Losses」はidの形でない", "lower-case"),
    ("version: 1.0.0", "version: 1.0", "1.0\n", '引用符で囲む: "1.0"', '"1.0"'),
    ("version: 1.0.0", "version: v1", "v1", "1.0.0 の形", "1.0.0"),
    ("authors: [山田]", "authors: 山田", "山田", "リストが必要", "A list is needed"),
    ("authors: [山田]", "authors: []", "authors", "1個以上", "at least 1"),
    ("authors: [山田]", "authors: [2]", "2]", "文字列が必要だが、数 2 が", "the number 2"),
    ("description: 試験用\n", "", "id: losses", "項目「description」がない", "missing"),
    ("title: 損失関数", "title: ''", "''", "titleが空", "title is empty"),
    ("title: 損失関数", "titel: 損失関数\ntitle: x", "titel", "「title」ではないか", "'title'?"),
    ("title: 損失関数", "title: [a]", "title", "リストが書かれて", "this is a list"),
    ("title: 損失関数", "title:", "title", "空の値", "an empty value"),
    ("title: 損失関数", "title: x\nlanguage: jp", "jp", "ja、en", "ja, en"),
    ("# 損失のパック\n", "<<: {a: 1}\n", "<<", "合成は使えない", "Merging"),
    # the form of a question
    ("    difficulty: basic", "    difficulty: easy", "easy", "basic、standard", "basic, sta"),
    ("    difficulty: basic", "    dificulty: basic", "dificulty", "「difficulty」では", "'diff"),
    ("kind: choice", "kind: choise", "choise", "「choice」ではないか", "'choice'?"),
    ("kind: choice", "knid: choice", "knid", "項目「kind」がない", "'kind' is missing"),
    ("    explanation: MAE\n", "", "kind: choice", "「explanation」がない", "'explanation'"),
    ("    topic: 13b\n    difficulty", "    topic: 13\n    difficulty", "13\n", '"13"', '"13"'),
    ("    topic: 13b\n    difficulty", "    topic: 13x\n    difficulty", "13x", "13a", "13a"),
    ("id: median", "id: huber", "huber\n    topic: 13b\n    stem", "11行目", "line 11"),
    ("right: true", "right: yes", "yes", "trueかfalseが必要", "true or false"),
    (", right: true", "", "options", "0個ある。", "0 options"),
    ("reason: 平均値", "reason: 平均値, right: true", "options", "2個ある", "2 options"),
    ("text: MSE, reason", "text: MSE, resaon", "resaon", "「reason」ではない", "'reason'?"),
    ("text: MSE", "text: MAE", "MAE, reason: 中央値", "選択肢1と同じ", "of option 1"),
    # givens
    ("value: 0.3", "value: abc", "abc", "数のリスト", "a list of numbers"),
    ("value: 0.3", "value: [1, x]", "value", "数のリスト", "a list of numbers"),
    ("value: 0.3", "value: [[1, 2], [3]]", "value", "そろっていない", "differ in length"),
    ("value: 0.3", "value: []", "value", "数がない", "no numbers"),
    ("value: 0.3", "value: .inf", ".inf", "数", "number"),
    ("value: 0.3", "value: 1e-13", "1e-13", "桁が多すぎる", "too many digits"),
    ("value: 0.3", "value: 0.25, decimals: 1", "1}\n    compute", "書き表せない", "more decimals"),
    ("value: 0.3", "value: 0.2, decimals: -1", "-1", "0から12", "0 to 12"),
    ("sample: fixed", "sample: fixd", "fixd", "「fixed」ではないか", "'fixed'?"),
    ("{sample: fixed, ", "{", "delta: {", "「sample」がない", "'sample' is missing"),
    ("{sample: fixed, value: 0.3}", "0.3", "0.3", "項目の集まり", "A mapping"),
    ("{sample: fixed, value: 0.3}", "{sample: integer, low: 3, high: 1}", "1}", "low ≤", "low ≤"),
    ("{sample: fixed, value: 0.3}", "{sample: choice, among: []}", "among", "1個", "at least 1"),
    ("value: 0.3", 'value: 0.3, decimals: "1"', '"1"', "引用符を外す", "Remove the quot"),
    # what is computed
    ("loss: huber", "loss: hubr", "hubr", "「huber」ではないか", "'huber'?"),
    ("pred: $pred, target", "target", "inputs", "入力「pred」がない", "'pred' of huber"),
    ("delta: $delta}", "delta: $detla}", "$detla", "「delta」ではないか", "'delta'?"),
    ("delta: $delta}", "detla: $delta}", "detla", "「delta」ではないか", "'delta'?"),
    ("delta: $delta}", "delta: $delta, reduction: none}", "none", "一つの数", "one number"),
    ("target: $target", "target: target", "target, delta", "数でも $名前", "neither numbers"),
    ("delta: $delta}", "delta: {a: 1}}", "delta: {a", "true/false、または", "or $name"),
    ("[sum_for_mean,", "[sum_for_maen,", "sum_for_maen", "「sum_for_mean」で", "'sum_for_mean'"),
    ("[sum_for_mean,", "[no_half_in_quadratic,", "no_half_in_quadratic,", "重複", "twice"),
    ("{decimals: 3}", "{decimals: 9}", "9}", "8以下", "at most 8"),
    ("{decimals: 3}", "{decimals: 2.5}", "2.5", "整数が必要", "A whole number"),
    ("{decimals: 3}", "{atol: 0}", "tolerance", "許容誤差が0", "tolerance is 0"),
    ("{decimals: 3}", "{atol: true}", "true}\n    given", "数が必要", "A number"),
    # placeholders
    ("予測 {pred}", "予測 {pred}と{perd}", "{perd}", "「pred」ではないか", "'pred'?"),
    ("正解 {target}、", "正解", "target: {sample", "問題文に示されていない", "not shown"),
    ("差は {pred}", "差は {diff}", "{diff}", "{{diff}}", "{{diff}}"),
    ('"{pred} から引く"', '"{perd} から引く"', "{perd}", "「pred」ではないか", "'pred'?"),
    (
        "      delta: {",
        "      dd: {sample: fixed, value: 1}\n      delta: {",
        "dd",
        "使われて",
        "not used",
    ),
    ("# 損失のパック\n", "? [a]\n: 1\n", "[a]", "項目名は文字列", "must be a text"),
    # YAML itself
    ("title: 損失関数", "title: a: bcd", ": bcd", "「項目: 値」は書けない", "cannot stand here"),
    ("title: 損失関数", "title: *x", "*x", "別名 *x の元", "no anchor"),
    ("title: 損失関数", "title: &x [*x]", "*x", "別名 *x の元", "no anchor"),
    ("title: 損失関数", "title: !!python/object:os.system x", "!!python", "タグ", "tag"),
    ("title: 損失関数", "title: !x 損失", "!x", "タグ !x は使えない", "The tag !x"),
    ("title: 損失関数", "title: !!int x", "!!int", "合わない", "does not fit"),
    ("title: 損失関数", "title: @x", "@x", "この文字から", "cannot start"),
    ("title: 損失関数", "title: 損失\x1b[31m", "\x1b", "U+001B", "U+001B"),
    ("title: 損失関数", "title: x\ntitle: y", "title: y", "最初は3行目", "first in line 3"),
    (
        "    topic: 13b\n    difficulty",
        "    topic: 13b\n   difficulty",
        "difficulty",
        "字下げ",
        "indentation",
    ),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("old", "new", "words", "ja", "en"), ONE_PROBLEM)
def test_one_problem(old: str, new: str, words: str, ja: str, en: str) -> None:
    text = changed(old, new)
    (problem,) = problems(text)
    told_ja = problem.message.ja + (problem.hint.ja if problem.hint else "")
    told_en = problem.message.en + " " + (problem.hint.en if problem.hint else "")
    assert ja in told_ja
    assert en in told_en
    assert (problem.line, problem.column) == place(text, words)


@pytest.mark.usefixtures("parser")
def test_everything_is_told_at_once_in_the_order_of_the_file() -> None:
    text = SOUND
    for old, new in (
        ("version: 1.0.0", "version: one"),
        ("right: true", "right: 1"),
        (
            "    topic: 13b\n    stem: |\n      予測 {pred}",
            "    topic: 99\n    stem: |\n      予測 {prd}",
        ),
        ("{sample: fixed, value: 0.3}", "{sample: uniform, low: x, high: 1}"),
        ("loss: huber", "loss: hubr"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    found = problems(text)
    assert [problem.path for problem in found] == [
        "version",
        "questions[0].options[1].right",
        "questions[1].topic",
        "questions[1].stem",
        "questions[1].given.delta.low",
        "questions[1].compute.loss",
    ]
    assert [(p.line, p.column) for p in found] == sorted((p.line, p.column) for p in found)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "column", "ja"),
    [
        ("", 1, 1, "空である"),
        ("# 何もない\n", 1, 1, "空である"),
        ("- a\n- b\n", 1, 1, "項目: 値"),
        ("ただの文", 1, 1, "項目: 値"),
        ("id: a\n---\nid: b\n", 2, 1, "複数の文書"),
        ("id: 'a\ntitle: b\n", 1, 5, "引用符が閉じられて"),
        ("id: [a, b\ntitle: c\n", 1, 5, "「,」が足りない"),
        ("a: {b: 1", 1, 4, "「,」が足りない"),
        ('id: "\\frac"\n\n', 1, None, ""),  # \f is a form feed to YAML: pydantic's turn
        ('id: "\\q"', 1, None, "エスケープ"),
        ("id: x\n\ttitle: y\n", 2, None, "字下げ"),
        ("id: x\nquestions:\n- a\n b\n- c: d: e\n", 5, 7, "書けない"),
        ("%YAML 3.0\n---\nid: a", 1, 1, "YAMLの版"),
        ("a: &x [1]\n*x : 2\n", 2, 1, "別名"),
    ],
)
def test_what_is_not_yaml_or_not_a_pack(text: str, line: int, column: int | None, ja: str) -> None:
    first = problems(text)[0]
    assert first.line == line
    assert column in (None, first.column)
    assert any(ja in problem.message.ja + str(problem.hint) for problem in problems(text))


@pytest.mark.usefixtures("parser")
def test_aliases_cannot_explode() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    (problem,) = problems("\n".join(rows))  # 9^40 values when written out
    assert "別名（*）を展開すると" in problem.message.ja
    assert problem.line <= 8


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "a: " + "{b: " * 5000, "\n".join(" " * n + "a:" for n in range(900))],
    ids=["lists", "maps", "blocks"],
)
def test_deep_nesting_is_refused_and_crashes_nothing(text: str) -> None:
    assert any("入れ子が深すぎる" in problem.message.ja for problem in problems(text))


def test_bytes_that_are_not_utf_8() -> None:
    (problem,) = problems("id: a\ntitle: 損失".encode("cp932"))
    assert (problem.line, problem.column) == (2, 8)
    assert "UTF-8" in problem.message.ja


def test_a_file_that_is_too_large_is_not_read() -> None:
    (problem,) = problems(b"#" * (17 * 1024 * 1024))
    assert "大きすぎる" in problem.message.ja


def test_a_file_is_read_by_its_path_and_a_missing_one_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(SOUND, encoding="utf-8")
    assert read_pack(tmp_path / "p.yaml", name="p.yaml").id == "losses"
    with pytest.raises(PackProblems) as raised:
        read_pack(tmp_path / "none.yaml", name="none.yaml")
    assert "読めない" in raised.value.problems[0].message.ja


def test_lines_name_file_line_and_column() -> None:
    with pytest.raises(PackProblems) as raised:
        read_pack(changed("version: 1.0.0", "version: v1").encode(), name="p.yaml")
    assert raised.value.lines("ja") == (
        "p.yaml:4:10: 「v1」はversionの形でない。 1.0.0 の形で書く。",
    )
    assert str(raised.value) == "p.yaml:4:10: 'v1' is not a valid version. Write it as 1.0.0."


def test_messages_cannot_act_on_a_terminal_and_stay_short() -> None:
    hostile = '"\\e[31m[b]' + "x" * 5000 + '"'
    for old, new in (
        ("    difficulty: basic", f"    difficulty: {hostile}"),
        ("    difficulty: basic", f"    {hostile}: basic"),
        ("loss: huber", f"loss: {hostile}"),
        ("      delta: {", f"      {hostile}: {{"),
        ("delta: $delta}", f"delta: {hostile}}}"),
    ):
        for problem in problems(changed(old, new)):
            for told in (problem.path, problem.message.ja, problem.message.en):
                assert "\x1b" not in told
                assert len(told) < 400


_PYDANTIC = re.compile(r"Input|should be|valid (string|dict|tuple|integer)|pydantic|Tuple|ctx")


@settings(max_examples=300, deadline=None)
@given(
    line=st.integers(10, SOUND.count("\n") - 1),
    text=st.sampled_from(
        ["", "x", "1", "[a]", "{a: b}", "~", ".nan", "-5", "1e400", "true", "[[1], 2]", "'", "{x}"]
    ),
)
def test_whatever_stands_in_a_line_is_told_in_our_words_inside_the_file(
    line: int, text: str
) -> None:
    rows = SOUND.split("\n")
    key, colon, _ = rows[line].partition(":")
    rows[line] = f"{key}{colon} {text}" if colon else text
    try:
        read_pack("\n".join(rows).encode(), name="p.yaml")
    except PackProblems as told:
        for problem in told.problems:
            assert 1 <= problem.line <= len(rows)
            assert 1 <= problem.column <= max(map(len, rows)) + 1
            assert not _PYDANTIC.search(problem.message.en + problem.message.ja)
            assert problem.message.ja != "この値は使えない。"  # there is a word for everything


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"%@`#, \n\t?0\\\u3042", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(PackProblems):
        read_pack(text.encode(), name="p.yaml")
