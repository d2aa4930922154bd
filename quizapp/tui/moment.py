"""The moments of studying: which keys act in each, and what the button says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from quizapp.language import _
from quizapp.tui.widgets.keybar import Hint


class Phase(Enum):
    """What the study screen is doing."""

    PREPARING = auto()  # nothing to show yet
    STUCK = auto()  # nothing can be shown; it can be tried again
    ASKING = auto()
    CHECKING = auto()
    JUDGED = auto()
    FINISHED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A phase, and what else decides which keys there are."""

    phase: Phase
    answering: tuple[Hint, ...] = ()  # the keys of the way of answering
    answer: str = ""  # what the button says while answering
    typing: bool = False  # whether letters are typed into a field
    right: bool = False  # and without help, so that it can be called hard or easy
    hints_left: int = 0  # that can be asked for
    undoable: bool = False

    @property
    def asked(self) -> bool:
        """Whether there is a question on the screen."""
        return self.phase in (Phase.ASKING, Phase.CHECKING, Phase.JUDGED)

    @property
    def button(self) -> str | None:
        """Return what the button says, None where there is none."""
        match self.phase:
            case Phase.ASKING:
                return self.answer or None
            case Phase.JUDGED:
                return _("Next") + "  Space"
            case Phase.FINISHED:
                return _("Back to the start") + "  Enter"
            case Phase.STUCK:
                return _("Try again") + "  Enter"
            case _:
                return None

    def hints(self) -> list[Hint]:
        """Return the keys of the moment, the most needed first."""
        rest = [
            Hint("Esc", _("Back"), "escape", always=True),
            Hint("F1", _("Help"), "f1", always=True),
            Hint("^p", _("Commands"), "ctrl+p"),
        ]
        return [*self._own_hints(), *self._undo_hint(), *rest]

    def _own_hints(self) -> list[Hint]:
        match self.phase:
            case Phase.ASKING:
                return [*self.answering, *self._hint_hint()]
            case Phase.JUDGED:
                following = Hint("Space", _("Next"), "space", always=True)
                if not self.right:
                    return [following]
                return [following, Hint("h", _("Was hard"), "h"), Hint("e", _("Was easy"), "e")]
            case Phase.STUCK:
                return [Hint("Enter", _("Try again"), "enter", always=True)]
            case _:
                return []

    def _hint_hint(self) -> list[Hint]:
        if not self.hints_left:
            return []
        # t may be typed into the field.
        return [Hint("F2" if self.typing else "t", _("Hint"), "f2")]

    def _undo_hint(self) -> list[Hint]:
        if not self.undoable or self.phase is Phase.CHECKING:
            return []
        if self.phase is Phase.ASKING and self.typing:
            return [Hint("^z", _("Undo"), "ctrl+z")]  # u may be typed into the field
        return [Hint("u", _("Undo"), "u")]
