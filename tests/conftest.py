"""Settings of every test."""

from __future__ import annotations

from hypothesis import settings

# A property is judged by what it says, never by how long a busy machine took to say it.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
