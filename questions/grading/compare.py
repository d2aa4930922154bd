"""Comparisons: read which side was chosen, and show the value of each and how it is worked."""

from __future__ import annotations

from dataclasses import replace

from losses.text import Text, in_language
from losses.worked.step import Step
from questions.comparing import decided, reason, shown_order
from questions.evaluation import Evaluation
from questions.grading.options import read_option
from questions.model import CompareQuestion
from questions.variant import Variant
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
    shown = with_key(variant, evaluation)
    right = next((option for option in shown.options if option.right), None)
    if right is None:
        raise ValueError(f"the values of {variant.question_id} decide nothing")
    is_right = right.label == chosen.label
    return Verdict(
        outcome="correct" if is_right else "wrong",
        score=1.0 if is_right else 0.0,
        raw=raw,
        message=(
            Text("PyTorchで計算した値の比較と一致した。", "It agrees with the values of PyTorch.")
            if is_right
            else Text(
                f"正解は{right.label}。{in_language(right.reason, 'ja')}",
                f"The right option is {right.label}. {in_language(right.reason, 'en')}",
            )
        ),
        read=chosen.label,
        expected=right.label,
        expected_value=evaluation.value,
        steps=side_steps(variant, evaluation),
        reasons=tuple(
            OptionReason(
                option.label, option.text, option.reason, option.right, option.label == chosen.label
            )
            for option in shown.options
        ),
        explanation=variant.explanation,
        source=question.source,
        torch_version=evaluation.torch_version,
        dtype=evaluation.dtype,
    )


def with_key(variant: Variant, evaluation: Evaluation | None) -> Variant:
    """Return a comparison with its right option marked and a reason for each, once computed.

    Any other variant, and one whose values decide nothing, is returned as it is.
    """
    question = variant.question
    if not isinstance(question, CompareQuestion) or evaluation is None:
        return variant
    values = [side.value for side in evaluation.sides]
    key = decided(question, values)
    if isinstance(key, Text):
        return variant
    order = shown_order(question, variant.seed, variant.attempt)
    return replace(
        variant,
        options=tuple(
            replace(option, reason=reason(question, values, place, key), right=place == key)
            for option, place in zip(variant.options, order, strict=True)
        ),
    )


def side_steps(variant: Variant, evaluation: Evaluation) -> tuple[Step, ...]:
    """Return how each side of a comparison is worked, in the order shown; none for other kinds."""
    question = variant.question
    if not isinstance(question, CompareQuestion):
        return ()
    order = shown_order(question, variant.seed, variant.attempt)
    return tuple(
        replace(
            step,
            id=f"{option.label}.{step.id}",
            label=Text(f"［{option.label}］{step.label.ja}", f"[{option.label}] {step.label.en}"),
        )
        for option, place in zip(variant.options, order, strict=True)
        if place < len(evaluation.sides)
        for step in evaluation.sides[place].steps
    )
