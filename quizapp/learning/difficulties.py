"""What an author's rating of a question stands for until answers say more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# In logits: the questions of an exam spread by 1 around 0.
_LOGITS: Final[Mapping[str, float]] = {"basic": -1.0, "standard": 0.0, "advanced": 1.0}


def logits_of(difficulty: str) -> float:
    """Return the difficulty in logits; 0, that of an average question, for an unknown rating."""
    return _LOGITS.get(difficulty, 0.0)
