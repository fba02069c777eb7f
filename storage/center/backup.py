"""A proved copy of the center's file, and a center made from one.

What desks sent after the copy was made is not in it. A restored center therefore gives itself a new
incarnation and answers with what it has; desks keep their whole logs and send again from there. The
center's key is no part of the copy: whoever finds the copy cannot speak for the center.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session

from desk.clock import Chance
from desk.errors.base import StoreTrouble
from desk.errors.store import BackupByServer, CenterExists, FileUnreadable, FileUnwritable
from storage.center import own
from storage.center.opening import DATABASE, SETTINGS
from storage.store import Store


class Copied(NamedTuple):
    """What a copy holds."""

    position: int
    """Of the event stored last: how many events there are."""
    bytes: int


def back_up(store: Store, file: Path) -> Copied:
    """Write a whole, checked copy of the center's SQLite file to `file`; the center may serve meanwhile.

    Raises FileUnwritable where there is a file of this name already or none can be written, and
    BackupByServer on PostgreSQL, whose own means copy it better.
    """
    if not store.is_sqlite:
        raise BackupByServer()
    if file.exists():
        raise FileUnwritable(file=file.name, cause=os.strerror(17))
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        _copy(Path(str(store.engine.url.database)), fresh)
        position = _proved(fresh)
        _on_disk(fresh)
        fresh.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise FileUnwritable(file=file.name, cause=getattr(error, "strerror", None) or str(error)) from error
    return Copied(position, file.stat().st_size)


def restore(folder: Path, file: Path, chance: Chance) -> Copied:
    """Make a center in `folder` from the copy `file`, under a new incarnation.

    Raises CenterExists where `folder` holds a center, FileUnreadable where `file` is no whole copy of one.
    """
    if (folder / DATABASE).exists() or (folder / SETTINGS).exists():
        raise CenterExists()
    fresh = folder / f"{DATABASE}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        _copy(file, fresh)
        position = _proved(fresh)
        store = Store.on_file(fresh, "center")
        try:
            with store.writing() as session:
                _renewed(session, chance)
        finally:
            store.close()
        _on_disk(fresh)
        fresh.replace(folder / DATABASE)
    except (OSError, sqlite3.Error, StoreTrouble) as error:
        fresh.unlink(missing_ok=True)
        raise FileUnreadable(file=file.name, cause=getattr(error, "strerror", None) or str(error)) from error
    return Copied(position, (folder / DATABASE).stat().st_size)


def _renewed(session: Session, chance: Chance) -> None:
    about = own.about(session)
    if about is None:
        raise sqlite3.DatabaseError("no center")
    own.keep_about(session, about._replace(incarnation=chance.new_id()))


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


def _on_disk(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
