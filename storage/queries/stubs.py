"""Questions about dossiers of other units: what every desk may know of them, and which lie here as guests."""

from __future__ import annotations

from sqlmodel import Session, col, select

from storage.tables.elsewhere import GuestRow, StubRow


def stub(session: Session, dossier: str) -> StubRow | None:
    """Return what is known of the dossier with this id, None where the center never spoke of it."""
    return session.get(StubRow, dossier)


def guest(session: Session, dossier: str) -> GuestRow | None:
    """Return why and since when a dossier lies here that does not concern this unit, None where it does."""
    return session.get(GuestRow, dossier)


def by_tracking(session: Session, tracking: int) -> StubRow | None:
    """Return the dossier with the QR's tracking number."""
    return session.exec(select(StubRow).where(StubRow.tracking == str(tracking))).first()


def has_code(session: Session, plain: str) -> bool:
    """Return whether a dossier of another unit has exactly this code (lower case, no dots or hyphens)."""
    return session.exec(select(StubRow.dossier).where(StubRow.plain == plain).limit(1)).first() is not None


def by_code(session: Session, plain: str, limit: int) -> list[StubRow]:
    """Return dossiers whose code is, begins with or ends in `plain`, the newest first.

    plain: lower case, no dots or hyphens (storage.projections.search.plain).
    """
    found: dict[str, StubRow] = {}
    for column, sought in ((StubRow.plain, plain), (StubRow.plain_reversed, plain[::-1])):
        rows = session.exec(
            select(StubRow)
            .where(col(column) >= sought, col(column) < sought + "\x7f")
            .order_by(col(StubRow.dossier).desc())
            .limit(limit)
        )
        found.update({row.dossier: row for row in rows})
    return list(found.values())
