"""`quizapp study --plain`: the session of the screens, line by line.

For screen readers, pipes and tests: nothing is redrawn, nothing is coloured, and every line says
by itself what it is. A line that is read is an answer, or a command that starts with a colon.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from shutil import get_terminal_size
from time import monotonic
from typing import TYPE_CHECKING, Literal, TextIO

from questions.compute.client import ComputeUnavailable
from questions.model import CodeQuestion
from quizapp import lines, wording
from quizapp.language import _, ngettext, say
from quizapp.learning.leeches import to_read
from quizapp.learning.serving import Answered, Confidence, Finished, Served, Waiting
from quizapp.tui.wrapping import wrap
from quizapp.visible import visible_line

if TYPE_CHECKING:
    from quizapp.learning.session import StudySession
    from quizapp.study import Study


_END = (".", "。")  # what ends a program, in any width


class Left(Exception):
    """The input ended, or the learner said `:quit`."""


def study(study: Study, session: StudySession, *, reading: TextIO, writing: TextIO) -> None:
    """Ask until nothing is left, the input ends or the learner quits. Every answer is stored.

    Raises Problem or ComputeUnavailable where no question can be served.
    """
    table = _Table(study=study, session=session, reading=reading, writing=writing)
    try:
        table.serve_all()
    except Left:
        table.say(_("Everything you answered is stored."))
    table.say_counts()


@dataclass(slots=True)
class _Table:
    """Where learner and program sit: what is read, what is written, what was answered last."""

    study: Study
    session: StudySession
    reading: TextIO
    writing: TextIO
    answered: Answered | None = None
    asked: Served | None = None  # not answered yet

    def serve_all(self) -> None:
        while True:
            following = self.session.next(computing_ready=self.study.compute.ready)
            if isinstance(following, Waiting):
                self.say(_("PyTorch is being loaded."))
                following = self.session.next(computing_ready=True)
            if isinstance(following, Finished):
                self._say_finished(following)
                return
            if isinstance(following, Served):
                self._ask(following)

    def _ask(self, served: Served) -> None:
        """Put one question until it is answered or another one comes first."""
        self._say_question(served)
        self.asked = served
        shown = monotonic()
        turned = not served.variant.back
        while True:
            raw = self._read_answer(served) if turned else self._read(_("Enter: turn the card"))
            command = _command(raw)
            if command is None and not turned:
                turned = True
                self.say_all(lines.back(served.variant))
            elif command is None and raw.strip():
                if self._judge(served, raw, milliseconds=round(1000 * (monotonic() - shown))):
                    return
            elif command == "repeat":
                self._say_question(served)
            elif command == "hint":
                served = self._hint(served)
            elif command is not None and self._obey(command):
                return

    def _hint(self, served: Served) -> Served:
        """Say one more hint, where there is one."""
        hinted = self.session.hint(served)
        if hinted.hints == served.hints:
            has = bool(served.variant.hints)
            self.say(_("That was the last hint.") if has else _("This question has no hints."))
            return served
        self._say_hint(hinted, hinted.hints)
        self.say(_("Even if right, it comes again today."))
        return hinted

    def _say_hint(self, served: Served, place: int) -> None:
        hints = served.variant.hints
        self.say(lines.hint(hints[place - 1], place=place, of=len(hints)))

    def _judge(self, served: Served, raw: str, *, milliseconds: int) -> bool:
        """Say the verdict; False where the question stays unanswered."""
        try:
            answered = self.session.answer(
                served, raw, milliseconds=milliseconds, confidence=self._confidence(served)
            )
        except ComputeUnavailable as problem:
            self.say(say(problem.text))
            return False
        if answered.verdict.self_grade is None:
            self.say_all(lines.verdict(answered.verdict))
        else:  # the back was read already
            self.say(lines.outcome(answered.verdict))
            if hints := answered.verdict.hints_used:
                self.say(wording.helped(hints, answered.verdict.score))
        if not answered.verdict.graded:
            return False
        self.answered, self.asked = answered, None
        self._say_next_due(answered)
        if answered.lapses:
            self.say(wording.leech(answered.lapses, to_read(served.variant.question)))
        if self.reading.isatty():
            self._pause()
        return True

    def _confidence(self, served: Served) -> Confidence | None:
        """Ask how sure the learner is, where the settings want that; no word is no answer."""
        if not self.study.settings.ask_confidence or served.variant.back:
            return None
        known = wording.confidences()
        names = ", ".join(f"{key} {name}" for _value, key, name in known)
        typed = unicodedata.normalize(
            "NFKC", self._read(_("How sure? {names}:").format(names=names))
        )
        return next((value for value, key, _name in known if typed.strip() == key), None)

    def _pause(self) -> None:
        """Let a person finish reading before the next question follows."""
        while True:
            hint = _("Enter: next") if not self._amendable() else _("Enter: next, :hard, :easy")
            command = _command(self._read(hint))
            if command is None or self._obey(command):
                return

    def _obey(self, command: str) -> bool:
        """Do what a command says; True where the next question has to be served anew."""
        match command:
            case "quit":
                raise Left
            case "undo":
                return self._undo()
            case "redo":
                return self._redo()
            case "bury" | "suspend":
                return self._put_aside(command)
            case "hard":
                self._amend("hard")
            case "easy":
                self._amend("easy")
            case _other:
                self.say_all(_help())
        return False

    def _undo(self) -> bool:
        undone = self.session.undo()
        if undone is None:
            self.say(_("There is nothing to take back."))
            return False
        self.answered = None
        self.say(wording.undone(undone.kind, undone.question_id))
        if undone.raw:
            self.say(_("Taken back: {answer}").format(answer=visible_line(undone.raw)))
        return undone.kind in ("answer", "bury", "suspend")

    def _redo(self) -> bool:
        redone = self.session.redo()
        if redone is None:
            self.say(_("There is nothing to do again."))
            return False
        self.answered = None
        self.say(wording.done(redone.kind, redone.question_id))
        return True

    def _put_aside(self, command: str) -> bool:
        if self.asked is None:
            return False
        held = (
            self.session.bury(self.asked) if command == "bury" else self.session.suspend(self.asked)
        )
        self.say(wording.done(held.kind, held.question_id))
        return True

    def _amendable(self) -> bool:
        return self.answered is not None and self.answered.amendable

    def _amend(self, grade: Literal["hard", "easy"]) -> None:
        if self.answered is None or not self._amendable():
            helped = self.answered is not None and self.answered.verdict.hints_used
            self.say(
                _("An answer given with hints cannot be called hard or easy.")
                if helped
                else _("Only a right answer can be called hard or easy.")
            )
            return
        self.answered = self.session.amend(self.answered, grade)
        self.say(wording.grade(grade))
        self._say_next_due(self.answered)

    def _read(self, prompt: str) -> str:
        """Return the next line. Raises Left at the end of the input."""
        if prompt:
            self.writing.write(prompt + (" " if self.reading.isatty() else "\n"))
        self.writing.flush()
        line = self.reading.readline()
        if not line:
            if self.reading.isatty():
                self.writing.write("\n")  # Ctrl+D leaves the cursor behind the prompt
            raise Left
        return line.rstrip("\r\n")

    def _read_answer(self, served: Served) -> str:
        """Return one line, or the lines of a program up to one that holds only a full stop."""
        if not isinstance(served.variant.question, CodeQuestion):
            return self._read(_("Your answer:"))
        line = self._read(_("Your code, and at its end a line with only a full stop:"))
        if _command(line) is not None:
            return line
        lines_of_code: list[str] = []
        while unicodedata.normalize("NFKC", line).strip() not in _END:
            lines_of_code.append(line)
            line = self._read("")
        return "\n".join(lines_of_code)

    def _say_question(self, served: Served) -> None:
        counts = served.counts
        self.say("")
        self.say(
            _("{why}. {left} left today.").format(
                why=wording.why(served.why),
                left=counts.learning + counts.due + counts.new,
            )
        )
        self.say_all(lines.question(served.variant))
        for place in range(1, served.hints + 1):
            self._say_hint(served, place)

    def _say_next_due(self, answered: Answered) -> None:
        if answered.next_due is not None:
            self.say(_("Next: {when}").format(when=self._when(answered.next_due)))

    def _say_finished(self, finished: Finished) -> None:
        self.say("")
        self.say(_("That is all for now."))
        if finished.next_due is not None:
            self.say(_("Next: {when}").format(when=self._when(finished.next_due)))

    def _when(self, due: date | datetime) -> str:
        return wording.due(due, now=self.study.now(), today=self.study.today())

    def say_counts(self) -> None:
        counts = self.session.counts()
        self.say(
            ngettext(
                "Today: {n} answer, {right} right",
                "Today: {n} answers, {right} right",
                counts.answered,
            ).format(n=counts.answered, right=counts.right)
        )

    def say(self, line: str) -> None:
        # A terminal breaks Japanese anywhere; whoever reads or hears its rows wants whole phrases.
        if self.writing.isatty():
            line = "\n".join(wrap(line, get_terminal_size().columns))
        self.writing.write(f"{line}\n")

    def say_all(self, several: Iterable[str]) -> None:
        for line in several:
            self.say(line)


def _command(line: str) -> str | None:
    """Return the command of a line (full-width forms too), None where it is an answer."""
    word = unicodedata.normalize("NFKC", line).strip().lower()
    return word.removeprefix(":") if word.startswith(":") else None


def _help() -> Iterator[str]:
    yield _("Type the number of an option, or the number you calculated, and press Enter.")
    yield _(":hint - say a hint; even if right, the question comes again today")
    yield _(":undo, :redo - take the last step back, do it again")
    yield _(":bury, :suspend - put the question off until tomorrow, ask it no more")
    yield _(":hard, :easy - say of a right answer that it was hard or easy")
    yield _(":repeat - read the question again")
    yield _(":quit - end; everything you answered is stored")
