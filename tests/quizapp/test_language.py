"""Every sentence has its Japanese, and the compiled catalogue is the one that can be read."""

from __future__ import annotations

import ast
import gettext
import io
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from losses.text import Text
from quizapp import language
from quizapp.language import LanguageProblem, _, current, ngettext, say, use

ROOT = Path(__file__).parents[2]
PO = ROOT / "quizapp/locale/ja/LC_MESSAGES/quizapp.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


@pytest.fixture(autouse=True)
def _japanese_afterwards() -> Iterator[None]:
    before = current()
    yield
    use(before)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="ja")


def in_the_sources() -> set[str]:
    found: set[str] = set()
    for package in ("losses", "questions", "quizapp"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / package), method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found


def test_every_sentence_of_the_sources_has_a_japanese_text(catalogue: Catalog) -> None:
    translated = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and all(message.string if isinstance(message.id, tuple) else [message.string])
    }
    missing = sorted(in_the_sources() - translated)
    assert not missing


def test_no_sentence_hides_in_an_f_string() -> None:
    """The extraction does not look into f-strings before Python 3.12."""
    hidden = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for package in ("losses", "questions", "quizapp")
        for file in (ROOT / package).rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
    ]
    assert not hidden


def test_the_catalogue_holds_nothing_that_nobody_says(catalogue: Catalog) -> None:
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id}
    assert not sorted(known - in_the_sources())


def test_both_languages_name_the_same_places(catalogue: Catalog) -> None:
    for message in catalogue:
        if not message.id:
            continue
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        japanese = [message.string] if isinstance(message.string, str) else list(message.string)
        names = {name for text in english for name in _places(text)}
        for text in japanese:
            assert set(_places(text)) == names, message.id


def _places(text: str) -> list[str]:
    return [name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name]


def test_the_compiled_catalogue_is_the_catalogue(catalogue: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    expected = gettext.GNUTranslations(compiled)
    with PO.with_suffix(".mo").open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    assert _sentences(shipped) == _sentences(expected)


def _sentences(catalogue: gettext.GNUTranslations) -> dict[object, str]:
    entries = dict(catalogue._catalog)  # type: ignore[attr-defined]  # there is no public view
    del entries[""]  # the header, with the dates of the tools
    return entries


def test_japanese_is_spoken_unless_asked_otherwise() -> None:
    assert current() == "ja"
    assert _("Quit") == "終了"
    assert ngettext("{n} time", "{n} times", 2).format(n=2) == "2回"
    assert say(Text("誤差", "error")) == "誤差"


@pytest.mark.parametrize("name", ["en", "EN", "en_GB.UTF-8", "en-US"])
def test_english_is_its_own_catalogue(name: str) -> None:
    assert use(name) == "en"
    assert _("Quit") == "Quit"
    assert ngettext("{n} time", "{n} times", 1) == "{n} time"
    assert say(Text("誤差", "error")) == "error"


@pytest.mark.parametrize("name", ["fr", "", "jaja", "日本語", "C"])
def test_an_unknown_language_is_a_problem_and_changes_nothing(name: str) -> None:
    with pytest.raises(LanguageProblem, match="ja, en") as problem:
        use(name)
    assert "\n" not in str(problem.value)
    assert current() == "ja"


@pytest.mark.parametrize("content", [None, b"", b"not a catalogue"])
def test_a_missing_or_broken_catalogue_is_a_problem(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        file = tmp_path / "ja/LC_MESSAGES/quizapp.mo"
        file.parent.mkdir(parents=True)
        file.write_bytes(content)
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    language._catalogue.cache_clear()
    try:
        with pytest.raises(LanguageProblem, match=re.escape(str(tmp_path))):
            use("ja")
    finally:
        monkeypatch.undo()
        language._catalogue.cache_clear()


def test_importing_it_is_cheap() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import quizapp.language, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.split()
    assert not {"textual", "losses", "questions", "babel"} & set(seen)
