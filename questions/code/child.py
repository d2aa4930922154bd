"""The learner's program, run in the process that `sandbox` starts. Imports torch, nothing of ours but the guards.

Standard input brings one JSON object; the descriptor named by the last argument takes back one JSON
object a line: `ready`, then one for every case, then `done`. Numbers cross as plain lists.
"""

from __future__ import annotations

import json
import math
import os
import sys
import types
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict, cast

from questions.code import confinement
from questions.code.calls import Refused

if TYPE_CHECKING:
    from torch import Tensor

FILE = "<answer>"  # the name of the learner's program in tracebacks
_MOST_NUMBERS = 10_000  # of a returned tensor; beyond, only its shape is sent
_MOST_WORDS = 500  # characters of an error's message


class TensorJson(TypedDict):
    """A tensor; `values` row by row, None where there are too many or they are no real numbers."""

    shape: list[int]
    dtype: str
    values: list[float | int | str] | None


class CaseJson(TypedDict):
    """One call: the tensors in order, which of them the gradient is asked for (or none), options."""

    tensors: list[TensorJson]
    gradient: int | None
    options: dict[str, object]


class Request(TypedDict):
    """A program, how it is called, and the limits."""

    source: str
    entry: str
    form: str  # "function" or "module"
    cases: list[CaseJson]
    cpu: int
    memory: int
    open_files: int


class ProblemJson(TypedDict):
    """Why there is no value, or no gradient."""

    kind: str  # a `program.ProblemKind`
    name: str
    message: str
    line: int | None
    reason: str | None


class _Unusable(Exception):
    """The program ran but what it gave cannot be used."""

    def __init__(self, kind: str, name: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.name = name


def main() -> None:
    """Serve one request and end the process."""
    channel = int(sys.argv[-1])
    request = cast("Request", json.loads(sys.stdin.buffer.read()))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)

    def send(message: Mapping[str, object]) -> None:
        rest = json.dumps(message).encode() + b"\n"
        while rest:
            rest = rest[os.write(channel, rest) :]

    protections = confinement.separate()
    try:
        _warm_up()
    except (ImportError, OSError) as error:
        send({"unstartable": f"{type(error).__name__}: {error}"[:_MOST_WORDS]})
        return
    protections += confinement.confine(
        cpu=request["cpu"], memory=request["memory"], open_files=request["open_files"]
    )
    send({"ready": list(protections)})
    _run(request, send)
    send({"done": True})
    # Nothing that the program left behind (exit handlers, threads) is waited for.
    os._exit(0)


def _warm_up() -> None:
    """Load torch, and what it loads at first use: later nothing may be opened or started."""
    import torch  # noqa: PLC0415 - the reason for this process
    import torch.nn.functional as F  # noqa: N812, PLC0415

    torch.set_num_threads(1)
    point = torch.ones(2, 2, requires_grad=True)
    loss = F.cross_entropy(point.logsumexp(1, keepdim=True) * point, torch.tensor([0, 1]))
    torch.autograd.grad(loss, point)
    str(point)
    warnings.simplefilter("always")


def _run(request: Request, send: Callable[[Mapping[str, object]], None]) -> None:
    try:
        found = _loaded(request)
    # Whatever the program raises, SystemExit included, is told to the learner.
    except BaseException as error:  # noqa: BLE001
        send({"problem": _problem(error)})
        return
    for number, case in enumerate(request["cases"]):
        try:
            send({"case": number, **_called(found, request, case)})
        except BaseException as error:  # noqa: BLE001
            send({"case": number, "problem": _problem(error)})


def _loaded(request: Request) -> Callable[..., object]:
    module = types.ModuleType("answer")
    sys.modules["answer"] = module  # where dataclasses and pickle look
    exec(compile(request["source"], FILE, "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    found = module.__dict__.get(request["entry"])
    if not callable(found):
        raise _Unusable("missing", request["entry"])
    return cast("Callable[..., object]", found)


def _called(found: Callable[..., object], request: Request, case: CaseJson) -> dict[str, object]:
    import torch  # noqa: PLC0415 - loaded long ago

    torch.manual_seed(0)
    tensors = [_tensor(tensor) for tensor in case["tensors"]]
    place = case["gradient"]
    if place is not None:
        tensors[place].requires_grad_()
    options = case["options"]
    if request["form"] == "module":
        module = found(**options)
        if not isinstance(module, torch.nn.Module):
            raise _Unusable("no_module", type(module).__name__)
        result = module.to(tensors[place or 0].dtype)(*tensors)
    else:
        result = found(*tensors, **options)
    if not isinstance(result, torch.Tensor):
        raise _Unusable("no_tensor", type(result).__name__)
    if place is None:
        return {"value": _written(result)}
    return {"value": _written(result), **_gradient(result, tensors[place])}


def _gradient(result: Tensor, point: Tensor) -> dict[str, object]:
    import torch  # noqa: PLC0415

    if not result.requires_grad:
        return {"no_gradient": _problem(_Unusable("no_gradient"))}
    try:
        (gradient,) = torch.autograd.grad(result.sum(), point, allow_unused=True)
    except RuntimeError as error:
        return {"no_gradient": _problem(error)}
    if gradient is None:
        return {"no_gradient": _problem(_Unusable("no_gradient"))}
    return {"gradient": _written(gradient)}


def _tensor(data: TensorJson) -> Tensor:
    import torch  # noqa: PLC0415

    numbers = [
        float(number) if isinstance(number, str) else number for number in data["values"] or ()
    ]
    return torch.tensor(numbers, dtype=getattr(torch, data["dtype"])).reshape(data["shape"])


def _written(tensor: Tensor) -> TensorJson:
    import torch  # noqa: PLC0415

    numbers: Sequence[float] | None = None
    if tensor.numel() <= _MOST_NUMBERS and not tensor.is_complex():
        numbers = tensor.detach().to(torch.float64).flatten().tolist()
    return {
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "values": None
        if numbers is None
        else [number if math.isfinite(number) else str(number) for number in numbers],
    }


def _problem(error: BaseException) -> ProblemJson:
    kind, name, reason = "raised", type(error).__name__, None
    if isinstance(error, _Unusable):
        kind, name = error.kind, error.name
    elif isinstance(error, SyntaxError) and error.filename == FILE:
        kind = "syntax"
    elif isinstance(error, Refused):
        kind, reason = "refused", error.reason
    elif "can't start new thread" in str(error):  # the kernel's refusal
        kind, reason = "refused", "processes"
    elif isinstance(error, MemoryError) or "can't allocate memory" in str(error):
        kind = "memory"
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return {
        "kind": kind,
        "name": name[:_MOST_WORDS],
        "message": message[:_MOST_WORDS],
        "line": _line(error),
        "reason": reason,
    }


def _line(error: BaseException) -> int | None:
    """Return the last line of the program that the error passed through."""
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
