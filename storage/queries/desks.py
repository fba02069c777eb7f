"""Questions about the desk as its log tells it: who it is, officers, serials, papers, survey forms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables.projected import BookRow, DeskRow, DossierRow, OfficerRow, PaperRow, SerialRow, SurveyFormRow


def the_desk(session: Session, desk: str) -> DeskRow | None:
    """Return what the log says of `desk`."""
    return session.get(DeskRow, desk)


def officers(session: Session, desk: str) -> list[OfficerRow]:
    """Return the active officers of `desk`, the first added first."""
    here = select(OfficerRow).where(OfficerRow.is_active == 1, OfficerRow.desk == desk)
    return list(session.exec(here.order_by(col(OfficerRow.id))))


def officer(session: Session, officer_id: str) -> OfficerRow | None:
    """Return an officer, active or not."""
    return session.get(OfficerRow, officer_id)


def officer_names(session: Session) -> dict[str, str]:
    """Return the name of each officer by his id, those no longer active too."""
    return {row.id: row.name for row in session.exec(select(OfficerRow))}


def papers_of(session: Session, dossier: str) -> list[PaperRow]:
    """Return the papers of a dossier, the newest first."""
    return list(
        session.exec(select(PaperRow).where(PaperRow.dossier == dossier).order_by(col(PaperRow.made_at).desc()))
    )


def newest_papers(session: Session, desk: str, limit: int = 100) -> list[tuple[PaperRow, DossierRow | None]]:
    """Return the newest papers that `desk` made, with their dossiers."""
    return list(
        session.exec(
            select(PaperRow, DossierRow)
            .join(DossierRow, col(DossierRow.id) == col(PaperRow.dossier), isouter=True)
            .where(PaperRow.desk == desk)
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


def last_book_number(session: Session, unit: str, book: str, year: int, slot: int) -> int | None:
    """Return the last number a slot of `unit` gave in a book and year, None where it gave none."""
    row = session.get(BookRow, (unit, book, year, slot))
    return None if row is None else row.last


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
