"""Brings a backup back where nothing can go wrong, and compares it with the log that it is a backup of."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session

from storage import chain
from storage.backups.form import Said, Unsound, unpack
from storage.backups.proof import Damaged, proved
from storage.log import Log
from storage.projections.project import rebuild
from storage.store import Store


class Rehearsed(NamedTuple):
    """How a rehearsal went."""

    path: Path
    said: Said | None
    """None where the file is no backup that can be read."""
    events: int
    """Own events that were compared."""
    fault: str
    """What is wrong with it, "" for nothing."""


def rehearse(path: Path, scratch: Path, log: Log) -> Rehearsed:
    """Bring the backup `path` back into the empty folder `scratch` and compare it with `log`.

    All of it is read and proved, opened as this program opens a home, and every table that follows from the log is made
    anew and compared. Raises OSError where there is no room.
    """
    database = scratch / "desk.db"
    try:
        said = unpack(path, database)
        proved(database, log.identity)
    except (Unsound, Damaged) as error:
        return Rehearsed(path, None, 0, str(error))
    store = Store.on_file(database, "desk")
    try:
        with store.writing() as session:
            events = sum(chain.lengths(session, log.identity.desk).values())
            fault = _other(session, log)
            if not fault:
                differences = rebuild(session, searchable=True).differences
                fault = differences[0] if differences else ""
    finally:
        store.close()
    return Rehearsed(path, said, events, fault)


def _other(copy: Session, log: Log) -> str:
    """Return where the log does not hold what the copy does, "" where it holds all of it: each head names the last."""
    desk = log.identity.desk
    with log.store.reading() as session:
        for epoch, seq in chain.lengths(copy, desk).items():
            here = chain.head_hash(session, desk, epoch, seq)
            if here is None or here != chain.head_hash(copy, desk, epoch, seq):
                return f"{epoch}/{seq}"
    return ""
