"""`quizapp plan`: what minutes a day lead to, as text and as JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from quizapp.cli import main


@pytest.fixture
def written_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("QUIZAPP_SETTINGS", str(path))
    return path


class Command:
    """Runs `quizapp plan` on one database."""

    def __init__(self, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._database = database
        self._capsys = capsys

    def run(self, *words: str, code: int = 0) -> str:
        given = ["plan", "--lang", "en", "--database", str(self._database), *words]
        assert main(given) == code
        shown = self._capsys.readouterr()
        return shown.out if code == 0 else shown.err


@pytest.fixture
def command(tmp_path: Path, written_settings: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path / "quiz.db", capsys)


def in_days(days: int) -> str:
    # Two days of room for the time zone and the hour at which a study day begins.
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the wall's day


def test_without_an_exam_date_it_says_how_to_set_one(
    command: Command, written_settings: Path
) -> None:
    out = command.run()
    assert str(written_settings) in out
    assert "exam_date = 20" in out
    assert "minutes_per_day = " in out
    assert json.loads(command.run("--json")) == {"exam_date": None}


def test_more_minutes_lead_to_more(command: Command) -> None:
    found = json.loads(command.run("--exam-date", in_days(12), "--json"))
    assert found["exam_date"] == in_days(12)
    assert found["days_left"] in (12, 13)
    assert found["unseen"] == found["questions"] > 800
    assert (found["minutes_per_day"], found["today"]) == (None, None)
    assert found["recall_without_study"] == 0
    prospects = found["prospects"]
    assert [each["minutes_per_day"] for each in prospects] == [15, 25, 40]
    recalls = [each["recall"] for each in prospects]
    assert 0 < recalls[0] < recalls[1] < recalls[2] < 1
    unseen = [each["unseen"] for each in prospects]
    assert unseen[0] > unseen[2] >= 0
    for each in prospects:
        assert each["minutes_needed"] < each["minutes_per_day"] + 2


def test_too_little_time_is_said_plainly(command: Command) -> None:
    out = command.run("--exam-date", in_days(6), "--minutes", "10")
    assert "10 min a day are too little" in out
    assert "stay unseen" in out
    assert "(your minutes)" in out
    assert "Today: " in out


def test_the_settings_are_planned_for(command: Command, written_settings: Path) -> None:
    written_settings.write_text(f"exam_date = {in_days(40)}\nminutes_per_day = 30\n")
    found = json.loads(command.run("--json"))
    assert found["minutes_per_day"] == 30
    assert [each["minutes_per_day"] for each in found["prospects"]] == [15, 25, 30, 40]
    assert found["today"]["due"] == 0
    assert 29 < found["today"]["minutes"] < 31
    assert found["today"]["new"] > 0
    other = json.loads(command.run("--json", "--minutes", "5"))
    assert other["today"]["new"] < found["today"]["new"]


def test_an_exam_that_is_over_is_a_problem(command: Command, written_settings: Path) -> None:
    assert "2020-01-01" in command.run("--exam-date", "2020-01-01", code=1)
    written_settings.write_text("exam_date = 2020-01-02\n")
    assert "2020-01-02" in command.run(code=1)


@pytest.mark.parametrize(
    "words",
    [
        ("--exam-date", "soon"),
        ("--exam-date", "2027-02-30"),
        ("--exam-date", "20270213"),
        ("--minutes", "0"),
        ("--minutes", "1441"),
        ("--minutes", "x"),
    ],
)
def test_wrong_words_are_named(command: Command, words: tuple[str, str]) -> None:
    assert words[1] in command.run(*words, code=2) or "1440" in command.run(*words, code=2)
