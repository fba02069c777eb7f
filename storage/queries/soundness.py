"""Questions about the log's own soundness: does the chain hold, does the mirror say the same, is the file whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import select, text
from sqlmodel import Session

from storage import chain
from storage.chain import Identity
from storage.mirror import Mirror
from storage.projections.upsert import table_of
from storage.tables.events import EventRow
from storage.wire import Event, hash_of

_BATCH: Final = 2000
_BREATH: Final = 100
_BESIDE: Final = ("desk", "epoch", "seq", "id", "dossier", "kind", "head_hash")
"""The columns that repeat what the head says."""


class Break(NamedTuple):
    """Where something does not hold; seq 0 is the file as a whole."""

    epoch: int
    seq: int
    cause: str


def database_fault(session: Session, *, whole: bool = False) -> str:
    """Return what SQLite finds wrong with its file, "" for nothing; whole: its indexes too, at twice the time."""
    look = "PRAGMA integrity_check(1)" if whole else "PRAGMA quick_check(1)"
    found = str(session.connection().execute(text(look)).scalar())
    return "" if found == "ok" else found[:200]


def chain_break(session: Session, identity: Identity, pause: Callable[[], None] = lambda: None) -> Break | None:
    """Return the first own event that does not follow from the one before it, None where all do.

    Every head names the hash of the head before, of its body and of its private part, and the columns beside it
    say what it says; an erased private part is passed over, since its event says that it is gone.
    pause: called every few milliseconds of the work.
    """
    known = {hash_of(identity.record)}
    prev = hash_of(identity.record)
    for epoch in chain.lengths(session, identity.desk):
        for seq, (event, columns) in enumerate(_rows(session, identity, epoch), 1):
            if seq % _BREATH == 0:
                pause()
            cause = _fault(event, columns, seq)
            if cause is None and event.head.prev != prev and (seq > 1 or event.head.prev not in known):
                cause = "prev"
            if cause is not None:
                return Break(epoch, seq, cause)
            prev = event.head_hash
            known.add(prev)
    return None


def _rows(session: Session, identity: Identity, epoch: int) -> Iterator[tuple[Event, dict[str, Any]]]:
    """Yield the own events of `epoch` in order, each with the columns beside it."""
    table = table_of(EventRow)
    statement = select(table).where(table.c.desk == identity.desk, table.c.epoch == epoch).order_by(table.c.seq)
    for row in session.connection().execution_options(yield_per=_BATCH).execute(statement):
        columns = dict(row._mapping)
        yield chain.as_event((row.head, row.body, row.private)), columns


def _fault(event: Event, columns: dict[str, Any], seq: int) -> str | None:
    try:
        told = dict(zip(chain.COLUMNS, chain.values_of(event), strict=True))
    except ValueError:
        return "head"
    if told["seq"] != seq or any(columns[key] != told[key] for key in _BESIDE):
        return "number"
    if hash_of(event.body_bytes) != event.head.body_hash:
        return "body"
    if event.private_bytes and hash_of(event.private_bytes) != event.head.private_hash:
        return "private"
    return None


def part_break(session: Session, desk: str, pause: Callable[[], None] = lambda: None) -> Break | None:
    """Return the first event of another desk than `desk` whose parts or columns are not what its head says.

    What others wrote is no whole chain here: only the dossiers that concern this desk came.
    """
    table = table_of(EventRow)
    rows = session.connection().execution_options(yield_per=_BATCH).execute(select(table).where(table.c.desk != desk))
    for number, row in enumerate(rows, 1):
        if number % _BREATH == 0:
            pause()
        event = chain.as_event((row.head, row.body, row.private))
        if (cause := _fault(event, dict(row._mapping), row.seq)) is not None:
            return Break(row.epoch, row.seq, cause)
    return None


def head_at(session: Session, identity: Identity, epoch: int, seq: int) -> str | None:
    """Return the head hash of the own event with this number, None where there is none."""
    return chain.head_hash(session, identity.desk, epoch, seq)


def mirror_break(session: Session, mirror: Mirror, identity: Identity) -> Break | None:
    """Return where the mirror first says something else than the log, None where it says the same.

    A private part that the log erased may still stand in the mirror until it is rotated. Raises OSError.
    """
    for epoch in chain.lengths(session, identity.desk):
        path = mirror.path(epoch)
        if not path.exists():
            return Break(epoch, 0, "missing")
        with path.open("rb") as file:
            if file.readline().rstrip(b"\n") != identity.record:
                return Break(epoch, 0, "identity")
            seq = 0
            for event in _own(session, identity, epoch):
                seq += 1
                line = file.readline()
                if line != event.line() and not line.startswith(event.head_bytes + b"\t"):
                    return Break(epoch, seq, "other" if line else "missing")
            if file.readline():
                return Break(epoch, seq + 1, "more")
    return None


def _own(session: Session, identity: Identity, epoch: int) -> Iterator[Event]:
    after = 0
    while batch := chain.events(session, identity.desk, epoch, after, _BATCH):
        yield from batch
        after += len(batch)
