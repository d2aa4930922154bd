"""Orders, matches and gaps on the screen: by keyboard, by mouse, with an input method left on."""

from __future__ import annotations

import pytest

from questions.model import Pack, Question
from quizapp.language import use
from quizapp.tui.forms.order_form import OrderForm
from quizapp.tui.forms.places_form import PlacesForm
from quizapp.tui.moment import Phase
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.keybar import fitting, width
from tests.questions.examples import blank, combined, match, order
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.packs import HOSTILE, WORD, pack
from tests.quizapp.tui.seen import commit, flowing, lines, place, shows, text, until
from tests.quizapp.tui.steps import asked, choices_of, judged

STEPS = pack(order())
ESTIMATES = pack(match())
REUSED = pack(match(reuse=True))
PIECES = pack(blank())
COMBINED = pack(combined())


def right(screen: StudyScreen) -> list[str]:
    assert screen.served is not None
    variant = screen.served.variant
    return [next(o.label for o in row.options if o.right) for row in variant.rows]


def raw(screen: StudyScreen) -> str | None:
    assert isinstance(screen.board.form, (OrderForm, PlacesForm))
    return screen.board.form.raw


def placed(screen: StudyScreen) -> tuple[str, ...]:
    assert isinstance(screen.board.form, OrderForm)
    return screen.board.form.sheet.arrangement.placed


def chosen(screen: StudyScreen) -> tuple[str | None, ...]:
    assert isinstance(screen.board.form, PlacesForm)
    return screen.board.form.sheet.filling.chosen


@pytest.mark.parametrize(
    "drill", [STEPS, ESTIMATES, REUSED, PIECES], ids=lambda p: p.questions[0].id
)
async def test_the_right_answer_by_numbers(
    open_app: OpenApp, open_study: OpenStudy, drill: Pack
) -> None:
    app = open_app(open_study(drill))
    async with app.run_test() as pilot:
        screen = await asked(app)
        labels = right(screen)
        await pilot.press(*labels)
        assert raw(screen) == " ".join(labels)
        await pilot.press("enter")
        await judged(app)
        assert screen._answered is not None
        assert screen._answered.verdict.outcome == "correct"
        await shows(app, "正解・あなたの答え")
        assert "e 易しい" in text(app)


async def test_places_appear_one_after_the_other(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(STEPS))
    async with app.run_test() as pilot:
        screen = await asked(app)
        assert "1番目" not in text(app)
        await pilot.press("3", "b")
        await shows(app, "2番目")
        first, second = (line for line in lines(app) if "番目" in line)
        assert "1番目  3  " in first
        assert "2番目  2  " in second
        await pilot.press("3")
        assert placed(screen) == ("2",)
        await pilot.press("backspace", "backspace")
        assert placed(screen) == ()
        await pilot.press("4", "enter")
        await shows(app, "すべてを並べてから解答する。")
        assert screen.phase is Phase.ASKING


@pytest.mark.parametrize(
    ("keys", "order_then"),
    [
        (["shift+down"], "2134"),
        (["down", "shift+up"], "2134"),
        (["up", "shift+up", "shift+up"], "1423"),
        (["space", "down", "down", "space", "down"], "2314"),
        (["space", "down", "space", "up", "space", "down", "down"], "1324"),
        (["4", "3", "shift+up"], "4132"),
        (["space"], "1234"),
        (["shift+up"], None),
    ],
)
async def test_items_are_moved(
    open_app: OpenApp, open_study: OpenStudy, keys: list[str], order_then: str | None
) -> None:
    app = open_app(open_study(STEPS))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(*keys)
        assert raw(screen) == (" ".join(order_then) if order_then else None)


async def test_an_order_by_mouse(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(STEPS))
    async with app.run_test() as pilot:
        screen = await asked(app)
        for item in order().items:
            await pilot.click(offset=place(app, item.text))
        assert raw(screen) == " ".join(
            next(o.label for o in row.options if o.right)
            for row in screen.served.variant.rows  # type: ignore[union-attr]
        )
        await pilot.click(offset=place(app, "損失を計算する"))
        assert len(placed(screen)) == 3
        await pilot.click(offset=place(app, "損失を計算する"))
        await pilot.click(offset=place(app, "解答  Enter"))
        await judged(app)
        await shows(app, "一部正解")


async def test_what_was_put_and_what_belongs_there_are_told(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(STEPS))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await asked(app)
        labels = right(screen)
        await pilot.press(labels[1], labels[0], *labels[2:], "enter")
        await judged(app)
        await shows(app, "得点は1−1/3=2/3。")
        seen = flowing(app)
        assert seen.count("[正解・あなたの答え]") == 2
        assert seen.count("[誤り・あなたの答え]") == 2
        assert seen.count("[正解]") == 2
        assert all(item.reason in seen for item in order().items)
        assert "e易しい" not in seen


async def test_places_are_filled_with_arrow_keys(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(ESTIMATES))
    async with app.run_test() as pilot:
        screen = await asked(app)
        states = []
        for keys in (
            ["right"],
            ["right", "down", "left"],
            ["space"],
            ["down", "right"],
            ["backspace"],
            ["c"],
        ):
            await pilot.press(*keys)
            states.append(chosen(screen))
        assert states == [
            ("1", None, None),
            ("2", "4", None),
            ("2", "1", None),
            ("2", "1", "3"),
            ("2", "1", None),
            ("2", "1", "3"),
        ]


@pytest.mark.parametrize(
    ("drill", "then"), [(ESTIMATES, (None, "2", None)), (REUSED, ("2", "2", None))]
)
async def test_an_option_used_once_moves_and_one_used_again_stays(
    open_app: OpenApp, open_study: OpenStudy, drill: Pack, then: tuple[str | None, ...]
) -> None:
    app = open_app(open_study(drill))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("2", "2")
        assert chosen(screen) == then


async def test_an_open_place_is_named(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(PIECES))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("2", "enter")
        await shows(app, "「（イ）」がまだ埋まっていない。")
        assert screen.phase is Phase.ASKING
        assert "1-2 埋める" in text(app)  # the second gap has two options
        await pilot.press("up")
        await shows(app, "1-3 埋める")


async def test_gaps_show_the_options_of_the_present_one(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(PIECES))
    async with app.run_test() as pilot:
        await asked(app)
        assert "指数的" in text(app)
        assert "一次関数的" not in text(app)
        await pilot.press("down")
        await shows(app, "一次関数的")
        assert "指数的" not in text(app)


async def test_places_by_mouse(open_app: OpenApp, open_study: OpenStudy) -> None:
    app = open_app(open_study(ESTIMATES))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.click(offset=place(app, "分位点損失"))
        await pilot.click(offset=place(app, "  分散"))
        await pilot.click(offset=place(app, "MAE"))
        await pilot.click(offset=place(app, "  中央値"))
        await pilot.click(offset=place(app, "  平均値"))
        assert None not in chosen(screen)
        await pilot.click(offset=place(app, "解答  Enter"))
        await judged(app)
        await shows(app, "得点は2/3。")
        await shows(app, "誤りの選択肢")
        assert "位置ではなく散らばりを表す。" in flowing(app)


@pytest.mark.parametrize(
    ("drill", "typed", "then"),
    [(STEPS, "４２１３", "4 2 1 3"), (ESTIMATES, "３１４", "3 1 4"), (PIECES, "２１", "2 1")],
)
async def test_with_an_input_method_left_on(
    open_app: OpenApp, open_study: OpenStudy, drill: Pack, typed: str, then: str
) -> None:
    app = open_app(open_study(drill))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await commit(pilot, typed)
        await until(app, lambda: raw(screen) == then)


@pytest.mark.parametrize("drill", [STEPS, ESTIMATES, PIECES])
async def test_a_begun_answer_is_not_left_without_being_asked(
    open_app: OpenApp, open_study: OpenStudy, drill: Pack
) -> None:
    app = open_app(open_study(drill))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press("1", "escape")
        await until(app, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(app, lambda: app.screen is screen)
        await pilot.press("backspace")
        if drill is not STEPS:  # the next place is the present one
            await pilot.press("up", "backspace")
        await pilot.press("escape")
        await until(app, lambda: not isinstance(app.screen, (StudyScreen, ConfirmScreen)))


@pytest.mark.parametrize(
    ("drill", "keys"),
    [(STEPS, "4213"), (ESTIMATES, "314"), (REUSED, "331"), (PIECES, "32"), (COMBINED, "2")],
)
async def test_an_answer_taken_back_is_there_again(
    open_app: OpenApp, open_study: OpenStudy, drill: Pack, keys: str
) -> None:
    app = open_app(open_study(drill))
    async with app.run_test() as pilot:
        screen = await asked(app)
        await pilot.press(*keys, "enter")
        await judged(app)
        await pilot.press("u")
        await asked(app)
        form = screen.board.form
        assert form is not None
        assert form.raw == " ".join(keys)


async def test_combinations_are_a_table_to_choose_from(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    app = open_app(open_study(COMBINED))
    async with app.run_test() as pilot:
        screen = await asked(app)
        assert screen.served is not None
        options = screen.served.variant.options
        head = next(line for line in lines(app) if line.split() == ["ア", "イ"])
        for option in options:
            (line,) = [line for line in lines(app) if line.split()[:1] == [option.label]]
            assert line.split()[1:] == list(option.cells)
        assert place(app, "イ")[1] <= lines(app).index(head)
        wrong = next(option for option in options if not option.right)
        await pilot.click(offset=place(app, f"{wrong.label}  {wrong.cells[0]}"))
        assert choices_of(screen).label == wrong.label
        await pilot.press("enter")
        await judged(app)
        await shows(app, "[誤り・あなたの答え]")
        assert "[正解]" in text(app)
        for combination in combined().combinations:
            assert combination.reason in flowing(app)


def hostile(question: Question) -> Question:
    """The same question with text that would like to act, and words without an end."""
    bad = f"{HOSTILE} {WORD[:400]}"
    match question.kind:
        case "order":
            items = [{"text": f"{n} {bad}", "reason": bad} for n in range(3)]
            return order(items=items, stem=bad, explanation=bad)
        case "match":
            pairs = [{"left": f"{n} {bad}", "right": f"{n} {bad}", "reason": bad} for n in range(2)]
            return match(pairs=pairs, extra=[{"text": bad, "reason": bad}], stem=bad)
        case _:
            values = [{"ア": f"{n} {bad}", "イ": bad} for n in range(2)]
            return combined(
                stem=f"[[ア]]{bad}[[イ]]",
                combinations=[
                    {"values": each, "reason": bad, "right": n == 0}
                    for n, each in enumerate(values)
                ],
            )


@pytest.mark.parametrize(
    ("question", "keys"), [(order(), "123"), (match(), "12"), (combined(), "1")]
)
async def test_text_of_packs_never_acts(
    open_app: OpenApp, open_study: OpenStudy, question: Question, keys: str
) -> None:
    app = open_app(open_study(pack(hostile(question))))
    async with app.run_test(size=(80, 120)) as pilot:
        await asked(app)
        assert "[b]x[/b]" in text(app)
        await pilot.press(*keys, "enter")
        await judged(app)
        assert "[b]x[/b]" in text(app)
        assert "\x1b" not in text(app)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("drill", [STEPS, ESTIMATES, PIECES])
async def test_the_keys_fit(
    open_app: OpenApp, open_study: OpenStudy, drill: Pack, language: str
) -> None:
    app = open_app(open_study(drill))
    async with app.run_test() as pilot:
        screen = await asked(app)
        use(language)
        await pilot.press("space")
        assert screen.board.form is not None
        hints = fitting(screen._moment().hints(), 80 - len("  u Undo"))
        assert width(hints) + len("  u Undo") <= 80
        # What else there is, the help says.
        assert {"Enter", "Esc", "F1"} < {hint.shown for hint in hints}
        assert any(hint.shown.startswith("1-") for hint in hints)
