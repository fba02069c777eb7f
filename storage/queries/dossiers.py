"""Questions about dossiers: one by its code or number, many by a state or a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, func, or_, text
from sqlmodel import Session, col, select

from storage.projections.upsert import table_of
from storage.tables.elsewhere import GuestRow
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow, LookupKeyRow, PaperRow

OPEN = ("accepted", "processing", "supplement_requested", "payment_requested", "withdrawal_requested")
"""Statuses of an accepted dossier that is not resolved."""


def no_guest() -> ColumnElement[bool]:
    """Return the condition that a dossier concerns this desk's unit: it was not only looked up, and has not left."""
    return col(DossierRow.id).not_in(select(GuestRow.dossier))


def by_id(session: Session, dossier: str) -> DossierRow | None:
    """Return the dossier with the id `dossier`."""
    return session.get(DossierRow, dossier)


def by_ids(session: Session, ids: Sequence[str]) -> list[DossierRow]:
    """Return the dossiers `ids`, in the order of `ids`."""
    rows = {row.id: row for row in session.exec(select(DossierRow).where(col(DossierRow.id).in_(ids)))}
    return [rows[dossier] for dossier in ids if dossier in rows]


def by_code(session: Session, code: str) -> list[DossierRow]:
    """Return the dossiers that have `code`, here or in another system, newest first."""
    plain = "".join(c for c in code.casefold() if c.isalnum())
    return list(
        session.exec(
            select(DossierRow)
            .join(LookupKeyRow, col(LookupKeyRow.dossier) == col(DossierRow.id))
            .where(LookupKeyRow.kind == "code", LookupKeyRow.value == plain)
            .order_by(col(DossierRow.accepted_at).desc())
        )
    )


def by_tracking(session: Session, tracking: int) -> DossierRow | None:
    """Return the dossier with the QR's tracking number."""
    return session.exec(select(DossierRow).where(DossierRow.tracking == str(tracking))).first()


def with_status(session: Session, statuses: Sequence[str], limit: int = 1000) -> list[DossierRow]:
    """Return dossiers in `statuses`, the earliest due first."""
    return list(
        session.exec(
            select(DossierRow)
            .where(col(DossierRow.status).in_(statuses), no_guest())
            .order_by(col(DossierRow.due_at), col(DossierRow.filed_at), col(DossierRow.id))
            .limit(limit)
        )
    )


def due_between(session: Session, first: datetime | None, before: datetime, limit: int = 1000) -> list[DossierRow]:
    """Return open dossiers due at or after `first` (None: from the beginning) and before `before`.

    While the citizen is waited for the clock stands still: such a dossier is due on no day, and late only if
    it was late before.
    """
    statement = select(DossierRow).where(*_due(first, before))
    return list(session.exec(statement.order_by(col(DossierRow.due_at), col(DossierRow.id)).limit(limit)))


def count_due_between(session: Session, first: datetime | None, before: datetime) -> int:
    """Count what `due_between` returns."""
    return int(session.exec(select(func.count()).select_from(DossierRow).where(*_due(first, before))).one())


def unexplained(session: Session, now: datetime, limit: int = 1000) -> list[DossierRow]:
    """Return open dossiers that are late, without a cause of delay or an apology, the earliest due first."""
    statement = select(DossierRow).where(*_unexplained(now))
    return list(session.exec(statement.order_by(col(DossierRow.due_at), col(DossierRow.id)).limit(limit)))


def count_unexplained(session: Session, now: datetime) -> int:
    """Count what `unexplained` returns."""
    return int(session.exec(select(func.count()).select_from(DossierRow).where(*_unexplained(now))).one())


_OPEN_INCIDENT = "incidents <> '[]'"
"""In the very words of the index, or it is not used."""


def with_incidents(session: Session, limit: int = 1000) -> list[DossierRow]:
    """Return dossiers with an open incident, the one that moved last first."""
    statement = select(DossierRow).where(text(_OPEN_INCIDENT))
    return list(session.exec(statement.order_by(col(DossierRow.last_at).desc(), col(DossierRow.id)).limit(limit)))


def count_incidents(session: Session) -> int:
    """Count the dossiers with an open incident."""
    return int(session.exec(select(func.count()).select_from(DossierRow).where(text(_OPEN_INCIDENT))).one())


def _unexplained(now: datetime) -> list[ColumnElement[bool]]:
    no_cause = or_(col(DossierRow.delays).is_(None), DossierRow.delays == [])
    return [*_due(None, now), col(DossierRow.apologised_at).is_(None), no_cause]


def _due(first: datetime | None, before: datetime) -> list[ColumnElement[bool]]:
    due, waiting = col(DossierRow.due_at), col(DossierRow.waiting_since_at)
    conditions = [col(DossierRow.status).in_(OPEN), due < before, no_guest()]
    if first is None:
        return [*conditions, or_(waiting.is_(None), due < waiting)]
    return [*conditions, due >= first, waiting.is_(None)]


def count_status(session: Session, status: str) -> int:
    """Count dossiers in `status`."""
    return int(session.exec(select(func.count()).where(col(DossierRow.status) == status, no_guest())).one())


def oldest_resolved(session: Session) -> datetime | None:
    """Return since when the longest uncollected result waits, None where none waits."""
    waiting = (col(DossierRow.status) == "resolved", no_guest())
    return session.exec(select(func.min(DossierRow.resolved_at)).where(*waiting)).one()


def uncollected(session: Session, limit: int = 1000) -> list[DossierRow]:
    """Return dossiers whose result waits to be collected, the one that waits longest first."""
    return list(
        session.exec(
            select(DossierRow)
            .where(col(DossierRow.status) == "resolved", no_guest())
            .order_by(col(DossierRow.resolved_at), col(DossierRow.id))
            .limit(limit)
        )
    )


def count_accepted(session: Session, unit: str, first: datetime, before: datetime) -> int:
    """Count dossiers that `unit` accepted in [first, before)."""
    accepted = col(DossierRow.accepted_at)
    conditions = (DossierRow.unit == unit, accepted >= first, accepted < before)
    return int(session.exec(select(func.count()).where(*conditions)).one())


def count_returned(session: Session, first: datetime, before: datetime) -> int:
    """Count dossiers whose result was handed over in [first, before), here or elsewhere."""
    returned = col(DossierRow.returned_at)
    return int(session.exec(select(func.count()).where(returned >= first, returned < before, no_guest())).one())


def unlinked(session: Session, unit: str, limit: int = 1000) -> list[DossierRow]:
    """Return dossiers accepted by `unit` under its own code that no other system has given a code."""
    return list(
        session.exec(
            select(DossierRow).where(*_unlinked(unit)).order_by(col(DossierRow.accepted_at).desc()).limit(limit)
        )
    )


def count_unlinked(session: Session, unit: str) -> int:
    """Count dossiers accepted by `unit` under its own code that no other system has given a code."""
    return int(session.exec(select(func.count()).where(*_unlinked(unit))).one())


def _unlinked(unit: str) -> list[ColumnElement[bool]]:
    return [
        col(DossierRow.accepted_at).is_not(None),
        col(DossierRow.serial).is_not(None),
        or_(col(DossierRow.other_codes).is_(None), DossierRow.other_codes == []),
        col(DossierRow.unit) == unit,
    ]


def held(session: Session, unit: str, limit: int = 1000) -> list[DossierRow]:
    """Return open dossiers held by another body than `unit`, the longest held first."""
    return list(
        session.exec(
            select(DossierRow)
            .where(*_held(unit))
            .order_by(col(DossierRow.held_since_at), col(DossierRow.id))
            .limit(limit)
        )
    )


def held_by(session: Session, unit: str, statuses: Sequence[str], limit: int = 1000) -> list[DossierRow]:
    """Return dossiers in `statuses` that `unit` holds, the soonest due first."""
    return list(
        session.exec(
            select(DossierRow)
            .where(col(DossierRow.status).in_(statuses), DossierRow.holder == unit)
            .order_by(col(DossierRow.due_at), col(DossierRow.code))
            .limit(limit)
        )
    )


def count_held(session: Session, unit: str) -> int:
    """Count open dossiers held by another body than `unit`."""
    return int(session.exec(select(func.count()).where(*_held(unit))).one())


def _held(unit: str) -> list[ColumnElement[bool]]:
    holder = col(DossierRow.holder)
    return [col(DossierRow.status).in_(OPEN), holder != "", holder != unit, no_guest()]


def slips_missing(session: Session, desk: str) -> list[DossierRow]:
    """Return dossiers that `desk` accepted whose slip is due and lacks: never made, or void and not replaced.

    The oldest first.
    """
    made = select(PaperRow.dossier).where(
        PaperRow.kind == "slip", PaperRow.state != "voided", col(PaperRow.dossier).is_not(None)
    )
    return list(
        session.exec(
            select(DossierRow)
            .where(DossierRow.slip == "due", DossierRow.desk == desk, col(DossierRow.id).not_in(made))
            .order_by(col(DossierRow.accepted_at))
        )
    )


_COUNTED = (
    "id code unit field procedure officer channel catalogue competent_unit filed_at accepted_at refused_at resolved_at"
    " stopped_at returned_at withdrawal_at apologised_at dues waits fees"
).split()


def touched(session: Session, first: datetime, before: datetime) -> list[DossierRow]:
    """Return every dossier that a report on [first, before) may count; those not accepted yet wait in it too.

    Only the columns that a figure is counted from are read: people and papers would double the time.
    """
    table = table_of(DossierRow)
    accepted, refused, filed = table.c.accepted_at, table.c.refused_at, table.c.filed_at
    found = session.connection().execute(
        select(*(table.c[name] for name in _COUNTED)).where(
            or_(accepted < before, refused < before, filed < before),
            or_(
                table.c.returned_at.is_(None),
                table.c.returned_at >= first,
                table.c.resolved_at >= first,
                accepted >= first,
            ),
        )
    )
    return cast(list[DossierRow], list(found))  # rows with these columns: read as the table's own


def open_ones(session: Session) -> list[DossierRow]:
    """Return every accepted dossier that is neither resolved nor stopped, the earliest due first."""
    return list(
        session.exec(
            select(DossierRow)
            .where(col(DossierRow.status).in_(OPEN), no_guest())
            .order_by(col(DossierRow.due_at), col(DossierRow.id))
        )
    )


def running_within(session: Session, first: datetime, before: datetime) -> list[DossierRow]:
    """Return dossiers that were accepted before `before` and had not ended by `first`, in the order of acceptance."""
    ended = func.coalesce(col(DossierRow.stopped_at), col(DossierRow.resolved_at))
    return list(
        session.exec(
            select(DossierRow)
            .where(col(DossierRow.accepted_at) < before, or_(ended.is_(None), ended > first), no_guest())
            .order_by(col(DossierRow.accepted_at), col(DossierRow.id))
        )
    )


def accepted_between(session: Session, unit: str, first: datetime, before: datetime) -> list[DossierRow]:
    """Return dossiers that `unit` accepted in [first, before), in the order of acceptance."""
    return list(
        session.exec(
            select(DossierRow)
            .where(DossierRow.unit == unit, col(DossierRow.accepted_at) >= first, col(DossierRow.accepted_at) < before)
            .order_by(col(DossierRow.accepted_at), col(DossierRow.code))
        )
    )


def events_beyond(session: Session, dossier: str, desk: str, epoch: int, seq: int) -> int:
    """Count events of `dossier` written by `desk` beyond (epoch, seq): what the center lacks."""
    statement = select(func.count()).where(
        EventRow.dossier == dossier,
        EventRow.desk == desk,
        or_(col(EventRow.epoch) > epoch, (col(EventRow.epoch) == epoch) & (col(EventRow.seq) > seq)),
    )
    return int(session.exec(statement).one())


def was_accepted_in(session: Session, desk: str, epoch: int) -> bool:
    """Return whether `desk` accepted any dossier in `epoch`."""
    statement = select(EventRow.position).where(
        EventRow.desk == desk, EventRow.epoch == epoch, EventRow.kind == "dossier.accepted"
    )
    return session.exec(statement.limit(1)).first() is not None


def was_booked_in(session: Session, desk: str, epoch: int, book: str, year: int) -> bool:
    """Return whether `desk` gave any number of a book of certification and year in `epoch`."""
    statement = (
        select(EventRow.position)
        .join(DossierRow, col(DossierRow.id) == col(EventRow.dossier))
        .where(
            DossierRow.book_year == year,
            col(DossierRow.book_number).is_not(None),
            DossierRow.book == book,
            EventRow.kind == "dossier.accepted",
            EventRow.desk == desk,
            EventRow.epoch == epoch,
        )
    )
    return session.exec(statement.limit(1)).first() is not None


def by_book_number(session: Session, year: int, number: int, book: str = "") -> list[DossierRow]:
    """Return the dossiers with a number of certification, of every book where none is named, newest first."""
    statement = select(DossierRow).where(DossierRow.book_year == year, DossierRow.book_number == number, no_guest())
    if book:
        statement = statement.where(DossierRow.book == book)
    return list(session.exec(statement.order_by(col(DossierRow.accepted_at).desc())))


def last_fee(session: Session, procedure: str) -> tuple[int, str] | None:
    """Return the fee last taken for `procedure` and the ground it was waived on, None where it was never taken."""
    found = session.exec(
        select(DossierRow.fee_dong, DossierRow.fee_ground)
        .where(DossierRow.procedure == procedure, col(DossierRow.fee_dong).is_not(None))
        .order_by(col(DossierRow.accepted_at).desc())
        .limit(1)
    ).first()
    return None if found is None or found[0] is None else (found[0], found[1])


def of_person(session: Session, number: str, limit: int = 20) -> list[DossierRow]:
    """Return dossiers on which a person with the identity `number` stands, newest first."""
    plain = "".join(c for c in number.casefold() if c.isalnum())
    return list(
        session.exec(
            select(DossierRow)
            .join(LookupKeyRow, col(LookupKeyRow.dossier) == col(DossierRow.id))
            .where(LookupKeyRow.kind == "id", LookupKeyRow.value == plain, no_guest())
            .order_by(col(LookupKeyRow.accepted_at).desc())
            .limit(limit)
        )
    )


def newest(session: Session, limit: int) -> list[DossierRow]:
    """Return the dossiers accepted last."""
    return list(
        session.exec(
            select(DossierRow)
            .where(col(DossierRow.accepted_at).is_not(None), no_guest())
            .order_by(col(DossierRow.accepted_at).desc(), col(DossierRow.code).desc())
            .limit(limit)
        )
    )
