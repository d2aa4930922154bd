"""A page shows all of its text at every width; emphasis never eats a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection

from quizapp.tui.page import BLANK, Page, Paragraph, Rule, Sheet
from quizapp.tui.prose import CODE, NEGATIVE, one_line, plain, prose

TEXTS = st.text(st.sampled_from("損失関数をmin、。「」()[]b/@`=… \n0.5−"), max_size=80)


@given(TEXTS, st.integers(min_value=16, max_value=100), st.sampled_from(["", "1  ", "  選択 "]))
def test_a_paragraph_keeps_its_text_and_its_width(text: str, width: int, lead: str) -> None:
    paragraph = Paragraph(Content(text), Content(lead))
    lines = paragraph.lines(width)
    assert all(line.cell_length <= width for line in lines)
    indent = cell_len(lead)
    assert lines[0].plain.startswith(lead)
    assert all(line.plain.startswith(" " * indent) for line in lines[1:])
    shown = "".join(line.plain[len(lead) if n == 0 else indent :] for n, line in enumerate(lines))
    assert "".join(shown.split()) == "".join(text.split())


@given(st.lists(TEXTS, max_size=6), st.integers(min_value=16, max_value=100))
def test_a_page_is_as_high_as_its_lines(texts: list[str], width: int) -> None:
    page = Page([Paragraph(Content(text)) for text in texts])
    assert page.get_height({}, width) == sum(page.line_counts(width))


def test_a_styled_paragraph_fills_its_lines() -> None:
    lines = Paragraph(Content("損失関数の値"), Content("1 "), style="bold").lines(11)
    assert [line.plain for line in lines] == ["1 損失関数 ", "  の値     "]


def test_a_rule_and_a_blank_are_one_line() -> None:
    assert Page([Rule(), BLANK]).at(4).plain == "────\n"


@pytest.mark.parametrize(
    ("text", "shown", "spans"),
    [
        ("値 `e = 1` を", "値 e = 1 を", [(2, 7, CODE)]),
        ("片方だけの ` は残る", "片方だけの ` は残る", []),
        ("[b]x[/b] [@click=app.quit]q[/] [", "[b]x[/b] [@click=app.quit]q[/] [", []),
        ("`[b]`", "[b]", [(0, 3, CODE)]),
        ("\x1b[31m赤`\x1b[0m`", "赤``", []),
        ("\n\n前後の空行\n", "前後の空行", []),
    ],
)
def test_prose(text: str, shown: str, spans: list[tuple[int, int, str]]) -> None:
    content = prose(text)
    assert content.plain == shown
    assert [tuple(span) for span in content.spans] == spans


@pytest.mark.parametrize(
    "word", ["最も不適切", "不適切", "誤っている", "正しくない", "NOT", "least"]
)
def test_the_turning_word_of_a_negative_question_stands_out(word: str) -> None:
    text = f"説明として {word} なもの"
    assert [tuple(span) for span in prose(text, negative=True).spans] == [
        (6, 6 + len(word), NEGATIVE)
    ]
    assert prose(text).spans == []


@given(TEXTS, st.integers(min_value=0, max_value=40))
def test_one_line_fits(text: str, width: int) -> None:
    line = one_line(text, width)
    assert line.cell_length <= width
    assert "\n" not in line.plain


@given(TEXTS)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(text).plain == text


async def test_text_can_be_selected_as_it_is_shown() -> None:
    from textual.app import App, ComposeResult

    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield Sheet(Page([Paragraph(Content("平均二乗誤差と平均絶対誤差"), Content("1 "))]))

    app = One()
    async with app.run_test(size=(16, 6)):
        sheet = app.query_one(Sheet)
        everything = Selection(None, None)
        assert sheet.get_selection(everything) == ("1 平均二乗誤差と\n  平均絶対誤差", "\n")
        assert sheet.get_selection(Selection(Offset(2, 0), Offset(4, 0))) == ("平均", "\n")
