"""Comparisons: read which side was chosen, and show the value of each and how it is worked."""

from __future__ import annotations

from dataclasses import replace

from losses.text import Text
from questions.comparing import decided, reason, shown_order
from questions.evaluation import Evaluation
from questions.grading.options import read_option
from questions.model import CompareQuestion
from questions.variant import ShownOption, Variant
from questions.verdict import OptionReason, Verdict


def grade_compare(variant: Variant, evaluation: Evaluation, raw: str) -> Verdict:
    """Grade a chosen side against the values that were computed for the numbers shown.

    What names no option is unreadable and costs no attempt. Raises TypeError when the variant is
    not one of a comparison, ValueError when its values do not decide it (which settling has
    checked).
    """
    question = variant.question
    if not isinstance(question, CompareQuestion):
        raise TypeError(f"{variant.question_id} is not a comparison")
    chosen = read_option(variant, raw)
    if isinstance(chosen, Verdict):
        return chosen
    values = [side.value for side in evaluation.sides]
    key = decided(question, values)
    if isinstance(key, Text):
        raise ValueError(f"{variant.question_id}: {key.en}")
    order = shown_order(question, variant.seed, variant.attempt)
    why = {place: reason(question, values, place, key) for place in order}
    reasons = tuple(
        OptionReason(
            option.label,
            option.text,
            why[place],
            place == key,
            option.label == chosen.label,
        )
        for option, place in zip(variant.options, order, strict=True)
    )
    right = next(each for each in reasons if each.right)
    return Verdict(
        outcome="correct" if right.chosen else "wrong",
        score=1.0 if right.chosen else 0.0,
        raw=raw,
        message=(
            Text("PyTorchで計算した値の比較と一致した。", "It agrees with the values of PyTorch.")
            if right.chosen
            else Text(
                f"正解は{right.label}。{why[key].ja}",
                f"The right option is {right.label}. {why[key].en}",
            )
        ),
        read=chosen.label,
        expected=right.label,
        expected_value=evaluation.value,
        steps=tuple(
            replace(
                step,
                id=f"{option.label}.{step.id}",
                label=Text(
                    f"［{option.label}］{step.label.ja}", f"[{option.label}] {step.label.en}"
                ),
            )
            for option, place in zip(variant.options, order, strict=True)
            if place < len(evaluation.sides)
            for step in evaluation.sides[place].steps
        ),
        reasons=reasons,
        explanation=variant.explanation,
        source=question.source,
        torch_version=evaluation.torch_version,
        dtype=evaluation.dtype,
    )


def keyed(variant: Variant, evaluation: Evaluation) -> Variant:
    """Return a comparison with what its options lack before they are computed: key and reasons."""
    reasons = grade_compare(variant, evaluation, variant.options[0].label).reasons
    return replace(
        variant,
        options=tuple(
            ShownOption(each.label, each.text, each.reason, each.right) for each in reasons
        ),
    )
