"""The screens' side of the worker: starts it, asks it, and survives its death."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import IO, BinaryIO, TypedDict, cast

from losses.text import Text
from losses.worked.step import Value
from questions.code.reference import Reference, ReferenceJson, read_reference
from questions.compute import framing
from questions.compute.codec import (
    EvaluationJson,
    SeedJson,
    TextJson,
    read_evaluation,
    read_settled,
    read_text,
)
from questions.evaluation import Evaluation
from questions.model import CodeQuestion, ComputedQuestion
from questions.settle_many import Settled, Unsettled

# A plain subprocess: multiprocessing's spawn and forkserver fail inside a running Textual app.
# -P: a file called torch.py in the working directory must not be imported.
COMMAND = (sys.executable, "-P", "-m", "questions.compute")

TIMEOUT = 60.0  # seconds; loading torch on a busy machine included
_LAST_WORDS = 4000  # characters of the worker's stderr kept for --debug


class ErrorJson(TypedDict):
    """Why a request was refused."""

    kind: str
    message: str
    text: TextJson | None


class ComputeUnavailable(Exception):
    """The worker could not compute, even after a restart. `text` is for the learner."""

    def __init__(self, text: Text, detail: str = "") -> None:
        super().__init__(text.en)
        self.text = text
        self.detail = detail


class ComputeRefused(Exception):
    """The question cannot be computed with these numbers; `text` says why."""

    def __init__(self, kind: str, message: str, text: Text | None = None) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind
        self.text = text or Text(
            f"この問題の数は計算できない（{message}）。",
            f"The numbers of this question cannot be computed ({message}).",
        )


class _Died(Exception):
    """The process ended before it answered."""


class _Process:
    """One run of the worker: its pipes, and the requests it has not answered yet."""

    def __init__(self, command: Sequence[str]) -> None:
        self.ready = threading.Event()
        self.why_not: str | None = None
        self.stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - outlives this call
        self._pending: dict[int, Future[dict[str, object]]] = {}
        self._lock = threading.Lock()  # of _pending and _dead
        # Of the pipe; not the same, or replies could not be taken while a long request is written.
        self._writing = threading.Lock()
        self._dead = False
        self.popen = subprocess.Popen(  # noqa: S603 - our own command
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.stderr,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            # A session of its own: Ctrl+C and a closed terminal are the screens' affair.
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="compute-replies", daemon=True)
        self._reader.start()

    @property
    def alive(self) -> bool:
        return not self._dead

    def ask(self, number: int, op: str, payload: Mapping[str, object]) -> Future[dict[str, object]]:
        """Send a request. Raises _Died when the process is gone."""
        answer: Future[dict[str, object]] = Future()
        with self._lock:
            if self._dead:
                raise _Died
            self._pending[number] = answer
        try:
            with self._writing:
                framing.send(
                    cast("BinaryIO", self.popen.stdin),
                    {"id": number, "op": op, "payload": payload},
                )
        except (OSError, ValueError) as error:  # ValueError: the pipe was closed on this side
            with self._lock:
                self._pending.pop(number, None)
            if isinstance(error, framing.Unsendable):
                raise ComputeRefused("Unsendable", str(error)) from error
            raise _Died from error
        return answer

    def end(self, *, patience: float) -> None:
        """Close the pipe, which ends the process; kill it when it does not listen."""
        if self.popen.stdin is not None and self._writing.acquire(timeout=patience):
            try:
                self.popen.stdin.close()
            except OSError:
                pass  # it is gone already
            finally:
                self._writing.release()
        try:
            self.popen.wait(patience)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()

    def last_words(self) -> str:
        """Return the end of what the process wrote to stderr."""
        size = self.stderr.seek(0, os.SEEK_END)
        self.stderr.seek(max(0, size - _LAST_WORDS))
        return self.stderr.read().decode(errors="replace")

    def _read(self) -> None:
        replies = cast("BinaryIO", self.popen.stdout)
        try:
            while (message := framing.receive(replies)) is not None:
                if "ready" in message:
                    self.why_not = None if message["ready"] else str(message.get("why", ""))
                    if self.why_not is None:
                        self.ready.set()
                    continue
                with self._lock:
                    waiting = self._pending.pop(cast("int", message["id"]), None)
                if waiting is not None:
                    waiting.set_result(message)
        except (framing.BrokenFrame, OSError, ValueError):
            self.popen.kill()  # out of step: nothing more can be understood
        finally:
            try:
                self.popen.wait(1.0)
            except subprocess.TimeoutExpired:  # it speaks no more but does not end either
                self.popen.kill()
                self.popen.wait()
            replies.close()
            with self._lock:
                self._dead = True
                self.ready.clear()
                left = list(self._pending.values())
                self._pending.clear()
            for waiting in left:
                waiting.set_exception(_Died())


class Worker:
    """One worker process, started on demand; every method may be called from any thread.

    `command` runs `questions.compute.worker.main`.
    """

    def __init__(self, *, command: Sequence[str], timeout: float = TIMEOUT) -> None:
        self._command = tuple(command)
        self._timeout = timeout
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._number = 0
        self._closed = False

    def start(self) -> None:
        """Start the process unless it runs. Returns at once; torch loads meanwhile."""
        self._running()

    @property
    def ready(self) -> bool:
        """Whether torch is loaded and a request would be answered without delay."""
        process = self._process
        return process is not None and process.alive and process.ready.is_set()

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        process = self._process
        return process.popen.pid if process is not None and process.alive else None

    def close(self, *, patience: float = 1.0) -> None:
        """End the process; later requests raise ComputeUnavailable.

        `patience`: seconds in which it may finish what it does, before it is killed.
        """
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            # While it loads torch it does not listen, and there is nothing to be lost.
            process.end(patience=patience if process.ready.is_set() else 0.0)

    def _running(self) -> _Process:
        with self._lock:
            if self._closed:
                raise ComputeUnavailable(
                    Text("計算エンジンは終了している。", "The computing engine has been closed.")
                )
            if self._process is None or not self._process.alive:
                try:
                    self._process = _Process(self._command)
                except OSError as error:
                    raise ComputeUnavailable(
                        Text(
                            "計算エンジンを起動できない。",
                            "The computing engine cannot be started.",
                        ),
                        str(error),
                    ) from error
            return self._process

    def request(self, op: str, payload: Mapping[str, object]) -> dict[str, object]:
        """Ask and return the answer. If the process dies, ask once more of a new one. Blocks.

        Raises ComputeUnavailable, or ComputeRefused for what the operation raised.
        """
        process = self._running()
        try:
            message = self._ask(process, op, payload)
        except _Died:
            process = self._running()
            try:
                message = self._ask(process, op, payload)
            except _Died as error:
                raise _unavailable(process) from error
        if "error" in message:
            error_json = cast("ErrorJson", message["error"])
            said = error_json["text"]
            raise ComputeRefused(
                error_json["kind"], error_json["message"], read_text(said) if said else None
            )
        return cast("dict[str, object]", message["result"])

    def _ask(self, process: _Process, op: str, payload: Mapping[str, object]) -> dict[str, object]:
        with self._lock:
            self._number += 1
            number = self._number
        answer = process.ask(number, op, payload)
        try:
            return answer.result(self._timeout)
        except FutureTimeout as error:
            process.popen.kill()  # it hangs; the next request gets a fresh one
            raise ComputeUnavailable(
                Text(
                    "計算に時間がかかりすぎたため中断した。もう一度答えると再計算する。",
                    "Computing took too long and was stopped. Answer again to retry.",
                ),
                process.last_words(),
            ) from error


class ComputeWorker(Worker):
    """The worker that computes losses."""

    def __init__(self, *, command: Sequence[str] = COMMAND, timeout: float = TIMEOUT) -> None:
        super().__init__(command=command, timeout=timeout)

    def evaluate(self, question: ComputedQuestion, given: Mapping[str, Value]) -> Evaluation:
        """Compute a question on the numbers shown. Blocks.

        Raises ComputeUnavailable, or ComputeRefused for numbers that the loss refuses.
        """
        result = self.request(
            "evaluate", {"question": question.model_dump(mode="json"), "given": dict(given)}
        )
        return read_evaluation(cast("EvaluationJson", result["evaluation"]))

    def settle(
        self, question: ComputedQuestion, *, question_id: str, content_hash: str, seed: int
    ) -> tuple[int, Evaluation]:
        """Return the attempt of a seed on which every mistake shows, and its evaluation. Blocks.

        Raises ComputeUnavailable, or ComputeRefused where no attempt will do.
        """
        result = self.request(
            "settle",
            {
                "question": question.model_dump(mode="json"),
                "question_id": question_id,
                "content_hash": content_hash,
                "seed": seed,
            },
        )
        evaluation = read_evaluation(cast("EvaluationJson", result["evaluation"]))
        return cast("int", result["attempt"]), evaluation

    def settle_many(
        self, question: ComputedQuestion, seeds: Sequence[int]
    ) -> tuple[Settled | Unsettled, ...]:
        """Settle many seeds: much faster than one by one, with the same attempts. Blocks.

        They come in their order, up to and including the first that cannot be settled. Some
        hundred at a time keep the answer within the time limit. Raises ComputeUnavailable.
        """
        result = self.request(
            "settle_many",
            {"question": question.model_dump(mode="json"), "seeds": list(seeds)},
        )
        return tuple(read_settled(seed) for seed in cast("list[SeedJson]", result["seeds"]))

    def references(self, question: CodeQuestion, seed: int) -> tuple[Reference | None, ...]:
        """Compute what a program is compared with on every case of a seed. Blocks.

        None stands for a case that cannot be compared. Raises ComputeUnavailable, or
        ComputeRefused where no case is left.
        """
        result = self.request(
            "references", {"question": question.model_dump(mode="json"), "seed": seed}
        )
        found = cast("list[ReferenceJson | None]", result["references"])
        return tuple(None if one is None else read_reference(one) for one in found)

    def single_precision(
        self, question: ComputedQuestion, givens: Sequence[Mapping[str, Value]]
    ) -> tuple[float | None, ...]:
        """Compute a question in float32 on each set of numbers. Blocks.

        None stands for what has no finite value. Raises ComputeUnavailable, ComputeRefused.
        """
        result = self.request(
            "single_precision",
            {
                "question": question.model_dump(mode="json"),
                "givens": [dict(given) for given in givens],
            },
        )
        return tuple(cast("list[float | None]", result["values"]))

    def versions(self) -> dict[str, str]:
        """Return what computes: the versions of torch and Python. Blocks.

        Raises ComputeUnavailable.
        """
        return cast("dict[str, str]", self.request("versions", {}))


def _unavailable(process: _Process) -> ComputeUnavailable:
    if process.why_not is not None:
        return ComputeUnavailable(
            Text(
                f"PyTorchを読み込めない（{process.why_not}）。",
                f"PyTorch cannot be loaded ({process.why_not}).",
            ),
            process.last_words(),
        )
    return ComputeUnavailable(
        Text(
            "計算エンジンが2回続けて停止した。答えは採点されていない。もう一度答えると再起動する。",
            "The computing engine stopped twice in a row. The answer is not graded; "
            "answer again to restart it.",
        ),
        process.last_words(),
    )
