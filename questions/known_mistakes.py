"""Which mistakes can be made in a computation: their ids and what they say, without torch."""

from __future__ import annotations

from losses import CATALOG
from losses.catalog.gradient import gradient_mistakes
from losses.text import Text
from questions.model import Computation, Expression, Part

SWAPPED = "operands_swapped"


def known_mistakes(compute: Computation | Expression) -> tuple[str, ...]:
    """Return the ids that `mistakes` of a question may name.

    Of an expression: a mistake made in every part ("root_taken", where all parts are computed
    alike), one made in one part alone ("a.root_taken"), and two parts in each other's place.
    Raises KeyError for a loss that is not in the catalogue.
    """
    if isinstance(compute, Computation):
        return _of_one(compute)
    of_parts = {name: _of_one(part) for name, part in compute.parts.items()}
    shared = next(iter(of_parts.values())) if are_alike(compute) else ()
    alone = tuple(f"{name}.{each}" for name, known in of_parts.items() for each in known)
    return (
        *shared,
        *(alone if len(of_parts) > 1 or not shared else ()),
        *((SWAPPED,) if len(of_parts) == 2 else ()),
    )


def are_alike(compute: Expression) -> bool:
    """Whether all parts are the same loss, or the gradient by the same argument of it."""
    return len({(part.loss, part.gradient and part.gradient.of) for part in _parts(compute)}) == 1


def part_label(name: str, part: Part) -> Text:
    """Return how the worked steps call a part: its letter, and what it is."""
    loss = CATALOG[part.loss].name
    if part.name is not None:
        return Text(f"{name}（{part.name}）", f"{name} ({part.name})")
    if part.gradient is not None:
        return Text(f"{name}（{loss.ja}の勾配）", f"{name} (gradient of {loss.en})")
    return Text(f"{name}（{loss.ja}）", f"{name} ({loss.en})")


def _parts(compute: Expression) -> tuple[Part, ...]:
    return tuple(compute.parts.values())


def _of_one(compute: Computation) -> tuple[str, ...]:
    known = tuple(mistake.id for mistake in CATALOG[compute.loss].mistakes)
    if compute.gradient is None:
        return known
    return known + tuple(
        mistake.id for mistake in gradient_mistakes(compute.loss, compute.gradient.of)
    )
