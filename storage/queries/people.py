"""Questions about the people of earlier dossiers, and about what was used how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.queries.dossiers import no_guest
from storage.queries.search import by_names
from storage.tables.projected import DossierRow, LookupKeyRow


def of_number_tail(session: Session, tail: str, limit: int) -> list[DossierRow]:
    """Return dossiers on which somebody's number ends in `tail`, newest first.

    tail: plain (storage.projections.search.plain), not empty.
    """
    sought = tail[::-1]
    return _by_key(session, "id~", sought, sought + "\x7f", limit)


def of_phone(session: Session, phone: str, limit: int) -> list[DossierRow]:
    """Return dossiers on which somebody has `phone` (plain), newest first."""
    return _by_key(session, "phone", phone, phone + "\x00", limit)


def of_names(session: Session, words: Sequence[str], limit: int) -> list[DossierRow]:
    """Return dossiers on which every folded word of `words` begins a name's word, newest first."""
    ids = by_names(session, words, limit)
    rows = {row.id: row for row in session.exec(select(DossierRow).where(col(DossierRow.id).in_(ids)))}
    return [rows[dossier] for dossier in ids if dossier in rows]


def counted_by_procedure(session: Session, desk: str, first: datetime, before: datetime) -> dict[str, int]:
    """Return how many dossiers `desk` accepted in [first, before), by procedure."""
    counted = session.exec(
        select(DossierRow.procedure, func.count())
        .where(col(DossierRow.accepted_at) >= first, col(DossierRow.accepted_at) < before, DossierRow.desk == desk)
        .group_by(DossierRow.procedure)
    )
    return dict(counted.all())


def _by_key(session: Session, kind: str, least: str, below: str, limit: int) -> list[DossierRow]:
    return list(
        session.exec(
            select(DossierRow)
            .join(LookupKeyRow, col(LookupKeyRow.dossier) == col(DossierRow.id))
            .where(
                LookupKeyRow.kind == kind,
                col(LookupKeyRow.value) >= least,
                col(LookupKeyRow.value) < below,
                no_guest(),
            )
            .order_by(col(LookupKeyRow.accepted_at).desc())
            .limit(limit)
        )
    )
