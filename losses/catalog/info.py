"""What is known of a loss without computing it. Nothing here may import torch.

The entries of the catalogue are compared by identity (eq=False): there is one of each, and making
these classes is a third of what `import losses` costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from losses.text import Text

Family = Literal[
    "regression",
    "classification",
    "distribution",
    "ranking",
    "region",
    "box",
    "generative",
    "embedding",
    "sequence",
    "combined",
]

# The space an argument lives in. Half of the mistakes of learners confuse two of these.
Space = Literal[
    "values",  # real numbers in the unit of the quantity
    "logits",  # any real number, before sigmoid or softmax
    "probs",  # in [0, 1]
    "log_probs",  # (-inf, 0]
    "scores",  # any real number; only order or sign matters
    "labels01",  # 0 or 1 (also soft labels in [0, 1])
    "labels_pm1",  # -1 or +1
    "class_index",  # 0 .. K-1
    "relevance",  # grade of relevance, >= 0
    "var",  # > 0
    "log_var",  # any real number
    "log_rate",  # any real number: logarithm of an expected count
    "counts",  # 0, 1, 2, ...
    "distances",  # >= 0
    "embeddings",  # vectors
    "mask",  # in [0, 1], one value a pixel
    "boxes",  # (x1, y1, x2, y2) with x1 <= x2 and y1 <= y2
    "weights",  # >= 0
    "lengths",  # counts
    "parameters",  # weights of a model
]

Unit = Literal["unit", "unit²", "nats", "none"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Argument:
    """One tensor argument: its space, shape and domain."""

    name: str
    space: Space
    shape: str
    domain: str
    says: Text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Option:
    """One keyword option: its default and domain.

    `space` is set where the option is a tensor: `losses.compute` then takes it as a list.
    """

    name: str
    default: float | int | bool | str | None
    domain: str
    says: Text
    space: Space | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Properties:
    """Mathematical properties, in the prediction with the target held fixed.

    `None` means that the property does not apply or depends on an option.
    """

    convex: bool | None
    differentiable: bool | None  # everywhere on the domain
    bounded: bool | None  # from above
    symmetric: bool | None  # under exchange of prediction and target
    outlier_robust: bool | None  # real targets: gradient of a term stays bounded for a large error
    unit: Unit
    minimum: float | None
    minimum_at: Text


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """Where a loss comes from."""

    author: str
    year: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MistakeInfo:
    """A wrong calculation that learners make; `losses.mistakes` can run it.

    `departs_at` is the id of the step of `losses.worked` from which the wrong calculation
    goes its own way.
    """

    id: str
    says: Text
    remedy: Text
    departs_at: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LossInfo:
    """One entry of the catalogue."""

    id: str
    name: Text
    abbreviation: str | None = None
    aliases: tuple[str, ...] = ()
    misnomers: Mapping[str, str] = field(default_factory=dict)  # rejected word -> right term
    family: Family
    role: Literal["loss", "metric"] = "loss"
    tasks: tuple[str, ...]
    syllabus: str  # item of the G検定 syllabus, or "beyond"
    latex: str
    formula: str  # the same in Unicode, for a terminal
    arguments: tuple[Argument, ...]
    options: tuple[Option, ...] = ()
    denominator: Text  # what reduction="mean" divides by
    properties: Properties
    pytorch: str | None  # dotted name, None where PyTorch has none
    snippet: str
    use_when: Text
    avoid_when: Text
    papers: tuple[Paper, ...]
    neighbours: tuple[str, ...]  # ids it is confused with
    mistakes: tuple[MistakeInfo, ...]

    def argument(self, name: str) -> Argument:
        """Return the argument called `name`. Raises KeyError for an unknown one."""
        for argument in self.arguments:
            if argument.name == name:
                return argument
        raise KeyError(name)
