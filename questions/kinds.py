"""The names of the kinds of question; the models themselves are in `questions.model`.

Here so that the command line knows them before pydantic is loaded.
"""

from __future__ import annotations

KINDS = (
    "choice",
    "multiple",
    "true_false",
    "pick",
    "term",
    "card",
    "order",
    "match",
    "blank",
    "numeric",
    "calculated_choice",
    "compare",
    "code",
)

# Those whose numbers are found by PyTorch.
COMPUTED_KINDS = ("numeric", "calculated_choice", "compare")
# Of these, the kinds that cannot even be shown without it: their options are computed.
COMPUTED_TO_BE_SHOWN = ("calculated_choice",)

# Those that can always be shown, but whose answer is compared with what PyTorch gives.
_JUDGED_BY_PYTORCH = ("code",)


def may_need_computing(kind: str | None) -> bool:
    """Return whether questions of a kind need PyTorch; None stands for all kinds."""
    return kind is None or kind in (*COMPUTED_KINDS, *_JUDGED_BY_PYTORCH)
