"""Our two themes: calm paper by day, calm slate by night. Every text colour reads on both grounds."""

from __future__ import annotations

from collections.abc import Collection

from textual.theme import Theme

DARK = Theme(
    name="quizapp-dark",
    dark=True,
    background="#171a21",
    surface="#1e222b",
    panel="#272c37",
    foreground="#dce1e8",
    primary="#8ab4e8",
    secondary="#a5b4cb",
    accent="#e6bf7a",
    success="#97c98b",
    warning="#e6bf7a",
    error="#f0968c",
    variables={
        "text-muted": "#9ba6b5",
        "text-primary": "#8ab4e8",
        "text-accent": "#e6bf7a",
        "text-success": "#97c98b",
        "text-warning": "#e6bf7a",
        "text-error": "#f0968c",
        "border": "#465064",
        "border-blurred": "#363d4b",
        "input-cursor-background": "#dce1e8",
        "scrollbar": "#3a4252",
        "scrollbar-background": "#171a21",
    },
)

LIGHT = Theme(
    name="quizapp-light",
    dark=False,
    background="#fcfbf8",
    surface="#f4f2ec",
    panel="#e9e6dd",
    foreground="#262b33",
    primary="#255a9b",
    secondary="#4c5869",
    accent="#7d5200",
    success="#23652a",
    warning="#7d5200",
    error="#a32a23",
    variables={
        "text-muted": "#5a6472",
        "text-primary": "#255a9b",
        "text-accent": "#7d5200",
        "text-success": "#23652a",
        "text-warning": "#7d5200",
        "text-error": "#a32a23",
        "border": "#b3ad9f",
        "border-blurred": "#cfcabe",
        "input-cursor-background": "#262b33",
        "scrollbar": "#c8c3b6",
        "scrollbar-background": "#fcfbf8",
    },
)

OURS = (DARK, LIGHT)
_BY_SETTING = {"dark": DARK.name, "light": LIGHT.name}


def chosen(*wishes: str | None, known: Collection[str]) -> str:
    """Return the first wish that is a theme: `dark`, `light`, ours by name, or one of Textual's."""
    for wish in wishes:
        name = _BY_SETTING.get(wish, wish) if wish else ""
        if name in known:
            return name
    return DARK.name


def opposite(name: str) -> str:
    """Return our light theme for our dark one; from any other theme, our dark one."""
    return LIGHT.name if name == DARK.name else DARK.name
