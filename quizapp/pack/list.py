"""`quizapp pack list`: the packs of the bank."""

from __future__ import annotations

import json

from questions.bank import InstalledPack, installed_packs
from quizapp.language import _, ngettext
from quizapp.study import Study
from quizapp.visible import visible_line


def as_text(study: Study) -> str:
    """Return one line a pack, those that were removed at the end."""
    packs = installed_packs(study.engine, removed=True)
    in_use = [each for each in packs if each.removed_at is None]
    removed = [each for each in packs if each.removed_at is not None]
    lines = [_line(each) for each in in_use]
    if removed:
        lines += [_("Removed:"), *(f"  {_line(each)}" for each in removed)]
    return "".join(f"{line}\n" for line in lines)


def as_json(study: Study) -> str:
    """Return everything that is known of the packs as a JSON array."""
    packs = [
        {
            **{name: _cleaned(value) for name, value in each.about.model_dump(mode="json").items()},
            "questions": each.questions,
            "images": each.images,
            "built_in": each.is_builtin,
            "origin": visible_line(each.origin),
            "digest": each.digest,
            "installed_at": each.installed_at.isoformat(),
            "removed_at": None if each.removed_at is None else each.removed_at.isoformat(),
        }
        for each in installed_packs(study.engine, removed=True)
    ]
    return json.dumps(packs, ensure_ascii=False, indent=2) + "\n"


def _cleaned(value: object) -> object:
    """JSON escapes most of what acts on a terminal, but not all of it."""
    if isinstance(value, str):
        return visible_line(value)
    return [_cleaned(each) for each in value] if isinstance(value, list) else value


def _line(pack: InstalledPack) -> str:
    counted = ngettext("{n} question", "{n} questions", pack.questions).format(n=pack.questions)
    about = pack.about
    line = f"{about.id} {about.version}: {visible_line(about.title)} ({counted})"
    return line + " " + _("[built-in]") if pack.is_builtin else line
