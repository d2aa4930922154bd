"""The places that a question leaves to be filled, with the options of each in shown order."""

from __future__ import annotations

from collections.abc import Mapping

from losses.text import Language, Text
from questions.gaps import gap_names, shown_gap
from questions.model import (
    BlankQuestion,
    MatchQuestion,
    Option,
    OrderItem,
    OrderQuestion,
)
from questions.random_source import RandomSource
from questions.variant import ShownOption, ShownRow


def places(
    question: OrderQuestion | MatchQuestion | BlankQuestion,
    *,
    seed: int,
    attempt: int,
    language: Language,
) -> tuple[ShownRow, ...]:
    """Return a row for each place; none for a blank with combinations, which has options.

    Every option of an order and of a match is in every row, with the same label.
    """
    match question:
        case OrderQuestion():
            return _order(question, seed, attempt, language)
        case MatchQuestion():
            return _match(question, seed, attempt)
        case BlankQuestion():
            return _gaps(question, seed, attempt, language)


def combinations(
    question: BlankQuestion, *, seed: int, attempt: int, language: Language
) -> tuple[ShownOption, ...]:
    """Return the combinations in shown order; `cells` has the values in the order of the gaps."""
    names = gap_names(question.stem)
    source = RandomSource.named("options", question.id, seed, attempt)
    return tuple(
        ShownOption(
            label=str(place),
            text=_in_words(combination.values, names, language),
            reason=combination.reason,
            right=combination.right,
            cells=tuple(combination.values[name] for name in names),
        )
        for place, combination in enumerate(source.shuffled(question.combinations), start=1)
    )


def _in_words(values: Mapping[str, str], names: tuple[str, ...], language: Language) -> str:
    between = "、" if language == "ja" else ", "
    space = "" if language == "ja" else " "
    return between.join(f"{shown_gap(name, language)}{space}{values[name]}" for name in names)


def _order(
    question: OrderQuestion, seed: int, attempt: int, language: Language
) -> tuple[ShownRow, ...]:
    shown = _out_of_order(question, seed, attempt)
    return tuple(
        ShownRow(
            label=str(place),
            text=Text(f"{place}番目", f"Place {place}").in_language(language),
            options=tuple(
                ShownOption(str(label), item.text, item.reason, right=item is belongs)
                for label, item in enumerate(shown, start=1)
            ),
        )
        for place, belongs in enumerate(question.items, start=1)
    )


def _out_of_order(question: OrderQuestion, seed: int, attempt: int) -> tuple[OrderItem, ...]:
    """Return the items in random order: each but the right one equally likely."""
    source = RandomSource.named("items", question.id, seed, attempt)
    while True:
        shown = source.shuffled(question.items)
        if shown != question.items:
            return shown


def _match(question: MatchQuestion, seed: int, attempt: int) -> tuple[ShownRow, ...]:
    sides = [
        *(Option(text=pair.right, reason=pair.reason) for pair in question.pairs),
        *(Option(text=decoy.text, reason=decoy.reason) for decoy in question.extra),
    ]
    if question.reuse:
        first: dict[str, Option] = {}
        for side in sides:
            first.setdefault(side.text, side)
        sides = list(first.values())
    shown = RandomSource.named("right-sides", question.id, seed, attempt).shuffled(sides)
    return tuple(
        ShownRow(
            label=str(place),
            text=pair.left,
            options=tuple(
                ShownOption(
                    label=str(label),
                    text=side.text,
                    reason=pair.reason if side.text == pair.right else side.reason,
                    right=side.text == pair.right,
                )
                for label, side in enumerate(shown, start=1)
            ),
        )
        for place, pair in enumerate(question.pairs, start=1)
    )


def _gaps(
    question: BlankQuestion, seed: int, attempt: int, language: Language
) -> tuple[ShownRow, ...]:
    names = (name for name in gap_names(question.stem) if name in question.gaps)
    return tuple(
        ShownRow(
            label=str(place),
            text=shown_gap(name, language),
            options=tuple(
                ShownOption(str(label), option.text, option.reason, option.right)
                for label, option in enumerate(
                    # A source for each gap: adding one does not shuffle the others anew.
                    RandomSource.named("gap", question.id, seed, attempt, name).shuffled(
                        question.gaps[name].options
                    ),
                    start=1,
                )
            ),
        )
        for place, name in enumerate(names, start=1)
    )
