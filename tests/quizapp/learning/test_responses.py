"""An exported answer becomes a response, whatever kind of question it was to."""

from __future__ import annotations

import pytest

from questions.draw import draw
from questions.model import Question, content_hash
from quizapp.learning.responses import responses
from tests.questions import examples

ASKED = (
    examples.choice(),
    examples.multiple(),
    examples.true_false(),
    examples.pick(),
    examples.order(),
    examples.match(),
    examples.blank(),
    examples.combined(),
    examples.term(),
    examples.numeric(),
    examples.calculated(),
    examples.compare(),
    examples.code(),
)


@pytest.mark.parametrize("raw", ["1", "2 1", "huh", ""])
@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.kind)
def test_every_kind_is_counted(question: Question, raw: str) -> None:
    row = {
        "learner": "a",
        "question_id": "p/q",
        "content_hash": content_hash(question),
        "score": 1,
        "milliseconds": 1000,
        "seed": 3,
        "attempt": 0,
        "raw": raw,
    }
    (found,) = responses([row], {"p/q": question}, language="ja")
    assert found.score == 1


def test_the_option_chosen_of_a_comparison_is_known_without_computing() -> None:
    question = examples.compare()
    content = content_hash(question)
    shown = draw(question, question_id="p/q", content_hash=content, seed=3, attempt=0).options
    row = {
        "learner": "a",
        "question_id": "p/q",
        "content_hash": content,
        "score": 0,
        "milliseconds": 1000,
        "seed": 3,
        "attempt": 0,
        "raw": "2",
    }
    (found,) = responses([row], {"p/q": question}, language="ja")
    assert found.chosen == (shown[1].text,)
