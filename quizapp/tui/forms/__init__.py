"""The ways of answering on the screen, one module each; `forms_of_kinds` says which is whose."""
