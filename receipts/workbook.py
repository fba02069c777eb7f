"""Tables as a workbook (XLSX). Text stays text: whatever a cell begins with, it is never a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from desk.clock import office_time
from desk.text import clean

Cell = str | int | Decimal | date | datetime | None
"""Text, a whole number, a number with two decimals, a day, an instant (written as the office's time), nothing."""

_LONGEST: Final = 32_767
"""Letters in one cell of a workbook (ECMA-376)."""
_FORMATS: Final = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", Decimal: "0.00", int: "#,##0"}
_WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook: lines above it, its heads, its rows."""

    name: str
    """At most 31 letters, none of []:*?/\\."""
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    above: tuple[str, ...] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as the bytes of an XLSX file."""
    # openpyxl: a fifth of a second, paid by those who ask for a workbook
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(page: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    for at, head in enumerate(sheet.heads):
        longest = max([len(head), *(len(_shown(row[at])) for row in sheet.rows)])
        page.column_dimensions[get_column_letter(at + 1)].width = min(longest + 2, _WIDEST)
    if sheet.rows:
        page.freeze_panes = f"A{len(sheet.above) + (2 if sheet.above else 1) + 1}"
    for line in sheet.above:
        page.append([_cell(page, line, bold=True)])
    if sheet.above:
        page.append([])
    page.append([_cell(page, head, bold=True) for head in sheet.heads])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: Any, value: Cell, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, datetime):
        value = office_time(value).replace(tzinfo=None, second=0, microsecond=0)
    plain: Any = clean(value)[:_LONGEST] if isinstance(value, str) else value
    cell = WriteOnlyCell(page, value=plain)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
        cell.quotePrefix = True  # so that it stays text also where somebody edits it
    elif value is not None:
        cell.number_format = _FORMATS[type(value)]
    if bold:
        cell.font = Font(bold=True)
    return cell


def _shown(value: Cell) -> str:
    if isinstance(value, datetime):
        return "00/00/0000 00:00"
    return "" if value is None else str(value)
