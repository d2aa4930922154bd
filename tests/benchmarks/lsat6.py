"""R5: our item calibration on LSAT-6, next to the published figures.

`python -m tests.benchmarks.readysim` prints it after READYSIM-1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from quizapp.learning.item_calibration import calibrate
from quizapp.learning.topic_model import Floats

PATTERNS = Path(__file__).parents[1] / "data" / "lsat6_patterns.csv"
AGREES = 0.005

# Bock & Lieberman (1970), Bock & Aitkin (1981); three decimals.
SLOPE_1PL = 0.755
DIFFICULTIES_1PL = (-3.615, -1.322, -0.318, -1.730, -2.780)
SLOPES_2PL = (0.826, 0.723, 0.891, 0.688, 0.657)
LOG_LIKELIHOOD_1PL, LOG_LIKELIHOOD_2PL = -2466.94, -2466.65


def patterns() -> tuple[Floats, Floats]:
    """Return the patterns of answers, and how many persons gave each."""
    with PATTERNS.open(encoding="utf-8") as file:
        rows = np.array([list(map(float, row)) for row in list(csv.reader(file))[1:]])
    return rows[:, :-1], rows[:, -1]


def figures() -> Iterator[tuple[str, float, float]]:
    """Yield what is compared, what was found, and what was published."""
    one, two = (calibrate(*patterns(), curve=curve) for curve in ("1pl", "2pl"))
    yield "1PL slope", one.slopes[0], SLOPE_1PL
    for place, (found, published) in enumerate(
        zip(one.difficulties, DIFFICULTIES_1PL, strict=True)
    ):
        yield f"1PL difficulty {place + 1}", found, published
    yield "1PL log likelihood", one.log_likelihood, LOG_LIKELIHOOD_1PL
    for place, (found, published) in enumerate(zip(two.slopes, SLOPES_2PL, strict=True)):
        yield f"2PL slope {place + 1}", found, published
    yield "2PL log likelihood", two.log_likelihood, LOG_LIKELIHOOD_2PL
