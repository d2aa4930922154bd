"""What the answers of many learners say of a question: classical item statistics.

Only a learner's first answer to a content counts: later ones measure what the program taught. A
question whose content was changed is another question here.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

FEW = 30  # below this many learners a figure is a hint at most

_Z = 1.959963984540054  # two-sided 95 %

Item = tuple[str, str]  # question id, content hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer of one learner, the earliest first."""

    learner: str
    question_id: str
    content_hash: str
    score: float  # 0 … 1
    milliseconds: int
    chosen: tuple[str, ...] = ()  # the texts of the options chosen
    mistakes: tuple[str, ...] = ()  # the ids of the mistakes recognised

    @property
    def item(self) -> Item:
        """What was answered: a question with one content."""
        return self.question_id, self.content_hash


@dataclass(frozen=True, slots=True)
class Share:
    """How often something was chosen, of how many answers, with a 95 % interval."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share itself."""
        return self.count / self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """One question with one content. Intervals are 95 %; None: cannot be said."""

    question_id: str
    content_hash: str
    learners: int
    facility: float  # mean score, 0 … 1
    facility_interval: tuple[float, float]
    discrimination: float | None  # correlation of the score with the rest score, −1 … 1
    discrimination_interval: tuple[float, float] | None
    seconds: float  # median
    chosen: Mapping[str, Share]
    mistakes: Mapping[str, Share]

    @property
    def few(self) -> bool:
        """Whether the numbers are too small to judge the question by."""
        return self.learners < FEW


def item_statistics(responses: Iterable[Response]) -> tuple[ItemStatistics, ...]:
    """Return the statistics of every item, by question id and content.

    The rest score of a learner is the mean score of the first answers to all other questions
    (for learners who answered the same ones, it orders them as the total without the item does).
    """
    by_item: dict[Item, dict[str, Response]] = defaultdict(dict)
    by_learner: dict[str, dict[Item, float]] = defaultdict(dict)
    for response in responses:
        if response.learner not in by_item[response.item]:
            by_item[response.item][response.learner] = response
            by_learner[response.learner][response.item] = response.score
    return tuple(_of_item(item, by_item[item], by_learner) for item in sorted(by_item))


def _of_item(
    item: Item,
    answers: Mapping[str, Response],
    by_learner: Mapping[str, Mapping[Item, float]],
) -> ItemStatistics:
    scores = [response.score for response in answers.values()]
    pairs = [
        (response.score, mean(others))
        for learner, response in answers.items()
        if (
            others := [score for other, score in by_learner[learner].items() if other[0] != item[0]]
        )
    ]
    correlation = pearson(pairs)
    return ItemStatistics(
        question_id=item[0],
        content_hash=item[1],
        learners=len(scores),
        facility=mean(scores),
        facility_interval=wilson(mean(scores), len(scores)),
        discrimination=correlation,
        discrimination_interval=(
            None if correlation is None else fisher_interval(correlation, len(pairs))
        ),
        seconds=median(response.milliseconds for response in answers.values()) / 1000,
        chosen=_shares([response.chosen for response in answers.values()]),
        mistakes=_shares([response.mistakes for response in answers.values()]),
    )


def _shares(named: Sequence[Sequence[str]]) -> dict[str, Share]:
    counts = Counter(name for names in named for name in set(names))
    return {
        name: Share(count, len(named), *wilson(count / len(named), len(named)))
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    }


def wilson(share: float, count: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share of `count` trials (Wilson, 1927).

    For a mean of scores between 0 and 1 it is wide enough too: no such score varies more than one
    that is either 0 or 1. Raises ValueError for no trials.
    """
    if count < 1:
        raise ValueError("an interval needs at least one trial")
    spread = _Z**2 / count
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def pearson(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return the correlation of pairs, None where one side never varies."""
    if len(pairs) < 2:
        return None
    mean_x, mean_y = mean(x for x, _ in pairs), mean(y for _, y in pairs)
    xx = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    yy = math.fsum((y - mean_y) ** 2 for _, y in pairs)
    if xx <= 1e-12 or yy <= 1e-12:
        return None
    xy = math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return max(-1.0, min(1.0, xy / math.sqrt(xx * yy)))


def fisher_interval(correlation: float, count: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a correlation (Fisher, 1921), None for three pairs or fewer."""
    if count <= 3 or abs(correlation) >= 1:
        return None
    middle, half = math.atanh(correlation), _Z / math.sqrt(count - 3)
    return math.tanh(middle - half), math.tanh(middle + half)
