"""What stands on the periodic report as a paper, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from receipts.content import PaperContent


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row: its name and the form's columns (3) to (13)."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Amended:
    """One dossier that later facts count otherwise than the closed table does."""

    code: str
    row: str
    column: str
    """The column's name or number as the paper says it."""
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent(PaperContent):
    """Biểu số II.06a/VPCP/KSTT over any two days (domain, 5.3); `code` is ""."""

    from_on: date
    to_on: date
    row_title: str
    """What a row is: "Lĩnh vực", "Thủ tục", ..."""
    rows: tuple[ReportRow, ...]
    total: tuple[int, ...]
    split: tuple[tuple[str, int], ...]
    """The newer split of the total: its names and counts."""
    shares: tuple[tuple[str, str], ...]
    """Rates with what they are made of: ("Tỷ lệ đúng hạn", "98,45% (2.117/2.150)")."""
    failing: tuple[str, ...] = ()
    """Identities that do not hold, each with both sides."""
    checked: int
    """How many identities were computed."""
    survey: str
    early: str
    """What counts as early, in words."""
    counted_at: datetime
    """What was known then was counted."""
    closed: str = ""
    """When the period was closed and the hash of its table; "" for an open one."""
    adjustments: tuple[Amended, ...] = ()
    officer: str = ""
