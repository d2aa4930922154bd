"""What of an edited question is wording, and what makes it another question."""

from __future__ import annotations

import pytest

from questions.meaning import same_meaning
from questions.model import Question
from tests.questions.examples import choice, multiple, numeric, pick, true_false


def options(*written: tuple[str, bool]) -> list[dict[str, object]]:
    return [{"text": text, "reason": f"{text}の理由", "right": right} for text, right in written]


A, B, C = ("甲", False), ("乙", True), ("丙", False)
COMPUTE = {"loss": "mse", "inputs": {"pred": "$pred", "target": "$target"}}

SAME = {
    "everything that is said": (
        choice(),
        choice(stem="別の文。", explanation="別の解説。", source="別の出典", hints=["手がかり"]),
    ),
    "where it belongs": (choice(), choice(topic="13c", difficulty="advanced", tags=["新"])),
    "an option reworded": (
        choice(options=options(A, B, C)),
        choice(options=options(A, ("乙を直した", True), C)),
    ),
    "options in another order": (
        choice(options=options(A, B, C)),
        choice(options=options(C, A, B)),
    ),
    "the key reworded and moved": (
        choice(options=options(A, B, C)),
        choice(options=options(("乙を直した", True), C, A)),
    ),
    "one more wrong option": (choice(options=options(A, B)), choice(options=options(A, B, C))),
    "the reasons of a judgement": (true_false(), true_false(right_reason="別の理由。")),
    "how exactly": (numeric(), numeric(tolerance={"decimals": 2}, mistakes=["sum_for_mean"])),
    "wrong losses": (pick(), pick(distractors=[{"loss": "hinge", "reason": "分類に使う。"}])),
}
OTHER = {
    "another kind": (choice(), multiple()),
    "another key": (
        choice(options=options(A, B, C)),
        choice(options=options(("甲", True), ("乙", False), C)),
    ),
    "one more right option": (
        multiple(options=options(("甲", True), B, C)),
        multiple(options=options(("甲", True), B, C, ("丁", True))),
    ),
    "the least suitable one": (choice(), choice(negative=True)),
    "another judgement": (true_false(), true_false(answer=True)),
    "another loss": (numeric(), numeric(compute={**COMPUTE, "loss": "mae"})),
    "another constant": (
        numeric(compute=COMPUTE),
        numeric(compute={**COMPUTE, "inputs": {**COMPUTE["inputs"], "reduction": "sum"}}),
    ),
    "another fitting loss": (pick(), pick(answer="log_cosh")),
}


def same(before: Question, after: Question) -> bool:
    return same_meaning(before.model_dump(mode="json"), after.model_dump(mode="json"))


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_wording_is_not_meaning(before: Question, after: Question) -> None:
    assert before != after
    assert same(before, after)
    assert same(after, before)


@pytest.mark.parametrize(("before", "after"), OTHER.values(), ids=OTHER)
def test_key_and_computation_are_meaning(before: Question, after: Question) -> None:
    assert not same(before, after)
    assert not same(after, before)


def test_a_field_that_a_later_version_added_changes_nothing() -> None:
    before = choice().model_dump(mode="json")
    assert same_meaning(before, {**before, "added_later": None})
    assert same_meaning(before, {**before, "added_later": []})
    assert not same_meaning(before, {**before, "added_later": "something"})
