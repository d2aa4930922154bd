"""`quizapp losses`: the list, one loss, a value; as text in both languages and as JSON."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from io import StringIO
from typing import get_args

import pytest

from losses import CATALOG
from losses.catalog.info import Family, Space, Unit
from quizapp import language, losses_command
from quizapp.cli import main


@pytest.fixture(autouse=True)
def _japanese() -> None:
    language.use("ja")


def test_the_list_names_every_loss(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["losses"]) == 0
    out = capsys.readouterr().out
    for info in CATALOG.values():
        assert re.search(rf"^  {info.id} +\S", out, flags=re.MULTILINE)
        assert info.name.ja.split("（")[0] in out


def test_the_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["losses", "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in entries] == list(CATALOG)
    for entry in entries:
        assert set(entry) == {"id", "name", "abbreviation", "family", "role", "syllabus"}
        assert set(entry["name"]) == {"ja", "en"}


@pytest.mark.parametrize("spoken", ["ja", "en"])
@pytest.mark.parametrize("loss_id", CATALOG)
def test_a_loss_is_described_within_80_columns(
    loss_id: str, spoken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["losses", loss_id, "--lang", spoken]) == 0
    out = capsys.readouterr().out
    assert max(map(_cells, out.splitlines())) <= 80
    together = "".join(out.split())
    info = CATALOG[loss_id]
    for part in (
        info.name.in_language(spoken),
        info.formula,
        info.use_when.in_language(spoken),
        info.snippet,
        *(argument.says.in_language(spoken) for argument in info.arguments),
        *(option.name for option in info.options),
        *(mistake.says.in_language(spoken) for mistake in info.mistakes),
        *(mistake.remedy.in_language(spoken) for mistake in info.mistakes),
    ):
        assert "".join(part.split()) in together


def test_a_loss_as_json_keeps_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["losses", "huber", "--json"]) == 0
    out = capsys.readouterr().out
    entry = json.loads(out)
    assert "Huber損失" in out  # not escaped
    info = CATALOG["huber"]
    assert set(entry) == set(info.__slots__)
    assert entry["arguments"][0]["name"] == "pred"
    assert entry["properties"]["convex"] is True
    assert entry["mistakes"][0]["says"]["ja"] == info.mistakes[0].says.ja


# what was typed -> the id that is suggested
NEAR = {
    "hubber": "huber",
    "Huber": "huber",
    "ハブ損失": "huber",
    "huber_loss": "huber",
}


@pytest.mark.parametrize("typed", NEAR)
def test_an_unknown_loss_suggests_near_ones(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["losses", typed]) == 1
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert typed in shown.err
    assert re.search(rf"近いもの: .*\b{NEAR[typed]}\b", shown.err)


def test_an_unknown_loss_like_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["losses", "zzzzzz"]) == 1
    assert "quizapp losses" in capsys.readouterr().err


HUBER = '{"pred": [1, 2], "target": [0, 4]}'


def test_a_value_and_its_gradient(capsys: pytest.CaptureFixture[str]) -> None:
    # e = 1 and -2 with delta 1: (0.5 + 1.5) / 2; slopes 1/2 and -1/2
    assert main(["losses", "compute", "huber", "--input", HUBER, "--grad", "pred"]) == 0
    assert capsys.readouterr().out == "huber = 1\n∂huber/∂pred = [0.5, -0.5]\n"


def test_a_value_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["losses", "compute", "huber", "--input", HUBER, "--grad", "pred", "--json"]
    assert main(words) == 0
    entry = json.loads(capsys.readouterr().out)
    assert list(entry) == [
        "loss", "inputs", "value", "with_respect_to", "gradient", "dtype", "torch_version",
    ]  # fmt: skip
    assert entry["value"] == 1.0
    assert entry["gradient"] == [0.5, -0.5]
    assert entry["dtype"] == "float64"


def test_inputs_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(HUBER))
    assert main(["losses", "compute", "huber", "--input", "-"]) == 0
    assert capsys.readouterr().out == "huber = 1\n"


def test_options_reach_the_loss(capsys: pytest.CaptureFixture[str]) -> None:
    inputs = '{"pred": [1, 2], "target": [0, 4], "reduction": "sum", "delta": 2}'
    assert main(["losses", "compute", "huber", "--input", inputs, "--json"]) == 0
    assert math.isclose(json.loads(capsys.readouterr().out)["value"], 2.5)


# inputs -> what the one line says
REFUSED = {
    "{": "1行2列",
    "[1]": "JSONオブジェクト",
    '{"pred": [1]}': "target も必要",
    '{"pred": [1], "target": [1], "alpha": 2}': "引数 alpha はない.*delta",
    '{"pred": [NaN], "target": [1]}': "NaN",
    '{"pred": [1], "target": [1, 2]}': r"計算できない: .*\(1,\).*\(2,\)",
    '{"pred": ["x"], "target": [1]}': "計算できない",
    '{"pred": [[1], [1, 2]], "target": [1]}': "計算できない",
    '{"pred": [1], "target": [1], "delta": "x"}': "計算できない",
    '{"pred": [1], "target": [1], "delta": -1}': "計算できない: .*delta",
    '{"pred": ' + "[" * 100_000 + "}": "入れ子|列",
}


@pytest.mark.parametrize("inputs", REFUSED, ids=lambda inputs: inputs[:40])
def test_inputs_that_cannot_be_computed_are_one_line(
    inputs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["losses", "compute", "huber", "--input", inputs]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert re.search(REFUSED[inputs], shown.err)


def test_a_gradient_with_respect_to_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["losses", "compute", "huber", "--input", HUBER, "--grad", "delta"]) == 1
    assert "次から選ぶ: pred, target" in capsys.readouterr().err


def _cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_every_word_of_the_catalogue_has_a_name(spoken: str) -> None:
    language.use(spoken)
    for space in get_args(Space):
        assert losses_command.space_name(space)
    for family in get_args(Family):
        assert losses_command.family_name(family)
    for unit in get_args(Unit):
        assert losses_command.unit_name(unit)
