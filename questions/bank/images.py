"""The images of installed packs: in the database, so that everybody who shares it has them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import Connection, Engine, delete, insert, select

from questions.bank.tables import PackImage


def store_images(connection: Connection, pack_id: str, images: Mapping[str, bytes]) -> None:
    """Make a pack have exactly these images. What is there already is not written again."""
    wanted = {name: hashlib.sha256(data).hexdigest() for name, data in images.items()}
    stored = {
        row.name: row.digest
        for row in connection.execute(
            select(PackImage.name, PackImage.digest).where(PackImage.pack_id == pack_id)
        )
    }
    for name in stored.keys() - {name for name in wanted if stored.get(name) == wanted[name]}:
        connection.execute(
            delete(PackImage).where(PackImage.pack_id == pack_id, PackImage.name == name)
        )
    for name in sorted(wanted):
        if stored.get(name) != wanted[name]:
            connection.execute(
                insert(PackImage).values(
                    pack_id=pack_id, name=name, digest=wanted[name], data=images[name]
                )
            )


def image(engine: Engine, pack_id: str, name: str) -> bytes | None:
    """Return an image of a pack by its name in the pack ("images/graph.png"), None without one."""
    with engine.connect() as connection:
        return connection.scalar(
            select(PackImage.data).where(PackImage.pack_id == pack_id, PackImage.name == name)
        )
