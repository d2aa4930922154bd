"""Variants and verdicts as JSON, in one language: for `--json` and for other programs.

Keys are stable and in English; absent things are null, not missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from losses.text import Language, in_language
from losses.worked.step import Step
from questions.code.findings import Finding
from questions.model import ChoiceQuestion, CodeQuestion, NumericQuestion, Tolerance
from questions.variant import ShownOption, Variant
from questions.verdict import Recognised, Verdict

Json = dict[str, object]


def variant_json(variant: Variant) -> Json:
    """Return what a learner sees of a variant; the key is not in it.

    The back of a flashcard is: nobody but the learner grades it.
    """
    question = variant.question
    return {
        "question": variant.question_id,
        "content_hash": variant.content_hash,
        "kind": question.kind,
        "topic": question.topic,
        "scope": question.scope,
        "difficulty": question.difficulty,
        "seed": variant.seed,
        "attempt": variant.attempt,
        "language": variant.language,
        "stem": variant.stem,
        "hints": list(variant.hints),
        "negative": question.negative if isinstance(question, ChoiceQuestion) else False,
        "passage": variant.passage or None,
        "back": variant.back or None,
        "options": _options(variant.options),
        "rows": [
            {"label": row.label, "text": row.text, "options": _options(row.options)}
            for row in variant.rows
        ],
        "given": dict(variant.given),
        "percent": question.percent if isinstance(question, NumericQuestion) else False,
        "tolerance": (
            _tolerance(question.tolerance) if isinstance(question, NumericQuestion) else None
        ),
        "program": (
            {"form": question.form, "entry": question.entry, "starter": question.starter}
            if isinstance(question, CodeQuestion)
            else None
        ),
    }


def verdict_json(verdict: Verdict, language: Language) -> Json:
    """Return a verdict with its sentences in `language`."""
    return {
        "outcome": verdict.outcome,
        "right": verdict.right,
        "graded": verdict.graded,
        "score": verdict.score,
        "message": verdict.message.in_language(language),
        "raw": verdict.raw,
        "read": verdict.read,
        "value": verdict.value,
        "expected": verdict.expected,
        "expected_value": verdict.expected_value,
        "tolerance": _tolerance(verdict.tolerance) if verdict.tolerance else None,
        "mistakes": [_recognised(mistake, language) for mistake in verdict.mistakes],
        "steps": [_step(step, language) for step in verdict.steps],
        "reasons": [
            {
                "label": reason.label,
                "text": reason.text,
                "reason": in_language(reason.reason, language),
                "right": reason.right,
                "chosen": reason.chosen,
            }
            for reason in verdict.reasons
        ],
        "rows": [
            {
                "label": row.label,
                "text": row.text,
                "chosen": row.chosen or None,
                "expected": row.expected,
                "reason": in_language(row.reason, language),
                "right": row.right,
            }
            for row in verdict.rows
        ],
        "accepted": list(verdict.accepted),
        "hints_used": verdict.hints_used,
        "self_grade": verdict.self_grade,
        "explanation": verdict.explanation,
        "source": verdict.source,
        "torch_version": verdict.torch_version,
        "dtype": verdict.dtype,
        "finding": _finding(verdict.finding, language) if verdict.finding else None,
        "printed": verdict.printed or None,
        "solution": verdict.solution or None,
    }


def _options(options: Iterable[ShownOption]) -> list[Json]:
    return [{"label": option.label, "text": option.text} for option in options]


def _tolerance(tolerance: Tolerance) -> Json:
    if tolerance.atol is None and tolerance.rtol is None:
        return {"decimals": tolerance.decimals}
    return {"atol": tolerance.atol or 0.0, "rtol": tolerance.rtol or 0.0}


def _recognised(mistake: Recognised, language: Language) -> Json:
    return {
        "id": mistake.id,
        "says": mistake.says.in_language(language),
        "remedy": mistake.remedy.in_language(language),
        "departs_at": mistake.departs_at,
    }


def _finding(finding: Finding, language: Language) -> Json:
    return {
        "kind": finding.kind,
        "says": finding.says.in_language(language),
        "line": finding.line,
        "edge": finding.edge,
        "inputs": dict(finding.inputs),
        "expected": finding.expected,
        "got": finding.got,
    }


def _step(step: Step, language: Language) -> Json:
    return {
        "id": step.id,
        "label": step.label.in_language(language),
        "formula": step.formula,
        "substitution": step.substitution,
        "value": step.value,
    }
