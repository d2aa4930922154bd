"""Variants and verdicts as JSON: complete, in one language, without the key before the answer."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from losses.text import Language
from questions.calculated_options import Offer, offered
from questions.draw import draw
from questions.evaluation import SideValue
from questions.grading.compare import grade_compare
from questions.grading.numeric import grade_numeric
from questions.grading.options import grade_calculated, grade_choice
from questions.model import Question
from questions.rendering import variant_json, verdict_json
from tests.questions.evaluations import evaluation, variant
from tests.questions.examples import blank, calculated, choice, compare, match, order


def test_a_numeric_variant() -> None:
    shown = variant(decimals=2)
    data = json.loads(json.dumps(variant_json(shown), allow_nan=False))
    assert data["question"] == "pack/huber"
    assert (data["kind"], data["seed"], data["attempt"]) == ("numeric", 0, 0)
    assert data["stem"] == shown.stem
    assert data["hints"] == list(shown.hints)
    assert data["given"] == {name: list(value) for name, value in shown.given.items()}
    assert data["tolerance"] == {"decimals": 2}
    assert data["options"] == []


def test_a_variant_does_not_tell_the_answer() -> None:
    shown = draw(choice(), question_id="p/median", content_hash="0", seed=0)
    data = variant_json(shown)
    assert data["options"] == [
        {"label": option.label, "text": option.text} for option in shown.options
    ]
    text = json.dumps(data, ensure_ascii=False)
    assert "right" not in text
    assert shown.explanation not in text
    assert all(option.reason not in text for option in shown.options)


@pytest.mark.parametrize(
    ("language", "says", "remedy", "label"),
    [("ja", "summedをした", "直す", "平均する"), ("en", "did summed", "mend", "Mean")],
)
def test_a_verdict_in_one_language(language: Language, says: str, remedy: str, label: str) -> None:
    verdict = grade_numeric(variant(decimals=3), evaluation(0.11, summed=0.33), "0,33")
    data = json.loads(json.dumps(verdict_json(verdict, language), allow_nan=False))
    assert (data["outcome"], data["score"], data["right"], data["graded"]) == (
        "mistake",
        0.0,
        False,
        True,
    )
    assert data["mistakes"] == [
        {"id": "summed", "says": says, "remedy": remedy, "departs_at": "mean"}
    ]
    assert data["steps"][0]["label"] == label
    assert (data["read"], data["value"], data["expected"]) == ("0,33 → 0.33", 0.33, "0.110")
    assert data["expected_value"] == 0.11
    assert data["tolerance"] == {"decimals": 3}
    assert (data["torch_version"], data["dtype"]) == ("2.13.0", "float64")


def test_absent_things_are_null() -> None:
    data = verdict_json(grade_numeric(variant(decimals=3), evaluation(0.1), "x"), "ja")
    assert data["outcome"] == "unreadable"
    assert data["value"] is None
    assert data["expected"] is None
    assert data["tolerance"] is None
    assert data["mistakes"] == []


def test_a_margin_is_written_as_one() -> None:
    data = variant_json(variant(rtol=0.01))
    assert data["tolerance"] == {"atol": 0.0, "rtol": 0.01}


def test_the_reasons_of_a_choice() -> None:
    shown = draw(choice(), question_id="p/median", content_hash="0", seed=0)
    data = json.loads(json.dumps(verdict_json(grade_choice(shown, "1"), "ja")))
    assert [reason["chosen"] for reason in data["reasons"]] == [True, False, False, False]
    assert [reason["right"] for reason in data["reasons"]] == [False, False, True, False]
    assert data["explanation"] == shown.explanation


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        ("ja", {"oneをした", "twoをした", "threeをした"}),
        ("en", {"did one", "did two", "did three"}),
    ],
)
def test_a_calculated_choice(language: Language, reasons: set[str]) -> None:
    shown = draw(calculated(), question_id="p/huber-options", content_hash="0", seed=0)
    known = evaluation(0.5, one=0.1, two=0.7, three=0.9)
    offer = offered(shown, known)
    assert isinstance(offer, Offer)
    shown = replace(shown, options=offer.options)
    data = json.loads(json.dumps(variant_json(shown), allow_nan=False))
    assert data["kind"] == "calculated_choice"
    assert data["tolerance"] is None
    assert data["options"] == [
        {"label": option.label, "text": option.text} for option in shown.options
    ]
    assert "did" not in json.dumps(data)
    wrong = next(option for option in shown.options if not option.right)
    verdict = grade_calculated(shown, known, wrong.label)
    told = json.loads(json.dumps(verdict_json(verdict, language), allow_nan=False))
    assert told["outcome"] == "mistake"
    assert told["steps"]
    assert {reason["reason"] for reason in told["reasons"] if not reason["right"]} == reasons
    (chosen,) = (reason for reason in told["reasons"] if reason["chosen"])
    assert chosen["reason"] == told["mistakes"][0]["says"]


@pytest.mark.parametrize(("language", "says"), [("ja", "最も大きい"), ("en", "is the largest")])
def test_a_comparison(language: Language, says: str) -> None:
    shown = draw(compare(), question_id="p/which", content_hash="0", seed=0)
    data = json.loads(json.dumps(variant_json(shown), allow_nan=False))
    assert data["kind"] == "compare"
    assert {option["text"] for option in data["options"]} == {"MSE", "MAE"}
    assert data["tolerance"] is None
    known = replace(
        evaluation(2.0), sides=(SideValue(2.0, evaluation(2.0).steps), SideValue(1.0, ()))
    )
    told = json.loads(
        json.dumps(verdict_json(grade_compare(shown, known, "1"), language), allow_nan=False)
    )
    (right,) = (reason for reason in told["reasons"] if reason["right"])
    assert (right["label"], right["text"]) == (told["expected"], "MSE")
    assert says in right["reason"]
    assert "2.000 > 1.000" in right["reason"]
    assert told["steps"][0]["id"] == f"{told['expected']}.mean"
    assert told["expected_value"] == 2.0


@pytest.mark.parametrize("question", [order(), match(), blank()])
def test_places_do_not_tell_what_belongs_there(question: Question) -> None:
    shown = draw(question, question_id="p/q", content_hash="0", seed=0)
    data = variant_json(shown)
    assert data["rows"] == [
        {
            "label": row.label,
            "text": row.text,
            "options": [{"label": option.label, "text": option.text} for option in row.options],
        }
        for row in shown.rows
    ]
    text = json.dumps(data, ensure_ascii=False)
    assert shown.explanation not in text
    assert all(option.reason not in text for row in shown.rows for option in row.options)
