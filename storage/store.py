"""The one store: where the database is opened, and the two ways to a session.

SQLite runs in WAL with synchronous=FULL, because the usual NORMAL loses acknowledged work at a power cut.
Every write begins with BEGIN IMMEDIATE: a read that turned into a write later fails at once when another
process has written in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import Session as Session

from desk.errors.base import DeskError
from desk.errors.store import DatabaseDamaged, DiskFull, HomeUnreadable, ReadOnlyHome, StoreBusy
from storage.migrations.upgrade import End, upgrade

BUSY_S: Final = 30
"""How long a write waits for another process, in seconds (a backup program may hold the file)."""

REAL_ID: Final = 0x4D435541
"""SQLite application_id of a real desk ("MCUA")."""
PRACTICE_ID: Final = 0x44454D4F
"""SQLite application_id of a practice home ("DEMO")."""


class Store:
    """A database at its newest schema; sessions on it, and nothing else, come from here."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def on_file(cls, path: Path, end: End, *, application_id: int = REAL_ID) -> Store:
        """Return the store of the SQLite file `path`, made or brought up to date where needed.

        Raises StoreTrouble where it cannot be opened, is damaged or is of a newer version.
        """
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        store = cls(engine)
        with store._told():
            _upgrade_file(engine, end, application_id)
        return store

    @classmethod
    def on_url(cls, url: str, end: End) -> Store:
        """Return the store behind a PostgreSQL `url` (`postgresql://...`), brought up to date."""
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True)
        store = cls(engine)
        with store._told(), engine.begin() as connection:
            upgrade(connection, end)
        return store

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that commits if the block ends well, and rolls back if not."""
        with self._told(), Session(self.engine.execution_options(write=True)) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one unchanging state and writes nothing."""
        with self._told(), Session(self.engine) as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise told_of(error) from error


def told_of(error: DatabaseError) -> DeskError:
    """Return what the officer is told of a database's error."""
    cause = getattr(error.orig, "sqlite_errorname", "") or ""
    said = str(error.orig)
    if "FULL" in cause:
        return DiskFull()
    if cause.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy()
    if cause.startswith("SQLITE_READONLY"):
        return ReadOnlyHome()
    if cause.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DatabaseDamaged(cause=said)
    if isinstance(error, OperationalError):
        return HomeUnreadable(cause=said)
    raise error


def _upgrade_file(engine: Engine, end: End, application_id: int) -> None:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA application_id").scalar()
    with engine.execution_options(write=True).begin() as connection:
        if upgrade(connection, end) and found == 0:
            connection.exec_driver_sql(f"PRAGMA application_id = {application_id}")


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin or commit by itself
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
