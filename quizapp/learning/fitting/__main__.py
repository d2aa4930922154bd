"""`python -P -m quizapp.learning.fitting`: the process that fits, at a low priority."""

from __future__ import annotations

import os
from collections.abc import Mapping

from questions.compute.worker import Operation, main

_GIVES_WAY = 5  # so much nicer than a screen


def _operations() -> Mapping[str, Operation]:
    import torch  # noqa: PLC0415 - the reason for this process

    from quizapp.learning.fitting import operations  # noqa: PLC0415 - imports torch

    torch.set_num_threads(1)  # sums in one order: the same weights every time
    return {"trial": operations.trial_of}


if __name__ == "__main__":
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_GIVES_WAY)
    main(_operations)
