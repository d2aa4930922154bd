"""A program beside the reference -> verdict. Pure: the program has been run."""

from __future__ import annotations

from collections.abc import Sequence

import losses
from losses.text import Text
from questions.code.checks import Check
from questions.code.findings import Finding, behaves_like, first_finding, unloadable
from questions.code.limits import Limits
from questions.code.program import Run
from questions.model import CodeQuestion
from questions.variant import Variant
from questions.verdict import Outcome, Recognised, Verdict

_EMPTY = Text("コードが入力されていない。", "There is no code.")
_AGREES = Text(
    "すべての入力で、値も勾配も基準の実装と一致した。",
    "Value and gradient agree with the reference on every input.",
)
_PARTLY = Text(
    "ふつうの入力では基準の実装と一致するが、極端な入力やfloat32で異なる。",
    "It agrees with the reference on ordinary inputs but not on extreme ones or in float32.",
)
_DIFFERS = Text("基準の実装と一致しない。", "It does not agree with the reference.")
_HALF = 0.5


# Full-width ASCII and spaces, as an input method left on types them, mean the ordinary ones.
_ORDINARY = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}


def read_code(raw: str) -> str | Verdict:
    """Return the program as it is run, or a verdict on what is no program at all."""
    return raw.translate(_ORDINARY) if raw.strip() else _unread(raw, _EMPTY)


def refused(raw: str, why: Text) -> Verdict:
    """Return the verdict where programs are not run; it costs no attempt."""
    return _unread(raw, why)


def grade_code(
    variant: Variant, raw: str, tried: Sequence[Check], run: Run, *, limits: Limits
) -> Verdict:
    """Grade a program by what it gave for the calls of `tried`.

    One that gave nothing to compare is unreadable: it can be mended and costs no attempt. One
    that agrees on all ordinary inputs, but not on edges or in float32, is half right. Raises
    TypeError when the variant is not one of a code question.
    """
    question = variant.question
    if not isinstance(question, CodeQuestion):
        raise TypeError(f"{variant.question_id} is not a code question")
    if (why := unloadable(run, limits)) is not None:
        return Verdict(
            outcome="unreadable",
            score=0.0,
            raw=raw,
            message=why.says,
            finding=why,
            printed=run.printed,
        )
    finding = first_finding(question, tried, run, limits)
    mistakes = _recognised(question, behaves_like(tried, run)) if finding else ()
    outcome, score, message = _outcome(finding, mistakes)
    return Verdict(
        outcome=outcome,
        score=score,
        raw=raw,
        message=message,
        mistakes=mistakes,
        finding=finding,
        printed=run.printed,
        solution=question.solution,
        explanation=variant.explanation,
        source=question.source,
    )


def _outcome(
    finding: Finding | None, mistakes: Sequence[Recognised]
) -> tuple[Outcome, float, Text]:
    if finding is None:
        return "correct", 1.0, _AGREES
    if mistakes:
        return "mistake", 0.0, _DIFFERS
    # Findings come in order, ordinary inputs first: all of those were right.
    return ("wrong", 0.0, _DIFFERS) if finding.ordinary else ("partial", _HALF, _PARTLY)


def _recognised(question: CodeQuestion, ids: Sequence[str]) -> tuple[Recognised, ...]:
    known = {mistake.id: mistake for mistake in losses.CATALOG[question.compute.loss].mistakes}
    return tuple(
        Recognised(known[name].id, known[name].says, known[name].remedy, known[name].departs_at)
        for name in ids
    )


def _unread(raw: str, message: Text) -> Verdict:
    return Verdict(outcome="unreadable", score=0.0, raw=raw, message=message)
