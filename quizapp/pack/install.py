"""`quizapp pack install`: packs into the bank, so that everybody who uses it is asked from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, TextIO

from questions.bank import (
    Installation,
    InstallReport,
    install_builtin,
    installed_packs,
    put_back,
)
from questions.packfile.contents import Contents, is_text
from quizapp.history.learnt import learnt
from quizapp.language import _, ngettext
from quizapp.pack.refusal import sound
from quizapp.pack.verify import signature_json, signature_lines
from quizapp.problem import Problem
from quizapp.study import Study
from quizapp.visible import visible_line

# What becomes of the schedule of questions that ask something else than before.
Changed = Literal["ask", "reset", "keep"]

_MOST_NAMED = 10  # questions


def install(
    study: Study,
    words: Sequence[str],
    *,
    changed: Changed,
    reading: TextIO,
    writing: TextIO,
    as_json: bool = False,
) -> None:
    """Install packs, all of them or none: paths, and ids of built-in packs that were removed.

    `as_json`: say so in one line of JSON, and ask nothing. Raises Problem; then the bank is as it
    was.
    """
    builtin, paths = _sorted_out(study, words)
    contents = sound(paths)
    _distinct(contents)
    _not_builtin(study, contents)
    installations = [
        Installation(
            each.pack,
            each.digest,
            f"file:{Path(path).absolute()}",
            {name: data for name, data in each.files.items() if not is_text(name)},
        )
        for path, each in zip(paths, contents, strict=True)
    ]
    reset = False
    rehearsed = study.bank.rehearse(installations)
    others = [question for report in rehearsed for question in report.meaning_changed]
    answered = sorted(learnt(study.engine, others))
    if answered:
        reset = changed == "reset"
        if changed == "ask":
            if as_json:
                raise Problem(_unsaid())
            reset = _ask(answered, reading=reading, writing=writing)
    reports = study.bank.install_all(installations, reset_changed=reset)
    for pack_id in builtin:
        put_back(study.engine, pack_id)
    install_builtin(study.bank)
    if as_json:
        told = _json(reports, contents, builtin, answered, reset=reset)
        writing.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    for report, each in zip(reports, contents, strict=True):
        writing.writelines(f"{line}\n" for line in _said(report, each))
    for pack_id in builtin:
        writing.write(_("Put back: {pack}").format(pack=pack_id) + "\n")
    if answered:
        writing.writelines(f"{line}\n" for line in _schedules(len(answered), reset=reset))
        for pack_id in dict.fromkeys(question.partition("/")[0] for question in answered):
            writing.write(
                _(
                    "To judge earlier answers by the present key: quizapp pack rescore {pack}"
                ).format(pack=pack_id)
                + "\n"
            )


def _sorted_out(study: Study, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which words are ids of built-in packs that were removed, and which are paths."""
    removed = {
        each.about.id
        for each in installed_packs(study.engine, removed=True)
        if each.is_builtin and each.removed_at is not None
    }
    builtin = [word for word in words if word in removed and not Path(word).exists()]
    return builtin, [word for word in words if word not in builtin]


def _distinct(contents: Sequence[Contents]) -> None:
    seen: set[str] = set()
    for each in contents:
        if each.pack.id in seen:
            raise Problem(
                _("Two of the packs have the id {pack}. Nothing was installed.").format(
                    pack=each.pack.id
                )
            )
        seen.add(each.pack.id)


def _not_builtin(study: Study, contents: Sequence[Contents]) -> None:
    builtin = {
        each.about.id for each in installed_packs(study.engine, removed=True) if each.is_builtin
    }
    for each in contents:
        if each.pack.id in builtin:
            raise Problem(
                _(
                    "{pack} is the id of a built-in pack. Give yours another id. "
                    "Nothing was installed."
                ).format(pack=each.pack.id)
            )


def _ask(answered: Sequence[str], *, reading: TextIO, writing: TextIO) -> bool:
    """Return whether learners begin anew with questions that changed. Raises Problem."""
    said = ngettext(
        "{n} question that was answered before asks something else now:",
        "{n} questions that were answered before ask something else now:",
        len(answered),
    )
    writing.write(said.format(n=len(answered)) + "\n")
    for question in answered[:_MOST_NAMED]:
        writing.write(f"  {question}\n")
    if len(answered) > _MOST_NAMED:
        writing.write("  …\n")
    if not reading.isatty():
        raise Problem(_unsaid())
    writing.write(_("Begin anew with them (r), keep their schedule (k), or cancel (Enter)? "))
    writing.flush()
    match reading.readline().strip().lower():
        case "r":
            return True
        case "k":
            return False
    raise Problem(_("Nothing was installed."))


def _unsaid() -> str:
    return _(
        "Say what becomes of their schedule: --reset-changed begins anew, "
        "--keep-history keeps it. Nothing was installed."
    )


def _json(
    reports: Sequence[InstallReport],
    contents: Sequence[Contents],
    builtin: Sequence[str],
    answered: Sequence[str],
    *,
    reset: bool,
) -> dict[str, object]:
    """Return what was installed. `answered`: questions that were, and ask something else now."""
    return {
        "installed": [
            {
                "pack": report.pack_id,
                "version": report.version,
                "version_before": report.version_before,
                "title": visible_line(each.pack.title),
                "content": each.digest,
                "added": report.added,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "retired": report.retired,
                "meaning_changed": list(report.meaning_changed),
                **signature_json(each),
            }
            for report, each in zip(reports, contents, strict=True)
        ],
        "put_back": list(builtin),
        "answered_before": list(answered),
        "learnt_anew": reset,
    }


def _said(report: InstallReport, contents: Contents) -> Iterator[str]:
    pack = contents.pack
    title = visible_line(pack.title)
    if report.version_before in (None, pack.version):
        yield _("Installed: {pack} {version}, {title}").format(
            pack=pack.id, version=pack.version, title=title
        )
    else:
        yield _("Installed: {pack} {version} (was {before}), {title}").format(
            pack=pack.id, version=pack.version, before=report.version_before, title=title
        )
    yield "  " + _(
        "questions: {added} new, {changed} changed, {unchanged} unchanged, {retired} retired"
    ).format(
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        retired=report.retired,
    )
    if contents.signature is not None:
        for line in signature_lines(contents):
            yield f"  {line}"


def _schedules(count: int, *, reset: bool) -> Iterator[str]:
    if reset:
        yield ngettext(
            "{n} question is learnt anew; its earlier answers stay in the log.",
            "{n} questions are learnt anew; their earlier answers stay in the log.",
            count,
        ).format(n=count)
    else:
        yield ngettext(
            "{n} question keeps its schedule.", "{n} questions keep their schedule.", count
        ).format(n=count)
