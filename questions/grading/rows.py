"""Questions with places to be filled: read what was put where, and give credit for a part."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

from losses.text import Text
from questions.grading.unreadable import unreadable
from questions.model import BlankQuestion, MatchQuestion, OrderQuestion
from questions.variant import ShownOption, ShownRow, Variant
from questions.verdict import OptionReason, Outcome, RowReason, Verdict

_LETTERS = "abcdefghi"
_BETWEEN = " \t,、・"  # what may stand between the numbers
_ARROWS = "-→⇒>＞ー−"  # and between those of an order
OPEN = "-"  # stands for a place that was left open
_OPEN = "-_ー−―"


def grade_rows(variant: Variant, raw: str) -> Verdict:
    """Grade what was put into the places of a variant. Raises TypeError for one without."""
    if not variant.rows:
        raise TypeError(f"{variant.question_id} has no places to be filled")
    if isinstance(variant.question, OrderQuestion):
        return grade_order(variant, raw)
    return grade_places(variant, raw)


def grade_order(variant: Variant, raw: str) -> Verdict:
    """Grade an order: the labels of all items in that order, `3 1 2`, `312` or `3→1→2`.

    The score is 1 − m / (n − 1) where m of the n items have to be moved to get the right order.
    What does not name every item once is unreadable and costs no attempt.
    """
    labels = read_order(variant, raw)
    rows = variant.rows
    if labels is None:
        example = " ".join(reversed([option.label for option in rows[0].options]))
        return unreadable(
            raw,
            Text(
                f"1から{len(rows)}の番号を、正しいと思う順にすべて並べて答える（例: {example}）。",
                f"Answer with all numbers from 1 to {len(rows)} in the order you think right, "
                f"such as {example}.",
            ),
        )
    expected = tuple(_belonging(row).label for row in rows)
    moves = to_be_moved([expected.index(label) for label in labels])
    last = len(rows) - 1
    score = 1 - Fraction(moves, last)
    order = " ".join(expected)
    if moves == 0:
        message = Text("正しい順に並んでいる。", "That is the right order.")
    else:
        message = Text(
            f"正しい順は{order}。あと{moves}個を動かせば正しい順になるので、"
            f"得点は1 − {moves}/{last} = {score}。",
            f"The right order is {order}. Items still to be moved: {moves}; "
            f"score 1 − {moves}/{last} = {score}.",
        )
    return Verdict(
        outcome=_outcome(score),
        score=float(score),
        raw=raw,
        message=message,
        read=" ".join(labels),
        expected=order,
        rows=_filled(rows, labels),
        explanation=variant.explanation,
        source=variant.question.source,
    )


def grade_places(variant: Variant, raw: str) -> Verdict:
    """Grade a match, or the gaps of a passage: one label for each place, `2 1 3` or `213`.

    `-` leaves a place open. The score is the share of the places that are right: nothing is taken
    off for wrong ones. What does not fill every place, or uses a label of a match again where
    that is not allowed, is unreadable and costs no attempt.
    """
    labels = read_places(variant, raw)
    rows = variant.rows
    if labels is None:
        return unreadable(raw, _how_to_fill(variant))
    right = [_chosen(row, label) for row, label in zip(rows, labels, strict=True)]
    hits = sum(option is not None and option.right for option in right)
    score = Fraction(hits, len(rows))
    expected = " ".join(_expected(variant, labels))
    if hits == len(rows):
        message = Text("すべて正しい。", "All of them are right.")
    else:
        message = Text(
            f"正解は{expected}。{len(rows)}個のうち{hits}個が正しいので、得点は{score}。",
            f"The right answer is {expected}. Right: {hits} of {len(rows)}; score {score}.",
        )
    return Verdict(
        outcome=_outcome(score),
        score=float(score),
        raw=raw,
        message=message,
        read=" ".join(label or OPEN for label in labels),
        expected=expected,
        rows=_filled(rows, labels),
        reasons=_belonging_nowhere(variant, labels),
        explanation=variant.explanation,
        source=variant.question.source,
    )


def read_order(variant: Variant, raw: str) -> tuple[str, ...] | None:
    """Return the labels of all items in the order of a text, None where it is unclear."""
    known = [option.label for option in variant.rows[0].options]
    labels = [_label(character) for character in _marks(raw, _BETWEEN + _ARROWS)]
    return tuple(labels) if sorted(labels) == known else None


def read_places(variant: Variant, raw: str) -> tuple[str | None, ...] | None:
    """Return the label for each place, None for one left open; None where the text is unclear."""
    labels = [
        None if character in _OPEN else _label(character) for character in _marks(raw, _BETWEEN)
    ]
    if len(labels) != len(variant.rows):
        return None
    used = [label for label in labels if label is not None]
    if not used or (uses_each_once(variant) and len(set(used)) < len(used)):
        return None
    for row, label in zip(variant.rows, labels, strict=True):
        if label is not None and _chosen(row, label) is None:
            return None
    return tuple(labels)


def uses_each_once(variant: Variant) -> bool:
    """Return whether an option that fills one place cannot fill another one too."""
    return isinstance(variant.question, MatchQuestion) and not variant.question.reuse


def to_be_moved(order: Sequence[int]) -> int:
    """Return how many of these distinct numbers have to be moved to make them ascend.

    All but those of a longest ascending subsequence.
    """
    ends: list[int] = []  # the least number that an ascending subsequence of each length ends with
    for number in order:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
    return len(order) - len(ends)


def _marks(raw: str, between: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", raw).lower()
    return [character for character in folded.strip() if character not in between]


def _label(character: str) -> str:
    return str(_LETTERS.index(character) + 1) if character in _LETTERS else character


def _how_to_fill(variant: Variant) -> Text:
    rows = variant.rows
    example = " ".join(str(1 + place % len(rows[place].options)) for place in range(len(rows)))
    once = uses_each_once(variant)
    if isinstance(variant.question, BlankQuestion):
        return Text(
            f"{len(rows)}か所の空欄に入る番号を、順に1つずつ答える（例: {example}）。",
            f"Answer with one number for each of the {len(rows)} gaps, in order, "
            f"such as {example}.",
        )
    return Text(
        f"{len(rows)}個の項目に当てはまる番号を、上から順に1つずつ答える（例: {example}）。"
        + ("同じ番号は一度だけ使う。" if once else "同じ番号を何度使ってもよい。"),
        f"Answer with one number for each of the {len(rows)} items, in order, such as {example}. "
        + ("Use each number once." if once else "A number may be used again."),
    )


def _outcome(score: Fraction) -> Outcome:
    return "correct" if score == 1 else "partial" if score else "wrong"


def _belonging(row: ShownRow) -> ShownOption:
    return next(option for option in row.options if option.right)


def _chosen(row: ShownRow, label: str | None) -> ShownOption | None:
    return next((option for option in row.options if option.label == label), None)


def _filled(rows: Sequence[ShownRow], labels: Sequence[str | None]) -> tuple[RowReason, ...]:
    filled: list[RowReason] = []
    for row, label in zip(rows, labels, strict=True):
        belongs, chosen = _belonging(row), _chosen(row, label)
        filled.append(
            RowReason(
                label=row.label,
                text=row.text,
                chosen="" if chosen is None else chosen.text,
                expected=belongs.text,
                reason=belongs.reason,
                right=chosen is not None and chosen.right,
            )
        )
    return tuple(filled)


def _expected(variant: Variant, labels: Sequence[str | None]) -> list[str]:
    """Return a right answer: where several labels are right in a row, the one that was chosen."""
    expected: list[str | None] = []
    for row, label in zip(variant.rows, labels, strict=True):
        chosen = _chosen(row, label)
        expected.append(chosen.label if chosen is not None and chosen.right else None)
    once = uses_each_once(variant)
    for place, row in enumerate(variant.rows):
        if expected[place] is None:
            expected[place] = next(
                option.label
                for option in row.options
                if option.right and not (once and option.label in expected)
            )
    return [label for label in expected if label is not None]


def _belonging_nowhere(variant: Variant, labels: Sequence[str | None]) -> tuple[OptionReason, ...]:
    """Return the options that fill no place rightly, each of them once."""
    if isinstance(variant.question, MatchQuestion):
        right = {option.text for row in variant.rows for option in row.options if option.right}
        return tuple(
            OptionReason(
                option.label, option.text, option.reason, right=False, chosen=option.label in labels
            )
            for option in variant.rows[0].options
            if option.text not in right
        )
    return tuple(
        OptionReason(
            f"{row.text}{option.label}",
            option.text,
            option.reason,
            right=False,
            chosen=option.label == label,
        )
        for row, label in zip(variant.rows, labels, strict=True)
        for option in row.options
        if not option.right
    )
