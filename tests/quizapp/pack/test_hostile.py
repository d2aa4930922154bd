"""Packs made to do harm: each is refused or made harmless, at once and with a clear message.

The program runs as a process of its own with a bound on its processor time, ten times what a pack
may take, and says itself how much memory it used.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.questions.packfile.split import write

SECONDS = 10 * 2  # of processor time: ten times the two that are promised
MEGABYTES = 500
PROGRAM = """
import re, sys
from pathlib import Path
from quizapp.cli import main
code = main(sys.argv[2:])
status = Path("/proc/self/status")
if status.exists():
    peak = int(re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text())[1]) // 1024
else:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20
Path(sys.argv[1]).write_text(str(peak))
sys.exit(code)
"""

HEAD = (
    "id: h\ntitle: t\nversion: 1.0.0\nlicence: l\nauthors: [a]\nsyllabus: s\ndescription: d\n"
    "questions:\n"
)
OPTIONS = "[{text: a, reason: b, right: true}, {text: c, reason: d}]"


def question(**changes: str) -> str:
    """A choice question; the values are YAML."""
    fields = {
        "id": "q",
        "kind": "choice",
        "topic": "13a",
        "stem": "s",
        "explanation": "e",
        "source": "s",
        **changes,
    }
    if fields["kind"] == "choice":
        fields.setdefault("options", OPTIONS)
    return "- {" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}\n"


def numeric(pred: str, **changes: str) -> str:
    """A numeric question whose given `pred` is drawn like this."""
    given = f"{{pred: {pred}, target: {{sample: fixed, value: 1}}}}"
    compute = "{loss: mse, inputs: {pred: $pred, target: $target}}"
    fields = {"stem": "'{pred} {target}'", "given": given, "compute": compute, **changes}
    return HEAD + question(kind="numeric", **fields)


def uniform(**changes: str) -> str:
    fields = {"sample": "uniform", "low": "0", "high": "1", **changes}
    return "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"


def bomb() -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)]
    return "".join(rows)


TOO_LARGE, TOO_LONG, TOO_MANY = "大きすぎる", "長すぎる", "多すぎる"
FILES: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "an alias bomb": (bomb, TOO_MANY),
    "aliases to one question": (
        lambda: HEAD + "- &a " + question()[2:] + "- *a\n" * 100_000,
        TOO_LONG,
    ),
    "a scalar of 100 MB": (lambda: b"id: " + b"x" * 100_000_000, TOO_LARGE),
    "a scalar of 15 MB": (lambda: HEAD.replace("title: t", f"title: {'x' * 15_000_000}"), TOO_LONG),
    "a stem of 10 MB": (lambda: HEAD + question(stem="x" * 10_000_000), TOO_LONG),
    "deep lists": (lambda: "[" * 1_000_000, "深すぎる"),
    "deep mappings": (lambda: "{a: " * 1_000_000, "深すぎる"),
    "deep blocks": (lambda: "- " * 1_000_000, "深すぎる"),
    "complex keys": (lambda: "? " * 1_000_000, "項目名は文字列でなければならない"),
    "a million options": (lambda: HEAD + question(options=f"[{'{}, ' * 1_000_000}]"), TOO_LONG),
    "a thousand options": (
        lambda: HEAD + question(options=f"[{'{text: a, reason: b}, ' * 450}]"),
        "optionsが多すぎる",
    ),
    "a million questions": (lambda: HEAD + "- {}\n" * 1_000_000, TOO_LONG),
    "many broken questions": (
        lambda: HEAD + question(id="A_", topic="no", level="no", more="1") * 4_000,
        "idの形でない",
    ),
    "a million keys": (lambda: "".join(f"k{n}: 1\n" for n in range(1_000_000)), TOO_LONG),
    "one key a million times": (lambda: "k: 1\n" * 1_000_000, "重複している"),
    "a million tags": (lambda: HEAD + question(tags=f"[{'a, ' * 1_000_000}]"), TOO_LONG),
    "10⁹ numbers": (lambda: numeric(uniform(size="1000000000")), TOO_MANY),
    "10⁹ × 10⁹ numbers": (lambda: numeric(uniform(size="[1000000000, 1000000000]")), TOO_MANY),
    "a size of 400 digits": (lambda: numeric(uniform(size="1" + "0" * 390)), TOO_MANY),
    "10⁹ probabilities": (lambda: numeric("{sample: probs, size: 1000000000}"), TOO_MANY),
    "10¹⁸ classes": (lambda: numeric("{sample: class_index, classes: 1000000000000000000}"), "桁"),
    "a bound of 400 digits": (
        lambda: numeric(f"{{sample: integer, low: 0, high: 1{'0' * 390}}}"),
        "桁が多すぎる",
    ),
    "a bound of 400 hexadecimal digits": (
        lambda: numeric(f"{{sample: integer, low: 0, high: 0x{'f' * 390}}}"),
        "桁が多すぎる",
    ),
    "a real bound of 400 digits": (lambda: numeric(uniform(high="1" + "0" * 390)), "数が必要"),
    "a tolerance of 400 digits": (
        lambda: numeric(uniform(), tolerance=f"{{atol: 1{'0' * 390}}}"),
        "数が必要",
    ),
    "a million fixed numbers": (
        lambda: numeric(f"{{sample: fixed, value: [{'1, ' * 1_000_000}]}}"),
        TOO_LONG,
    ),
    "many constants": (
        lambda: numeric(
            uniform(), compute=f"{{loss: mse, inputs: {{pred: $pred, target: [{'1, ' * 400}]}}}}"
        ),
        TOO_MANY,
    ),
    "NaN": (lambda: numeric(uniform(low=".nan")), "有限の数でない"),
    "infinity": (lambda: numeric(uniform(high=".inf")), "有限の数でない"),
    "a constant NaN": (
        lambda: numeric(uniform(), compute="{loss: mse, inputs: {pred: $pred, target: .NaN}}"),
        "有限の数でない",
    ),
    "a stem full of names": (
        lambda: numeric(uniform(), stem="'" + "{a}" * 6_000 + "'"),
        "にあたるgivenがない",
    ),
    "NUL": (lambda: HEAD + question(stem="a\0b"), "制御文字 U+0000"),
    "an escape sequence": (lambda: HEAD + question(stem="a\x1b[2Jb"), "制御文字 U+001B"),
    "half a character": (lambda: HEAD + question(stem='"\\ud800"'), "YAMLとして読めない"),
    "Shift_JIS": (lambda: (HEAD + question(stem="損失")).encode("shift_jis"), "UTF-8"),
    "UTF-16": (lambda: (HEAD + question()).encode("utf-16"), "UTF-8"),
    "a Python object": (
        lambda: HEAD + question(stem="!!python/object/apply:os.system ['touch /tmp/x']"),
        "タグ",
    ),
    "a comment and nothing else": (lambda: "#" * 15_000_000, "空である"),
    "a device": (lambda: b"", "ファイルではない"),
}


def zipped(folder: Path, *more: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    target = folder / "h.quizpack"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("manifest.json", b"{}"), ("pack.yaml", HEAD.encode()), *more):
            archive.writestr(name, content)
    return target


def link() -> zipfile.ZipInfo:
    about = zipfile.ZipInfo("images/a.png")
    about.create_system = 3
    about.external_attr = 0o120777 << 16
    return about


def truncated(folder: Path) -> Path:
    target = zipped(folder)
    target.write_bytes(target.read_bytes()[:-30])
    return target


def stored(folder: Path) -> Path:
    """An archive that is large although nothing in it is compressed much."""
    block = os.urandom(2**20)
    return zipped(folder, *((f"images/{n}.png", block) for n in range(70)))


ARCHIVES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a zip bomb": (lambda at: zipped(at, ("a.yaml", bytes(500_000_000))), "展開すると大きすぎる"),
    "a large zip": (stored, "大きすぎる"),
    "a hundred thousand files": (
        lambda at: zipped(at, *((f"images/{n}.png", b"") for n in range(60_000))),
        TOO_MANY,
    ),
    "a way out": (lambda at: zipped(at, ("../../evil.yaml", b"x")), "パックの外を指しうる"),
    "an absolute name": (lambda at: zipped(at, ("/etc/evil.yaml", b"x")), "パックの外を指しうる"),
    "a way out of Windows": (
        lambda at: zipped(at, ("..\\evil.yaml", b"x")),
        "パックの外を指しうる",
    ),
    "a link": (lambda at: zipped(at, (link(), b"/etc/passwd")), "リンク"),
    "two files of one name": (lambda at: zipped(at, ("pack.yaml", b"x")), "同じ名前"),
    "a program": (lambda at: zipped(at, ("setup.py", b"x")), "パックのファイルではない"),
    "a truncated zip": (truncated, "読めない"),
    "no manifest of ours": (zipped, "manifest.json の記載と合わない"),
}


def run(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program within its bounds; return what it wrote, having looked at its memory."""
    peak = tmp_path / "peak"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(peak), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "QUIZAPP_DATABASE_URL": str(tmp_path / "quiz.db")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)),
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1), f"ended by {done.returncode}: {done.stderr[-500:]}"
    assert int(peak.read_text()) < MEGABYTES
    return done


def refused(tmp_path: Path, path: Path, says: str) -> None:
    done = run(tmp_path, "pack", "install", str(path))
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr) < 20_000
    assert re.fullmatch(r"[\n\x20-\x7e\x80-\U0010ffff]*", done.stderr)
    assert done.stdout == ""


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "name",
    [*FILES, *ARCHIVES],
)
def test_a_hostile_pack_is_refused(name: str, tmp_path: Path) -> None:
    if name in ARCHIVES:
        make, says = ARCHIVES[name]
        refused(tmp_path, make(tmp_path), says)
        return
    make_text, says = FILES[name]
    text = make_text()
    path = Path(os.devnull) if name == "a device" else tmp_path / "h.yaml"
    if path != Path(os.devnull):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    refused(tmp_path, path, says)


# What acts on a terminal or on Textual, and what must remain of it.
ACTS = {
    "clears the screen": r"\e[2J\e[H",
    "sets the title": r"\e]0;owned\a",
    "a hyperlink": r"\e]8;;http://example.org\e\\click\e]8;;\e\\",
    "C1 controls": "\\x9b2J\\x9d0;owned\\x9c",
    "NUL": r"\0",
    "bells and backspaces": r"\a\b\b\b",
    "bidirectional": r"\u202Egnp.exe\u202C \u2066x\u2069",
    "invisible": r"\u200B\u2060\uFEFF\u00AD",
    "tags": r"\U000E0041\U000E007F",
    "piled marks": "o" + r"\u0301" * 200,
    "markup": "[@click=app.quit]x[/] [red]y[/red] [bold",
    "line ends": r"a\rb\u2028c\x0bd",
}
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]"
)


@pytest.mark.parametrize("acts", ACTS.values(), ids=ACTS)
def test_what_acts_on_a_terminal_is_taken_out(acts: str, tmp_path: Path) -> None:
    text = f'"前{acts}後"'
    head = (
        f"id: h\ntitle: {text}\nversion: 1.0.0\nlicence: {text}\nauthors: [{text}]\n"
        f"syllabus: {text}\ndescription: {text}\nquestions:\n"
    )
    options = (
        f'[{{text: "一{acts}", reason: {text}, right: true}}, {{text: "二{acts}", reason: {text}}}]'
    )
    texts = dict.fromkeys(("stem", "explanation", "source"), text)
    path = tmp_path / "h.yaml"
    path.write_text(
        head + question(options=options, hints=f"[{text}]", tags=f"[{text}]", **texts),
        encoding="utf-8",
    )
    shown = ""
    for words in (
        ["pack", "install", str(path)],
        ["pack", "list"],
        ["pack", "list", "--json"],
        ["ask", "h/q", "--answer", "1"],
        ["pack", "check", str(path)],
    ):
        done = run(tmp_path, *words)
        shown += done.stdout + done.stderr
    assert shown.count("前") >= 8
    assert FORBIDDEN.search(shown) is None
    assert re.search("\u0301{5}", shown) is None
    if "[" in acts and "\\e" not in acts:
        assert acts in shown  # markup is text like any other


def test_a_hostile_folder_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    (folder / "images").mkdir()
    (folder / "images" / "etc.png").symlink_to("/etc/passwd")
    (folder / "more.yaml").symlink_to("/dev/zero")
    refused(tmp_path, folder, "リンクは使わず")
