"""What is wrong with the losses that a question names."""

from __future__ import annotations

from collections.abc import Iterator

from losses import CATALOG
from losses.text import Text
from questions.model import PickQuestion
from questions.packfile.complaint import Complaint
from questions.packfile.problems import quoted
from questions.packfile.translate import close_to, one_of
from questions.packfile.tree import Path
from questions.picking import OTHERS, available

_REMOVE = Text("削除する。", "Remove it.")


def unknown_loss(path: Path, loss: str) -> Complaint:
    """Return the complaint about a loss that the catalogue does not have."""
    return Complaint(
        path,
        Text(f"損失「{quoted(loss)}」はない。", f"There is no loss '{quoted(loss)}'."),
        close_to(loss, CATALOG) or one_of(CATALOG),
        code="P204",
    )


def pick_complaints(question: PickQuestion) -> Iterator[Complaint]:
    """Yield what is wrong with the answer, the losses that would be right too, and the others."""
    faults = 0
    for complaint in _named(question):
        faults += 1
        yield complaint
    if faults:
        return  # how many are left to draw from is not known
    count = len(question.distractors) + len(available(question))
    if count < OTHERS:
        neighbours = "、".join(available(question)) or "なし"
        yield Complaint(
            ("distractors",) if question.distractors else ("answer",),
            Text(
                f"誤りの選択肢にできる損失が{count}個しかない（{OTHERS}個必要）。",
                f"Only {count} losses can be wrong options ({OTHERS} are needed).",
            ),
            Text(
                f"カタログから補えるのは {neighbours}。distractorsに書き足す。",
                f"The catalogue gives {', '.join(available(question)) or 'none'}; "
                "add to distractors.",
            ),
            code="P213",
        )


def _named(question: PickQuestion) -> Iterator[Complaint]:
    if question.answer not in CATALOG:
        yield unknown_loss(("answer",), question.answer)
    seen = {question.answer: Text("正解", "the answer")}
    for place, loss in enumerate(question.also_right):
        yield from _one(loss, ("also_right", place), seen)
        seen.setdefault(loss, Text("also_right", "in also_right"))
    for place, distractor in enumerate(question.distractors):
        yield from _one(distractor.loss, ("distractors", place, "loss"), seen)
        seen.setdefault(distractor.loss, Text("前のdistractors", "an earlier distractor"))


def _one(loss: str, path: Path, seen: dict[str, Text]) -> Iterator[Complaint]:
    if loss in seen:
        yield Complaint(
            path,
            Text(
                f"損失「{quoted(loss)}」はすでに{seen[loss].ja}にある。",
                f"The loss '{quoted(loss)}' is {seen[loss].en} already.",
            ),
            _REMOVE,
            code="P212",
        )
    elif loss not in CATALOG:
        yield unknown_loss(path, loss)
