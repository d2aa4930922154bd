"""What README says is true: its commands are commands, its settings are the settings."""

from __future__ import annotations

import re
import shlex
import textwrap
import tomllib
from pathlib import Path

import pytest

from losses import CATALOG
from quizapp import arguments
from quizapp.settings import Settings

ROOT = Path(__file__).parents[1]
ENGLISH, JAPANESE = (ROOT / "README.md").read_text(encoding="utf-8").split("\n# 日本語\n")
BLOCK = re.compile(r"(?:^    .*\n|^\n)+", re.MULTILINE)


def code(text: str) -> str:
    """Return the indented blocks of a text."""
    return "\n".join(textwrap.dedent(block) for block in BLOCK.findall(text))


def commands(text: str) -> list[list[str]]:
    """Return the words of every `quizapp ...` line; what explains it stands after two blanks."""
    lines = [line for line in code(text).splitlines() if re.match(r"quizapp\b(?!/)", line)]
    return [shlex.split(re.split(r" {2,}", line)[0])[1:] for line in lines]


@pytest.mark.parametrize("words", commands(ENGLISH) + commands(JAPANESE), ids=" ".join)
def test_a_command_of_the_readme_is_one(words: list[str]) -> None:
    chosen = arguments.read(words)
    if chosen.command == "losses":
        assert set(chosen.words) <= {"compute", *CATALOG}


def test_both_languages_show_the_same_commands() -> None:
    assert len(commands(ENGLISH)) >= 8
    for english, japanese in zip(commands(ENGLISH), commands(JAPANESE), strict=True):
        assert [word for word in english if word != "QUESTION"] == [
            word for word in japanese if word != "問題のID"
        ]


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_the_settings_of_the_readme_are_the_defaults(text: str) -> None:
    (block,) = re.findall(
        r"^language = .*?^rollover_hour[^\n]*", code(text), re.DOTALL | re.MULTILINE
    )
    assert Settings.model_validate(tomllib.loads(block)) == Settings(theme="dark")


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_the_two_commands_stand_in_the_readme(text: str) -> None:
    assert "    pip install . && quizapp\n" in text
    assert '    pip install -e ".[dev]" && pytest\n' in text


def test_the_files_that_the_readme_names_are_there() -> None:
    named = re.findall(r"`((?:losses|questions|tests|\.ci)/[\w/.]*|LICENSE)`", ENGLISH + JAPANESE)
    assert len(named) > 10
    for name in [*named, ".readme/verdict.svg"]:
        assert (ROOT / name).exists(), name
