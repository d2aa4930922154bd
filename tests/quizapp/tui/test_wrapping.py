"""Japanese lines end where a reader expects it, and nothing is lost or too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.tui.wrapping import NOT_AT_END, NOT_AT_START, line_spans, wrap

STEM = (
    "外れ値に対して頑健な損失関数として知られる「Huber損失」は、誤差の絶対値が閾値δ以下の"
    "ときは二乗誤差に、δを超えるときは絶対誤差に比例する(勾配は±δで打ち切られる)。"
    "L = (1/n) Σᵢ (yᵢ − ŷᵢ)² の平均を [0.5, 1.2, −0.3, 4.25] で求め、ちょっと考えよ。"
)

# Text as it occurs: Japanese, Latin, numbers, formulas, punctuation, wide and combined characters.
PIECES = st.sampled_from(
    [
        *"、。「」（）っゃー々…！？",
        *["損失", "関数", "を", "は", "である", "ニューラル", "ネットワーク", "誤差"],
        *["MSE", "cross_entropy", "0.25", "1,000", "−0.5", "ŷᵢ", "log₂", "x²", "(1/n)", "Σ"],
        *[" ", " ", " = ", ", ", "[0.5, 1.2]", "\n", "e\u0301", "👩‍💻", "葛\U000e0100", "ﾊﾝｶｸ"],
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)
WIDTHS = st.integers(min_value=2, max_value=90)


@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(text, width))


@given(TEXTS, WIDTHS)
def test_the_lines_joined_are_the_text(text: str, width: int) -> None:
    spans = line_spans(text, width)
    assert "".join(text[start:end] for start, end in spans) == text
    lines = wrap(text, width)
    assert all(
        line == text[start:end].rstrip(" \n")
        for line, (start, end) in zip(lines, spans, strict=True)
    )


@given(TEXTS, WIDTHS)
def test_a_newline_ends_a_line(text: str, width: int) -> None:
    assert all("\n" not in text[start : end - 1] for start, end in line_spans(text, width))


@given(TEXTS, st.integers(min_value=40, max_value=90))
def test_kinsoku_is_kept_where_a_line_leaves_a_choice(text: str, width: int) -> None:
    """A prohibited line end or start only where the whole line offered no permitted one."""
    for (start, end), (following, _end) in zip(
        line_spans(text, width), line_spans(text, width)[1:], strict=False
    ):
        if text[end - 1] == "\n":
            continue
        assert end == following
        offends = text[end] in NOT_AT_START or text[end - 1] in NOT_AT_END
        if offends:
            assert not any(_permitted(text, at) for at in range(start + 1, end))


def _permitted(text: str, at: int) -> bool:
    """Two ordinary Japanese characters may always be parted."""
    return all("\u3041" <= c <= "\u9fff" for c in text[at - 1 : at + 1]) and not (
        text[at] in NOT_AT_START or text[at - 1] in NOT_AT_END
    )


@pytest.mark.parametrize("width", range(30, 100))
def test_a_real_stem_keeps_kinsoku_words_and_formulas(width: int) -> None:
    lines = wrap(STEM, width)
    for line in lines:
        assert line[0] not in NOT_AT_START
        assert line[-1] not in NOT_AT_END
    shown = "\n".join(lines)
    for whole in ("Huber", "絶対値", "(yᵢ − ŷᵢ)²", "[0.5, 1.2, −0.3, 4.25]", "二乗誤差"):
        assert whole in shown, whole


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("損失関数", 10, ["損失関数"]),
        ("あいうえお。", 10, ["あいうえ", "お。"]),
        ("これは「誤差」である", 8, ["これは", "「誤差」", "である"]),
        ("a quick brown fox", 7, ["a quick", "brown", "fox"]),
        ("一行目\n二行目", 20, ["一行目", "二行目"]),
        ("一行目\n\n三行目\n", 20, ["一行目", "", "三行目", ""]),
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
        ("。" * 6, 4, ["。。"] * 3),
        ("損", 1, ["損"]),
    ],
)
def test_examples(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_the_spaces_at_the_end_of_a_line_hang_over() -> None:
    assert wrap("abcd      efgh", 4) == ["abcd", "efgh"]
