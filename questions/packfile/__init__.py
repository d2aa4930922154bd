"""Packs as authors write them: YAML 1.2, read with the place of everything in the file."""

from __future__ import annotations

from questions.packfile.problems import PackProblems, Problem
from questions.packfile.reading import Survey, read_pack, survey

__all__ = ["PackProblems", "Problem", "Survey", "read_pack", "survey"]
