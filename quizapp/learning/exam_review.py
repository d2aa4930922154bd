"""A question of an exam with everything that explains it: reasons, mistake, worked steps."""

from __future__ import annotations

from dataclasses import replace

from losses.text import Text
from questions.compute.client import ComputeRefused, ComputeUnavailable
from questions.examiner import Examiner
from questions.grading.options import grade_options
from questions.verdict import Verdict
from quizapp.history.exam import ExamQuestion

UNANSWERED = Text("解答していない。", "It was not answered.")


def reviewed(examiner: Examiner, asked: ExamQuestion) -> Verdict:
    """Return the verdict on the answer that counts. Blocks while worked steps are computed.

    Without an answer it is wrong, and no option is marked as chosen. Where PyTorch cannot be asked,
    the worked steps are missing; right or wrong is known without it.
    """
    raw = asked.answer or asked.key
    try:
        verdict = examiner.judge(asked.variant, raw)
    except (ComputeUnavailable, ComputeRefused):
        verdict = grade_options(asked.variant, raw)
    if asked.answer is not None:
        return verdict
    return replace(
        verdict,
        outcome="wrong",
        score=0.0,
        raw="",
        message=UNANSWERED,
        value=None,
        reasons=tuple(replace(reason, chosen=False) for reason in verdict.reasons),
    )
