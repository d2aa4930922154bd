"""The question bank in a database."""
