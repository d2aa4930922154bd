"""`quizapp ask`: one question without a session. Nothing is written to the learner's history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from questions.bank.bank import UnknownQuestion
from questions.compute.client import ComputeRefused, ComputeUnavailable
from questions.rendering import variant_json, verdict_json
from questions.variant import Variant
from questions.verdict import Verdict
from quizapp import lines
from quizapp.language import _, current, say
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.study import Study


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is put for a seed, and what is said of an answer to it."""

    variant: Variant
    verdict: Verdict | None

    def as_json(self) -> str:
        """Return {"variant": ..., "verdict": ... or null} on one line."""
        verdict = None if self.verdict is None else verdict_json(self.verdict, current())
        entry = {"variant": variant_json(self.variant), "verdict": verdict}
        return json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n"

    def as_text(self) -> str:
        """Return the question, and the verdict if there is one, line by line."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.variant.question_id} ({lines.topic(self.variant)})"
        yield from lines.question(self.variant)
        if self.verdict is not None:
            yield ""
            yield from lines.verdict(self.verdict)


def ask(study: Study, question_id: str, *, seed: int, answer: str | None) -> Asked:
    """Put a question with the numbers of a seed and judge an answer to it. Blocks on torch.

    Raises Problem for an unknown id and where the numbers cannot be computed.
    """
    try:
        stored = study.bank.question(question_id)
        variant = study.examiner.present(
            stored.question,
            question_id=stored.id,
            content_hash=stored.content_hash,
            seed=seed,
            language=stored.pack.language,
        )
        verdict = None if answer is None else study.examiner.judge(variant, answer)
    except UnknownQuestion as error:
        raise Problem(say(error.message)) from error
    except ComputeUnavailable as error:
        raise Problem(say(error.text)) from error
    except ComputeRefused as error:
        raise Problem(
            _("The numbers of {id} cannot be computed: {reason}").format(
                id=question_id, reason=error
            )
        ) from error
    return Asked(variant, verdict)
