"""Which editor the author uses, and how it is told the line to open."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from quizapp.language import _
from quizapp.problem import Problem

_FALLBACKS = ("nano", "vi", "notepad")
_PLUS_LINE = frozenset(
    [
        "vi",
        "vim",
        "nvim",
        "gvim",
        "view",
        "ex",
        "neovide",
        "emacs",
        "emacsclient",
        "kak",
        "joe",
        "jed",
        "ne",
        "mg",
        "mcedit",
        "gedit",
        "pluma",
        "xed",
        "gnome-text-editor",
    ]
)
_PLUS_COMMA = frozenset({"nano", "pico", "rnano"})
_PLUS_COLON = frozenset({"micro"})
_FILE_COLON = frozenset({"hx", "helix", "subl", "sublime_text", "zed", "zeditor", "lapce"})
_GOTO = frozenset(["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"])
_LINE_OPTION = frozenset(["idea", "pycharm", "charm", "fleet"])
_KATE = frozenset({"kate", "kwrite"})


def chosen_editor(environment: Mapping[str, str] = os.environ) -> str:
    """Return the command of the editor: VISUAL, else EDITOR, else one that is there.

    Raises Problem where there is none.
    """
    for name in ("VISUAL", "EDITOR"):
        if environment.get(name, "").strip():
            return environment[name].strip()
    for fallback in _FALLBACKS:
        if shutil.which(fallback, path=environment.get("PATH")):
            return fallback
    raise Problem(
        _("There is no editor: set the environment variable EDITOR, for example EDITOR=nano.")
    )


def command(editor: str, file: Path, *, line: int, column: int = 1) -> Sequence[str]:
    """Return the words that open a file at a line, in the way of the editor.

    One that is not known opens the file alone. Raises Problem for a command that has no words.
    """
    try:
        words = shlex.split(editor, posix=os.name != "nt")
    except ValueError:
        words = []
    if not words:
        raise Problem(_("The editor {editor} cannot be understood.").format(editor=editor))
    path = str(file.absolute())  # a name that begins with a minus sign is no option then
    return [*words, *_where(_name(words), path, line, column)]


def _name(words: Sequence[str]) -> str:
    """Return the name of the program: the first word that is none of `env`, `sudo`, VAR=value."""
    for word in words:
        name = PurePath(word.replace("\\", "/")).name.lower()
        name = name.removesuffix(".exe").removesuffix(".cmd")
        if name not in ("env", "command", "exec") and "=" not in word:
            return name
    return ""


def _where(name: str, path: str, line: int, column: int) -> list[str]:
    if name in _PLUS_LINE:
        return [f"+{line}", path]
    if name in _PLUS_COMMA:
        return [f"+{line},{column}", path]
    if name in _PLUS_COLON:
        return [f"+{line}:{column}", path]
    if name in _FILE_COLON:
        return [f"{path}:{line}:{column}"]
    if name in _GOTO:
        return ["-g", f"{path}:{line}:{column}"]
    if name in _LINE_OPTION:
        return ["--line", str(line), path]
    if name in _KATE:
        return ["--line", str(line), "--column", str(column), path]
    return [path]
