"""The tables of the question bank, and the `Base` that every table of the database shares."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, MetaData, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questions.bank.columns import UTCDateTime


class Base(DeclarativeBase):
    """All tables of the database. Constraints have names, so that migrations can reach them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# How the origin of a pack begins that comes with the program.
BUILTIN = "builtin:"


class BankState(Base):
    """One row: how often the bank has changed. Installing locks it, so installs go one by one."""

    __tablename__ = "bank"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    generation: Mapped[int]


class PackRow(Base):
    """An installed pack."""

    __tablename__ = "pack"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the file it came from
    # Where it came from ("builtin:loss-basics.yaml"), so that an unchanged file is not parsed.
    origin: Mapped[str] = mapped_column(LongText, index=True)
    language: Mapped[str] = mapped_column(String(8))
    about: Mapped[str] = mapped_column(LongText)  # JSON: the pack without its questions
    installed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # its questions are retired


class PackImage(Base):
    """An image of an installed pack. Gone when the pack is removed."""

    __tablename__ = "pack_image"

    pack_id: Mapped[str] = mapped_column(ForeignKey("pack.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)  # "images/graph.png"
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the data
    data: Mapped[bytes] = mapped_column(LargeBinary)


class QuestionRow(Base):
    """A question of an installed pack. Never deleted: the history refers to it."""

    __tablename__ = "question"
    __table_args__ = (Index("ix_question_generation", "generation"),)

    id: Mapped[str] = mapped_column(String(161), primary_key=True)  # "pack/" and the slug
    pack_id: Mapped[str] = mapped_column(ForeignKey("pack.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), index=True)  # "question" or "case/part"
    kind: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(String(80))
    difficulty: Mapped[str] = mapped_column(String(20))
    content_hash: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(LongText)  # JSON: the question
    position: Mapped[int]  # place in its pack
    teaching_order: Mapped[int] = mapped_column(BigInteger)  # see questions.bank.teaching_order
    retired: Mapped[bool]  # no longer in its pack
    generation: Mapped[int]  # of the bank when this row last changed
    # It asks something else since then: answers from before do not count for its schedule.
    reset_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class QuestionVersion(Base):
    """A content that a question had before: answers were given to it. Never deleted."""

    __tablename__ = "question_version"

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[str] = mapped_column(LongText)  # JSON: the question


class SettledSeed(Base):
    """How many draws of a numeric question's seed had to be discarded. Found by computing."""

    __tablename__ = "settled_seed"

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"), primary_key=True)
    seed: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    attempt: Mapped[int]
