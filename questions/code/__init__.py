"""Run a learner's program in a process of its own and compare what it gives with the reference.

`confinement`, `kernel_filter`, `calls` and `child` are the child's side and know nothing of the
questions; `sandbox` starts the child and reads what it sends; `comparison` judges those numbers.
Nothing that the learner's program does is believed: it sends values, and they are compared here.
"""
