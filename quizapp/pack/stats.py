"""`quizapp pack stats`: what learners' answers say of the questions of a pack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from questions.expansion import askable
from questions.model import ChoiceQuestion, MultipleQuestion, Pack, Question, content_hash
from questions.packfile import read_pack
from questions.packfile.problems import PackProblems
from quizapp.history.export import NotALog, counting, log_lines
from quizapp.history.learners import everybody
from quizapp.language import _, current, ngettext, say
from quizapp.learning.item_statistics import FEW, ItemStatistics, Share, item_statistics
from quizapp.learning.responses import Row, responses
from quizapp.problem import Problem
from quizapp.visible import visible_line

if TYPE_CHECKING:
    from sqlalchemy import Engine

_HARD, _EASY = 0.2, 0.95  # facilities beyond which a question tells hardly anything
_WEAK = 0.1  # discrimination below which good and weak learners do alike


@dataclass(frozen=True, slots=True)
class PackStatistics:
    """The statistics of a pack's questions; `older`: how many contents it no longer has."""

    pack: Pack
    items: tuple[ItemStatistics, ...]
    older: int
    unanswered: tuple[str, ...]

    def as_json(self) -> str:
        """Return everything as one line of JSON; what cannot be said is null."""
        entry = {
            "pack": self.pack.id,
            "version": self.pack.version,
            "older_contents": self.older,
            "unanswered": list(self.unanswered),
            "questions": [_item_json(item) for item in self.items],
        }
        return json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n"

    def as_text(self) -> str:
        """Return a paragraph a question and a summary."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        by_id = _by_id(self.pack)
        for item in self.items:
            yield from _item_lines(item, by_id[item.question_id])
            yield ""
        yield ngettext(
            "{pack}: {n} question with answers, {rest} without.",
            "{pack}: {n} questions with answers, {rest} without.",
            len(self.items),
        ).format(pack=self.pack.id, n=len(self.items), rest=len(self.unanswered))
        if self.older:
            yield _("Answers to earlier wordings are not counted: {n} contents.").format(
                n=self.older
            )


def statistics_of(pack: Pack, rows: Iterable[Row]) -> PackStatistics:
    """Return the statistics of a pack's present contents."""
    questions = _by_id(pack)
    present = {(name, content_hash(question)) for name, question in questions.items()}
    found = item_statistics(responses(rows, questions, language=pack.language))
    items = tuple(item for item in found if (item.question_id, item.content_hash) in present)
    answered = {item.question_id for item in items}
    return PackStatistics(
        pack,
        items,
        older=len(found) - len(items),
        unanswered=tuple(name for name in questions if name not in answered),
    )


def read(path: Path) -> Pack:
    """Return the pack of a file. Raises Problem."""
    try:
        return read_pack(path, name=str(path))
    except PackProblems as problem:
        raise Problem("\n".join(problem.lines(current()))) from problem


def rows_of(logs: Sequence[Path]) -> tuple[Row, ...]:
    """Return the reviews of exported logs, each once. Raises Problem naming the file at fault."""
    rows: dict[object, Row] = {}
    for log in logs:
        try:
            with log.open(encoding="utf-8") as file:
                rows.update({row["id"]: row for row in counting(file)})
        except NotALog as problem:
            raise Problem(f"{log}: {say(problem.text)}") from problem
        except (OSError, UnicodeDecodeError) as problem:
            raise Problem(
                _("{path} cannot be read: {why}").format(path=log, why=problem)
            ) from problem
    return tuple(rows[key] for key in sorted(rows, key=str))


def rows_of_database(engine: Engine) -> tuple[Row, ...]:
    """Return the reviews of all learners of a database."""
    return tuple(row for who in everybody(engine) for row in counting(log_lines(engine, who)))


def _by_id(pack: Pack) -> dict[str, Question]:
    return {f"{pack.id}/{each.path}": each.question for each in askable(pack.questions)}


def _item_lines(item: ItemStatistics, question: Question) -> Iterator[str]:
    yield f"{item.question_id}: {visible_line(question.stem)[:60]}"
    low, high = item.facility_interval
    yield "  " + _("Facility {value} ({low} to {high}), {n} learners, median {seconds} s").format(
        value=f"{item.facility:.0%}",
        low=f"{low:.0%}",
        high=f"{high:.0%}",
        n=item.learners,
        seconds=f"{item.seconds:.0f}",
    )
    if item.discrimination is None:
        yield "  " + _("Discrimination: cannot be said yet")
    else:
        around = (
            " ({:+.2f} – {:+.2f})".format(*item.discrimination_interval)
            if item.discrimination_interval
            else ""
        )
        yield "  " + _("Discrimination {value}").format(value=f"{item.discrimination:+.2f}{around}")
    yield from _shares(_("Chosen"), item.chosen)
    yield from _shares(_("Mistakes"), item.mistakes)
    yield from ("  " + remark for remark in remarks(item, question))


def remarks(item: ItemStatistics, question: Question) -> Iterator[str]:
    """Yield what an author should look at; nothing but a warning while the numbers are small."""
    if item.few:
        yield _("Fewer than {n} learners: a hint at most.").format(n=FEW)
        return
    if item.facility >= _EASY:
        yield _("Nearly everybody is right.")
    if item.facility <= _HARD:
        yield _("Hardly anybody is right: is the key right?")
    if item.discrimination is not None and item.discrimination < _WEAK:
        yield _("Good learners do no better here: is the key right, is the stem clear?")
    options = question.options if isinstance(question, ChoiceQuestion | MultipleQuestion) else ()
    for option in options:
        if not option.right and option.text not in item.chosen:
            yield _("Nobody chose: {option}").format(option=visible_line(option.text))


def _shares(name: str, shares: Mapping[str, Share]) -> Iterator[str]:
    for text, share in shares.items():
        yield f"  {name}: {visible_line(text)} {share.count}/{share.of} ({share.share:.0%})"


def _item_json(item: ItemStatistics) -> dict[str, object]:
    return {
        "question": item.question_id,
        "content_hash": item.content_hash,
        "learners": item.learners,
        "few": item.few,
        "facility": item.facility,
        "facility_interval": list(item.facility_interval),
        "discrimination": item.discrimination,
        "discrimination_interval": (
            list(item.discrimination_interval) if item.discrimination_interval else None
        ),
        "median_seconds": item.seconds,
        "chosen": {text: _share_json(share) for text, share in item.chosen.items()},
        "mistakes": {name: _share_json(share) for name, share in item.mistakes.items()},
    }


def _share_json(share: Share) -> dict[str, object]:
    return {
        "count": share.count,
        "of": share.of,
        "share": share.share,
        "interval": [share.low, share.high],
    }
