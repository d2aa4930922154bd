"""Run a learner's program in a process of its own, under limits, and read what it sends.

The process is a plain Python without this program's environment; its home and working directory
is a new directory that is deleted afterwards. It is killed as soon as it has sent its results or
has used up a limit, with everything it started. Whatever it sends is only data.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from losses.text import Text
from questions.code.limits import Limits
from questions.code.program import Ending, Output, Problem, ProblemKind, Program, Run, TensorData

# -I: neither the working directory nor the environment says what is imported. -B: no bytecode.
# -u: what was printed is there although the process is killed.
_START = (
    "import sys; sys.path.extend(sys.argv[1:-1]); from questions.code import child; child.main()"
)
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # torch may need them to load
_CHUNK = 65536
_SHOWN = 4000  # bytes of what the program printed
_MOST_NUMBERS = 10_000


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Tensor(_Message):
    shape: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(max_length=16)]
    dtype: Annotated[str, Field(max_length=20)]
    values: Annotated[tuple[float, ...], Field(max_length=_MOST_NUMBERS)] | None

    def data(self) -> TensorData:
        return TensorData(self.shape, self.dtype, self.values)


class _Problem(_Message):
    kind: ProblemKind
    name: Annotated[str, Field(max_length=500)]
    message: Annotated[str, Field(max_length=500)]
    line: int | None
    reason: Literal["files", "network", "processes", "system", "reference"] | None

    def problem(self) -> Problem:
        return Problem(self.kind, self.name, self.message, self.line, self.reason)


class _Ready(_Message):
    ready: tuple[str, ...]


class _Unstartable(_Message):
    unstartable: Annotated[str, Field(max_length=500)]


class _Unloadable(_Message):
    problem: _Problem


class _Case(_Message):
    case: int
    value: _Tensor | None = None
    gradient: _Tensor | None = None
    problem: _Problem | None = None
    no_gradient: _Problem | None = None

    def output(self) -> Output:
        return Output(
            None if self.value is None else self.value.data(),
            None if self.gradient is None else self.gradient.data(),
            None if self.problem is None else self.problem.problem(),
            None if self.no_gradient is None else self.no_gradient.problem(),
        )


class _Done(_Message):
    done: Literal[True]


_MESSAGE: TypeAdapter[_Ready | _Unstartable | _Case | _Unloadable | _Done] = TypeAdapter(
    _Ready | _Unstartable | _Case | _Unloadable | _Done
)


def refusal(*, served: bool) -> Text | None:
    """Return why programs of learners are not run here, None where they are.

    `served`: whether others than the owner of this machine use the app.
    """
    if served:
        return Text(
            "共有されている画面では、コードを実行できない。自分の端末でquizappを起動して解く。",
            "Code is not run where the app is served to others; start quizapp on your own machine.",
        )
    if os.name != "posix":
        return Text(
            "このOSではプログラムを安全に制限できないため、コードを実行できない。",
            "This system cannot confine a program, so code is not run here.",
        )
    return None


def run(program: Program, *, limits: Limits | None = None) -> Run:
    """Run a program and return what came of it. Blocks for at most startup + wall seconds.

    Raises RuntimeError where programs cannot be confined (see `refusal`).
    """
    if (why := refusal(served=False)) is not None:
        raise RuntimeError(why.en)
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="quizapp-code-", ignore_cleanup_errors=True) as scratch:
        return _Conversation(program, limits, scratch).held()


class _Conversation:
    """One process, from its start to its end."""

    def __init__(self, program: Program, limits: Limits, scratch: str) -> None:
        self._program = program
        self._limits = limits
        self._scratch = scratch
        self._printed = b""
        self._printed_bytes = 0
        self._received = 0
        self._partial = b""
        self._outputs: list[Output] = []
        self._protections: tuple[str, ...] | None = None
        self._problem: Problem | None = None
        self._detail = ""

    def held(self) -> Run:
        """Start the process, listen, end it."""
        results, theirs = os.pipe()
        try:
            try:
                process = self._started(theirs)
            except OSError as error:
                return Run(ending="unstartable", detail=str(error))
            finally:
                os.close(theirs)
            try:
                ending = self._listen(process, results)
            finally:
                # Killed before it is waited for: until then its number is nobody else's.
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)
                # Not process.wait(): it does not say how much time was used.
                _, status, used = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                if process.stdout is not None:
                    process.stdout.close()
        finally:
            os.close(results)
        if ending == "ended":
            spent = used.ru_utime + used.ru_stime
            ending = self._how_it_ended(process.returncode, spent)
        return Run(
            ending=ending,
            outputs=tuple(self._outputs),
            problem=self._problem,
            printed=self._printed.decode(errors="replace"),
            detail=self._detail,
            protections=self._protections or (),
        )

    def _started(self, channel: int) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment |= {
            "HOME": self._scratch,
            "TMPDIR": self._scratch,
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
        }
        # The request goes through a file: nobody has to feed a pipe while the other side loads.
        with tempfile.TemporaryFile() as request:
            request.write(json.dumps(_request(self._program, self._limits)).encode())
            request.seek(0)
            return subprocess.Popen(  # noqa: S603 - our own command
                [
                    *(sys.executable, "-I", "-B", "-u", "-X", "utf8", "-c", _START),
                    *_places(),
                    str(channel),
                ],
                stdin=request,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=(channel,),
                cwd=self._scratch,
                env=environment,
                # A group of its own, to be killed whole; no terminal to speak to.
                start_new_session=True,
            )

    def _listen(self, process: subprocess.Popen[bytes], results: int) -> Ending:
        """Read until the results are complete, the process has ended, or a limit is reached."""
        assert process.stdout is not None  # noqa: S101 - asked for above
        printed = process.stdout.fileno()
        deadline = time.monotonic() + self._limits.startup
        running = False
        with selectors.DefaultSelector() as selector:
            selector.register(results, selectors.EVENT_READ)
            selector.register(printed, selectors.EVENT_READ)
            while (left := deadline - time.monotonic()) > 0:
                for key, _ in selector.select(left):
                    chunk = os.read(key.fd, _CHUNK)
                    if key.fd == printed:
                        if not chunk:
                            selector.unregister(printed)
                        elif not self._print(chunk):
                            return "output"
                    elif not chunk:
                        return "ended"
                    elif (ending := self._receive(chunk)) is not None:
                        self._last_words(selector, printed)
                        return ending
                if not running and self._protections is not None:
                    running = True
                    deadline = time.monotonic() + self._limits.wall
        return "time" if running else "startup"

    def _print(self, chunk: bytes) -> bool:
        self._printed = (self._printed + chunk)[:_SHOWN]
        self._printed_bytes += len(chunk)
        return self._printed_bytes <= self._limits.printed

    def _last_words(self, selector: selectors.BaseSelector, printed: int) -> None:
        """Take what was printed before the last result and still waits in the pipe."""
        if printed in selector.get_map():
            os.set_blocking(printed, False)
            with contextlib.suppress(BlockingIOError):
                self._print(os.read(printed, _CHUNK))

    def _receive(self, chunk: bytes) -> Ending | None:
        self._received += len(chunk)
        if self._received > self._limits.results:
            return "garbled"
        *lines, self._partial = (self._partial + chunk).split(b"\n")
        for line in lines:
            if (ending := self._take(line)) is not None:
                return ending
        return None

    def _take(self, line: bytes) -> Ending | None:
        """Take one message; return the ending where it is the last one. Nothing is believed."""
        try:
            message = _MESSAGE.validate_json(line)
        except ValidationError:
            return "garbled"
        match message:
            case _Ready() if self._protections is None:
                self._protections = message.ready
                return None
            case _Unstartable() if self._protections is None:
                self._detail = message.unstartable
                return "unstartable"
            case _Unloadable() if self._protections is not None and not self._outputs:
                self._problem = message.problem.problem()
                return "finished"
            case _Case() if self._protections is not None and message.case == len(self._outputs):
                self._outputs.append(message.output())
                complete = len(self._outputs) == len(self._program.calls)
                return "finished" if complete else None
        return "garbled"

    def _how_it_ended(self, status: int, spent: float) -> Ending:
        """Tell a limit of the kernel's from a crash and from leaving early."""
        if status >= 0:
            self._detail = str(status)
            return "ended" if self._protections is not None else "unstartable"
        self._detail = signal.Signals(-status).name
        # The kernel's second signal is for those that do not hear the first.
        if -status == signal.SIGXCPU or (-status == signal.SIGKILL and spent > self._limits.cpu):
            return "time"
        # Killed by us: it had closed the channel but had not ended.
        return "ended" if -status == signal.SIGKILL else "crashed"


def _request(program: Program, limits: Limits) -> dict[str, object]:
    return {
        "source": program.source,
        "entry": program.entry,
        "form": program.form,
        "cases": [
            {
                "tensors": [
                    {
                        "shape": tensor.shape,
                        "dtype": tensor.dtype,
                        "values": [
                            number if abs(number) < float("inf") else str(number)
                            for number in tensor.values or ()
                        ],
                    }
                    for tensor in call.tensors
                ],
                "gradient": call.gradient,
                "options": dict(call.options),
            }
            for call in program.calls
        ],
        "cpu": limits.cpu,
        "memory": limits.memory,
        "open_files": limits.open_files,
    }


def _places() -> tuple[str, ...]:
    """Return where the child finds torch and the guards: it does not see our search path."""
    places = [str(Path(__file__).resolve().parents[2])]
    torch = importlib.util.find_spec("torch")  # finds the package without importing it
    if torch is not None and torch.submodule_search_locations:
        places.append(str(Path(torch.submodule_search_locations[0]).parent))
    return tuple(places)
