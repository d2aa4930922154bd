"""What running a loss on one variant's numbers gave. Plain data: it crosses a pipe as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from losses.text import Text
from losses.worked.step import Step


@dataclass(frozen=True, slots=True)
class MistakeValue:
    """A known mistake and the number it leads to with these numbers."""

    id: str
    value: float
    says: Text
    remedy: Text
    departs_at: str


@dataclass(frozen=True, slots=True)
class SideValue:
    """The value of one side of a comparison, and how it is worked."""

    value: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The right value, each mistake's value, the worked steps, and what computed them."""

    value: float
    mistakes: tuple[MistakeValue, ...]
    steps: tuple[Step, ...]
    dtype: str
    torch_version: str
    sides: tuple[SideValue, ...] = ()  # of a comparison, in the author's order
