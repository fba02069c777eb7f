"""What the program keeps for itself from one start to the next; no projection."""

from __future__ import annotations

from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.columns import JsonText


class SettingRow(SQLModel, table=True):
    """One setting that the program itself changes (learnt scanner suffix, last catalogue ...)."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=JsonText)
