"""How the program speaks of exams: clock, forms, report. The same for every front end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from questions.topics import TOPICS
from quizapp.language import _, ngettext, say
from quizapp.learning.blueprints import PASS_MARK, REAL_PACE

if TYPE_CHECKING:
    from quizapp.history.exam import Exam, ExamQuestion
    from quizapp.learning.blueprints import Blueprint
    from quizapp.learning.exam_report import Compared, Part, Report


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and rows: what is told, and what is to be told of it."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def clock(left: timedelta) -> str:
    """Return the time that is left as on a clock: 19:05 or 1:40:00. Seconds are rounded up."""
    seconds = math.ceil(left.total_seconds())
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def duration(seconds: float) -> str:
    """Return a duration in words: 41 s, 20 min, 20 min 42 s."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("{seconds} s").format(seconds=rest)
    if not rest:
        return _("{minutes} min").format(minutes=minutes)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)


def pace(seconds: float) -> str:
    """Return the seconds for a question: 41.4 s."""
    return _("{seconds} s").format(seconds=f"{seconds:.1f}".removesuffix(".0"))


def mode(*, strict: bool) -> str:
    """Return the word for how an exam is sat."""
    return _("Strict") if strict else _("Practice")


def form(name: str) -> str:
    """Return the word for a form of question."""
    return {
        "best": _("Best option"),
        "scenario": _("Loss for a scenario"),
        "worst": _("Least suitable option"),
        "combination": _("Combination"),
        "calculation": _("Calculation"),
    }.get(name, name)


def topic(name: str) -> str:
    """Return the name of a topic."""
    known = TOPICS.get(name)
    return say(known.name) if known else name


def plan(blueprint: Blueprint) -> str:
    """Return the size of an exam in words: 30 questions, 20 min, 40 s for each."""
    return sized(blueprint.questions, blueprint.seconds)


def sized(questions: int, seconds: int) -> str:
    """Return a number of questions and a time in words."""
    return ngettext(
        "{n} question, {time} ({pace} each)", "{n} questions, {time} ({pace} each)", questions
    ).format(n=questions, time=duration(seconds), pace=pace(seconds / questions))


def tempo(exam: Exam, left: timedelta) -> str:
    """Return how the answers so far keep up with the clock: questions ahead or behind."""
    used = exam.seconds - left.total_seconds()
    ahead = exam.answered - used / exam.pace
    questions = math.floor(abs(ahead))
    if questions < 1:
        return _("on pace")
    if ahead > 0:
        return _("{n} ahead").format(n=questions)
    return _("{n} behind").format(n=questions)


def score(part: Part) -> str:
    """Return right answers of so many, and the share."""
    if not part.of:
        return _("none")
    return _("{right} of {of} right ({share})").format(
        right=part.right, of=part.of, share=percent(part.share)
    )


def percent(share: float) -> str:
    """Return a share in percent."""
    return f"{100 * share:.0f}%"


def states(question: ExamQuestion) -> str:
    """Return what is known of a question before the end: answered, flagged, guessed."""
    marks = [_("answered") if question.answer is not None else _("not answered")]
    if question.flagged:
        marks.append(_("flagged"))
    if question.guessed:
        marks.append(_("guessed"))
    return _(", ").join(marks)


def sections(report: Report) -> Iterator[Section]:
    """Yield the report, section by section, the score first."""
    yield Section(_("Result"), tuple(_result(report)))
    if report.compared is not None:
        yield Section(_("Forecast before the exam"), tuple(_forecast(report.compared)))
    yield Section(_("Time"), tuple(_time(report)))
    yield Section(_("Changes and guesses"), tuple(_changes(report)))
    yield Section(_("By topic"), tuple((topic(each.name), score(each)) for each in report.topics))
    yield Section(_("By form"), tuple((form(each.name), score(each)) for each in report.forms))


def _result(report: Report) -> Iterator[tuple[str, str]]:
    low, high = report.interval
    yield _("Score"), score(report.score)
    yield (
        _("Interval"),
        _("{low} to {high} (95%, were the exam repeated)").format(
            low=percent(low), high=percent(high)
        ),
    )
    reached = _("reached") if report.reached else _("not reached")
    yield (
        _("Mark to aim at"),
        _("{mark}: {reached} (the real pass mark is not published)").format(
            mark=percent(PASS_MARK), reached=reached
        ),
    )
    if report.unanswered:
        yield _("Not answered"), count(report.unanswered)
    if report.flagged:
        yield _("Flagged"), count(report.flagged)


def _forecast(compared: Compared) -> Iterator[tuple[str, str]]:
    if compared.expected is not None:
        yield _("Expected score"), percent(compared.expected)
    if compared.low is not None and compared.high is not None:
        lies = _("the score lies in it") if compared.within else _("the score lies outside")
        yield (
            _("Interval"),
            _("{low} to {high}: {lies}").format(
                low=percent(compared.low), high=percent(compared.high), lies=lies
            ),
        )
    if compared.pass_probability is not None:
        yield _("Chance of the mark"), percent(compared.pass_probability)


def _time(report: Report) -> Iterator[tuple[str, str]]:
    yield (
        _("Taken"),
        _("{taken} of {there}").format(
            taken=duration(report.taken), there=duration(report.exam.seconds)
        ),
    )
    yield (
        _("For a question"),
        _("{pace} (there were {budget}; the real exam: {real})").format(
            pace=pace(report.pace), budget=pace(report.budget), real=pace(REAL_PACE)
        ),
    )
    if report.over_budget:
        slowest = _(", ").join(
            _("question {n} ({time})").format(
                n=each.position + 1, time=duration(each.milliseconds / 1000)
            )
            for each in report.slowest
        )
        yield (
            _("Longer than 1.5 times that"),
            _("{count}: {slowest}").format(count=count(report.over_budget), slowest=slowest),
        )


def _changes(report: Report) -> Iterator[tuple[str, str]]:
    changes = report.changes
    yield _("From right to wrong"), count(changes.to_wrong)
    yield _("From wrong to right"), count(changes.to_right)
    if changes.to_other:
        yield _("From wrong to wrong"), count(changes.to_other)
    if report.guesses.of:
        yield _("Marked as guesses"), score(report.guesses)


def count(questions: int) -> str:
    """Return a number of questions in words."""
    return ngettext("{n} question", "{n} questions", questions).format(n=questions)


def report_lines(made: Report) -> Iterator[str]:
    """Yield a report line by line."""
    exam = made.exam
    yield _("{title}: {size}. {mode}. Seed {seed}.").format(
        title=exam.title,
        size=sized(len(exam.questions), exam.seconds),
        mode=mode(strict=exam.strict),
        seed=exam.seed,
    )
    for section in sections(made):
        yield section.heading
        for name, says in section.rows:
            yield f"  {name}: {says}"


def brought_back(count: int) -> str:
    """Say how many questions come again today."""
    if not count:
        return _("There is nothing to bring back: they come again already.")
    return ngettext(
        "{n} question comes again today.", "{n} questions come again today.", count
    ).format(n=count)
