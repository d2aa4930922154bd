"""Use the installed program from another directory, as a learner would.

Run by the Python of an environment into which `pip install .` put the program and nothing else.
Shows that the packs, the locale files, the migrations and the theme are in the wheel.
"""
