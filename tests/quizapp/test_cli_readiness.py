"""`quizapp readiness`: what it says, and what it never says."""

from __future__ import annotations

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len

from quizapp import language
from quizapp.cli import main
from quizapp.learning.blueprints import BLUEPRINTS
from quizapp.learning.evidence import Evidence
from quizapp.learning.forecast_calibration import Calibration
from quizapp.learning.readiness import Answer, forecast
from quizapp.learning.readiness_report import ReadinessReport, target_of
from quizapp.readiness_command import as_json, as_text
from quizapp.readiness_wording import chance

TODAY = date(2026, 11, 21)


def report(answers: int, *, calibration: Calibration | None = None) -> ReadinessReport:
    """Three of four right, over three topics of the exam and one beyond it."""
    topics = ("13b", "13c", "26", "beyond")
    given = tuple(
        Answer(
            topic=topics[place % 4],
            difficulty=0.0,
            guess=0.25,
            right=place % 4 != 1,
            day=TODAY,
        )
        for place in range(answers)
    )
    return ReadinessReport(
        forecast=forecast(given, target_of(BLUEPRINTS["loss-full"]), today=TODAY),
        evidence=Evidence(answers=given, with_hints=2, self_graded=0, undone=1, repeated=31),
        calibration=calibration,
    )


@pytest.fixture(autouse=True)
def _japanese() -> None:
    language.use("ja")


def test_with_few_answers_no_chance_is_named() -> None:
    few, enough = report(19), report(20)
    text = as_text(few)
    assert "まだ言えない。初見の解答があと1件要る" in text
    assert "解答が少ないため、まだ広い" in text
    assert json.loads(as_json(few))["pass_probability"] is None
    # Every percentage belongs to an interval, a weight or the mark.
    score = next(line for line in text.splitlines() if line.startswith("得点"))
    assert len(re.findall(r"\d+%", score)) == 3  # from, to, the 90 % interval
    made = enough.forecast
    assert f"70%以上の見込み: {made.pass_probability:.0%}" in as_text(enough)
    assert json.loads(as_json(enough))["pass_probability"] == made.pass_probability


def test_the_mark_is_called_a_rule_of_thumb() -> None:
    assert "70%は目安である。合格点は公表されていない。" in as_text(report(30))
    assert json.loads(as_json(report(30)))["mark_published"] is False


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_topics_stand_in_columns_of_cells(spoken: str) -> None:
    language.use(spoken)
    text = as_text(report(40))
    language.use("ja")
    rows = [line for line in text.splitlines() if "=" in line]
    assert len(rows) == 4
    assert len({cell_len(row[: row.index("[")]) for row in rows}) == 1
    assert len({cell_len(row) for row in rows}) == 1
    assert all(cell_len(line) <= 80 for line in text.splitlines())
    for row in rows:
        low, high = map(int, re.findall(r"(\d+)-(\d+)%", row)[0])
        bar = row[row.index("[") + 1 : row.index("]")]
        assert len(bar) == 20
        assert abs(5 * bar.index("=") - low) <= 5
        assert abs(5 * (bar.rindex("=") + 1) - high) <= 5


def test_what_is_unknown_is_named_and_has_no_bar() -> None:
    text = "".join(as_text(report(40)).split())
    unknown = text[text.index("まだ解いていないのでわからない分野") :]
    assert "14正則化" in unknown
    assert "13c交差エントロピー" not in unknown
    assert "14正則化[" not in text


def test_what_counted_and_what_did_not() -> None:
    text = as_text(report(40)).replace("\n", "")
    assert "初めて見た問題にヒントなしで答えた40件" in text
    assert "見たことのある問題への解答31件" in text
    assert "ヒントを見た解答2件" in text
    assert "取り消した解答1件" in text
    assert "カード" not in text
    assert json.loads(as_json(report(40)))["evidence"] == {
        "counted": 40,
        "repeated": 31,
        "with_hints": 2,
        "self_graded": 0,
        "undone": 1,
    }


def test_how_good_the_forecasts_were() -> None:
    assert "予想がどれだけ当たるかはわからない" in as_text(report(40)).replace("\n", "")
    found = Calibration(results=4, brier=0.1234, coverage=0.75, bias=-0.021)
    text = as_text(report(40, calibration=found)).replace("\n", "")
    for words in ("模試4回", "75%", "0.123", "-2ポイント"):
        assert words in text
    assert json.loads(as_json(report(40, calibration=found)))["calibration"] == {
        "results": 4,
        "brier": 0.1234,
        "coverage": 0.75,
        "bias": -0.021,
    }


def test_nothing_is_certain() -> None:
    assert [chance(p) for p in (0.0, 0.01, 0.5, 0.99, 1.0)] == [
        "1%未満",
        "1%",
        "50%",
        "99%",
        "99%を超える",
    ]


def test_the_command_from_study_to_forecast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--database", str(tmp_path / "quiz.db"))
    monkeypatch.setattr("sys.stdin", StringIO("1\n1\n1\n"))
    assert main(["study", "--plain", "--kind", "choice", "--limit", "3", *where]) == 0
    capsys.readouterr()
    assert main(["readiness", "--json", "--blueprint", "loss-mini", "--mark", "65", *where]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["questions"], found["mark"], found["answers"]) == (30, 0.65, 3)
    assert sum(each["weight"] for each in found["topics"]) == pytest.approx(1)
    assert main(["readiness", *where]) == 0
    assert "根拠は初見の解答3件" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--mark", "0"], ["--mark", "101"]])
def test_wrong_words(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readiness", *words]) == 2
    assert words[1] in capsys.readouterr().err
