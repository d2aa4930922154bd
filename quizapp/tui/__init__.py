"""Terminal screens. Textual is imported only here."""
