"""New questions: easier first, the kinds mixed evenly."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from questions.bank.teaching_order import teaching_order
from questions.model import Question
from tests.questions.examples import choice, numeric

RANK = {"basic": 0, "standard": 1, "advanced": 2}

lists = st.lists(st.tuples(st.sampled_from(list(RANK)), st.sampled_from(["choice", "numeric"])))


def made(kinds: Sequence[tuple[str, str]]) -> list[Question]:
    return [
        (choice if kind == "choice" else numeric)(id=f"q{index}", difficulty=difficulty)
        for index, (difficulty, kind) in enumerate(kinds)
    ]


def in_order(questions: Sequence[Question]) -> list[Question]:
    places = teaching_order(questions)
    return [question for _, _, question in sorted(zip(places, range(len(places)), questions))]  # noqa: B905


@given(lists)
def test_easier_questions_come_first(kinds: list[tuple[str, str]]) -> None:
    ranks = [RANK[question.difficulty] for question in in_order(made(kinds))]
    assert ranks == sorted(ranks)


@given(lists)
def test_questions_of_a_kind_keep_the_order_of_the_pack(kinds: list[tuple[str, str]]) -> None:
    for group in set(kinds):
        ids = [
            int(question.id[1:])
            for question in in_order(made(kinds))
            if (question.difficulty, question.kind) == group
        ]
        assert ids == sorted(ids)


def test_kinds_are_mixed_evenly() -> None:
    order = in_order(made([("basic", "choice")] * 8 + [("basic", "numeric")] * 4))
    assert "".join(question.kind[0] for question in order) == "cnccnccnccnc"
