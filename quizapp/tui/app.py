"""The program on a terminal screen: wires the screens to the study bundle, and holds no rule.

The first frame needs Textual alone. The database layer is imported and opened in a thread after
it; the computing engine starts then.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import SystemCommand
from textual.screen import Screen

from quizapp import wording
from quizapp.language import _
from quizapp.problem import Problem
from quizapp.tui.app_frame import AppFrame
from quizapp.tui.desk import Desk, look_ahead
from quizapp.tui.opening import ExamWishes, Filters, Opening
from quizapp.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from quizapp.study import Study
    from quizapp.tui.screens.authoring import AuthoringScreen


def run(opening: Opening) -> None:
    """Run the screens until the learner quits. Raises Problem where there is nothing to show."""
    app = QuizApp(opening)
    try:
        app.run()
    finally:
        app.close()
    if app.problem is not None:
        raise app.problem


class QuizApp(AppFrame):
    """Opens on the home screen, or goes on to study as soon as the questions are there."""

    def __init__(self, opening: Opening) -> None:
        super().__init__(theme_wish=opening.theme)
        self._opening = opening
        self._study: Study | None = None
        self._desk = Desk("desk")
        self._aside = Desk("aside")
        self._fitting = Desk("fitting")
        self._planning = Desk("planning")
        self._session_filters = opening.filters  # of the first session only
        self._exam_wishes = opening.exam  # for the first time only
        self._home = HomeScreen(starting=opening.start != "home")
        self._authoring: AuthoringScreen | None = None
        self.problem: Problem | None = None

    # Opening and closing

    def get_default_screen(self) -> HomeScreen:
        """Begin with the home screen; it needs nothing but Textual."""
        return self._home

    def on_mount(self) -> None:
        """Open the questions once the first frame is painted."""
        self.call_after_refresh(self._open)

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        try:
            self._study = await self._desk.do(_opened, self._opening)
        except Problem as problem:
            self.problem = problem
            self.exit(return_code=1)
            return
        if self._opening.start == "exam":
            self._to_exam()
            return
        if self._home.wanted:
            self._to_study()  # whoever comes home is counted then
            return
        await self._refresh_home()
        self._look_at_exam()
        await self._aside.do(look_ahead, self._study)
        self._fit(self._study)

    def close(self) -> None:
        """Let the threads, the computing engine and the database go, after the last frame."""
        self._desk.close()
        self._aside.close()
        self._fitting.close()
        self._planning.close()
        if self._study is not None:
            self._study.close()

    # Going from screen to screen

    @on(HomeScreen.Study)
    def _to_study(self) -> None:
        if self._study is None:
            return  # it is remembered by the home screen
        from quizapp.tui.screens.study import StudyScreen  # noqa: PLC0415 - after the first frame

        study = StudyScreen(
            self._study,
            filters=self._session_filters,
            desk=self._desk,
            aside=self._aside,
            grace=self._opening.grace,
        )
        self._session_filters = Filters()
        self.push_screen(study, self._come_home)

    @on(HomeScreen.Exam)
    def _to_exam(self) -> None:
        if self._study is None:
            return
        from quizapp.tui.screens.exam_lobby import ExamLobbyScreen  # noqa: PLC0415 - for exams

        lobby = ExamLobbyScreen(
            self._study,
            wishes=self._exam_wishes,
            desk=self._desk,
            aside=self._aside,
            grace=self._opening.grace,
        )
        self._exam_wishes = ExamWishes()
        self.push_screen(lobby, self._come_home)

    @on(HomeScreen.Readiness)
    def _to_readiness(self) -> None:
        if self._study is None:
            return
        from quizapp.tui.screens.readiness import ReadinessScreen  # noqa: PLC0415 - when asked for

        self.push_screen(ReadinessScreen(self._study, desk=self._desk))

    async def _come_home(self, _result: None) -> None:
        """Count again what is due."""
        self._home.wanted = False
        self._home.show(None)
        self._recount()

    @work(exclusive=True, group="home")
    async def _recount(self) -> None:
        await self._refresh_home()
        if self._study is not None:
            self._fit(self._study)
        self._look_at_exam()

    @work(exclusive=True, group="exam")
    async def _look_at_exam(self) -> None:
        """Say what today's minutes are for; computed on a thread of its own, after the counts."""
        if self._study is None or self._study.settings.exam_date is None:
            return
        try:
            outlook = await self._planning.do(self._study.exam_outlook, budgets=())
        except Problem:
            return  # what is wrong with the database, the counts have said
        self._home.show_exam(
            None if outlook is None else wording.exam(outlook, today=self._study.today())
        )

    async def _refresh_home(self) -> None:
        if self._study is None:
            return
        try:
            overview = await self._desk.do(self._study.overview)
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=10)
            return
        due = overview.next_due
        self._home.show(
            overview,
            next_due=None
            if due is None
            else wording.due(due, now=self._study.now(), today=self._study.today()),
        )

    @work(group="fit")
    async def _fit(self, study: Study) -> None:
        """Fit the schedule to the learner when it is time; no frame and no exit waits for it."""
        with suppress(Problem):  # it stays due
            fitted = await self._fitting.do(study.fit_if_due)
            if fitted is not None and fitted.adopted:
                self.notify(
                    _("The schedule now follows your own answers; no card was moved."),
                    timeout=10,
                )

    # Commands

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return the commands of the palette, in place of Textual's own."""
        if isinstance(screen, HomeScreen):
            yield SystemCommand(_("Study"), _("Go on with today's questions"), screen.action_study)
            yield SystemCommand(
                _("Mock exam"), _("Questions against the clock"), screen.action_exam
            )
            says = _("How an exam would go today")
            yield SystemCommand(_("Readiness"), says, screen.action_readiness)
            if self._opening.pack_files is not None and self._study is not None:
                says = _("Check and try the questions of a pack file")
                yield SystemCommand(_("Write packs"), says, self._write_packs)
        elif self._authoring is not None and screen is self._authoring:
            says = _("Stop writing; what is saved is saved")
            yield SystemCommand(_("Home"), says, screen.dismiss)
        else:
            yield SystemCommand(
                _("Home"), _("Stop studying; every answer is recorded"), self._home_command
            )
        yield from super().get_system_commands(screen)

    @work(exclusive=True, group="leave")
    async def _write_packs(self) -> None:
        """Ask for a pack and open the authoring screen on it."""
        from quizapp.tui.screens.authoring import AuthoringScreen  # noqa: PLC0415 - for authors
        from quizapp.tui.screens.path import PathScreen  # noqa: PLC0415

        study, files_of = self._study, self._opening.pack_files
        if study is None or files_of is None:
            return
        path = await self.push_screen_wait(
            PathScreen(_("Which pack?"), _("A pack file, or a folder of them"))
        )
        if path is None:
            return
        try:
            files = files_of(path)
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=10)
            return
        self._authoring = AuthoringScreen.on_files(files, study.compute)
        self.push_screen(self._authoring)

    async def _home_command(self) -> None:
        await self.screen.run_action("back")


def _opened(opening: Opening) -> Study:
    """Open the questions, and import meanwhile what the study screen needs."""
    study = opening.open()
    import quizapp.tui.screens.study  # noqa: F401, PLC0415 - off the screen's thread

    return study
