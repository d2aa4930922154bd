"""`{name}` is a given; the braces of LaTeX are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.placeholders import filled, names, pieces
from questions.sampling import Drawn

GIVEN = {"a": Drawn(5, 1), "n": Drawn(3, 0), "m": Drawn(((1, 2), (3, 4)), 1)}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a = {a}、n = {n}", "a = 0.5、n = 3"),
        ("{a}{n}", "0.53"),
        ("m = {m} のとき", "m = [[0.1, 0.2], [0.3, 0.4]] のとき"),
        ("予測:\n  {m}\n正解", "予測:\n  [[0.1, 0.2],\n   [0.3, 0.4]]\n正解"),
        ("{m}", "[[0.1, 0.2],\n [0.3, 0.4]]"),
        (r"\frac{a}{n}", r"\frac{a}{n}"),
        (r"\frac{{a}}{n}", r"\frac{0.5}{n}"),
        (r"\frac{1}{2}{a}", r"\frac{1}{2}{a}"),
        (r"\frac{1}{2} {a}", r"\frac{1}{2} 0.5"),
        (r"\sqrt[n]{a}", r"\sqrt[n]{a}"),
        (r"\mathrm{KL}(P\|Q) = {a}", r"\mathrm{KL}(P\|Q) = 0.5"),
        ("x^{n} + y_{n}", "x^{n} + y_{n}"),
        ("x^{{n}}", "x^{3}"),
        (r"\{a\} と {a}", r"\{a\} と 0.5"),
        ("{{a}} は {a}", "{a} は 0.5"),
        ("{ a } {1} {} {a b}", "{ a } {1} {} {a b}"),
        ("{unknown}", "{unknown}"),
        ("`torch.tensor({m})`", "`torch.tensor([[0.1, 0.2], [0.3, 0.4]])`"),
        ("[b]{a}[/b] [link](x)", "[b]0.5[/b] [link](x)"),
        ("}{a}}", "}0.5}"),
        (r"\\{a}", r"\\0.5"),
        ("末尾の\\", "末尾の\\"),
    ],
)
def test_filled(text: str, shown: str) -> None:
    assert filled(text, GIVEN) == shown


def test_names_in_order_each_once() -> None:
    assert names(r"{b} {a} {b} \text{c} {{d}}") == ("b", "a")


@given(st.text(alphabet=r"{}ab\^_[] " + "\n"))
def test_pieces_lose_nothing(text: str) -> None:
    whole = "".join("{" + p.text + "}" if p.kind == "name" else p.text for p in pieces(text))
    assert whole == text or "{{" in text  # doubled braces become single ones
