"""Opening a database: the good ones open, and of the bad ones a person is told what to do."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, select, text, update

import quizapp.history.tables  # noqa: F401 - adds its tables to the metadata
from questions.bank.tables import BankState, Base
from quizapp import sqlite_file
from quizapp.database import DatabaseProblem, open_database
from quizapp.history import shares
from quizapp.language import current, use
from quizapp.migrations import HEAD, VERSION_TABLE
from quizapp.migrations.upgrade import configured
from tests.packs import choices
from tests.postgres import Server
from tests.questions.examples import choice
from tests.quizapp.learning.classroom import Classroom, answer, right, served

ROOT = Path(__file__).parents[2]


# Good ones


def test_a_new_database_has_all_tables_and_opens_again(database: str) -> None:
    with closing_engine(open_database(database)) as engine:
        assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, VERSION_TABLE}
        with engine.begin() as connection:
            connection.execute(update(BankState).values(generation=5))
    with closing_engine(open_database(database)) as engine, engine.connect() as connection:
        assert connection.scalar(select(BankState.generation)) == 5


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": VERSION_TABLE,
                "compare_type": True,
                "compare_server_default": True,
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_first_migration_can_be_taken_back(engine: Engine) -> None:
    from alembic import command

    with engine.begin() as connection:
        command.downgrade(configured(connection), "base")
        assert inspect(connection).get_table_names() == [VERSION_TABLE]


def test_answers_of_an_earlier_program_had_no_hints(database: str) -> None:
    from alembic import command

    with closing_engine(open_database(database)) as engine:
        room = Classroom(engine)
        room.install([choice()])
        session = room.session()
        question = served(session)
        session.answer(question, right(question), milliseconds=1)
        before = room.reviews()
        with engine.execution_options(writes=True).begin() as connection:
            command.downgrade(configured(connection), "0001")
            columns = inspect(connection).get_columns("review")
            assert "hints" not in {column["name"] for column in columns}
    with closing_engine(open_database(database)) as engine:
        room.engine = engine
        assert room.reviews() == before
        assert [review.hints for review in before] == [0]


def test_answers_of_an_earlier_program_are_in_the_statistics(database: str) -> None:
    from alembic import command

    with closing_engine(open_database(database)) as engine:
        room = Classroom(engine)
        room.install(choices(3))
        for days in (0, 3, 40):
            room.wait(hours=24 * days)
            session = room.session()
            for _each in range(2):
                answer(session, well=days != 3)
        with engine.connect() as connection:
            before = shares.since(connection, room.learner.id, date(2000, 1, 1))
        assert {kind for _day, (kind, _name) in before} == {"topic", "review"}
        with engine.execution_options(writes=True).begin() as connection:
            command.downgrade(configured(connection), "0004")
    with closing_engine(open_database(database)) as engine, engine.connect() as connection:
        assert shares.since(connection, room.learner.id, date(2000, 1, 1)) == before


def test_head_is_the_last_migration(engine: Engine) -> None:
    from alembic.script import ScriptDirectory

    with engine.connect() as connection:
        script = ScriptDirectory.from_config(configured(connection))
    assert script.get_current_head() == HEAD
    assert all(len(revision.revision) == 4 for revision in script.walk_revisions())


def test_programs_that_start_at_the_same_time_make_one_database(database: str) -> None:
    code = "import sys; from quizapp.database import open_database; open_database(sys.argv[1])"
    command = [sys.executable, "-c", code, database]
    programs = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [program.wait(60) for program in programs] == [0, 0, 0]
    with closing_engine(open_database(database)) as engine, engine.connect() as connection:
        assert connection.scalars(select(BankState.generation)).all() == [0]


@pytest.mark.parametrize("form", [str, Path, "sqlite:///{}".format])
def test_a_file_can_be_named_in_three_ways(
    form: Callable[[Path], str | Path], tmp_path: Path
) -> None:
    path = tmp_path / "ö 学習.db"
    open_database(form(path)).dispose()
    assert path.is_file()
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_an_up_to_date_database_opens_without_alembic(database: str) -> None:
    open_database(database).dispose()
    code = (
        "import sys; from quizapp.database import open_database\n"
        "open_database(sys.argv[1]).connect().close()\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, database], cwd=ROOT, check=True)


def test_the_file_is_marked_and_durable(tmp_path: Path) -> None:
    with closing_engine(open_database(tmp_path / "a.db")) as engine, engine.connect() as found:
        pragmas = {
            name: found.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "application_id")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": sqlite_file.APPLICATION_ID,
    }


# Bad ones: the file


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")


def marked_by_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 42")
        connection.execute("CREATE TABLE card (name TEXT)")


def no_database(path: Path) -> None:
    path.write_text("買い物の一覧\n" * 100)


def starts_like_one(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)


def header_only(path: Path) -> None:
    made(path)
    path.write_bytes(path.read_bytes()[:60])


def half_of_it(path: Path) -> None:
    made(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_its_end(path: Path) -> None:
    made(path)
    path.write_bytes(path.read_bytes()[:-1])


def scribbled_over(path: Path) -> None:
    made(path)
    whole = bytearray(path.read_bytes())
    whole[200:] = b"\xa5" * (len(whole) - 200)
    path.write_bytes(whole)


def without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {sqlite_file.APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE other (name TEXT)")


def newer(path: Path) -> None:
    made(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE quizapp_schema SET version_num = '0999'")


def made(path: Path) -> None:
    open_database(path).dispose()


@pytest.mark.parametrize(
    ("spoil", "ja", "en"),
    [
        (of_another_program, "ではない", "not a database of quizapp"),
        (marked_by_another_program, "ではない", "not a database of quizapp"),
        (no_database, "ではない", "not a database of quizapp"),
        (starts_like_one, "ではない", "not a database of quizapp"),
        (Path.touch, "空である", "is empty"),
        (header_only, "壊れている", "damaged"),
        (half_of_it, "壊れている", "damaged"),
        (without_its_end, "壊れている", "damaged"),
        (scribbled_over, "壊れている", "damaged"),
        (without_tables, "壊れている", "damaged"),
        (newer, "新しい", "newer than this program"),
        (Path.mkdir, "ファイルでなければならない", "not a file"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_bad_file_is_named_and_left_as_it_is(
    spoil: Callable[[Path], object], ja: str, en: str, tmp_path: Path
) -> None:
    path = tmp_path / "quizapp.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(DatabaseProblem) as caught:
        open_database(path)
    assert ja in caught.value.text.ja
    assert en in caught.value.text.en
    for said in (caught.value.text.ja, caught.value.text.en):
        assert str(path) in said
        assert "\n" not in said
    assert (path.read_bytes() if path.is_file() else None) == before
    assert {file.name for file in tmp_path.iterdir()} <= {path.name}


def test_a_problem_is_said_in_the_spoken_language(tmp_path: Path) -> None:
    path = tmp_path / "quizapp.db"
    path.touch()
    spoken = current()
    try:
        for language in ("ja", "en"):
            use(language)
            with pytest.raises(DatabaseProblem) as caught:
                open_database(path)
            assert str(caught.value) == caught.value.text.in_language(current())
    finally:
        use(spoken)


@pytest.mark.parametrize("below", ["missing/quizapp.db", "file/quizapp.db"])
def test_a_folder_that_is_not_there(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DatabaseProblem) as caught:
        open_database(tmp_path / below)
    assert str(tmp_path / below) in str(caught.value)
    assert not (tmp_path / "missing").exists()


# Bad ones: what may be done with it


@contextmanager
def closing_engine(engine: Engine) -> Iterator[Engine]:
    yield engine
    engine.dispose()


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder with a database of a user whom permissions bind, and this process as that user.

    The database is made before: that user may not be able to read the program itself.
    """
    folder = Path(tempfile.mkdtemp(prefix="quizapp-"))
    open_database(folder / "quizapp.db").dispose()
    root = os.geteuid() == 0
    if root:
        for path in (folder, *folder.iterdir()):
            os.chown(path, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written(as_nobody: Path) -> None:
    as_nobody.chmod(0o500)
    with pytest.raises(DatabaseProblem) as caught:
        open_database(as_nobody / "new.db")
    assert "書き込めない" in caught.value.text.ja
    assert str(as_nobody / "new.db") in str(caught.value)


@pytest.mark.parametrize(("file", "folder"), [(0o400, 0o700), (0o400, 0o500), (0o600, 0o500)])
def test_a_file_that_cannot_be_written(as_nobody: Path, file: int, folder: int) -> None:
    path = as_nobody / "quizapp.db"
    path.chmod(file)
    as_nobody.chmod(folder)
    with pytest.raises(DatabaseProblem) as caught:
        open_database(path)
    assert "書き込めない" in caught.value.text.ja
    assert "cannot be written" in caught.value.text.en


def test_a_file_that_cannot_be_read(as_nobody: Path) -> None:
    path = as_nobody / "quizapp.db"
    path.chmod(0)
    with pytest.raises(DatabaseProblem) as caught:
        open_database(path)
    assert "開けない" in caught.value.text.ja


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
class TestLocked:
    """Another process holds the file."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "quizapp.db"
        open_database(path).dispose()
        return path

    @pytest.mark.parametrize("mode", ["IMMEDIATE", "EXCLUSIVE"])
    def test_at_opening(self, path: Path, mode: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute(f"BEGIN {mode}")
            with pytest.raises(DatabaseProblem) as caught:
                open_database(path)
        assert "他のプログラムが使っている" in caught.value.text.ja
        open_database(path).dispose()

    def test_while_working(self, path: Path) -> None:
        with closing_engine(open_database(path)) as engine:
            writing = engine.execution_options(writes=True)
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(DatabaseProblem), writing.begin():
                    pass
                # Reading goes on, and so does writing afterwards.
                with engine.connect() as connection:
                    assert connection.scalar(select(BankState.generation)) == 0
            with writing.begin() as connection:
                connection.execute(update(BankState).values(generation=1))

    def test_a_short_wait_is_not_noticed(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 30)
        with closing_engine(open_database(path)) as engine:
            writing = engine.execution_options(writes=True)

            def count() -> None:
                for _ in range(25):
                    with writing.begin() as connection:
                        generation = connection.scalar(select(BankState.generation))
                        connection.execute(update(BankState).values(generation=generation + 1))

            with ThreadPoolExecutor(4) as threads:
                for done in [threads.submit(count) for _ in range(4)]:
                    done.result()
            with engine.connect() as connection:
                assert connection.scalar(select(BankState.generation)) == 100


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "quizapp.db"
    with closing_engine(open_database(path)) as engine:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE big (x)"))
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with engine.connect() as connection, pytest.raises(DatabaseProblem) as caught:
            connection.execute(text("INSERT INTO big VALUES (zeroblob(1000000))"))
        assert "空きがなく" in caught.value.text.ja
    with closing_engine(open_database(path)) as engine:
        assert inspect(engine).has_table("big")


def test_killed_while_it_is_made_leaves_no_half_database(tmp_path: Path) -> None:
    path = tmp_path / "quizapp.db"
    code = (
        "import os, sys\n"
        "from quizapp import sqlite_file\n"
        "def create(connection):\n"
        "    connection.exec_driver_sql('CREATE TABLE half (x)')\n"
        "    os.kill(os.getpid(), 9)\n"
        "from pathlib import Path\n"
        "sqlite_file.connect(Path(sys.argv[1]), create=create)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not path.exists()
    with closing_engine(open_database(path)) as engine:
        assert not inspect(engine).has_table("half")


def test_damage_that_opening_does_not_see_is_said_when_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "quizapp.db"
    with closing_engine(open_database(path)) as engine, engine.connect() as connection:
        root = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'bank'"
        ).scalar()
        page_size = connection.exec_driver_sql("PRAGMA page_size").scalar()
    assert isinstance(root, int)
    assert isinstance(page_size, int)
    with path.open("r+b") as file:
        file.seek((root - 1) * page_size)
        file.write(b"\xa5" * page_size)
    with (
        closing_engine(open_database(path)) as engine,
        engine.connect() as connection,
        pytest.raises(DatabaseProblem) as caught,
    ):
        connection.scalar(select(BankState.generation))
    assert "壊れている" in caught.value.text.ja


def test_a_log_left_by_a_crash_is_taken_in(tmp_path: Path) -> None:
    """The file itself is behind its log then, which must not be taken for damage."""
    path = tmp_path / "quizapp.db"
    copy = tmp_path / "crashed.db"
    with closing_engine(open_database(path)) as engine:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE big (x)"))
            connection.execute(text("INSERT INTO big VALUES (zeroblob(100000))"))
        shutil.copy(path, copy)
        shutil.copy(path.with_name("quizapp.db-wal"), copy.with_name("crashed.db-wal"))
    assert struct.unpack(">I", copy.read_bytes()[68:72]) == (sqlite_file.APPLICATION_ID,)
    with closing_engine(open_database(copy)) as engine:
        assert inspect(engine).has_table("big")


# Bad ones: servers and URLs


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/x",
        "sqlite://",
        "sqlite:///:memory:",
        "oracle+cx_oracle://scott:tiger@h/x",
        "postgresql://[::1/x",
        "://",
    ],
)
def test_a_url_that_means_nothing_to_us(url: str) -> None:
    with pytest.raises(DatabaseProblem) as caught:
        open_database(url)
    assert "tiger" not in caught.value.text.ja + caught.value.text.en


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(DatabaseProblem) as caught:
        open_database("postgresql://me:geheim@127.0.0.1:1/class")
    for said in (caught.value.text.ja, caught.value.text.en):
        assert "127.0.0.1:1/class" in said
        assert "geheim" not in said
        assert "\n" not in said


@pytest.mark.postgres
class TestServer:
    """A real PostgreSQL server."""

    @pytest.fixture
    def url(self, postgres_server: Server) -> Iterator[str]:
        url = postgres_server.new_database()
        yield url
        postgres_server.drop(url)

    def test_wrong_password(self, url: str, postgres_server: Server) -> None:
        with pytest.raises(DatabaseProblem) as caught:
            open_database(url.replace(postgres_server.password, "wrong"))
        assert "wrong" not in str(caught.value)

    def test_no_such_database(self, url: str) -> None:
        with pytest.raises(DatabaseProblem) as caught:
            open_database(url + "x")
        assert "つながらない" in caught.value.text.ja

    def test_tables_of_another_program(self, url: str, postgres_server: Server) -> None:
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE card (holder text)"))
        with pytest.raises(DatabaseProblem) as caught:
            open_database(url)
        assert "他のプログラムの表" in caught.value.text.ja
        assert inspect(engine).get_table_names() == ["card"]
        engine.dispose()

    def test_a_newer_schema(self, url: str) -> None:
        with closing_engine(open_database(url)) as engine, engine.begin() as connection:
            connection.execute(text("UPDATE quizapp_schema SET version_num = '0999'"))
        with pytest.raises(DatabaseProblem) as caught:
            open_database(url)
        assert "新しい" in caught.value.text.ja

    def test_a_user_who_may_only_read(self, url: str, postgres_server: Server) -> None:
        postgres_server.execute("CREATE ROLE reader LOGIN PASSWORD 'reading'")
        reader = url.replace(f"tester:{postgres_server.password}", "reader:reading")
        try:
            with pytest.raises(DatabaseProblem) as caught:
                open_database(reader)
            assert "権限がない" in caught.value.text.ja
        finally:
            postgres_server.execute("DROP ROLE reader")

    def test_a_connection_lost_between_two_answers_is_made_anew(
        self, url: str, postgres_server: Server
    ) -> None:
        with closing_engine(open_database(url)) as engine:
            name = url.rpartition("/")[2]
            postgres_server.execute(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - a name of our own
            )
            with engine.connect() as connection:
                assert connection.scalar(select(BankState.generation)) == 0
