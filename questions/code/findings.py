"""The first thing that is wrong with what a program gave, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Literal

from losses.text import Text
from losses.worked.step import number
from questions.code.cases import argument_names
from questions.code.checks import Check
from questions.code.limits import Limits
from questions.code.program import Dtype, Ending, Output, Problem, Run, TensorData
from questions.model import CodeQuestion

# `program`: it gave no numbers to compare. The others: what differs first.
FindingKind = Literal["program", "shape", "dtype", "value", "no_gradient", "gradient"]

_SHOWN = 60  # numbers of a tensor
# Relative and absolute: the order of the operations may differ, the result may not.
_TOLERANCES: Mapping[Dtype, tuple[float, float]] = {
    "float64": (1e-6, 1e-9),
    "float32": (1e-3, 1e-5),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, on which input, and both values."""

    kind: FindingKind
    says: Text
    line: int | None = None  # of the program
    inputs: tuple[tuple[str, str], ...] = ()  # names and numbers
    edge: str | None = None  # what the author says of this input
    expected: str | None = None
    got: str | None = None
    ordinary: bool = True  # an input drawn at random, in float64; False: an edge, or float32


def unloadable(run: Run, limits: Limits) -> Finding | None:
    """Return why a program gave no first value to compare, None if it gave one."""
    if run.outputs and run.outputs[0].value is not None:
        return None
    problem = run.problem or (run.outputs[0].problem if run.outputs else None)
    if problem is not None:
        return Finding(kind="program", says=_of_problem(problem, limits), line=problem.line)
    return Finding(kind="program", says=of_ending(run.ending, run.detail, limits))


def first_finding(
    question: CodeQuestion, tried: Sequence[Check], run: Run, limits: Limits
) -> Finding | None:
    """Return the first difference between a program and the reference, None if there is none."""
    inputs = question.compute.inputs
    # Under the author's names: the loss may call a thing otherwise than the stem.
    names = [
        str(inputs[name]).removeprefix("$") if str(inputs[name]).startswith("$") else name
        for name in argument_names(question.compute.loss)
    ]
    for place, check in enumerate(tried):
        if place < len(run.outputs):
            found = _difference(check, run.outputs[place], limits)
        else:
            says = of_ending(run.ending, run.detail, limits)
            found = Finding(kind="program", says=says)
        if found is not None:
            return _on(found, check, names)
    return None


def behaves_like(tried: Sequence[Check], run: Run) -> tuple[str, ...]:
    """Return the mistakes that give the program's value on every input where they can be made.

    At least one of these inputs shows the mistake, and there are at least two.
    """
    outputs = dict(enumerate(run.outputs))
    names = dict.fromkeys(name for check in tried for name in check.mistakes)
    found = []
    for name in names:
        made = [
            (check.mistakes[name], check.value, outputs.get(place, Output()).value)
            for place, check in enumerate(tried)
            if name in check.mistakes
        ]
        if (
            len(made) >= 2  # one may agree by chance
            and all(got is not None and same(got, wrong, "float64") for wrong, _, got in made)
            and any(not same(wrong, right, "float64") for wrong, right, _ in made)
        ):
            found.append(name)
    return tuple(found)


def same(got: TensorData, expected: TensorData, dtype: Dtype) -> bool:
    """Return whether two tensors have one shape and, but for rounding, the same numbers."""
    if got.shape != expected.shape or got.values is None or expected.values is None:
        return False
    return len(got.values) == len(expected.values) and all(
        _close(one, other, dtype) for one, other in zip(got.values, expected.values, strict=True)
    )


def _close(got: float, expected: float, dtype: Dtype) -> bool:
    if got == expected or (isnan(got) and isnan(expected)):
        return True
    relative, absolute = _TOLERANCES[dtype]
    return abs(got - expected) <= absolute + relative * abs(expected)


def _difference(check: Check, output: Output, limits: Limits) -> Finding | None:
    if output.value is None:
        problem = output.problem or Problem("no_tensor")
        return Finding(kind="program", says=_of_problem(problem, limits), line=problem.line)
    got, expected = output.value, check.value
    if got.shape != expected.shape:
        return Finding(
            kind="shape",
            says=Text("戻り値の形が違う。", "The value has another shape."),
            expected=written_shape(expected),
            got=written_shape(got),
        )
    if not same(got, expected, check.dtype):
        return Finding(
            kind="value",
            says=Text("値が違う。", "The value differs."),
            expected=written(expected),
            got=written(got),
        )
    if got.dtype != check.dtype:
        return Finding(
            kind="dtype",
            says=Text(
                "戻り値のdtypeが入力と違う。", "The value has another dtype than the inputs."
            ),
            expected=check.dtype,
            got=got.dtype,
        )
    return _gradient_difference(check, output, limits)


def _gradient_difference(check: Check, output: Output, limits: Limits) -> Finding | None:
    if check.gradient is None:
        return None
    if output.gradient is None:
        problem = output.no_gradient or Problem("no_gradient")
        return Finding(
            kind="no_gradient", says=_of_problem(problem, limits), expected=written(check.gradient)
        )
    if same(output.gradient, check.gradient, check.dtype):
        return None
    return Finding(
        kind="gradient",
        says=Text("値は同じだが、勾配が違う。", "The value is right but the gradient differs."),
        expected=written(check.gradient),
        got=written(output.gradient),
    )


def _on(finding: Finding, check: Check, names: Sequence[str]) -> Finding:
    shown = [
        (name, f"{written(tensor)}  ({tensor.dtype})")
        for name, tensor in zip(names, check.call.tensors, strict=True)
    ]
    shown += [(name, str(value)) for name, value in check.call.options.items()]
    return Finding(
        kind=finding.kind,
        says=finding.says,
        line=finding.line,
        inputs=tuple(shown),
        edge=check.case.edge,
        expected=finding.expected,
        got=finding.got,
        ordinary=check.case.edge is None and check.dtype == "float64",
    )


def written(tensor: TensorData) -> str:
    """Write a tensor's numbers, six significant digits each: `[[1, 2.5], [0, −1]]`."""
    if tensor.values is None:
        return written_shape(tensor)
    texts = [number(value) for value in tensor.values[:_SHOWN]]
    if len(tensor.values) > _SHOWN:
        return "[" + ", ".join(texts) + ", ...]"
    for size in reversed(tensor.shape):
        step = max(1, size)
        texts = [
            "[" + ", ".join(texts[at : at + step]) + "]" for at in range(0, len(texts), step)
        ] or ["[]"]
    return texts[0]


def written_shape(tensor: TensorData) -> str:
    """Write a shape as Python does: `(3,)`, `()`."""
    return str(tuple(tensor.shape))


def of_ending(ending: Ending, detail: str, limits: Limits) -> Text:
    """Say why a program ended before all its results were there."""
    match ending:
        case "time":
            return Text(
                f"{limits.wall:g}秒以内に終わらないため、プログラムを止めた。"
                "無限ループがないか確かめる。",
                f"The program was stopped: it did not end within {limits.wall:g} seconds. "
                "Look for an endless loop.",
            )
        case "output":
            return Text(
                "出力が多すぎるため、プログラムを止めた。",
                "The program was stopped: it printed too much.",
            )
        case "crashed":
            return Text(
                f"プログラムが異常終了した（{detail}）。", f"The program crashed ({detail})."
            )
        case "garbled":
            return Text(
                "結果を渡す通信路に余分なものが書き込まれたため、プログラムを止めた。",
                "The program was stopped: it wrote into the channel that carries the results.",
            )
        case "startup":
            return Text(
                "実行環境（PyTorch）の準備に時間がかかりすぎた。もう一度実行する。",
                "Loading PyTorch for the program took too long; run it again.",
            )
        case "unstartable":
            return Text(
                f"プログラムの実行環境を起動できない（{detail}）。",
                f"The process for the program cannot be started ({detail}).",
            )
        case "ended" | "finished":
            return Text(
                "結果がそろう前に、プログラムが自分で終了した。",
                "The program ended by itself before all results were there.",
            )


_REFUSALS: Mapping[str, Text] = {
    "files": Text(
        "ファイルの作成・変更・削除はできない。", "Files cannot be created, changed or deleted."
    ),
    "network": Text("ネットワークは使えない。", "The network cannot be used."),
    "processes": Text(
        "プロセスやスレッドは起動できない。", "Processes and threads cannot be started."
    ),
    "system": Text("制限の設定は変えられない。", "The limits cannot be changed."),
    "reference": Text(
        "quizapp自身の実装は読み込めない。PyTorchだけで書く。",
        "quizapp's own code cannot be imported; use PyTorch alone.",
    ),
}


def _of_problem(problem: Problem, limits: Limits) -> Text:
    ja = en = ""
    if problem.line is not None:
        ja, en = f"{problem.line}行目: ", f"Line {problem.line}: "
    match problem.kind:
        case "syntax":
            says = Text(
                f"文法が誤っている（{problem.message}）。", f"syntax error ({problem.message})."
            )
        case "missing":
            says = Text(
                f"「{problem.name}」が定義されていない。", f"'{problem.name}' is not defined."
            )
        case "no_module":
            says = Text(
                f"nn.Moduleのインスタンスではなく{problem.name}が作られた。",
                f"This makes a {problem.name}, not an nn.Module.",
            )
        case "no_tensor":
            says = Text(
                f"戻り値がテンソルではなく{problem.name}である。",
                f"The value returned is a {problem.name}, not a tensor.",
            )
        case "no_gradient":
            says = Text(
                "戻り値から入力へ勾配が流れない（.detach()、.item()、argsortなどで切れている）。",
                "No gradient reaches the input: something such as .detach(), .item() or argsort "
                "cuts it off.",
            )
        case "refused":
            says = _REFUSALS[problem.reason or "system"]
        case "memory":
            says = _out_of_memory(limits)
        case "raised":
            what = f"{problem.name}: {problem.message}" if problem.message else problem.name
            says = Text(f"例外が起きた（{what}）。", f"it raised {what}.")
    return Text(ja + says.ja, en + says.en)


def _out_of_memory(limits: Limits) -> Text:
    megabytes = limits.memory // 2**20
    return Text(
        f"メモリーを使いすぎた（上限{megabytes} MB）。",
        f"The program used too much memory (at most {megabytes} MB).",
    )
