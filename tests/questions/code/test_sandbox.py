"""What a learner's program may do, and what comes of everything else."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from questions.code import sandbox
from questions.code.findings import unloadable
from questions.code.limits import Limits
from questions.code.program import Ending, Run
from tests.questions.code.programs import RIGHT, program

# However busy the machine is, a program that would end by itself is not cut short.
LIMITS = Limits(wall=90, cpu=60, memory=128 * 2**20)
SHORT = Limits(wall=3, cpu=2)  # for those that would not
LINUX = sys.platform.startswith("linux")


def test_a_program_sends_its_values_and_gradients() -> None:
    run = sandbox.run(program("print('はい')\n" + RIGHT), limits=LIMITS)
    assert run.ending == "finished"
    first, second = run.outputs
    assert first == second
    assert first.value is not None
    assert first.value.shape == ()
    assert first.value.dtype == "float64"
    assert first.value.values == pytest.approx((5 / 3,))
    assert first.gradient is not None
    assert first.gradient.values == pytest.approx((2 / 3, 0, -4 / 3))
    assert run.printed == "はい\n"


@dataclass(frozen=True)
class Trespass:
    """A program that goes too far, how it ends, and the words in which that is said."""

    name: str
    source: str
    ending: Ending
    says: str

    @property
    def endless(self) -> bool:
        return self.ending == "time"


def body(*lines: str, before: str = "") -> str:
    return before + "\ndef loss(pred, target):\n" + "".join(f"    {line}\n" for line in lines)


HOME = "{home}"  # of whoever runs the tests
TRESPASSES = [
    Trespass("endless loop", body("while True: pass"), "time", "秒以内に終わらない"),
    Trespass(
        "endless sleep",
        body("time.sleep(1000)", before="import time"),
        "time",
        "秒以内に終わらない",
    ),
    Trespass(
        "endless loop that hears no signal",
        body(
            "for one in range(1, 32):",
            "    try: signal.signal(one, signal.SIG_IGN)",
            "    except (OSError, ValueError): pass",
            "while True:",
            "    try: 1",
            "    except BaseException: pass",
            before="import signal",
        ),
        "time",
        "秒以内に終わらない",
    ),
    Trespass(
        "stops itself",
        body("signal.raise_signal(signal.SIGSTOP)", before="import signal"),
        "time",
        "秒以内に終わらない",
    ),
    Trespass("endless loop at import", "while True: pass", "time", "秒以内に終わらない"),
    Trespass("leaves", body("os._exit(0)", before="import os"), "ended", "自分で終了した"),
    Trespass("exits", body("raise SystemExit(0)"), "finished", "SystemExit"),
    Trespass(
        "10 GB in Python", body("return bytearray(10 * 2**30)"), "finished", "メモリーを使いすぎた"
    ),
    Trespass(
        "10 GB in torch",
        body("return torch.zeros(10 * 2**30, dtype=torch.uint8)", before="import torch"),
        "finished",
        "メモリーを使いすぎた",
    ),
    Trespass(
        "10 GB bit by bit",
        body("kept = []", "while True: kept.append(' ' * 2**20)"),
        "finished",
        "メモリーを使いすぎた",
    ),
    Trespass(
        "fork bomb", body("while True: os.fork()", before="import os"), "finished", "プロセスや"
    ),
    Trespass(
        "thread bomb",
        body("while True: threading.Thread(target=input).start()", before="import threading"),
        "finished",
        "スレッドは起動できない",
    ),
    Trespass(
        "starts a program",
        body("subprocess.run(['true'])", before="import subprocess"),
        "finished",
        "プロセスやスレッドは起動できない",
    ),
    Trespass(
        "shell", body("os.system('true')", before="import os"), "finished", "プロセスやスレッドは"
    ),
    Trespass(
        "kills its parent",
        body("os.kill(os.getppid(), 9)", before="import os"),
        "finished",
        "プロセスやスレッドは起動できない",
    ),
    Trespass(
        "writes to the learner's home",
        body(f"open('{HOME}/trespass', 'w').write('x')"),
        "finished",
        "ファイルの作成・変更・削除はできない",
    ),
    Trespass(
        "writes to its own home",
        body("(Path.home() / 'x').write_text('x')", before="from pathlib import Path"),
        "finished",
        "ファイルの作成・変更・削除はできない",
    ),
    Trespass(
        "deletes a file of the learner",
        body(f"os.remove('{HOME}/kept')", before="import os"),
        "finished",
        "ファイルの作成・変更・削除はできない",
    ),
    Trespass(
        "makes a file of the learner unreadable",
        body(f"os.chmod('{HOME}/kept', 0)", before="import os"),
        "finished",
        "ファイルの作成・変更・削除はできない",
    ),
    Trespass(
        "network",
        body("socket.create_connection(('127.0.0.1', 9))", before="import socket"),
        "finished",
        "ネットワークは使えない",
    ),
    Trespass(
        "raises its limits",
        body(
            "resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY,) * 2)",
            before="import resource",
        ),
        "finished",
        "制限の設定は変えられない",
    ),
    Trespass(
        "takes the reference", "from losses import compute as loss", "finished", "PyTorchだけで書く"
    ),
    Trespass("prints without end", body("while True: print('x' * 1000)"), "output", "出力が多す"),
    Trespass(
        "closes the channel",
        body("os.closerange(0, 100)", "return pred.sum()", before="import os"),
        "ended",
        "自分で終了した",
    ),
    Trespass(
        "closes the channel and stays",
        body("os.closerange(0, 100)", "while True: pass", before="import os"),
        "ended",
        "自分で終了した",
    ),
    Trespass(
        "writes nonsense into the channel",
        body(
            "for one in range(3, 100):",
            "    try: os.write(one, b'[[[[\\n')",
            "    except OSError: pass",
            "return pred.sum()",
            before="import os",
        ),
        "garbled",
        "余分なもの",
    ),
    Trespass(
        "floods the channel",
        body(
            "while True:",
            "    for one in range(3, 100):",
            "        try: os.write(one, b'x' * 65536)",
            "        except OSError: pass",
            before="import os",
        ),
        "garbled",
        "余分なもの",
    ),
    Trespass(
        "says that it is ready again",
        body(
            "for one in range(3, 100):",
            "    try: os.write(one, b'{\"ready\": []}\\n')",
            "    except OSError: pass",
            before="import os",
        ),
        "garbled",
        "余分なもの",
    ),
    Trespass(
        "reads memory that is not its own",
        body("ctypes.string_at(0)", before="import ctypes"),
        "crashed",
        "異常終了した（SIGSEGV）",
    ),
    Trespass("recurses without end", body("return loss(pred, target)"), "finished", "Recursion"),
    Trespass("syntax error", "def loss(:\n    pass", "finished", "1行目: 文法が誤っている"),
    Trespass("nothing defined", "lost = 1", "finished", "「loss」が定義されていない"),
    Trespass("returns a number", body("return 1.0"), "finished", "テンソルではなくfloat"),
    Trespass("a mistake of its own", body("x = 1", "return x / 0"), "finished", "4行目: 例外"),
]


@pytest.mark.parametrize("trespass", TRESPASSES, ids=lambda trespass: trespass.name)
def test_a_program_that_goes_too_far_ends_in_a_clear_message(
    trespass: Trespass, tmp_path: Path
) -> None:
    home, descriptors = tmp_path / "home", os.listdir("/dev/fd")
    home.mkdir()
    kept = home / "kept"
    kept.write_text("of the learner")
    mode = kept.stat().st_mode
    limits = SHORT if trespass.endless else LIMITS
    run = sandbox.run(program(trespass.source.replace(HOME, str(home))), limits=limits)
    assert run.ending == trespass.ending
    finding = unloadable(run, limits)
    assert finding is not None
    assert trespass.says in finding.says.ja
    assert finding.says.en
    # The app and its data are unharmed.
    assert [path.name for path in home.iterdir()] == ["kept"]
    assert kept.read_text() == "of the learner"
    assert kept.stat().st_mode == mode
    assert len(os.listdir("/dev/fd")) == len(descriptors)


NATIVE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def loss(pred, target):
    for name, arguments in (
        ("fork", ()),
        ("execv", (b"/bin/true", None)),
        ("open", (b"{home}/trespass", os.O_WRONLY | os.O_CREAT, 0o600)),
        ("open", (b"{home}/kept", os.O_RDWR)),
        ("unlink", (b"{home}/kept",)),
        ("rename", (b"{home}/kept", b"{home}/moved")),
        ("mkdir", (b"{home}/folder", 0o700)),
        ("chmod", (b"{home}/kept", 0)),
        ("truncate", (b"{home}/kept", 0)),
        ("socket", (2, 1, 0)),
        ("socket", (1, 1, 0)),
        ("kill", (os.getppid(), 0)),
        ("setsid", ()),
        ("memfd_create", (b"x", 0)),
        ("ptrace", (16, os.getppid(), 0, 0)),
    ):
        done = getattr(libc, name)(*arguments)
        if done == 0 and name == "fork":
            os._exit(0)
        print(name, "refused" if done == -1 else "done")
    return pred.sum()
"""


@pytest.mark.skipif(not LINUX, reason="the kernel's filter is Linux's")
def test_native_code_is_refused_by_the_kernel(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("of the learner")
    run = sandbox.run(program(NATIVE.replace("{home}", str(tmp_path)), calls=1), limits=LIMITS)
    assert "kernel" in run.protections
    assert run.ending == "finished"
    lines = run.printed.splitlines()
    assert len(lines) == 15
    assert [line for line in lines if not line.endswith(" refused")] == []
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert kept.read_text() == "of the learner"


def test_it_sees_neither_the_environment_nor_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", "postgresql://secret")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "torch.py").write_text("raise RuntimeError")
    source = (
        "import os\nprint(os.getcwd(), os.environ['HOME'], 'secret' in str(os.environ))\n" + RIGHT
    )
    run = sandbox.run(program(source), limits=LIMITS)
    assert run.ending == "finished"
    here, home, is_seen = run.printed.split()
    assert here == home
    assert is_seen == "False"
    assert not Path(here).exists()


def test_what_runs_first_does_not_hold_for_later_programs() -> None:
    sandbox.run(program("import torch\ntorch.mean = None\n" + RIGHT), limits=LIMITS)
    assert sandbox.run(program(RIGHT), limits=LIMITS).ending == "finished"


def test_what_was_reached_before_the_end_is_kept() -> None:
    source = "done = []\n" + body(
        "done.append(1)", "while len(done) > 1: pass", "return pred.sum()"
    )
    run: Run = sandbox.run(program(source), limits=SHORT)
    assert run.ending == "time"
    assert len(run.outputs) == 1


def test_no_process_that_cannot_be_started_is_mistaken_for_the_learners(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    run = sandbox.run(program(RIGHT), limits=LIMITS)
    assert run.ending == "unstartable"
    finding = unloadable(run, LIMITS)
    assert finding is not None
    assert "起動できない" in finding.says.ja


def test_programs_are_never_run_where_the_app_is_served() -> None:
    assert sandbox.refusal(served=False) is None
    why = sandbox.refusal(served=True)
    assert why is not None
    assert "共有" in why.ja
    assert "served" in why.en
