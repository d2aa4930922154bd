"""FSRS-6 weights fitted to a learner, in a process of its own: torch never loads beside a screen."""
