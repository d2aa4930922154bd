"""How the program says what it knows: tolerances, times, outcomes. The same for every front end."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from quizapp.language import _, ngettext

if TYPE_CHECKING:
    from questions.model import NumericQuestion, Tolerance
    from questions.verdict import Outcome
    from quizapp.learning.exam_outlook import ExamOutlook
    from quizapp.learning.serving import ActionKind, Confidence, Grade, Why


def wanted(question: NumericQuestion) -> str:
    """Return how the number is to be typed: to how many places, and whether in percent."""
    places = asked(question.tolerance)
    return _("in percent, {places}").format(places=places) if question.percent else places


def asked(tolerance: Tolerance) -> str:
    """Return how the number is to be written: to how many decimal places."""
    if tolerance.decimals == 0:
        return _("as a whole number")
    return ngettext("to {n} decimal place", "to {n} decimal places", tolerance.decimals).format(
        n=tolerance.decimals
    )


def accepted(tolerance: Tolerance) -> str:
    """Return the rule by which a number counts as right."""
    if tolerance.atol is None and tolerance.rtol is None:
        return _("Right when it agrees {places} (difference of at most {most}).").format(
            places=asked(tolerance), most=_short(0.51 * 10.0**-tolerance.decimals)
        )
    if not tolerance.rtol:
        return _("Right when the difference is at most {most}.").format(
            most=_short(tolerance.atol or 0.0)
        )
    share = f"{_short(100 * tolerance.rtol)}%"
    if not tolerance.atol:
        return _("Right when the difference is at most {share} of the value.").format(share=share)
    return _("Right when the difference is at most {most} plus {share} of the value.").format(
        most=_short(tolerance.atol), share=share
    )


def outcome(kind: Outcome) -> str:
    """Return the word for an outcome."""
    return {
        "correct": _("Right"),
        "rounding": _("Right, but for the rounding"),
        "partial": _("Partly right"),
        "mistake": _("Wrong"),
        "wrong": _("Wrong"),
        "unreadable": _("Cannot be read"),
    }[kind]


def why(reason: Why) -> str:
    """Return why a question is shown now."""
    return {"learning": _("Once more"), "due": _("Review"), "new": _("New")}[reason]


def undone(kind: ActionKind, question_id: str) -> str:
    """Return what was taken back, by name."""
    return {
        "answer": _("Taken back: the answer to {question}"),
        "amend": _("Taken back: the other grade for {question}"),
        "bury": _("Taken back: putting off {question}"),
        "suspend": _("Taken back: suspending {question}"),
        "resume": _("Taken back: resuming {question}"),
    }[kind].format(question=question_id)


def done(kind: ActionKind, question_id: str) -> str:
    """Return what was done, or done again, by name."""
    return {
        "answer": _("Done again: the answer to {question}"),
        "amend": _("Done again: the other grade for {question}"),
        "bury": _("Put off until tomorrow: {question}"),
        "suspend": _("Not asked any more: {question}"),
        "resume": _("Asked again from now on: {question}"),
    }[kind].format(question=question_id)


def leech(lapses: int, loss: str | None) -> str:
    """Return what to do about a question that was forgotten again and again."""
    told = ngettext(
        "Forgotten {n} time: repeating it is not enough.",
        "Forgotten {n} times: repeating it is not enough.",
        lapses,
    ).format(n=lapses)
    if loss is None:
        return told + " " + _("Read its explanation slowly, or suspend it with !.")
    return told + " " + _("Read: quizapp losses {loss}").format(loss=loss)


def confidences() -> tuple[tuple[Confidence, str, str], ...]:
    """Return how sure one can be before the verdict: the value, its key and its name."""
    return (
        ("sure", "1", _("Sure")),
        ("half", "2", _("Half sure")),
        ("guess", "3", _("A guess")),
    )


def grade(given: Grade) -> str:
    """Return the word for a grade."""
    return {
        "again": _("Again"),
        "hard": _("Hard"),
        "good": _("Good"),
        "easy": _("Easy"),
    }[given]


def own_grades() -> tuple[tuple[str, str], ...]:
    """Return what a learner answers to a flashcard, and what it means."""
    return (
        ("1", _("Again: not remembered")),
        ("2", _("Hard: remembered with effort")),
        ("3", _("Good: remembered")),
        ("4", _("Easy: remembered at once")),
    )


def hint(text: str, *, place: int, of: int) -> str:
    """Return a hint with its number."""
    return _("Hint {place} of {of}: {text}").format(place=place, of=of, text=text)


def helped(hints: int, score: float) -> str:
    """Return what it means that an answer was given with hints."""
    return ngettext(
        "{n} hint used: the score is {score}, and the question comes again today.",
        "{n} hints used: the score is {score}, and the question comes again today.",
        hints,
    ).format(n=hints, score=f"{score:.2f}")


def due(when: date | datetime, *, now: datetime, today: date) -> str:
    """Return when a card comes next, as said now on the study day `today`.

    A time is of today: `in 10 min`. A date is a study day: `tomorrow`, `in 3 days (24 Nov)`.
    """
    if isinstance(when, datetime):
        minutes = max(0, round((when - now).total_seconds() / 60))
        if minutes < 1:
            return _("in a moment")
        return ngettext("in {n} min", "in {n} min", minutes).format(n=minutes)
    days = (when - today).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in {n} day ({day})", "in {n} days ({day})", days).format(
        n=days, day=day(when, today=today)
    )


def day(which: date, *, today: date) -> str:
    """Return a date, with its year where that is not this one."""
    if which.year == today.year:
        return _("{month}/{day}").format(month=which.month, day=which.day)
    return _("{year}/{month}/{day}").format(year=which.year, month=which.month, day=which.day)


def exam(outlook: ExamOutlook, *, today: date) -> str:
    """Return where the learner stands before an exam, in one line."""
    parts = [
        ngettext("Exam in {n} day ({day})", "Exam in {n} days ({day})", outlook.days_left).format(
            n=outlook.days_left, day=day(outlook.exam_date, today=today)
        )
    ]
    if outlook.today is not None:
        parts.append(_("left today: {n} min").format(n=round(outlook.today.minutes)))
    own = [each for each in outlook.prospects if each.minutes_per_day == outlook.minutes_per_day]
    for prospect in own:
        parts.append(_("expected: {share} %").format(share=percent(prospect.recall)))
        if prospect.unseen:
            parts.append(_("{n} never seen").format(n=prospect.unseen))
    return "   ".join(parts)


def percent(share: float) -> int:
    """Return a share in whole percent; 100 for all alone."""
    return 100 if share >= 1 else min(99, round(100 * share))


def _short(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if 1e-6 <= value < 1e6 else f"{value:g}"
