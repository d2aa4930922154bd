"""The table: values compared first, then times, ratios, memory and extreme inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.losses.agreement import breaks, disagreement
from tests.benchmarks.losses.measuring import Times, measure
from tests.benchmarks.losses.work import ENUMERATING, FLOOR, OURS, Size, Work, row

PEER_BUDGET = 1.5
# These compare every item with every other, and must be this many times faster than listing that.
LISTING_BUDGET = 5.0
LISTED = frozenset(
    {"nt_xent", "triplet_batch_all", "wasserstein_1d"}
    | {"pairwise_logistic", "pairwise_hinge", "lambda_rank"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One loss at one size, measured."""

    work: Work
    size: Size
    times: Mapping[str, Times]
    # subject -> why it has no times: not installed, or another definition
    missing: Mapping[str, str]
    # subject -> extreme input -> what goes wrong there, None where nothing does
    extremes: Mapping[str, Mapping[str, str | None]]

    def ratio(self, subject: str, threads: int) -> float:
        """Our time over that of the subject, each its fastest run."""
        return self.times[OURS].best(threads) / self.times[subject].best(threads)

    def best_peer(self, threads: int) -> str | None:
        """The fastest of the others whose values agree."""
        peers = [name for name in self.times if name not in (OURS, ENUMERATING, FLOOR)]
        return min(peers, key=lambda name: self.times[name].best(threads), default=None)


def measured(work: Work, size: Size, *, runs: int, threads: Sequence[int]) -> Row:
    """Compare the values of everybody who is installed, then time those that agree."""
    missing: dict[str, str] = {}
    extremes: dict[str, dict[str, str | None]] = {}
    for name, load in work.subjects(size).items():
        try:
            problem = disagreement(work, size, load)
        except ImportError:
            missing[name] = "not installed"
            continue
        if problem is not None:
            missing[name] = problem
        extremes[name] = {x.says: breaks(work, x, load) for x in work.extremes}
    timed = [name for name in work.subjects(size) if name not in missing]
    return Row(
        work=work,
        size=size,
        times=measure(work, size, [*timed, FLOOR], runs=runs, threads=threads),
        missing=missing,
        extremes=extremes,
    )


def lines(measured_row: Row, threads: Sequence[int]) -> Iterator[str]:
    """A row as a block of text."""
    head = "".join(
        f"{f'{count} thread' + 's' * (count > 1):>13}{'median':>10}{'ours is':>9}"
        for count in threads
    )
    yield f"{row(measured_row.work, measured_row.size):<28}{head}{'MB':>7}  extremes"
    for name, times in measured_row.times.items():
        cells = "".join(
            f"{times.best(count):10.3f} ms{times.median(count):10.3f}"
            + ("         " if name == OURS else f"{measured_row.ratio(name, count):8.2f}x")
            for count in threads
        )
        label = f"floor: {measured_row.work.floor.says}" if name == FLOOR else name
        yield f"  {label:<26.26}{cells}{times.megabytes:7.0f}  {_stands(measured_row, name)}"
    for name, why in measured_row.missing.items():
        yield f"  {name:<26}{why}  {_stands(measured_row, name)}"


def _stands(measured_row: Row, name: str) -> str:
    problems = measured_row.extremes.get(name, {})
    if not problems:
        return ""
    found = [f"{says}: {problem}" for says, problem in problems.items() if problem is not None]
    return f"{len(problems) - len(found)}/{len(problems)}  {'; '.join(found)}".rstrip()


def verdicts(measured_row: Row, threads: Sequence[int]) -> Iterator[str]:
    """One line for each aim: the ratio next to its budget."""
    name = row(measured_row.work, measured_row.size)
    for count in threads:
        peer = measured_row.best_peer(count)
        if peer is not None:
            yield _verdict(
                f"{name}, {count}t: ours / {peer}",
                measured_row.ratio(peer, count),
                f"budget {PEER_BUDGET:g} x at most",
                met=measured_row.ratio(peer, count) <= PEER_BUDGET,
            )
        if measured_row.work.loss in LISTED and ENUMERATING in measured_row.times:
            gain = 1 / measured_row.ratio(ENUMERATING, count)
            yield _verdict(
                f"{name}, {count}t: enumerating / ours",
                gain,
                f"budget {LISTING_BUDGET:g} x at least",
                met=gain >= LISTING_BUDGET,
            )


def _verdict(what: str, figure: float, budget: str, *, met: bool) -> str:
    return f"{what:<56} {figure:8.2f} x    {budget}{'' if met else '   MISSED'}"
