"""Which questions an exam has: a function of what there is, a blueprint and a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from questions.random_source import RandomSource
from quizapp.language import ngettext
from quizapp.learning.blueprints import Blueprint, Form, apportioned
from quizapp.problem import Problem


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that suits exams; `last_seen`: when the learner met it, None for never."""

    question_id: str
    topic: str
    form: Form
    last_seen: datetime | None = None


class TooFewQuestions(Problem):
    """The bank has fewer suitable questions than the exam should have."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "Only {n} question suits this exam; ask for fewer with --questions.",
                "Only {n} questions suit this exam; ask for fewer with --questions.",
                count,
            ).format(n=count)
        )
        self.count = count


def drawn(
    candidates: Iterable[Candidate], blueprint: Blueprint, *, seed: int
) -> tuple[Candidate, ...]:
    """Return the questions of an exam in the order in which they are asked.

    The topics get their shares by largest remainder, as far as there are questions. Within a
    topic those come first that were never seen, then those not seen for longest; among equals the
    forms get their shares, and what a form lacks the others fill. The same arguments always give
    the same exam, in whatever order the candidates come. Raises TooFewQuestions.
    """
    suitable = sorted(
        (
            each
            for each in candidates
            if blueprint.topics.get(each.topic, 0) > 0 and blueprint.forms.get(each.form, 0) > 0
        ),
        key=lambda each: each.question_id,
    )
    if len(suitable) < blueprint.questions:
        raise TooFewQuestions(len(suitable))
    topics = apportioned(
        blueprint.topics, blueprint.questions, most=Counter(each.topic for each in suitable)
    )
    supply: Counter[str] = Counter(each.form for each in suitable)
    forms = apportioned(
        {str(form): share for form, share in blueprint.forms.items()},
        blueprint.questions,
        most=supply,
    )
    shuffled = RandomSource.named("exam", seed).shuffled(suitable)
    chosen: list[Candidate] = []
    scarcest_first = sorted(forms, key=lambda form: (supply[form], form))
    for _when, equals in groupby(sorted(shuffled, key=_seen), key=_seen):
        pool = list(equals)
        for form in scarcest_first:  # it has the fewest topics to choose from
            chosen += _taken([each for each in pool if each.form == form], topics, forms)
        taken = set(chosen)
        chosen += _taken([each for each in pool if each not in taken], topics)
    return RandomSource.named("exam order", seed).shuffled(chosen)


def question_seed(seed: int, question_id: str) -> int:
    """Return the seed of a question of an exam: 63 bits, the same everywhere."""
    return RandomSource.named("exam question", seed, question_id).word() >> 1


def _taken(
    pool: Sequence[Candidate], topics: dict[str, int], forms: dict[str, int] | None = None
) -> list[Candidate]:
    """Take what is still wanted of a pool, in order, and count it off."""
    taken = []
    for each in pool:
        if not topics.get(each.topic) or (forms is not None and not forms[each.form]):
            continue
        topics[each.topic] -= 1
        if forms is not None:
            forms[each.form] -= 1
        taken.append(each)
    return taken


def _seen(candidate: Candidate) -> tuple[bool, float]:
    """Order by when a question was last seen: never comes first."""
    seen = candidate.last_seen
    return (False, 0.0) if seen is None else (True, seen.timestamp())
