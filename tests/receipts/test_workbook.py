"""Workbooks: what is text stays text, numbers are numbers, instants are the office's time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from receipts.workbook import Cell, Sheet, workbook


def cells_of(*cells: Cell) -> list[Any]:
    content = workbook([Sheet("Bảng", tuple(f"c{at}" for at in range(len(cells))), [cells])])
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    return [cell for row in page.iter_rows(min_row=2) for cell in row]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A", "0123", "12/11/2026"])
def test_text_is_never_a_formula_whatever_it_begins_with(text: str) -> None:
    (cell,) = cells_of(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_no_part_of_the_file_holds_a_formula() -> None:
    content = workbook([Sheet("=A1", ("=B1",), [("=1+1",)], above=("=2+2",))])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name]
    assert pages
    assert not any(re.search(r"<f[ >/]", page) for page in pages)


def test_numbers_days_and_instants_keep_their_kind() -> None:
    at = datetime(2026, 11, 24, 17, 30, 59, tzinfo=UTC)
    number, share, day, instant, nothing = cells_of(8000, Decimal("98.45"), date(2026, 11, 25), at, None)
    assert (number.value, number.data_type) == (8000, "n")
    assert (share.value, share.number_format) == (98.45, "0.00")
    assert (f"{day.value}", day.number_format) == ("2026-11-25 00:00:00", "dd/mm/yyyy")
    assert f"{instant.value}" == "2026-11-25 00:30:00"
    assert nothing.value is None


def test_what_no_cell_may_hold_is_cut_and_cleaned() -> None:
    control, long = cells_of("a\x00\x1b[31mb\ud800", "x" * 40_000)
    assert control.value == "a[31mb"
    assert len(long.value) == 32_767


def test_lines_stand_above_the_heads_and_each_sheet_has_its_own() -> None:
    sheets = [Sheet("Một", ("a",), [(1,)], above=("Kỳ 1", "Đơn vị")), Sheet("Hai", ("b",), [])]
    book = load_workbook(io.BytesIO(workbook(sheets)))
    assert book.sheetnames == ["Một", "Hai"]
    assert [row[0] for row in book["Một"].iter_rows(values_only=True)] == ["Kỳ 1", "Đơn vị", None, "a", 1]
    assert [row[0] for row in book["Hai"].iter_rows(values_only=True)] == ["b"]
