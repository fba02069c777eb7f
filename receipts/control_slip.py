"""Phiếu kiểm soát quá trình giải quyết hồ sơ, which travels with the file: Mẫu 05 of 2018, Mẫu 06 of 2025.

Wordings: Thông tư 01/2018/TT-VPCP, form 05. Its rows are only added to, never written over, so each print shows
the hand-overs known and leaves rows to be filled in by hand. It is no paper for the citizen and has no QR.
"""

from __future__ import annotations

from receipts.content import FormSet
from receipts.frame import TABLE_PT, Paper
from receipts.layout import Column
from receipts.marks import Document
from receipts.move_content import ControlSlipContent, HandoverLine, StepResult
from receipts.parts import about
from receipts.pdf import draw
from receipts.tables import Table
from receipts.wording import moment, short_moment
from receipts.wrapping import Runs

TITLE = "Phiếu kiểm soát quá trình giải quyết hồ sơ"
_RESULTS: dict[StepResult, str] = {"early": "Trước hạn", "on_time": "Đúng hạn", "overdue": "Quá hạn", "": ""}
_SOURCES: dict[FormSet, str] = {
    "2018": "Mẫu số 05, ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
    "2025": "Mẫu số 06, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
}


def render(content: ControlSlipContent) -> bytes:
    """Return the slip as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: ControlSlipContent) -> Document:
    """Return the slip's pages and everything on them, not yet drawn."""
    paper = Paper(content, TITLE)
    paper.head()
    paper.code()
    paper.titled(("PHIẾU KIỂM SOÁT", "QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"))
    about(paper, "Chủ hồ sơ", content.owner, content.procedure_name, content.procedure_code)
    if content.submitter != content.owner:
        paper.field("Người nộp hồ sơ", content.submitter.name)
    paper.field("Thời gian nhận hồ sơ", moment(content.accepted_at))
    paper.field("Thời gian giải quyết theo quy định", content.term)
    paper.field("Thời gian hẹn trả kết quả", moment(content.due_at), "bold")
    paper.field("Người tiếp nhận", content.officer)
    paper.field("Ghi chú", content.note)
    paper.flow.gap(1)
    columns = [
        Column("Tên cơ quan", 40),
        Column("Thời gian giao, nhận hồ sơ", 27, "center"),
        Column("Kết quả giải quyết hồ sơ", 19, "center"),
        Column("Ghi chú, ký nhận", 28),
    ]
    rows = [_row(line) for line in content.handovers] + [_blank_row()] * content.blank_rows
    Table(paper.flow, columns, TABLE_PT).write(rows)
    paper.flow.gap(1)
    paper.source(_SOURCES[content.form_set])
    return paper.finish()


def _row(line: HandoverLine) -> list[Runs]:
    units = f"1. Giao: {line.giving_unit}\n2. Nhận: {line.receiving_unit}"
    names = f"Người giao: {line.giver}\nNgười nhận: {line.receiver}"
    note = f"\n{line.note}" if line.note else ""
    return [units, short_moment(line.at), _RESULTS[line.result], names + note]


def _blank_row() -> list[Runs]:
    return [
        "1. Giao: \n2. Nhận: ",
        "…… giờ …… phút,\n……/……/20……",
        "",
        "Người giao: \n\nNgười nhận: \n",
    ]
