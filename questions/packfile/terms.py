"""What is wrong with the terms that a question accepts and rejects."""

from __future__ import annotations

from collections.abc import Iterator

from losses import CATALOG
from losses.text import Text
from questions.model import TermQuestion
from questions.packfile.complaint import Complaint
from questions.packfile.picks import unknown_loss
from questions.packfile.problems import quoted
from questions.packfile.tree import Path
from questions.terms import normal

_REMOVE = Text("削除する。", "Remove it.")


def term_complaints(question: TermQuestion) -> Iterator[Complaint]:
    """Yield what is wrong with the loss, the accepted terms and the rejected ones."""
    loss = question.answer.loss
    if loss is not None and loss not in CATALOG:
        yield unknown_loss(("answer", "loss"), loss)
    seen: dict[str, Text] = {}
    for place, term in enumerate(question.answer.accept):
        path: Path = ("answer", "accept", place)
        yield from _one(term, path, seen)
        seen.setdefault(normal(term), Text("受け入れる語", "an accepted term"))
    for place, rejected in enumerate(question.rejected):
        yield from _one(rejected.text, ("rejected", place, "text"), seen)
        seen.setdefault(normal(rejected.text), Text("前のrejected", "an earlier rejected one"))


def _one(term: str, path: Path, seen: dict[str, Text]) -> Iterator[Complaint]:
    form = normal(term)
    if not form:
        yield Complaint(
            path,
            Text(
                f"「{quoted(term)}」には文字も数字もない。",
                f"'{quoted(term)}' has neither letters nor digits.",
            ),
            Text("入力できる語を書く。", "Write a term that can be typed."),
        )
    elif form in seen:
        yield Complaint(
            path,
            Text(
                f"「{quoted(term)}」は{seen[form].ja}と同じ語として読まれる。",
                f"'{quoted(term)}' reads as the same term as {seen[form].en}.",
            ),
            _REMOVE,
        )
