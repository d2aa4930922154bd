"""Both themes can be read, and a wish for a theme is heard."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from quizapp.tui.theme import DARK, LIGHT, OURS, chosen, opposite

KNOWN = {*BUILTIN_THEMES, DARK.name, LIGHT.name}
READ = 7.0  # contrast of running text (WCAG AAA)
GLANCED = 4.5  # of coloured and quiet text (WCAG AA)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, from relative luminance."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in Color.parse(colour).normalized
    )
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_texts_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.background, theme.surface, theme.panel):
        assert ground is not None
        assert theme.foreground is not None
        assert contrast(theme.foreground, ground) >= READ
        for name in ("muted", "primary", "accent", "success", "warning", "error"):
            assert contrast(theme.variables[f"text-{name}"], ground) >= GLANCED, (name, ground)


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_a_button_can_be_read(theme: Theme) -> None:
    assert theme.background is not None
    for ground in (theme.primary, theme.accent):
        assert ground is not None
        assert contrast(theme.background, ground) >= GLANCED


@pytest.mark.parametrize(
    ("wishes", "name"),
    [
        ([], DARK.name),
        ([None, None], DARK.name),
        (["light"], LIGHT.name),
        ([None, "nord"], "nord"),
        (["dark", "nord"], DARK.name),
        (["no such theme", "light"], LIGHT.name),
        ([""], DARK.name),
    ],
)
def test_the_first_known_wish_is_chosen(wishes: list[str | None], name: str) -> None:
    assert chosen(*wishes, known=KNOWN) == name


def test_light_and_dark_are_each_others_opposite() -> None:
    assert opposite(DARK.name) == LIGHT.name
    assert opposite(LIGHT.name) == opposite("nord") == DARK.name
