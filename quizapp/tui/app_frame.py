"""What every program of ours on a terminal screen has: themes, help, palette, a least size."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.notifications import SeverityLevel
from textual.screen import Screen

from quizapp.language import _
from quizapp.tui import theme
from quizapp.tui.screens.too_small import TooSmallScreen, too_small
from quizapp.visible import visible, visible_line


class AppFrame(App[None]):
    """The frame around the screens; it knows none of them."""

    TITLE = "quizapp"
    CSS_PATH = "quizapp.tcss"
    AUTO_FOCUS = None
    ESCAPE_TO_MINIMIZE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", show=False),
        Binding("ctrl+q", "quit", show=False, priority=True),
    ]

    def __init__(self, *, theme_wish: str | None) -> None:
        super().__init__()
        for ours in theme.OURS:
            self.register_theme(ours)
        self.theme = theme.chosen(
            theme_wish, os.environ.get("TEXTUAL_THEME"), known=self.available_themes
        )

    def on_resize(self, event: Resize) -> None:
        """Cover everything while the terminal is too small for it."""
        covered = isinstance(self.screen, TooSmallScreen)
        if too_small(*event.size) and not covered:
            self.push_screen(TooSmallScreen())
        elif covered and not too_small(*event.size):
            self.pop_screen()

    def action_help(self) -> None:
        """Show the keys."""
        from quizapp.tui.screens.help import HelpScreen  # noqa: PLC0415 - when asked for

        if not isinstance(self.screen, (HelpScreen, TooSmallScreen)):
            self.push_screen(HelpScreen())

    def action_toggle_theme(self) -> None:
        """Change between day and night."""
        self.theme = theme.opposite(self.theme)

    def action_command_palette(self) -> None:
        """Show the commands, in the language of the learner."""
        from quizapp.tui.palette import Palette  # noqa: PLC0415 - when asked for

        if not isinstance(self.screen, (Palette, TooSmallScreen)):
            self.push_screen(Palette())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return the commands of the palette, in place of Textual's own."""
        yield SystemCommand(_("Keys"), _("Show what each key does"), self._help_command)
        yield SystemCommand(_("Light or dark"), _("Change the colours"), self.action_toggle_theme)
        yield SystemCommand(_("Quit"), _("Leave the program; nothing is lost"), self.action_quit)

    async def _help_command(self) -> None:
        await self.screen.run_action("help" if hasattr(self.screen, "action_help") else "app.help")

    def action_help_quit(self) -> None:
        """Say how to quit to someone who presses Ctrl+C."""
        self.notify(_("Ctrl+Q quits."))

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message for a while; never as markup, whatever the caller thinks of it."""
        super().notify(
            visible(message),
            title=visible_line(title),
            severity=severity,
            timeout=timeout,
            markup=False,
        )
