"""Packs and questions in the database."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from losses.text import Language, Text
from questions.bank.images import store_images
from questions.bank.pack_info import PackInfo, pack_info
from questions.bank.settled_seeds import forget_other_contents
from questions.bank.tables import BankState, PackRow, QuestionRow
from questions.bank.teaching_order import teaching_order
from questions.bank.translations import ASKED_BY_ITSELF, translations
from questions.bank.versions import keep_version
from questions.expansion import askable
from questions.meaning import same_meaning
from questions.model import Pack, Question, content_hash

# Writing transactions say so: SQLite must take its write lock at once (quizapp.sqlite_file).
WRITES = {"writes": True}

_SUGGESTIONS_UP_TO = 20_000  # ids compared with an unknown one
_SUGGESTIONS = 3


# Statements that are run for every question are built once: building one takes longer than
# running it.
_FULL = select(QuestionRow.id, QuestionRow.content_hash, QuestionRow.body, PackRow.about).join(
    PackRow
)
_BY_ID = _FULL.where(QuestionRow.id == bindparam("the_question"))
_BY_SLUG = _FULL.where(
    QuestionRow.slug == bindparam("the_question"), ~QuestionRow.retired, ASKED_BY_ITSELF
)


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question of the bank. `id` is "pack/question"."""

    id: str
    content_hash: str
    question: Question
    pack: PackInfo


@dataclass(frozen=True, slots=True)
class InstallReport:
    """What installing a pack changed, in numbers of questions."""

    pack_id: str
    version: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    version_before: str | None = None  # None: the pack was not there
    # Of the changed ones, those that ask something else now (`questions.meaning`).
    meaning_changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Installation:
    """A pack to be installed; `digest` and `origin` say which file it comes from.

    `images`: by their names in the pack, such as "images/graph.png".
    """

    pack: Pack
    digest: str
    origin: str = ""
    images: Mapping[str, bytes] = field(default_factory=dict)


class UnknownQuestion(LookupError):
    """No question has this id, or several have it. `message` is for the learner."""

    def __init__(self, question_id: str, message: Text) -> None:
        super().__init__(message.en)
        self.question_id = question_id
        self.message = message


@cache
def _questions() -> TypeAdapter[Question]:
    return TypeAdapter(Question)


class Bank:
    """Reads and installs questions. Every method is one transaction.

    `language`: `question` returns a question in it where it was translated, in the language it is
    written in where not; without one, every question as it is written.
    """

    def __init__(self, engine: Engine, *, language: Language | None = None) -> None:
        self._engine = engine
        self._writing = engine.execution_options(**WRITES)
        self._translations = {} if language is None else translations(engine, language)

    def in_language(self, language: Language) -> Bank:
        """Return the same bank for somebody who studies in a language."""
        return Bank(self._engine, language=language)

    def translated(self) -> frozenset[str]:
        """Return the ids of the questions that `question` returns in translation."""
        return frozenset(self._translations)

    def install(self, pack: Pack, *, digest: str, origin: str = "") -> InstallReport:
        """Make the bank hold exactly this version of the pack. All or nothing.

        Questions that the pack no longer has are retired, not deleted. `digest` and `origin`
        say which file it came from.
        """
        with self._writing.begin() as connection:
            generation = next_generation(connection)
            return _install(connection, pack, digest=digest, origin=origin, generation=generation)

    def install_all(
        self, installations: Sequence[Installation], *, reset_changed: bool = False
    ) -> tuple[InstallReport, ...]:
        """Install several packs, all of them or none.

        `reset_changed`: learners begin anew with the questions whose meaning changed.
        """
        with self._writing.begin() as connection:
            return _install_all(connection, installations, reset_changed=reset_changed)

    def rehearse(self, installations: Sequence[Installation]) -> tuple[InstallReport, ...]:
        """Return what installing packs would change. The bank stays as it is."""
        with self._writing.connect() as connection:
            # The transaction is never committed.
            return _install_all(connection, installations, reset_changed=False)

    def digests(self) -> dict[str, tuple[str, str]]:
        """Return origin -> (digest, version) of every installed pack."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(PackRow.origin, PackRow.digest, PackRow.version))
            return {origin: (digest, version) for origin, digest, version in rows}

    def removed_origins(self) -> frozenset[str]:
        """Return where the packs came from that were removed."""
        with self._engine.connect() as connection:
            rows = connection.scalars(select(PackRow.origin).where(PackRow.removed_at.is_not(None)))
            return frozenset(rows)

    def packs(self) -> tuple[PackInfo, ...]:
        """Return the installed packs by id."""
        with self._engine.connect() as connection:
            rows = connection.scalars(
                select(PackRow.about).where(PackRow.removed_at.is_(None)).order_by(PackRow.id)
            )
            return tuple(pack_info(about) for about in rows)

    def question(self, question_id: str) -> StoredQuestion:
        """Return a question by "pack/question", or by "question" where only one pack has it.

        A part of a case is "pack/case/part", or "case/part". What is returned has the id of the
        translation where there is one. Raises UnknownQuestion.
        """
        question_id = self._translations.get(question_id, question_id)
        with self._engine.connect() as connection:
            rows = connection.execute(_BY_ID, {"the_question": question_id}).all()
            if not rows:
                rows = connection.execute(_BY_SLUG, {"the_question": question_id}).all()
            if len(rows) != 1:
                raise _unknown(connection, question_id, sorted(row.id for row in rows))
            row = rows[0]
        return StoredQuestion(
            id=row.id,
            content_hash=row.content_hash,
            question=_questions().validate_json(row.body),
            pack=pack_info(row.about),
        )

    def ids(self, topic: str | None = None, kind: str | None = None) -> tuple[str, ...]:
        """Return the ids of the questions in use, without translations, in teaching order."""
        wanted = select(QuestionRow.id).where(~QuestionRow.retired, ASKED_BY_ITSELF)
        if topic is not None:
            wanted = wanted.where(QuestionRow.topic == topic)
        if kind is not None:
            wanted = wanted.where(QuestionRow.kind == kind)
        with self._engine.connect() as connection:
            return tuple(
                connection.scalars(wanted.order_by(QuestionRow.teaching_order, QuestionRow.id))
            )


def next_generation(connection: Connection) -> int:
    """Begin to change the bank; return the generation of what changes.

    First of all and under a lock, so that two that change it wait for each other.
    """
    connection.execute(update(BankState).values(generation=BankState.generation + 1))
    return connection.scalars(select(BankState.generation)).one()


def _install_all(
    connection: Connection, installations: Sequence[Installation], *, reset_changed: bool
) -> tuple[InstallReport, ...]:
    generation = next_generation(connection)
    return tuple(
        _install(
            connection,
            each.pack,
            digest=each.digest,
            origin=each.origin,
            generation=generation,
            images=each.images,
            reset_changed=reset_changed,
        )
        for each in installations
    )


def _install(
    connection: Connection,
    pack: Pack,
    *,
    digest: str,
    origin: str,
    generation: int,
    images: Mapping[str, bytes] = MappingProxyType({}),
    reset_changed: bool = False,
) -> InstallReport:
    about = PackInfo.model_validate(pack.model_dump(exclude={"questions"}))
    row = {
        "version": pack.version,
        "digest": digest,
        "origin": origin,
        "language": pack.language,
        "about": about.model_dump_json(),
        "installed_at": datetime.now(UTC),
        "removed_at": None,
    }
    version_before = connection.scalar(select(PackRow.version).where(PackRow.id == pack.id))
    stored = connection.execute(update(PackRow).where(PackRow.id == pack.id).values(**row))
    if stored.rowcount == 0:
        connection.execute(insert(PackRow).values(id=pack.id, **row))
    store_images(connection, pack.id, images)
    before = {
        known.id: known
        for known in connection.execute(
            select(
                QuestionRow.id,
                QuestionRow.content_hash,
                QuestionRow.position,
                QuestionRow.teaching_order,
                QuestionRow.retired,
            ).where(QuestionRow.pack_id == pack.id)
        )
    }
    added: list[dict[str, object]] = []
    changed = unchanged = 0
    other_meaning: list[str] = []
    places = teaching_order(pack.questions, supplement=pack.supplement)
    asked = zip(askable(pack.questions), places, strict=True)
    for position, (each, place) in enumerate(asked):
        question = each.question
        question_id = f"{pack.id}/{each.path}"
        identity = content_hash(question)
        known = before.pop(question_id, None)
        if known is not None and (
            (known.content_hash, known.position, known.teaching_order, known.retired)
            == (identity, position, place, False)
        ):
            unchanged += 1
            continue
        values: dict[str, object] = {
            "kind": question.kind,
            "topic": question.topic,
            "difficulty": question.difficulty,
            "content_hash": identity,
            "body": question.model_dump_json(),
            "position": position,
            "teaching_order": place,
            "retired": False,
            "generation": generation,
        }
        if known is None:
            added.append({"id": question_id, "pack_id": pack.id, "slug": each.path, **values})
        else:
            if known.content_hash != identity:
                said = _body_of(connection, question_id)
                keep_version(connection, question_id, content_hash=known.content_hash, body=said)
                if not _means_the_same(said, values):
                    other_meaning.append(question_id)
                    if reset_changed:
                        values["reset_at"] = datetime.now(UTC)
            connection.execute(
                update(QuestionRow).where(QuestionRow.id == question_id).values(**values)
            )
            if known.content_hash == identity and not known.retired:
                unchanged += 1  # it only moved
            else:
                changed += 1
                forget_other_contents(connection, question_id, content_hash=identity)
    if added:
        connection.execute(insert(QuestionRow), added)
    gone = [question_id for question_id, known in before.items() if not known.retired]
    for question_id in gone:
        connection.execute(
            update(QuestionRow)
            .where(QuestionRow.id == question_id)
            .values(retired=True, generation=generation)
        )
    return InstallReport(
        pack_id=pack.id,
        version=pack.version,
        added=len(added),
        changed=changed,
        unchanged=unchanged,
        retired=len(gone),
        version_before=version_before,
        meaning_changed=tuple(other_meaning),
    )


def _body_of(connection: Connection, question_id: str) -> str:
    return connection.scalars(select(QuestionRow.body).where(QuestionRow.id == question_id)).one()


def _means_the_same(before: str, values: Mapping[str, object]) -> bool:
    return same_meaning(json.loads(before), json.loads(str(values["body"])))


def _unknown(
    connection: Connection, question_id: str, candidates: Sequence[str]
) -> UnknownQuestion:
    if candidates:
        listed = ", ".join(candidates)
        return UnknownQuestion(
            question_id,
            Text(
                f"「{question_id}」という問題は複数ある。どれかを指定すること: {listed}",
                f"several questions are called {question_id!r}; name one of them: {listed}",
            ),
        )
    known = connection.scalars(
        select(QuestionRow.id).where(~QuestionRow.retired).limit(_SUGGESTIONS_UP_TO)
    ).all()
    close = _close(question_id, known)
    ja = f"「{question_id}」という問題はない"
    en = f"there is no question {question_id!r}"
    if close:
        ja += f"。近いもの: {', '.join(close)}"
        en += f"; similar: {', '.join(close)}"
    return UnknownQuestion(question_id, Text(ja, en))


def _close(question_id: str, known: Sequence[str]) -> list[str]:
    """Return the ids that may have been meant: the parts of a case, or those spelt alike.

    The pack may have been left out.
    """
    parts = [name for name in known if f"/{name}/".count(f"/{question_id}/")]
    if parts:
        return parts[:_SUGGESTIONS]
    names = {name.partition("/")[2]: name for name in known}
    if "/" in question_id:
        names |= {name: name for name in known}
    return [names[name] for name in difflib.get_close_matches(question_id, names, n=_SUGGESTIONS)]
