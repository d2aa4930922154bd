"""Puts questions and judges answers, asking the worker for what must be computed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace

from losses.text import Language, Text
from questions.calculated_options import Offer, offered
from questions.code import sandbox
from questions.code.checks import checks, program
from questions.code.limits import Limits
from questions.code.reference import Reference
from questions.comparing import decided
from questions.compute.client import ComputeRefused, ComputeWorker
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.grading.code import grade_code, read_code, refused
from questions.grading.compare import grade_compare
from questions.grading.numeric import grade_numeric, read_numeric
from questions.grading.options import grade_calculated, read_option
from questions.grading.uncomputed import grade_uncomputed
from questions.model import (
    CalculatedChoiceQuestion,
    CodeQuestion,
    CompareQuestion,
    ComputedQuestion,
    Question,
)
from questions.variant import Variant
from questions.verdict import Verdict

_Key = tuple[str, str, int, int]

_REMEMBERED = 64  # evaluations; a session looks back at a handful


def needs_computing(question: Question) -> bool:
    """Return whether the question's numbers must be computed."""
    return isinstance(question, ComputedQuestion)


class Examiner:
    """Presents variants and judges answers. Blocking; may be used from several threads.

    `served`: others than the owner of this machine give the answers; their programs are not run.
    """

    def __init__(
        self, compute: ComputeWorker, *, served: bool = False, limits: Limits | None = None
    ) -> None:
        self._compute = compute
        self._served = served
        self._limits = limits or Limits()
        self._references: OrderedDict[_Key, tuple[Reference | None, ...]] = OrderedDict()
        self._lock = threading.Lock()
        self._evaluations: OrderedDict[_Key, Evaluation] = OrderedDict()
        self._computing: dict[_Key, threading.Event] = {}

    def present(
        self,
        question: Question,
        *,
        question_id: str,
        content_hash: str,
        seed: int,
        attempt: int | None = None,
        language: Language = "ja",
    ) -> Variant:
        """Return the variant of a seed. `language` is that of the question's pack.

        With the attempt known, or for a question without computed numbers, this is immediate;
        otherwise the worker looks for the attempt. The options of a calculated choice are always
        computed. Raises ComputeUnavailable or ComputeRefused.
        """
        if not isinstance(question, ComputedQuestion):
            return draw(
                question,
                question_id=question_id,
                content_hash=content_hash,
                seed=seed,
                language=language,
            )
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
            language=language,
        )
        if evaluation is not None:
            self._remember(variant, evaluation)
        if isinstance(question, CalculatedChoiceQuestion):
            return _with_options(variant, evaluation or self._evaluation(variant))
        return variant

    def prepare(self, variant: Variant) -> None:
        """Compute a variant while the learner reads, so that the answer is judged at once."""
        if needs_computing(variant.question):
            self._evaluation(variant)
        elif isinstance(variant.question, CodeQuestion):
            self._reference(variant, variant.question)

    def values(self, variant: Variant) -> Evaluation | None:
        """Return the right value, the mistakes' and the worked steps; None without numbers.

        For authors. Raises ComputeUnavailable or ComputeRefused.
        """
        return self._evaluation(variant) if needs_computing(variant.question) else None

    def judge(self, variant: Variant, raw: str) -> Verdict:
        """Return the verdict on an answer.

        What cannot be read is said at once; otherwise raises ComputeUnavailable or
        ComputeRefused when a number cannot be checked.
        """
        if isinstance(variant.question, CodeQuestion):
            return self._judge_code(variant, variant.question, raw)
        if not isinstance(variant.question, ComputedQuestion):
            return grade_uncomputed(variant, raw)
        if isinstance(variant.question, CalculatedChoiceQuestion):
            chosen = read_option(variant, raw)
            if isinstance(chosen, Verdict):
                return chosen
            return grade_calculated(variant, self._evaluation(variant), raw)
        if isinstance(variant.question, CompareQuestion):
            chosen = read_option(variant, raw)
            if isinstance(chosen, Verdict):
                return chosen
            return grade_compare(variant, self._evaluation(variant), raw)
        reading = read_numeric(raw, percent=variant.question.percent)
        if isinstance(reading, Verdict):
            return reading
        return grade_numeric(variant, self._evaluation(variant), raw)

    def _judge_code(self, variant: Variant, question: CodeQuestion, raw: str) -> Verdict:
        """Run a program in a process of its own, and compare here what it sends."""
        if (why := sandbox.refusal(served=self._served)) is not None:
            return refused(raw, why)
        source = read_code(raw)
        if isinstance(source, Verdict):
            return source
        tried = checks(question, variant.seed, self._reference(variant, question))
        run = sandbox.run(program(question, source, tried), limits=self._limits)
        return grade_code(variant, raw, tried, run, limits=self._limits)

    def _reference(self, variant: Variant, question: CodeQuestion) -> tuple[Reference | None, ...]:
        """Return what is known of a variant, or compute it; twice, where two ask at once."""
        key = _key(variant)
        with self._lock:
            known = self._references.get(key)
        if known is None:
            known = self._compute.references(question, variant.seed)
            with self._lock:
                self._references[key] = known
                while len(self._references) > _REMEMBERED:
                    self._references.popitem(last=False)
        return known

    def _evaluation(self, variant: Variant) -> Evaluation:
        """Return what is known of a variant, or wait for whoever computes it, or compute it."""
        if not isinstance(variant.question, ComputedQuestion):
            raise TypeError(f"{variant.question_id} has no numbers to compute")
        key = _key(variant)
        with self._lock:
            evaluation = self._evaluations.get(key)
            if evaluation is not None:
                self._evaluations.move_to_end(key)
                return evaluation
            computing = self._computing.get(key)
            if computing is None:
                mine = self._computing[key] = threading.Event()
        if computing is not None:
            computing.wait()
            with self._lock:
                evaluation = self._evaluations.get(key)
            # None: it failed there, while the learner read. Now it matters: try again.
            return self._evaluation(variant) if evaluation is None else evaluation
        try:
            evaluation = self._compute.evaluate(variant.question, variant.given)
            _refuse_undecided(variant, evaluation)
            self._remember(variant, evaluation)
        finally:
            with self._lock:
                del self._computing[key]
            mine.set()
        return evaluation

    def _remember(self, variant: Variant, evaluation: Evaluation) -> None:
        with self._lock:
            self._evaluations[_key(variant)] = evaluation
            self._evaluations.move_to_end(_key(variant))
            while len(self._evaluations) > _REMEMBERED:
                self._evaluations.popitem(last=False)


def _with_options(variant: Variant, evaluation: Evaluation) -> Variant:
    """Return a calculated choice with its options. Raises ComputeRefused where there are none."""
    offer = offered(variant, evaluation)
    if isinstance(offer, Offer):
        return replace(variant, options=offer.options)
    raise ComputeRefused("Undiagnosable", offer.en, offer)


def _refuse_undecided(variant: Variant, evaluation: Evaluation) -> None:
    """Raise ComputeRefused for a comparison on whose numbers no side is right."""
    if isinstance(variant.question, CompareQuestion):
        key = decided(variant.question, [side.value for side in evaluation.sides])
        if isinstance(key, Text):
            raise ComputeRefused("Undecided", key.en, key)


def _key(variant: Variant) -> _Key:
    return variant.question_id, variant.content_hash, variant.seed, variant.attempt
