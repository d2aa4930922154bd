"""What the fitting process can be asked: plain JSON in, plain JSON out. Imports torch."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from quizapp.learning.answers import Answers
from quizapp.learning.fitting.outcome import TrialPayload
from quizapp.learning.fitting.trial import trial


def trial_of(payload: dict[str, object]) -> dict[str, object]:
    """Try whether fitted weights win."""
    asked = cast("TrialPayload", payload)
    tried = trial(
        Answers(
            cards=tuple(asked["cards"]),
            elapsed=tuple(asked["elapsed"]),
            ratings=tuple(asked["ratings"]),
        ),
        current=tuple(asked["current"]),
    )
    return {"trial": asdict(tried)}
