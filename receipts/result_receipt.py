"""Giấy biên nhận trả kết quả: the desk hands a result to the citizen, who signs for it (domain, 2.9)."""

from __future__ import annotations

from receipts.frame import TABLE_PT, Paper, Signer, fitted
from receipts.layout import Column
from receipts.marks import Document
from receipts.move_content import ResultReceiptContent
from receipts.parts import opening
from receipts.pdf import draw
from receipts.tables import Table
from receipts.wording import moment
from receipts.wrapping import Run, Runs

TITLE = "Giấy biên nhận trả kết quả"


def render(content: ResultReceiptContent) -> bytes:
    """Return the receipt as PDF; the same content gives the same bytes.

    Raises LettersMissing if no typeface here has every letter of it.
    """
    return draw(lay_out(content))


def lay_out(content: ResultReceiptContent) -> Document:
    """Return the receipt's pages and everything on them, not yet drawn."""
    return fitted(lambda squeeze: _laid_out(content, squeeze))


def _laid_out(content: ResultReceiptContent, squeeze: float) -> Document:
    paper = Paper(content, TITLE, squeeze)
    opening(paper, ("GIẤY BIÊN NHẬN", "TRẢ KẾT QUẢ"))
    paper.flow.gap(1)
    paper.field("Thủ tục", content.procedure_name, "bold")
    paper.field("Chủ hồ sơ", content.owner.name, "bold")
    _hands(paper, content)
    paper.flow.gap(1)
    paper.flow.text("Kết quả đã trả gồm:", "bold")
    _results(paper, content)
    paper.flow.gap(1)
    paper.flow.text([Run("Thời gian trả kết quả: ", "bold"), Run(moment(content.returned_at))], hang_mm=4)
    if content.lost_slip:
        # A lost slip is answered by an identity check and a signed statement, without a fee (domain, 8).
        paper.flow.text(
            "Người nhận không còn giấy hẹn trả kết quả; đã xuất trình giấy tờ tùy thân và cam đoan bằng văn bản.",
            hang_mm=4,
        )
    paper.field("Ghi chú", content.note)
    if content.asks_survey:
        paper.flow.text("Mời ông/bà đánh giá sự phục vụ: quét mã QR trên giấy này bằng điện thoại.", "italic")
    paper.flow.gap(1)
    paper.signatures(Signer("NGƯỜI NHẬN KẾT QUẢ", content.receiver.name), Signer("NGƯỜI TRẢ KẾT QUẢ", content.officer))
    return paper.finish()


def _hands(paper: Paper, content: ResultReceiptContent) -> None:
    receiver = content.receiver
    paper.flow.text(
        [
            Run("Người trả kết quả: "),
            Run(content.officer, "bold"),
            Run(f", {paper.unit}{_phone(content.officer_phone)}"),
        ],
        hang_mm=4,
    )
    capacity = f" ({content.capacity})" if content.capacity else ""
    paper.flow.text([Run("Người nhận kết quả: "), Run(receiver.name, "bold"), Run(capacity)], hang_mm=4)
    paper.reach(receiver)
    if content.consignment:
        paper.field("Trả qua dịch vụ bưu chính công ích, số vận đơn", content.consignment)


def _phone(phone: str) -> str:
    return f", điện thoại {phone}" if phone else ""


def _results(paper: Paper, content: ResultReceiptContent) -> None:
    columns = [
        Column("STT", 8, "center"),
        Column("Loại giấy tờ", 30),
        Column("Số, ký hiệu", 22),
        Column("Trích yếu", 33),
        Column("Ngày cấp", 20, "center"),
        Column("Số bản", 10, "center"),
    ]
    rows: list[list[Runs]] = [
        [str(at), line.kind, line.number, line.summary, line.issued_on, str(line.count)]
        for at, line in enumerate(content.results, start=1)
    ]
    Table(paper.flow, columns, TABLE_PT).write(rows)
