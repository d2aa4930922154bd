"""`python -m quizapp` is `quizapp`."""

from __future__ import annotations

from quizapp.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
