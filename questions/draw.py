"""(question, seed) -> Variant: the concrete numbers, and the options in the order shown."""

from __future__ import annotations

from types import MappingProxyType

from questions.model import (
    CalculatedChoiceQuestion,
    ChoiceQuestion,
    ComputedQuestion,
    NumericQuestion,
    Question,
)
from questions.placeholders import filled
from questions.random_source import RandomSource
from questions.sampling import sample
from questions.variant import ShownOption, Variant


def draw(
    question: Question, *, question_id: str, content_hash: str, seed: int, attempt: int = 0
) -> Variant:
    """Return one concrete form of a question; the same arguments always give the same one.

    What is drawn depends on the question's own id, the seed and the attempt, not on the pack or
    on the words: mending a typing error keeps the numbers. Does not need torch. Raises
    ValueError where a sampler cannot give any number, which reading a pack has checked. The options
    of a calculated choice are not there yet: `questions.calculated_options` has them.
    """
    match question:
        case ChoiceQuestion():
            return _choice(question, question_id, content_hash, seed, attempt)
        case NumericQuestion() | CalculatedChoiceQuestion():
            return _computed(question, question_id, content_hash, seed, attempt)


def _choice(
    question: ChoiceQuestion, question_id: str, content_hash: str, seed: int, attempt: int
) -> Variant:
    source = RandomSource.named("options", question.id, seed, attempt)
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
            for place, option in enumerate(source.shuffled(question.options), start=1)
        ),
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
