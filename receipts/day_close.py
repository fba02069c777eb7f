"""Bảng chốt ngày: the dossiers of a day and its receipts, officer by officer (domain, 7).

Receipts: how many, the first and the last number, the void ones, numbers that no receipt has, cash and transfer.
"""

from __future__ import annotations

from desk.rules.money import grouped, in_words
from receipts.frame import TABLE_PT, Paper, Signer
from receipts.layout import A4_LANDSCAPE, Column
from receipts.list_content import DayCloseContent, ReceiptSheet
from receipts.marks import Document
from receipts.pdf import draw
from receipts.tables import Table
from receipts.wording import long_day
from receipts.wrapping import Run, Runs

TITLE = "Bảng chốt ngày"
_COLUMNS = [
    Column("STT", 10, "center"),
    Column("Người thu", 38),
    Column("Mẫu số, ký hiệu", 34),
    Column("số biên lai", 14, "center", "Biên lai"),
    Column("từ số", 20, "center", "Biên lai"),
    Column("đến số", 20, "center", "Biên lai"),
    Column("hủy", 11, "center", "Biên lai"),
    Column("số còn thiếu", 30, "left", "Biên lai"),
    Column("tiền mặt", 24, "right", "Số tiền (đồng)"),
    Column("chuyển khoản", 24, "right", "Số tiền (đồng)"),
    Column("trực tuyến", 24, "right", "Số tiền (đồng)"),
    Column("cộng", 26, "right", "Số tiền (đồng)"),
]
_SHOWN = 20
"""Of the missing numbers; a longer row of them is a range given wrongly and is only counted."""


def render(content: DayCloseContent) -> bytes:
    """Return the sheet as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: DayCloseContent) -> Document:
    """Return the sheet's pages and everything on them, not yet drawn."""
    paper = Paper(content, TITLE, sheet=A4_LANDSCAPE)
    paper.head()
    paper.titled(("BẢNG CHỐT NGÀY",), [long_day(content.day).capitalize()])
    paper.flow.gap(1)
    paper.fields(
        ("Hồ sơ tiếp nhận", str(content.accepted)),
        ("Kết quả đã trả", str(content.returned)),
        ("Kết quả chờ trả cuối ngày", str(content.waiting)),
    )
    paper.flow.gap(0.8)
    total = sum(one.sheet.total_dong for one in content.sheets)
    if content.sheets:
        rows = [_row(at, one) for at, one in enumerate(content.sheets, start=1)]
        Table(paper.flow, _COLUMNS, TABLE_PT).write([*rows, _total(content)])
    else:
        paper.flow.text("Trong ngày không lập biên lai thu phí, lệ phí.", "bold")
    paper.flow.gap(0.8)
    paper.flow.text([Run("Tổng số tiền bằng chữ: "), Run(in_words(total), "bold_italic")], hang_mm=4)
    paper.field("Ghi chú", content.note)
    paper.flow.gap(1)
    paper.signatures(
        Signer("NGƯỜI LẬP", content.officer), Signer("KẾ TOÁN"), Signer("THỦ TRƯỞNG ĐƠN VỊ", "", "(Ký tên, đóng dấu)")
    )
    return paper.finish()


def _row(at: int, one: ReceiptSheet) -> list[Runs]:
    sheet = one.sheet
    numbers = ["" if number is None else f"{number:0{one.digits}d}" for number in (sheet.first, sheet.last)]
    missing = ", ".join(f"{number:0{one.digits}d}" for number in sheet.missing[:_SHOWN])
    if len(sheet.missing) > _SHOWN:
        missing += f" … ({len(sheet.missing)} số)"
    sums = (sheet.cash_dong, sheet.transfer_dong, sheet.online_dong)
    return [
        str(at),
        one.officer,
        "\n".join(part for part in (one.form, one.series) if part),
        str(sheet.receipts),
        *numbers,
        str(sheet.void),
        missing,
        *map(grouped, sums),
        [Run(grouped(sheet.total_dong), "bold")],
    ]


def _total(content: DayCloseContent) -> list[Runs]:
    sheets = [one.sheet for one in content.sheets]
    sums = (
        sum(sheet.cash_dong for sheet in sheets),
        sum(sheet.transfer_dong for sheet in sheets),
        sum(sheet.online_dong for sheet in sheets),
        sum(sheet.total_dong for sheet in sheets),
    )
    counts = sum(sheet.receipts for sheet in sheets), sum(sheet.void for sheet in sheets)
    cells = ["", "Cộng", "", str(counts[0]), "", "", str(counts[1]), "", *map(grouped, sums)]
    return [[Run(cell, "bold")] for cell in cells]
