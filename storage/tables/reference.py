"""Dated reference data: every row says from which import on it holds; a dossier keeps the version it met."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.columns import Instant, JsonText


class ReferenceImportRow(SQLModel, table=True):
    """One import of one file; `version` names it in events."""

    __tablename__ = "reference_import"

    number: int | None = Field(default=None, primary_key=True)
    version: str
    """The first twelve hex digits of the sha256 of all rows in force after it."""
    kind: str
    imported_at: datetime = Field(sa_type=Instant)
    added: int = 0
    changed: int = 0
    unchanged: int = 0


class ReferenceRow(SQLModel, table=True):
    """One version of a procedure, a unit or a holiday, as the canonical fields of its value."""

    __tablename__ = "reference"

    kind: str = Field(primary_key=True)
    """catalogue, documents (a procedure's whole list), units or holidays."""
    key: str = Field(primary_key=True)
    since: int = Field(primary_key=True)
    """Number of the import that brought it."""
    until: int | None = None
    """Number of the import that replaced or ended it."""
    value: Any = Field(sa_type=JsonText)
