"""What is fitted to: days between answers, and which answers tell what was remembered."""

from __future__ import annotations

from quizapp.learning.answers import Answers, gathered
from tests.data import log_a


def test_a_history_begins_with_its_first_answer_and_when_a_card_begins_anew() -> None:
    answers = gathered(
        [
            (7, None, "good"),
            (9, None, "again"),
            (9, 0, "good"),
            (7, 3, "easy"),
            (7, None, "hard"),  # its question asks something else now
            (7, 1, "good"),
        ]
    )
    assert answers == Answers(
        cards=(0, 1, 1, 0, 2, 2), elapsed=(0, 0, 0, 3, 0, 1), ratings=(3, 1, 3, 4, 2, 3)
    )
    assert answers.long_term == (3, 5)
    assert answers.first(4).long_term == (3,)
    assert len(answers.first(4)) == 4


def test_study_days_find_a_sixth_more_long_term_answers_than_24_hours() -> None:
    """S2, exactly: what is lost when 23:00 and 08:00 count as one day."""
    assert len(log_a.by_study_day()) == 12_580
    assert len(log_a.by_study_day().long_term) == 6_372
    assert len(log_a.by_24_hours().long_term) == 5_329
