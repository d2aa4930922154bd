"""`quizapp pack stats` and `quizapp export`: from answers in a database to figures for an author."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine

from quizapp import language
from quizapp.cli import main
from quizapp.database import open_database
from quizapp.history.export import log_lines
from tests.questions.examples import choice, numeric
from tests.quizapp.learning.classroom import Classroom, right, served

EASY = choice(id="easy", stem="易しい問題はどれか。")
PLAIN = choice(id="plain", stem="普通の問題はどれか。")
LEARNERS = 40  # the first half knows everything, the second half knows the easy one


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    yield
    language.use("ja")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "class.db")
    yield engine
    engine.dispose()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The pack file that the class studies."""
    return written(tmp_path / "pack.yaml", EASY, PLAIN)


def written(path: Path, *questions: object) -> Path:
    about = {
        "id": "examples", "title": "例", "version": "1.0.0", "licence": "CC0", "authors": ["山田"],
        "syllabus": "G検定シラバス2024", "description": "例",
    }  # fmt: skip
    bodies = [question.model_dump(mode="json", exclude_defaults=True) for question in questions]  # type: ignore[attr-defined]  # questions
    path.write_text(
        yaml.safe_dump({**about, "questions": bodies}, allow_unicode=True), encoding="utf-8"
    )
    return path


def a_class_studies(engine: Engine, learners: int = LEARNERS) -> list[Classroom]:
    rooms = []
    for number in range(learners):
        room = Classroom(engine)
        if not rooms:
            room.install([EASY, PLAIN], id="examples")
        rooms.append(room)
        session = room.session()
        for _each in range(2):
            question = served(session)
            known = number < learners // 2 or question.variant.question.id == "easy"
            mse = next(o.label for o in question.variant.options if o.text == "MSE")
            session.answer(question, right(question) if known else mse, milliseconds=4000)
            room.wait(seconds=30)
    return rooms


def stats(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, dict[str, object]]:
    assert main(["pack", "stats", *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    return {each["question"]: each for each in told["questions"]}


def test_figures_of_a_class(
    engine: Engine, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_class_studies(engine)
    found = stats(capsys, str(pack), "--database", str(tmp_path / "class.db"))
    easy, plain = found["examples/easy"], found["examples/plain"]
    assert (easy["learners"], easy["facility"], easy["discrimination"]) == (40, 1.0, None)
    assert (plain["learners"], plain["facility"]) == (40, 0.5)
    assert plain["median_seconds"] == 4.0
    assert {text: share["count"] for text, share in plain["chosen"].items()} == {  # type: ignore[attr-defined]  # JSON
        "MAE": 20,
        "MSE": 20,
    }
    assert not plain["few"]


def test_exported_logs_give_the_same_figures_whatever_their_order(
    engine: Engine, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = a_class_studies(engine, learners=6)
    logs = []
    for number, room in enumerate(rooms):
        log = tmp_path / f"{number}.jsonl"
        log.write_text("\n".join(log_lines(engine, room.learner)), encoding="utf-8")
        logs.append(str(log))
    ours = stats(capsys, str(pack), "--database", str(tmp_path / "class.db"))
    assert stats(capsys, str(pack), "--from", *logs) == ours
    assert stats(capsys, str(pack), "--from", *reversed(logs), logs[0]) == ours
    assert all(each["few"] for each in ours.values())


def test_answers_to_another_content_are_told_apart(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_class_studies(engine, learners=4)
    mended = PLAIN.model_copy(update={"stem": "書き直した問題はどれか。"})
    other = written(tmp_path / "mended.yaml", EASY, mended, numeric(id="new"))
    database = str(tmp_path / "class.db")
    assert main(["pack", "stats", str(other), "--database", database, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["question"] for each in told["questions"]] == ["examples/easy"]
    assert told["older_contents"] == 1
    assert told["unanswered"] == ["examples/plain", "examples/new"]


def test_an_author_reads_what_to_look_at(
    engine: Engine, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_class_studies(engine)
    assert main(["pack", "stats", str(pack), "--database", str(tmp_path / "class.db")]) == 0
    told = capsys.readouterr().out
    assert "正答率 100%（91%〜100%）、学習者40人、解答時間の中央値 4秒" in told
    assert "ほぼ全員が正解している。" in told
    assert "誰も選んでいない: ヒンジ損失" in told
    assert "識別力: まだ分からない" in told
    assert told.endswith("examples: 解答のある問題2問、ない問題0問。\n")


def test_small_numbers_are_called_small(
    engine: Engine, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_class_studies(engine, learners=3)
    assert main(["pack", "stats", str(pack), "--database", str(tmp_path / "class.db")]) == 0
    told = capsys.readouterr().out
    assert told.count("学習者が30人に満たず、目安にすぎない。") == 2
    assert "ほぼ全員" not in told


def test_a_log_that_is_none(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("ラブレター", encoding="utf-8")
    assert main(["pack", "stats", str(pack), "--from", str(log)]) == 1
    assert "log.jsonl" in capsys.readouterr().err
    assert main(["pack", "stats", str(pack), "--from", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err


def test_export_writes_a_new_file_or_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, file = str(tmp_path / "mine.db"), tmp_path / "log.jsonl"
    assert main(["export", "--database", database]) == 0
    header = json.loads(capsys.readouterr().out)
    assert header["format"] == "quizapp-log"
    assert main(["export", "--database", database, "-o", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == header
    assert main(["export", "--database", database, "-o", str(file)]) == 1
    assert "既にある" in capsys.readouterr().err
