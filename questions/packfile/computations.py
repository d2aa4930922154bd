"""What can be wrong with gradients, expressions and comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from losses import CATALOG, LossInfo
from losses.text import Text
from losses.worked.step import Value
from questions.expression import fault_in, is_name, names_in
from questions.model import (
    CodeQuestion,
    CompareQuestion,
    Computation,
    ComputedQuestion,
    Expression,
    Phrases,
    Sampler,
)
from questions.packfile.complaint import Complaint
from questions.packfile.problems import quoted
from questions.packfile.samplers import sampler_complaints
from questions.packfile.translate import close_to, one_of
from questions.packfile.tree import Path
from questions.random_source import RandomSource
from questions.sampling import near_of, sample

_NOT_REAL = frozenset({"class_index", "lengths"})  # spaces without a gradient


def computes(
    question: ComputedQuestion | CodeQuestion,
) -> Iterator[tuple[Path, Computation | Expression]]:
    """Yield what a question computes, each with its place."""
    if isinstance(question, CompareQuestion):
        for place, side in enumerate(question.sides):
            yield ("sides", place, "compute"), side.compute
    else:
        yield ("compute",), question.compute


def computations(question: ComputedQuestion | CodeQuestion) -> Iterator[tuple[Path, Computation]]:
    """Yield every single value that a question computes, each with its place."""
    for path, compute in computes(question):
        if isinstance(compute, Expression):
            for name, part in compute.parts.items():
                yield (*path, "parts", name), part
        else:
            yield path, compute


def computed_names(question: ComputedQuestion | CodeQuestion) -> str:
    """Return the ids of the losses that a question computes, for a message."""
    return ", ".join(dict.fromkeys(compute.loss for _, compute in computations(question)))


def is_known(compute: Computation) -> bool:
    """Return whether there is such a loss, with an argument that it is differentiated by."""
    if compute.loss not in CATALOG:
        return False
    return compute.gradient is None or compute.gradient.of in _real(CATALOG[compute.loss])


def _real(info: LossInfo) -> list[str]:
    return [argument.name for argument in info.arguments if argument.space not in _NOT_REAL]


def gradient_complaints(
    compute: Computation, base: Path, given: Mapping[str, Sampler], info: LossInfo
) -> Iterator[Complaint]:
    """Yield what is wrong with the component of a gradient that is asked for."""
    if compute.gradient is None:
        return
    known = _real(info)
    of, at = compute.gradient.of, compute.gradient.at
    if of not in known:
        yield Complaint(
            (*base, "gradient", "of"),
            Text(
                f"{info.id}を「{quoted(of)}」で微分することはできない。",
                f"{info.id} cannot be differentiated by '{quoted(of)}'.",
            ),
            close_to(of, known) or one_of(known),
            code="P232",
        )
        return
    shape = _shape(compute.inputs.get(of), given)
    if shape is not None and (
        len(at) != len(shape) or any(place >= size for place, size in zip(at, shape, strict=True))
    ):
        last = [size - 1 for size in shape]
        yield Complaint(
            (*base, "gradient", "at") if at else (*base, "gradient"),
            Text(
                f"「{of}」に {list(at)} の位置はない。",
                f"'{of}' has no place {list(at)}.",
            ),
            Text(
                f"0から数える。最後は {last}。" if shape else "数が一つだけなのでatを省く。",
                f"Count from 0; the last is {last}."
                if shape
                else "It is one number: leave at out.",
            ),
        )


def value_only_complaints(question: CodeQuestion) -> Iterator[Complaint]:
    """Complain of a gradient component where the whole gradient is compared anyway."""
    if question.compute.gradient is not None:
        yield Complaint(
            ("compute", "gradient"),
            Text(
                "codeの問題のcomputeにgradientは書けない。",
                "compute of a code question takes no gradient.",
            ),
            Text(
                "勾配は常に比べる。比べる引数は問題のgradientに書く。",
                "Gradients are always compared; the question's own gradient names the argument.",
            ),
            at_key=True,
            code="P232",
        )


def expression_complaints(question: ComputedQuestion | CodeQuestion) -> Iterator[Complaint]:
    """Yield what is wrong with expressions and with the names of their parts."""
    for path, compute in computes(question):
        if isinstance(compute, Expression):
            for complaint in _expression(compute):
                yield replace(complaint, path=(*path, *complaint.path), code="P233")


def _expression(compute: Expression) -> Iterator[Complaint]:
    names, sound = names_in(compute.expression), True
    for name in compute.parts:
        if not is_name(name):
            sound = False
            yield Complaint(
                ("parts", name),
                Text(
                    f"「{quoted(name)}」は値の名前に使えない。",
                    f"'{quoted(name)}' cannot name a value.",
                ),
                Text(
                    "英字だけを使う。e、pi、ln、log、exp、sqrt、xは式の中で別の意味を持つ。",
                    "Use letters only; e, pi, ln, log, exp, sqrt and x mean something else.",
                ),
                at_key=True,
            )
        elif name not in names:
            sound = False
            yield Complaint(
                ("parts", name),
                Text(f"「{name}」が式に現れない。", f"'{name}' is not in the expression."),
                Text("式に使うか、削除する。", "Use it or remove it."),
                at_key=True,
            )
    for name in names:
        if name not in compute.parts:
            sound = False
            yield Complaint(
                ("expression",),
                Text(f"「{quoted(name)}」がpartsにない。", f"'{quoted(name)}' is not in parts."),
                close_to(name, compute.parts) or one_of(compute.parts),
                name,
            )
    fault = fault_in(compute.expression) if sound else None
    if fault is not None:
        yield Complaint(("expression",), fault, Text("例: a / b", "For example a / b"))


def wordless_complaints(name: str, path: Path, given: Mapping[str, Sampler]) -> Iterator[Complaint]:
    """Complain of computing with words that stand for no number."""
    sampler = given.get(name)
    if isinstance(sampler, Phrases) and any(each.value is None for each in sampler.among):
        yield Complaint(
            path,
            Text(
                f"「{name}」の文には値がなく、計算に使えない。",
                f"The texts of '{name}' have no values to compute with.",
            ),
            Text("among の各項目に value を書く。", "Give every item of among a value."),
            code="P225",
        )


def side_texts(question: ComputedQuestion | CodeQuestion) -> list[tuple[Path, str]]:
    """Return the texts of the sides of a comparison, each with its place."""
    if not isinstance(question, CompareQuestion):
        return []
    return [(("sides", place, "text"), side.text) for place, side in enumerate(question.sides)]


def side_complaints(question: CompareQuestion) -> Iterator[Complaint]:
    """Yield what is wrong with the sides taken together."""
    first: dict[str, int] = {}
    for place, side in enumerate(question.sides):
        if side.text in first:
            yield Complaint(
                ("sides", place, "text"),
                Text(
                    f"sides[{first[side.text]}]と同じ文である。",
                    f"The text is that of sides[{first[side.text]}].",
                ),
                Text("互いに異なるものにする。", "They must differ."),
                code="P210",
            )
        first.setdefault(side.text, place)
    same = all(side.compute == question.sides[0].compute for side in question.sides)
    if same:
        yield Complaint(
            ("sides",),
            Text("すべての辺が同じ計算である。", "All sides compute the same."),
            Text("比べるものを変える。", "Compare different values."),
            code="P234",
        )


def _shape(value: object, given: Mapping[str, Sampler]) -> tuple[int, ...] | None:
    """Return the shape of an input, None where it is not known."""
    if isinstance(value, str):
        sampler = given.get(value.removeprefix("$"))
        if sampler is None or near_of(sampler) is not None or any(sampler_complaints(sampler)):
            return None
        # Its numbers differ from seed to seed, its shape does not.
        return _shape_of(sample(sampler, RandomSource(0)).value)
    if isinstance(value, float | int | tuple):
        return _shape_of(value)
    return None


def _shape_of(value: Value | None) -> tuple[int, ...] | None:
    if value is None:
        return None
    if not isinstance(value, tuple):
        return ()
    first = value[0] if value else None
    return (len(value), len(first)) if isinstance(first, tuple) else (len(value),)
