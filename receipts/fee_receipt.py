"""Biên lai thu phí, lệ phí on A5 across, in three copies: the collector's, the payer's, the unit's own.

Form number, series and number are the finance officer's, never this program's (domain, 7): where they are not
given, a place is left to write them. Fields: Nghị định 123/2020/NĐ-CP on receipts, as offices print them.
"""

from __future__ import annotations

from desk.rules.money import grouped, in_words, written
from receipts.frame import TABLE_PT, Paper, Signer
from receipts.layout import A5_LANDSCAPE, Column
from receipts.marks import Document, Page
from receipts.move_content import FeeReceiptContent
from receipts.pdf import draw
from receipts.tables import Table
from receipts.wording import long_office_day, numbered
from receipts.wrapping import Run, Runs

TITLE = "Biên lai thu phí, lệ phí"
COPIES = ("Liên 1: Lưu tại người thu", "Liên 2: Giao cho người nộp", "Liên 3: Lưu tại đơn vị thu")
_PLACE = "……………………"


def render(content: FeeReceiptContent) -> bytes:
    """Return the three copies as PDF, one after the other; the same content gives the same bytes.

    Raises LettersMissing; ValueError for a sum that no receipt can carry.
    """
    return draw(lay_out(content))


def lay_out(content: FeeReceiptContent) -> Document:
    """Return the pages of the three copies, not yet drawn."""
    documents = [_copy(content, copy) for copy in COPIES]
    pages: list[Page] = [page for document in documents for page in document.pages]
    return Document(documents[0].title, documents[0].face, pages)


def _copy(content: FeeReceiptContent, copy: str) -> Document:
    paper = Paper(content, TITLE, sheet=A5_LANDSCAPE)
    _head(paper, content)
    paper.titled(("BIÊN LAI THU PHÍ, LỆ PHÍ",), [f"({copy})", f"Mã hồ sơ: {content.code}", *paper.tracking_lines()])
    payer = content.payer
    paper.field("Người nộp tiền", payer.name, "bold")
    paper.field("Địa chỉ", payer.address)
    name, _, number = numbered(payer).partition(": ")
    paper.fields((name, number), ("Số điện thoại", payer.phone))
    paper.field("Nội dung", content.procedure_name)
    paper.flow.gap(0.8)
    _sums(paper, content)
    paper.flow.gap(0.8)
    total = sum(line.amount_dong for line in content.lines)
    paper.flow.text([Run("Tổng số tiền: "), Run(written(total), "bold")])
    paper.flow.text([Run("Viết bằng chữ: "), Run(in_words(total), "bold_italic")], hang_mm=4)
    paper.field("Hình thức thanh toán", content.payment)
    paper.flow.text(f"{content.place}, {long_office_day(content.paid_at)}", "italic", align="right")
    paper.signatures(
        Signer("NGƯỜI NỘP TIỀN", payer.name), Signer("NGƯỜI THU TIỀN", content.officer, "(Ký, ghi rõ họ tên)")
    )
    return paper.finish()


def _head(paper: Paper, content: FeeReceiptContent) -> None:
    """Write the collecting unit at the left, the receipt's form, series and number at the right."""
    flow = paper.flow
    middle_mm = flow.left_mm + (flow.right_mm - flow.left_mm) * 0.62
    left_mm = flow.y_mm
    if content.superior:
        left_mm = flow.column(content.superior, flow.left_mm, middle_mm, left_mm, align="left")
    left_mm = flow.column(content.unit, flow.left_mm, middle_mm, left_mm, "bold", align="left")
    tax = f"Mã số thuế: {content.tax_code or _PLACE}"
    left_mm = flow.column(tax, flow.left_mm, middle_mm, left_mm, align="left")
    right_mm = flow.y_mm
    for label, value in (
        ("Mẫu số", content.form_number),
        ("Ký hiệu", content.series),
        ("Số", content.receipt_number),
    ):
        runs = [Run(f"{label}: "), Run(value or _PLACE, "bold")]
        right_mm = flow.column(runs, middle_mm + 2, flow.right_mm, right_mm, align="left")
    flow.y_mm = max(left_mm, right_mm) + 1


def _sums(paper: Paper, content: FeeReceiptContent) -> None:
    """Write phí and lệ phí apart, each with its own sum."""
    columns = [Column("STT", 8, "center"), Column("Loại phí, lệ phí", 90), Column("Số tiền (đồng)", 26, "right")]
    rows: list[list[Runs]] = []
    number = 0
    for kind, total_name in (("fee", "Cộng phí"), ("charge", "Cộng lệ phí")):
        lines = [line for line in content.lines if line.kind == kind]
        for line in lines:
            number += 1
            rows.append([str(number), line.name, grouped(line.amount_dong)])
        if lines:
            total = grouped(sum(line.amount_dong for line in lines))
            rows.append(["", [Run(total_name, "bold")], [Run(total, "bold")]])
    Table(paper.flow, columns, TABLE_PT).write(rows)
