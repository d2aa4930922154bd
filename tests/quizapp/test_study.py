"""Opening everything at once, as every front end does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizapp import paths
from quizapp.database import DatabaseProblem
from quizapp.language import current, use
from quizapp.learning.serving import Served
from quizapp.settings import SettingsProblem
from quizapp.study import open_study

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def written_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("QUIZAPP_SETTINGS", str(path))
    return path


def test_the_built_in_questions_are_there(database: str) -> None:
    with closing(open_study(database=database, clock=lambda: NOW)) as study:
        seen = study.overview()
        assert seen.total >= 40
        assert (seen.seen, seen.counts.new) == (0, 20)
        assert study.now() == NOW
        session = study.session(kind="choice", limit=1)
        question = session.next(computing_ready=False)
        assert isinstance(question, Served)
        session.answer(question, "1", milliseconds=0)
    with closing(open_study(database=database, clock=lambda: NOW)) as study:
        seen = study.overview()
        assert (seen.seen, seen.counts.new, seen.streak_days) == (1, 19, 1)


def test_without_a_name_the_usual_place_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "data" / "quizapp" / "quizapp.db"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert paths.database() == str(place)
    open_study().close()
    assert place.is_file()


def test_the_environment_names_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", f"sqlite:///{tmp_path}/class.db")
    open_study().close()
    assert (tmp_path / "class.db").is_file()


def test_a_usual_place_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("no folder")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with pytest.raises(DatabaseProblem) as caught:
        open_study()
    assert str(tmp_path / "data") in str(caught.value)


def test_settings_are_heeded(tmp_path: Path, written_settings: Path) -> None:
    written_settings.write_text("new_per_day = 3\nrollover_hour = 0\ndesired_retention = 0.8\n")
    with closing(open_study(database=str(tmp_path / "a.db"))) as study:
        assert study.overview().counts.new == 3
        assert study.calendar.rollover_hour == 0
        assert study.settings.desired_retention == 0.8


def test_bad_settings_are_said_before_anything_is_made(
    tmp_path: Path, written_settings: Path
) -> None:
    written_settings.write_text("new_per_day = -3\n")
    with pytest.raises(SettingsProblem):
        open_study(database=str(tmp_path / "a.db"))
    assert not (tmp_path / "a.db").exists()


def test_the_language_can_be_chosen(tmp_path: Path) -> None:
    spoken = current()
    try:
        open_study(database=str(tmp_path / "a.db"), language="en").close()
        assert current() == "en"
    finally:
        use(spoken)


def test_nothing_of_torch_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from quizapp.study import open_study\n"
        "study = open_study(database=sys.argv[1])\n"
        "study.session().next(computing_ready=False); study.overview(); study.close()\n"
        "assert not {'torch', 'numpy', 'textual'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.db")]
    subprocess.run(command, cwd=ROOT, check=True)


def test_a_later_start_parses_no_pack_and_migrates_nothing(tmp_path: Path) -> None:
    open_study(database=str(tmp_path / "a.db")).close()
    code = (
        "import sys; from quizapp.study import open_study\n"
        "open_study(database=sys.argv[1]).close()\n"
        "assert not {'yaml', 'alembic'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.db")]
    subprocess.run(command, cwd=ROOT, check=True)
