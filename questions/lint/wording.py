"""Words that give an answer away or make a question unclear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from losses.text import Text
from questions.lint.prose import asking, is_true
from questions.model import ChoiceQuestion, MultipleQuestion, Question
from questions.packfile.complaint import Complaint

# Not 絶対値, 絶対誤差 (terms) nor すべての重み (a quantity): only what says "without exception".
_ABSOLUTE = re.compile(
    r"必ず|常に|決して|いかなる(?:場合|とき|条件)|どんな(?:場合|とき|条件|データ)で|例外なく|絶対(?:に|的に)"
    r"|(?:すべて|全て)の(?:場合|状況|問題|データ|タスク|モデル)(?:において|で|に)|まったく|全く|一切"
    r"|\b(?:always|never|must|in (?:all|every) cases?|under no circumstances|without exception)\b",
    re.IGNORECASE,
)
_REFERRING = re.compile(
    r"^(?:(?:上記|以上|前述|これら|上の選択肢|選択肢|ここに挙げたもの)(?:の)?(?:もの|選択肢)?(?:は|の)?(?:すべて|全て|全部|いずれも|どれも)"
    r"|(?:すべて|全て|いずれも|どれも)(?:が|は)?(?:正しい|正解|誤り|誤っている|該当|当てはまる|当てはまらない|正しくない)"
    r"|(?:該当|正解|適切なもの)(?:する(?:もの|選択肢))?(?:は)?(?:なし|無し|ない)"
    r"|(?:上記|以上|選択肢)(?:の中)?に(?:は)?(?:正解|適切なもの|該当するもの)?(?:は)?(?:ない|なし)"
    r"|(?:(?:上記|以上|選択肢)の)?(?:どれ|いずれ)(?:で|に)も(?:ない|当てはまらない|該当しない)"
    r"|(?:all|none|both) of (?:the (?:above|options)|these|them)\b)",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"不適切|不適当|不正確|(?:適切|適当|正しく|妥当)(?:で|では)?(?:は)?ない|誤っている(?:もの|説明|記述|選択肢)"
    r"|(?:誤った|誤りを含む|誤りのある|間違った|間違っている)(?:もの|説明|記述|選択肢|文)|誤り(?:は|である(?:もの|説明|記述)|であるもの|を[1１一]つ)"
    r"|(?:当てはまら|あてはまら|該当し|含まれ|成り立た|言え|いえ|とは言え)ない(?:もの|説明|記述|性質)|ではないもの|でないもの"
    r"|\b(?:not|except|incorrect|false|least|inappropriate)\b",
    re.IGNORECASE,
)


def absolute_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint for each false option with an absolute word that no true one has."""
    if not isinstance(question, ChoiceQuestion | MultipleQuestion):
        return
    found = [_ABSOLUTE.search(option.text) for option in question.options]
    if any(
        word and is_true(question, option)
        for word, option in zip(found, question.options, strict=True)
    ):
        return
    for place, word in enumerate(found):
        if word is not None:
            yield Complaint(
                ("options", place, "text"),
                Text(
                    f"断定的な語「{word[0]}」が、誤りを述べる選択肢だけにある。",
                    f"The absolute '{word[0]}' stands in options that say something false only.",
                ),
                Text(
                    "その語を外しても誤りになるように書くか、正しい選択肢にも同じ語を使う。",
                    "Make it false without the word, or use the word in a true option too.",
                ),
                words=word[0],
                code="Q103",
            )


def referring_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint for each option that speaks of the others."""
    if not isinstance(question, ChoiceQuestion | MultipleQuestion):
        return
    for place, option in enumerate(question.options):
        if _REFERRING.match(option.text):
            yield Complaint(
                ("options", place, "text"),
                Text(
                    "ほかの選択肢をまとめて指す選択肢である。",
                    "The option speaks of all the others.",
                ),
                Text(
                    "選択肢は並べ替えて示される。内容のある選択肢に置き換えるか、kind: multipleにする。",
                    "Options are shuffled: say something of its own, or use kind: multiple.",
                ),
                code="Q104",
            )


def negative_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint where what the stem asks for and `negative` disagree."""
    if not isinstance(question, ChoiceQuestion):
        return
    found = _NEGATIVE.search(asking(question.stem))
    if found is not None and not question.negative:
        yield Complaint(
            ("stem",),
            Text(
                f"「{found[0]}」を問うているが、negative: true がない。",
                f"The stem asks for what is '{found[0]}' but is not marked negative: true.",
            ),
            Text(
                "negative: true と書くか、正しいものを問う文に改める。",
                "Write negative: true, or ask for what is right.",
            ),
            words=found[0],
            code="Q106",
        )
    elif found is None and question.negative:
        yield Complaint(
            ("negative",),
            Text(
                "negative: true だが、問題文は誤りを問うていない。",
                "It is marked negative: true but the stem does not ask for what is wrong.",
            ),
            Text(
                "「不適切なものを1つ選べ」のように書くか、negativeを削除する。",
                "Ask for what is wrong, or remove negative.",
            ),
            code="Q107",
        )
