"""The actions of `quizapp pack`: what was typed, given to the module that does it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from quizapp.language import _
from quizapp.problem import Problem

FINE, FOUND = 0, 1


class WrongUse(Problem):
    """The words of an action do not go together."""


def run(chosen: Namespace) -> int:
    """Do one action and return the exit code. Raises Problem, WrongUse for wrong usage."""
    return _ACTIONS[chosen.action](chosen)


def _check(chosen: Namespace) -> int:
    from quizapp.pack import check  # noqa: PLC0415 - loads the models of questions

    if chosen.json and chosen.github:
        raise WrongUse(_("Give --json or --github, not both."))
    try:
        files = check.files_of(chosen.paths)
    except check.NoPackFile as problem:
        raise WrongUse(str(problem)) from problem
    style: check.Style = "json" if chosen.json else "github" if chosen.github else "text"
    wrong = check.run(files, seeds=chosen.seeds, strict=chosen.strict, style=style)
    return FOUND if wrong else FINE


def _blind(chosen: Namespace) -> int:
    from quizapp.pack import blind  # noqa: PLC0415 - loads the models of questions

    pack = Path(chosen.path)
    if chosen.answers is None:
        sys.stdout.write(blind.paper_of(pack, seed=chosen.seed))
        return FINE
    comparison = blind.compare(pack, Path(chosen.answers), seed=chosen.seed)
    sys.stdout.write(comparison.as_json() if chosen.json else comparison.as_text())
    return FINE if comparison.complete else FOUND


def _stats(chosen: Namespace) -> int:
    from quizapp.pack import stats  # noqa: PLC0415 - loads the models of questions

    pack = stats.read(Path(chosen.path))
    if chosen.logs:
        rows = stats.rows_of([Path(log) for log in chosen.logs])
    else:
        from quizapp.study import open_study  # noqa: PLC0415 - loads the database layer

        with closing(open_study(database=chosen.database)) as study:
            rows = stats.rows_of_database(study.engine)
    found = stats.statistics_of(pack, rows)
    sys.stdout.write(found.as_json() if chosen.json else found.as_text())
    return FINE


_ACTIONS: Mapping[str, Callable[[Namespace], int]] = {
    "check": _check,
    "blind": _blind,
    "stats": _stats,
}
