"""Messages on a pipe: four bytes of length (big-endian), then that many bytes of JSON."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import BinaryIO

LIMIT = 16 * 1024 * 1024  # bytes; no question comes near it

_LENGTH = struct.Struct(">I")


class BrokenFrame(Exception):
    """The other side sent something that is not a message."""


class Unsendable(ValueError):
    """A message that JSON cannot hold or that is too long; nothing of it was written."""


def send(pipe: BinaryIO, message: Mapping[str, object]) -> None:
    """Write one message. Raises Unsendable, or OSError when the pipe is gone."""
    try:
        body = json.dumps(message, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, TypeError) as error:
        raise Unsendable(str(error)) from error
    if len(body) > LIMIT:
        raise Unsendable(f"a message of {len(body)} bytes is over the limit of {LIMIT}")
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: BinaryIO) -> dict[str, object] | None:
    """Read one message; None at the end of the stream. Raises BrokenFrame for anything else."""
    head = pipe.read(_LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise BrokenFrame("the stream ends inside a length")
    (length,) = _LENGTH.unpack(head)
    if length > LIMIT:
        raise BrokenFrame(f"a message of {length} bytes is over the limit of {LIMIT}")
    body = pipe.read(length)
    if len(body) < length:
        raise BrokenFrame("the stream ends inside a message")
    try:
        message = json.loads(body)
    except ValueError as error:
        raise BrokenFrame("a message is not JSON") from error
    if not isinstance(message, dict):
        raise BrokenFrame("a message is not an object")
    return message
