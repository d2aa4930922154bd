"""`quizapp exam` without a screen: line by line, lists and reports, wrong usage."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from quizapp import language
from quizapp.cli import main
from quizapp.study import open_study

Run = Callable[..., str]

SMALL = ("--questions", "3", "--minutes", "5", "--seed", "4", "--plain")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the built-in packs: installing them for every test takes long."""
    path = tmp_path_factory.mktemp("bank") / "quiz.db"
    open_study(database=str(path)).close()
    return path


@pytest.fixture
def run(
    installed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Return what runs `quizapp exam` with typed lines and gives back what was written."""
    shutil.copy(installed, tmp_path / "quiz.db")
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("QUIZAPP_SETTINGS", str(tmp_path / "settings.toml"))
    language.use("ja")

    def run_it(*words: str, typed: tuple[str, ...] = (), code: int = 0) -> str:
        monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in typed)))
        assert main(["exam", *words, "--database", str(tmp_path / "quiz.db")]) == code
        written = capsys.readouterr()
        return written.err if code else written.out

    return run_it


def latest(run: Run) -> dict[str, object]:
    return dict(json.loads(run("--report", "--json")))


def test_an_exam_line_by_line(run: Run) -> None:
    said = run(*SMALL, typed=("１", ":flag", "2", ":prev", "3", ":go 3", "4", ":submit", "y", ""))
    assert "3問・5分（1問1分40秒）" in said or "3問・5分（1問100秒）" in said
    assert "問1（全3問）" in said
    assert "印あり" in said
    assert "70%に" in said
    assert "合格点は非公表" in said
    report = latest(run)
    assert [item["answers"] for item in report["items"]] == [["1"], ["2", "3"], ["4"]]  # type: ignore[index, attr-defined]
    assert report["unanswered"] == 0
    assert report["strict"] is True
    forecast = dict(report["forecast"])  # type: ignore[call-overload]
    assert 0 <= forecast["low"] < forecast["expected"] < forecast["high"] <= 1
    assert forecast["pass_probability"] is None  # nothing was answered before


def test_the_same_seed_is_the_same_exam_only_while_nothing_was_seen(run: Run) -> None:
    run(*SMALL, typed=(":submit", "y"))
    first = {item["question"] for item in latest(run)["items"]}  # type: ignore[attr-defined]
    run(*SMALL, typed=(":submit", "y"))
    second = {item["question"] for item in latest(run)["items"]}  # type: ignore[attr-defined]
    assert len(first) == len(second) == 3
    assert not first & second


def test_what_is_left_is_resumed(run: Run) -> None:
    assert "時計は進み続ける" in run(*SMALL, typed=("1", ":quit"))
    assert "終わっていない模擬試験がある" in run(*SMALL, code=1)
    assert "途中" in run("--list")
    assert json.loads(run("--list", "--json"))[0]["answered"] == 1
    said = run("--resume", "--plain", typed=(":prev", "2", ":submit", "y"))
    assert "今の解答: 1" in said
    assert latest(run)["unanswered"] == 2
    assert "中断した模擬試験はない" in run("--resume", "--plain", code=1)


def test_practice_says_at_once_what_was_right(run: Run) -> None:
    said = run(*SMALL, "--practice", typed=("1", ":prev", "2", ":quit"))
    assert "解説: " in said
    assert "正誤を示した解答は変えられない" in said
    assert "時計は止まっている" in said
    assert "時計は止まっている" in run("--resume", "--plain")


def test_wrong_ones_come_again(run: Run) -> None:
    said = run(*SMALL, typed=(":submit", "y", ":review", ":again", ":again"))
    assert "解答していない" in said
    assert "3問を復習に入れた" in said
    assert "復習に入れる問題はない" in said


def test_a_blueprint_of_the_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        '[blueprints.maths]\nquestions = 2\nminutes = 1\ntitle = "数学"\ntopics = {37 = 1}\n'
    )
    said = run("--blueprint", "maths", "--plain", typed=(":submit", "y"))
    assert "数学: 2問・1分" in said
    assert {part["name"] for part in latest(run)["topics"]} == {"37"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("questions = 0\nminutes = 1", "1から300の整数"),
        ("questions = 1", "minutes"),
        ("questions = 1\nminutes = 1\nforms = {essay = 1}", "essay"),
        ("questions = 1\nminutes = 1\ntopics = {13a = -1}", "0以上の数"),
        ("questions = 1\nminutes = 1\ntopics = {99 = 1}", "99"),
        ("questions = 1\nminutes = 1\nsize = 3", "questions, minutes"),
    ],
)
def test_a_bad_blueprint_is_one_line(run: Run, tmp_path: Path, written: str, named: str) -> None:
    (tmp_path / "settings.toml").write_text(f"[blueprints.mine]\n{written}\n")
    said = run("--blueprint", "mine", "--plain", code=1)
    assert named in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("--plain", "--blueprint", "real"), 1, "loss-mini, loss-full, item13-sprint"),
        (("--plain", "--questions", "999"), 1, "--questions"),
        (("--plain", "--questions", "0"), 2, "0"),
        (("--json",), 2, "--list"),
        (("--resume", "--questions", "3"), 2, "--resume"),
        (("--report",), 1, "--list"),
        (("--report", "nothing"), 1, "--list"),
    ],
)
def test_wrong_usage(run: Run, words: tuple[str, ...], code: int, named: str) -> None:
    assert named in run(*words, code=code)


def test_no_exams_yet(run: Run) -> None:
    assert "まだない" in run("--list")
    assert json.loads(run("--list", "--json")) == []
