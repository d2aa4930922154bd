"""The authoring screen as a program of its own: no database, no learner."""

from __future__ import annotations

from quizapp.tui.app_frame import AppFrame
from quizapp.tui.screens.authoring import AuthoringScreen


class AuthoringApp(AppFrame):
    """Shows the authoring screen and ends with it."""

    def __init__(self, screen: AuthoringScreen, *, theme_wish: str | None = None) -> None:
        super().__init__(theme_wish=theme_wish)
        self._authoring = screen

    def on_mount(self) -> None:
        """Open the screen."""
        self.push_screen(self._authoring, self._leave)

    def _leave(self, _result: None) -> None:
        self.exit()
