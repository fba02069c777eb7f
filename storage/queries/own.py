"""Questions about the desk's own tables: PINs, drafts, print jobs, the sync cursor, the keys of others."""

from __future__ import annotations

from sqlmodel import Session, col, select

from storage.tables.own import CenterKeyRow, DraftRow, KnownKeyRow, OfficerKeyRow, PrintJobRow, SyncStateRow


def officer_key(session: Session, officer_id: str) -> OfficerKeyRow | None:
    """Return the PIN's hash of an officer."""
    return session.get(OfficerKeyRow, officer_id)


def draft(session: Session, dossier: str) -> DraftRow | None:
    """Return the draft of the dossier-to-be `dossier`."""
    return session.get(DraftRow, dossier)


def drafts(session: Session, officer_id: str | None = None) -> list[DraftRow]:
    """Return drafts (of one officer), the newest first."""
    statement = select(DraftRow).order_by(col(DraftRow.changed_at).desc())
    if officer_id is not None:
        statement = statement.where(DraftRow.officer == officer_id)
    return list(session.exec(statement))


def jobs(session: Session, *states: str) -> list[PrintJobRow]:
    """Return the print jobs in `states` (all without any), the oldest first."""
    statement = select(PrintJobRow).order_by(col(PrintJobRow.queued_at), col(PrintJobRow.id))
    if states:
        statement = statement.where(col(PrintJobRow.state).in_(states))
    return list(session.exec(statement))


def job(session: Session, job_id: str) -> PrintJobRow | None:
    """Return a print job."""
    return session.get(PrintJobRow, job_id)


def job_of_paper(session: Session, paper_id: str) -> PrintJobRow | None:
    """Return the newest print job of a paper."""
    return session.exec(
        select(PrintJobRow).where(PrintJobRow.paper == paper_id).order_by(col(PrintJobRow.queued_at).desc())
    ).first()


def sync_state(session: Session) -> SyncStateRow:
    """Return where the exchange with the center stands (a fresh row before the first)."""
    return session.get(SyncStateRow, 1) or SyncStateRow()


def center_key(session: Session) -> CenterKeyRow | None:
    """Return what is kept of the center, None before the desk joined one."""
    return session.get(CenterKeyRow, 1)


def known_keys(session: Session) -> list[KnownKeyRow]:
    """Return the public keys by which papers are proved."""
    return list(session.exec(select(KnownKeyRow)))
