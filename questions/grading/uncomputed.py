"""Questions for which nothing is computed: each kind to its grader."""

from __future__ import annotations

from questions.grading.cards import grade_card
from questions.grading.options import grade_options
from questions.grading.rows import grade_rows
from questions.grading.terms import grade_term
from questions.model import CardQuestion, TermQuestion
from questions.variant import Variant
from questions.verdict import Verdict


def grade_uncomputed(variant: Variant, raw: str) -> Verdict:
    """Return the verdict on an answer. Raises TypeError where a number must be computed."""
    match variant.question:
        case TermQuestion():
            return grade_term(variant, raw)
        case CardQuestion():
            return grade_card(variant, raw)
        case _:
            return grade_rows(variant, raw) if variant.rows else grade_options(variant, raw)
