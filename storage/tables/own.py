"""Tables of one desk that are no projections: PINs, drafts, print jobs, the sync cursor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.columns import Instant, JsonText


class OfficerKeyRow(SQLModel, table=True):
    """The slow hash of an officer's PIN and the count of wrong tries."""

    __tablename__ = "officer_key"

    officer: str = Field(primary_key=True)
    how: str
    salt: bytes
    hashed: bytes
    failures: int = 0
    closed_until_at: datetime | None = Field(default=None, sa_type=Instant)


class DraftRow(SQLModel, table=True):
    """A half-made form of an officer; deleted in the transaction that saves its dossier."""

    __tablename__ = "draft"

    dossier: str = Field(primary_key=True)
    """The id the dossier will have."""
    officer: str
    place: str
    """The workplace it belongs to: intake, certify, ..."""
    form: Any = Field(sa_type=JsonText)
    is_parked: int = 0
    changed_at: datetime = Field(sa_type=Instant)


class PrintJobRow(SQLModel, table=True):
    """How far a paper got on its way to a printer; one id over all attempts."""

    __tablename__ = "print_job"

    id: str = Field(primary_key=True)
    paper: str
    printer: str
    state: str
    """queued, handed, confirmed, failed, unknown, expired or cancelled."""
    attempts: int = 0
    last_error: str = ""
    queued_at: datetime = Field(sa_type=Instant)
    handed_at: datetime | None = Field(default=None, sa_type=Instant)


class SyncStateRow(SQLModel, table=True):
    """Where the exchange with the center stands: one row."""

    __tablename__ = "sync_state"

    id: int = Field(default=1, primary_key=True)
    have: Any = Field(default=None, sa_type=JsonText)
    """What the center said it has: {desk, epoch, seq, head}."""
    last_exchange_at: datetime | None = Field(default=None, sa_type=Instant)
    last_try_at: datetime | None = Field(default=None, sa_type=Instant)
    last_failure: str = ""
    """The code of the last failure, "" after a success."""
    center_offset_ms: int | None = None
    """The center's time minus this machine's, as last measured."""
    quarantined: Any = Field(default=None, sa_type=JsonText)
    proof: bytes | None = None
    """The center's last signed answer: proof of delivery."""


class CenterKeyRow(SQLModel, table=True):
    """What a desk keeps of the center it joined."""

    __tablename__ = "center_key"

    id: int = Field(default=1, primary_key=True)
    url: str
    public_key: str
    certificate: Any = Field(sa_type=JsonText)


class KnownKeyRow(SQLModel, table=True):
    """A public key by which papers are proved: our own and those that the sync brings."""

    __tablename__ = "known_key"

    public_key: str = Field(primary_key=True)
    key_id: str
    desk: str
    unit: str
    agency_code: str
    is_practice: int = 0
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
