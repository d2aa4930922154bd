"""Asks the fitting process, which is started for one trial and ends after it."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Final, cast

from questions.compute.client import Worker
from quizapp.learning.answers import Answers
from quizapp.learning.fitting.outcome import Trial, TrialJson, read_trial
from quizapp.learning.scheduler import PUBLISHED, Weights

COMMAND: Final = (sys.executable, "-P", "-m", "quizapp.learning.fitting")
_TIMEOUT: Final = 600.0  # seconds; nobody waits for it but `quizapp optimize`


class FittingWorker:
    """Fits weights; every method may be called from any thread."""

    def __init__(self, *, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._worker: Worker | None = None
        self._closed = False

    def trial(self, answers: Answers, *, current: Weights = PUBLISHED) -> Trial:
        """Return what a fit comes to. Blocks for seconds, until `close` is called at the latest.

        Raises ComputeUnavailable, or ComputeRefused for fewer long-term answers than are needed.
        """
        worker = self._worker = Worker(command=self._command, timeout=_TIMEOUT)
        if self._closed:
            worker.close()
        with closing(worker):
            result = worker.request(
                "trial",
                {
                    "cards": answers.cards,
                    "elapsed": answers.elapsed,
                    "ratings": answers.ratings,
                    "current": current,
                },
            )
        return read_trial(cast("TrialJson", result["trial"]))

    @property
    def pid(self) -> int | None:
        """The id of the fitting process while one runs."""
        return None if self._worker is None else self._worker.pid

    def close(self) -> None:
        """End the process at once, whatever it does: a fit that is lost is made again."""
        self._closed = True
        if self._worker is not None:
            self._worker.close(patience=0.0)
