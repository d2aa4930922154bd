"""`quizapp pack preview --plain` and what is said of wrong usage; the rest is a journey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import questions
from quizapp import language
from quizapp.cli import main
from tests.quizapp.authoring.written import HOSTILE, SQUARES, written


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    language.use("ja")
    yield
    language.use("ja")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "pack.yaml"
    file.write_text(written(), encoding="utf-8")
    return file


def test_a_question_with_its_key_mistakes_and_steps(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["pack", "preview", str(file), "--plain", "--question", "squares", "--seed", "3"]
    assert main(words) == 0
    first = capsys.readouterr().out
    for part in ("== squares", "正しい値: ", "sum_for_mean: ", "root_taken: ", "手順1.", "解説: "):
        assert part in first
    assert "{pred}" not in first
    assert "== mean" not in first
    assert main(words) == 0
    assert capsys.readouterr().out == first
    assert main([*words[:-1], "4"]) == 0
    assert capsys.readouterr().out != first


def test_a_built_pack_can_be_looked_at(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    built = tmp_path / "sums.quizpack"
    assert main(["pack", "build", str(file), "-o", str(built)]) == 0
    capsys.readouterr()
    words = ["--plain", "--question", "squares", "--seed", "3"]
    assert main(["pack", "preview", str(file), *words]) == 0
    first = capsys.readouterr().out.splitlines()
    assert main(["pack", "preview", str(built), *words]) == 0
    second = capsys.readouterr().out.splitlines()
    assert "sums.quizpack/pack.yaml:" in second[0]
    assert second[1:] == first[1:]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["pack.yaml", "sums.quizpack"]


def test_of_a_damaged_file_nothing_is_shown(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built = tmp_path / "sums.quizpack"
    assert main(["pack", "build", str(file), "-o", str(built)]) == 0
    built.write_bytes(built.read_bytes()[:-100])
    capsys.readouterr()
    assert main(["pack", "preview", str(built), "--plain"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "読めない" in shown.err


def test_a_comparison_with_its_key_and_the_steps_of_every_side(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pack = Path(questions.__file__).parent / "packs" / "loss-compare.yaml"
    words = ["pack", "preview", str(pack), "--plain", "--question", "compare-mse-mae"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert re.search(r"^\d\. 正解: 値は[\d.]+で、最も大きい", out, re.MULTILINE)
    assert re.search(r"^\d\. 不正解: 値は[\d.]+で、正解の[\d.]+より小さい", out, re.MULTILINE)
    assert "［1］" in out
    assert "［2］" in out


def test_all_questions_in_the_order_of_the_file(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(written().replace("topic: 13a", "topic: 13x"), encoding="utf-8")
    assert main(["pack", "preview", str(file), "--plain"]) == 1
    out = capsys.readouterr().out
    assert out.index("== mean") < out.index("== squares") < out.index("== robust")
    assert "P203" in out[out.index("== robust") :]


def test_texts_of_a_pack_do_not_act_on_the_terminal(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(written([HOSTILE.replace("次の", '"\\e[2J次の"')]), encoding="utf-8")
    main(["pack", "preview", str(file), "--plain"])
    assert "\x1b" not in capsys.readouterr().out


# words behind the file -> the exit code and what the one line says
WRONG = {
    "preview --plain --question nowhere": (1, "nowhere"),
    "preview --seed x": (2, "0以上の整数ではない"),
    "preview": (1, "quizapp pack preview --plain"),
    "watch --poll 0": (2, "秒数ではない"),
    "watch --poll often": (2, "秒数ではない"),
    "watch --seeds 0": (2, "1以上の整数ではない"),
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_one_line(
    words: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    action, *options = words.split()
    code, says = WRONG[words]
    assert main(["pack", action, str(file), *options]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert says in shown.err


@pytest.mark.parametrize("action", ["preview", "watch"])
def test_a_path_that_leads_nowhere(
    action: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", action, str(tmp_path / "away.yaml"), "--plain"]) == 2
    assert "away.yaml" in capsys.readouterr().err


def test_numbers_that_cannot_be_drawn_are_said(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = SQUARES.replace("mistakes: [sum_for_mean, root_taken]", "mistakes: [sum_for_mean]")
    same = same.replace("size: 3", "size: 1")  # the sum of one is the mean
    file.write_text(written([same]), encoding="utf-8")
    assert main(["pack", "preview", str(file), "--plain", "--question", "squares"]) == 0
    assert "sum_for_mean" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_told_beside_the_questions_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", "new", str(tmp_path / "two")]) == 0
    broken = tmp_path / "two" / "broken.yaml"
    broken.write_text("questions:\n  - id: a\n   kind: choice\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["pack", "preview", str(tmp_path / "two"), "--plain"]) == 1
    said = capsys.readouterr().out
    assert f"== {broken}" in said
    assert "broken.yaml:3:" in said
    assert "example-choice" in said
