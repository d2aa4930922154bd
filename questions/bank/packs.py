"""The packs of the bank: which there are, and taking one out or putting it back.

A pack that is taken out keeps its row and its questions, which are retired: the history refers to
them. Its images are deleted. Built-in packs can be taken out too; they stay out until they are put back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select, update

from questions.bank.bank import WRITES, next_generation
from questions.bank.images import store_images
from questions.bank.pack_info import PackInfo
from questions.bank.tables import BUILTIN, PackImage, PackRow, QuestionRow


class PackNotThere(LookupError):
    """No pack with this id is installed; `known` are those that are."""

    def __init__(self, pack_id: str, known: tuple[str, ...]) -> None:
        super().__init__(pack_id)
        self.known = known


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack of the bank, and how many questions in use and images it has."""

    about: PackInfo
    digest: str
    origin: str
    installed_at: datetime
    removed_at: datetime | None
    questions: int
    images: int

    @property
    def is_builtin(self) -> bool:
        """Return whether it comes with the program."""
        return self.origin.startswith(BUILTIN)


def installed_packs(engine: Engine, *, removed: bool = False) -> tuple[InstalledPack, ...]:
    """Return the packs by id, without those that were removed or with them."""
    in_use = (
        select(func.count())
        .select_from(QuestionRow)
        .where(QuestionRow.pack_id == PackRow.id, ~QuestionRow.retired)
        .scalar_subquery()
    )
    with_it = (
        select(func.count())
        .select_from(PackImage)
        .where(PackImage.pack_id == PackRow.id)
        .scalar_subquery()
    )
    wanted = select(
        PackRow.about,
        PackRow.digest,
        PackRow.origin,
        PackRow.installed_at,
        PackRow.removed_at,
        in_use.label("questions"),
        with_it.label("images"),
    ).order_by(PackRow.id)
    if not removed:
        wanted = wanted.where(PackRow.removed_at.is_(None))
    with engine.connect() as connection:
        return tuple(
            InstalledPack(
                about=PackInfo.model_validate_json(row.about),
                digest=row.digest,
                origin=row.origin,
                installed_at=row.installed_at,
                removed_at=row.removed_at,
                questions=row.questions,
                images=row.images,
            )
            for row in connection.execute(wanted)
        )


def remove(engine: Engine, pack_id: str) -> int:
    """Take a pack out; return how many questions were retired. Raises PackNotThere."""
    with engine.execution_options(**WRITES).begin() as connection:
        generation = next_generation(connection)
        found = connection.execute(
            update(PackRow)
            .where(PackRow.id == pack_id, PackRow.removed_at.is_(None))
            .values(removed_at=datetime.now(UTC))
        )
        if found.rowcount == 0:
            known = connection.scalars(
                select(PackRow.id).where(PackRow.removed_at.is_(None)).order_by(PackRow.id)
            )
            raise PackNotThere(pack_id, tuple(known))
        store_images(connection, pack_id, {})
        retired = connection.execute(
            update(QuestionRow)
            .where(QuestionRow.pack_id == pack_id, ~QuestionRow.retired)
            .values(retired=True, generation=generation)
        )
        return retired.rowcount


def put_back(engine: Engine, pack_id: str) -> bool:
    """Let `install_builtin` install a built-in pack again that was removed.

    Return whether there is such a pack.
    """
    with engine.execution_options(**WRITES).begin() as connection:
        found = connection.execute(
            update(PackRow)
            .where(
                PackRow.id == pack_id,
                PackRow.removed_at.is_not(None),
                PackRow.origin.startswith(BUILTIN, autoescape=True),
            )
            .values(removed_at=None, digest="")
        )
        return found.rowcount > 0
