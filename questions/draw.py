"""(question, seed) -> Variant: the concrete numbers, and the options in the order shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from losses.text import Language, Text
from questions.comparing import EQUAL, shown_order
from questions.gaps import gap_names, with_gaps
from questions.model import (
    BlankQuestion,
    CalculatedChoiceQuestion,
    CardQuestion,
    ChoiceQuestion,
    CodeQuestion,
    CompareQuestion,
    ComputedQuestion,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    Option,
    OrderQuestion,
    PickQuestion,
    Question,
    RowQuestion,
    TermQuestion,
    TrueFalseQuestion,
)
from questions.picking import options_of
from questions.placeholders import filled
from questions.places import combinations, places
from questions.random_source import RandomSource
from questions.sampling import Drawn, Said, drawn_givens
from questions.variant import ShownOption, Variant

JUDGEMENTS = {True: Text("正しい", "True"), False: Text("誤っている", "False")}


def draw(
    question: Question,
    *,
    question_id: str,
    content_hash: str,
    seed: int,
    attempt: int = 0,
    language: Language = "ja",
) -> Variant:
    """Return one concrete form of a question; the same arguments always give the same one.

    `language` is that of the pack, for a question that says none of its own: the words which its
    kind adds to those of the author are in it.
    What is drawn depends on the question's own id, the seed and the attempt, not on the pack or
    on the words: mending a typing error keeps the numbers. Does not need torch. Raises
    ValueError where a sampler cannot give any number or the catalogue not enough options, which
    reading a pack has checked. The options of a calculated choice are not there yet:
    `questions.calculated_options` has them. Those of a comparison are, but not which is right.
    """
    language = question.language or language
    options: tuple[Option, ...] = ()
    match question:
        case ChoiceQuestion() | MultipleQuestion():
            options = _shuffled(question.options, question.id, seed, attempt)
        case TrueFalseQuestion():
            options = _true_false(question, language)
        case PickQuestion():
            picked = options_of(question, seed=seed, attempt=attempt, language=language)
            options = _shuffled(picked, question.id, seed, attempt)
        case TermQuestion() | CardQuestion() | CodeQuestion():
            pass  # what a program is tried on: `questions.code.cases`
        case OrderQuestion() | MatchQuestion() | BlankQuestion():
            return _with_places(
                question,
                question_id=question_id,
                content_hash=content_hash,
                seed=seed,
                attempt=attempt,
                language=language,
            )
        case NumericQuestion() | CalculatedChoiceQuestion() | CompareQuestion():
            return _computed(
                question,
                question_id=question_id,
                content_hash=content_hash,
                seed=seed,
                attempt=attempt,
                language=language,
            )
    return Variant(
        question_id=question_id,
        content_hash=content_hash,
        question=question,
        seed=seed,
        attempt=attempt,
        stem=question.stem,
        hints=question.hints,
        explanation=question.explanation,
        options=tuple(
            ShownOption(str(place), option.text, option.reason, option.right)
            for place, option in enumerate(options, start=1)
        ),
        passage=question.passage,
        back=question.back if isinstance(question, CardQuestion) else "",
        language=language,
        given=MappingProxyType({}),
    )


def drawn_numbers(
    question: ComputedQuestion, *, seed: int, attempt: int
) -> Mapping[str, Drawn | Said]:
    """Return the givens of a variant alone, for whoever looks for an attempt that will do.

    Raises ValueError where a sampler cannot give any number.
    """

    def source(name: str) -> RandomSource:
        """A source for each given: adding one does not change the numbers of the others."""
        return RandomSource.named("given", question.id, seed, attempt, name)

    return drawn_givens(question.given, source)


def _true_false(question: TrueFalseQuestion, language: Language) -> tuple[Option, ...]:
    """Always in this order: there is nothing to be guessed from a place."""
    return tuple(
        Option(
            text=words.in_language(language),
            reason=question.right_reason if judgement is question.answer else question.wrong_reason,
            right=judgement is question.answer,
        )
        for judgement, words in JUDGEMENTS.items()
    )


def _shuffled(
    options: Sequence[Option], question_id: str, seed: int, attempt: int
) -> tuple[Option, ...]:
    return RandomSource.named("options", question_id, seed, attempt).shuffled(options)


def _with_places(
    question: RowQuestion,
    *,
    question_id: str,
    content_hash: str,
    seed: int,
    attempt: int,
    language: Language,
) -> Variant:
    gaps: tuple[str, ...] = ()
    options: tuple[ShownOption, ...] = ()
    if isinstance(question, BlankQuestion):
        gaps = gap_names(question.stem)
        options = combinations(question, seed=seed, attempt=attempt, language=language)
    return Variant(
        question_id=question_id,
        content_hash=content_hash,
        question=question,
        seed=seed,
        attempt=attempt,
        stem=with_gaps(question.stem, gaps, language),
        hints=tuple(with_gaps(hint, gaps, language) for hint in question.hints),
        explanation=with_gaps(question.explanation, gaps, language),
        options=options,
        rows=places(question, seed=seed, attempt=attempt, language=language),
        passage=question.passage,
        language=language,
        given=MappingProxyType({}),
    )


def _computed(
    question: ComputedQuestion,
    *,
    question_id: str,
    content_hash: str,
    seed: int,
    attempt: int,
    language: Language,
) -> Variant:
    drawn = drawn_numbers(question, seed=seed, attempt=attempt)
    return Variant(
        question_id=question_id,
        content_hash=content_hash,
        question=question,
        seed=seed,
        attempt=attempt,
        stem=filled(question.stem, drawn),
        hints=tuple(filled(hint, drawn) for hint in question.hints),
        explanation=filled(question.explanation, drawn),
        options=(
            _sides(question, drawn, seed, attempt, language)
            if isinstance(question, CompareQuestion)
            else ()
        ),
        passage=question.passage,  # shared with others: no numbers of this question in it
        language=language,
        given=MappingProxyType(
            {name: each.value for name, each in drawn.items() if each.value is not None}
        ),
    )


def _sides(
    question: CompareQuestion,
    drawn: Mapping[str, Drawn | Said],
    seed: int,
    attempt: int,
    language: Language,
) -> tuple[ShownOption, ...]:
    """Return the sides as options; which one is right is not known before they are computed."""
    texts = [filled(side.text, drawn) for side in question.sides]
    texts.append(EQUAL.in_language(language))
    return tuple(
        ShownOption(str(label), texts[place], reason="", right=False)
        for label, place in enumerate(shown_order(question, seed, attempt), start=1)
    )
