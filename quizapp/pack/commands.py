"""The actions of `quizapp pack`: what was typed, given to the module that does it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.language import _, current
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.study import Study

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
        if chosen.json:
            raise WrongUse(_("--json needs --answers."))
        sys.stdout.write(blind.paper_of(pack, seed=chosen.seed))
        return FINE
    comparison = blind.compare(pack, Path(chosen.answers), seed=chosen.seed)
    sys.stdout.write(comparison.as_json() if chosen.json else comparison.as_text())
    return FINE if comparison.complete else FOUND


def _preview(chosen: Namespace) -> int:
    from quizapp.pack import built, watch  # noqa: PLC0415 - loads the models of questions
    from quizapp.terminal import require_terminal  # noqa: PLC0415

    if not chosen.plain:
        require_terminal(instead="quizapp pack preview --plain")
    files_at(chosen.path)
    with ExitStack() as open_things:
        path = chosen.path
        if is_built := built.is_built(path):
            open_things.enter_context(_faults_told())
            path = open_things.enter_context(built.unpacked(path))
        files = files_at(path)
        if chosen.plain:
            sound = watch.paper(
                files, writing=sys.stdout, question=chosen.question, seed=chosen.seed
            )
            return FINE if sound else FOUND
        watch.on_screen(
            files,
            question=chosen.question,
            seed=chosen.seed,
            answering=True,
            editable=not is_built,
        )
        return FINE


def _watch(chosen: Namespace) -> int:
    from quizapp.pack import watch  # noqa: PLC0415
    from quizapp.terminal import require_terminal  # noqa: PLC0415

    files = files_at(chosen.path)
    if chosen.plain or not watch.stands_on_a_terminal():
        watch.line_by_line(files, writing=sys.stdout, poll=chosen.poll, seeds=chosen.seeds)
        return FINE
    require_terminal(instead="quizapp pack watch --plain")
    watch.on_screen(files, poll=chosen.poll, seeds=chosen.seeds)
    return FINE


def files_at(path: str) -> Callable[[], Sequence[Path]]:
    """Return what lists the files of a path, which must be there now. Raises WrongUse."""
    from quizapp.pack import check  # noqa: PLC0415

    try:
        check.files_of([path])
    except check.NoPackFile as problem:
        raise WrongUse(str(problem)) from problem
    return partial(check.files_of, [path])


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


def _new(chosen: Namespace) -> int:
    from quizapp.pack import new  # noqa: PLC0415 - loads the models of questions

    sys.stdout.write(new.make(Path(chosen.folder)))
    return FINE


def _schema(chosen: Namespace) -> int:
    from quizapp.pack import schema  # noqa: PLC0415 - loads the models of questions

    sys.stdout.write(schema.schema_text(current()))
    return FINE


def _build(chosen: Namespace) -> int:
    from quizapp.pack import build  # noqa: PLC0415 - loads the models of questions

    with _faults_told():
        sys.stdout.write(build.build(chosen.path, output=chosen.output, key=chosen.sign))
    return FINE


def _keygen(chosen: Namespace) -> int:
    from quizapp.pack import keygen  # noqa: PLC0415

    sys.stdout.write(keygen.make_keys(chosen.name))
    return FINE


def _verify(chosen: Namespace) -> int:
    from quizapp.pack import verify  # noqa: PLC0415 - loads the models of questions

    with _faults_told():
        sys.stdout.write(verify.verify(chosen.path, key=chosen.key, as_json=chosen.json))
    return FINE


def _install(chosen: Namespace) -> int:
    from quizapp.pack import install  # noqa: PLC0415 - loads the database layer

    if chosen.keep_history and (chosen.reset_changed or chosen.yes):
        raise WrongUse(_("Give --reset-changed or --keep-history, not both."))
    changed: install.Changed = "ask"
    if chosen.reset_changed or chosen.yes:
        changed = "reset"
    elif chosen.keep_history:
        changed = "keep"
    with _faults_told(), _opened(chosen) as study:
        install.install(
            study,
            chosen.packs,
            changed=changed,
            reading=sys.stdin,
            writing=sys.stdout,
            as_json=chosen.json,
        )
    return FINE


def _rescore(chosen: Namespace) -> int:
    from quizapp.pack import rescore  # noqa: PLC0415 - loads the database layer

    with _opened(chosen) as study:
        rescore.rescore(
            study,
            chosen.pack,
            question=chosen.question,
            reworded=chosen.reworded,
            write=chosen.write,
            as_json=chosen.json,
            reading=sys.stdin,
            writing=sys.stdout,
        )
    return FINE


def _remove(chosen: Namespace) -> int:
    from quizapp.pack import remove  # noqa: PLC0415 - loads the database layer

    with _opened(chosen) as study:
        sys.stdout.write(remove.take_out(study, chosen.pack))
    return FINE


def _list(chosen: Namespace) -> int:
    from quizapp.pack import list as listing  # noqa: PLC0415 - loads the database layer

    with _opened(chosen) as study:
        sys.stdout.write(listing.as_json(study) if chosen.json else listing.as_text(study))
    return FINE


def _opened(chosen: Namespace) -> closing[Study]:
    from quizapp.study import open_study  # noqa: PLC0415 - loads the database layer

    return closing(open_study(database=chosen.database))


@contextmanager
def _faults_told() -> Iterator[None]:
    """Write what is wrong with a pack, each fault with its place, before the command ends."""
    from quizapp.pack.refusal import PacksRefused  # noqa: PLC0415 - loads the models of questions

    try:
        yield
    except PacksRefused as refused:
        sys.stderr.writelines(f"{line}\n" for line in refused.lines)
        raise


_ACTIONS: Mapping[str, Callable[[Namespace], int]] = {
    "new": _new,
    "schema": _schema,
    "check": _check,
    "preview": _preview,
    "watch": _watch,
    "blind": _blind,
    "stats": _stats,
    "build": _build,
    "verify": _verify,
    "keygen": _keygen,
    "install": _install,
    "rescore": _rescore,
    "remove": _remove,
    "list": _list,
}
