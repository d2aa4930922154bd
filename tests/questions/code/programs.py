"""Programs for the tests, and the calls that try them."""

from __future__ import annotations

from questions.code.program import Call, Form, Program, TensorData

RIGHT = "def loss(pred, target):\n    return ((pred - target) ** 2).mean()\n"


def vector(*values: float, dtype: str = "float64") -> TensorData:
    return TensorData((len(values),), dtype, values)


def program(source: str, *, calls: int = 2, form: Form = "function") -> Program:
    """A program that is called with (1, 2, 3) and (0, 2, 5), several times."""
    call = Call((vector(1, 2, 3), vector(0, 2, 5)), 0)
    return Program(source=source, entry="loss", form=form, calls=(call,) * calls)
