"""A program beside the reference: what is right, what differs first, which mistake it makes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from questions.code import sandbox
from questions.code.cases import DRAWS, cases
from questions.code.checks import checks, program
from questions.code.findings import written
from questions.code.limits import Limits
from questions.code.program import Output, Run, TensorData
from questions.compute.client import ComputeWorker
from questions.examiner import Examiner
from questions.grading.code import grade_code
from questions.model import CodeQuestion, content_hash
from questions.rendering import variant_json, verdict_json
from questions.variant import Variant
from questions.verdict import Verdict
from tests.questions.examples import code


@pytest.fixture(scope="module")
def computer() -> Iterator[ComputeWorker]:
    computer = ComputeWorker()
    yield computer
    computer.close()


@pytest.fixture(scope="module")
def examiner(computer: ComputeWorker) -> Examiner:
    return Examiner(computer, limits=Limits(wall=20, cpu=4))


def variant(examiner: Examiner, question: CodeQuestion, seed: int = 1) -> Variant:
    return examiner.present(
        question, question_id="p/q", content_hash=content_hash(question), seed=seed
    )


def judged(examiner: Examiner, source: str, **changes: object) -> Verdict:
    question = code(**changes)
    return examiner.judge(variant(examiner, question, seed=len(source)), source)


def function(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return f"import torch\n\n\ndef mse(pred, target):\n{lines}"


# What the program computes; outcome, score, kind of the finding, words of the finding, mistakes
PROGRAMS = [
    ("return ((pred - target) ** 2).mean()", "correct", 1.0, None, "", ()),
    ("return torch.nn.functional.mse_loss(pred, target)", "correct", 1.0, None, "", ()),
    (
        "return ((pred - target) ** 2).mean().sqrt()",
        "mistake",
        0.0,
        "value",
        "値が違う",
        ("root_taken",),
    ),
    ("return (pred - target).abs().mean()", "mistake", 0.0, "value", "", ("absolute_instead",)),
    ("return ((pred - target) ** 2).sum()", "mistake", 0.0, "value", "", ("sum_for_mean",)),
    ("return ((pred - target) ** 2).sum() / 3", "partial", 0.5, "value", "値が違う", ()),
    ("return ((pred - target) ** 2).mean() + 0.01", "wrong", 0.0, "value", "値が違う", ()),
    ("return (pred - target) ** 2", "wrong", 0.0, "shape", "形が違う", ()),
    (
        "return ((pred.detach() - target) ** 2).mean()",
        "wrong",
        0.0,
        "no_gradient",
        "勾配が流れない",
        (),
    ),
    (
        "return ((pred - target) ** 2).mean() + (pred - pred.detach()).sum()",
        "wrong",
        0.0,
        "gradient",
        "勾配が違う",
        (),
    ),
    ("return ((pred - target) ** 2).mean().double()", "partial", 0.5, "dtype", "dtype", ()),
    (
        "return ((pred.half() - target.half()) ** 2).mean().to(pred.dtype)",
        "wrong",
        0.0,
        "value",
        "値が違う",
        (),
    ),
    (
        "if len(pred) == 2: raise ValueError('二つ')\nreturn ((pred - target) ** 2).mean()",
        "partial",
        0.5,
        "program",
        "ValueError: 二つ",
        (),
    ),
    (
        "while len(pred) == 2: pass\nreturn ((pred - target) ** 2).mean()",
        "partial",
        0.5,
        "program",
        "秒以内に終わらない",
        (),
    ),
    ("return float('nan') * pred.sum()", "wrong", 0.0, "value", "値が違う", ()),
]


Told = tuple[str, str, float, str | None, str, tuple[str, ...]]


@pytest.mark.parametrize("told", PROGRAMS, ids=[told[0] for told in PROGRAMS])
def test_what_a_program_is_told(examiner: Examiner, told: Told) -> None:
    body, outcome, score, kind, says, mistakes = told
    verdict = judged(examiner, function(body))
    assert (verdict.outcome, verdict.score) == (outcome, score)
    assert tuple(mistake.id for mistake in verdict.mistakes) == mistakes
    assert verdict.solution == code().solution
    assert verdict.explanation == code().explanation
    if verdict.finding is None:
        assert kind is None
    else:
        assert verdict.finding.kind == kind
        assert says in verdict.finding.says.ja
        assert [name for name, _ in verdict.finding.inputs] == ["pred", "target"]


def test_the_first_differing_input_is_shown_with_both_values(examiner: Examiner) -> None:
    verdict = judged(examiner, function("return ((pred - target) ** 2).sum() / 3"))
    assert verdict.finding is not None
    assert verdict.finding.edge == "例が2つ"
    assert verdict.finding.inputs == (
        ("pred", "[1, 300]  (float64)"),
        ("target", "[0, 0]  (float64)"),
    )
    assert (verdict.finding.expected, verdict.finding.got) == ("45000.5", "30000.3")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "コードが入力されていない"),
        ("　\n", "コードが入力されていない"),
        ("def mse(:", "1行目: 文法が誤っている"),
        ("x = 1", "「mse」が定義されていない"),
        (function("return undefined"), "5行目: 例外が起きた（NameError"),
        (function("while True: pass"), "秒以内に終わらない"),
    ],
)
def test_what_cannot_be_compared_costs_no_attempt(
    examiner: Examiner, source: str, says: str
) -> None:
    verdict = judged(examiner, source)
    assert verdict.outcome == "unreadable"
    assert not verdict.graded
    assert says in verdict.message.ja
    assert verdict.solution == ""  # it would give the answer away


def test_full_width_signs_are_read_as_ordinary_ones(examiner: Examiner) -> None:
    source = "def mse（pred， target）：\n　　return （（pred － target） ＊＊ ２）．mean（）\n"
    verdict = judged(examiner, source)
    assert verdict.outcome == "correct"
    assert verdict.raw == source


def test_what_the_program_prints_is_shown(examiner: Examiner) -> None:
    verdict = judged(
        examiner, function("print('形', pred.shape)\nreturn ((pred - target) ** 2).mean()")
    )
    assert verdict.outcome == "correct"
    assert verdict.printed.startswith("形 torch.Size([3])\n")


MODULE = """
import torch
from torch import nn

class Huber(nn.Module):
    def __init__(self, delta=1.0):
        super().__init__()
        self.delta = {delta}

    def forward(self, pred, target):
        size = (pred - target).abs()
        near = size.clamp(max=self.delta)
        return (near**2 / 2 + self.delta * (size - near)).mean()
"""


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        (MODULE.format(delta="delta"), "correct"),
        (MODULE.format(delta="1.0"), "wrong"),
        (MODULE.format(delta="delta").replace("nn.Module)", "object)"), ""),
    ],
)
def test_a_module_is_made_with_the_options_of_the_loss(
    examiner: Examiner, source: str, outcome: str
) -> None:
    question = code(
        form="module",
        entry="Huber",
        solution=MODULE.format(delta="delta"),
        given={
            **code().model_dump()["given"],
            "delta": {"sample": "choice", "among": [0.2, 0.4]},
        },
        compute={
            "loss": "huber",
            "inputs": {"pred": "$pred", "target": "$target", "delta": "$delta"},
        },
    )
    verdict = examiner.judge(variant(examiner, question), source)
    if outcome:
        assert verdict.outcome == outcome
    else:
        assert "nn.Module" in verdict.message.ja


def test_at_a_kink_every_slope_between_the_two_is_right(examiner: Examiner) -> None:
    changes = {
        "entry": "mae",
        "compute": {"loss": "mae", "inputs": {"pred": "$pred", "target": "$target"}},
        "edges": [{"says": "誤差が0", "given": {"pred": [1, 2], "target": [1, 0]}}],
    }
    for source in (
        "def mae(pred, target):\n    return (pred - target).abs().mean()\n",
        "import torch\ndef mae(pred, target):\n    e = pred - target\n"
        "    return torch.where(e > 0, e, -e).mean()\n",
    ):
        assert judged(examiner, source, **changes).outcome == "correct"


def test_the_same_seed_gives_the_same_inputs() -> None:
    question = code()
    drawn = cases(question, 5)
    assert drawn == cases(question, 5)
    assert drawn != cases(question, 6)
    assert len(drawn) == DRAWS + 1
    assert len({str(case.inputs) for case in drawn}) == len(drawn)


def test_a_column_is_given_as_a_column_and_a_hidden_option_not_at_all(
    computer: ComputeWorker,
) -> None:
    question = code(columns=["pred"], hidden=["delta"]).model_copy(
        update={
            "compute": code(
                compute={
                    "loss": "huber",
                    "inputs": {"pred": "$pred", "target": "$target", "delta": 0.5},
                }
            ).compute
        }
    )
    tried = checks(question, 1, computer.references(question, 1))
    for check in tried:
        pred, target = check.call.tensors
        assert pred.shape == (*target.shape, 1)
        assert check.gradient is None or check.gradient.shape == pred.shape
        assert check.call.options == {}


def test_a_program_that_forges_results_must_forge_the_right_ones(
    computer: ComputeWorker, examiner: Examiner
) -> None:
    """What the process sends is only data: nothing in it can say that it is right."""
    question = code()
    shown = variant(examiner, question)
    tried = checks(question, 1, computer.references(question, 1))
    forged = Output(value=TensorData((), "float64", (0.0,)))
    run = Run(ending="finished", outputs=(forged,) * len(tried))
    assert grade_code(shown, "x", tried, run, limits=Limits()).outcome == "wrong"
    short = Run(ending="finished", outputs=(Output(value=tried[0].value),))
    assert grade_code(shown, "x", tried, short, limits=Limits()).outcome == "wrong"
    none = Run(ending="finished")
    assert not grade_code(shown, "x", tried, none, limits=Limits()).graded


def test_where_the_app_is_served_nothing_is_run(
    computer: ComputeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> Run:
        raise AssertionError("a program was run")

    monkeypatch.setattr(sandbox, "run", run)
    serving = Examiner(computer, served=True)
    verdict = serving.judge(variant(serving, code()), code().solution)
    assert not verdict.graded
    assert "共有されている" in verdict.message.ja


def test_a_verdict_as_json(examiner: Examiner) -> None:
    shown = variant(examiner, code())
    written_variant = variant_json(shown)
    assert written_variant["program"] == {
        "form": "function",
        "entry": "mse",
        "starter": code().starter,
    }
    assert code().solution not in json.dumps(written_variant)
    verdict = verdict_json(examiner.judge(shown, code().starter), "en")
    finding = verdict["finding"]
    assert isinstance(finding, dict)
    assert finding["kind"] == "value"
    assert finding["says"] == "The value differs."
    assert set(finding["inputs"]) == {"pred", "target"}
    assert finding["expected"] != finding["got"]
    assert verdict["solution"] == code().solution
    json.dumps(verdict, allow_nan=False)


@pytest.mark.parametrize(
    ("tensor", "says"),
    [
        (TensorData((), "float64", (0.5,)), "0.5"),
        (TensorData((2,), "float64", (1.0, -2.5)), "[1, −2.5]"),
        (TensorData((2, 2), "float64", (1.0, 2.0, 3.0, 4.0)), "[[1, 2], [3, 4]]"),
        (TensorData((2, 1), "float64", (1.0, 2.0)), "[[1], [2]]"),
        (TensorData((0,), "float64", ()), "[]"),
        (TensorData((1,), "float64", (float("nan"),)), "[nan]"),
        (TensorData((10**6,), "float64", None), "(1000000,)"),
    ],
)
def test_how_a_tensor_is_written(tensor: TensorData, says: str) -> None:
    assert written(tensor) == says


def test_the_program_is_called_with_what_the_checks_say(computer: ComputeWorker) -> None:
    question = code()
    tried = checks(question, 1, computer.references(question, 1))
    made = program(question, "x", tried)
    assert made.calls == tuple(check.call for check in tried)
    assert {check.dtype for check in tried} == {"float64", "float32"}
