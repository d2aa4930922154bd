"""What running a loss on one variant's numbers gave. Plain data: it crosses a pipe as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from losses.text import Text
from losses.worked.step import Step


@dataclass(frozen=True, slots=True)
class MistakeValue:
    """A known mistake and the number it leads to with these numbers.

    `count`: how many things went wrong; of two the id is "first+second".
    """

    id: str
    value: float
    says: Text
    remedy: Text
    departs_at: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class SideValue:
    """The value of one side of a comparison, and how it is worked."""

    value: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The right value, each mistake's value, the worked steps, and what computed them.

    `mistakes` are those that the numbers were chosen to show. `further` are others that may
    explain a number, the simplest first; nothing keeps their values apart from each other.
    """

    value: float
    mistakes: tuple[MistakeValue, ...]
    steps: tuple[Step, ...]
    dtype: str
    torch_version: str
    sides: tuple[SideValue, ...] = ()  # of a comparison, in the author's order
    further: tuple[MistakeValue, ...] = ()
