"""Who learns: study history, scheduling, terminal screens, command line."""

from __future__ import annotations

import os

__version__ = "0.1.0"

# Under the kitty keyboard protocol, text committed by an IME arrives broken (five or more
# characters) or not at all. Textual reads this once, at its first import; an explicit value of
# the user's is kept.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
