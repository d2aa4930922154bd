"""The commands: each opens the right door; what goes wrong is said in one line.

Nothing is imported before a command asks for it: only `quizapp` and `quizapp study` load a
screen, and only they and `ask` the database. Exit codes: 0 fine, 1 a problem or a finding, 2 wrong
usage, 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from questions.kinds import may_need_computing
from quizapp import arguments, paths
from quizapp.first_look import first_look
from quizapp.language import DEFAULT, _, use
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.study import Study

FINE, PROBLEM, USAGE, INTERRUPTED, NOBODY_READS = 0, 1, 2, 130, 141


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code. A known problem becomes one line on stderr.

    With `--debug` problems leave as exceptions, with their traceback.
    """
    _write_any_character()
    if "--debug" in words:
        return _command(words)
    try:
        return _command(words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `quizapp losses | head`
        _write_no_more()
        return NOBODY_READS
    except arguments.UsageProblem as problem:
        see = _("See {command}.").format(command="quizapp --help")
        _complain(f"{problem} {see}")
        return USAGE
    except Problem as problem:
        _complain(str(problem))
        return PROBLEM
    except OSError as error:  # a full disk, for one
        _write_no_more()
        _complain(str(error))
        return PROBLEM


def _command(words: Sequence[str]) -> int:
    looked = first_look(paths.settings())
    use(arguments.option(words, "--lang") or looked.language or DEFAULT)
    chosen = arguments.read(words)
    match chosen.command:
        case "losses":
            code = _losses(chosen)
        case "ask":
            code = _ask(chosen)
        case "pack":
            code = _pack(chosen)
        case "optimize":
            code = _optimize(chosen)
        case "readiness":
            code = _readiness(chosen)
        case "plan":
            code = _plan(chosen)
        case "export":
            code = _export(chosen)
        case "stats":
            code = _stats(chosen)
        case "resume":
            code = _resume(chosen)
        case "doctor":
            code = _doctor(chosen)
        case "exam":
            code = _exam(chosen, theme=looked.theme)
        case "study":
            code = _study(chosen, theme=looked.theme)
        case _home:
            code = _screens(chosen, start="home", theme=looked.theme)
    sys.stdout.flush()
    return code


def _write_any_character() -> None:
    """Let a terminal of a narrow encoding show ? for what it lacks instead of ending with ½."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _write_no_more() -> None:
    """Drop what is not written yet; otherwise the interpreter complains when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(line: str) -> None:
    sys.stderr.write(f"quizapp: {line}\n")


def _losses(chosen: Namespace) -> int:
    from quizapp import losses_command as command  # noqa: PLC0415 - loads the catalogue

    match chosen.words:
        case []:
            text = command.catalogue_json() if chosen.json else command.catalogue()
        case ["compute", loss_id]:
            text = _computed(chosen, loss_id)
        case [loss_id] if loss_id != "compute":
            info = command.find(loss_id)
            text = command.description_json(info) if chosen.json else command.description(info)
        case _other:
            raise arguments.UsageProblem(_("Give one loss, or: compute ID --input JSON."))
    sys.stdout.write(text)
    return FINE


def _computed(chosen: Namespace, loss_id: str) -> str:
    from quizapp import loss_value  # noqa: PLC0415
    from quizapp.losses_command import find  # noqa: PLC0415

    info = find(loss_id)
    if chosen.input is None:
        raise arguments.UsageProblem(_("Missing: {words}.").format(words="--input"))
    text = sys.stdin.read() if chosen.input == "-" else chosen.input
    value = loss_value.value_of(info, loss_value.read_inputs(text), slope=chosen.grad)
    return value.as_json() if chosen.json else value.as_text()


def _ask(chosen: Namespace) -> int:
    from quizapp.ask import ask  # noqa: PLC0415 - loads the database layer

    answer = _answer(chosen.answer)
    with closing(_open(chosen)) as study:
        asked = ask(study, chosen.question, seed=chosen.seed, answer=answer)
    sys.stdout.write(asked.as_json() if chosen.json else asked.as_text())
    return FINE


def _plan(chosen: Namespace) -> int:
    from quizapp.plan_command import plan  # noqa: PLC0415 - loads the database layer

    with closing(_open(chosen)) as study:
        planned = plan(study, exam_date=chosen.exam_date, minutes=chosen.minutes)
    sys.stdout.write(planned.as_json() if chosen.json else planned.as_text())
    return FINE


def _answer(text: str | None) -> str | None:
    """Return the answer; `@name` stands for what is in a file, `@-` for standard input.

    Raises Problem for a file that cannot be read.
    """
    if text is None or not text.startswith("@"):
        return text
    if text == "@-":
        return sys.stdin.read()
    try:
        return Path(text[1:]).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise Problem(
            _("{file} cannot be read ({why}).").format(file=text[1:], why=why or error)
        ) from error


def _pack(chosen: Namespace) -> int:
    from quizapp.pack import commands  # noqa: PLC0415 - for authors only

    try:
        return commands.run(chosen)
    except commands.WrongUse as problem:
        raise arguments.UsageProblem(str(problem)) from problem


def _readiness(chosen: Namespace) -> int:
    from quizapp import readiness_command as command  # noqa: PLC0415 - loads numpy

    with closing(_open(chosen)) as study:
        report = command.readiness(study, blueprint=chosen.blueprint, mark=chosen.mark / 100)
    sys.stdout.write(command.as_json(report) if chosen.json else command.as_text(report))
    return FINE


def _export(chosen: Namespace) -> int:
    from pathlib import Path  # noqa: PLC0415

    from quizapp.export_command import export  # noqa: PLC0415 - loads the database layer

    with closing(_open(chosen)) as study:
        export(study, file=Path(chosen.output) if chosen.output else None)
    return FINE


def _stats(chosen: Namespace) -> int:
    from quizapp import stats_command as command  # noqa: PLC0415 - loads the database layer

    with closing(_open(chosen)) as study:
        found = command.of_study(study)
    sys.stdout.write(command.as_json(found) if chosen.json else command.as_text(found))
    return FINE


def _resume(chosen: Namespace) -> int:
    with closing(_open(chosen)) as study:
        from quizapp.wording import done  # noqa: PLC0415

        session = study.session()
        if not chosen.questions:
            sys.stdout.writelines(f"{question}\n" for question in session.suspended())
            return FINE
        for question in chosen.questions:
            if session.resume(question) is None:
                raise Problem(_("{question} is not suspended.").format(question=question))
            sys.stdout.write(done("resume", question) + "\n")
    return FINE


def _doctor(chosen: Namespace) -> int:
    from quizapp import doctor  # noqa: PLC0415 - loads the database layer

    with closing(_open(chosen)) as study:
        found = doctor.examine(study, repair=chosen.repair)
    write = doctor.as_json if chosen.json else doctor.as_text
    sys.stdout.write(write(found, repaired=chosen.repair))
    return PROBLEM if found.differences and not chosen.repair else FINE


def _optimize(chosen: Namespace) -> int:
    from quizapp.optimize_command import optimize  # noqa: PLC0415 - loads the database layer

    with closing(_open(chosen)) as study:
        explained = optimize(study, dry_run=chosen.dry_run)
    sys.stdout.write(explained.as_json() if chosen.json else explained.as_text())
    return FINE


def _study(chosen: Namespace, *, theme: str | None) -> int:
    if not chosen.plain:
        return _screens(chosen, start="study", theme=theme)
    from quizapp import plain  # noqa: PLC0415 - loads the models of questions

    with closing(_open(chosen)) as study:
        if may_need_computing(chosen.kind):
            study.compute.start()  # torch loads while the first question is read
        session = study.session(
            topic=chosen.topic,
            kind=chosen.kind,
            pack=chosen.pack,
            limit=chosen.limit,
            minutes=chosen.minutes,
        )
        study.fit_beside()
        plain.study(study, session, reading=sys.stdin, writing=sys.stdout)
    return FINE


def _exam(chosen: Namespace, *, theme: str | None) -> int:
    if chosen.json and not (chosen.list or chosen.report is not None):
        raise arguments.UsageProblem(_("--json needs --list or --report."))
    if chosen.resume and (chosen.blueprint or chosen.questions or chosen.minutes or chosen.seed):
        raise arguments.UsageProblem(_("--resume goes on with an exam as it was begun."))
    reading = chosen.list or chosen.report is not None
    if not (reading or chosen.plain):
        return _screens(chosen, start="exam", theme=theme)
    from quizapp import exam_command  # noqa: PLC0415 - loads the models of questions

    with closing(_open(chosen)) as study:
        if chosen.list:
            sys.stdout.write(exam_command.listed(study, as_json=chosen.json))
        elif reading:
            name = chosen.report or None
            sys.stdout.write(exam_command.reported(study, name, as_json=chosen.json))
        else:
            _sit(chosen, study)
    return FINE


def _sit(chosen: Namespace, study: Study) -> None:
    from quizapp import exam_plain  # noqa: PLC0415
    from quizapp.chosen_blueprint import chosen_blueprint  # noqa: PLC0415

    if chosen.resume:
        sitting = study.resume_exam()
    else:
        study.start_computing()
        blueprint = chosen_blueprint(
            study, chosen.blueprint, questions=chosen.questions, minutes=chosen.minutes
        )
        sitting = study.begin_exam(blueprint, strict=not chosen.practice, seed=chosen.seed)
    exam_plain.sit(study, sitting, reading=sys.stdin, writing=sys.stdout)


def _screens(
    chosen: Namespace, *, start: Literal["home", "study", "exam"], theme: str | None
) -> int:
    from quizapp.terminal import require_terminal  # noqa: PLC0415

    require_terminal()
    # Nothing that starting makes is garbage; looking for it takes a twelfth of the time until the
    # first question. `_open_for_screens` turns the collector on again.
    gc.disable()
    from quizapp.tui.app import run as run_screens  # noqa: PLC0415 - after the check: 0.2 s
    from quizapp.tui.opening import ExamWishes, Filters, Opening  # noqa: PLC0415

    filters = Filters()
    if start == "study":
        filters = Filters(
            topic=chosen.topic,
            kind=chosen.kind,
            pack=chosen.pack,
            limit=chosen.limit,
            minutes=chosen.minutes,
        )
    exam = ExamWishes()
    if start == "exam":
        exam = ExamWishes(
            blueprint=chosen.blueprint,
            questions=chosen.questions,
            minutes=chosen.minutes,
            seed=chosen.seed,
            practice=chosen.practice,
            resume=chosen.resume,
        )
    run_screens(
        Opening(
            open=partial(_open_for_screens, chosen),
            start=start,
            filters=filters,
            exam=exam,
            theme=theme,
            pack_files=_pack_files,
        )
    )
    return FINE


def _pack_files(path: str) -> Callable[[], Sequence[Path]]:
    from quizapp.pack.commands import files_at  # noqa: PLC0415 - for authors only

    return files_at(os.path.expanduser(path))


def _open_for_screens(chosen: Namespace) -> Study:
    try:
        return _open(chosen)
    finally:
        gc.freeze()  # what is there now stays
        gc.enable()


def _open(chosen: Namespace) -> Study:
    from quizapp.study import open_study  # noqa: PLC0415 - loads the database layer

    return open_study(database=chosen.database)
