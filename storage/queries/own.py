"""Questions about the desk's own tables: officers and their keys, drafts, papers, jobs, settings, the cursor."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables.own import (
    CenterKeyRow,
    DraftRow,
    KnownKeyRow,
    OfficerKeyRow,
    PrintJobRow,
    SettingRow,
    SyncStateRow,
)
from storage.tables.projected import DeskRow, DossierRow, OfficerRow, PaperRow, SerialRow, SurveyFormRow


def the_desk(session: Session, desk: str) -> DeskRow | None:
    """Return what the log says of `desk`."""
    return session.get(DeskRow, desk)


def officers(session: Session) -> list[OfficerRow]:
    """Return the active officers, the first added first."""
    return list(session.exec(select(OfficerRow).where(OfficerRow.is_active == 1).order_by(col(OfficerRow.id))))


def officer(session: Session, officer_id: str) -> OfficerRow | None:
    """Return an officer, active or not."""
    return session.get(OfficerRow, officer_id)


def officer_names(session: Session) -> dict[str, str]:
    """Return the name of each officer by his id, those no longer active too."""
    return {row.id: row.name for row in session.exec(select(OfficerRow))}


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


def papers_of(session: Session, dossier: str) -> list[PaperRow]:
    """Return the papers of a dossier, the newest first."""
    return list(
        session.exec(select(PaperRow).where(PaperRow.dossier == dossier).order_by(col(PaperRow.made_at).desc()))
    )


def newest_papers(session: Session, limit: int = 100) -> list[tuple[PaperRow, DossierRow | None]]:
    """Return the newest papers of the desk with their dossiers."""
    return list(
        session.exec(
            select(PaperRow, DossierRow)
            .join(DossierRow, col(DossierRow.id) == col(PaperRow.dossier), isouter=True)
            .order_by(col(PaperRow.made_at).desc(), col(PaperRow.id).desc())
            .limit(limit)
        ).all()
    )


def paper(session: Session, paper_id: str) -> PaperRow | None:
    """Return a paper by its id."""
    return session.get(PaperRow, paper_id)


def newest_copy(session: Session, dossier: str, kind: str) -> int:
    """Return the number of the newest copy of a kind of paper, 0 where none was made."""
    statement = select(func.max(PaperRow.copy_no)).where(PaperRow.dossier == dossier, PaperRow.kind == kind)
    return int(session.exec(statement).one() or 0)


def papers_of_event(session: Session, event: str) -> list[PaperRow]:
    """Return the papers that belong to an event, the oldest first."""
    return list(session.exec(select(PaperRow).where(PaperRow.event == event).order_by(col(PaperRow.copy_no))))


def papers_named(session: Session, kind: str, beginning: str) -> list[PaperRow]:
    """Return the papers of a kind about no single dossier whose file name begins so, the oldest first."""
    return list(
        session.exec(
            select(PaperRow)
            .where(
                PaperRow.kind == kind,
                col(PaperRow.dossier).is_(None),
                col(PaperRow.name).startswith(beginning, autoescape=True),
            )
            .order_by(col(PaperRow.copy_no))
        )
    )


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


def setting(session: Session, name: str) -> Any:
    """Return the value of a setting the program keeps, None where it was never set."""
    row = session.get(SettingRow, name)
    return None if row is None else row.value


def keep_setting(session: Session, name: str, value: Any) -> None:
    """Keep a setting the program itself changes."""
    session.merge(SettingRow(name=name, value=value))


_GAPS: Final = "link_gaps"
_GAPS_KEPT: Final = 50


def link_gaps(session: Session) -> list[tuple[int, int | None]]:
    """Return when the link to the center was down: from the first failed try (ms) to the next good one, in order."""
    return [(start, end) for start, end in setting(session, _GAPS) or ()]


def note_link(session: Session, at_ms: int, *, is_up: bool) -> None:
    """Keep in the link's own log that it worked, or did not, at `at_ms`; only a change is written."""
    gaps = link_gaps(session)
    is_down = bool(gaps) and gaps[-1][1] is None
    if is_up is not is_down:
        return
    if is_up:
        gaps[-1] = (gaps[-1][0], at_ms)
    else:
        gaps.append((at_ms, None))
    keep_setting(session, _GAPS, gaps[-_GAPS_KEPT:])


def sync_state(session: Session) -> SyncStateRow:
    """Return where the exchange with the center stands (a fresh row before the first)."""
    return session.get(SyncStateRow, 1) or SyncStateRow()


def center_key(session: Session) -> CenterKeyRow | None:
    """Return what is kept of the center, None before the desk joined one."""
    return session.get(CenterKeyRow, 1)


def known_keys(session: Session) -> list[KnownKeyRow]:
    """Return the public keys by which papers are proved."""
    return list(session.exec(select(KnownKeyRow)))


def last_serial(session: Session, agency_code: str, business_on: Any, slot: int) -> int | None:
    """Return the last serial used in a slot of a day, None where none was."""
    row = session.get(SerialRow, (agency_code, business_on, slot))
    return None if row is None else row.last


def survey_forms(session: Session, first: Any, before: Any) -> list[SurveyFormRow]:
    """Return the survey forms captured in [first, before)."""
    return list(
        session.exec(
            select(SurveyFormRow).where(
                col(SurveyFormRow.captured_at) >= first, col(SurveyFormRow.captured_at) < before
            )
        )
    )
