"""A mock exam as a value: what it asks, what was answered, how much time is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, TypedDict

from questions.variant import ShownOption, Variant

# What was forecast before the exam, as whoever made it wrote it down. Read where they are numbers:
# "expected", "low", "high" (shares of right answers), "pass_probability".
Forecast: TypeAlias = dict[str, object]


class OptionJson(TypedDict):
    """A computed option as the database keeps it; the reason in both languages, if it has two."""

    text: str
    ja: str
    en: str | None
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer: the label of an option. A later one to the same question replaces it."""

    raw: str
    at: datetime
    milliseconds: int  # on this question until then


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamQuestion:
    """A question of an exam and what became of it so far."""

    position: int  # from 0
    form: str  # quizapp.learning.blueprints.Form
    variant: Variant
    key: str  # label of the right option
    flagged: bool = False
    guessed: bool = False  # says the learner
    milliseconds: int = 0  # on the screen, also without an answer
    answers: tuple[Given, ...] = ()
    review_id: str | None = None  # of the answer that it became in the schedule

    @property
    def topic(self) -> str:
        """The topic of the question."""
        return self.variant.question.topic

    @property
    def answer(self) -> str | None:
        """The answer that counts, None where there is none."""
        return self.answers[-1].raw if self.answers else None

    @property
    def right(self) -> bool:
        """Whether the answer that counts is the right one."""
        return self.answer == self.key

    @property
    def key_option(self) -> ShownOption:
        """The right option."""
        return next(option for option in self.variant.options if option.label == self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """An exam that was begun. It is over when it was submitted, or its deadline has passed."""

    id: str
    blueprint: str
    title: str
    seconds: int  # that it was to take
    seed: int
    strict: bool  # the clock cannot be paused, nothing is judged before the end
    begun_at: datetime
    deadline: datetime
    questions: tuple[ExamQuestion, ...]
    paused_at: datetime | None = None
    submitted_at: datetime | None = None
    present: int = 0  # position of the question on the screen
    forecast: Mapping[str, object] | None = None

    @property
    def over(self) -> bool:
        """Whether it was submitted."""
        return self.submitted_at is not None

    @property
    def pace(self) -> float:
        """Seconds that there are for a question."""
        return self.seconds / len(self.questions)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(question.answer is not None for question in self.questions)

    def left(self, now: datetime) -> timedelta:
        """Return the time that is left; none when it is over."""
        if self.submitted_at is not None:
            return timedelta(0)
        return max(timedelta(0), self.deadline - (self.paused_at or now))
