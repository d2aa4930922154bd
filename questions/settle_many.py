"""Settle many seeds of a question at once: the same attempts as `settle`, much sooner.

Values computed many at a time decide what is clear. Where one lies so near to a limit that the
last bits of a float could matter, the draw is computed and judged as `settle` does it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from typing import TypeGuard

from losses.text import Text
from losses.worked.step import Value
from questions.calculated_options import WRONG, wished_ranks
from questions.draw import draw, drawn_numbers
from questions.model import (
    CalculatedChoiceQuestion,
    Computation,
    ComputedQuestion,
    Tolerance,
    ValuedQuestion,
)
from questions.rough import Rough
from questions.settle import (
    Evaluate,
    Search,
    Undiagnosable,
    attempts_of,
    is_fixed,
    look,
    reads_alike,
    settle,
)
from questions.tolerance import allowed, by_places, places_needed

EvaluateMany = Callable[[ComputedQuestion, Sequence[Mapping[str, Value]]], "list[Rough | None]"]

_MOST_DECIMALS = 8  # that a question may ask for (`Tolerance`)
_AT_ONCE = 256  # draws computed together: more would not be faster


@dataclass(frozen=True, slots=True)
class Settled:
    """The attempt of a seed on which every mistake shows, and the values there.

    The values are those of `Rough`: good to the last bits of a float.
    """

    seed: int
    attempt: int
    value: float
    mistakes: tuple[tuple[str, float], ...]

    def tightest(self, tolerance: Tolerance) -> tuple[float, str, str]:
        """Return the smallest distance of two values in tolerances, and between which.

        An empty name is that of the right value; the distance is infinite without mistakes. In a
        question with typed answers it is above 2.
        """
        named = (("", self.value), *self.mistakes)
        return min(
            (
                (_times(one, other, tolerance), name, other_name)
                for (name, one), (other_name, other) in combinations(named, 2)
            ),
            default=(math.inf, "", ""),
        )


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A seed none of whose draws will do; `text` names what stood in the way most often."""

    seed: int
    text: Text


def settle_many(
    question: ComputedQuestion,
    *,
    seeds: Sequence[int],
    evaluate: Evaluate,
    evaluate_many: EvaluateMany,
) -> tuple[Settled | Unsettled, ...]:
    """Settle the seeds in their order, up to and including the first that cannot be.

    The attempts are those that `settle` finds with `evaluate`. Raises TypeError for a question
    that is not computed many at a time (`many_at_once`).
    """
    if not many_at_once(question):
        raise TypeError(f"{question.id} is not computed many at a time")
    searches = [_Seed(question, seed) for seed in seeds]
    judge = _Judge(question, evaluate, evaluate_many)
    waiting, ahead = searches, 1
    while waiting:
        # One draw each at first, for most seeds need no more; then more and more for the rest.
        for start in range(0, len(waiting), _AT_ONCE):
            some = waiting[start : start + _AT_ONCE]
            judge.advance(some, draws=max(1, min(ahead, _AT_ONCE // len(some))))
        ahead *= 2
        stuck = next((place for place, seed in enumerate(searches) if seed.failed), None)
        if stuck is not None:
            searches = searches[: stuck + 1]
        waiting = [seed for seed in searches if not seed.done]
    return tuple(_result(question, seed, evaluate) for seed in searches)


def many_at_once(question: ComputedQuestion) -> TypeGuard[ValuedQuestion]:
    """Return whether a question asks for the value of one loss, which is computed many at a time.

    Gradients, expressions and comparisons are settled seed by seed.
    """
    return (
        isinstance(question, ValuedQuestion)
        and isinstance(question.compute, Computation)
        and question.compute.gradient is None
    )


class _Seed:
    """The search for one seed's attempt."""

    def __init__(self, question: ValuedQuestion, seed: int) -> None:
        self.question = question
        self.seed = seed
        self.next_attempt = 0
        self._last = attempts_of(question)
        self._search = Search()
        self._values: dict[int, Rough] = {}  # of attempts that may be the one
        self._found = False

    @property
    def done(self) -> bool:
        return self._found or self.next_attempt >= self._last

    @property
    def failed(self) -> bool:
        return self.done and self._search.best is None

    def draws(self, count: int) -> Iterator[tuple[int, Mapping[str, Value]]]:
        """Yield the numbers of the next attempts."""
        for attempt in range(self.next_attempt, min(self.next_attempt + count, self._last)):
            drawn = drawn_numbers(self.question, seed=self.seed, attempt=attempt)
            yield (
                attempt,
                {name: each.value for name, each in drawn.items() if each.value is not None},
            )

    def take(self, attempt: int, unmet: int | None, rough: Rough | None) -> None:
        """Note what became of an attempt; `rough` is None where the loss refused the numbers."""
        self.next_attempt = attempt + 1
        if rough is not None:
            self._values[attempt] = rough
            self._found = self._search.take(attempt, unmet)

    def settled(self) -> Settled | None:
        """Return what was found, None if nothing was."""
        if self._search.best is None:
            return None
        _, attempt = self._search.best
        rough = self._values[attempt]
        return Settled(self.seed, attempt, rough.value, rough.mistakes)


class _Judge:
    """Computes draws many at a time and says which of them will do."""

    def __init__(
        self, question: ValuedQuestion, evaluate: Evaluate, evaluate_many: EvaluateMany
    ) -> None:
        self._question = question
        self._evaluate = evaluate
        self._evaluate_many = evaluate_many

    def advance(self, searches: Sequence[_Seed], *, draws: int) -> None:
        """Look at the next draws of each search."""
        rows = [(search, *drawn) for search in searches for drawn in search.draws(draws)]
        values = self._evaluate_many(self._question, [given for _, _, given in rows])
        for (search, attempt, _), rough in zip(rows, values, strict=True):
            if not search.done:
                unmet = None if rough is None else self._unmet(search.seed, attempt, rough)
                search.take(attempt, unmet, rough)

    def _unmet(self, seed: int, attempt: int, rough: Rough) -> int | None:
        """Return how far a draw is from the wish of the seed (`look`), None if it will not do."""
        try:
            return _roughly(self._question, seed, rough)
        except _Unclear:
            variant = draw(
                self._question, question_id="", content_hash="", seed=seed, attempt=attempt
            )
            looked = look(variant, self._evaluate(self._question, variant.given))
            return looked if isinstance(looked, int) else None


class _Unclear(Exception):
    """Values are so close to a limit that their last bits matter."""


def _roughly(question: ValuedQuestion, seed: int, rough: Rough) -> int | None:
    """Judge a draw by its rough values, as `look` does by exact ones. Raises _Unclear."""
    tolerance, right, error = question.tolerance, rough.value, rough.error
    if not math.isfinite(right):
        return None
    zero_allowed = is_fixed(question)
    if not zero_allowed and not _above(abs(right), allowed(tolerance, right), error):
        return None
    if isinstance(question, CalculatedChoiceQuestion):
        return _rank_unmet(question, seed, rough, error)
    possible = {name for name, _ in rough.mistakes}
    if not possible.issuperset(question.mistakes or ()):
        return None
    in_order = sorted([right, *(value for _, value in rough.mistakes)])
    for low, high in pairwise(in_order):  # the closest pair of all is one of neighbours
        margin = max(allowed(tolerance, low), allowed(tolerance, high))
        if not _above(high - low, 2 * margin, error):
            return None
    alike = any(
        reads_alike(value, right, tolerance)
        for _, value in rough.mistakes
        if _may_read_alike(value, right, tolerance) and _rounds_clearly(value, right, error)
    )
    return None if alike else 0


def _above(value: float, limit: float, error: float) -> bool:
    """Whether a value is above a limit. Raises _Unclear where the error could decide."""
    if abs(value - limit) <= 4 * error:
        raise _Unclear
    return value > limit


def _may_read_alike(mistaken: float, right: float, tolerance: Tolerance) -> bool:
    """Whether a mistaken value might pass for the right one rounded to fewer places.

    That takes one place less than asked for, or two significant digits (`rounding_slip`): values
    further apart than a unit of the last of them never do.
    """
    unit = max(10.0 ** (1 - places_needed(tolerance, right)), abs(mistaken) / 10)
    return abs(mistaken - right) <= 1.1 * unit


def _rounds_clearly(mistaken: float, right: float, error: float) -> bool:
    """Return true where no rounding of either value depends on the error, else raise _Unclear."""
    for value in (mistaken, right):
        for places in range(_MOST_DECIMALS + 1):
            halves = abs(value) * 2 * 10**places
            if abs(halves - round(halves)) <= max(8 * error * 10**places, 1e-6):
                raise _Unclear
    return True


def _rank_unmet(
    question: CalculatedChoiceQuestion, seed: int, rough: Rough, error: float
) -> int | None:
    """Return the place in the seed's wishes of the first rank that the key can have."""
    if not by_places(question.tolerance):
        raise _Unclear  # the limit differs from value to value
    limit = 2 * allowed(question.tolerance, rough.value)
    apart = partial(_told_apart, right=rough.value, limit=limit, error=error)
    values = sorted(value for _, value in rough.mistakes)
    smaller = apart([value for value in reversed(values) if value < rough.value])
    larger = apart([value for value in values if value >= rough.value])
    for unmet, rank in enumerate(wished_ranks(question, seed)):
        if smaller >= rank and larger >= WRONG - rank:
            return unmet
    return None


def _told_apart(values: Sequence[float], *, right: float, limit: float, error: float) -> int:
    """Count how many of the values, ever further from the right one, can be options together."""
    last, count = right, 0
    for value in values:
        if _above(abs(value - last), limit, error):
            last, count = value, count + 1
    return count


def _times(value: float, other: float, tolerance: Tolerance) -> float:
    margin = max(allowed(tolerance, value), allowed(tolerance, other))
    return abs(value - other) / margin if margin else math.inf


def _result(question: ValuedQuestion, seed: _Seed, evaluate: Evaluate) -> Settled | Unsettled:
    found = seed.settled()
    if found is not None:
        return found
    try:  # once more with every obstacle counted
        settle(
            question, question_id=question.id, content_hash="", seed=seed.seed, evaluate=evaluate
        )
    except Undiagnosable as error:
        return Unsettled(seed.seed, error.text)
    raise RuntimeError(f"seed {seed.seed} of {question.id} was settled only in the second search")
