"""Options that say the same in other letters."""

from __future__ import annotations

from collections.abc import Iterator

from losses.text import Text
from questions.lint.normal_form import normal_form
from questions.model import ChoiceQuestion, MultipleQuestion, Question
from questions.packfile.complaint import Complaint


def overlap_complaints(question: Question) -> Iterator[Complaint]:
    """Yield a complaint for each option that has the normal form of an earlier one."""
    if not isinstance(question, ChoiceQuestion | MultipleQuestion):
        return
    first: dict[str, int] = {}
    for place, option in enumerate(question.options):
        form = normal_form(option.text)
        if form in first and question.options[first[form]].text != option.text:
            yield Complaint(
                ("options", place, "text"),
                Text(
                    f"表記の違いを除くと選択肢{first[form] + 1}と同じである。",
                    f"Apart from its spelling this is option {first[form] + 1}.",
                ),
                Text("意味の異なる選択肢にする。", "Options must differ in meaning."),
                code="Q105",
            )
        first.setdefault(form, place)
