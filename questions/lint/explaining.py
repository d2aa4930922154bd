"""Explanations, reasons and sources that tell a learner nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from losses.text import Text
from questions.lint.normal_form import contained, grams, normal_form
from questions.lint.prose import Passage, passages
from questions.model import (
    CardQuestion,
    ChoiceQuestion,
    ComputedQuestion,
    MultipleQuestion,
    Question,
)
from questions.packfile.complaint import Complaint

_REPEATED = 0.6  # share of the explanation's trigrams that the stem has
_FEWEST_GRAMS = 6
_EMPTY = re.compile(
    r"(?:特に)?(?:なし|無し|不明|未定|未記入|省略|略|同上|上記|自明|要確認|後で書く|準備中|解説(?:なし|は省略)?)"
    r"|todo|tbd|fixme|n/?a|none|unknown|see above|-+|—+|\?+|x+"
    r"|(?:これ(?:は|が))?(?:正しい|正解|適切|誤り|間違い|不正解|不適切|誤っている|違う|正しくない)(?:選択肢)?(?:である|です|だ|から|ため)*"
    r"|(?:this is |it is )?(?:correct|right|wrong|incorrect|true|false)(?: (?:answer|option))?"
)
_NAMELESS = re.compile(
    r"自作|オリジナル|独自|作成者|インターネット|ネット|web|ウェブ(?:サイト)?|ホームページ|教科書|参考書|テキスト|講義(?:資料)?"
    r"|書籍|論文|各種(?:文献|資料)|一般(?:知識|常識|論)|常識|chatgpt|生成ai|ai|own|original|internet|textbook|paper|lecture"
)


def explanation_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint where the explanation says nothing, or nothing but the stem.

    A flashcard may do without.
    """
    if isinstance(question, CardQuestion) and not question.explanation:
        return
    if _says_nothing(question.explanation):
        yield Complaint(
            ("explanation",),
            Text("解説に中身がない。", "The explanation says nothing."),
            Text(
                "なぜそうなるか、どう見分けるかを1文以上で書く。",
                "Say in a sentence or more why it is so and how to tell.",
            ),
            code="Q202",
        )
        return
    explained = grams(question.explanation)
    if (
        len(explained) >= _FEWEST_GRAMS
        and contained(explained, grams(_known(question))) >= _REPEATED
    ):
        yield Complaint(
            ("explanation",),
            Text("解説が問題文の繰り返しである。", "The explanation repeats the stem."),
            Text(
                "問題文にない理由や例を書く。", "Give a reason or an example that the stem has not."
            ),
            code="Q201",
        )


def _known(question: Question) -> str:
    """Return what has been read when the explanation is shown: the stem and the key."""
    right = [each.text for each in passages(question) if each.role == "right"]
    return "\n".join([question.stem, *right])


def reason_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint for each reason that says nothing or is that of another option."""
    if isinstance(question, ComputedQuestion):
        return
    first: dict[str, int] = {}
    reasons = [each for each in passages(question) if each.role == "reason"]
    for number, reason in enumerate(reasons, start=1):
        form = normal_form(reason.text)
        if _says_nothing(reason.text) or form == normal_form(_reasoned(question, reason)):
            yield Complaint(
                reason.path,
                Text("理由に中身がない。", "The reason says nothing."),
                Text(
                    "この選択肢のどこが正しいか、どこが誤りかを書く。",
                    "Say what is right or wrong about this very option.",
                ),
                code="Q203",
            )
        elif form in first:
            yield Complaint(
                reason.path,
                Text(
                    f"{first[form]}番目の理由と同じである。",
                    f"The reason is the same as reason {first[form]}.",
                ),
                Text(
                    "選択肢ごとに異なる理由を書く。", "Write a reason of its own for every option."
                ),
                code="Q204",
            )
        first.setdefault(form, number)


def _reasoned(question: Question, reason: Passage) -> str:
    """Return the text of the option that a reason belongs to."""
    match question, reason.path:
        case ChoiceQuestion() | MultipleQuestion(), ("options", int(place), _):
            return question.options[place].text
    return question.stem


def source_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint where the source names nothing that can be looked up."""
    form = normal_form(question.source)
    if _says_nothing(question.source) or _NAMELESS.fullmatch(form):
        yield Complaint(
            ("source",),
            Text("出典が何も特定していない。", "The source names nothing that can be looked up."),
            Text(
                "著者（年）と題名、またはシラバスの項目を書く。",
                "Give author, year and title, or the item of the syllabus.",
            ),
            code="Q205",
        )


def _says_nothing(text: str) -> bool:
    stripped = text.strip().strip("。．.、!！()（）「」").casefold()
    return not normal_form(text) or _EMPTY.fullmatch(stripped) is not None
