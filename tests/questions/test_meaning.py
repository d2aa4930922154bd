"""What of an edited question is wording, and what makes it another question."""

from __future__ import annotations

import pytest

from questions.meaning import same_meaning
from questions.model import Question
from tests.questions.examples import (
    blank,
    card,
    choice,
    code,
    compare,
    match,
    multiple,
    numeric,
    order,
    pick,
    term,
    true_false,
)


def options(*written: tuple[str, bool]) -> list[dict[str, object]]:
    return [{"text": text, "reason": f"{text}の理由", "right": right} for text, right in written]


A, B, C = ("甲", False), ("乙", True), ("丙", False)
STEPS = order().model_dump(mode="json")["items"]
PAIRS = match().model_dump(mode="json")["pairs"]
GAPS = blank().model_dump(mode="json")["gaps"]
COMBINATIONS = [
    {"values": {"ア": "二次", "イ": "一次関数的"}, "reason": "正しい。", "right": True},
    {"values": {"ア": "一次", "イ": "二次関数的"}, "reason": "逆である。", "right": False},
]
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
    "a step reworded": (
        order(),
        order(items=[*STEPS[:1], {"text": "誤差を計算する", "reason": "別の理由。"}, *STEPS[2:]]),
    ),
    "pairs in another order": (match(), match(pairs=PAIRS[::-1], extra=[], reuse=True)),
    "a right side reworded": (match(), match(pairs=[{**PAIRS[0], "right": "平均"}, *PAIRS[1:]])),
    "the option of a gap reworded": (
        blank(),
        blank(gaps={**GAPS, "イ": {"options": options(("直線的", True), ("二次関数的", False))}}),
    ),
    "combinations in another order": (
        blank(gaps={}, combinations=COMBINATIONS),
        blank(gaps={}, combinations=COMBINATIONS[::-1]),
    ),
    "another program to start from": (code(), code(starter="def mse(pred, target): ...")),
    "one more term": (
        term(answer={"accept": ["Huber損失"]}),
        term(answer={"accept": ["フーバー損失", "Huber損失"]}, rejected=[]),
    ),
    "the back of a card": (card(), card(back="−Σ p log p")),
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
    "another order": (order(), order(items=[*STEPS[1::-1], *STEPS[2:]])),
    "one more step": (
        order(),
        order(items=[*STEPS, {"text": "記録する", "reason": "最後である。"}]),
    ),
    "right sides exchanged": (
        match(),
        match(
            pairs=[
                {**PAIRS[0], "right": PAIRS[1]["right"]},
                {**PAIRS[1], "right": PAIRS[0]["right"]},
                PAIRS[2],
            ]
        ),
    ),
    "another option of a gap": (
        blank(),
        blank(
            gaps={**GAPS, "イ": {"options": options(("一次関数的", False), ("二次関数的", True))}}
        ),
    ),
    "another combination": (
        blank(gaps={}, combinations=COMBINATIONS),
        blank(
            gaps={},
            combinations=[{**each, "right": not each["right"]} for each in COMBINATIONS],
        ),
    ),
    "another loss to be written": (code(), code(compute={**COMPUTE, "loss": "mae"})),
    "another term": (
        term(answer={"accept": ["Huber損失"]}),
        term(answer={"accept": ["ヒンジ損失"]}),
    ),
    "the name of another loss": (term(), term(answer={"loss": "mae"})),
    "the smaller one": (compare(), compare(ask="smaller")),
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
