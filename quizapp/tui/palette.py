"""The command palette in the language of the learner."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette, SearchIcon
from textual.content import Content
from textual.widgets.option_list import Option

from quizapp.language import _


class Palette(CommandPalette):
    """Textual's palette, which says some things in English only."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("Find a command"))

    def on_mount(self) -> None:
        """Use a sign that is one cell wide everywhere."""
        self.query_one(SearchIcon).icon = ">"

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def say_so() -> None:
            if search_value:
                message = Content.styled(_("No command of that name"), "not bold $text-muted")
                self.query_one(CommandList).add_option(
                    Option(message, disabled=True, id=self._NO_MATCHES)
                )
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say_so)
