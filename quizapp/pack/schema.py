"""`quizapp pack schema`: the JSON Schema of pack files, for editors."""

from __future__ import annotations

import json

from questions.packfile.schema import pack_schema
from quizapp.language import Language


def schema_text(language: Language) -> str:
    """Return the schema as JSON; what it says of the keys is in this language."""
    return json.dumps(pack_schema(language), ensure_ascii=False, indent=2) + "\n"
