"""Run the programs of a code question: the solution must be right, the starter must not be."""

from __future__ import annotations

from losses.text import Text
from questions.code import sandbox
from questions.compute.client import ComputeRefused, ComputeWorker
from questions.examiner import Examiner
from questions.lint.numbers import Numbers
from questions.model import CodeQuestion
from questions.packfile.complaint import Complaint
from questions.verdict import Verdict

_SEED = 0


def programs_of(worker: ComputeWorker, question: CodeQuestion, *, content_hash: str) -> Numbers:
    """Run both programs on the inputs of one seed, confined as a learner's would be.

    Nothing is run where programs cannot be confined. Raises ComputeUnavailable.
    """
    if sandbox.refusal(served=False) is not None:
        return Numbers(0, None, ())
    examiner = Examiner(worker)
    variant = examiner.present(
        question, question_id=question.id, content_hash=content_hash, seed=_SEED
    )
    try:
        solved = examiner.judge(variant, question.solution)
    except ComputeRefused as error:
        return Numbers(1, None, (Complaint(("compute",), error.text, code="N101"),))
    if solved.outcome != "correct":
        return Numbers(1, None, (_not_right(solved),))
    if examiner.judge(variant, question.starter).outcome == "correct":
        return Numbers(1, None, (_RIGHT_ALREADY,))
    return Numbers(1, None, ())


_RIGHT_ALREADY = Complaint(
    ("starter",),
    Text("starterがすでに正しい。", "The starter is right already."),
    Text("書き足すか直す所を残す。", "Leave something to write or to repair."),
    code="N202",
)


def _not_right(verdict: Verdict) -> Complaint:
    finding = verdict.finding
    why = finding.says if finding is not None else verdict.message
    ja, en = why.ja, why.en
    if finding is not None and finding.expected is not None and finding.got is not None:
        ja = f"{ja} 基準: {finding.expected}、solution: {finding.got}。"
        en = f"{en} Reference: {finding.expected}, solution: {finding.got}."
    return Complaint(
        ("solution",),
        Text(
            f"solutionが基準の実装と一致しない: {ja}",
            f"The solution does not agree with the reference: {en}",
        ),
        code="N201",
    )
