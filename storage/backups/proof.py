"""What a database must be to count as a backup: whole for SQLite, and its log's every byte the one that was hashed."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from desk.errors.base import StoreTrouble
from storage import chain
from storage.backups.form import Pause, no_pause
from storage.chain import Identity
from storage.mirror import Tail
from storage.queries import soundness
from storage.store import PRACTICE_ID, Store

_KINDS: Final = {PRACTICE_ID: "practice"}


class Holds(NamedTuple):
    """What a database holds."""

    revision: str
    tail: Tail
    """The desk's own last event."""
    events: int
    """Of all desks."""
    dossiers: int
    kind: str
    """real or practice, as the file itself says."""


class Damaged(ValueError):
    """The database is not whole; its argument says where."""


def counted(database: Path, identity: Identity) -> Holds:
    """Return what the file `database` holds, unproved; raises Damaged."""
    store = Store.as_it_is(database)
    try:
        with store.reading() as session:
            return _counted(session, identity)
    except StoreTrouble as error:
        raise Damaged(error.facts.get("cause", error.code)) from error
    finally:
        store.close()


def proved(database: Path, identity: Identity, pause: Pause = no_pause) -> Holds:
    """Return what the file `database` holds after reading all of it; raises Damaged where anything is not right."""
    store = Store.as_it_is(database)
    try:
        with store.reading() as session:
            fault = soundness.database_fault(session, whole=True)
            if fault:
                raise Damaged(fault)
            pause()
            broken = soundness.chain_break(session, identity, pause)
            broken = broken or soundness.part_break(session, identity.desk, pause)
            if broken is not None:
                raise Damaged(f"{broken.epoch}/{broken.seq} {broken.cause}")
            return _counted(session, identity)
    except StoreTrouble as error:
        raise Damaged(error.facts.get("cause", error.code)) from error
    finally:
        store.close()


def _counted(session: Session, identity: Identity) -> Holds:
    def one(asked: str) -> int:
        return int(session.connection().execute(text(asked)).scalar() or 0)

    revision = session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar()
    return Holds(
        str(revision),
        chain.tail(session, identity),
        one("SELECT count(*) FROM event"),
        one("SELECT count(*) FROM dossier"),
        _KINDS.get(one("PRAGMA application_id"), "real"),
    )
