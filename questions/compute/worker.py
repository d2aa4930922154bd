"""The worker process: loads torch, then answers requests until its standard input ends.

It speaks on copies of its descriptors 0 and 1 and points the originals at the null device, so
that nothing a library prints can be taken for a message or reach the terminal.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import BinaryIO, TypedDict, cast

from losses.text import Text
from questions.compute import framing
from questions.compute.codec import text_json

Reply = dict[str, object]
Operation = Callable[[dict[str, object]], Reply]


class Request(TypedDict):
    """What the client asks: `op` and its arguments."""

    id: int
    op: str
    payload: dict[str, object]


def main(load: Callable[[], Mapping[str, Operation]] | None = None) -> None:
    """Serve the client that started this process.

    `load` imports what is slow and returns what can be asked: losses, unless something else.
    """
    # Ctrl+C in the terminal is for the screens; this process ends when they close the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = _take_over_pipes()
    try:
        operations = (load or _losses)()
    except (ImportError, OSError) as error:
        traceback.print_exc()
        framing.send(replies, {"ready": False, "why": f"{type(error).__name__}: {error}"})
        return
    framing.send(replies, {"ready": True})
    try:
        serve(requests, replies, operations)
    except (OSError, framing.BrokenFrame):
        traceback.print_exc()  # the client is gone or out of step; it starts a new worker


def _take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    return requests, replies


def serve(
    requests: BinaryIO,
    replies: BinaryIO,
    operations: Mapping[str, Operation],
) -> None:
    """Answer requests one after another until there are no more."""
    while (message := framing.receive(requests)) is not None:
        request = cast("Request", message)
        reply = _answer(request, operations)
        try:
            framing.send(replies, {"id": request["id"], **reply})
        except framing.Unsendable as error:  # nothing was written: the stream is still in step
            framing.send(replies, {"id": request["id"], **_error(error)})


def _answer(request: Request, operations: Mapping[str, Operation]) -> Reply:
    try:
        return {"result": operations[request["op"]](request["payload"])}
    # Whatever a question makes the mathematics do must not end the worker: the client is told.
    except Exception as error:  # noqa: BLE001
        traceback.print_exc()
        return _error(error)


def _error(error: Exception) -> Reply:
    text = getattr(error, "text", None)
    said = text_json(text) if isinstance(text, Text) else None
    return {"error": {"kind": type(error).__name__, "message": str(error), "text": said}}


def _losses() -> dict[str, Operation]:
    import torch  # noqa: PLC0415 - the reason for this process

    from questions.compute import operations  # noqa: PLC0415 - imports torch

    # Losses of a handful of numbers: more threads only cost start-up time and the screen's share.
    torch.set_num_threads(1)
    return {
        "evaluate": operations.evaluate_given,
        "references": operations.references_of_seed,
        "settle": operations.settle_seed,
        "settle_many": operations.settle_seeds,
        "single_precision": operations.single_precision,
        "versions": operations.versions,
    }
