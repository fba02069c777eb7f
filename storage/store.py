"""The one store: where the database is opened, and the two ways to a session.

SQLite runs in WAL with synchronous=FULL, because the usual NORMAL loses acknowledged work at a power cut.
An error never says the values of a statement (hide_parameters): they are people's names and numbers.
Every write begins with BEGIN IMMEDIATE: a read that turned into a write later fails at once when another
process has written in between.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool
from sqlmodel import Session as Session

from desk.errors.base import DeskError
from desk.errors.store import (
    NO_ROOM,
    DatabaseDamaged,
    DatabaseUnreachable,
    DiskFull,
    HomeUnreadable,
    ReadOnlyHome,
    StoreBusy,
)
from storage.migrations.upgrade import HEADS, End, stamped, upgrade

BUSY_S: Final = 30
"""How long a write waits for another process, in seconds (a backup program may hold the file)."""
_CACHE_KIB: Final = 512
"""Pages a connection of a desk keeps; SQLite's 2 MB for each of six cost an old machine 8 MB and saved it 5 % of a
search, as the system keeps the file's pages too.
"""

_ROOM_BYTES: Final = 256 * 1024
"""The log's index (`-shm`) alone takes 32 KiB at a time, and the smallest act some pages of the log."""

UPGRADE_LOCK: Final = 0x4D435550
"""PostgreSQL advisory lock under which one of several processes changes the tables."""

_PG_DISK_FULL: Final = "53100"
_PG_BUSY: Final = ("55P03", "40001", "40P01")
"""Lock not available, serialisation failure, deadlock: trying again is right."""

REAL_ID: Final = 0x4D435541
"""SQLite application_id of a real desk ("MCUA")."""
PRACTICE_ID: Final = 0x44454D4F
"""SQLite application_id of a practice home ("DEMO")."""


class Store:
    """A database at its newest schema; sessions on it, and nothing else, come from here."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def on_file(
        cls,
        path: Path,
        end: End,
        *,
        application_id: int = REAL_ID,
        before_upgrade: Callable[[str], None] = lambda _revision: None,
    ) -> Store:
        """Return the store of the SQLite file `path`, made or brought up to date where needed.

        before_upgrade: called with the revision that the tables are about to be brought to from an older one; what it
        raises leaves them as they are.
        Raises StoreTrouble where it cannot be opened, is damaged or is of a newer version.
        """
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_S}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        if end == "center":
            event.listen(engine, "connect", _prepare_batches)
        event.listen(engine, "begin", _begin_sqlite)
        store = cls(engine)
        with store._told():
            _upgrade_file(engine, end, application_id, before_upgrade)
        return store

    @classmethod
    def as_it_is(cls, path: Path) -> Store:
        """Return the store of the SQLite file `path` to be read only, at whatever schema it has.

        Raises StoreTrouble at the first session where it is missing, damaged or no database.
        """
        place = f"{path.absolute().as_uri()}?mode=ro"
        engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(place, uri=True, timeout=BUSY_S, isolation_level=None),
            poolclass=NullPool,
            hide_parameters=True,
        )
        return cls(engine)

    @classmethod
    def on_url(cls, url: str, end: End) -> Store:
        """Return the store behind a PostgreSQL `url` (`postgresql://...`), brought up to date.

        Raises DatabaseUnreachable where nobody answers there or the url is none.
        """
        engine = _postgres(url)
        store = cls(engine)
        with store._told(), engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
            upgrade(connection, end)
        return store

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is an SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that commits if the block ends well, and rolls back if not."""
        with self._told(), Session(self.engine.execution_options(write=True)) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one unchanging state and writes nothing."""
        steady = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        with self._told(), Session(steady) as session:
            yield session

    @contextmanager
    def watching(self) -> Iterator[Callable[[], int | None]]:
        """Yield what tells a number that changes with each commit to the SQLite file, by whichever program.

        It costs microseconds, where a session costs a millisecond; None where it cannot be told.
        """
        with self._told():
            connection = self.engine.raw_connection()
        try:
            yield lambda: _version(connection.cursor())
        finally:
            connection.close()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise told_of(error, self._has_no_room) from error
        except PoolTimeout as error:
            raise StoreBusy() from error

    def _has_no_room(self) -> bool:
        """Return whether the disk of an SQLite file has less room than a reader or a writer needs beside it."""
        if not self.is_sqlite:
            return False
        return has_no_room(Path(self.engine.url.database or "").parent)


def has_no_room(folder: Path) -> bool:
    """Return whether the disk of `folder` has less room than a reader or a writer of a database needs there.

    It is tried, not only asked: what is free on the disk says nothing of a quota or of a limit of the process.
    """
    try:
        if shutil.disk_usage(folder).free < _ROOM_BYTES:
            return True
        with tempfile.TemporaryFile(dir=folder, buffering=0) as tried:
            return tried.write(bytes(_ROOM_BYTES)) < _ROOM_BYTES
    except OSError as error:
        return error.errno in NO_ROOM


def told_of(error: DBAPIError, has_no_room: Callable[[], bool] = lambda: False) -> DeskError:
    """Return what the officer is told of a database's error.

    has_no_room: asked where SQLite says "I/O error" or "cannot open", as it does without room for its files of a
    moment.
    """
    cause = getattr(error.orig, "sqlite_errorname", "") or ""
    state = getattr(error.orig, "sqlstate", None)
    said = str(error.orig)
    if "FULL" in cause or state == _PG_DISK_FULL:
        return DiskFull()
    if cause.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and has_no_room():
        return DiskFull()
    if state in _PG_BUSY:
        return StoreBusy()
    if cause.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy()
    if cause.startswith("SQLITE_READONLY"):
        return ReadOnlyHome()
    if cause.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DatabaseDamaged(cause=said)
    if isinstance(error, OperationalError | InterfaceError):
        return HomeUnreadable(cause=said) if cause else DatabaseUnreachable(cause=said.splitlines()[0])
    raise error


def _version(cursor: Any) -> int | None:
    try:
        return int(cursor.execute("PRAGMA data_version").fetchone()[0])
    except sqlite3.Error:
        return None


def _postgres(url: str) -> Engine:
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres") or not rest:
        raise DatabaseUnreachable(cause=scheme)
    try:
        engine = create_engine(f"postgresql+psycopg://{rest}", pool_pre_ping=True, hide_parameters=True)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnreachable(cause="URL") from error
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _upgrade_file(engine: Engine, end: End, application_id: int, before: Callable[[str], None]) -> None:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA application_id").scalar()
        revision = stamped(connection)
    if revision is not None and revision < HEADS[end]:  # revisions are named in their order
        before(HEADS[end])
    with engine.execution_options(write=True).begin() as connection:
        if upgrade(connection, end) and found == 0:
            connection.exec_driver_sql(f"PRAGMA application_id = {application_id}")


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin or commit by itself
    # recursive_triggers: else INSERT OR REPLACE would take an event away without asking its trigger
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA cache_size = {-_CACHE_KIB}")


def _prepare_batches(connection: sqlite3.Connection, _record: Any) -> None:
    """Let a whole batch stay in memory until it commits, and the log (`-wal`) hold some batches."""
    connection.execute("PRAGMA cache_size = -32000")  # KiB
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages of 4 KiB


def _prepare_postgres(connection: Any, _record: Any) -> None:
    """Let a commit return only when it is on disk, whatever the server's own setting is."""
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION synchronous_commit = on")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
