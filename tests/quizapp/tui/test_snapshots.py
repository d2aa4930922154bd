"""How the screens look, compared with pictures that a person has looked at.

After a change that is meant: run with `--snapshot-update`, look at the pictures, commit them.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from questions.compute.client import ComputeWorker
from questions.model import Pack
from quizapp.tui.app import QuizApp
from quizapp.tui.authoring_app import AuthoringApp
from tests.questions.examples import blank, card, case, combined, match, order, term
from tests.quizapp.authoring.written import written
from tests.quizapp.tui.authoring import authoring, checked, posed
from tests.quizapp.tui.authoring import judged as verdict_shown
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import RIGHT, SQUARES, SQUARES_OR_SIZES, SUM_FOR_MEAN, pack
from tests.quizapp.tui.seen import commit, painted, shows
from tests.quizapp.tui.steps import asked, judged, right_label, wrong_label

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11),
    reason="the pictures were taken on Python 3.11; others may round colours differently",
)

SnapCompare = Callable[..., bool]
Steps = Callable[[Pilot[Any]], Awaitable[None]]

NARROW, WIDE = (80, 24), (120, 40)


def look(theme: str, size: tuple[int, int]) -> Any:
    return pytest.param(theme, size, id=f"{theme}-{size[0]}x{size[1]}")


LOOKS = [look(theme, size) for size in (NARROW, WIDE) for theme in ("dark", "light")]


def app_of(pilot: Pilot[Any]) -> QuizApp:
    assert isinstance(pilot.app, QuizApp)
    return pilot.app


async def choose_right(pilot: Pilot[Any]) -> None:
    await pilot.press(right_label(await asked(app_of(pilot))), "enter")
    await judged(app_of(pilot))


async def choose_wrong(pilot: Pilot[Any]) -> None:
    await pilot.press(wrong_label(await asked(app_of(pilot))), "enter")
    await judged(app_of(pilot))


async def type_sum_for_mean(pilot: Pilot[Any]) -> None:
    await asked(app_of(pilot))
    await pilot.press(*SUM_FOR_MEAN, "enter")
    await judged(app_of(pilot))


async def type_right(pilot: Pilot[Any]) -> None:
    await asked(app_of(pilot))
    await pilot.press(*RIGHT, "enter")
    await judged(app_of(pilot))


async def go_on(pilot: Pilot[Any]) -> None:
    await pilot.press("space")
    await asked(app_of(pilot))


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_home(
    snap_compare: SnapCompare, open_app: OpenApp, theme: str, size: tuple[int, int]
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await shows(app_of(pilot), "学習を始める  Enter")

    app = open_app(start="home", theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_question(
    snap_compare: SnapCompare, open_app: OpenApp, theme: str, size: tuple[int, int]
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press("2")

    assert snap_compare(open_app(theme=theme), terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_wrong_choice(
    snap_compare: SnapCompare, open_app: OpenApp, theme: str, size: tuple[int, int]
) -> None:
    assert snap_compare(open_app(theme=theme), terminal_size=size, run_before=choose_wrong)


@pytest.mark.parametrize(("theme", "size"), [look("dark", NARROW), look("light", WIDE)])
def test_right_choice(
    snap_compare: SnapCompare, open_app: OpenApp, theme: str, size: tuple[int, int]
) -> None:
    assert snap_compare(open_app(theme=theme), terminal_size=size, run_before=choose_right)


@pytest.mark.parametrize(("theme", "size"), [look("dark", NARROW), look("light", WIDE)])
def test_numeric_question(
    snap_compare: SnapCompare,
    open_app: OpenApp,
    open_study: OpenStudy,
    theme: str,
    size: tuple[int, int],
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press(*"2.1")

    app = open_app(open_study(pack(SQUARES)), theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_recognised_mistake(
    snap_compare: SnapCompare,
    open_app: OpenApp,
    open_study: OpenStudy,
    theme: str,
    size: tuple[int, int],
) -> None:
    app = open_app(open_study(pack(SQUARES)), theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=type_sum_for_mean)


def test_comparison(snap_compare: SnapCompare, open_app: OpenApp, open_study: OpenStudy) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press("2")

    app = open_app(open_study(pack(SQUARES_OR_SIZES)))
    assert snap_compare(app, terminal_size=NARROW, run_before=steps)


def test_judged_comparison(
    snap_compare: SnapCompare, open_app: OpenApp, open_study: OpenStudy
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press("2", "enter")
        await judged(app_of(pilot))

    app = open_app(open_study(pack(SQUARES_OR_SIZES)))
    assert snap_compare(app, terminal_size=NARROW, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), [look("light", NARROW), look("dark", WIDE)])
def test_summary(
    snap_compare: SnapCompare,
    open_app: OpenApp,
    theme: str,
    size: tuple[int, int],
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await choose_right(pilot)
        await go_on(pilot)
        await type_sum_for_mean(pilot)
        await go_on(pilot)
        await choose_right(pilot)
        await go_on(pilot)
        await type_right(pilot)
        await pilot.press("space")
        await shows(app_of(pilot), "最初の画面へ")
        await painted(app_of(pilot))

    app = open_app(theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_help(snap_compare: SnapCompare, open_app: OpenApp, theme: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press("f1")
        await shows(app_of(pilot), "解答したあと")

    assert snap_compare(open_app(theme=theme), run_before=steps)


def test_commands(snap_compare: SnapCompare, open_app: OpenApp) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press("ctrl+p")
        await shows(app_of(pilot), "明るさの切り替え")

    assert snap_compare(open_app(), run_before=steps)


def test_leaving_a_half_answered_question(snap_compare: SnapCompare, open_app: OpenApp) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press("2", "escape")
        await shows(app_of(pilot), "続ける")

    assert snap_compare(open_app(), run_before=steps)


def test_small_terminal(snap_compare: SnapCompare, open_app: OpenApp) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await shows(app_of(pilot), "端末の大きさは50x15")

    app = open_app(start="home")
    assert snap_compare(app, terminal_size=(50, 15), run_before=steps)


def authoring_app(tmp_path: Path, computer: ComputeWorker, theme: str) -> AuthoringApp:
    file = tmp_path / "pack.yaml"
    wrong = written().replace("topic: 13a", "topic: 13x").replace("source: Bishop (2006)", "", 1)
    file.write_text(wrong, encoding="utf-8")
    return authoring(file, computer, theme=theme, question="squares")


def author_of(pilot: Pilot[Any]) -> AuthoringApp:
    assert isinstance(pilot.app, AuthoringApp)
    return pilot.app


@pytest.mark.parametrize(("theme", "size"), [look("dark", NARROW), look("dark", WIDE)])
def test_authoring_findings(
    snap_compare: SnapCompare,
    tmp_path: Path,
    computer: ComputeWorker,
    theme: str,
    size: tuple[int, int],
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await checked(author_of(pilot))
        await pilot.press("down")
        await painted(author_of(pilot))

    app = authoring_app(tmp_path, computer, theme)
    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), [look("dark", NARROW), look("dark", WIDE)])
def test_authoring_key(
    snap_compare: SnapCompare,
    tmp_path: Path,
    computer: ComputeWorker,
    theme: str,
    size: tuple[int, int],
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = author_of(pilot)
        await checked(app)
        await posed(app, "squares")
        await pilot.press("enter", "f3")
        await shows(app, "root_taken")
        await painted(app)

    app = authoring_app(tmp_path, computer, theme)
    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize(("theme", "size"), [look("light", NARROW), look("dark", WIDE)])
def test_authoring_verdict(
    snap_compare: SnapCompare,
    tmp_path: Path,
    computer: ComputeWorker,
    theme: str,
    size: tuple[int, int],
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = author_of(pilot)
        await checked(app)
        await posed(app, "squares")
        await pilot.press("enter", *"2.64", "enter")
        await verdict_shown(app)

    app = authoring_app(tmp_path, computer, theme)
    assert snap_compare(app, terminal_size=size, run_before=steps)


def test_authoring_help(snap_compare: SnapCompare, tmp_path: Path, computer: ComputeWorker) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await checked(author_of(pilot))
        await pilot.press("f1")
        await shows(author_of(pilot), "一覧で")

    assert snap_compare(authoring_app(tmp_path, computer, "dark"), run_before=steps)


ROWS = {
    "order": (order(), "31", "3142"),
    "match": (match(), "2", "213"),
    "gaps": (blank(), "2", "21"),
    "combinations": (combined(), "2", "2"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_places_asked(
    snap_compare: SnapCompare, open_app: OpenApp, open_study: OpenStudy, kind: str
) -> None:
    question, begun, _whole = ROWS[kind]

    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press(*begun)

    assert snap_compare(open_app(open_study(pack(question))), run_before=steps)


@pytest.mark.parametrize("kind", ROWS)
def test_places_judged(
    snap_compare: SnapCompare, open_app: OpenApp, open_study: OpenStudy, kind: str
) -> None:
    question, _begun, whole = ROWS[kind]

    async def steps(pilot: Pilot[Any]) -> None:
        await asked(app_of(pilot))
        await pilot.press(*whole, "enter")
        await judged(app_of(pilot))

    assert snap_compare(open_app(open_study(pack(question))), run_before=steps)


TYPED_TERM = pack(term())
CARD = pack(card(), card(id="kl", stem="KL情報量の式", back="Σ p ln (p/q)"))
RENTS = pack(case())


async def ask_term(pilot: Pilot[Any]) -> None:
    await asked(app_of(pilot))
    await pilot.press("f2", *"ｈｕｂｅｒ")
    await shows(app_of(pilot), "ヒント1/2")


async def judge_term(pilot: Pilot[Any]) -> None:
    await asked(app_of(pilot))
    await commit(pilot, "ハブ損失")
    await pilot.press("enter")
    await judged(app_of(pilot))


async def turn_card(pilot: Pilot[Any]) -> None:
    await asked(app_of(pilot))
    await pilot.press("space")
    await shows(app_of(pilot), "易しかった")


async def grade_card(pilot: Pilot[Any]) -> None:
    await turn_card(pilot)
    await pilot.press("3")
    await shows(app_of(pilot), "前のカード")


async def ask_part(pilot: Pilot[Any]) -> None:
    await asked(app_of(pilot))


@pytest.mark.parametrize(
    ("questions", "steps"),
    [
        pytest.param(TYPED_TERM, ask_term, id="term-asked"),
        pytest.param(TYPED_TERM, judge_term, id="term-judged"),
        pytest.param(CARD, turn_card, id="card-turned"),
        pytest.param(CARD, grade_card, id="card-graded"),
        pytest.param(RENTS, ask_part, id="case-asked"),
        pytest.param(RENTS, choose_right, id="case-judged"),
    ],
)
def test_words(
    snap_compare: SnapCompare,
    open_app: OpenApp,
    open_study: OpenStudy,
    questions: Pack,
    steps: Steps,
) -> None:
    app = open_app(open_study(questions), theme="dark")
    assert snap_compare(app, terminal_size=NARROW, run_before=steps)
