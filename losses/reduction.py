"""The names of the reductions; no torch here."""

from __future__ import annotations

from typing import Literal

Reduction = Literal["none", "mean", "sum"]
