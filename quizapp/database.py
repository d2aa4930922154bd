"""Open the database, whichever kind it is, and have its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from losses.text import Text
from quizapp import sqlite_file
from quizapp.database_problem import DatabaseProblem
from quizapp.migrations import HEAD, VERSION_TABLE

__all__ = ["DatabaseProblem", "open_database"]

_POSTGRESQL: Final = "postgresql+psycopg"
_ALIASES: Final = {"postgres": _POSTGRESQL, "postgresql": _POSTGRESQL, _POSTGRESQL: _POSTGRESQL}
_CONNECT_SECONDS: Final = 10
_FORBIDDEN: Final = ("25006", "42501")  # SQLSTATE: read-only transaction, insufficient privilege


def open_database(where: str | Path) -> Engine:
    """Return an engine whose tables are those of this program.

    `where`: a path, `sqlite:///path`, or `postgresql://…`. A database that is not there yet is
    made, an older one is brought up to date. From then on, what the database refuses for a
    reason outside the program (locked, full, gone) is raised as DatabaseProblem too.
    """
    url = _url(where)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(Path(url.database or ""))
    return _open_server(url)


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(Path(where).expanduser()))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise DatabaseProblem(
            Text(
                "データベースのURLを読めない(例: postgresql://user@host/name)",
                "the URL of the database cannot be read (example: postgresql://user@host/name)",
            )
        ) from error
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    if url.drivername in _ALIASES:
        return url.set(drivername=_ALIASES[url.drivername])
    shown = url.render_as_string(hide_password=True)
    raise DatabaseProblem(
        Text(
            f"この種類のデータベースには対応していない: {shown}"
            "(使えるのは sqlite:///ファイル と postgresql://…)",
            f"this kind of database is not supported: {shown} "
            "(use sqlite:///file or postgresql://…)",
        )
    )


def _open_sqlite(path: Path) -> Engine:
    engine = sqlite_file.connect(path, create=_upgrade)
    with engine.connect() as connection:
        stored = _stored_version(connection)
    if stored is None:
        engine.dispose()
        raise sqlite_file.damaged(path)
    _bring_up_to_date(engine, stored, shown=str(path))
    return engine


def _open_server(url: URL) -> Engine:
    shown = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": _CONNECT_SECONDS}
        )
    except ImportError as error:
        raise DatabaseProblem(
            Text(
                'PostgreSQLを使うには pip install "quizapp[postgres]" が要る',
                'PostgreSQL needs pip install "quizapp[postgres]"',
            )
        ) from error

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        if context.is_pre_ping:
            return  # a connection that went stale in the pool is replaced
        error = context.original_exception
        why = str(error).strip().partition("\n")[0]
        if getattr(error, "sqlstate", None) in _FORBIDDEN:
            raise DatabaseProblem(
                Text(
                    f"データベースに書き込む権限がない: {shown} ({why})",
                    f"no permission to write to the database: {shown} ({why})",
                )
            ) from error
        if isinstance(context.sqlalchemy_exception, OperationalError):
            raise DatabaseProblem(
                Text(
                    f"データベースにつながらない: {shown} ({why})",
                    f"the database cannot be reached: {shown} ({why})",
                )
            ) from error

    with engine.connect() as connection:
        stored = _stored_version(connection)
        ours = {"card", "question", "review"} & set(inspect(connection).get_table_names())
    if stored is None and ours:
        raise DatabaseProblem(
            Text(
                f"他のプログラムの表がある: {shown} ({', '.join(sorted(ours))})",
                f"holds tables of another program: {shown} ({', '.join(sorted(ours))})",
            )
        )
    _bring_up_to_date(engine, stored, shown=shown)
    return engine


def _stored_version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    stored = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
    return stored.scalar()


def _bring_up_to_date(engine: Engine, stored: str | None, *, shown: str) -> None:
    if stored == HEAD:
        return
    if stored is not None and stored > HEAD:  # four digits each
        engine.dispose()
        raise DatabaseProblem(
            Text(
                f"データベースがこのプログラムより新しい: {shown}。quizappを更新すること",
                f"the database is newer than this program: {shown}; update quizapp",
            )
        )
    try:
        with engine.execution_options(writes=True).begin() as connection:
            _upgrade(connection)
    except DBAPIError:
        # Another process may have done the same at the same moment.
        with engine.connect() as connection:
            if _stored_version(connection) != HEAD:
                raise


def _upgrade(connection: Connection) -> None:
    from quizapp.migrations.upgrade import upgrade  # noqa: PLC0415 - Alembic costs 0.4 s

    upgrade(connection)
