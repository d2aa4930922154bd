"""What a mock exam came to: score, topics, forms, pace, changes, guesses, and the forecast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from quizapp.history.exam import Exam, ExamQuestion
from quizapp.learning.blueprints import FORMS, PASS_MARK
from quizapp.learning.item_statistics import wilson

_SLOWEST: Final = 3  # questions named
_SLOW: Final = 1.5  # budgets


@dataclass(frozen=True, slots=True)
class Part:
    """Right answers of so many questions: of the whole exam, a topic or a form."""

    name: str
    right: int
    of: int

    @property
    def share(self) -> float:
        """The share of right answers."""
        return self.right / self.of


@dataclass(frozen=True, slots=True)
class Changes:
    """Answers that were changed, the first compared with the last."""

    to_wrong: int  # from right
    to_right: int  # from wrong
    to_other: int  # from wrong to wrong


@dataclass(frozen=True, slots=True)
class Compared:
    """What was forecast before the exam, and whether the score lies in its interval.

    Shares of right answers; None where the forecast did not say.
    """

    expected: float | None
    low: float | None
    high: float | None
    pass_probability: float | None
    within: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of an exam that is over. Times are seconds; the interval is 95 %."""

    exam: Exam
    score: Part
    interval: tuple[float, float]  # of the share of right answers (Wilson, 1927)
    reached: bool  # the mark that learners aim at
    topics: tuple[Part, ...]  # in the order of the syllabus items asked
    forms: tuple[Part, ...]
    unanswered: int
    flagged: int
    taken: float  # from beginning to submission, without pauses
    pace: float  # on a question, on average
    budget: float  # for a question
    over_budget: int  # questions that took longer than 1.5 budgets
    slowest: tuple[ExamQuestion, ...]  # of these
    changes: Changes
    guesses: Part
    compared: Compared | None

    @property
    def wrong(self) -> tuple[ExamQuestion, ...]:
        """The questions without a right answer, those without any included."""
        return tuple(question for question in self.exam.questions if not question.right)


def report(exam: Exam) -> Report:
    """Return the report of an exam. Raises ValueError for one that is not over."""
    if exam.submitted_at is None:
        raise ValueError("the exam is not over")
    questions = exam.questions
    score = _part("", questions)
    low, high = wilson(score.share, score.of)
    budget = exam.pace
    slow = sorted(
        (each for each in questions if each.milliseconds > 1000 * _SLOW * budget),
        key=lambda each: -each.milliseconds,
    )
    # The deadline moved by the pauses: what it lies after the beginning, less the plan.
    paused = exam.deadline - exam.begun_at - timedelta(seconds=exam.seconds)
    return Report(
        exam=exam,
        score=score,
        interval=(low, high),
        reached=score.share >= PASS_MARK,
        topics=_parts((each.topic, each) for each in questions),
        forms=_in_order(_parts((each.form, each) for each in questions)),
        unanswered=sum(each.answer is None for each in questions),
        flagged=sum(each.flagged for each in questions),
        taken=max(0.0, (exam.submitted_at - exam.begun_at - paused).total_seconds()),
        pace=sum(each.milliseconds for each in questions) / 1000 / len(questions),
        budget=budget,
        over_budget=len(slow),
        slowest=tuple(slow[:_SLOWEST]),
        changes=_changes(questions),
        guesses=_part("", [each for each in questions if each.guessed and each.answers]),
        compared=None if exam.forecast is None else _compared(exam.forecast, score.share),
    )


def _part(name: str, questions: Iterable[ExamQuestion]) -> Part:
    right = [question.right for question in questions]
    return Part(name, sum(right), len(right))


def _parts(named: Iterable[tuple[str, ExamQuestion]]) -> tuple[Part, ...]:
    groups: dict[str, list[ExamQuestion]] = {}
    for name, question in named:
        groups.setdefault(name, []).append(question)
    return tuple(_part(name, groups[name]) for name in sorted(groups, key=_place))


def _place(topic: str) -> tuple[bool, int, str]:
    """Order topics by their number: 7, 10, 13a, 13b, and last those without one."""
    digits = "".join(character for character in topic if character.isdigit())
    return (not digits, int(digits or 0), topic)


def _in_order(forms: tuple[Part, ...]) -> tuple[Part, ...]:
    known = {part.name: part for part in forms}
    return tuple(known[form] for form in FORMS if form in known)


def _changes(questions: Iterable[ExamQuestion]) -> Changes:
    counted: Counter[tuple[bool, bool]] = Counter()
    for question in questions:
        if question.answers and question.answers[0].raw != question.answers[-1].raw:
            counted[question.answers[0].raw == question.key, question.right] += 1
    return Changes(
        to_wrong=counted[True, False], to_right=counted[False, True], to_other=counted[False, False]
    )


def _compared(forecast: Mapping[str, object], share: float) -> Compared:
    low, high = _number(forecast, "low"), _number(forecast, "high")
    return Compared(
        expected=_number(forecast, "expected"),
        low=low,
        high=high,
        pass_probability=_number(forecast, "pass_probability"),
        within=None if low is None or high is None else low <= share <= high,
    )


def _number(forecast: Mapping[str, object], name: str) -> float | None:
    value = forecast.get(name)
    return float(value) if isinstance(value, int | float) else None
