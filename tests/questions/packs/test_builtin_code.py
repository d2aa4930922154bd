"""The built-in code questions: the solution is right, the starter is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from questions.model import CodeQuestion
from tests.questions.packs.builtin import codes


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    computer = ComputeWorker()
    yield Examiner(computer)
    computer.close()


# What the starter is recognised as; "": it cannot be run yet; "half": right but for the edges.
STARTERS = {
    "softmax-before-cross-entropy": "softmax_twice",
    "silent-broadcasting": "broadcast",
    "write-binary-focal": "",
    "sigmoid-before-logits-loss": "sigmoid_twice",
    "list-mle-ignores-labels": "labels_ignored",
    "kl-without-batchmean": "mean_over_cells",
    "log-cosh-overflow": "half",
    "dice-with-threshold": "wrong",
    "write-huber": "",
    "triplet-without-clamp": "not_clamped",
}


def test_every_question_is_in_the_table() -> None:
    assert {question.id for question in codes()} == set(STARTERS)


@pytest.mark.parametrize("question", codes(), ids=lambda question: question.id)
def test_the_solution_is_right_and_the_starter_is_not(
    examiner: Examiner, question: CodeQuestion
) -> None:
    for seed in (1, 2):
        variant = examiner.present(question, question_id=question.id, content_hash="h", seed=seed)
        verdict = examiner.judge(variant, question.solution)
        assert verdict.outcome == "correct", verdict.finding
    begun = examiner.judge(variant, question.starter)
    match STARTERS[question.id]:
        case "":
            assert not begun.graded
        case "half":
            assert begun.outcome == "partial"
        case "wrong":
            assert begun.outcome == "wrong"
        case mistake:
            assert [found.id for found in begun.mistakes] == [mistake]
