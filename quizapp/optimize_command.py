"""`quizapp optimize`: fit the schedule to the learner's memory, and say in words what changes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from questions.compute.client import ComputeRefused, ComputeUnavailable
from quizapp.language import _, ngettext
from quizapp.learning.fitting.outcome import LEAST, Trial
from quizapp.learning.optimizing import Optimized
from quizapp.learning.scheduler import MODEL, Scheduler, Weights
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.study import Study

_GOODS = 3  # right answers in a row of which the intervals are shown

Outcome = Literal["too_few", "not_better", "adopted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A fit, and what it does to a typical card."""

    optimized: Optimized
    desired_retention: float
    dry_run: bool

    @property
    def outcome(self) -> Outcome:
        """What came of it."""
        if self.optimized.trial is None:
            return "too_few"
        return "adopted" if self.optimized.trial.adopted else "not_better"

    def as_json(self) -> str:
        """Return everything as one line of JSON."""
        trial = self.optimized.trial
        entry = {
            "model": MODEL,
            "outcome": self.outcome,
            "dry_run": self.dry_run,
            "long_term_answers": self.optimized.long_term,
            "long_term_answers_needed": LEAST,
            "in_use_since": (
                None if self.optimized.used is None else self.optimized.used.fitted_at.isoformat()
            ),
            "held_out": None if trial is None else _held_out_json(trial),
            "desired_retention": self.desired_retention,
            "weights": {
                "before": list(self.optimized.before),
                "after": list(self.optimized.after),
            },
            "interval_days": {
                "before": list(self._intervals(self.optimized.before)),
                "after": list(self._intervals(self.optimized.after)),
            },
        }
        return json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n"

    def as_text(self) -> str:
        """Return what changed and what is to be expected, or why nothing changed."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        trial = self.optimized.trial
        if trial is None:
            yield ngettext(
                "Nothing changed: a fit needs {least} answers that came a day or more after the "
                "one before; there is {n}.",
                "Nothing changed: a fit needs {least} answers that came a day or more after the "
                "one before; there are {n}.",
                self.optimized.long_term,
            ).format(least=LEAST, n=self.optimized.long_term)
            yield _(
                "With fewer answers, weights that suit learners in general predict better than "
                "fitted ones."
            )
            return
        numbers = {
            "n": trial.fitted.n,
            "of": trial.long_term,
            "before": f"{trial.current.log_loss:.4f}",
            "published": f"{trial.published.log_loss:.4f}",
            "after": f"{trial.fitted.log_loss:.4f}",
        }
        yield _(
            "Tried on the newest {n} of {of} answers, which the fit had not seen. How far the "
            "predictions were off (log loss, lower is better):"
        ).format(**numbers)
        yield "  " + _("weights in use {before}, published {published}, fitted {after}").format(
            **numbers
        )
        if not trial.adopted:
            yield _("Nothing changed: the fitted weights do not predict better.")
            yield from self._in_use(trial)
            return
        if self.dry_run:
            yield _("They would be adopted. Nothing was stored (--dry-run).")
        else:
            yield _(
                "Adopted. They act at each card's next review; no card that is scheduled was moved."
            )
        yield from self._typical()

    def _in_use(self, trial: Trial) -> Iterator[str]:
        used = self.optimized.used
        if used is None:
            return
        if used.long_term > trial.long_term - trial.fitted.n:
            yield _(
                "The weights in use were fitted to {n} answers on {day}. They learnt from some of "
                "the newest answers, so that they look better here than they are."
            ).format(n=used.long_term, day=f"{used.fitted_at.astimezone():%Y-%m-%d}")
        else:
            yield _("The weights in use were fitted to {n} answers on {day}.").format(
                n=used.long_term, day=f"{used.fitted_at.astimezone():%Y-%m-%d}"
            )

    def _typical(self) -> Iterator[str]:
        before = self._intervals(self.optimized.before)
        after = self._intervals(self.optimized.after)
        yield _("A card that is always answered right comes back (target: {share} known):").format(
            share=f"{self.desired_retention:.0%}"
        )
        yield "  " + _("after the first answer: {before} → {after} days").format(
            before=before[0], after=after[0]
        )
        yield "  " + _("after the third answer: {before} → {after} days").format(
            before=before[-1], after=after[-1]
        )

    def _intervals(self, weights: Weights) -> tuple[int, ...]:
        return Scheduler(self.desired_retention, weights).intervals(_GOODS)


def optimize(study: Study, *, dry_run: bool) -> Explained:
    """Fit the learner's schedule now, due or not. Raises Problem."""
    if sys.stderr.isatty():
        sys.stderr.write(_("Fitting the schedule to your answers...") + "\n")
    try:
        optimized = study.optimize(dry_run=dry_run)
    except (ComputeUnavailable, ComputeRefused) as problem:
        raise Problem(_("The schedule cannot be fitted: PyTorch could not be run.")) from problem
    return Explained(
        optimized=optimized,
        desired_retention=study.settings.desired_retention,
        dry_run=dry_run,
    )


def _held_out_json(trial: Trial) -> dict[str, object]:
    return {
        "answers": trial.fitted.n,
        **{
            name: {
                "log_loss": scores.log_loss,
                "rmse_bins": scores.rmse_bins,
                "auc": scores.auc,
            }
            for name, scores in (
                ("before", trial.current),
                ("published", trial.published),
                ("fitted", trial.fitted),
            )
        },
    }
