"""The names of the reductions; no torch here."""

from __future__ import annotations

from typing import Literal

Reduction = Literal["none", "mean", "sum"]

# "batchmean": the sum divided by the size of the first axis, as in torch.nn.KLDivLoss.
BatchReduction = Literal["none", "batchmean", "mean", "sum"]
