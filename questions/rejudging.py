"""Judge an old answer by the key that its question has now.

Only the key may differ. What the learner was shown then is drawn again from the old content; where
the present content would have shown something else, the answer says nothing about the present key
and is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from losses.text import Language, Text
from questions.compute.client import ComputeRefused
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.examiner import Examiner
from questions.hints import after_hints
from questions.model import (
    CalculatedChoiceQuestion,
    CardQuestion,
    ChoiceQuestion,
    CodeQuestion,
    CompareQuestion,
    MatchQuestion,
    NumericQuestion,
    PickQuestion,
    Question,
)
from questions.picking import name_of
from questions.tolerance import as_written, by_places
from questions.variant import ShownOption, ShownRow, Variant
from questions.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an answer cannot be judged again. `id` never changes its meaning."""

    id: str
    says: Text


UNKNOWN_CONTENT = Obstacle(
    "unknown_content",
    Text(
        "解答したときの問題の内容が残っていない。",
        "What the question said when it was answered was not kept.",
    ),
)
OTHER_KIND = Obstacle(
    "other_kind", Text("問題の種類が変わった。", "The question is of another kind now.")
)
OTHER_STEM = Obstacle(
    "other_stem", Text("問題文が変わった。", "The stem or the passage reads differently now.")
)
OTHER_NUMBERS = Obstacle("other_numbers", Text("示す数が変わった。", "It shows other numbers now."))
OTHER_OPTIONS = Obstacle(
    "other_options", Text("選択肢が変わった。", "It offers something else to choose from now.")
)
OTHER_FORM = Obstacle(
    "other_form",
    Text(
        "求める桁数や単位、または問い方が変わった。",
        "It asks for more decimals, for another unit, or the other way round now.",
    ),
)
KEY_NOT_SHOWN = Obstacle(
    "key_not_shown",
    Text(
        "今の正解が、そのとき示した選択肢の中にない。",
        "The present key was not among the options that were shown.",
    ),
)
NOT_REPRODUCED = Obstacle(
    "not_reproduced",
    Text(
        "そのときの選択肢や採点を再現できない。",
        "The options or the verdict of that time cannot be reproduced.",
    ),
)
NOT_COMPUTED = Obstacle(
    "not_computed",
    Text("示した数では計算できない。", "The numbers that were shown cannot be computed."),
)
UNREADABLE = Obstacle(
    "unreadable",
    Text("今の採点では読み取れない解答である。", "The answer cannot be read by the present key."),
)
PROGRAM = Obstacle(
    "program",
    Text("提出されたプログラムは再び実行しない。", "Programs of learners are not run again."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it was given, and what it was given to.

    `score`: what it got when its own content judged it; None where another one did since.
    """

    question_id: str
    content_hash: str  # of the content that was asked
    seed: int
    attempt: int
    raw: str
    hints: int
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentKey:
    """A question as it is now. `reworded`: its author vouches that it asks the same as before."""

    question: Question
    content_hash: str
    language: Language
    reworded: bool = False


def judged_again(
    examiner: Examiner, answer: Answer, *, asked: Question | None, key: PresentKey
) -> Verdict | Obstacle:
    """Return what the present key says of an old answer, or why it cannot say anything.

    `asked`: the content that the answer was given to; None where it is not known. A flashcard has
    no key: it keeps the learner's own judgement. Raises ComputeUnavailable.
    """
    if isinstance(key.question, CardQuestion) and (
        asked is None or isinstance(asked, CardQuestion)
    ):
        asked = key.question
    if asked is None:
        return UNKNOWN_CONTENT
    if asked.kind != key.question.kind:
        return OTHER_KIND
    if isinstance(asked, CodeQuestion):
        return PROGRAM
    try:
        then = _drawn(answer, asked, answer.content_hash, key.language)
    except (KeyError, ValueError):  # it names a loss that the catalogue does not have any more
        return NOT_REPRODUCED
    now = _drawn(answer, key.question, key.content_hash, key.language)
    if (obstacle := _other_task(then, now, reworded=key.reworded)) is not None:
        return obstacle
    try:
        shown = _under_the_key(examiner, answer, then, now)
        if isinstance(shown, Obstacle):
            return shown
        verdict = examiner.judge(shown, answer.raw)
    except ComputeRefused:
        return NOT_COMPUTED
    if not verdict.graded:
        return UNREADABLE
    # How many hints there were is a matter of what was shown, too.
    offered = max(len(then.hints), answer.hints)
    return after_hints(verdict, used=answer.hints, of=offered)


def _drawn(answer: Answer, question: Question, content: str, language: Language) -> Variant:
    return draw(
        question,
        question_id=answer.question_id,
        content_hash=content,
        seed=answer.seed,
        attempt=answer.attempt,
        language=language,
    )


def _other_task(then: Variant, now: Variant, *, reworded: bool) -> Obstacle | None:
    """Return what keeps two variants from putting the same task, apart from their options."""
    if any(then.given[name] != now.given[name] for name in then.given.keys() & now.given.keys()):
        return OTHER_NUMBERS
    if _words(then) != _words(now):
        if not reworded:
            return OTHER_STEM
        if then.given != now.given:
            return OTHER_NUMBERS
    old, new = then.question, now.question
    match old, new:
        case NumericQuestion(), NumericQuestion():
            more = by_places(new.tolerance) and (
                not by_places(old.tolerance) or new.tolerance.decimals > old.tolerance.decimals
            )
            return OTHER_FORM if more or old.percent != new.percent else None
        case CalculatedChoiceQuestion(), CalculatedChoiceQuestion():
            return OTHER_FORM if old.percent != new.percent else None
        case ChoiceQuestion(), ChoiceQuestion():
            turned = old.negative != new.negative
            # The same words ask the same, whether they were marked or not.
            return OTHER_FORM if turned and _words(then) != _words(now) else None
        case CompareQuestion(), CompareQuestion():
            turned = old.ask != new.ask
            return OTHER_FORM if turned and _words(then) != _words(now) else None
        case MatchQuestion(), MatchQuestion():
            return OTHER_FORM if old.reuse != new.reuse else None
    return None


def _words(variant: Variant) -> tuple[str, str]:
    """Return what is to be read above the options, however it is broken into lines."""
    return " ".join(variant.passage.split()), " ".join(variant.stem.split())


def _under_the_key(
    examiner: Examiner, answer: Answer, then: Variant, now: Variant
) -> Variant | Obstacle:
    """Return what was shown, with the present key in it. Raises ComputeRefused."""
    match then.question, now.question:
        case PickQuestion(), PickQuestion() as new:
            if _changed_since(examiner, answer, then):
                return NOT_REPRODUCED
            return _picked(then, now, new)
        case CalculatedChoiceQuestion() as old, CalculatedChoiceQuestion() as new:
            offered = examiner.present(
                old,
                question_id=then.question_id,
                content_hash=then.content_hash,
                seed=then.seed,
                attempt=then.attempt,
                language=then.language,
            )
            if _changed_since(examiner, answer, offered):
                return NOT_REPRODUCED
            return _calculated(offered, now, new, examiner.values(now))
        case CompareQuestion(), CompareQuestion():
            # Which option stands for which side is a matter of its place.
            same = [option.text for option in then.options] == [
                option.text for option in now.options
            ]
            return now if same else OTHER_OPTIONS
    options = _keyed(then.options, now.options)
    rows = _keyed_rows(then.rows, now.rows)
    if options is None or rows is None:
        return OTHER_OPTIONS
    return replace(now, options=options, rows=rows)


def _changed_since(examiner: Examiner, answer: Answer, shown: Variant) -> bool:
    """Return whether what was shown may have been something else.

    The options of some kinds come from the catalogue, which another version of the program may
    have had otherwise. Then the old key gives another score now than it gave then.
    """
    if answer.score is None:
        return False
    verdict = examiner.judge(shown, answer.raw)
    if not verdict.graded:
        return True
    offered = max(len(shown.hints), answer.hints)
    return after_hints(verdict, used=answer.hints, of=offered).score != answer.score


def _picked(then: Variant, now: Variant, new: PickQuestion) -> Variant | Obstacle:
    """Return a pick with its options as shown: right are the answer and what fits as well."""
    right = {name_of(loss, now.language) for loss in (new.answer, *new.also_right)}
    options = tuple(replace(each, right=each.text in right) for each in then.options)
    if not any(option.right for option in options):
        return KEY_NOT_SHOWN
    return replace(now, options=options)


def _calculated(
    then: Variant, now: Variant, new: CalculatedChoiceQuestion, values: Evaluation | None
) -> Variant | Obstacle:
    """Return a calculated choice with its options as shown: right is what is computed now."""
    if values is None:
        return KEY_NOT_SHOWN
    right = as_written(values.value, new.tolerance)
    options = tuple(replace(each, right=each.text == right) for each in then.options)
    if not any(option.right for option in options):
        return KEY_NOT_SHOWN
    return replace(now, options=options)


def _keyed_rows(
    then: tuple[ShownRow, ...], now: tuple[ShownRow, ...]
) -> tuple[ShownRow, ...] | None:
    """Return rows as they were shown, with the present key in them; None where they differ."""
    present = {row.text: row for row in now}
    if len(present) != len(now) or sorted(present) != sorted(row.text for row in then):
        return None
    keyed: list[ShownRow] = []
    for row in then:
        options = _keyed(row.options, present[row.text].options)
        if options is None:
            return None
        keyed.append(replace(row, options=options))
    return tuple(keyed)


def _keyed(
    then: tuple[ShownOption, ...], now: tuple[ShownOption, ...]
) -> tuple[ShownOption, ...] | None:
    """Return options as they were shown, with the present key in them; None where they differ.

    They are known by their texts. Two of the same text are the same answer.
    """
    if sorted(option.text for option in then) != sorted(option.text for option in now):
        return None
    present = {option.text: option for option in now}
    if any(present[option.text].right != option.right for option in now):
        return None
    return tuple(
        replace(each, right=present[each.text].right, reason=present[each.text].reason)
        for each in then
    )
