"""The kinds of question, as an author writes them."""

from questions.model.base import (
    LONGEST_PATH,
    Difficulty,
    Frozen,
    Language,
    Level,
    Prose,
    QuestionBase,
    Scope,
    Slug,
)
from questions.model.cases import CaseQuestion
from questions.model.computed import (
    CalculatedChoiceQuestion,
    Computation,
    ComputedQuestion,
    Input,
    NumericQuestion,
    Tolerance,
)
from questions.model.options import (
    ChoiceQuestion,
    Distractor,
    MultipleQuestion,
    Option,
    PickQuestion,
    TrueFalseQuestion,
)
from questions.model.pack import (
    Pack,
    WrittenQuestion,
    content_hash,
)
from questions.model.question import Question
from questions.model.samplers import (
    Choice,
    ClassIndex,
    Fixed,
    Integer,
    Labels,
    Probs,
    Sampler,
    Uniform,
)
from questions.model.words import REVERSE, CardQuestion, RejectedTerm, TermAnswer, TermQuestion

__all__ = [
    "LONGEST_PATH",
    "REVERSE",
    "CalculatedChoiceQuestion",
    "CardQuestion",
    "CaseQuestion",
    "Choice",
    "ChoiceQuestion",
    "ClassIndex",
    "Computation",
    "ComputedQuestion",
    "Difficulty",
    "Distractor",
    "Fixed",
    "Frozen",
    "Input",
    "Integer",
    "Labels",
    "Language",
    "Level",
    "MultipleQuestion",
    "NumericQuestion",
    "Option",
    "Pack",
    "PickQuestion",
    "Probs",
    "Prose",
    "Question",
    "QuestionBase",
    "RejectedTerm",
    "Sampler",
    "Scope",
    "Slug",
    "TermAnswer",
    "TermQuestion",
    "Tolerance",
    "TrueFalseQuestion",
    "Uniform",
    "WrittenQuestion",
    "content_hash",
]
