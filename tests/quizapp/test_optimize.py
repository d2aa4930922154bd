"""`quizapp optimize`: what it says of a fit, in both languages and as JSON."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizapp import language
from quizapp.cli import main
from quizapp.history.fits import StoredFit
from quizapp.history.learners import deal
from quizapp.learning.fitting.outcome import Trial
from quizapp.learning.fitting.scores import Scores
from quizapp.learning.optimizing import Optimized
from quizapp.learning.scheduler import PUBLISHED, Weights
from quizapp.optimize_command import Explained
from quizapp.study import open_study
from tests.quizapp.learning.fitting.learners import forgetful
from tests.quizapp.learning.lived import live
from tests.quizapp.learning.test_optimizing import METRICS

SHORTER: Weights = tuple(w * (0.5 if n < 4 else 1.0) for n, w in enumerate(PUBLISHED))


@pytest.fixture(autouse=True)
def _spoken() -> None:
    language.use("ja")


def scores(log_loss: float) -> Scores:
    return Scores(n=122, log_loss=log_loss, rmse_bins=0.06, auc=0.66)


WON = Trial(
    long_term=612,
    published=scores(0.4519),
    current=scores(0.4519),
    fitted=scores(0.4481),
    adopted=True,
    weights=SHORTER,
)
LOST = replace(WON, fitted=scores(0.4520), adopted=False)
EARLIER = StoredFit(
    id="1",
    learner_id=1,
    model="FSRS-6",
    weights=SHORTER,
    compared_with=None,
    last_review_id="1",
    last_answered_at=datetime(2026, 11, 1, tzinfo=UTC),
    long_term=450,
    metrics=METRICS,
    adopted=True,
    fitted_at=datetime(2026, 11, 2, 12, tzinfo=UTC),
)

# what came of it -> (Japanese, English)
SAID = {
    "too few": (
        Optimized(long_term=123, used=None, trial=None),
        ["何も変えていない", "400件", "123件"],
        ["Nothing changed", "400 answers", "there are 123"],
    ),
    "won": (
        Optimized(long_term=612, used=None, trial=WON),
        ["0.4519", "0.4481", "採用した", "予定は動かない", "2日 → 1日", "46日 → 27日"],
        ["0.4519", "0.4481", "Adopted", "no card", "2 → 1 days", "46 → 27 days"],
    ),
    "lost": (
        Optimized(long_term=612, used=None, trial=LOST),
        ["0.4520", "何も変えていない"],
        ["0.4520", "Nothing changed"],
    ),
    "lost against an earlier fit": (
        Optimized(long_term=612, used=EARLIER, trial=LOST),
        ["何も変えていない", "2026-11-02", "450件"],
        ["Nothing changed", "2026-11-02", "450 answers on 2026-11-02."],
    ),
    "lost against a fit to nearly the same": (
        Optimized(long_term=612, used=replace(EARLIER, long_term=600), trial=LOST),
        ["600件", "実力よりよく見える"],
        ["600 answers", "look better here than they are"],
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_it_says_what_changed_and_what_to_expect(case: str) -> None:
    optimized, japanese, english = SAID[case]
    explained = Explained(optimized=optimized, desired_retention=0.9, dry_run=False)
    for spoken, parts in (("ja", japanese), ("en", english)):
        language.use(spoken)
        text = explained.as_text()
        assert [part for part in parts if part not in text] == [], text


def test_a_rehearsal_says_so() -> None:
    explained = Explained(optimized=SAID["won"][0], desired_retention=0.9, dry_run=True)
    assert "保存していない" in explained.as_text()
    assert json.loads(explained.as_json())["dry_run"] is True


def test_json_holds_the_numbers() -> None:
    explained = Explained(optimized=SAID["won"][0], desired_retention=0.9, dry_run=False)
    entry = json.loads(explained.as_json())
    assert (entry["model"], entry["outcome"]) == ("FSRS-6", "adopted")
    assert entry["held_out"]["answers"] == 122
    assert entry["held_out"]["before"]["log_loss"] == 0.4519
    assert entry["held_out"]["fitted"]["log_loss"] == 0.4481
    assert entry["weights"] == {"before": list(PUBLISHED), "after": list(SHORTER)}
    assert entry["interval_days"]["before"] == [2, 11, 46]
    lost = Explained(optimized=SAID["lost"][0], desired_retention=0.9, dry_run=False)
    entry = json.loads(lost.as_json())
    assert entry["outcome"] == "not_better"
    assert entry["weights"]["after"] == list(PUBLISHED)


def test_the_command_from_too_few_answers_to_a_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(tmp_path / "quizapp.db")
    assert main(["optimize", "--database", database, "--lang", "en"]) == 0
    assert "there are 0" in capsys.readouterr().out
    with closing(open_study(database=database)) as study:
        deal(study.engine, study.learner)
        live(study.engine, study.learner, study.calendar, forgetful(long_term=400))
    assert main(["optimize", "--database", database, "--json", "--dry-run"]) == 0
    rehearsed = json.loads(capsys.readouterr().out)
    with closing(open_study(database=database)) as study:
        fitted = study.fit_if_due()
        assert fitted is not None
        assert fitted.stored is not None
        assert list(fitted.stored.weights) == rehearsed["weights"]["after"]  # to the last bit
        assert study.fit_if_due() is None
