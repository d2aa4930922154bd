"""`quizapp pack blind`: a paper without a key, and what an answer sheet agrees with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp import language
from quizapp.cli import main
from tests.questions.packfile.test_kinds import HEAD
from tests.questions.packfile.test_rows import GAPS, MATCH, ORDER
from tests.questions.packs.builtin import FOLDER

PACK = FOLDER / "loss-choice.yaml"


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    yield
    language.use("ja")


def paper(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["pack", "blind", str(PACK), *words]) == 0
    return capsys.readouterr().out


def test_the_paper_has_every_question_and_no_key(capsys: pytest.CaptureFixture[str]) -> None:
    written = paper(capsys)
    assert written.startswith("損失関数 — 選択問題。")
    assert "\nQ1" in written
    assert "\nQ69" in written
    assert "reason" not in written
    assert paper(capsys) == written
    assert paper(capsys, "--seed", "2") != written


def head(capsys: pytest.CaptureFixture[str], pack: str) -> str:
    assert main(["pack", "blind", str(FOLDER / f"{pack}.yaml")]) == 0
    return capsys.readouterr().out.partition("\n\n")[0]


def test_the_head_explains_the_signs_on_the_paper_and_no_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one, least = "1問1行で答える（例: Q1: 2）", "(−)は最も不適切なものを選ぶ"
    assert head(capsys, "pick-region").splitlines()[0].endswith(one)
    seed = "解答を照らし合わせるときは --seed 1"
    assert head(capsys, "pick-region").splitlines()[1:] == [seed]
    assert head(capsys, "beyond-divergence").splitlines()[1:] == ["(*)は正解が複数", seed]
    assert head(capsys, "loss-choice").splitlines()[1:] == [least, seed]


def test_what_is_not_on_the_paper_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert "計算問題とカードの22問は、用紙に載せていない" in head(capsys, "loss-numeric")
    assert main(["pack", "blind", str(PACK), "--json"]) == 2
    assert "--answers が要る" in capsys.readouterr().err


def test_an_answer_to_no_question_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "answers.txt"
    sheet.write_text("Q70: 1\nQ0: 2\n", encoding="utf-8")
    assert main(["pack", "blind", str(PACK), "--answers", str(sheet)]) == 1
    assert "用紙にない番号: Q0, Q70" in capsys.readouterr().out


def test_a_sheet_is_held_against_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "answers.txt"
    sheet.write_text("", encoding="utf-8")
    assert main(["pack", "blind", str(PACK), "--answers", str(sheet), "--json"]) == 1
    nothing = json.loads(capsys.readouterr().out)
    assert (nothing["questions"], nothing["agreeing"]) == (69, 0)
    keys = {each["number"]: each["key"][0] for each in nothing["disagreements"]}

    sheet.write_text("".join(f"Q{n}: {key}\n" for n, key in keys.items()), encoding="utf-8")
    assert main(["pack", "blind", str(PACK), "--answers", str(sheet)]) == 0
    assert capsys.readouterr().out == "loss-choice: 69問中69問が正答と一致した（100.0%）。\n"

    other = "2" if keys[5] == "1" else "1"
    sheet.write_text(
        "".join(f"Q{n}: {other if n == 5 else key}\n" for n, key in keys.items()),
        encoding="utf-8",
    )
    assert main(["pack", "blind", str(PACK), "--answers", str(sheet)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Q5 loss-choice/")
    assert told[0].endswith(f": {other} (不正解)")
    assert sum(line.startswith("  * ") for line in told) == 1
    assert told[-1] == "loss-choice: 69問中68問が正答と一致した（98.6%）。"


@pytest.mark.parametrize("missing", ["pack", "answers"])
def test_files_that_are_not_there(
    missing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "none.yaml" if missing == "pack" else PACK
    words = [] if missing == "pack" else ["--answers", str(tmp_path / "none.txt")]
    assert main(["pack", "blind", str(pack), *words]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "none." in told.err


def test_places_are_compared_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack, sheet = tmp_path / "rows.yaml", tmp_path / "answers.txt"
    pack.write_text(HEAD + ORDER + MATCH + GAPS, encoding="utf-8")
    sheet.write_text("Q1: -\n", encoding="utf-8")
    assert main(["pack", "blind", str(pack), "--answers", str(sheet)]) == 1
    told = capsys.readouterr().out
    assert re.search(r"\(1\) 1番目: [123]\. 予測する\n", told)
    assert re.search(r"\(2\) MAE: [123]\. 中央値\n", told)
    assert main(["pack", "blind", str(pack), "--answers", str(sheet), "--json"]) == 1
    keys = {
        each["number"]: " ".join(each["key"])
        for each in json.loads(capsys.readouterr().out)["disagreements"]
    }
    sheet.write_text("".join(f"Q{n}: {key}\n" for n, key in keys.items()), encoding="utf-8")
    assert main(["pack", "blind", str(pack), "--answers", str(sheet)]) == 0
