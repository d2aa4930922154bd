"""What computing a question over many seeds shows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean, median

from losses.text import Text
from questions.calculated_options import WRONG
from questions.compute.client import ComputeWorker
from questions.known_mistakes import known_mistakes
from questions.lint.computing import Settled, Unsettled, drawn, in_single_precision, settled
from questions.model import (
    CompareQuestion,
    Computation,
    ComputedQuestion,
    Fixed,
    NumericQuestion,
    Tolerance,
    ValuedQuestion,
)
from questions.packfile.complaint import Complaint
from questions.packfile.tree import Path
from questions.settle import hidden
from questions.tolerance import allowed

RIGHT = ""  # stands for the right value where mistakes are named

_DISCARDED = 4.0  # draws for one that is kept: more, and little is left to draw from
_LOOKED_AT = 20  # discarded draws
_FINER = 100.0  # times: what is apart with so much less tolerance, the tolerance has swallowed
_LARGE_PART = 0.05  # of the value: the answer has one significant digit
_FEWEST_SEEDS, _FEWEST_DIFFERENT = 20, 8


@dataclass(frozen=True, slots=True)
class Tightest:
    """The two values of a question that come closest: RIGHT or ids of mistakes.

    `times`: their distance in tolerances; two values up to 2 apart cannot be told from each other.
    """

    between: tuple[str, str]
    times: float
    seed: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was found about the numbers of one question.

    `ranks`: of a calculated choice, how often the key was the smallest option, the second …
    """

    variants: int
    tightest: Tightest | None
    complaints: tuple[Complaint, ...]
    ranks: tuple[int, ...] = ()


def numbers_of(worker: ComputeWorker, question: ComputedQuestion, *, seeds: int) -> Numbers:
    """Compute a question over the seeds 0, 1, …; the first seed without numbers ends it.

    One seed is enough where nothing is drawn. Raises ComputeUnavailable.
    """
    fixed = all(isinstance(sampler, Fixed) for sampler in question.given.values())
    variants: list[Settled] = []
    for result in settled(worker, question, range(1 if fixed else seeds)):
        if isinstance(result, Unsettled):
            complaint = _unsettled(question, result)
            return Numbers(len(variants) + 1, None, (complaint,))
        variants.append(result)
    if isinstance(question, CompareQuestion):
        found = [
            *_same_numbers(question, variants, fixed=fixed),
            *_never_right(question, variants),
        ]
        return Numbers(len(variants), None, tuple(found))
    complaints = [
        *_precision(question, variants, in_single_precision(worker, question, variants)),
        *(_swallowed(worker, question, variants) if isinstance(question, NumericQuestion) else ()),
        *_coarse(question, variants),
        *_same_numbers(question, variants, fixed=fixed),
        *_no_mistake(question, variants),
    ]
    ranks = Counter(variant.rank for variant in variants if variant.rank is not None)
    return Numbers(
        len(variants),
        tightest_of(variants, question.tolerance),
        tuple(complaints),
        tuple(ranks[rank] for rank in range(WRONG + 1)) if ranks else (),
    )


def tightest_of(variants: Sequence[Settled], tolerance: Tolerance) -> Tightest | None:
    """Return the two values that come closest over all variants; None without mistakes."""
    return min(
        (
            Tightest((one, other), _times(value, other_value, tolerance), variant.seed)
            for variant in variants
            for (one, value), (other, other_value) in combinations(
                ((RIGHT, variant.value), *variant.mistakes), 2
            )
        ),
        key=lambda each: each.times,
        default=None,
    )


def _times(value: float, other: float, tolerance: Tolerance) -> float:
    margin = max(allowed(tolerance, value), allowed(tolerance, other))
    return abs(value - other) / margin if margin else math.inf


def _unsettled(question: ComputedQuestion, result: Unsettled) -> Complaint:
    first = result.first
    if first is None or not math.isfinite(first.value):
        return Complaint(
            ("sides",) if isinstance(question, CompareQuestion) else ("compute",),
            Text(
                f"シード{result.seed}で計算できない。{result.text.ja}",
                f"Seed {result.seed} cannot be computed. {result.text.en}",
            ),
            Text(
                "givenの範囲を損失の定義域に合わせる。",
                "Keep the givens within the domain of the loss.",
            ),
            code="N101",
        )
    if isinstance(question, CompareQuestion):
        return Complaint(
            ("sides",),
            Text(
                f"シード{result.seed}では、どう引いても答えが決まらない。{result.text.ja}",
                f"Seed {result.seed}: no draw decides it. {result.text.en}",
            ),
            Text(
                "givenの範囲を広げるか、marginを小さくするか、equal: true とする。",
                "Widen the ranges of the givens, lower margin, or set equal: true.",
            ),
            code="N102",
        )
    if _swallows(first.value, [each.value for each in first.mistakes], question.tolerance):
        hint = Text("許容誤差を小さくする。", "Make the tolerance smaller.")
    else:
        hint = Text(
            "givenの範囲を広げるか、mistakesに区別できる誤りだけを書く。",
            "Widen the ranges of the givens, or list only other mistakes in mistakes.",
        )
    return Complaint(
        ("mistakes",) if question.mistakes else ("compute",),
        Text(
            f"シード{result.seed}では、どう引いても問題にならない。{result.text.ja}",
            f"Seed {result.seed}: no draw makes a question. {result.text.en}",
        ),
        hint,
        code="N102",
    )


def _never_right(question: CompareQuestion, variants: Sequence[Settled]) -> Iterator[Complaint]:
    if len(variants) < _FEWEST_SEEDS:
        return
    keys = {variant.key for variant in variants}
    for place, side in enumerate(question.sides):
        if place not in keys:
            yield Complaint(
                ("sides", place, "text"),
                Text(
                    f"{len(variants)}通りのシードで、「{side.text}」は一度も正解にならない。",
                    f"'{side.text}' is never right in {len(variants)} seeds.",
                ),
                Text(
                    "どれもが正解になりうるようにgivenの範囲を選ぶ。",
                    "Choose ranges with which each can be right.",
                ),
                code="N108",
            )
    if question.equal and len(question.sides) not in keys:
        yield Complaint(
            ("equal",),
            Text(
                f"{len(variants)}通りのシードで、値は一度も等しくならない。",
                f"The values are never the same in {len(variants)} seeds.",
            ),
            Text("equal を削除する。", "Remove equal."),
            code="N108",
        )


def _precision(
    question: ValuedQuestion, variants: Sequence[Settled], singles: Sequence[float | None]
) -> Iterator[Complaint]:
    off = [
        (abs(single - variant.value), variant)
        for variant, single in zip(variants, singles, strict=True)
        if single is not None
    ]
    far, variant = max(off, key=lambda each: each[0], default=(0.0, None))
    if variant is not None and far > allowed(question.tolerance, variant.value) / 2:
        yield Complaint(
            _tolerance_path(question),
            Text(
                f"許容誤差が細かすぎる。シード{variant.seed}では、float32で計算した値が"
                f"float64の値と{far:.1e}違う。",
                f"The tolerance is too fine: with seed {variant.seed}, float32 and float64 "
                f"differ by {far:.1e}.",
            ),
            Text(
                "decimalsを減らすか、atolかrtolを大きくする。",
                "Lower decimals or raise atol or rtol.",
            ),
            code="N103",
        )


def _swallowed(
    worker: ComputeWorker, question: ValuedQuestion, variants: Sequence[Settled]
) -> Iterator[Complaint]:
    discarded = mean(variant.attempt for variant in variants)
    if discarded < _DISCARDED:
        return
    looked_at = [variant for variant in variants if variant.attempt][:_LOOKED_AT]
    swallowed: Counter[Text] = Counter()
    for variant in looked_at:
        first = drawn(worker, question, variant.seed)
        if first is None:
            continue
        text = hidden(first, question.tolerance)
        if text and _swallows(
            first.value, [each.value for each in first.mistakes], question.tolerance
        ):
            swallowed[text] += 1
    if 2 * swallowed.total() > len(looked_at):
        text = swallowed.most_common(1)[0][0]
        kept = 1 / (1 + discarded)
        yield Complaint(
            _tolerance_path(question),
            Text(
                f"許容誤差が広く、引いた数の{kept:.0%}しか使えない。多いのは: {text.ja}",
                f"The tolerance is so wide that only {kept:.0%} of the draws can be used; "
                f"mostly: {text.en}",
            ),
            Text(
                "許容誤差を小さくするか、givenの範囲を広げる。",
                "Make the tolerance smaller or the ranges wider.",
            ),
            code="N104",
        )


def _swallows(right: float, mistakes: Sequence[float], tolerance: Tolerance) -> bool:
    """Whether two values are within the tolerance but would be apart with a much finer one."""
    return any(
        2 / _FINER < _times(one, other, tolerance) <= 2
        for one, other in combinations((right, *mistakes), 2)
    )


def _coarse(question: ValuedQuestion, variants: Sequence[Settled]) -> Iterator[Complaint]:
    part = median(
        allowed(question.tolerance, variant.value) / abs(variant.value) if variant.value else 0.0
        for variant in variants
    )
    if part > _LARGE_PART:
        yield Complaint(
            _tolerance_path(question),
            Text(
                f"許容誤差が答えの大きさの{part:.0%}ある（中央値）。",
                f"The tolerance is {part:.0%} of the size of the answer (median).",
            ),
            Text(
                "decimalsを増やすか、atolかrtolを小さくする。",
                "Raise decimals or lower atol or rtol.",
            ),
            code="N105",
        )


def _same_numbers(
    question: ComputedQuestion, variants: Sequence[Settled], *, fixed: bool
) -> Iterator[Complaint]:
    different = len({variant.given for variant in variants})
    if not fixed and len(variants) >= _FEWEST_SEEDS and different < _FEWEST_DIFFERENT:
        yield Complaint(
            ("given",),
            Text(
                f"{len(variants)}通りのシードから{different}通りの数しか出ない。",
                f"{len(variants)} seeds give only {different} different sets of numbers.",
            ),
            Text(
                "範囲を広げるかdecimalsを増やす。一定でよければ sample: fixed と書く。",
                "Widen the ranges or raise decimals; write sample: fixed if they may stay the same.",
            ),
            at_key=True,
            code="N106",
        )


def _no_mistake(question: ValuedQuestion, variants: Sequence[Settled]) -> Iterator[Complaint]:
    known = known_mistakes(question.compute)
    if known and not any(variant.mistakes for variant in variants):
        yield Complaint(
            ("compute", "loss") if isinstance(question.compute, Computation) else ("compute",),
            Text(
                "登録された誤りが一度も起こらないため、誤答の原因を示せない。",
                "No known mistake is possible, so a wrong answer cannot be explained.",
            ),
            Text(
                f"mistakesに書けるのは {'、'.join(known)}。",
                f"mistakes may name {', '.join(known)}.",
            ),
            code="N107",
        )


def _tolerance_path(question: ValuedQuestion) -> Path:
    """Return where the tolerance is written; where it is not, the path leads to the question."""
    return ("tolerance",) if "tolerance" in question.model_fields_set else ("compute",)
