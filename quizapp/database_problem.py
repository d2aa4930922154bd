"""A database that cannot be used, in words for whoever has to do something about it."""

from __future__ import annotations

from losses.text import Text
from quizapp.language import say
from quizapp.problem import Problem


class DatabaseProblem(Problem):
    """The database cannot be opened, read or written."""

    def __init__(self, text: Text) -> None:
        super().__init__(say(text))
        self.text = text
