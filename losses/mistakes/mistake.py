"""A wrong calculation that can be run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from losses.text import Text

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class Mistake:
    """What the learner did (`says`), how to mend it, and the wrong calculation itself.

    `function` has the signature of the right loss. It gives NaN where the shapes or options leave
    no room for the mistake: a sum in the place of the mean of one term, say. `departs_at` is the
    id of the worked step from which it goes its own way.
    """

    id: str
    says: Text
    remedy: Text
    departs_at: str
    function: Callable[..., Tensor]
