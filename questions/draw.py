"""(question, seed) -> Variant: the concrete numbers, and the options in the order shown."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from losses.text import Language, Text
from questions.gaps import gap_names, with_gaps
from questions.model import (
    BlankQuestion,
    CalculatedChoiceQuestion,
    ChoiceQuestion,
    CodeQuestion,
    ComputedQuestion,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    Option,
    OrderQuestion,
    PickQuestion,
    Question,
    RowQuestion,
    TrueFalseQuestion,
)
from questions.picking import options_of
from questions.placeholders import filled
from questions.places import combinations, places
from questions.random_source import RandomSource
from questions.sampling import sample
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

    `language` is the question's: that of the words which its kind adds to those of the author.
    What is drawn depends on the question's own id, the seed and the attempt, not on the pack or
    on the words: mending a typing error keeps the numbers. Does not need torch. Raises
    ValueError where a sampler cannot give any number or the catalogue not enough options, which
    reading a pack has checked. The options of a calculated choice are not there yet:
    `questions.calculated_options` has them.
    """
    options: tuple[Option, ...]
    match question:
        case ChoiceQuestion() | MultipleQuestion():
            options = _shuffled(question.options, question.id, seed, attempt)
        case TrueFalseQuestion():
            options = _true_false(question, language)
        case PickQuestion():
            picked = options_of(question, seed=seed, attempt=attempt, language=language)
            options = _shuffled(picked, question.id, seed, attempt)
        case CodeQuestion():
            options = ()  # what the program is tried on: `questions.code.cases`
        case OrderQuestion() | MatchQuestion() | BlankQuestion():
            return _with_places(
                question,
                question_id=question_id,
                content_hash=content_hash,
                seed=seed,
                attempt=attempt,
                language=language,
            )
        case NumericQuestion() | CalculatedChoiceQuestion():
            return _computed(question, question_id, content_hash, seed, attempt)
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
        given=MappingProxyType({}),
    )


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
        given=MappingProxyType({}),
    )


def _computed(
    question: ComputedQuestion, question_id: str, content_hash: str, seed: int, attempt: int
) -> Variant:
    drawn = {
        # A source for each given: adding one does not change the numbers of the others.
        name: sample(sampler, RandomSource.named("given", question.id, seed, attempt, name))
        for name, sampler in question.given.items()
    }
    return Variant(
        question_id=question_id,
        content_hash=content_hash,
        question=question,
        seed=seed,
        attempt=attempt,
        stem=filled(question.stem, drawn),
        hints=tuple(filled(hint, drawn) for hint in question.hints),
        explanation=filled(question.explanation, drawn),
        given=MappingProxyType({name: number.value for name, number in drawn.items()}),
    )
