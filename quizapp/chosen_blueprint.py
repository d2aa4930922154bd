"""The plan for a mock exam that was asked for by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.language import _
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.learning.blueprints import Blueprint
    from quizapp.study import Study


def chosen_blueprint(
    study: Study, name: str | None, *, questions: int | None = None, minutes: int | None = None
) -> Blueprint:
    """Return the plan that is asked for, the first one if none is. Raises Problem."""
    known = study.blueprints()
    wanted = next(iter(known)) if name is None else name
    if wanted not in known:
        raise Problem(
            _("There is no exam {name}; there are {names}.").format(
                name=wanted, names=", ".join(known)
            )
        )
    return known[wanted].resized(questions=questions, minutes=minutes)
