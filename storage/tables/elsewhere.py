"""What a desk keeps of dossiers that do not concern its unit: told by the center, no projection of its own log."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import Instant


class StubRow(SQLModel, table=True):
    """A dossier of another unit as every desk of the province may know it: of nobody's person."""

    __tablename__ = "stub"

    dossier: str = Field(primary_key=True)
    code: str | None = None
    plain: str | None = None
    """The code as it is sought: lower case, without dots and hyphens."""
    plain_reversed: str | None = None
    tracking: str | None = None
    unit: str
    """The receiving unit."""
    status: str
    holder: str
    due_at: datetime | None = Field(default=None, sa_type=Instant)


class GuestRow(SQLModel, table=True):
    """A dossier whose events lie here although it does not concern this unit: in no list, no figure, no search."""

    __tablename__ = "guest"

    dossier: str = Field(primary_key=True)
    why: str
    """looked_up, or left: it concerned the unit once."""
    since_at: datetime = Field(sa_type=Instant)
    """When it was looked up last, or since when it concerns the unit no longer."""
