"""Typed terms: the right one in any spelling, a misnomer, another loss, or a slip in the spelling."""

from __future__ import annotations

from losses import CATALOG
from losses.text import Language, Text
from questions.grading.unreadable import unreadable
from questions.model import TermAnswer, TermQuestion
from questions.picking import name_of
from questions.terms import loose, losses_called, names_of, near, normal
from questions.variant import Variant
from questions.verdict import Outcome, Recognised, Verdict

LONGEST = 200  # characters of an answer

_TYPE_IT = Text("用語を入力する。", "Type the term.")
_TOO_LONG = Text(
    f"長すぎる（{LONGEST}文字まで）。用語だけを入力する。",
    f"That is too long (at most {LONGEST} characters). Type the term alone.",
)
_SPELLING = Text(
    "惜しい。用語の綴りを最後まで確かめて、もう一度入力する（この解答は数えない）。",
    "Close. Check the spelling up to the end and type it again; this does not count.",
)
_RIGHT = Text("正しい用語である。", "That is the right term.")


def accepted_terms(answer: TermAnswer, language: Language) -> tuple[str, ...]:
    """Return all that is right, the author's first; each spelling once."""
    names = names_of(answer.loss, language) if answer.loss is not None else ()
    spellings: dict[str, str] = {}
    for name in (*answer.accept, *names):
        spellings.setdefault(normal(name), name)
    return tuple(spellings.values())


def grade_term(variant: Variant, raw: str) -> Verdict:
    """Grade a typed term.

    What the author rejects comes first, then what is accepted in its normal form, then what the
    catalogue rejects, then what is accepted with another word for "loss" at the end. A near miss
    is unreadable each time: the learner is asked to check the spelling and no attempt is lost,
    unless the word is the name of another loss. Raises TypeError when the variant is not one of a
    term question.
    """
    question = variant.question
    if not isinstance(question, TermQuestion):
        raise TypeError(f"{variant.question_id} does not ask for a term")
    typed = normal(raw[: LONGEST + 1])
    if len(raw.strip()) > LONGEST:
        return unreadable(raw, _TOO_LONG)
    if not typed:
        return unreadable(raw, _TYPE_IT)
    accepted = accepted_terms(question.answer, variant.language)
    if (rejected := _rejected_by_author(question, typed, accepted[0])) is not None:
        return _verdict(variant, raw, accepted, mistake=rejected)
    forms = {normal(term): term for term in reversed(accepted)}
    if typed in forms:
        return _verdict(variant, raw, accepted, read=forms[typed])
    if (rejected := _misnomer(question, typed)) is not None:
        return _verdict(variant, raw, accepted, mistake=rejected)
    looser = {loose(term): term for term in reversed(accepted)}
    if loose(raw) in looser:
        return _verdict(variant, raw, accepted, read=looser[loose(raw)])
    if (other := _other_loss(raw, variant.language)) is not None:
        return _verdict(variant, raw, accepted, mistake=other)
    if any(near(raw, term) for term in accepted):
        return unreadable(raw, _SPELLING)
    return _verdict(variant, raw, accepted)


def _verdict(
    variant: Variant,
    raw: str,
    accepted: tuple[str, ...],
    *,
    read: str | None = None,
    mistake: Recognised | None = None,
) -> Verdict:
    outcome: Outcome = "mistake" if mistake else "wrong" if read is None else "correct"
    right = accepted[0]
    return Verdict(
        outcome=outcome,
        score=0.0 if read is None else 1.0,
        raw=raw,
        message=(
            Text(f"正しくは「{right}」。", f"The right term is {right}.")
            if read is None
            else _RIGHT
        ),
        read=read,
        expected=right,
        accepted=accepted,
        mistakes=(mistake,) if mistake else (),
        explanation=variant.explanation,
        source=variant.question.source,
    )


def _rejected_by_author(question: TermQuestion, typed: str, right: str) -> Recognised | None:
    for rejected in question.rejected:
        if normal(rejected.text) == typed:
            return Recognised(
                "rejected_term", Text(rejected.reason, rejected.reason), _instead(right), ""
            )
    return None


def _misnomer(question: TermQuestion, typed: str) -> Recognised | None:
    """Return what the catalogue says of a word that it rejects for this loss."""
    if question.answer.loss is None:
        return None
    for word, right in CATALOG[question.answer.loss].misnomers.items():
        if normal(word) == typed:
            return Recognised(
                "misnomer",
                Text(
                    f"「{word}」は誤訳・誤記・取り違えから生じた呼び方で、正しい用語ではない。",
                    f"'{word}' is a mistranslation, a misspelling or a mix-up, not the right term.",
                ),
                _instead(right),
                "",
            )
    return None


def _other_loss(raw: str, language: Language) -> Recognised | None:
    bearers = losses_called(raw)
    if not bearers:
        return None
    info = CATALOG[bearers[0]]
    name = name_of(info.id, language)
    return Recognised(
        "other_loss",
        Text(
            f"それは別の損失「{name}」の名前である。", f"That is the name of another loss, {name}."
        ),
        info.use_when,
        "",
    )


def _instead(right: str) -> Text:
    return Text(f"正しくは「{right}」と書く。", f"The right term is {right}.")
