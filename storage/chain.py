"""One desk's chain as it lies in the log's table: its tail, its events in order, how events are put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, literal, select
from sqlmodel import Session, col

from storage.mirror import Tail
from storage.projections.upsert import append
from storage.tables.events import EventRow
from storage.wire import Event, hash_of

WENT_BACK: Final = "went_back"
"""Why an epoch was begun: the center held more of this log than the log itself."""

RESTORED: Final = "restored"
"""Why an epoch was begun: the log was brought back from a backup, and nobody can say that it lacks nothing."""
PUT_BACK: Final = "put_back"
"""The setting that a restored log has until its next epoch began."""


class Identity(NamedTuple):
    """Who writes a log."""

    desk: str
    unit: str
    record: bytes
    """The self-signed identity record."""

    @property
    def genesis(self) -> Tail:
        """The tail of a log without any event."""
        return Tail(1, 0, hash_of(self.record))


def tail(session: Session, identity: Identity) -> Tail:
    """Return the last event of the desk's newest epoch, its genesis before the first."""
    found = (
        session.connection()
        .execute(
            select(col(EventRow.epoch), col(EventRow.seq), col(EventRow.head_hash))
            .where(col(EventRow.desk) == identity.desk)
            .order_by(col(EventRow.epoch).desc(), col(EventRow.seq).desc())
            .limit(1)
        )
        .first()
    )
    return identity.genesis if found is None else Tail(found[0], found[1], found[2])


def lengths(session: Session, desk: str) -> dict[int, int]:
    """Return the last number of each epoch of `desk`, the oldest first; one look into the index an epoch."""
    found: dict[int, int] = {}
    newest_first = (
        select(col(EventRow.epoch), col(EventRow.seq))
        .where(col(EventRow.desk) == desk)
        .order_by(col(EventRow.epoch).desc(), col(EventRow.seq).desc())
        .limit(1)
    )
    row = session.connection().execute(newest_first).first()
    while row is not None:
        found[row[0]] = row[1]
        row = session.connection().execute(newest_first.where(col(EventRow.epoch) < row[0])).first()
    return dict(reversed(found.items()))


def events(session: Session, desk: str, epoch: int, after: int, limit: int) -> list[Event]:
    """Return the events of `epoch` of `desk` beyond number `after`, in order, at most `limit`."""
    rows = session.connection().execute(
        select(col(EventRow.head), col(EventRow.body), col(EventRow.private))
        .where(col(EventRow.desk) == desk, col(EventRow.epoch) == epoch, col(EventRow.seq) > literal(after, BigInteger))
        .order_by(col(EventRow.seq))
        .limit(limit)
    )
    return [as_event(row) for row in rows]


def head_hash(session: Session, desk: str, epoch: int, seq: int) -> str | None:
    """Return the head hash of one event of `desk`, None where it is not here."""
    return (
        session.connection()
        .execute(
            select(col(EventRow.head_hash)).where(
                col(EventRow.desk) == desk, col(EventRow.epoch) == epoch, col(EventRow.seq) == seq
            )
        )
        .scalar()
    )


def went_back_to(session: Session, desk: str, epoch: int) -> bool:
    """Return whether `desk` began `epoch` because the center had more of its log, and did not join anew since."""
    rows = session.connection().execute(
        select(col(EventRow.head), col(EventRow.body), col(EventRow.private))
        .where(col(EventRow.desk) == desk, col(EventRow.epoch) == epoch)
        .where(col(EventRow.kind).in_(("desk.epoch_opened", "desk.enrolled")))
        .order_by(col(EventRow.seq).desc())
        .limit(1)
    )
    return any(as_event(row).body.get("because") == WENT_BACK for row in rows)


def last_hlc(session: Session, desk: str) -> str | None:
    """Return the hybrid clock of the event that `desk` wrote last, None where it wrote none.

    Not of the event stored last: what another desk wrote with a clock gone wrong must not move this one's.
    """
    rows = session.connection().execute(
        select(col(EventRow.head))
        .where(col(EventRow.desk) == desk)
        .order_by(col(EventRow.epoch).desc(), col(EventRow.seq).desc())
        .limit(1)
    )
    found = rows.scalar()
    return None if found is None else Event(bytes(found), b"", None).head.hlc


def as_event(row: Sequence[Any]) -> Event:
    """Return the event in a row that begins with head, body and private part."""
    return Event(bytes(row[0]), bytes(row[1]), None if row[2] is None else bytes(row[2]))


COLUMNS: Final = ("desk", "epoch", "seq", "id", "dossier", "kind", "head_hash", "head", "body", "private")
"""The columns of an event's row, its position apart."""


def values_of(event: Event) -> tuple[Any, ...]:
    """Return the row of `event`: a value for each of COLUMNS."""
    head = event.head
    return (
        head.desk,
        head.epoch,
        head.seq,
        head.id,
        head.dossier,
        head.kind,
        event.head_hash,
        event.head_bytes,
        event.body_bytes,
        event.private_bytes,
    )


def store(session: Session, taken: Sequence[Event]) -> None:
    """Put events into a desk's log in their order, as written."""
    if taken:
        append(session, EventRow, COLUMNS, [values_of(event) for event in taken])
