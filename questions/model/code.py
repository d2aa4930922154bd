"""A loss to be written or repaired, which is run beside the reference."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from questions.model.base import Frozen, Prose, QuestionBase
from questions.model.computed import Computation
from questions.model.samplers import Sampler

# Not stripped: the first line of a program may be indented by mistake, and that is to be seen.
Code = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=80)]


class Edge(Frozen):
    """An input that random draws hardly meet: `given` stands for the givens of these names."""

    says: Prose  # what is particular about it, shown where a program fails on it
    given: dict[str, float | tuple[float, ...] | tuple[tuple[float, ...], ...]] = Field(
        min_length=1
    )


class CodeQuestion(QuestionBase):
    """A function or an `nn.Module` to be written or repaired.

    It is called with the tensors of the loss in the order of the catalogue; options of the loss
    among the inputs go by keyword to the function, or to the class when it is made. Its value and
    its gradient are compared with those of the loss on several draws of the givens and on the
    edges, in float64 and float32.
    """

    kind: Literal["code"]
    form: Literal["function", "module"]
    entry: Name
    starter: Code  # what the editor shows at first
    solution: Code  # a right program, shown with the verdict
    given: dict[str, Sampler]
    compute: Computation
    gradient: str | None = None  # a tensor of the loss; None: the first that is not whole numbers
    columns: tuple[str, ...] = ()  # vectors that the program gets as (n, 1), the loss as (n,)
    hidden: tuple[str, ...] = ()  # options that the loss is given and the program is not
    edges: tuple[Edge, ...] = Field(default=(), max_length=10)
    mistakes: tuple[str, ...] | None = None  # recognised; None: all that are known of the loss
