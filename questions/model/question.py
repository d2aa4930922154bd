"""The union of all kinds of question that can be asked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from questions.model.code import CodeQuestion
from questions.model.computed import ComputedQuestion
from questions.model.options import (
    ChoiceQuestion,
    MultipleQuestion,
    PickQuestion,
    TrueFalseQuestion,
)
from questions.model.rows import BlankQuestion, MatchQuestion, OrderQuestion
from questions.model.words import CardQuestion, TermQuestion

Question = Annotated[
    ChoiceQuestion
    | MultipleQuestion
    | TrueFalseQuestion
    | PickQuestion
    | TermQuestion
    | CardQuestion
    | OrderQuestion
    | MatchQuestion
    | BlankQuestion
    | ComputedQuestion
    | CodeQuestion,
    Field(discriminator="kind"),
]
