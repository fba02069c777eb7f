"""A proved copy of the center's data as one file, from either engine, and a center made from one on either.

What desks sent after the copy was made is not in it. A restored center therefore gives itself a new
incarnation and answers with what it has; desks keep their whole logs and send again from there. The
center's key is no part of the copy: whoever finds the copy cannot speak for the center.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from errno import EEXIST
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, inspect
from sqlmodel import Session

from desk.clock import Chance
from desk.errors.base import N_, StoreTrouble
from desk.errors.causes import Cause, cause_of
from desk.errors.store import CenterExists, DatabaseUnreachable, FileUnreadable, FileUnwritable
from storage import blobs
from storage.blobs import Blobs
from storage.center import own
from storage.center.copy_file import Damaged, pack, unpack
from storage.center.opening import DATABASE, SETTINGS, attachments_of, keep_url
from storage.projections.attachments import ATTACHED, attached
from storage.projections.upsert import append_rows
from storage.store import Store
from storage.wire import Event

_NO_COPY: Final = N_("it is no whole copy of a center")
_AT_ONCE: Final = 1000
"""Rows carried from one database to the other at a time."""


class Copied(NamedTuple):
    """What a copy holds."""

    position: int
    """Of the event stored last: how many events there are."""
    bytes: int
    files: int = 0
    """Files of attachments."""
    missing: int = 0
    """Files that are not in it: of a copy made those altered on the disk, of one put back those its log names."""


def back_up(store: Store, attachments: Blobs, file: Path) -> Copied:
    """Write a whole, checked copy of the center's data to the new file `file`; the center may serve meanwhile.

    Beside it the database alone is written first, so the disk takes that twice for a while. Raises FileUnwritable
    where there is a file of this name already or none can be written.
    """
    if file.exists():
        raise FileUnwritable(file=file.name, cause=cause_of(FileExistsError(EEXIST, "")))
    fresh, database = (file.with_name(f"{file.name}.{end}") for end in ("new", "db"))
    try:
        for left in (fresh, database):
            left.unlink(missing_ok=True)
        if store.is_sqlite:
            _copy(Path(str(store.engine.url.database)), database)
        else:
            _carry_to_file(store, database)
        position = _proved(database)
        packed = pack(fresh, database, attachments)  # after the database: no file that it knows of is missed
        _on_disk(fresh)
        fresh.replace(file)
    except (OSError, sqlite3.Error) as error:
        fresh.unlink(missing_ok=True)
        raise FileUnwritable(file=file.name, cause=cause_of(error)) from error
    finally:
        database.unlink(missing_ok=True)
    return Copied(position, file.stat().st_size, packed.files, packed.left_out)


def restore(folder: Path, file: Path, chance: Chance, *, db: str | None = None) -> Copied:
    """Make a center in `folder` from the copy `file`, under a new incarnation.

    db: `postgresql://...` of an empty database that is to hold it; None for an SQLite file in `folder`.
    Raises CenterExists where `folder` or the database holds a center, FileUnreadable where `file` is no whole
    copy of one, DatabaseUnreachable. A file of an attachment that is not whole in the copy makes it no less one.
    """
    if (folder / DATABASE).exists() or (folder / SETTINGS).exists():
        raise CenterExists()
    fresh, attachments = folder / f"{DATABASE}.new", attachments_of(folder)
    try:
        if db is not None:
            _check_empty(db)  # first: the files may take hours
        folder.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        files = unpack(file, fresh, attachments)
        position, missing = _proved(fresh), _missing(fresh, attachments)
        store = Store.on_file(fresh, "center")
        try:
            with store.writing() as session:
                _renewed(session, chance)
            if db is not None:
                _carry_to_server(store, db)
        finally:
            store.close()
        size = file.stat().st_size
        if db is None:
            _on_disk(fresh)
            fresh.replace(folder / DATABASE)
        else:
            fresh.unlink()
            keep_url(folder, db)
    except (CenterExists, DatabaseUnreachable):
        fresh.unlink(missing_ok=True)
        raise
    except (OSError, sqlite3.Error, StoreTrouble, Damaged) as error:
        fresh.unlink(missing_ok=True)
        cause = Cause(_NO_COPY) if isinstance(error, StoreTrouble | Damaged) else cause_of(error)
        raise FileUnreadable(file=file.name, cause=cause) from error
    return Copied(position, size, files, missing)


def begin_anew(store: Store, chance: Chance) -> int:
    """Give a center whose server was brought back to an earlier moment its new incarnation.

    Returns the position of the event stored last.
    """
    with store.writing() as session:
        _renewed(session, chance)
        return int(session.connection().exec_driver_sql("SELECT coalesce(max(position), 0) FROM event").scalar() or 0)


def _renewed(session: Session, chance: Chance) -> None:
    about = own.about(session)
    if about is None:
        raise sqlite3.DatabaseError("no center")
    own.keep_about(session, about._replace(incarnation=chance.new_id()))


def _carry_to_file(store: Store, file: Path) -> None:
    """Write what a server holds at one moment into the new file `file`."""
    copy = Store.on_file(file, "center")
    try:
        with store.reading() as there, copy.writing() as here:
            _carry(there.connection(), here.connection())
    finally:
        copy.close()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, without a log beside it


def _check_empty(db: str) -> None:
    """Raise CenterExists where the database behind `db` holds a center, DatabaseUnreachable."""
    server = Store.on_url(db, "center")
    try:
        with server.reading() as session:
            if own.about(session) is not None:
                raise CenterExists()
    finally:
        server.close()


def _carry_to_server(copy: Store, db: str) -> None:
    """Write a whole copy into the empty database behind `db`, all or nothing."""
    server = Store.on_url(db, "center")
    try:
        with copy.reading() as there, server.writing() as here:
            here.connection().exec_driver_sql("LOCK TABLE center_setting IN EXCLUSIVE MODE")
            if own.about(here) is not None:
                raise CenterExists()
            _carry(there.connection(), here.connection())
    finally:
        server.close()


def _carry(there: Connection, here: Connection) -> None:
    """Copy every row of every table, as it lies: both engines hold only whole numbers, text and bytes."""
    tables = inspect(here)
    for table in sorted({*tables.get_table_names()} - {"alembic_version"}):
        columns = [str(column["name"]) for column in tables.get_columns(table)]
        for rows in _rows(there, table, columns):
            append_rows(here, table, columns, rows)


def _rows(connection: Connection, table: str, columns: list[str]) -> Iterator[list[tuple[object, ...]]]:
    quote = connection.dialect.identifier_preparer.quote
    asked = f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}"  # noqa: S608
    # on a server the rows come as they are asked for; a driver would hold all of them otherwise
    with connection.execution_options(stream_results=True).exec_driver_sql(asked) as found:
        for some in found.partitions(_AT_ONCE):
            yield [tuple(row) for row in some]


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)


def _proved(file: Path) -> int:
    """Return the newest position in `file`; raises sqlite3.DatabaseError where it is damaged or no center's."""
    with closing(sqlite3.connect(file)) as database:
        found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        database.execute("SELECT 1 FROM center_setting").fetchone()
        return int(database.execute("SELECT coalesce(max(position), 0) FROM event").fetchone()[0])


def _missing(file: Path, attachments: Blobs) -> int:
    """Return how many files the log in `file` names that are not among `attachments`."""
    missing: set[str] = set()
    with closing(sqlite3.connect(file)) as database:
        for row in database.execute("SELECT head, body, private FROM event WHERE kind = ?", (ATTACHED,)):
            one = attached(Event(*row))
            if one is not None and blobs.may_be(one.sha256, one.size) and not attachments.has(one.sha256, one.size):
                missing.add(one.sha256)
    return len(missing)


def _on_disk(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
