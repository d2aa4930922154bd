"""Data of others that tests are run on: SOURCES.md says whose."""
