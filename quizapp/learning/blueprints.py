"""What a mock exam consists of: how many questions, how long, which topics and which forms.

The real exam is 145 questions in 100 minutes, each with one best answer (JDLA, 2026 #1). It
publishes no shares of topics and no pass mark: the shares here are estimates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

from losses.text import Text
from questions.topics import TOPICS
from quizapp.language import _
from quizapp.learning.syllabus_weights import QUESTIONS_BY_TOPIC
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.settings import OwnBlueprint

REAL_PACE: Final = 41.4  # seconds a question: 145 in 100 minutes
PASS_MARK: Final = 0.70  # what learners aim at; the real one is not published

# How a question is put. All have one best answer: the best option, the loss for a scenario, the
# least suitable option, a row that fills all gaps, a value to be calculated.
Form = Literal["best", "scenario", "worst", "combination", "calculation"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """A plan for exams. Shares are weights: they need not add up to 1, what is left out is 0."""

    id: str
    name: Text
    questions: int
    seconds: int  # for the whole exam
    topics: Mapping[str, float]
    forms: Mapping[Form, float]
    beyond: bool = False  # questions beyond the syllabus too

    @property
    def pace(self) -> float:
        """Seconds a question."""
        return self.seconds / self.questions

    def resized(self, *, questions: int | None = None, minutes: float | None = None) -> Blueprint:
        """Return it with another number of questions or minutes.

        Without `minutes`, the pace stays as it is. Raises ValueError for numbers below 1 question
        and 1 second.
        """
        count = self.questions if questions is None else questions
        seconds = round(self.pace * count if minutes is None else 60 * minutes)
        if count < 1 or seconds < 1:
            raise ValueError(f"{count} questions in {seconds} seconds are no exam")
        return replace(self, questions=count, seconds=seconds)


# Best answers (of which every fifth question is a short scenario), worst answers, blanks to be
# filled together, calculations: an estimate from what test-takers report.
_FORMS: Final[Mapping[Form, float]] = MappingProxyType(
    {"best": 0.50, "scenario": 0.20, "worst": 0.12, "combination": 0.15, "calculation": 0.03}
)
_LOSSES: Final = QUESTIONS_BY_TOPIC
_ITEM_13: Final = {topic: share for topic, share in _LOSSES.items() if topic.startswith("13")}

_ALL: Final = (
    Blueprint(
        id="loss-mini",
        name=Text("損失関数 ミニ模試", "Loss functions, short"),
        questions=30,
        seconds=20 * 60,
        topics=_LOSSES,
        forms=_FORMS,
    ),
    Blueprint(
        id="loss-full",
        name=Text("損失関数 模試", "Loss functions, full"),
        questions=60,
        seconds=round(60 * REAL_PACE),
        topics=_LOSSES,
        forms=_FORMS,
    ),
    Blueprint(
        id="item13-sprint",
        name=Text("項目13 短距離走", "Item 13, sprint"),
        questions=10,
        seconds=5 * 60,
        topics=MappingProxyType(dict(_ITEM_13)),
        forms=_FORMS,
    ),
)
BLUEPRINTS: Final[Mapping[str, Blueprint]] = MappingProxyType({each.id: each for each in _ALL})


def blueprints(own: Mapping[str, OwnBlueprint]) -> Mapping[str, Blueprint]:
    """Return the blueprints by id: ours, and behind them those of the settings.

    One of the settings with the id of one of ours takes its place. Raises Problem for a topic that
    does not exist.
    """
    return {**BLUEPRINTS, **{name: _of_settings(name, each) for name, each in own.items()}}


def _of_settings(name: str, written: OwnBlueprint) -> Blueprint:
    for topic in written.topics:
        if topic not in TOPICS:
            raise Problem(
                _("Unknown topic in the blueprint {name}: {topic} (known are {topics}).").format(
                    name=name, topic=topic, topics=", ".join(TOPICS)
                )
            )
    title = written.title or name
    return Blueprint(
        id=name,
        name=Text(title, title),
        questions=written.questions,
        seconds=round(60 * written.minutes),
        topics=written.topics or _LOSSES,
        forms=written.forms or _FORMS,
        beyond=written.beyond,
    )


def apportioned(
    shares: Mapping[str, float], total: int, *, most: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Return whole numbers that add up to `total`, in proportion to shares, by largest remainder.

    `most`: what each can have at most (0 where it is not named); what one cannot have goes to the
    others. Ties fall to whom is named first. Raises ValueError where `most` is too little.
    """
    sharing = {name: share for name, share in shares.items() if share > 0}
    if most is not None:
        sharing = {name: share for name, share in sharing.items() if most.get(name, 0) > 0}
        if sum(most[name] for name in sharing) < total:
            raise ValueError(f"less than {total} to be shared out")
    given: dict[str, int] = {}
    while sharing:
        seats = _largest_remainder(sharing, total - sum(given.values()))
        over = {name: most[name] for name in sharing if most and seats[name] > most[name]}
        if not over:
            return given | seats
        given |= over
        sharing = {name: share for name, share in sharing.items() if name not in over}
    if sum(given.values()) != total:
        raise ValueError("nobody to share with")
    return given


def _largest_remainder(shares: Mapping[str, float], total: int) -> dict[str, int]:
    whole = sum(shares.values())
    quotas = {name: total * share / whole for name, share in shares.items()}
    seats = {name: int(quota) for name, quota in quotas.items()}
    by_remainder = sorted(shares, key=lambda name: seats[name] - quotas[name])  # stable
    for name in by_remainder[: total - sum(seats.values())]:
        seats[name] += 1
    return seats
