"""What guessing is worth: the chance that somebody who knows nothing answers a question rightly."""

from __future__ import annotations

import math

from questions.calculated_options import WRONG
from questions.model import (
    BlankQuestion,
    CalculatedChoiceQuestion,
    CardQuestion,
    ChoiceQuestion,
    CodeQuestion,
    CompareQuestion,
    MatchQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderQuestion,
    PickQuestion,
    Question,
    TermQuestion,
    TrueFalseQuestion,
)
from questions.picking import OTHERS


def guess_chance(question: Question) -> float:
    """Return the chance, 0 … 1, that an answer drawn at random is wholly right.

    What is typed cannot be guessed. A flashcard is judged by the learner: 0 as well.
    """
    match question:
        case ChoiceQuestion():
            return 1 / len(question.options)
        case MultipleQuestion():
            return 1 / (2.0 ** len(question.options) - 1)  # none at all is no answer
        case TrueFalseQuestion():
            return 1 / 2
        case PickQuestion():
            return 1 / (OTHERS + 1)
        case CalculatedChoiceQuestion():
            return 1 / (WRONG + 1)
        case CompareQuestion():
            return 1 / (len(question.sides) + question.equal)
        case OrderQuestion():
            return 1 / math.factorial(len(question.items))
        case MatchQuestion():
            return _of_match(question)
        case BlankQuestion():
            if question.combinations:
                return 1 / len(question.combinations)
            return 1 / math.prod(len(gap.options) for gap in question.gaps.values())
        case NumericQuestion() | TermQuestion() | CardQuestion() | CodeQuestion():
            return 0.0


def _of_match(question: MatchQuestion) -> float:
    rights = [pair.right for pair in question.pairs]
    texts = [*rights, *(decoy.text for decoy in question.extra)]
    if question.reuse:
        return float(len(set(texts))) ** -len(rights)
    # Right sides of the same text stand for each other.
    same = math.prod(math.factorial(texts.count(text)) for text in set(texts) & set(rights))
    left = math.prod(
        math.factorial(texts.count(text) - rights.count(text)) for text in set(texts) & set(rights)
    )
    return same / left / math.perm(len(texts), len(rights))
