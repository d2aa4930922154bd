"""The settings file: defaults, limits, and complaints a person can act on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quizapp.preferences import Preferences, read_preferences
from quizapp.settings import Settings, SettingsProblem, read_settings


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "settings.toml")
    assert settings == Settings()
    assert (settings.language, settings.new_per_day, settings.reviews_per_day) == ("ja", 20, 200)
    assert (settings.desired_retention, settings.rollover_hour) == (0.9, 4)


def test_what_is_written_counts(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('language = "en"\nnew_per_day = 5\ndesired_retention = 0.95\ntheme = "light"\n')
    assert read_settings(path) == Settings(
        language="en", new_per_day=5, desired_retention=0.95, theme="light"
    )
    assert read_preferences(path) == Preferences("en", "light")


def test_an_exam_date_and_minutes_a_day(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("exam_date = 2027-02-13\nminutes_per_day = 25\n")
    assert read_settings(path) == Settings(exam_date=date(2027, 2, 13), minutes_per_day=25)
    assert (Settings().exam_date, Settings().minutes_per_day) == (None, None)


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ('language = "fr"', ["language", "'fr'", '"ja"']),
        ("new_per_day = -1", ["new_per_day", "-1", "9999"]),
        ("new_per_day = 2.5", ["new_per_day", "2.5"]),
        ('new_per_day = "20"', ["new_per_day", "'20'"]),
        ("new_per_day = true", ["new_per_day", "True"]),
        ("desired_retention = 1.5", ["desired_retention", "1.5", "0.97"]),
        ("desired_retention = 0.5", ["desired_retention", "0.5", "0.70"]),
        ("desired_retention = nan", ["desired_retention", "nan"]),
        ("rollover_hour = 24", ["rollover_hour", "24", "23"]),
        ("theme = 3", ["theme", "3"]),
        ('exam_date = "2027-02-13"', ["exam_date", "2027-02-13"]),
        ("exam_date = 2027-02-13T09:00:00", ["exam_date", "2027-02-13"]),
        ("minutes_per_day = 0", ["minutes_per_day", "1440"]),
        ("minutes_per_day = 25.5", ["minutes_per_day", "25.5"]),
        ("new_per_dya = 5", ["new_per_dya", "new_per_day"]),
        ("language = ja", ["TOML", "line 1"]),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    tmp_path: Path, written: str, named: list[str]
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(written)
    with pytest.raises(SettingsProblem) as problem:
        read_settings(path)
    for words in [*named, str(path)]:
        assert words in problem.value.text.ja
        assert words in problem.value.text.en
    assert "\n" not in str(problem.value)


def test_a_directory_or_bytes_that_are_no_text_are_a_problem(tmp_path: Path) -> None:
    broken = tmp_path / "settings.toml"
    broken.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path, broken):
        with pytest.raises(SettingsProblem):
            read_settings(path)


def test_preferences_never_fail(tmp_path: Path) -> None:
    broken = tmp_path / "settings.toml"
    for content in (b"\xff", b"language = ", b"language = 3\ntheme = []", b""):
        broken.write_bytes(content)
        assert read_preferences(broken) == Preferences()
    assert read_preferences(tmp_path / "absent") == Preferences()
    assert read_preferences(tmp_path) == Preferences()
