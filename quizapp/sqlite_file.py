"""Everything that is true of SQLite only: the file, its header, its pragmas, its error codes."""

from __future__ import annotations

import contextlib
import os
import secrets
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from losses.text import Text
from quizapp.database_problem import DatabaseProblem

APPLICATION_ID: Final = 0x517A4170  # "QzAp"
BUSY_SECONDS: Final = 5.0  # how long a write waits for another process

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_SIZE: Final = 100


def connect(path: Path, *, create: Callable[[Connection], None]) -> Engine:
    """Return an engine on a file that is ours and can be written.

    A file that is not there is made with the tables of `create`, whole or not at all. Raises
    DatabaseProblem, and so does every later statement that SQLite refuses for a reason that the
    user can mend.
    """
    try:
        there = path.exists()
        if there:
            _check(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not there:
        _make(path, create)
    engine = _engine(path, shown=path)
    try:
        with engine.execution_options(writes=True).connect() as connection:
            # Says now, not at the first answer, that the file cannot be written: beginning to
            # write is not enough for that. Rolled back when the connection closes.
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    except BaseException:
        engine.dispose()
        raise
    return engine


def _problem(error: BaseException, path: Path) -> DatabaseProblem | None:
    """Return what an error of the sqlite3 module means, None if it is not the user's affair."""
    name = getattr(error, "sqlite_errorname", "")
    kind = "_".join(name.split("_")[:2])  # extended codes: SQLITE_READONLY_DBMOVED …
    match kind:
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return DatabaseProblem(
                Text(
                    f"データベースを他のプログラムが使っている: {path}。終わるのを待ってやり直すこと",
                    f"another program is using the database {path}: wait for it and try again",
                )
            )
        case "SQLITE_READONLY" | "SQLITE_CANTOPEN" | "SQLITE_PERM" | "SQLITE_AUTH":
            return DatabaseProblem(
                Text(
                    f"データベースに書き込めない: {path}。ファイルとそのフォルダーの権限を確かめること",
                    f"the database cannot be written: {path}; check the permissions of the file "
                    "and of its folder",
                )
            )
        case "SQLITE_NOTADB":
            return _foreign(path)
        case "SQLITE_CORRUPT":
            return damaged(path)
        case "SQLITE_FULL":
            return DatabaseProblem(
                Text(
                    f"ディスクに空きがなく、データベースに書き込めない: {path}",
                    f"the disk is full, the database cannot be written: {path}",
                )
            )
        case "SQLITE_IOERR":
            return DatabaseProblem(
                Text(
                    f"データベースの読み書きに失敗した: {path} ({name})",
                    f"reading or writing the database failed: {path} ({name})",
                )
            )
    return None


def _engine(path: Path, *, shown: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        # The sqlite3 module would begin and commit on its own ideas; `begin` below does.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reading transaction that turns to writing can fail at once when another process has
        # written in between; one that takes the lock at its start waits its turn.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        if found := _problem(context.original_exception, shown):
            raise found from context.original_exception

    return engine


def _check(path: Path) -> None:
    """Look at the file before SQLite does: SQLite takes an empty one for a new database."""
    if not path.is_file():
        raise DatabaseProblem(
            Text(f"データベースはファイルでなければならない: {path}", f"not a file: {path}")
        )
    with path.open("rb") as file:
        header = file.read(_HEADER_SIZE)
        size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise DatabaseProblem(
            Text(
                f"データベースのファイルが空である: {path}。"
                "控えがあれば戻し、新しく始めるならこのファイルを消すこと",
                f"the database file is empty: {path}; restore a copy of it, or delete it to "
                "start afresh",
            )
        )
    if header[: len(_MAGIC)] != _MAGIC[: len(header)]:
        raise _foreign(path)
    if len(header) < _HEADER_SIZE:
        raise damaged(path)
    (application_id,) = struct.unpack_from(">I", header, 68)
    if application_id != APPLICATION_ID:
        raise _foreign(path)
    # With a write-ahead log beside it the file itself may rightly be behind.
    log = path.with_name(path.name + "-wal")
    if not (log.exists() and log.stat().st_size):
        (page_size,) = struct.unpack_from(">H", header, 16)
        changes, pages = struct.unpack_from(">II", header, 24)
        (counted_at,) = struct.unpack_from(">I", header, 92)
        if changes == counted_at and size < pages * (65_536 if page_size == 1 else page_size):
            raise damaged(path)


def _make(path: Path, create: Callable[[Connection], None]) -> None:
    """Build the database beside its place and put it there when it is complete.

    Killed on the way, this leaves no half-made database behind, and two programs that start at
    the same moment end up with one.
    """
    if not path.parent.is_dir():
        raise DatabaseProblem(
            Text(
                f"データベースを置くフォルダーがない: {path}",
                f"there is no folder for the database {path}",
            )
        )
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        engine = _engine(draft, shown=path)
        try:
            with engine.execution_options(writes=True).begin() as connection:
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                create(connection)
        finally:
            engine.dispose()
        _put(draft, path)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            for leftover in ("", "-wal", "-shm", "-journal"):
                draft.with_name(draft.name + leftover).unlink(missing_ok=True)


def _put(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        _check(path)  # another process was faster
    except OSError:
        # A file system without hard links.
        if not path.exists():
            draft.rename(path)


def _foreign(path: Path) -> DatabaseProblem:
    return DatabaseProblem(
        Text(
            f"quizappのデータベースではない: {path}",
            f"not a database of quizapp: {path}",
        )
    )


def damaged(path: Path) -> DatabaseProblem:
    """Return the problem of a file that is ours but does not hold what it must."""
    return DatabaseProblem(
        Text(
            f"データベースが壊れている: {path}。控えがあれば戻すこと",
            f"the database is damaged: {path}; restore a copy of it",
        )
    )


def _unreadable(path: Path, error: OSError) -> DatabaseProblem:
    why = error.strerror or str(error)
    return DatabaseProblem(
        Text(
            f"データベースを開けない: {path} ({why})",
            f"the database cannot be opened: {path} ({why})",
        )
    )
