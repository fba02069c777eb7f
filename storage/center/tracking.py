"""What a citizen is told of a paper's digits: where the dossier stands, and nothing personal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, cast

from sqlmodel import Session, col, select

from desk.keys import key_id
from desk.rules.dossier import Status
from desk.rules.lifecycle import is_open
from desk.rules.proof import opened, read_digits
from desk.rules.verdict import KnownDossier, KnownKey, judge
from storage.center.phone_survey import FormState, form_state
from storage.center.tables import EnrolledDesk
from storage.store import Store
from storage.tables.projected import DossierRow

LONGEST: Final = 1000
"""Characters of an address that are looked at; the longest paper has 236 digits."""

Found = Literal["known", "not_here_yet", "altered", "nothing", "asked"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dossier stands, as its citizen may know it."""

    found: Found
    """known: the dossier is here. not_here_yet: the paper is right, its dossier was not sent yet. altered: the
    digits were changed or mistyped. nothing: they name no dossier of ours. asked: none were given yet."""
    status: Status | None = None
    unit: str = ""
    due_at: datetime | None = None
    """Only while the time still runs."""
    practice: bool = False
    is_late: bool = False
    """The due moment has passed, and nothing waits for the citizen."""
    holder: str = ""
    """The body that holds it now, where that is another than the one that received it."""
    collect_at: str = ""
    """Where a ready result lies."""
    form: FormState = "none"
    """Whether a survey form may be given."""


def standing(store: Store, text: str, now: datetime) -> Standing:
    """Return how the dossier of the digits in `text` stands at `now`; either form of the digits."""
    digits = read_digits(text) if len(text) <= LONGEST else ""
    with store.reading() as session:
        verdict = judge(digits, _keys(session, digits), lambda tracking: _known(session, tracking))
        row = _row(session, verdict.tracking) if verdict.word in ("genuine", "practice") else None
    practice = verdict.proof is not None and verdict.proof.practice
    if row is not None:
        return _of(row, practice, now)
    if verdict.word == "genuine":
        return Standing("not_here_yet", unit=verdict.key.unit if verdict.key else "", practice=practice)
    return Standing("altered" if verdict.word == "altered" else "nothing", practice=practice)


def named(session: Session, text: str) -> DossierRow | None:
    """Return the dossier that the digits in `text` name and, in the long form, prove; None without one."""
    digits = read_digits(text) if len(text) <= LONGEST else ""
    verdict = judge(digits, _keys(session, digits), lambda tracking: _known(session, tracking))
    return _row(session, verdict.tracking) if verdict.word == "genuine" else None


def _of(row: DossierRow, practice: bool, now: datetime) -> Standing:
    status = cast(Status, row.status)
    is_running = is_open(status)
    return Standing(
        "known",
        status,
        row.unit,
        row.due_at if is_running else None,
        practice,
        is_late=is_running and row.due_at is not None and row.due_at < now and row.waiting_since_at is None,
        holder=row.holder if is_running and row.holder != row.unit else "",
        collect_at=row.returning_unit or row.unit if status == "resolved" else "",
        form="none" if practice else form_state(row),
    )


def _keys(session: Session, digits: str) -> Iterable[KnownKey]:
    """Return the keys that the paper of 236 digits may be signed by."""
    signed = opened(digits)
    if signed is None:
        return []
    rows = session.exec(select(EnrolledDesk).where(col(EnrolledDesk.key_id) == signed.proof.key_id.hex())).all()
    keys = [KnownKey(bytes.fromhex(row.public_key), row.desk, row.unit, row.agency_code) for row in rows]
    assert all(key_id(key.public) == signed.proof.key_id for key in keys)
    return keys


def _row(session: Session, tracking: int | None) -> DossierRow | None:
    return session.exec(select(DossierRow).where(DossierRow.tracking == str(tracking))).first()


def _known(session: Session, tracking: int) -> KnownDossier | None:
    row = _row(session, tracking)
    return None if row is None or not row.status else KnownDossier(row.code or "")
