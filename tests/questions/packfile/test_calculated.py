"""A calculated choice in a pack file: read, or refused with the place and what to do."""

from __future__ import annotations

import pytest

from questions.model import CalculatedChoiceQuestion
from questions.packfile import PackProblems, read_pack
from tests.questions.packfile.sound import SOUND

CALCULATED = SOUND.replace("kind: numeric", "kind: calculated_choice").replace(
    "mistakes: [sum_for_mean, no_half_in_quadratic]",
    "mistakes: [sum_for_mean, no_half_in_quadratic, linear_without_offset]",
)


def test_it_is_read() -> None:
    question = read_pack(CALCULATED.encode(), name="p.yaml").questions[1]
    assert isinstance(question, CalculatedChoiceQuestion)
    assert question.compute.loss == "huber"
    assert question.mistakes == ("sum_for_mean", "no_half_in_quadratic", "linear_without_offset")


def test_without_a_list_all_mistakes_of_the_catalogue_may_be_used() -> None:
    text = CALCULATED.replace(CALCULATED[CALCULATED.index("    mistakes:") :], "")
    question = read_pack(text.encode(), name="p.yaml").questions[1]
    assert isinstance(question, CalculatedChoiceQuestion)
    assert question.mistakes is None


# what is changed, to what, where it is complained of, in the Japanese message, in its hint
REFUSED = [
    (
        "[sum_for_mean, no_half_in_quadratic, linear_without_offset]",
        "[sum_for_mean, no_half_in_quadratic]",
        "mistakes:",
        "誤りが2個では選択肢を作れない（3個必要）",
        "linear_without_offset",
    ),
    (
        "[sum_for_mean, no_half_in_quadratic, linear_without_offset]",
        "[]",
        "mistakes:",
        "誤りが0個では",
        "sum_for_mean",
    ),
    ("{decimals: 3}", "{decimals: 3, atol: 0.01}", "atol", "atolは使えない", "decimalsだけ"),
    ("{decimals: 3}", "{rtol: 0.01}", "rtol", "rtolは使えない", "decimalsだけ"),
    ("linear_without_offset]", "linear_without]", "linear_without]", "登録されていない", "offset"),
    ("$delta}", "$gamma}", "$gamma", "givenがない", "delta"),
    ("正解 {target}", "正解 {targt}", "{targt}", "givenがない", "target"),
    ("tolerance: {decimals: 3}", "option: 1", "option", "ここでは使えない", "使えるのは"),
    (
        "decimals: 1, size: 3}\n      target",
        "decimals: x, size: 3}\n      target",
        "x, size",
        "数",
        "",
    ),
]


@pytest.mark.parametrize(("old", "new", "words", "message", "hint"), REFUSED)
def test_what_is_refused(old: str, new: str, words: str, message: str, hint: str) -> None:
    assert CALCULATED.count(old) == 1
    text = CALCULATED.replace(old, new)
    with pytest.raises(PackProblems) as raised:
        read_pack(text.encode(), name="p.yaml")
    (problem,) = raised.value.problems
    assert message in problem.message.ja
    assert hint in (problem.hint.ja if problem.hint else "")
    assert problem.message.en
    at = text.index(words, text.index("kind: calculated_choice"))
    place = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    assert (problem.line, problem.column) == place


def test_a_loss_with_too_few_known_mistakes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace
    from types import MappingProxyType

    from losses import CATALOG
    from questions import known_mistakes

    # Every loss of the catalogue has three by now: take one away.
    few = replace(CATALOG["huber"], mistakes=CATALOG["huber"].mistakes[:2])
    monkeypatch.setattr(known_mistakes, "CATALOG", MappingProxyType({**CATALOG, "huber": few}))
    text = CALCULATED.replace(CALCULATED[CALCULATED.index("    mistakes:") :], "")
    with pytest.raises(PackProblems) as raised:
        read_pack(text.encode(), name="p.yaml")
    (problem,) = raised.value.problems
    assert "huberに登録された誤りは2個" in problem.message.ja
    assert problem.path == "questions[1].compute.loss"
    assert problem.hint is not None
