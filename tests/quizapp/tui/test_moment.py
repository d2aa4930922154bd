"""The keys of every moment fit 80 columns, in both languages."""

from __future__ import annotations

import pytest

from quizapp.language import use
from quizapp.tui.moment import Moment, Phase
from quizapp.tui.widgets.keybar import Hint, fitting, width

ANSWER = Hint("Enter", "Answer", "enter", always=True)
FOUR = (Hint("1-4", "Choose", "down", always=True), ANSWER)
SEVERAL = (Hint("1-5 Space", "On/off", "space", always=True), ANSWER)

MOMENTS = [
    Moment(
        phase=phase,
        answering=answering,
        typing=typing,
        right=right,
        undoable=undoable,
        hints_left=hints_left,
    )
    for phase in Phase
    for answering, typing in (((ANSWER,), True), (FOUR, False), (SEVERAL, False))
    for right in (False, True)
    for undoable in (False, True)
    for hints_left in (0, 2)
]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_the_keys_fit(moment: Moment, language: str) -> None:
    use(language)
    hints = moment.hints()
    # Only where there is a hint, too, the palette gives way to it.
    kept = [hint for hint in hints if not (moment.hints_left and hint.shown == "^p")]
    assert width(kept) <= 80
    needed = {hint.shown for hint in hints if hint.always}
    assert needed <= {hint.shown for hint in fitting(hints, 60)}


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_back_and_help_are_always_there(moment: Moment) -> None:
    assert {"Esc", "F1"} <= {hint.shown for hint in moment.hints()}


@pytest.mark.parametrize(
    ("moment", "keys"),
    [
        (Moment(phase=Phase.ASKING, answering=FOUR), ["1-4", "Enter"]),
        (Moment(phase=Phase.ASKING, answering=FOUR, undoable=True), ["1-4", "Enter", "u"]),
        (Moment(phase=Phase.ASKING, answering=SEVERAL), ["1-5 Space", "Enter"]),
        (
            Moment(phase=Phase.ASKING, answering=(ANSWER,), typing=True, undoable=True),
            ["Enter", "^z"],
        ),
        (Moment(phase=Phase.CHECKING, undoable=True), []),
        (Moment(phase=Phase.JUDGED, answering=FOUR), ["Space"]),
        (Moment(phase=Phase.JUDGED, right=True, undoable=True), ["Space", "h", "e", "u"]),
        (Moment(phase=Phase.STUCK), ["Enter"]),
        (Moment(phase=Phase.FINISHED, undoable=True), ["u"]),
    ],
    ids=str,
)
def test_the_keys_of_a_moment(moment: Moment, keys: list[str]) -> None:
    assert [hint.shown for hint in moment.hints()] == [*keys, "Esc", "F1", "^p"]
