"""The page on packs is true: its examples are packs, its commands exist, nothing is forgotten."""

from __future__ import annotations

import re
import shlex

import pytest

from questions.packfile import read_pack
from questions.packfile.samplers import MOST_NUMBERS
from questions.packfile.schema_words import FORMS
from questions.packfile.tree import MOST_BYTES, MOST_QUESTIONS
from questions.template import WRITTEN
from quizapp.arguments import read
from tests.questions.packfile.split import HEAD
from tests.questions.packs.builtin import FOLDER

PAGE = (FOLDER / "FORMAT.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
COMMANDS = [
    shlex.split(line, comments=True)
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_sound(text: str) -> None:
    if text.startswith("- "):
        text = f"questions:\n{text}"
    if text.startswith("questions:"):
        text = HEAD + text
    assert read_pack(text.encode(), name="example").questions


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_can_be_typed(words: list[str]) -> None:
    assert words[0] == "quizapp"
    assert read(words[1:]).command in {"pack", "study"}


def test_there_are_examples_and_commands() -> None:
    assert (len(EXAMPLES), len(COMMANDS)) == (5, 16)


def test_every_way_of_drawing_is_named() -> None:
    for form in FORMS:
        name, word = form.split(": ")
        assert name == "kind" or f"`{word}`" in PAGE


@pytest.mark.parametrize("kind", WRITTEN)
def test_every_kind_is_named(kind: str) -> None:
    assert f"\n| `{kind}` |" in PAGE


def test_the_limits_are_those_of_the_program() -> None:
    for limit in (
        f"{MOST_BYTES // 2**20} MiBのYAML",
        f"{MOST_QUESTIONS:,}問まで",
        f"{MOST_NUMBERS}個まで",
    ):
        assert limit in PAGE
