"""What it costs to have been helped."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from questions.verdict import Verdict


def score_share(*, used: int, of: int) -> Fraction:
    """Return the share of the score that is left after `used` of `of` hints.

    Each hint takes 1/(of + 1) away: one of two hints leaves 2/3, both leave 1/3. Raises ValueError
    for more hints than there are.
    """
    if not 0 <= used <= of:
        raise ValueError(f"{used} of {of} hints cannot have been used")
    return Fraction(of + 1 - used, of + 1)


def after_hints(verdict: Verdict, *, used: int, of: int) -> Verdict:
    """Return a verdict on an answer that was given with hints: the score is lowered.

    The outcome stays: the answer was right or it was not. Raises ValueError for more hints than
    there are.
    """
    share = score_share(used=used, of=of)
    if not used or not verdict.graded:
        return verdict
    return replace(verdict, score=float(Fraction(verdict.score) * share), hints_used=used)
