"""The center's own tables: who may send, what of whom it has, tokens, settings, what could not be projected.

They have a registry of their own, so that a desk's schema and the center's never mix.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from storage.tables.columns import Instant, JsonText


class CenterTable(SQLModel, registry=registry()):
    """The base of the center's tables."""


class EnrolmentToken(CenterTable, table=True):
    """A one-time token by which one desk joins; only the hash of its secret is kept."""

    __tablename__ = "enrolment_token"

    hashed: str = Field(primary_key=True)
    unit: str
    slot: int
    made_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    used_by: str | None = None
    """The desk that joined with it."""


class EnrolledDesk(CenterTable, table=True):
    """A desk that joined: its events are taken when its key has sealed them."""

    __tablename__ = "enrolled_desk"

    desk: str = Field(primary_key=True)
    public_key: str
    key_id: str
    unit: str
    agency_code: str
    slot: int
    genesis: str
    """The hash of its identity record: `prev` of its first event."""
    certificate: Any = Field(sa_type=JsonText)
    enrolled_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class DeskCursor(CenterTable, table=True):
    """How much of one epoch of a desk the center has."""

    __tablename__ = "desk_cursor"

    desk: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int
    head_hash: str
    stored_at: datetime = Field(sa_type=Instant)


class UnitSalt(CenterTable, table=True):
    """The secret by which the desks of one unit tag owners' numbers in a QR."""

    __tablename__ = "unit_salt"

    unit: str = Field(primary_key=True)
    salt: str


class CenterSetting(CenterTable, table=True):
    """What the center knows of itself: its id, key, incarnation, the citizens' address."""

    __tablename__ = "center_setting"

    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=JsonText)


class QuarantinedEvent(CenterTable, table=True):
    """An event that is stored but that no projection could take in."""

    __tablename__ = "quarantined_event"

    desk: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str


class SetAside(CenterTable, table=True):
    """A sealed segment that is kept as it came but is neither in the log nor projected."""

    __tablename__ = "set_aside"

    desk: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    first: int = Field(primary_key=True)
    last: int
    head_hash: str = Field(primary_key=True)
    why: str
    """revoked: sealed by a revoked key. fork: of another branch than the center's."""
    key: str
    seal: str
    lines: bytes
    """As in the segment; with the seal they prove themselves."""
    stored_at: datetime = Field(sa_type=Instant)


class Audience(CenterTable, table=True):
    """One unit that a dossier concerns; no row where it concerns nobody but the unit whose desks write of it."""

    __tablename__ = "audience"

    dossier: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)


class FeedEntry(CenterTable, table=True):
    """One thing a unit is given of other units' dossiers; numbers rise in the order of the commits."""

    __tablename__ = "feed_entry"

    number: int = Field(primary_key=True)
    unit: str
    what: str
    """event, joined or left."""
    dossier: str | None = None
    position: int | None = None
    """The event's place in the center's log, None for joined and left."""


class LookupTrace(CenterTable, table=True):
    """One need-to-know look-up that was answered; its reason stands in the event of the desk that asked."""

    __tablename__ = "lookup_trace"

    event: str = Field(primary_key=True)
    """The `dossier.viewed` by which it was asked."""
    desk: str
    dossier: str
    answered_at: datetime = Field(sa_type=Instant)
