"""`quizapp losses`: the catalogue or one loss of it, as text or as JSON.

Text keeps to 80 columns, counted in cells; JSON holds both languages and its keys stay.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
from collections.abc import Iterable, Iterator, Mapping

from losses import CATALOG
from losses.catalog.info import Argument, Family, LossInfo, MistakeInfo, Option, Space, Unit
from quizapp.language import _, say
from quizapp.problem import Problem
from quizapp.tui.wrapping import wrap

_WIDTH = 80
_INDENT = "  "


class UnknownLoss(Problem):
    """A loss that is not in the catalogue."""


def find(loss_id: str) -> LossInfo:
    """Return a loss by its id. Raises UnknownLoss, naming the ids that look or mean like it."""
    info = CATALOG.get(loss_id)
    if info is not None:
        return info
    unknown = _("There is no loss {id}.").format(id=loss_id)
    near = _near(loss_id)
    if near:
        hint = _("Near it: {ids}").format(ids=", ".join(near))
    else:
        hint = _("quizapp losses lists all.")
    raise UnknownLoss(f"{unknown} {hint}")


def catalogue() -> str:
    """Return all losses by family: id, name, abbreviation."""
    families: dict[Family, list[LossInfo]] = {}
    for info in CATALOG.values():
        families.setdefault(info.family, []).append(info)
    column = max(map(len, CATALOG)) + 2  # ids are ASCII
    lines = []
    for family, members in families.items():
        lines.append(family_name(family))
        for info in members:
            short = f" ({info.abbreviation})" if info.abbreviation else ""
            lines += _hanging(f"{_INDENT}{info.id:<{column}}", say(info.name) + short)
        lines.append("")
    return "\n".join(lines)


def catalogue_json() -> str:
    """Return all losses, in short, as a JSON array."""
    return _json(
        [
            {
                "id": info.id,
                "name": info.name,
                "abbreviation": info.abbreviation,
                "family": info.family,
                "role": info.role,
                "syllabus": info.syllabus,
            }
            for info in CATALOG.values()
        ]
    )


def description(info: LossInfo) -> str:
    """Return everything the catalogue knows of a loss, for reading."""
    return "\n".join([*_heading(info), *_sections(info)]) + "\n"


def description_json(info: LossInfo) -> str:
    """Return everything the catalogue knows of a loss as a JSON object."""
    return _json(info)


def _near(word: str) -> list[str]:
    """Return up to three ids whose id, name, alias or misnomer is close to a word."""
    ids = {
        name.casefold(): info.id
        for info in CATALOG.values()
        for name in (
            info.id,
            info.name.ja,
            info.name.en,
            *([info.abbreviation] if info.abbreviation else []),
            *info.aliases,
            *info.misnomers,
        )
    }
    found = difflib.get_close_matches(word.casefold(), ids, n=6, cutoff=0.6)
    return list(dict.fromkeys(ids[name] for name in found))[:3]


# ---- a loss, for reading ----


def _heading(info: LossInfo) -> Iterator[str]:
    short = f" ({info.abbreviation})" if info.abbreviation else ""
    yield from _hanging("", f"{say(info.name)}{short}  {info.id}")
    if info.aliases:
        yield from _hanging("", _("also: {names}").format(names=", ".join(info.aliases)))
    role = _("loss") if info.role == "loss" else _("metric")
    syllabus = (
        _("beyond the syllabus")
        if info.syllabus == "beyond"
        else _("syllabus item {item}").format(item=info.syllabus)
    )
    yield from _hanging("", f"{family_name(info.family)} / {role} / {syllabus}")


def _sections(info: LossInfo) -> Iterator[str]:
    yield from _section(_("Formula"), [info.formula])
    yield from _section(_("Arguments"), _arguments(info.arguments))
    if info.options:
        yield from _section(_("Options"), _options(info.options))
    yield from _section(_("Mean"), [_("divides by {what}").format(what=say(info.denominator))])
    yield from _section(_("Properties"), _properties(info))
    yield from _section(_("Use"), [say(info.use_when)])
    yield from _section(_("Do not use"), [say(info.avoid_when)])
    yield from _section(_("Mistakes"), _mistakes(info.mistakes))
    yield from _section("PyTorch", _pytorch(info))
    if info.neighbours:
        yield from _section(_("Confused with"), [", ".join(info.neighbours)])
    if info.papers:
        yield from _section(
            _("Papers"), [f"{paper.author} ({paper.year}): {paper.title}" for paper in info.papers]
        )


def _section(title: str, paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield a title and its paragraphs, indented; leading blanks of a paragraph are kept."""
    yield ""
    yield title
    for paragraph in paragraphs:
        text = paragraph.lstrip(" ")
        indent = _INDENT + paragraph[: len(paragraph) - len(text)]
        yield from _hanging(indent, text)


def _hanging(head: str, text: str) -> list[str]:
    """Return `head` (ASCII) and `text` behind it; further lines start below the text."""
    first, *rest = wrap(text, _WIDTH - len(head))
    return [head + first, *(" " * len(head) + line for line in rest)]


def _arguments(arguments: Iterable[Argument]) -> Iterator[str]:
    for argument in arguments:
        yield f"{argument.name}: {say(argument.says)}"
        yield _INDENT + _("{space}; shape {shape}; domain {domain}").format(
            space=space_name(argument.space), shape=argument.shape, domain=argument.domain
        )


def _options(options: Iterable[Option]) -> Iterator[str]:
    for option in options:
        yield f"{option.name} = {option.default!r}: {say(option.says)}"
        yield _INDENT + _("domain {domain}").format(domain=option.domain)


def _properties(info: LossInfo) -> Iterator[str]:
    properties = info.properties
    for name, holds in (
        (_("convex"), properties.convex),
        (_("differentiable everywhere"), properties.differentiable),
        (_("bounded above"), properties.bounded),
        (_("symmetric"), properties.symmetric),
        (_("robust to outliers"), properties.outlier_robust),
    ):
        yield f"{name}: {_holds(holds)}"
    yield _("unit: {unit}").format(unit=unit_name(info.properties.unit))
    least = _("none") if properties.minimum is None else f"{properties.minimum:g}"
    yield _("minimum: {least} ({where})").format(least=least, where=say(properties.minimum_at))


def _holds(holds: bool | None) -> str:
    if holds is None:
        return _("depends")
    return _("yes") if holds else _("no")


def unit_name(unit: Unit) -> str:
    """Return what the unit of a loss is."""
    return {
        "unit": _("that of the quantity"),
        "unit²": _("the square of that of the quantity"),
        "nats": _("nats"),
        "none": _("none"),
    }[unit]


def _mistakes(mistakes: Iterable[MistakeInfo]) -> Iterator[str]:
    for mistake in mistakes:
        yield mistake.id
        yield _INDENT + say(mistake.says)
        yield _INDENT + say(mistake.remedy)


def _pytorch(info: LossInfo) -> Iterator[str]:
    yield info.pytorch or _("PyTorch has no function of its own for it.")
    yield from info.snippet.splitlines()


def family_name(family: Family) -> str:
    """Return the name of a family."""
    return {
        "regression": _("Regression"),
        "classification": _("Classification"),
        "distribution": _("Distributions"),
        "ranking": _("Ranking"),
        "region": _("Regions"),
        "box": _("Boxes"),
        "generative": _("Generative models"),
        "embedding": _("Embeddings"),
        "sequence": _("Sequences"),
        "combined": _("Combined losses"),
    }[family]


def space_name(space: Space) -> str:
    """Return what lives in a space."""
    return {
        "values": _("real values"),
        "logits": _("logits"),
        "probs": _("probabilities"),
        "log_probs": _("log-probabilities"),
        "scores": _("scores"),
        "labels01": _("labels 0 or 1"),
        "labels_pm1": _("labels -1 or +1"),
        "class_index": _("class numbers"),
        "relevance": _("relevance grades"),
        "var": _("variances"),
        "log_var": _("log-variances"),
        "log_rate": _("logarithms of expected counts"),
        "counts": _("counts"),
        "distances": _("distances"),
        "embeddings": _("embeddings"),
        "mask": _("mask"),
        "boxes": _("boxes (x1, y1, x2, y2)"),
        "weights": _("weights"),
        "lengths": _("lengths"),
        "parameters": _("parameters of the model"),
    }[space]


def _json(entry: object) -> str:
    return json.dumps(entry, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(entry: object) -> object:
    """Turn what JSON has no word for, a dataclass or a mapping, into a dict."""
    if isinstance(entry, Mapping):
        return dict(entry)
    if dataclasses.is_dataclass(entry) and not isinstance(entry, type):
        return {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}
    raise TypeError(f"{type(entry).__name__} is no entry of the catalogue")
