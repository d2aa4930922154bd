"""A code question in a pack file: read, or refused with the place and what to do."""

from __future__ import annotations

import pytest

from questions.model import CodeQuestion
from questions.packfile import PackProblems, read_pack
from tests.questions.packfile.sound import SOUND

CODE = (
    SOUND
    + """\
  - kind: code
    id: write-huber
    topic: 13b
    stem: Huber損失を書け。
    explanation: 解説
    source: Huber (1964)
    form: function
    entry: huber_loss
    starter: |
      def huber_loss(pred, target, delta=1.0):
          return (pred - target).abs().mean()
    solution: |
      import torch


      def huber_loss(pred, target, delta=1.0):
          return torch.nn.functional.huber_loss(pred, target, delta=delta)
    given:
      x: {sample: uniform, low: 0, high: 3, decimals: 1, size: 3}
      y: {sample: uniform, low: 0, high: 3, decimals: 1, size: 3}
      d: {sample: choice, among: [0.5, 2]}
    compute:
      loss: huber
      inputs: {pred: $x, target: $y, delta: $d}
    gradient: pred
    edges:
      - says: 外れ値
        given: {x: [1, 500], y: [0, 0]}
"""
)
BEGINS = CODE.index("kind: code")


def test_it_is_read() -> None:
    question = read_pack(CODE.encode(), name="p.yaml").questions[2]
    assert isinstance(question, CodeQuestion)
    assert question.starter.startswith("def huber_loss(pred")
    assert question.edges[0].given == {"x": (1, 500), "y": (0, 0)}
    assert question.hidden == ()


# what is changed, to what, where it is complained of, in the Japanese message, in its hint
REFUSED = [
    ("form: function", "form: class", "class", "formに「class」は使えない", "function"),
    ("entry: huber_loss", "entry: huber loss", "huber loss", "entryの形でない", "Pythonの名前"),
    (
        "entry: huber_loss",
        "entry: huber_los",
        "huber_los",
        "「huber_los」の定義がない",
        "huber_loss",
    ),
    ("form: function", "form: module", "huber_loss\n    starter", "の定義がない", ""),
    (
        "return torch.nn",
        "return torch..nn",
        "|\n      import torch",
        "5行目がPythonの文法に合わない",
        "",
    ),
    ("    starter: |", "    startr: |", "startr", "使えない", "starter"),
    ("target: $y,", "target: $z,", "$z", "givenがない", "x"),
    ("loss: huber\n      inputs: {pred: $x", "loss: hubr\n      inputs: {pred: $x", "hubr", "", ""),
    ("gradient: pred", "gradient: delta", "delta\n    edges", "「delta」はここに書けない", "pred"),
    ("gradient: pred", "columns: [prd]", "prd]", "「prd」はここに書けない", "pred"),
    ("gradient: pred", "hidden: [pred]", "pred]", "「pred」はここに書けない", "delta"),
    ("gradient: pred", "mistakes: [nothing]", "nothing", "登録されていない", "sum_for_mean"),
    ("given: {x: [1, 500]", "given: {z: [1, 500]", "z: [1, 500]", "givenがない", "x"),
    ("given: {x: [1, 500]", "given: {x: [[1, 2], [3]]", "x: [[1, 2]", "長さがそろっていない", ""),
    ("given: {x: [1, 500]", "given: {x: 損", "損, y", "数、数のリスト、または数の表", ""),
    (
        "d: {sample: choice, among: [0.5, 2]}",
        "d: {sample: fixed, value: [1, 2]}",
        "$d",
        "一つの数にする",
        "",
    ),
    (
        "d: {sample: choice, among: [0.5, 2]}",
        "d: {sample: fixed, value: 1}\n      e: {sample: fixed, value: 1}",
        "e: {sample",
        "どこにも使われていない",
        "削除する",
    ),
]


@pytest.mark.parametrize(("old", "new", "words", "message", "hint"), REFUSED)
def test_what_is_refused(old: str, new: str, words: str, message: str, hint: str) -> None:
    assert CODE.count(old, BEGINS) == 1
    text = CODE[:BEGINS] + CODE[BEGINS:].replace(old, new)
    with pytest.raises(PackProblems) as raised:
        read_pack(text.encode(), name="p.yaml")
    (problem,) = raised.value.problems
    assert message.replace(" ", "") in problem.message.ja.replace(" ", "")
    assert hint in (problem.hint.ja if problem.hint else "")
    assert problem.message.en
    at = text.index(words, BEGINS)
    place = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    assert (problem.line, problem.column) == place


def test_a_starter_that_is_the_solution_is_refused() -> None:
    start, solution = CODE.index("    starter: |\n"), CODE.index("    solution: |\n")
    text = CODE[:start] + CODE[solution:].replace(
        "    given:\n",
        "    starter: |\n"
        + CODE[solution : CODE.index("    given:\n", solution)].split("\n", 1)[1]
        + "    given:\n",
        1,
    )
    with pytest.raises(PackProblems) as raised:
        read_pack(text.encode(), name="p.yaml")
    (problem,) = raised.value.problems
    assert "starterがsolutionと同じ" in problem.message.ja


@pytest.mark.parametrize("nested", ["(" * 300 + ")" * 300, "-" * 5000 + "1", "\\0"])
def test_a_solution_that_python_cannot_take_in_is_refused(nested: str) -> None:
    text = CODE[:BEGINS] + CODE[BEGINS:].replace(
        "return torch.nn.functional.huber_loss(pred, target, delta=delta)", f"return {nested}"
    )
    with pytest.raises(PackProblems) as raised:
        read_pack(text.encode(), name="p.yaml")
    assert raised.value.problems[0].message.en


def test_a_component_of_a_gradient_is_refused() -> None:
    inputs = "      inputs: {pred: $x, target: $y, delta: $d}\n"
    text = CODE.replace(inputs, f"{inputs}      gradient: {{of: pred, at: [0]}}\n")
    with pytest.raises(PackProblems) as raised:
        read_pack(text.encode(), name="p.yaml")
    (problem,) = raised.value.problems
    assert problem.code == "P232"
    assert "gradientは書けない" in problem.message.ja
    assert problem.path == "questions[2].compute.gradient"
