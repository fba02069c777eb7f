"""The survey form on the citizen's phone: once a dossier, after the return, and never tied to it.

The form stands alone (`survey.captured`); beside it in the log the dossier only keeps that it was asked.
Both are the center's own events, so the tie is as loose as at a desk: reports hide small groups.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

from sqlmodel import Session

from desk.clock import Chance
from desk.keys import SigningKey
from desk.rules.dossier import Status
from desk.rules.survey import LEVELS
from storage.center import own_log
from storage.center.own import About
from storage.tables.projected import DossierRow

FormState = Literal["none", "open", "answered"]
"""none: not the time for it. open: one form may be given. answered: it was, here or at the counter."""


def form_state(row: DossierRow) -> FormState:
    """Return whether the citizen of `row` may give a form; a silence at the counter leaves it open."""
    if cast(Status, row.status) != "returned":
        return "none"
    return "open" if row.survey in ("", "no_answer") else "answered"


def capture(
    session: Session, row: DossierRow, level: str, about: About, key: SigningKey, now: datetime, chance: Chance
) -> bool:
    """Write down one form; returns False where it is not open or `level` is none of the three."""
    if level not in LEVELS or form_state(row) != "open":
        return False
    body = {
        "unit": row.returning_unit or row.unit,
        "officer": row.officer,
        "field": row.field,
        "level": level,
        "how": "phone",
        "quick": False,
    }
    with own_log.act(session, about, key, now, chance, unit=row.unit) as act:
        act.append("survey.asked", {"answer": "answered"}, dossier=row.id)
        act.append("survey.captured", body)
    return True
