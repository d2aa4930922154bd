"""The keys of the authoring screen: those on the line at the bottom, and all of them."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.language import N_, _
from quizapp.tui.screens.help import Keys
from quizapp.tui.widgets.keybar import Hint


def listing_hints(*, findings: int) -> list[Hint]:
    """Return the keys while the cursor is in the list, the most needed first."""
    return [
        Hint("Enter", _("Try"), "enter", always=True),
        Hint("e", _("Edit"), "e", always=True),
        *([Hint("Tab", _("Finding"), "tab")] if findings > 1 else []),
        Hint("x", _("Key"), "x"),
        Hint("w", _("Steps"), "w"),
        Hint("]", _("Next seed"), "right_square_bracket"),
        Hint("q", _("Quit"), "q", always=True),
        Hint("F1", _("Help"), "f1", always=True),
    ]


def answering_hints(answering: Sequence[Hint], *, typing: bool) -> list[Hint]:
    """Return the keys while a question is tried; letters may belong to a field."""
    return [
        *answering,
        Hint("F3" if typing else "x", _("Key"), "f3"),
        Hint("F9" if typing else "w", _("Steps"), "f9"),
        Hint("F6" if typing else "]", _("Next seed"), "f6"),
        Hint("F8" if typing else "n", _("Next question"), "f8"),
        Hint("F4" if typing else "e", _("Edit"), "f4"),
        Hint("Esc", _("List"), "escape", always=True),
        Hint("F1", _("Help"), "f1", always=True),
    ]


HELP: Keys = (
    (
        N_("In the list"),
        (
            ("Up  Down", N_("another question")),
            ("Enter", N_("try the question")),
            ("Tab", N_("another finding of the question")),
            ("q  Esc", N_("leave")),
        ),
    ),
    (
        N_("While trying a question"),
        (
            ("Enter", N_("give the answer; nothing is recorded")),
            ("Space", N_("after the answer: the same question with other numbers")),
            ("Esc", N_("back to the list")),
        ),
    ),
    (
        N_("In both (the second key also while typing)"),
        (
            ("e  F4", N_("open the editor at the finding or the question")),
            ("x  F3", N_("the right answer and where every mistake leads")),
            ("w  F9", N_("the worked steps")),
            ("[ ]  F6", N_("the seed before, the next seed")),
            ("p n  F7 F8", N_("the question before, the next question")),
            ("F1  ?", N_("this help")),
            ("Ctrl+P", N_("all commands")),
            ("Ctrl+Q", N_("quit")),
        ),
    ),
)
