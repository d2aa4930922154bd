"""Divergences and distances between distributions, as worked on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from losses.worked.step import Step

STEPS: Mapping[str, Callable[..., tuple[Step, ...]]] = {}
