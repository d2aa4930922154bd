"""`quizapp exam --plain`: a mock exam line by line, for screen readers and pipes.

A line that is read is the number of an option, or a command that starts with a colon.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from shutil import get_terminal_size
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from quizapp import exam_wording, lines
from quizapp.language import _, ngettext
from quizapp.learning.exam import ExamOver, NotAllowed
from quizapp.learning.exam_report import Report, report
from quizapp.learning.exam_review import reviewed
from quizapp.tui.wrapping import wrap

if TYPE_CHECKING:
    from quizapp.history.exam import Exam, ExamQuestion
    from quizapp.learning.sitting import Sitting
    from quizapp.study import Study


class Left(Exception):
    """The input ended, or the learner said `:quit`. The exam is not over."""


def sit(study: Study, sitting: Sitting, *, reading: TextIO, writing: TextIO) -> None:
    """Ask until the exam is over or the learner leaves, then report."""
    table = _Table(study=study, sitting=sitting, reading=reading, writing=writing)
    try:
        if not sitting.exam.over:
            table.ask_all()
        table.end()
    except Left:
        table.leave()


@dataclass(slots=True)
class _Table:
    """Where learner and program sit; the exam is in `sitting`."""

    study: Study
    sitting: Sitting
    reading: TextIO
    writing: TextIO
    shown: float = 0.0  # when the present question was said, or last acted on

    @property
    def exam(self) -> Exam:
        return self.sitting.exam

    def ask_all(self) -> None:
        """Ask until the exam is over. Raises Left."""
        self.say(
            _("{title}: {size}. {mode}. Seed {seed}.").format(
                title=self.exam.title,
                size=exam_wording.sized(len(self.exam.questions), self.exam.seconds),
                mode=exam_wording.mode(strict=self.exam.strict),
                seed=self.exam.seed,
            )
        )
        self.say(_("Type the number of an option, or :help."))
        asked: int | None = None
        while not self.exam.over:
            try:
                if self.exam.present != asked:
                    asked = self.exam.present
                    self.shown = monotonic()
                    self._say_question(self.exam.questions[asked])
                self._obey(self._read(_("Your answer:")))
            except ExamOver:
                self.say(_("The time is up. The exam was submitted."))
            except NotAllowed as problem:
                self.say(str(problem))

    def _obey(self, line: str) -> None:
        """Do what a line says. Raises Left, ExamOver and NotAllowed."""
        typed = unicodedata.normalize("NFKC", line).strip().lower()
        present = self.exam.present
        command, _space, number = typed.partition(" ")
        match command:
            case "":
                pass
            case ":next":
                self._go(present + 1)
            case ":prev":
                self._go(present - 1)
            case ":go" if number.isdecimal() and 1 <= int(number) <= len(self.exam.questions):
                self._go(int(number) - 1)
            case ":flag":
                self.sitting.flag(present)
                self.say(exam_wording.states(self.exam.questions[present]))
            case ":guess":
                self.sitting.guess(present)
                self.say(exam_wording.states(self.exam.questions[present]))
            case ":list":
                self.say_all(self._overview())
            case ":time":
                self.say(self._time())
            case ":repeat":
                self._say_question(self.exam.questions[present])
            case ":submit":
                self._submit()
            case ":quit":
                raise Left
            case _ if command.startswith(":"):
                self.say_all(_help())
            case _:
                self._answer(present, typed)

    def _answer(self, present: int, raw: str) -> None:
        self.sitting.answer(present, raw, milliseconds=self._spent())
        if not self.exam.strict:
            self.say_all(lines.verdict(reviewed(self.study.examiner, self.exam.questions[present])))
        if present + 1 < len(self.exam.questions):
            self._go(present + 1)
            return
        self.say(_("That was the last question. :list shows all, :submit ends the exam."))

    def _go(self, to: int) -> None:
        self.sitting.go(to, milliseconds=self._spent())

    def _spent(self) -> int:
        """Return the milliseconds since this was asked last."""
        before, self.shown = self.shown, monotonic()
        return round(1000 * (self.shown - before))

    def _submit(self) -> None:
        missing = len(self.exam.questions) - self.exam.answered
        question = (
            ngettext(
                "{n} question is not answered. Submit all the same? y: yes",
                "{n} questions are not answered. Submit all the same? y: yes",
                missing,
            ).format(n=missing)
            if missing
            else _("All questions are answered. Submit? y: yes")
        )
        sure = unicodedata.normalize("NFKC", self._read(question)).strip().lower()
        if sure in ("y", "yes"):
            self.sitting.submit()

    def leave(self) -> None:
        """Say what becomes of an exam that is left, or of nothing."""
        if self.exam.over:
            return
        try:
            if not self.exam.strict:
                self.sitting.pause()
        except ExamOver:
            self.say_report()
            return
        self.say(
            _("Every answer is stored. The clock runs on: quizapp exam --resume goes on.")
            if self.exam.strict
            else _("Every answer is stored, and the clock is paused: quizapp exam --resume.")
        )

    def end(self) -> None:
        """Report, then review and bring back what was wrong, as far as that is wanted."""
        made = self.say_report()
        if not made.wrong:
            return
        self.say(_(":review explains the wrong ones, :again lets them come again today."))
        while True:
            try:
                line = self._read(_("Enter: end"))
            except Left:
                return
            match unicodedata.normalize("NFKC", line).strip().lower():
                case ":review":
                    self._review(made.wrong)
                case ":again":
                    self._bring_back()
                case "" | ":quit":
                    return
                case _:
                    self.say(
                        _(":review explains the wrong ones, :again lets them come again today.")
                    )

    def say_report(self) -> Report:
        made = report(self.exam)
        self.say("")
        self.say_all(exam_wording.report_lines(made))
        return made

    def _review(self, wrong: Iterable[ExamQuestion]) -> None:
        for each in wrong:
            self.say("")
            self.say(_("Question {n}").format(n=each.position + 1))
            self.say_all(lines.question(each.variant))
            self.say_all(lines.verdict(reviewed(self.study.examiner, each)))

    def _bring_back(self) -> None:
        self.sitting.exam, brought = self.study.bring_back(self.exam)
        self.say(exam_wording.brought_back(brought))

    def _say_question(self, question: ExamQuestion) -> None:
        self.say("")
        self.say(
            _("Question {n} of {all}. {time}").format(
                n=question.position + 1,
                all=len(self.exam.questions),
                time=self._time(),
            )
        )
        self.say_all(lines.question(question.variant))
        if question.answer is not None:
            self.say(_("Answered so far: {answer}").format(answer=question.answer))

    def _time(self) -> str:
        left = self.sitting.left()
        return _("{clock} left, {tempo}.").format(
            clock=exam_wording.clock(left), tempo=exam_wording.tempo(self.exam, left)
        )

    def _overview(self) -> Iterator[str]:
        for each in self.exam.questions:
            yield f"{each.position + 1}. {exam_wording.states(each)}"

    def _read(self, prompt: str) -> str:
        """Return the next line. Raises Left at the end of the input."""
        self.writing.write(prompt + (" " if self.reading.isatty() else "\n"))
        self.writing.flush()
        line = self.reading.readline()
        if not line:
            if self.reading.isatty():
                self.writing.write("\n")  # Ctrl+D leaves the cursor behind the prompt
            raise Left
        return line.rstrip("\r\n")

    def say(self, line: str) -> None:
        if self.writing.isatty():
            line = "\n".join(wrap(line, get_terminal_size().columns))
        self.writing.write(f"{line}\n")

    def say_all(self, several: Iterable[str]) -> None:
        for line in several:
            self.say(line)


def _help() -> Iterator[str]:
    yield _("Type the number of an option to answer; another number later changes the answer.")
    yield _(":next, :prev, :go 5 - go to another question without answering")
    yield _(":flag, :guess - mark this question: look at it again, or the answer is a guess")
    yield _(":list, :time, :repeat - all questions, the time left, this question again")
    yield _(":submit - end the exam and see the report")
    yield _(":quit - leave; quizapp exam --resume goes on")
