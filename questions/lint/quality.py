"""All rules of quality."""

from __future__ import annotations

from questions.lint import explaining, length, levels, overlap, position, style, terms, wording
from questions.lint.rule import PackRule, QuestionRule

QUESTION_RULES: tuple[QuestionRule, ...] = (
    length.length_complaints,
    wording.absolute_complaints,
    wording.referring_complaints,
    wording.negative_complaints,
    overlap.overlap_complaints,
    explaining.explanation_complaints,
    explaining.reason_complaints,
    explaining.source_complaints,
    terms.term_complaints,
    style.width_complaints,
)
PACK_RULES: tuple[PackRule, ...] = (
    position.position_complaints,
    length.length_rank_complaints,
    style.register_complaints,
    levels.level_complaints,
)
