"""Where a number or a term is typed, with or without an input method."""

from __future__ import annotations

from textual.events import Key, Paste
from textual.widgets import Input

from quizapp.tui.typed import character_of
from quizapp.visible import visible_line

# No number starts with these, so in an empty field they are the commands they are elsewhere.
_COMMANDS = ("q", "u", "?")
# A term may start with any letter.
COMMANDS_OF_TERMS = ("?",)


class AnswerField(Input):
    """An input for one line. What an input method commits arrives as it was typed.

    `commands`: the characters that no answer starts with; in the empty field they type nothing.
    """

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        commands: tuple[str, ...] = _COMMANDS,
    ) -> None:
        super().__init__(id=id, select_on_focus=False)
        self._commands = commands

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether a key types something here, so that no binding may take it."""
        if not self.value and character in self._commands:
            return False
        return super().check_consume_key(key, character)

    async def _on_key(self, event: Key) -> None:
        if not self.value and character_of(event) in self._commands:
            event.prevent_default()  # the screen has a binding for it

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(visible_line(event.text), *self.selection)
