"""What the program says of an answer. Plain data: screen, `--plain` and `--json` render it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from losses.text import Text, Words
from losses.worked.step import Step
from questions.code.findings import Finding
from questions.model import Tolerance

# `mistake`: wrong, and the number is what a known mistake leads to.
# `rounding`: the right value with the wrong number of places, cut off instead of rounded, or
# worked with rounded intermediate results.
# `partial`: some of what was asked for is right, and counts in the score but not as right.
# `unreadable`: costs no attempt.
Outcome = Literal["correct", "rounding", "partial", "mistake", "wrong", "unreadable"]

# The method was right; a slip of rounding is included.
RIGHT: tuple[Outcome, ...] = ("correct", "rounding")

Grade = Literal["again", "hard", "good", "easy"]

AGREES = Text("PyTorchの計算と一致した。", "It agrees with PyTorch.")
DIFFERS = Text("PyTorchの計算と一致しない。", "It does not agree with PyTorch.")


@dataclass(frozen=True, slots=True)
class OptionReason:
    """One option as it was shown, and why it is right or wrong."""

    label: str
    text: str
    reason: Words
    right: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowReason:
    """One place that was to be filled, what was put there and what belongs there, and why."""

    label: str
    text: str
    chosen: str  # as shown; empty: left open
    expected: str
    reason: Words
    right: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """A mistake whose value is the number that was typed."""

    id: str
    says: Text
    remedy: Text
    departs_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Right or wrong, and everything that explains it."""

    outcome: Outcome
    score: float  # 1 right, ¾ or ½ right but for the rounding, a share where partial, 0 otherwise
    raw: str  # as typed or chosen
    message: Text  # one sentence: what happened
    read: str | None = None  # how the typed text was read: "0,25 → 0.25"
    value: float | None = None  # the number read
    expected: str | None = None  # the right answer as it would be written
    expected_value: float | None = None  # at full precision
    tolerance: Tolerance | None = None
    mistakes: tuple[Recognised, ...] = ()  # several: they explain the number equally well
    steps: tuple[Step, ...] = ()
    reasons: tuple[OptionReason, ...] = ()
    rows: tuple[RowReason, ...] = ()
    accepted: tuple[str, ...] = ()  # of a term: every name that is right
    hints_used: int = 0  # they have lowered the score: questions.hints
    self_grade: Grade | None = None  # of a flashcard: how well the learner says to have known it
    explanation: str = ""
    source: str = ""
    torch_version: str | None = None
    dtype: str | None = None
    finding: Finding | None = None  # of a program: what differs first
    printed: str = ""  # by a program
    solution: str = ""  # a right program

    @property
    def right(self) -> bool:
        """Whether the method was right (a slip of rounding included)."""
        return self.outcome in RIGHT

    @property
    def graded(self) -> bool:
        """Whether it counts as an attempt."""
        return self.outcome != "unreadable"
