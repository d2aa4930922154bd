"""`quizapp pack rescore`: what a mended key says of the answers that were given before."""

from __future__ import annotations

import difflib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Final, TextIO

from questions.bank import UnknownQuestion, installed_packs
from questions.compute.client import ComputeUnavailable
from quizapp.language import _, ngettext, say
from quizapp.learning.rescoring import (
    CHANGES,
    ChangedMeanwhile,
    Correction,
    QuestionRescoring,
    Rescoring,
    Written,
    apply,
    rescoring,
)
from quizapp.problem import Problem
from quizapp.study import Study
from quizapp.visible import visible_line

_YES: Final = ("y", "yes", "はい")
_REFRESHED: Final = 50  # answers between two lines of progress


def rescore(
    study: Study,
    pack_id: str,
    *,
    question: str | None,
    reworded: bool,
    write: bool,
    as_json: bool,
    reading: TextIO,
    writing: TextIO,
) -> None:
    """Say what changes, and write it where that is wished for. Raises Problem.

    `write`: without asking. Otherwise a person at a terminal is asked, and nobody else.
    """
    _refuse_unknown_pack(study, pack_id)
    wanted = None if question is None else _in_pack(study, pack_id, question)
    found = _found(study, pack_id, wanted, reworded=reworded)
    asked = not write and not as_json and bool(found.corrections) and reading.isatty()
    if not as_json:
        writing.writelines(f"{line}\n" for line in _lines(found))
    if asked:
        writing.write(_("Write the corrected answers (y), or cancel (Enter)? "))
        writing.flush()
        write = reading.readline().strip().lower() in _YES
    written = _written(study, found) if write else None
    if as_json:
        writing.write(json.dumps(_json(found, written), ensure_ascii=False) + "\n")
    elif found.corrections:
        writing.writelines(f"{line}\n" for line in _outcome(found, written))


def _refuse_unknown_pack(study: Study, pack_id: str) -> None:
    known = [each.about.id for each in installed_packs(study.engine)]
    if pack_id in known:
        return
    message = _("There is no pack {pack}.").format(pack=visible_line(pack_id))
    close = difflib.get_close_matches(pack_id, known, n=3)
    if close:
        message += " " + _("Similar: {packs}").format(packs=", ".join(close))
    raise Problem(message)


def _in_pack(study: Study, pack_id: str, question: str) -> str:
    """Return the full id of a question of the pack, which may be given without it."""
    name = question if question.startswith(f"{pack_id}/") else f"{pack_id}/{question}"
    try:
        return study.bank.question(name).id
    except UnknownQuestion as error:
        raise Problem(say(error.message)) from error


def _found(study: Study, pack_id: str, question: str | None, *, reworded: bool) -> Rescoring:
    progress = _Progress(sys.stderr)
    try:
        return rescoring(
            study.engine,
            study.bank,
            study.examiner,
            pack_id=pack_id,
            question_id=question,
            reworded=reworded,
            progress=progress.show,
        )
    except ComputeUnavailable as error:
        raise Problem(say(error.text)) from error
    finally:
        progress.clear()


def _written(study: Study, found: Rescoring) -> Written:
    try:
        return apply(study.engine, found, now=study.now())
    except ChangedMeanwhile as error:
        raise Problem(
            _("A key or an answer changed at the same moment. Nothing was written; try again.")
        ) from error


class _Progress:
    """How many answers were looked at, on one line of a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None

    def show(self, done: int) -> None:
        """Draw that `done` answers were looked at."""
        if self._stream is not None and done % _REFRESHED == 0:
            self._stream.write("\r" + _("Answers judged: {n}").format(n=done) + "\x1b[K")
            self._stream.flush()

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._stream is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def _lines(found: Rescoring) -> Iterator[str]:
    if not found.questions:
        yield _("Every answer was judged by the present key. There is nothing to rescore.")
        return
    for question in found.questions:
        if question.corrections or question.left_alone:
            yield from _about(question)
    looked_at = sum(question.answers for question in found.questions)
    yield ngettext(
        "{pack}: {n} answer that another key had judged.",
        "{pack}: {n} answers that another key had judged.",
        looked_at,
    ).format(pack=found.pack_id, n=looked_at)
    yield from _counts(
        Counter({change: found.count(change) for change in CHANGES}),
        sum(question.unchanged for question in found.questions),
        sum(len(question.left_alone) for question in found.questions),
    )


def _about(question: QuestionRescoring) -> Iterator[str]:
    yield visible_line(question.question_id)
    yield from _counts(
        Counter({change: question.count(change) for change in CHANGES}),
        question.unchanged,
        len(question.left_alone),
    )
    reasons = Counter(each.obstacle for each in question.left_alone)
    for obstacle, count in reasons.most_common():
        yield f"    {say(obstacle.says)} ({count})"


def _counts(changes: Counter[str], unchanged: int, left_alone: int) -> Iterator[str]:
    for name, count in (
        (_("wrong → right"), changes["to_right"]),
        (_("right → wrong"), changes["to_wrong"]),
        (_("another score"), changes["score"]),
        (_("another mistake, same score"), changes["diagnosis"]),
        (_("as before"), unchanged),
        (_("cannot be judged again, left alone"), left_alone),
    ):
        if count:
            yield f"  {name}: {count}"


def _outcome(found: Rescoring, written: Written | None) -> Iterator[str]:
    if written is None:
        yield _("Nothing was written. To write it: quizapp pack rescore {pack} --write").format(
            pack=found.pack_id
        )
        return
    yield _("Written: {corrected} answers of {learners} learners corrected.").format(
        corrected=written.corrected, learners=found.learners
    )
    if written.moved:
        yield _("Later answers whose schedule follows from them: {n}").format(n=written.moved)
    if written.gone:
        yield _("Changed since they were looked at, passed over: {n}").format(n=written.gone)


def _json(found: Rescoring, written: Written | None) -> dict[str, object]:
    return {
        "pack": found.pack_id,
        "answers": sum(question.answers for question in found.questions),
        "unchanged": sum(question.unchanged for question in found.questions),
        **{change: found.count(change) for change in CHANGES},
        "left_alone": sum(len(question.left_alone) for question in found.questions),
        "learners": found.learners,
        "written": None
        if written is None
        else {
            "corrected": written.corrected,
            "moved": written.moved,
            "cards": written.cards,
            "gone": written.gone,
        },
        "questions": [_question_json(question) for question in found.questions],
    }


def _question_json(question: QuestionRescoring) -> dict[str, object]:
    return {
        "question": question.question_id,
        "content_hash": question.content_hash,
        "answers": question.answers,
        "unchanged": question.unchanged,
        **{change: question.count(change) for change in CHANGES},
        "corrections": [_correction_json(each) for each in question.corrections],
        "left_alone": [
            {"review": each.review_id, "reason": each.obstacle.id, "says": say(each.obstacle.says)}
            for each in question.left_alone
        ],
    }


def _correction_json(correction: Correction) -> dict[str, object]:
    old, new = correction.old, correction.new
    return {
        "review": old.id,
        "change": correction.change,
        "outcome_before": old.outcome,
        "outcome": new.outcome,
        "score_before": old.score,
        "score": new.score,
    }
