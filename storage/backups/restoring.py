"""Prepares a home's database from a backup: brought up to the last event that anything on this machine still knows.

The backup is the ground. On it comes what the mirror holds beyond it, and what can still be read in the home's own
database, each event only where it joins the chain. The rest is listed: what the center has comes back with the next
exchange, what nobody has is lost and named.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlmodel import Session, col, select

from desk.errors.backups import FAULTS, BackupBad
from desk.words import _
from storage import chain, settle
from storage.backups.form import Said, Unsound, unpack
from storage.backups.proof import Damaged, proved
from storage.backups.salvage import Joined, gathered, joined, of_database, of_mirror
from storage.chain import Identity
from storage.messages import BadMessage, Have, read_have
from storage.mirror import Mirror, Tail
from storage.projections.attachments import ATTACHED, attachments
from storage.queries import own
from storage.queries.events import of_kinds
from storage.store import PRACTICE_ID, REAL_ID, Store
from storage.tables.kept import SettingRow
from storage.tables.projected import DossierRow
from storage.wire import Event

_BATCH: Final = 1000
_OUTSIDE: Final = ("reference.imported", "calendar.changed", "officer.added")
"""Kinds of events whose data lies beside the log: imported lists, hours, PINs."""


class Place(NamedTuple):
    """One event of the desk that is not here; kind and what follows are known only where the event itself is."""

    epoch: int
    seq: int
    kind: str | None = None
    dossier: str | None = None
    code: str | None = None
    at_ms: int | None = None


class Prepared(NamedTuple):
    """What lies ready to take the place of the home's database."""

    said: Said
    tail: Tail
    dossiers: int
    replayed: int
    """Events that the backup did not hold and that are here all the same."""
    at_center: list[Place]
    """What only the center has: it comes back with the next exchange."""
    lost: list[Place]
    """What nobody has."""
    by_hand: list[str]
    """Kinds of replayed events whose data beside the log is that of the backup."""
    files: set[tuple[str, int]]
    """Hash and size of every attached file that belongs to it."""


class Own(NamedTuple):
    """What can still be read of the home's own database."""

    tail: Tail | None
    """Its last own event, None where it is not whole."""
    events: list[Event]
    """Its own events beyond the backup."""
    have: Have | None
    """What the center had said that it has."""
    codes: dict[str, str]
    """Codes of dossiers by their ids."""


def prepare(file: Path, database: Path, identity: Identity, mirror: Mirror, found: Own) -> Prepared:
    """Make `database` from the backup `file` and everything that is known beyond it; raises BackupBad, OSError.

    found: what was read of the home's own database.
    """
    said = _proved(file, database, identity)
    store = Store.on_file(database, "desk", application_id=PRACTICE_ID if said.kind == "practice" else REAL_ID)
    try:
        with store.writing() as session:
            before = chain.tail(session, identity)
            known = gathered([of_mirror(mirror), found.events], identity, before)
            what = joined(known, identity, before)
            for start in range(0, len(what.taken), _BATCH):
                settle.take(session, what.taken[start : start + _BATCH])
            have = _later(found.have, _have(own.sync_state(session).have, identity.desk))
            session.merge(SettingRow(name=chain.PUT_BACK, value=0 if have is None else have.epoch))
            session.flush()
            prepared = _told(session, said, what, have, found.codes)
            files = _files(session, identity)
    finally:
        store.close()
    _one_file(database)
    return prepared._replace(files=files)


def read_own(database: Path, copy: Path, identity: Identity, after: tuple[int, int]) -> Own:
    """Return what can be read of a home's own database beyond epoch and number `after`; it may be damaged or missing.

    copy: where a copy of it may be written, because even looking at a database writes beside it.
    """
    if not database.exists():
        return Own(None, [], None, {})
    with suppress(OSError):
        for ending in ("", "-wal"):
            if Path(f"{database}{ending}").exists():
                shutil.copyfile(f"{database}{ending}", f"{copy}{ending}")
    read = of_database(copy)
    events = [one for one in read if one.head.desk == identity.desk and (one.head.epoch, one.head.seq) > after]
    have, codes = None, dict[str, str]()
    with suppress(sqlite3.Error, ValueError), closing(sqlite3.connect(copy)) as opened:
        codes.update(opened.execute("SELECT id, code FROM dossier WHERE code IS NOT NULL"))
        row = opened.execute("SELECT have FROM sync_state").fetchone()
        have = _have(json.loads(row[0]), identity.desk) if row and row[0] else None
    return Own(_whole_tail(copy, identity), events, have, codes)


def _whole_tail(copy: Path, identity: Identity) -> Tail | None:
    try:
        with closing(sqlite3.connect(copy)) as opened:
            opened.execute("PRAGMA journal_mode = DELETE")
        return proved(copy, identity).tail
    except (OSError, sqlite3.Error, Damaged):
        return None


def _proved(file: Path, database: Path, identity: Identity) -> Said:
    try:
        said = unpack(file, database)
        proved(database, identity)
    except Unsound as error:
        raise BackupBad(file=file.name, cause=_(FAULTS[error.fault])) from error
    except Damaged as error:
        raise BackupBad(file=file.name, cause=str(error)[:200]) from error
    return said


def _told(session: Session, said: Said, what: Joined, have: Have | None, codes: dict[str, str]) -> Prepared:
    """Return what is here now and what is not."""
    lengths = chain.lengths(session, said.desk)
    ids = {event.head.dossier for event in what.left if event.head.dossier}
    asked = select(col(DossierRow.id), col(DossierRow.code)).where(col(DossierRow.id).in_(ids))
    here = {row[0]: row[1] for row in session.connection().execute(asked) if row[1]}
    named = {**codes, **here, **_codes_in(what.left)}
    left = {(event.head.epoch, event.head.seq): event for event in what.left}
    newest = {epoch: max(seq for number, seq in left if number == epoch) for epoch, _seq in left}
    at = {} if have is None else {place.epoch: place.seq for place in have.places}
    missing = [
        _place(epoch, seq, left.get((epoch, seq)), named)
        for epoch in sorted({*newest, *at})
        for seq in range(lengths.get(epoch, 0) + 1, max(newest.get(epoch, 0), at.get(epoch, 0)) + 1)
    ]
    return Prepared(
        said,
        what.tail,
        int(session.connection().exec_driver_sql("SELECT count(*) FROM dossier").scalar() or 0),
        len(what.taken),
        [place for place in missing if place.seq <= at.get(place.epoch, 0)],
        [place for place in missing if place.seq > at.get(place.epoch, 0)],
        sorted({event.head.kind for event in what.taken if event.head.kind in _OUTSIDE}),
        set(),
    )


def _codes_in(events: Sequence[Event]) -> dict[str, str]:
    found = {}
    for event in events:
        if event.head.dossier and event.head.kind == "dossier.accepted":
            with suppress(ValueError):
                found[event.head.dossier] = str(event.body.get("code", ""))
    return found


def _place(epoch: int, seq: int, event: Event | None, codes: dict[str, str]) -> Place:
    if event is None:
        return Place(epoch, seq)
    head = event.head
    return Place(epoch, seq, head.kind, head.dossier, codes.get(head.dossier or ""), head.at)


def _files(session: Session, identity: Identity) -> set[tuple[str, int]]:
    return {(one.sha256, one.size) for one in attachments(of_kinds(session, identity.desk, (ATTACHED,)))}


def _have(value: Any, desk: str) -> Have | None:
    try:
        return None if value is None else read_have(value, desk)
    except BadMessage:
        return None


def _later(one: Have | None, other: Have | None) -> Have | None:
    both = [have for have in (one, other) if have is not None]
    return max(both, key=lambda have: (have.epoch, have.total), default=None)


def _one_file(database: Path) -> None:
    """Leave the database as one file, synced."""
    with closing(sqlite3.connect(database, isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")
    with database.open("rb+") as file:
        os.fsync(file.fileno())
