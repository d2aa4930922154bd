"""`quizapp pack rescore` as it is typed: a pack is mended, installed again, and answers follow."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp import language
from quizapp.cli import main
from quizapp.pack.rescore import rescore
from quizapp.study import open_study
from tests.questions.packfile.sound import SOUND

PACK = SOUND.replace("id: losses", "id: mine")
KEY_MOVED = PACK.replace("reason: 平均値}", "reason: 平均値, right: true}").replace(
    "reason: 中央値, right: true}", "reason: 中央値}"
)


class Terminal(io.StringIO):
    """Somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


class School:
    """A pack that was answered once, and then mended."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = str(folder / "quiz.db")
        self._file = folder / "mine.yaml"
        self._capsys = capsys
        self.install(PACK)
        study = open_study(database=self.database)
        try:
            session = study.session(topic="13b", kind="choice")
            while True:
                question = session.next(computing_ready=False)
                if question.variant.question_id == "mine/median":  # type: ignore[union-attr]  # there is one
                    break
                session.answer(question, "1", milliseconds=1)  # type: ignore[arg-type]  # so too
            options = question.variant.options  # type: ignore[union-attr]  # so too
            chosen = next(each.label for each in options if each.text == "MSE")
            session.answer(question, chosen, milliseconds=1)  # type: ignore[arg-type]  # so too
        finally:
            study.close()

    def install(self, text: str) -> None:
        self._file.write_text(text, encoding="utf-8")
        self.run("install", str(self._file), "--keep-history")

    def run(self, *words: str, code: int = 0) -> str:
        assert main(["pack", *words, "--database", self.database]) == code
        said = self._capsys.readouterr()
        return said.err if code else said.out

    def ask(self, reply: str) -> str:
        """Return what is written to somebody at a terminal who replies this."""
        study = open_study(database=self.database)
        writing = io.StringIO()
        try:
            rescore(
                study,
                "mine",
                question=None,
                reworded=False,
                write=False,
                as_json=False,
                reading=Terminal(reply),
                writing=writing,
            )
        finally:
            study.close()
        return writing.getvalue()


@pytest.fixture
def school(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[School]:
    language.use("ja")
    yield School(tmp_path, capsys)
    language.use("ja")


def test_what_changes_is_shown_before_it_is_written(school: School) -> None:
    assert "採点し直すものはない" in school.run("rescore", "mine")
    school.install(KEY_MOVED)
    for _twice in range(2):
        said = school.run("rescore", "mine")
        assert "mine/median\n  誤答 → 正答: 1\n" in said
        assert "何も書き込んでいない" in said
    assert "訂正した解答1件" in school.run("rescore", "mine", "--write")
    assert "採点し直すものはない" in school.run("rescore", "mine", "--write")


@pytest.mark.parametrize(("reply", "writes"), [("y\n", True), ("\n", False), ("", False)])
def test_somebody_at_a_terminal_is_asked(school: School, reply: str, writes: bool) -> None:
    school.install(KEY_MOVED)
    assert ("訂正した解答1件" in school.ask(reply)) is writes
    assert ("採点し直すものはない" in school.run("rescore", "mine")) is writes


def test_json_is_complete_and_asks_nobody(school: School) -> None:
    school.install(KEY_MOVED)
    told = json.loads(school.run("rescore", "mine", "--json"))
    assert (told["answers"], told["to_right"], told["learners"], told["written"]) == (1, 1, 1, None)
    (question,) = told["questions"]
    (correction,) = question["corrections"]
    assert (question["question"], correction["score_before"], correction["score"]) == (
        ("mine/median", 0, 1)
    )
    told = json.loads(school.run("rescore", "mine", "--json", "--write"))
    assert told["written"] == {"corrected": 1, "moved": 0, "cards": 1, "gone": 0}
    told = json.loads(school.run("rescore", "mine", "--json", "--write"))
    assert (told["answers"], told["written"]["corrected"]) == (0, 0)


def test_why_an_answer_cannot_be_judged_again_is_said(school: School) -> None:
    school.install(KEY_MOVED.replace("中央値を推定する損失", "中央値に対応する損失"))
    said = school.run("rescore", "mine", "--write")
    assert "採点し直せず、そのままにした: 1" in said
    assert "問題文が変わった。 (1)" in said
    told = json.loads(school.run("rescore", "mine", "--json"))
    assert [each["reason"] for each in told["questions"][0]["left_alone"]] == ["other_stem"]
    assert "訂正した解答1件" in school.run("rescore", "mine", "--reworded", "--write")


def test_one_question_alone(school: School) -> None:
    school.install(KEY_MOVED)
    assert "採点し直すものはない" in school.run("rescore", "mine", "--question", "huber")
    for name in ("median", "mine/median"):
        assert "誤答 → 正答: 1" in school.run("rescore", "mine", "--question", name)
    assert "mediam" in school.run("rescore", "mine", "--question", "mediam", code=1)


def test_an_unknown_pack(school: School) -> None:
    assert "近いもの: mine" in school.run("rescore", "minne", code=1)
    school.run("remove", "mine")
    assert "mine というパックはない" in school.run("rescore", "mine", code=1)


def test_in_english(school: School) -> None:
    school.install(KEY_MOVED)
    said = school.run("rescore", "mine", "--lang", "en")
    assert "wrong → right: 1" in said
    assert "Nothing was written. To write it: quizapp pack rescore mine --write" in said


def test_a_choice_is_judged_without_pytorch(school: School) -> None:
    school.install(KEY_MOVED)
    study = open_study(database=school.database)
    study.compute.close()
    writing = io.StringIO()
    try:
        rescore(
            study,
            "mine",
            question=None,
            reworded=False,
            write=True,
            as_json=True,
            reading=io.StringIO(),
            writing=writing,
        )
    finally:
        study.close()
    assert json.loads(writing.getvalue())["written"]["corrected"] == 1
