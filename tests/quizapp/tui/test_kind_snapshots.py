"""How the kinds look that `test_snapshots` does not show: asked with an answer begun, and judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from textual.pilot import Pilot

from questions.model import Question
from tests.questions.examples import calculated, code, multiple, pick, true_false
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import pack
from tests.quizapp.tui.seen import painted
from tests.quizapp.tui.steps import asked, judged
from tests.quizapp.tui.test_snapshots import NARROW, SnapCompare, app_of

# The question, and the keys that begin an answer to it.
KINDS: Mapping[str, tuple[Question, tuple[str, ...]]] = {
    "multiple": (multiple(), ("1", "3")),
    "true_false": (true_false(), ("1",)),
    "pick": (pick(), ("2",)),
    "calculated_choice": (calculated(), ("2",)),
    "code": (code(), ()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_asked(
    snap_compare: SnapCompare, open_app: OpenApp, open_study: OpenStudy, kind: str
) -> None:
    question, keys = KINDS[kind]

    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press(*keys)
        await painted(app_of(pilot))

    app = open_app(open_study(pack(question)))
    assert snap_compare(app, terminal_size=NARROW, run_before=steps)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "code"])
def test_judged(
    snap_compare: SnapCompare, open_app: OpenApp, open_study: OpenStudy, kind: str
) -> None:
    question, keys = KINDS[kind]

    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press(*keys, "enter")
        await judged(app_of(pilot))
        await painted(app_of(pilot))

    app = open_app(open_study(pack(question)))
    assert snap_compare(app, terminal_size=NARROW, run_before=steps)
