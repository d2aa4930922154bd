"""The catalogue is complete, consistent, and true of the code."""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import re

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name snippets use

import losses
from losses import CATALOG, LossInfo, Text, evaluation
from losses.functional import FUNCTIONS
from losses.mistakes.functions import FUNCTIONS as MISTAKES
from losses.worked.functions import STEPS
from tests.losses.cases import ALL_CASES, CASE
from tests.losses.cases.case import LossCase
from tests.losses.cases.inputs import accepted, drawn

EVERY_LOSS = pytest.mark.parametrize("info", CATALOG.values(), ids=CATALOG)
EVERY_CASE = pytest.mark.parametrize("case", ALL_CASES, ids=[case.id for case in ALL_CASES])

# The keys of the syllabus items that losses occur in; item 13 in parts.
_SYLLABUS = re.compile(r"13[a-e]|7|10|12|14|15|16|24|26|27|28|29|30|31|32|34|37|beyond")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def every_text(info: LossInfo) -> list[Text]:
    """All that the catalogue says of a loss in two languages."""
    return [
        info.name,
        info.denominator,
        info.use_when,
        info.avoid_when,
        info.properties.minimum_at,
        *(argument.says for argument in info.arguments),
        *(option.says for option in info.options),
        *(text for mistake in info.mistakes for text in (mistake.says, mistake.remedy)),
    ]


def test_every_loss_has_its_entry_in_every_room():
    assert set(FUNCTIONS) == set(CATALOG)
    assert set(STEPS) == set(CATALOG)
    assert set(MISTAKES) == set(CATALOG)
    assert [case.id for case in ALL_CASES] == list(CATALOG)


def test_ids_are_unique_over_the_families():
    catalog = importlib.import_module("losses.catalog")
    ids = [info.id for family in catalog._FAMILIES for info in family]
    assert len(ids) == len(set(ids))


@EVERY_LOSS
def test_arguments_and_options_are_those_of_the_function(info: LossInfo):
    parameters = inspect.signature(losses.get(info.id)).parameters.values()
    positional = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    keywords = {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}
    assert "reduction" in keywords
    del keywords["reduction"]
    assert positional == [argument.name for argument in info.arguments]
    assert keywords == {option.name: option.default for option in info.options}


@EVERY_LOSS
def test_worked_steps_take_what_the_function_takes(info: LossInfo):
    assert list(inspect.signature(STEPS[info.id]).parameters) == list(
        inspect.signature(losses.get(info.id)).parameters
    )


@EVERY_LOSS
def test_the_function_says_its_shapes_its_source_and_a_number(info: LossInfo):
    says = inspect.getdoc(losses.get(info.id)) or ""
    for part in ("Shapes:", "Raises", "Source:", ">>> "):
        assert part in says


@EVERY_LOSS
def test_both_languages_are_written(info: LossInfo):
    for text in every_text(info):
        assert isinstance(text, Text)
        assert text.ja.strip()
        assert text.en.strip()
        assert not _JAPANESE.search(text.en)
    for text in (info.use_when, info.avoid_when):
        assert text.ja.endswith("。")
        assert text.en.endswith(".")
    for mistake in info.mistakes:
        for text in (mistake.says, mistake.remedy):
            assert text.ja.endswith("。")
            assert text.en.endswith(".")


@EVERY_LOSS
def test_japanese_is_plain_and_half_width(info: LossInfo):
    """である style; digits and Latin letters half-width; no sentence without its full stop."""
    for text in every_text(info):
        assert not re.search(r"[０-９Ａ-Ｚａ-ｚ]", text.ja)
        assert not re.search(r"(です|ます|ください|ましょう)(。|$)", text.ja)


@EVERY_LOSS
def test_formulas_are_for_their_medium(info: LossInfo):
    assert info.latex.count("{") == info.latex.count("}")
    assert info.latex.count(r"\left") - info.latex.count(r"\leftarrow") == info.latex.count(
        r"\right"
    ) - info.latex.count(r"\rightarrow")
    assert "\\" not in info.formula
    assert "$" not in info.latex
    assert info.syllabus == (_SYLLABUS.fullmatch(info.syllabus) or [""])[0]


@EVERY_LOSS
def test_neighbours_are_other_losses(info: LossInfo):
    assert info.neighbours
    assert info.id not in info.neighbours
    assert len(set(info.neighbours)) == len(info.neighbours)
    for neighbour in info.neighbours:
        assert neighbour in CATALOG


@EVERY_LOSS
def test_misnomers_are_no_accepted_names(info: LossInfo):
    accepted_names = {info.name.ja, info.name.en, *info.aliases, info.abbreviation}
    assert not set(info.misnomers) & accepted_names
    for wrong, right in info.misnomers.items():
        assert right.strip()
        assert right != wrong


@EVERY_LOSS
def test_three_mistakes_with_different_ids(info: LossInfo):
    ids = [mistake.id for mistake in info.mistakes]
    assert len(ids) >= 3
    assert len(set(ids)) == len(ids)
    assert set(ids) == set(MISTAKES[info.id])


@EVERY_LOSS
def test_papers_have_an_author_a_year_and_a_title(info: LossInfo):
    for paper in info.papers:
        assert paper.author.strip()
        assert paper.title.strip()
        assert 1700 < paper.year < 2030


@EVERY_LOSS
def test_the_pytorch_name_exists(info: LossInfo):
    if info.pytorch is None:
        return
    module, name = info.pytorch.rsplit(".", 1)
    assert hasattr(importlib.import_module(module), name)


@EVERY_LOSS
def test_the_snippet_computes_the_loss_with_its_defaults(info: LossInfo):
    case = CASE[info.id]
    names = {argument.name for argument in info.arguments}
    for seed in range(50):
        inputs = {name: given for name, given in drawn(case, seed).items() if name in names}
        if accepted(case, inputs):
            break
    else:
        pytest.fail("no random input suits the default options")
    space = {
        "torch": torch,
        "F": F,
        "math": math,
        **{option.name: option.default for option in info.options},
        **inputs,
    }
    if "torchvision" in info.snippet:
        space["torchvision"] = pytest.importorskip("torchvision", reason="no torchvision here")
    *_, last = ast.parse(info.snippet).body
    assert isinstance(last, ast.Expr | ast.Assign)
    program = ast.parse(info.snippet)
    program.body[-1] = ast.Assign([ast.Name("shown", ast.Store())], last.value)
    exec(compile(ast.fix_missing_locations(program), info.id, "exec"), space)  # noqa: S102 - ours
    shown = space["shown"]
    torch.testing.assert_close(shown, evaluation.compute(info.id, **inputs), rtol=1e-6, atol=1e-8)


@EVERY_CASE
def test_properties_are_true_of_random_inputs(case: LossCase):
    """The minimum is a lower bound, and what is called symmetric is."""
    info = CATALOG[case.id]
    first, second = [argument.name for argument in info.arguments][:2] + [""] * (
        2 - min(2, len(info.arguments))
    )
    for seed in range(20):
        inputs = drawn(case, seed)
        value = evaluation.compute(case.id, **inputs)
        if info.properties.minimum is not None and info.role == "loss":
            assert value >= info.properties.minimum - 1e-12
        if info.properties.symmetric and second:
            # Tensor options (the weights of a sample) belong to one side: leave them out.
            names = {argument.name for argument in info.arguments}
            plain = {
                name: given
                for name, given in inputs.items()
                if name in names or not isinstance(given, torch.Tensor)
            }
            swapped = {**plain, first: inputs[second], second: inputs[first]}
            torch.testing.assert_close(
                evaluation.compute(case.id, **swapped), evaluation.compute(case.id, **plain)
            )
