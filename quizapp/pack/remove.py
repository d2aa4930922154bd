"""`quizapp pack remove`: a pack that is not asked from any more."""

from __future__ import annotations

import difflib

from questions.bank import PackNotThere, installed_packs, remove
from quizapp.language import _
from quizapp.problem import Problem
from quizapp.study import Study
from quizapp.visible import visible_line


def take_out(study: Study, pack_id: str) -> str:
    """Take a pack out of use and return what that means. Raises Problem."""
    try:
        retired = remove(study.engine, pack_id)
    except PackNotThere as error:
        message = _("There is no pack {pack}.").format(pack=visible_line(pack_id))
        close = difflib.get_close_matches(pack_id, error.known, n=3)
        if close:
            message += " " + _("Similar: {packs}").format(packs=", ".join(close))
        raise Problem(message) from error
    lines = [
        _("Removed: {pack}. Questions that are not asked any more: {n}").format(
            pack=pack_id, n=retired
        ),
        _("Answers are kept; the schedule goes on where it was if the pack comes back."),
    ]
    packs = installed_packs(study.engine, removed=True)
    if any(each.about.id == pack_id and each.is_builtin for each in packs):
        lines.append(
            _("It is built in: quizapp pack install {pack} brings it back.").format(pack=pack_id)
        )
    return "".join(f"{line}\n" for line in lines)
