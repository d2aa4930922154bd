"""Losses for sequences without alignment, as worked on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from losses.reduction import Reduction
from losses.text import Text
from losses.worked.step import Matrix, Step, bracketed, number

Steps: TypeAlias = Matrix  # one sequence: T rows of C logarithms
Batch: TypeAlias = Sequence[Matrix]  # T rows of N rows of C logarithms


@dataclass(frozen=True, slots=True)
class _Sequence:
    """One sequence: its probabilities, frame by frame, and its labels with blanks between."""

    probs: list[list[float]]
    labels: list[int]
    blank: int

    @property
    def extended(self) -> tuple[int, ...]:
        """The labels with a blank before, between and after."""
        between = [place for label in self.labels for place in (label, self.blank)]
        return (self.blank, *between)

    @property
    def table(self) -> list[list[float]]:
        """αₜ(s): the probability of being at place s of the extended labels after frame t."""
        places = self.extended
        before = [1.0 if s < 2 else 0.0 for s in range(len(places))]
        table: list[list[float]] = []
        for frame in self.probs:
            if table:
                before = [
                    sum(table[-1][place] for place in self._from(s)) for s in range(len(places))
                ]
            table.append([b * frame[place] for b, place in zip(before, places, strict=True)])
        return table

    def _from(self, s: int) -> list[int]:
        """The places from which place s is reached: itself, the one before, or over a blank."""
        places = self.extended
        over = s >= 2 and places[s] not in (self.blank, places[s - 2])
        return [s, *([s - 1] if s >= 1 else []), *([s - 2] if over else [])]

    @property
    def ends(self) -> tuple[float, ...]:
        """The probabilities of ending on the last label and on the blank after it."""
        if not self.probs:
            return (1.0,) if not self.labels else (0.0,)
        return tuple(self.table[-1][-2:])


def _sequences(
    log_probs: Steps | Batch,
    targets: Sequence[int] | Sequence[Sequence[int]],
    input_lengths: Sequence[int] | None,
    target_lengths: Sequence[int] | None,
    blank: int,
) -> list[_Sequence]:
    lone = not isinstance(log_probs[0][0], Sequence)
    frames = cast("Batch", [[row] for row in log_probs] if lone else log_probs)
    labels = cast("Sequence[Sequence[int]]", [targets] if lone else targets)
    spoken = input_lengths or [len(frames)] * len(labels)
    written = target_lengths or [len(row) for row in labels]
    return [
        _Sequence(
            [[math.exp(value) for value in frame[n]] for frame in frames[: spoken[n]]],
            [int(label) for label in labels[n][: written[n]]],
            blank,
        )
        for n in range(len(labels))
    ]


def ctc(
    log_probs: Steps | Batch,
    targets: Sequence[int] | Sequence[Sequence[int]],
    *,
    input_lengths: Sequence[int] | None = None,
    target_lengths: Sequence[int] | None = None,
    blank: int = 0,
    reduction: Reduction = "mean",
) -> tuple[Step, ...]:
    """Extended labels, the table of forward probabilities, −log of its end, then the mean."""
    each = _sequences(log_probs, targets, input_lengths, target_lengths, blank)
    likelihoods = [sum(one.ends) for one in each]
    terms = [-math.log(p) if p else math.inf for p in likelihoods]
    lengths = [max(1, len(one.labels)) for one in each]
    return (
        Step(
            "extended",
            Text(
                "ラベルの前後と間にブランクを入れる", "Blanks before, between and after the labels"
            ),
            "∅ l₁ ∅ l₂ ∅ … ∅",
            "; ".join(
                " ".join("∅" if place == blank else str(place) for place in one.extended)
                for one in each
            ),
            tuple(tuple(float(place) for place in one.extended) for one in each),
        ),
        Step(
            "alpha",
            Text(
                "前向き確率を時刻順に求める（1行が1時刻）",
                "Forward probabilities, one row per frame",
            ),
            "αₜ(s) = (αₜ₋₁(s) + αₜ₋₁(s−1) + αₜ₋₁(s−2))·pₜ(lₛ)　(s−2: lₛ ≠ ∅, lₛ ≠ lₛ₋₂)",
            "; ".join(
                ", ".join(number(value) for value in row) for one in each for row in one.table
            )
            or "1",
            tuple(tuple(row) for one in each for row in one.table),
        ),
        Step(
            "likelihood",
            Text(
                "最後のラベルと最後のブランクで終わる確率を足す",
                "Add the two ways to end: on the last label, on the blank after it",
            ),
            "P = α_T(2S+1) + α_T(2S)",
            ", ".join(" + ".join(number(end) for end in reversed(one.ends)) for one in each),
            tuple(likelihoods),
        ),
        Step(
            "terms",
            Text("負の対数を取る", "Negative logarithm"),
            "l = −log P",
            ", ".join(f"−log {number(p)}" for p in likelihoods),
            tuple(terms),
        ),
        _reduced(terms, lengths, reduction),
    )


def _reduced(terms: list[float], lengths: list[int], reduction: Reduction) -> Step:
    """The sum, or the mean in which each term is first divided by its target length."""
    if reduction == "sum":
        added = " + ".join(bracketed(term) for term in terms)
        return Step("sum", Text("合計する", "Sum"), "Σ lₙ", added, sum(terms))
    if reduction != "mean":
        raise ValueError(f"steps are written for reduction 'mean' or 'sum', not {reduction!r}")
    shares = [term / length for term, length in zip(terms, lengths, strict=True)]
    shown = " + ".join(
        f"{bracketed(term)} / {length}" for term, length in zip(terms, lengths, strict=True)
    )
    return Step(
        "mean",
        Text("ラベル長で割ってから平均する", "Divide by the target lengths, then the mean"),
        "(1/N) Σ lₙ / Sₙ",
        f"({shown}) / {len(terms)}",
        sum(shares) / len(shares),
    )


STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {"ctc": ctc}
