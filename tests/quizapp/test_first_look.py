"""Language and theme are known before the first frame, whatever stands in the settings file."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp import language
from quizapp.cli import main
from quizapp.first_look import FirstLook, first_look

# what stands in the file -> what is seen of it
FILES = {
    'language = "en"\ntheme = "light"\nnew_per_day = 5': FirstLook("en", "light"),
    'theme = "nord"': FirstLook(None, "nord"),
    "new_per_day = 5": FirstLook(),
    'language = "fr"': FirstLook(),
    "language = 3\ntheme = 4": FirstLook(),
    "language = [broken": FirstLook(),
    "": FirstLook(),
}


@pytest.mark.parametrize("written", FILES)
def test_what_is_seen(written: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(written, encoding="utf-8")
    assert first_look(path) == FILES[written]


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    assert first_look(tmp_path / "none.toml") == FirstLook()
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    assert first_look(tmp_path / "bytes.toml") == FirstLook()
    assert first_look(tmp_path) == FirstLook()


@pytest.mark.parametrize(
    ("words", "shown"), [(["losses"], "Ranking"), (["losses", "--lang", "ja"], "回帰")]
)
def test_the_words_win_over_the_file(
    words: list[str],
    shown: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('language = "en"', encoding="utf-8")
    monkeypatch.setenv("QUIZAPP_SETTINGS", str(path))
    assert main(words) == 0
    assert shown in capsys.readouterr().out
    language.use("ja")
