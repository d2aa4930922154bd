"""`python -P -m questions.compute`: the worker process."""

from __future__ import annotations

from questions.compute.worker import main

if __name__ == "__main__":
    main()
