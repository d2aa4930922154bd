"""`quizapp pack check`: what it writes in each form, and its exit codes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp import language
from quizapp.cli import main
from quizapp.pack.check import NoPackFile, files_of
from quizapp.pack.findings import excerpt
from quizapp.pack.progress import ProgressBar

CLEAN = """\
id: small
title: 小さなパック
version: 1.0.0
licence: CC BY 4.0
authors: [山田]
syllabus: G検定シラバス2024
description: 検査に使う。
questions:
  - kind: choice
    id: mean
    topic: 13b
    stem: 二乗誤差の和を最小にする定数として、最も適切なものを1つ選べ。
    explanation: 微分して0と置くと、足して件数で割った値が得られる。
    source: Bishop (2006)
    options:
      - {text: 平均, reason: 微分が0になる。, right: true}
      - {text: 中央値, reason: 絶対誤差の和を最小にする。}
"""
WARNED = CLEAN.replace("source: Bishop (2006)", "source: なし")
WRONG = CLEAN.replace("topic: 13b", "topic: 13x")


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    yield
    language.use("ja")


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("p.yaml")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (CLEAN, [], 0),
        (CLEAN, ["--strict"], 0),
        (WARNED, [], 0),
        (WARNED, ["--strict"], 1),
        (WARNED, ["--strict", "--json"], 1),
        (WRONG, [], 1),
        (WRONG, ["--json"], 1),
        (WRONG, ["--github"], 1),
        (WRONG, ["--json", "--github"], 2),
        (WRONG, ["--seeds", "0"], 2),
        (WRONG, ["gone.yaml"], 2),
    ],
)
@pytest.mark.usefixtures("capsys")
def test_exit_codes(text: str, options: list[str], code: int, pack: Path) -> None:
    pack.write_text(text, encoding="utf-8")
    assert main(["pack", "check", str(pack), *options]) == code


@pytest.mark.parametrize("words", [["pack"], ["pack", "chekc"], ["pack", "check"]])
def test_wrong_words(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.startswith("quizapp: ")


def test_nothing_to_mend(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack.write_text(CLEAN, encoding="utf-8")
    main(["pack", "check", "p.yaml"])
    assert capsys.readouterr() == (
        "ファイル1個、問題1問、計算した出題0通り\n直すところはない。\n",
        "",
    )


IN_WORDS = {
    "ja": """\
p.yaml:14:13: Q205 出典が何も特定していない。
    著者（年）と題名、またはシラバスの項目を書く。

ファイル1個、問題1問、計算した出題0通り
誤り0件、警告1件
""",
    "en": """\
p.yaml:14:13: Q205 The source names nothing that can be looked up.
    Give author, year and title, or the item of the syllabus.

Files: 1, questions: 1, computed variants: 0
Errors: 0, warnings: 1
""",
}


@pytest.mark.parametrize("spoken", IN_WORDS)
def test_findings_as_text(spoken: str, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack.write_text(WARNED, encoding="utf-8")
    main(["pack", "check", "p.yaml", "--lang", spoken])
    assert capsys.readouterr().out == IN_WORDS[spoken]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_line_is_shown(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack.write_text(WRONG, encoding="utf-8")
    out = Terminal()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("COLUMNS", "60")
    main(["pack", "check", "p.yaml"])
    assert out.getvalue().splitlines()[:3] == [
        "p.yaml:11:12: P203 topic「13x」はない。",
        "        topic: 13x",
        "               ^",
    ]


@pytest.mark.parametrize(
    ("line", "column", "width", "shown"),
    [
        ("topic: 13x", 8, 80, ["    topic: 13x", "           ^"]),
        ("損失の値", 3, 80, ["    損失の値", "        ^"]),  # two cells each
        ("\tx", 2, 80, ["        x", "        ^"]),
        ("a\u202eb", 3, 80, ["    ab", "     ^"]),  # bidirectional controls are not shown
        ("あ" * 60, 50, 45, ["    …" + "あ" * 19 + "…", "    " + " " * 19 + "^"]),
        ("x" * 60, 1, 45, ["    " + "x" * 39 + "…", "    ^"]),
        ("", 1, 80, []),
    ],
)
def test_the_caret_stands_below_the_place(
    line: str, column: int, width: int, shown: list[str]
) -> None:
    assert list(excerpt([line], 1, column, width=width)) == shown


@given(
    st.text(st.characters(exclude_characters="\n\r\x85\u2028\u2029\x0b\x0c"), max_size=200),
    st.integers(1, 250),
    st.integers(1, 200),
)
def test_an_excerpt_fits_the_terminal(line: str, column: int, width: int) -> None:
    for shown in excerpt([line], 1, column, width=width):
        assert cell_len(shown) <= max(width, 45)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_findings_as_json(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack.write_text(WARNED, encoding="utf-8")
    main(["pack", "check", "p.yaml", "--json", "--seeds", "3", "--lang", "en"])
    entry = json.loads(capsys.readouterr().out)
    assert entry == {
        "files": 1,
        "questions": 1,
        "seeds": 3,
        "variants": 0,
        "remembered": 0,
        "errors": 0,
        "warnings": 1,
        "findings": [
            {
                "file": "p.yaml",
                "line": 14,
                "column": 13,
                "code": "Q205",
                "severity": "warning",
                "path": "questions[0].source",
                "message": "The source names nothing that can be looked up.",
                "hint": "Give author, year and title, or the item of the syllabus.",
            }
        ],
        "gaps": [],
    }


def test_findings_as_annotations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("100%,a.yaml").write_text(
        WARNED.replace("topic: 13b", 'topic: "1\\n3%"'), encoding="utf-8"
    )
    main(["pack", "check", "100%,a.yaml", "--github", "--lang", "en"])
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(
        "::error file=100%25%2Ca.yaml,line=11,col=12,title=P203::"
        "There is no topic '1\\u{a}3%25'. Use one of"
    )


NUMERIC = (
    CLEAN
    + """\
  - kind: numeric
    id: compute
    topic: 13b
    stem: 予測が {pred}、正解が {target} のときの平均二乗誤差を小数第3位まで求めよ。
    explanation: 差を2乗してから平均する。
    source: Bishop (2006)
    given:
      pred: {sample: uniform, size: 3, low: 0, high: 9}
      target: {sample: uniform, size: 3, low: 0, high: 9}
    compute: {loss: mse, inputs: {pred: $pred, target: $target}}
    mistakes: [sum_for_mean]
"""
)


def test_numbers_are_computed_once(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack.write_text(NUMERIC, encoding="utf-8")
    reports = []
    for _time in range(2):
        assert main(["pack", "check", "p.yaml", "--json", "--seeds", "5"]) == 0
        reports.append(json.loads(capsys.readouterr().out))
    assert [each["remembered"] for each in reports] == [0, 1]
    assert [each["variants"] for each in reports] == [5, 5]
    (gap,) = reports[0]["gaps"]
    assert gap["question"] == "compute"
    assert gap["between"] == [None, "sum_for_mean"]
    assert gap["times_tolerance"] > 2
    assert reports[1]["gaps"] == reports[0]["gaps"]
    main(["pack", "check", "p.yaml", "--seeds", "5"])
    said = capsys.readouterr().out
    assert "1問の数は前回の検査から変わっていない。" in said
    assert "最も近い値: compute の正しい値とsum_for_mean" in said


def test_folders_are_searched(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/c.yml", "a/d.txt", ".git/e.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = files_of([str(tmp_path), str(tmp_path / "b.yaml")])
    assert found == (tmp_path / "a/c.yml", tmp_path / "b.yaml")
    with pytest.raises(NoPackFile):
        files_of([str(tmp_path / ".git" / "nothing")])
    (tmp_path / "none").mkdir()
    with pytest.raises(NoPackFile):
        files_of([str(tmp_path / "none")])


def test_progress_is_for_terminals() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        bar = ProgressBar(stream, label="計算中")
        bar.show(6, 12)
        bar.clear()
    assert "計算中 [" + "#" * 12 + "." * 12 + "] 6/12" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
    assert pipe.getvalue() == ""
