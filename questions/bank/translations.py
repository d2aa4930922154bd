"""Packs that are translations: the same questions in another language.

A translated question is not another question. It has no card of its own and stands in no exam: its
original does. Whoever studies in its language is shown it in the place of the original, under the
same schedule; a question that nobody has translated is shown in the language it is written in. So
every question is asked once, and changing the language loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ColumnElement, Engine, select

from losses.text import Language
from questions.bank.pack_info import pack_info
from questions.bank.tables import PackRow, QuestionRow

# How the JSON of a pack says that it is a translation. Inside of a text the quotes are escaped.
_TRANSLATES: Final = '"translates":"'

# Of a row of the question table: it is asked by itself.
ASKED_BY_ITSELF: Final[ColumnElement[bool]] = QuestionRow.pack_id.not_in(
    select(PackRow.id).where(PackRow.about.contains(_TRANSLATES, autoescape=True))
)


def translations(engine: Engine, language: Language) -> Mapping[str, str]:
    """Return original -> translation, as ids, of the questions that are to be had in a language.

    Where an original has several translations, that of the last pack by id. Translations that are
    no longer in use are left out.
    """
    wanted = (
        select(QuestionRow.id, QuestionRow.slug, PackRow.about)
        .join(PackRow)
        .where(
            PackRow.language == language,
            PackRow.about.contains(_TRANSLATES, autoescape=True),
            ~QuestionRow.retired,
        )
        .order_by(PackRow.id)
    )
    with engine.connect() as connection:
        return {
            f"{pack_info(row.about).translates}/{row.slug}": row.id
            for row in connection.execute(wanted)
        }
