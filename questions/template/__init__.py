"""A pack to begin with: what it is, and a commented example of every kind of question.

One file a kind (`kinds/choice.yaml` …): a new kind brings its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources

from questions.kinds import KINDS

HEAD, EXAMPLES, SCHEMA = "pack.yaml", "examples.yaml", "quizpack.schema.json"
_MODELINE = f"# yaml-language-server: $schema={SCHEMA}\n"
_EXAMPLES = """\
# 問題の例。種類ごとに1つずつある。書き換えるか、消して使う。1つのファイルに何問書いてもよく、
# ファイルを分けてもよい。書けたら次を実行する:
#   quizapp pack check .      間違いと直し方がすべて出る
#   quizapp pack install .    自分の端末で解けるようになる
questions:
"""


def example(kind: str) -> str:
    """Return the example of a kind: a YAML list of one question. Raises FileNotFoundError."""
    return _files().joinpath("kinds", f"{kind}.yaml").read_text(encoding="utf-8")


def new_pack(pack_id: str) -> Mapping[str, str]:
    """Return the YAML files of a new pack by name; they name the file of the schema."""
    head = _files().joinpath(HEAD).read_text(encoding="utf-8")
    head = re.sub(r"^id: \S+", lambda _: f"id: {pack_id}", head, count=1, flags=re.MULTILINE)
    examples = "".join(f"\n{_indented(example(kind))}" for kind in (*KINDS, "case"))
    return {HEAD: _MODELINE + head, EXAMPLES: _MODELINE + _EXAMPLES + examples}


def _indented(text: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _files() -> resources.abc.Traversable:
    return resources.files("questions").joinpath("template")
