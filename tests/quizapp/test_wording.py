"""Times, tolerances and outcomes are said the same way everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from questions.model import Tolerance
from quizapp import wording
from quizapp.language import use

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("tolerance", "asked", "accepted"),
    [
        (Tolerance(), "小数第3位まで", "小数第3位まで合っていれば正解とする(差が0.00051以下)。"),
        (Tolerance(decimals=0), "整数で", "整数で合っていれば正解とする(差が0.51以下)。"),
        (Tolerance(atol=0.2), "小数第3位まで", "正しい値との差が0.2以下なら正解とする。"),
        (Tolerance(rtol=0.01), "小数第3位まで", "正しい値との差がその値の1%以下なら正解とする。"),
        (
            Tolerance(atol=0.001, rtol=0.05),
            "小数第3位まで",
            "正しい値との差が0.001+その値の5%以下なら正解とする。",
        ),
        (Tolerance(atol=0), "小数第3位まで", "正しい値との差が0以下なら正解とする。"),
    ],
)
def test_tolerances(tolerance: Tolerance, asked: str, accepted: str) -> None:
    assert wording.asked(tolerance) == asked
    assert wording.accepted(tolerance) == accepted


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NOW, "まもなく"),
        (NOW - timedelta(hours=1), "まもなく"),
        (NOW + timedelta(minutes=10), "10分後"),
        (TODAY, "今日"),
        (TODAY + timedelta(days=1), "明日"),
        (TODAY + timedelta(days=3), "3日後(11月24日)"),
        (date(2027, 1, 2), "42日後(2027年1月2日)"),
    ],
)
def test_when_a_card_comes_next(when: date | datetime, said: str) -> None:
    assert wording.due(when, now=NOW, today=TODAY) == said


def test_english_has_its_plurals() -> None:
    use("en")
    try:
        assert wording.asked(Tolerance(decimals=1)) == "to 1 decimal place"
        assert wording.asked(Tolerance(decimals=2)) == "to 2 decimal places"
        assert wording.due(NOW + timedelta(minutes=1), now=NOW, today=TODAY) == "in 1 min"
    finally:
        use("ja")
