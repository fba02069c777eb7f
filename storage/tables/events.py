"""The event log's one table, the same at a desk and at the center. Its schema is frozen."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    """One event as written; `position` is the order in which this node stored it."""

    __tablename__ = "event"

    position: int | None = Field(default=None, primary_key=True)
    desk: str
    epoch: int
    seq: int
    id: str
    dossier: str | None = None
    kind: str
    head_hash: str
    head: bytes
    body: bytes
    private: bytes | None = None
