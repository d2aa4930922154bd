"""How editors are started: at the line, in the way of each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from quizapp.authoring.editor import chosen_editor, command
from quizapp.problem import Problem

FILE = Path("/packs/my pack.yaml")
AT = "/packs/my pack.yaml"

COMMANDS = {
    "vi": ["vi", "+12", AT],
    "/usr/bin/nvim": ["/usr/bin/nvim", "+12", AT],
    "vim -u NONE": ["vim", "-u", "NONE", "+12", AT],
    "emacsclient -t": ["emacsclient", "-t", "+12", AT],
    "nano": ["nano", "+12,5", AT],
    "micro": ["micro", "+12:5", AT],
    "hx": ["hx", f"{AT}:12:5"],
    "subl -w": ["subl", "-w", f"{AT}:12:5"],
    "code": ["code", "-g", f"{AT}:12:5"],
    "code --wait": ["code", "--wait", "-g", f"{AT}:12:5"],
    "'/opt/VS Code/bin/code' -w": ["/opt/VS Code/bin/code", "-w", "-g", f"{AT}:12:5"],
    "env LANG=C vim": ["env", "LANG=C", "vim", "+12", AT],
    "pycharm": ["pycharm", "--line", "12", AT],
    "kate": ["kate", "--line", "12", "--column", "5", AT],
    "ed": ["ed", AT],
}


@pytest.mark.parametrize("editor", COMMANDS)
def test_an_editor_is_told_the_line_in_its_own_way(editor: str) -> None:
    assert list(command(editor, FILE, line=12, column=5)) == COMMANDS[editor]


def test_a_file_is_never_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert command("vi", Path("-c quit.yaml"), line=1)[-1] == str(tmp_path / "-c quit.yaml")


@pytest.mark.parametrize("editor", ["'", '"vi', " "])
def test_a_command_without_words(editor: str) -> None:
    with pytest.raises(Problem):
        command(editor, FILE, line=1)


@pytest.mark.parametrize(
    ("environment", "editor"),
    [
        ({"VISUAL": "code", "EDITOR": "vi"}, "code"),
        ({"VISUAL": " ", "EDITOR": "vi -e"}, "vi -e"),
        ({"EDITOR": "hx"}, "hx"),
    ],
)
def test_visual_comes_before_editor(environment: Mapping[str, str], editor: str) -> None:
    assert chosen_editor(environment) == editor


def test_without_a_wish_one_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        chosen_editor({"PATH": str(tmp_path)})
    vi = tmp_path / "vi"
    vi.touch()
    os.chmod(vi, 0o700)
    assert chosen_editor({"PATH": str(tmp_path)}) == "vi"
