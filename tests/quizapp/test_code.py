"""A code question without a screen: asked, typed line by line or read from a file, and stored."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

from questions.bank import Bank
from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from quizapp import cli, plain
from quizapp.ask import ask
from quizapp.database import open_database
from quizapp.history.learners import learner
from quizapp.history.tables import Review
from quizapp.language import use
from quizapp.learning.day import Calendar
from quizapp.settings import Settings
from quizapp.study import Study
from tests.packs import pack
from tests.questions.examples import code

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def computer() -> Iterator[ComputeWorker]:
    computer = ComputeWorker()
    yield computer
    computer.close()


@pytest.fixture
def study(tmp_path: Path, computer: ComputeWorker) -> Iterator[Study]:
    use("ja")
    engine = open_database(tmp_path / "quizapp.db")
    Bank(engine).install(pack([code()]), digest="1")
    yield Study(
        engine=engine,
        bank=Bank(engine),
        compute=computer,
        examiner=Examiner(computer),
        settings=Settings(),
        learner=learner(engine, now=NOW),
        calendar=Calendar(zone=UTC),
        clock=lambda: NOW,
    )
    engine.dispose()


def studied(study: Study, typed: str) -> str:
    writing = StringIO()
    plain.study(study, study.session(), reading=StringIO(typed), writing=writing)
    return writing.getvalue()


def test_a_right_program_line_by_line(study: Study) -> None:
    out = studied(study, code().solution + ".\n")
    assert "平均二乗誤差を返すように直せ。" in out
    assert f"はじめのコード:\n{code().starter}" in out
    assert "コードを入力し、最後の行に . だけを書く:" in out
    assert "正解: すべての入力で、値も勾配も基準の実装と一致した。" in out
    assert f"正しいプログラムの例:\n{code().solution}" in out
    assert "今日: 1問解答、1問正解" in out
    with study.engine.connect() as connection:
        (row,) = connection.execute(select(Review.__table__)).all()
    assert (row.raw, row.outcome) == (code().solution.rstrip("\n"), "correct")


def test_a_wrong_program_line_by_line(study: Study) -> None:
    broken = "def mse(pred, target):\n    return lost\n"
    out = studied(study, broken + "．\n" + code().starter + "。\n:undo\n")
    assert "採点なし: 2行目: 例外が起きた（NameError: name 'lost' is not defined）。" in out
    assert out.count("コードを入力し") == 4
    assert "不正解: 基準の実装と一致しない。" in out
    assert "最初の違い: 値が違う。\npred = [" in out
    assert "正しい値: " in out
    assert "あなたのプログラム: " in out
    assert "誤り: " in out
    assert "def mse(pred, target): return ((pred - target) ** 2).mean().sqrt()\n" in out


def test_asking_as_text_and_as_json(study: Study) -> None:
    asked = json.loads(ask(study, "write-mse", seed=3, answer=code().starter).as_json())
    assert asked["variant"]["kind"] == "code"
    assert asked["variant"]["program"]["starter"] == code().starter
    assert asked["verdict"]["outcome"] == "mistake"
    assert asked["verdict"]["mistakes"][0]["id"] == "root_taken"
    assert asked["verdict"]["finding"]["says"] == "値が違う。"
    right = ask(study, "write-mse", seed=3, answer=code().solution)
    assert "正解: すべての入力で" in right.as_text()


def test_what_a_program_prints_cannot_act_on_the_terminal(study: Study) -> None:
    hostile = (
        "def mse(pred, target):\n    print('\\x1b]0;title\\x07\\x1b[31m赤\\u202e')\n"
        "    return ((pred - target) ** 2).mean()\n"
    )
    out = ask(study, "write-mse", seed=3, answer=hostile).as_text()
    assert "プログラムの出力:\n赤\n" in out
    assert "\x1b" not in out
    out = ask(study, "write-mse", seed=3, answer="raise ValueError('\\x1b[31m赤')").as_text()
    assert "ValueError: 赤" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("by", ["file", "input"])
def test_an_answer_from_a_file(
    by: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    choice = "loss-choice/mean-and-median"
    file = tmp_path / "answer.txt"
    file.write_text("1", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("1"))
    name = f"@{file}" if by == "file" else "@-"
    database = str(tmp_path / "q.db")
    words = ["ask", choice, "--json", "--database", database, f"--answer={name}"]
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out)["verdict"]["raw"] == "1"


def test_a_file_that_cannot_be_read_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "binary"
    file.write_bytes(b"\xff\xfe")
    for name in (file, tmp_path / "nowhere"):
        assert cli.main(["ask", "loss-choice/mean-and-median", f"--answer=@{name}"]) == 1
        assert f"{name} を読めない" in capsys.readouterr().err
