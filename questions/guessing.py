"""Guess answers from the options alone: a question should not give itself away.

Each strategy is one that exam takers who know nothing are taught. What it gets right beyond chance
is the author's doing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from questions.expansion import askable
from questions.model import ChoiceQuestion, Pack

# Words by which an author makes a statement safe; the true one needs them more often.
_HEDGES = re.compile(
    r"場合が|ことが(?:ある|多い)|傾向|一般に|多くの|主に|など|やすい|にくい|うる|得る|とは限らない|"
    r"\b(?:may|might|can|often|usually|generally|tends?|some|most)\b"
)
_TECHNICAL = re.compile(r"[A-Za-z0-9]|[\u0370-\u03ff]|[²³√Σ∑∇≤≥−×÷]")


def longest(options: Sequence[str]) -> list[float]:
    """Score by length."""
    return [float(len(option)) for option in options]


def shortest(options: Sequence[str]) -> list[float]:
    """Score by shortness: an author who fears long keys may overdo it."""
    return [-each for each in longest(options)]


def of_length_rank(rank: int) -> Callable[[Sequence[str]], list[float]]:
    """Return the strategy that takes the option at one place by length, 0 being the longest.

    What is as long as that option is liked as well. Whoever has seen that most keys of a bank are
    second by length takes rank 1.
    """

    def scores(options: Sequence[str]) -> list[float]:
        lengths = sorted((len(option) for option in options), reverse=True)
        wanted = lengths[min(rank, len(lengths) - 1)]
        return [float(len(option) == wanted) for option in options]

    return scores


def not_the_longest(options: Sequence[str]) -> list[float]:
    """Cross out the longest option if there is one, and like the others alike."""
    return _crossed_out(longest(options))


def not_the_shortest(options: Sequence[str]) -> list[float]:
    """Cross out the shortest option if there is one, and like the others alike."""
    return _crossed_out(shortest(options))


def neither_longest_nor_shortest(options: Sequence[str]) -> list[float]:
    """Cross out both ends and like what lies between them alike."""
    return [
        one + other
        for one, other in zip(not_the_longest(options), not_the_shortest(options), strict=True)
    ]


def most_hedged(options: Sequence[str]) -> list[float]:
    """Score by the number of hedging words."""
    return [float(len(_HEDGES.findall(option))) for option in options]


def most_technical(options: Sequence[str]) -> list[float]:
    """Score by Latin letters, digits and signs."""
    return [float(len(_TECHNICAL.findall(option))) for option in options]


def odd_one_out(options: Sequence[str]) -> list[float]:
    """Score by unlikeness to the other options."""
    return [-each for each in most_typical(options)]


def most_typical(options: Sequence[str]) -> list[float]:
    """Score by likeness to the other options: distractors are often made from the key."""
    pairs = [_pairs(option) for option in options]
    return [
        sum(_likeness(mine, other) for other in pairs if other is not mine) / (len(pairs) - 1)
        for mine in pairs
    ]


STRATEGIES: Mapping[str, Callable[[Sequence[str]], list[float]]] = {
    "longest": longest,
    "second longest": of_length_rank(1),
    "third longest": of_length_rank(2),
    "shortest": shortest,
    "not the longest": not_the_longest,
    "not the shortest": not_the_shortest,
    "neither longest nor shortest": neither_longest_nor_shortest,
    "most hedged": most_hedged,
    "most technical": most_technical,
    "odd one out": odd_one_out,
    "most typical": most_typical,
}


def guessed(questions: Iterable[ChoiceQuestion], strategy: str) -> tuple[Fraction, int]:
    """Return how many of the questions a strategy is expected to get right, of how many.

    Options that score alike are guessed among, so k of them that hold the key count 1/k.
    """
    right = Fraction(0)
    count = 0
    for question in questions:
        scores = STRATEGIES[strategy]([option.text for option in question.options])
        best = [
            option
            for option, score in zip(question.options, scores, strict=True)
            if score >= max(scores) - 1e-12
        ]
        right += Fraction(sum(option.right for option in best), len(best))
        count += 1
    return right, count


def alone_at_an_end(
    questions: Sequence[ChoiceQuestion], *, length: Callable[[str], int] = len
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return how often the longest option is the key, of how often one alone is the longest.

    And the same for the shortest. Ties tell a guesser less and are left out.
    """
    ends = []
    for end in (max, min):
        right = count = 0
        for question in questions:
            lengths = [length(option.text) for option in question.options]
            furthest = end(lengths)
            if lengths.count(furthest) == 1:
                count += 1
                right += question.options[lengths.index(furthest)].right
        ends.append((right, count))
    return ends[0], ends[1]


def of_four_options(packs: Iterable[Pack]) -> tuple[ChoiceQuestion, ...]:
    """Return the choice questions with four options of some packs."""
    return tuple(
        question
        for pack in packs
        for question in (each.question for each in askable(pack.questions))
        if isinstance(question, ChoiceQuestion) and len(question.options) == 4
    )


def _crossed_out(scores: Sequence[float]) -> list[float]:
    """Score 0 for what scores highest alone, 1 for the rest."""
    best = max(scores)
    return [float(scores.count(best) > 1 or score < best) for score in scores]


def _pairs(text: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1)) or frozenset({folded})


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
