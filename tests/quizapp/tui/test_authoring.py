"""An author writes a pack beside the screen, with the real files and the real worker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from questions.compute.client import ComputeWorker
from questions.kinds import KINDS
from quizapp import paths
from quizapp.language import use
from quizapp.problem import Problem
from quizapp.tui.app import QuizApp
from quizapp.tui.forms.number_form import NumberForm
from quizapp.tui.forms.options_form import OptionsForm
from quizapp.tui.opening import Opening
from quizapp.tui.screens.authoring import AuthoringScreen, Entries
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.path import PathScreen
from quizapp.tui.widgets.keybar import KeyBar, fitting, width
from tests.questions import examples
from tests.quizapp.authoring.written import HEAD, HOSTILE, JUDGED, MEAN, SQUARES, save, written
from tests.quizapp.tui.authoring import authoring, checked, judged, posed, screen_of
from tests.quizapp.tui.conftest import OpenStudy
from tests.quizapp.tui.seen import commit, flowing, painted, place, shows, text, until

# Names of makers in `examples`, one for each kind at least.
EXAMPLES = (
    "choice",
    "multiple",
    "true_false",
    "pick",
    "order",
    "match",
    "blank",
    "combined",
    "term",
    "card",
    "case",
    "numeric",
    "calculated",
    "gradient",
    "ratio",
    "compare",
    "code",
)
NARROW, WIDE = (80, 24), (120, 40)
WRONG = written().replace("topic: 13a", "topic: 13x")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "pack.yaml"
    file.write_text(written(), encoding="utf-8")
    return file


def name_of(screen: AuthoringScreen) -> str:
    assert screen.entry is not None
    return screen.entry.name


def numbers(screen: AuthoringScreen) -> str:
    assert screen.preview.variant is not None
    return screen.preview.variant.stem


# The list and the findings


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_list_names_every_question(
    file: Path, computer: ComputeWorker, size: tuple[int, int]
) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=size):
        screen = await checked(app)
        for name in ("pack.yaml", "mean", "squares", "robust"):
            assert re.search(rf"^ +{name}", text(app), flags=re.MULTILINE)
        assert "誤り 0" in text(app)
        assert name_of(screen) == "mean"


async def test_a_finding_appears_with_the_save_and_goes_with_the_next(
    file: Path, computer: ComputeWorker
) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=WIDE):
        screen = await checked(app)
        save(file, WRONG)
        await shows(app, "topic「13x」はない")
        assert name_of(screen) == "robust"
        await until(app, lambda: re.search(r"1E +robust +P203", text(app)))
        # Its lines are shown until it can be asked.
        await until(app, lambda: re.search(r"> +\d+ +topic: 13x", text(app)))
        save(file, written())
        await posed(app, "robust")
        assert "P203" not in text(app)
        assert "外れ値の影響" in flowing(app)


@pytest.mark.parametrize(
    "broken", ["", "questions: [", "\x00", "- 1\n", written()[:-100], "\t" + written()]
)
async def test_a_file_that_cannot_be_read_is_waited_for(
    file: Path, computer: ComputeWorker, broken: str
) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=WIDE) as pilot:
        screen = await checked(app)
        await pilot.press("down")
        save(file, broken)
        await until(app, lambda: screen.draft is not None and screen.draft.findings)
        save(file, written())
        await posed(app, "squares" if broken != written()[:-100] else "robust")
        assert screen.draft is not None
        assert screen.draft.findings == ()


async def test_a_file_that_goes_and_comes_back(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=WIDE):
        screen = await checked(app)
        file.unlink()
        await until(app, lambda: screen.entry is None)
        save(file, written())
        await posed(app, "mean")


async def test_the_numbers_are_checked_behind_the_words(
    file: Path, computer: ComputeWorker
) -> None:
    save(file, written([MEAN, SQUARES.replace("{decimals: 3}", "{atol: 1}")]))
    app = authoring(file, computer)
    async with app.run_test(size=WIDE):
        await checked(app)
        assert re.search(r"\dW +squares +N\d+", text(app))


async def test_findings_are_selected_one_after_the_other(
    file: Path, computer: ComputeWorker
) -> None:
    two = written().replace("topic: 13a", "topic: 13x").replace("answer: true", "answer: yes")
    save(file, two)
    app = authoring(file, computer, question="robust")
    async with app.run_test(size=WIDE) as pilot:
        screen = await checked(app)
        codes = [finding.code for finding in screen.findings]
        assert len(codes) == 2
        seen = []
        for _each in range(3):
            seen.append(re.findall(r"> (P\d+)", text(app))[-1])
            await pilot.press("tab")
            await painted(app)
        assert seen == [*codes, codes[0]]


async def test_a_click_goes_to_a_question(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=WIDE) as pilot:
        await checked(app)
        await pilot.click(offset=place(app, "robust"))
        screen = await posed(app, "robust")
        assert name_of(screen) == "robust"


async def test_begin_with_a_question(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer, question="written/squares", seed=7, answering=True)
    async with app.run_test():
        screen = await posed(app, "squares")
        assert screen.answering
        assert "シード 7" in text(app)


async def test_begin_with_the_first_question_of_a_case(file: Path, computer: ComputeWorker) -> None:
    case = next(each for each in of_every_kind() if each["kind"] == "case")
    first = f"{case['id']}/{case['questions'][0]['id']}"
    save(file, file.read_text(encoding="utf-8") + f"  - {json.dumps(case, ensure_ascii=False)}\n")
    app = authoring(file, computer, question=str(case["id"]))
    async with app.run_test():
        assert name_of(await checked(app)) == first


async def test_a_question_that_is_not_there(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer, question="nowhere")
    async with app.run_test(notifications=True):
        await shows(app, "nowhere")


# Trying a question


async def test_answering_shows_the_real_verdict_and_records_nothing(
    file: Path, computer: ComputeWorker
) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=NARROW) as pilot:
        screen = await posed(app, "mean")
        await pilot.press("enter")
        assert isinstance(screen.preview.form, OptionsForm)
        assert screen.preview.variant is not None
        right = next(each.label for each in screen.preview.variant.options if each.right)
        await pilot.press(right, "enter")
        await judged(app)
        await shows(app, "正解・あなたの答え")
        assert not Path(paths.database()).exists()


async def test_a_wrong_number_names_its_mistake(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer, question="squares", answering=True)
    async with app.run_test(size=WIDE) as pilot:
        screen = await posed(app, "squares")
        assert isinstance(screen.preview.form, NumberForm)
        assert screen.preview.variant is not None
        values = screen._bench.examiner.values(screen.preview.variant)
        assert values is not None
        total = next(each for each in values.mistakes if each.id == "sum_for_mean")
        await pilot.press(*f"{total.value:.3f}", "enter")
        await judged(app)
        assert "合計のまま" in flowing(app)
        before = numbers(screen)
        await pilot.press("space")
        await until(app, lambda: screen.seed == 1)
        await posed(app, "squares")
        assert numbers(screen) != before


async def test_what_cannot_be_read_costs_nothing(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer, question="squares", answering=True)
    async with app.run_test() as pilot:
        await posed(app, "squares")
        await pilot.press(*"xyz", "enter")
        await shows(app, "数として読めない")
        await posed(app, "squares")


async def test_seeds_go_round(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer, question="squares")
    async with app.run_test(size=WIDE) as pilot:
        screen = await posed(app, "squares")
        seen = [numbers(screen)]
        for key, seed in (("]", 1), ("]", 2), ("[", 1), ("[", 0)):
            await pilot.press(key)
            await until(app, lambda seed=seed: f"シード {seed}" in text(app))
            await posed(app, "squares")
            await until(
                app,
                lambda seed=seed: (
                    screen.preview.variant is not None and screen.preview.variant.seed == seed
                ),
            )
            seen.append(numbers(screen))
        assert seen[1] == seen[3]
        assert seen[0] == seen[4]
        assert len(set(seen)) == 3


async def test_the_key_every_mistake_and_the_steps_on_demand(
    file: Path, computer: ComputeWorker
) -> None:
    app = authoring(file, computer, question="squares")
    async with app.run_test(size=WIDE) as pilot:
        screen = await posed(app, "squares")
        assert screen.preview.variant is not None
        values = screen._bench.examiner.values(screen.preview.variant)
        assert values is not None
        await pilot.press("x")
        await shows(app, "誤りと、その値")
        for mistake in values.mistakes:
            assert mistake.id in text(app)
            assert f"{mistake.value:.3f}" in text(app)
        assert f"{values.value:.3f}" in text(app)
        await pilot.press("w")
        await shows(app, "この数値での計算")
        await pilot.press("x", "w")
        await until(app, lambda: "誤りと、その値" not in text(app))
        assert "この数値での計算" not in text(app)


async def test_the_key_of_a_choice_has_its_reasons(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=WIDE) as pilot:
        await posed(app, "mean")
        await pilot.press("x")
        await shows(app, "誤りの選択肢")
        assert "微分が0になる" in flowing(app)
        assert "絶対誤差の和を最小にする" in flowing(app)


async def test_while_typing_letters_are_typed_and_other_keys_act(
    file: Path, computer: ComputeWorker
) -> None:
    app = authoring(file, computer, question="squares", answering=True)
    async with app.run_test(size=WIDE) as pilot:
        screen = await posed(app, "squares")
        form = screen.preview.form
        assert isinstance(form, NumberForm)
        await pilot.press(*"1+pe")
        assert form.field.value == "1+pe"
        await pilot.press("f3")
        await shows(app, "誤りと、その値")
        assert form.field.value == "1+pe"
        await pilot.press("f8")
        await posed(app, "robust")


async def test_a_save_elsewhere_keeps_the_answer_begun(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer, question="squares", answering=True)
    async with app.run_test(size=WIDE) as pilot:
        screen = await posed(app, "squares")
        await pilot.press(*"2.5")
        save(file, written().replace("title: 書きかけ", "title: もうすぐできる"))
        await until(
            app,
            lambda: screen.draft is not None and "もうすぐ" in screen.draft.entries[0].source,
        )
        await checked(app)
        assert isinstance(screen.preview.form, NumberForm)
        assert screen.preview.form.field.value == "2.5"


async def test_the_list_gives_way_where_there_is_no_room(
    file: Path, computer: ComputeWorker
) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=NARROW) as pilot:
        await posed(app, "mean")
        assert "二乗誤差の和を最小にする定数として、最も適切" not in flowing(app).replace(
            "二乗誤差の和を最小にする定数として、最も適切なものを1つ選べ。", "", 1
        )
        await pilot.press("enter")
        await shows(app, "解答  Enter")
        assert not app.screen.query_one(Entries).is_on_screen or "squares" not in text(app)
        await pilot.press("escape")
        await until(app, lambda: "squares" in text(app))
        await pilot.press("q")
        await until(app, lambda: not app.is_running or not isinstance(app.screen, AuthoringScreen))


async def test_an_input_method_left_on(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer)
    async with app.run_test(size=WIDE) as pilot:
        await posed(app, "mean")
        await commit(pilot, "ｘ")
        await shows(app, "誤りの選択肢")


async def test_texts_of_a_pack_are_never_markup(file: Path, computer: ComputeWorker) -> None:
    save(file, written([HOSTILE, JUDGED.replace("topic: 13a", "topic: '[@click=app.quit]x'")]))
    app = authoring(file, computer)
    async with app.run_test(size=WIDE) as pilot:
        await posed(app, "hostile")
        assert "次の[@click=app.quit]押す[/][b]和" in flowing(app)
        await pilot.press("x", "down")
        await shows(app, "[@click=app.quit]x")
        await pilot.click(offset=place(app, "[@click=app.quit]x"))
        assert app.is_running


def of_every_kind() -> list[dict[str, object]]:
    made = [getattr(examples, name) for name in EXAMPLES]
    return [
        make().model_dump(mode="json", exclude_defaults=True)
        | {"id": "of-" + name.replace("_", "-")}
        for name, make in zip(EXAMPLES, made, strict=True)
    ]


async def test_every_kind_of_question_can_be_tried_and_looked_behind(
    file: Path, computer: ComputeWorker
) -> None:
    questions = of_every_kind()
    assert {each["kind"] for each in questions} == {*KINDS, "case"}
    listed = "".join(f"  - {json.dumps(each, ensure_ascii=False)}\n" for each in questions)
    save(file, HEAD + listed)
    app = authoring(file, computer)
    async with app.run_test(size=WIDE) as pilot:
        screen = await checked(app)
        assert screen.draft is not None
        assert [each for each in screen.draft.findings if each.severity == "error"] == []
        await pilot.press("x")
        for entry in screen.draft.entries[1:]:
            assert entry.question is not None, entry.name
            await posed(app, entry.question.id)
            await shows(app, "正解")
            for key in ("enter", "escape", "down"):
                await pilot.press(key)
                await painted(app)


async def test_hints_are_shown_one_by_one(file: Path, computer: ComputeWorker) -> None:
    save(file, written([SQUARES + "    hints: [差を求める。, 二乗する。]\n"]))
    app = authoring(file, computer, answering=True)
    async with app.run_test(size=WIDE) as pilot:
        await posed(app, "squares")
        for shown in ("差を求める。", "二乗する。", "ヒントはもうない。"):
            assert shown not in flowing(app)
            await pilot.press("f2")
            await shows(app, shown)


async def test_the_button_answers_too(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer, answering=True)
    async with app.run_test(size=WIDE) as pilot:
        screen = await posed(app, "mean")
        await pilot.press("1")
        await pilot.click(offset=place(app, "解答  Enter"))
        await judged(app)
        await shows(app, "別の数値で  Space")
        await pilot.click(offset=place(app, "別の数値で  Space"))
        await until(app, lambda: screen.seed == 1)


# The editor, help and keys


async def test_without_a_terminal_there_is_no_editor(
    file: Path, computer: ComputeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    app = authoring(file, computer)
    async with app.run_test(notifications=True, size=WIDE) as pilot:
        await posed(app, "mean")
        await pilot.press("e")
        await shows(app, "エディターを開く端末がない")


async def test_a_built_pack_is_not_edited(
    file: Path, computer: ComputeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    app = authoring(file, computer, editable=False)
    async with app.run_test(notifications=True, size=WIDE) as pilot:
        await posed(app, "mean")
        await pilot.press("e")
        await shows(app, "元のファイルを編集する")


async def test_an_editor_that_is_no_command(
    file: Path, computer: ComputeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "'vi")
    app = authoring(file, computer)
    async with app.run_test(notifications=True, size=WIDE) as pilot:
        await posed(app, "mean")
        await pilot.press("e")
        await shows(app, "エディターの指定を解釈できない")


@pytest.mark.parametrize("spoken", ["ja", "en"])
async def test_the_keys_fit_and_the_help_explains_them(
    file: Path, computer: ComputeWorker, spoken: str
) -> None:
    use(spoken)
    app = authoring(file, computer, question="squares")
    async with app.run_test(size=NARROW) as pilot:
        screen = await posed(app, "squares")
        for key in ("enter", "escape"):
            bar = screen.query(KeyBar).last()
            assert width(fitting(bar.hints, 80)) <= 80
            shown = {hint.key for hint in fitting(bar.hints, 80)}
            assert {hint.key for hint in bar.hints if hint.always} <= shown
            await pilot.press(key)
            await painted(app)
        await pilot.press("f1")
        await until(app, lambda: isinstance(app.screen, HelpScreen))
        await painted(app)
        assert max(map(cell_len, text(app).splitlines())) <= 80
        assert ("エディター" in text(app)) == (spoken == "ja")


async def test_leaving_ends_the_program(file: Path, computer: ComputeWorker) -> None:
    app = authoring(file, computer)
    async with app.run_test() as pilot:
        await posed(app, "mean")
        assert screen_of(app).draft is not None
        await pilot.press("escape")
        await until(app, lambda: app.return_code is not None or not app.is_running)


# From the home screen


async def test_packs_are_written_from_the_home_screen_too(
    file: Path, open_study: OpenStudy
) -> None:
    study = open_study()

    def files(path: str) -> Callable[[], list[Path]]:
        if not Path(path).exists():
            raise Problem(f"{path} is away")
        return lambda: [Path(path)]

    app = QuizApp(Opening(open=lambda: study, pack_files=files))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await shows(app, "学習を始める  Enter")
        for path in ("nowhere", str(file)):
            await pilot.press("ctrl+p")
            await pilot.press(*"パックを書く")
            await shows(app, "パックのファイルを検査")
            await pilot.press("enter")
            await until(app, lambda: isinstance(app.screen, PathScreen))
            await painted(app)
            app.screen.query_one(Input).value = path
            await pilot.press("enter")
            if path == "nowhere":
                await shows(app, "nowhere is away")
        await until(app, lambda: isinstance(app.screen, AuthoringScreen))
        await shows(app, "squares")
        await pilot.press("q")
        await until(app, lambda: isinstance(app.screen, HomeScreen))
    for desk in (app._desk, app._aside):  # the study and its worker are others' too
        desk.close()
