"""Questions with options: read which ones were chosen, and say why each is right or wrong."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from fractions import Fraction

from losses.text import Text
from questions.evaluation import Evaluation
from questions.grading.unreadable import unreadable
from questions.model import CalculatedChoiceQuestion, MultipleQuestion, TrueFalseQuestion
from questions.tolerance import as_written
from questions.variant import ShownOption, Variant
from questions.verdict import AGREES, OptionReason, Outcome, Recognised, Verdict

_LETTERS = "abcdefghi"
_BETWEEN = " \t,、・"  # what may stand between the numbers of several options
# What may be typed besides the number of the option.
_TRUE = ("○", "〇", "◯", "o", "t", "true", "正", "正しい")
_FALSE = ("×", "✕", "✗", "x", "f", "false", "誤", "誤り", "誤っている", "正しくない")


def grade_options(variant: Variant, raw: str) -> Verdict:
    """Grade an answer to a question with options. Raises TypeError for one without."""
    if not variant.options:
        raise TypeError(f"{variant.question_id} has no options")
    match variant.question:
        case MultipleQuestion():
            return grade_multiple(variant, raw)
        case TrueFalseQuestion():
            return grade_true_false(variant, raw)
        case _:
            return grade_choice(variant, raw)


def grade_choice(variant: Variant, raw: str) -> Verdict:
    """Grade a chosen option: its label ("1") or the letter of its place ("a"), in any width.

    Anything else is unreadable and costs no attempt.
    """
    chosen = read_option(variant, raw)
    if isinstance(chosen, Verdict):
        return chosen
    return _of_one(variant, raw, chosen=chosen)


def read_option(variant: Variant, raw: str) -> ShownOption | Verdict:
    """Read which option was chosen; what cannot be read is already a verdict."""
    typed = _folded(raw)
    labels = [option.label for option in variant.options]
    if len(typed) == 1 and typed in _LETTERS[: len(labels)]:
        typed = labels[_LETTERS.index(typed)]
    if typed not in labels:
        return unreadable(
            raw,
            Text(
                f"{labels[0]}から{labels[-1]}の番号で答える。",
                f"Answer with a number from {labels[0]} to {labels[-1]}.",
            ),
        )
    return next(option for option in variant.options if option.label == typed)


def grade_multiple(variant: Variant, raw: str) -> Verdict:
    """Grade a set of chosen options: `1 3`, `1,3`, `13`, letters, in any width and order.

    The score is max(0, (right ones chosen − wrong ones chosen) / number of right ones): options
    chosen at random are worth nothing on average. Right is the full score alone. What names no
    option, or one twice, is unreadable and costs no attempt.
    """
    labels = chosen_labels(variant, raw)
    right = [option.label for option in variant.options if option.right]
    if labels is None:
        last = variant.options[-1].label
        return unreadable(
            raw,
            Text(
                f"1から{last}の番号を並べて答える（例: 1 3）。同じ番号は一度だけ書く。",
                f"Answer with numbers from 1 to {last}, such as 1 3, each of them once.",
            ),
        )
    hits = sum(label in right for label in labels)
    misses = len(labels) - hits
    score = max(Fraction(0), Fraction(hits - misses, len(right)))
    outcome: Outcome = "correct" if score == 1 else "partial" if score else "wrong"
    return Verdict(
        outcome=outcome,
        score=float(score),
        raw=raw,
        message=(
            Text("適切な選択肢をすべて選んだ。", "Those are all the right options.")
            if score == 1
            else Text(
                f"正解は{'、'.join(right)}。正しく選んだもの{hits}、誤って選んだもの{misses}で、"
                f"得点は{score}。",
                f"The right options are {', '.join(right)}. Chosen: {hits} right, {misses} wrong; "
                f"score {score}.",
            )
        ),
        read=", ".join(labels),
        expected=", ".join(right),
        reasons=_reasons(variant, labels),
        explanation=variant.explanation,
        source=variant.question.source,
    )


def chosen_labels(variant: Variant, raw: str) -> tuple[str, ...] | None:
    """Return the labels of the options that a text names, in order, None where it is unclear."""
    labels = [option.label for option in variant.options]
    letters = dict(zip(_LETTERS, labels, strict=False))
    typed = [character for character in _folded(raw) if character not in _BETWEEN]
    named = [letters.get(character, character) for character in typed]
    if not named or len(set(named)) < len(named) or not set(named) <= set(labels):
        return None
    return tuple(sorted(named))


def grade_true_false(variant: Variant, raw: str) -> Verdict:
    """Grade a judgement: the number of its option, ○ or ×, or a word; in any width.

    Anything else is unreadable and costs no attempt.
    """
    typed = _folded(raw)
    true, false = variant.options
    if typed in (true.label, *_TRUE):
        chosen = true
    elif typed in (false.label, *_FALSE):
        chosen = false
    else:
        return unreadable(
            raw,
            Text(
                f"{true.label}（正しい）か{false.label}（誤っている）で答える。",
                f"Answer {true.label} (true) or {false.label} (false).",
            ),
        )
    message = (
        Text("この記述は正しい。", "The statement is true.")
        if true.right
        else Text("この記述は誤っている。", "The statement is false.")
    )
    return replace(_of_one(variant, raw, chosen=chosen), message=message)


def grade_calculated(variant: Variant, evaluation: Evaluation, raw: str) -> Verdict:
    """Grade a chosen option of a calculated choice; a wrong one names the mistake behind it.

    Raises TypeError when the variant is not one of a calculated choice.
    """
    question = variant.question
    if not isinstance(question, CalculatedChoiceQuestion):
        raise TypeError(f"{variant.question_id} is not a calculated choice")
    chosen = read_option(variant, raw)
    if isinstance(chosen, Verdict):
        return chosen
    right = _right_option(variant)
    mistakes = tuple(
        Recognised(mistake.id, mistake.says, mistake.remedy, mistake.departs_at)
        for mistake in evaluation.mistakes
        if not chosen.right and as_written(mistake.value, question.tolerance) == chosen.text
    )
    return Verdict(
        outcome="correct" if chosen.right else "mistake",
        score=1.0 if chosen.right else 0.0,
        raw=raw,
        message=(
            AGREES
            if chosen.right
            else Text(
                f"正解は{right.label}（{right.text}）。",
                f"The right option is {right.label} ({right.text}).",
            )
        ),
        read=chosen.label,
        value=float(chosen.text),
        expected=right.label,
        expected_value=evaluation.value,
        mistakes=mistakes,
        steps=evaluation.steps,
        reasons=_reasons(variant, (chosen.label,)),
        explanation=variant.explanation,
        source=question.source,
        torch_version=evaluation.torch_version,
        dtype=evaluation.dtype,
    )


def _folded(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).strip().lower()


def _of_one(variant: Variant, raw: str, *, chosen: ShownOption) -> Verdict:
    right = _right_option(variant)
    return Verdict(
        outcome="correct" if chosen.right else "wrong",
        score=1.0 if chosen.right else 0.0,
        raw=raw,
        message=(
            Text("適切な選択肢を選んだ。", "That is the right option.")
            if chosen.right
            else Text(f"正解は{right.label}。", f"The right option is {right.label}.")
        ),
        read=chosen.label,
        expected=right.label,
        reasons=_reasons(variant, (chosen.label,)),
        explanation=variant.explanation,
        source=variant.question.source,
    )


def _right_option(variant: Variant) -> ShownOption:
    return next(option for option in variant.options if option.right)


def _reasons(variant: Variant, chosen: tuple[str, ...]) -> tuple[OptionReason, ...]:
    return tuple(
        OptionReason(option.label, option.text, option.reason, option.right, option.label in chosen)
        for option in variant.options
    )
