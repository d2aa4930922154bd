"""Puts questions and judges answers, asking the worker for what must be computed."""

from __future__ import annotations

import threading
from collections import OrderedDict

from questions.compute.client import ComputeWorker
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.grading import grade_choice, grade_numeric, read_numeric
from questions.model import NumericQuestion, Question
from questions.variant import Variant
from questions.verdict import Verdict

_REMEMBERED = 64  # evaluations; a session looks back at a handful


def needs_computing(question: Question) -> bool:
    """Return whether the question's numbers must be computed."""
    return isinstance(question, NumericQuestion)


class Examiner:
    """Presents variants and judges answers. Blocking; may be used from several threads."""

    def __init__(self, compute: ComputeWorker) -> None:
        self._compute = compute
        self._lock = threading.Lock()
        self._evaluations: OrderedDict[tuple[str, str, int, int], Evaluation] = OrderedDict()

    def present(
        self,
        question: Question,
        *,
        question_id: str,
        content_hash: str,
        seed: int,
        attempt: int | None = None,
    ) -> Variant:
        """Return the variant of a seed.

        With the attempt known, or for a question without computed numbers, this is immediate;
        otherwise the worker looks for the attempt. Raises ComputeUnavailable or ComputeRefused.
        """
        if not isinstance(question, NumericQuestion):
            return draw(question, question_id=question_id, content_hash=content_hash, seed=seed)
        evaluation = None
        if attempt is None:
            attempt, evaluation = self._compute.settle(
                question, question_id=question_id, content_hash=content_hash, seed=seed
            )
        variant = draw(
            question,
            question_id=question_id,
            content_hash=content_hash,
            seed=seed,
            attempt=attempt,
        )
        if evaluation is not None:
            self._remember(variant, evaluation)
        return variant

    def prepare(self, variant: Variant) -> None:
        """Compute a variant while the learner reads, so that the answer is judged at once."""
        if needs_computing(variant.question):
            self._evaluation(variant)

    def judge(self, variant: Variant, raw: str) -> Verdict:
        """Return the verdict on an answer.

        What cannot be read is said at once; otherwise raises ComputeUnavailable or
        ComputeRefused when a number cannot be checked.
        """
        if not isinstance(variant.question, NumericQuestion):
            return grade_choice(variant, raw)
        reading = read_numeric(raw)
        if isinstance(reading, Verdict):
            return reading
        return grade_numeric(variant, self._evaluation(variant), raw)

    def _evaluation(self, variant: Variant) -> Evaluation:
        known = self._evaluations.get(_key(variant))
        if known is not None:
            return known
        if not isinstance(variant.question, NumericQuestion):
            raise TypeError(f"{variant.question_id} has no numbers to compute")
        evaluation = self._compute.evaluate(variant.question, variant.given)
        self._remember(variant, evaluation)
        return evaluation

    def _remember(self, variant: Variant, evaluation: Evaluation) -> None:
        with self._lock:
            self._evaluations[_key(variant)] = evaluation
            while len(self._evaluations) > _REMEMBERED:
                self._evaluations.popitem(last=False)


def _key(variant: Variant) -> tuple[str, str, int, int]:
    return variant.question_id, variant.content_hash, variant.seed, variant.attempt
