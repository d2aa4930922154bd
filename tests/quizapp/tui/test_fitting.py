"""The schedule is fitted beside the screens: nobody waits for it, and nothing is lost by quitting."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

import pytest

from quizapp.history import fits
from quizapp.history.learners import deal
from quizapp.learning.fitting.client import FittingWorker
from quizapp.learning.scheduler import PUBLISHED
from quizapp.study import Study
from quizapp.tui.screens.home import HomeScreen
from tests.quizapp.learning.fitting.learners import rows_of
from tests.quizapp.learning.lived import live
from tests.quizapp.tui.conftest import OpenApp, OpenStudy
from tests.quizapp.tui.seen import until
from tests.quizapp.tui.steps import asked

_SCORES = {"n": 80, "log_loss": 0.5, "rmse_bins": 0.1, "auc": 0.6}
_TRIAL = {
    "long_term": 400,
    "published": _SCORES,
    "current": _SCORES,
    "fitted": {**_SCORES, "log_loss": 0.4},
    "adopted": True,
    "weights": list(PUBLISHED),
}
QUICK = f"from questions.compute.worker import main; main(lambda: {{'trial': lambda _: {{'trial': {_TRIAL}}}}})"
ENDLESS = "import time; time.sleep(1000)"


def experienced(study: Study, program: str) -> Study:
    """Let the learner have answered enough for a fit, which a program makes."""
    deal(study.engine, study.learner)
    rows = rows_of(long_term=400, recall=lambda _share: 0.9, cards=3)
    live(study.engine, study.learner, study.calendar, rows)
    return replace(study, fitting=FittingWorker(command=(sys.executable, "-c", program)))


def stored(study: Study) -> int:
    with study.engine.connect() as connection:
        return len(fits.all_of(connection, study.learner.id))


@pytest.mark.parametrize("start", ["home", "study"])
async def test_it_is_fitted_at_home_and_said(
    start: str, open_app: OpenApp, open_study: OpenStudy
) -> None:
    study = experienced(open_study(), QUICK)
    app = open_app(study, start=start)
    async with app.run_test() as pilot:
        if start == "study":
            await asked(app)
            await pilot.press("escape")
        await until(app, lambda: isinstance(app.screen, HomeScreen))
        await until(app, lambda: stored(study) == 1)
        await until(app, lambda: bool(app._notifications))
        (said,) = app._notifications
        assert "合わせた" in said.message


async def test_a_fit_that_takes_long_holds_up_nobody(
    open_app: OpenApp, open_study: OpenStudy
) -> None:
    study = experienced(open_study(), ENDLESS)
    app = open_app(study, start="home")
    async with app.run_test() as pilot:
        await until(app, lambda: study.fitting.pid is not None)
        process = study.fitting.pid
        assert process is not None
        await pilot.press("enter")
        await asked(app)
    study.fitting.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert stored(study) == 0
