"""What a person may type, what comes back, and with which exit code."""

from __future__ import annotations

import re
import unicodedata

import pytest

from quizapp import __version__, language
from quizapp.cli import main


@pytest.fixture(autouse=True)
def _japanese() -> None:
    """Every command starts in the default language; `--lang` of one test must not reach another."""
    language.use("ja")


@pytest.mark.parametrize("words", [["--version"], ["--lang", "en", "--version"]])
def test_version(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(words)
    except SystemExit as end:  # argparse ends the program itself
        code = end.code
    assert code == 0
    assert capsys.readouterr().out == f"quizapp {__version__}\n"


COMMANDS = ([], ["study"], ["ask"], ["losses"], ["optimize"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_help_speaks_the_language_within_80_columns(
    command: list[str], spoken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command, "--help", "--lang", spoken])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert max(map(_cells, out.splitlines())) <= 80
    prose = re.sub(r"\{.*?\}|[-\[(][^ ]*|[A-Z_]{2,}|\b(ID|JSON|N)\b", " ", out, flags=re.DOTALL)
    assert bool(_JAPANESE.search(prose)) == (spoken == "ja")
    assert ("show this help" in out) == (spoken == "en")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    for command in ("study", "ask", "losses", "optimize", "--version"):
        assert re.search(rf"^ +{command} ", out, flags=re.MULTILINE)


# words -> what the one line says in Japanese
WRONG = {
    "stud": "不明なコマンド: stud",
    "study extra": "不明な指定: extra",
    "study --nonsense": "不明な指定: --nonsense",
    "study --limit": "--limit には値が必要",
    "study --limit 0": "0 は1以上の整数ではない",
    "study --limit -3": "--limit には値が必要|-3 は1以上の整数ではない",
    "study --limit 1e3": "1e3 は1以上の整数ではない",
    "study --minutes ten": "ten は1以上の整数ではない",
    "study --plain=3": "--plain に値は付けられない",
    "study --kind essay": "essay は使えない。次から選ぶ: choice, multiple",
    "study --topic 99": "99 は使えない。次から選ぶ: 13a, 13b",
    "study --lim 3": "不明な指定: --lim 3",
    "ask": "指定が足りない: QUESTION",
    "ask q --seed -1": "--seed",
    "ask q --seed 1.5": "1.5 は0以上の整数ではない",
    "losses huber mse": "損失のIDを1つ指定する",
    "losses compute": "損失のIDを1つ指定する",
    "losses compute huber": "指定が足りない: --input",
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_one_japanese_line_and_exit_code_2(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split()) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert re.search(WRONG[words], shown.err)
    assert "quizapp --help" in shown.err
    leaked = re.search(r"argument|expected|invalid|unrecognized|required|usage", shown.err)
    assert leaked is None


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_in_english_has_no_japanese(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "en", *words.split()]) == 2
    assert not _JAPANESE.search(capsys.readouterr().err)


def test_an_unknown_language_is_said_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["losses", "--lang", "fr"]) == 1
    assert "fr" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--lang", "en", "losses"], ["losses", "--lang", "en"]])
def test_shared_options_stand_before_or_after_the_command(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    assert "Regression" in capsys.readouterr().out


def test_debug_lets_the_problem_through() -> None:
    with pytest.raises(Exception, match="hubre"):
        main(["losses", "hubre", "--debug"])


@pytest.mark.parametrize("words", [[], ["study"]])
def test_the_screens_need_a_terminal(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 1
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert "端末" in shown.err
    assert "quizapp study --plain" in shown.err


_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def _cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
