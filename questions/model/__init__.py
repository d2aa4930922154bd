"""The kinds of question, as an author writes them."""

from questions.model.base import (
    Difficulty,
    Frozen,
    Level,
    Prose,
    QuestionBase,
    Scope,
    Slug,
)
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
    PackHead,
    Question,
    content_hash,
)
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

__all__ = [
    "CalculatedChoiceQuestion",
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
    "Level",
    "MultipleQuestion",
    "NumericQuestion",
    "Option",
    "Pack",
    "PackHead",
    "PickQuestion",
    "Probs",
    "Prose",
    "Question",
    "QuestionBase",
    "Sampler",
    "Scope",
    "Slug",
    "Tolerance",
    "TrueFalseQuestion",
    "Uniform",
    "content_hash",
]
