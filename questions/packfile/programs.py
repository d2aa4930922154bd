"""What can be known to be wrong with a code question without running anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from losses import CATALOG
from losses.text import Text
from questions.code.cases import argument_names, whole_arguments
from questions.model import Boxes, CodeQuestion, Edge, Fixed, OneHot, Phrases
from questions.packfile.complaint import Complaint
from questions.packfile.problems import quoted
from questions.packfile.translate import close_to, one_of
from questions.packfile.tree import Path


def program_complaints(question: CodeQuestion) -> Iterator[Complaint]:
    """Yield everything that is wrong with the programs and with how they are called."""
    yield from _solution(question)
    if question.starter.strip() == question.solution.strip():
        yield Complaint(
            ("starter",),
            Text("starterがsolutionと同じである。", "The starter is the solution."),
            Text("書き足すか直す所を残す。", "Leave something to write or to repair."),
            code="P241",
        )
    if question.compute.loss in CATALOG:
        yield from _tensors(question)
        yield from _options(question)
    for place, edge in enumerate(question.edges):
        yield from _edge(question, edge, ("edges", place, "given"))
    yield from _unused(question)


def _solution(question: CodeQuestion) -> Iterator[Complaint]:
    try:
        tree = ast.parse(question.solution)
    except SyntaxError as error:
        yield Complaint(
            ("solution",),
            Text(
                f"{error.lineno}行目がPythonの文法に合わない（{error.msg}）。",
                f"Line {error.lineno} is not Python ({error.msg}).",
            ),
            code="P240",
        )
        return
    except (ValueError, RecursionError, MemoryError):
        yield Complaint(
            ("solution",),
            Text("Pythonとして読めない。", "This cannot be read as Python."),
            code="P240",
        )
        return
    kinds = (ast.ClassDef,) if question.form == "module" else (ast.FunctionDef, ast.Assign)
    defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if not any(isinstance(node, kinds) and _names(node, question.entry) for node in tree.body):
        yield Complaint(
            ("entry",),
            Text(
                f"solutionに「{quoted(question.entry)}」の定義がない。",
                f"The solution does not define '{quoted(question.entry)}'.",
            ),
            close_to(question.entry, defined) or (one_of(defined) if defined else None),
            code="P240",
        )


def _names(node: ast.stmt, name: str) -> bool:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name == name
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == name for target in node.targets
    )


def _tensors(question: CodeQuestion) -> Iterator[Complaint]:
    loss_id = question.compute.loss
    known = argument_names(loss_id)
    real = [name for name in known if name not in whole_arguments(loss_id)]
    named: list[tuple[Path, str, list[str]]] = [
        (("columns", place), name, list(known)) for place, name in enumerate(question.columns)
    ]
    options = [name for name in question.compute.inputs if name not in known]
    named += [(("hidden", place), name, options) for place, name in enumerate(question.hidden)]
    if question.gradient is not None:
        named.append((("gradient",), question.gradient, real))
    for path, name, wanted in named:
        if name not in wanted:
            yield Complaint(
                path,
                Text(
                    f"{loss_id}の「{quoted(name)}」はここに書けない。",
                    f"'{quoted(name)}' of {loss_id} cannot stand here.",
                ),
                close_to(name, wanted) or (one_of(wanted) if wanted else None),
                code="P242",
            )


def _options(question: CodeQuestion) -> Iterator[Complaint]:
    tensors = argument_names(question.compute.loss)
    for name, value in question.compute.inputs.items():
        if name not in tensors and (isinstance(value, tuple) or _is_list(question, value)):
            yield Complaint(
                ("compute", "inputs", name),
                Text(
                    f"オプション「{quoted(name)}」は一つの数にする。",
                    f"The option '{quoted(name)}' must be a single number.",
                ),
                code="P243",
            )


def _is_list(question: CodeQuestion, value: object) -> bool:
    sampler = question.given.get(value[1:]) if isinstance(value, str) else None
    match sampler:
        case None:
            return False
        case Fixed():
            return isinstance(sampler.value, tuple)
        case Phrases():
            return any(isinstance(phrase.value, tuple) for phrase in sampler.among)
        case OneHot() | Boxes():
            return True
        case _:
            return sampler.size is not None


def _edge(question: CodeQuestion, edge: Edge, path: Path) -> Iterator[Complaint]:
    for name, value in edge.given.items():
        if name not in question.given:
            yield Complaint(
                (*path, name),
                Text(
                    f"「{quoted(name)}」というgivenがない。",
                    f"No given is called '{quoted(name)}'.",
                ),
                close_to(name, question.given) or one_of(question.given),
                at_key=True,
                code="P223",
            )
        rows = value if isinstance(value, tuple) else (value,)
        lengths = {len(row) if isinstance(row, tuple) else None for row in rows}
        if len(lengths) != 1 or 0 in lengths:
            yield Complaint(
                (*path, name),
                Text(
                    "数がないか、行の長さがそろっていない。",
                    "There are no numbers, or the rows differ in length.",
                ),
                code="P244",
            )


def _unused(question: CodeQuestion) -> Iterator[Complaint]:
    inputs: Mapping[str, object] = question.compute.inputs
    used = {
        value[1:] for value in inputs.values() if isinstance(value, str) and value.startswith("$")
    }
    if not used <= set(question.given):
        return  # a misspelt name explains what is missing
    for name in question.given:
        if name not in used:
            yield Complaint(
                ("given", name),
                Text(
                    f"「{quoted(name)}」はどこにも使われていない。",
                    f"'{quoted(name)}' is not used anywhere.",
                ),
                Text("削除する。", "Remove it."),
                code="P228",
            )
