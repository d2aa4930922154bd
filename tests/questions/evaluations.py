"""Evaluations made up by hand: grading needs no torch."""

from __future__ import annotations

from losses.text import Text
from losses.worked.step import Step
from questions.draw import draw
from questions.evaluation import Evaluation, MistakeValue
from questions.variant import Variant
from tests.questions.examples import numeric


def evaluation(value: float, **mistakes: float) -> Evaluation:
    """An evaluation with this value and these mistakes' values."""
    return Evaluation(
        value=value,
        mistakes=tuple(
            MistakeValue(
                name, wrong, Text(f"{name}をした", f"did {name}"), Text("直す", "mend"), "mean"
            )
            for name, wrong in mistakes.items()
        ),
        steps=(Step("mean", Text("平均する", "Mean"), "Σ/n", "…", value),),
        dtype="float64",
        torch_version="2.13.0",
    )


def variant(**tolerance: float) -> Variant:
    """A variant of a numeric question with this tolerance."""
    question = numeric(tolerance=tolerance)
    return draw(question, question_id="pack/huber", content_hash="0", seed=0)
