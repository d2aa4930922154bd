"""A PostgreSQL server of the tests' own: made in a temporary folder, removed afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, create_engine, text

INSTALLED = Path("/usr/lib/postgresql")
USER = "tester"


class NoServer(Exception):
    """The server cannot be run here; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running server that listens on the loopback address only."""

    port: int
    password: str

    def url(self, database: str) -> str:
        return URL.create(
            "postgresql",
            username=USER,
            password=self.password,
            host="127.0.0.1",
            port=self.port,
            database=database,
        ).render_as_string(hide_password=False)

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        url = self.url("postgres").replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"test_{secrets.token_hex(8)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected."""
        self.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")


@contextmanager
def server() -> Iterator[Server]:
    """Run a server as a user without privileges. Raises NoServer where none is installed."""
    programs = _programs()
    account = _account()
    # Not below pytest's own folder: its path may be too long for a socket, and closed to others.
    folder = Path(tempfile.mkdtemp(prefix="quizapp-pg-"))
    try:
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        password = secrets.token_hex(16)
        secret = folder / "password"
        secret.write_text(password)
        secret.chmod(0o644)
        data = folder / "data"
        initdb = [f"--pgdata={data}", f"--username={USER}", f"--pwfile={secret}", "--no-sync"]
        initdb += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        _run(programs / "initdb", initdb, account)
        port = _free_port()
        options = [f"-p {port}", "-c listen_addresses=127.0.0.1", f"-k {folder}"]
        options += ["-c fsync=off", "-c synchronous_commit=off", "-c timezone=Asia/Tokyo"]
        control = [f"--pgdata={data}", f"--log={folder / 'log'}", "--wait", "--timeout=60"]
        janitor = _janitor(programs, folder, account)
        _run(programs / "pg_ctl", ["start", *control, f"--options={' '.join(options)}"], account)
        try:
            yield Server(port, password)
        finally:
            _finish(janitor)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NoServer(f"PostgreSQL is not installed: no {INSTALLED}/*/bin/initdb")
    return Path(on_path).resolve().parent


def _account() -> pwd.struct_passwd | None:
    """Return whom to run the server as; None: as ourselves. initdb refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServer("PostgreSQL refuses to run as root, and there is no other user")


def _janitor(
    programs: Path, folder: Path, account: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    """Start what stops the server and clears up when its input ends: also if we are killed."""
    stop = f'read -r _; "{programs / "pg_ctl"}" stop -D "{folder}/data" -m immediate; rm -rf "{folder}"/*'
    return subprocess.Popen(
        ["sh", "-c", stop],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        user=None if account is None else account.pw_uid,
        group=None if account is None else account.pw_gid,
        extra_groups=None if account is None else [],
    )


def _finish(janitor: subprocess.Popen[bytes]) -> None:
    if janitor.stdin is not None:
        janitor.stdin.close()
    janitor.wait(timeout=60)


def _run(program: Path, words: Sequence[str], account: pwd.struct_passwd | None) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
    # A file, not a pipe: the server keeps it open, and a pipe would never end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [str(program), *words],
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            user=None if account is None else account.pw_uid,
            group=None if account is None else account.pw_gid,
            extra_groups=None if account is None else [],
            check=False,
        )
        said.seek(0)
        if done.returncode != 0:
            raise RuntimeError(f"{program} {words[0]}: {said.read().decode(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
