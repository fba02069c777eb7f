"""Biên bản ghi nhận sự cố: one fault of power, network or system, and every dossier it held up (domain, 4.3, 10).

A record of the desk's own, A4; the clock does not stop for a fault, so it is what an apology rests on.
"""

from __future__ import annotations

from receipts.frame import TABLE_PT, Paper, Signer
from receipts.layout import A4, Column
from receipts.list_content import HeldUpLine, OutageContent
from receipts.marks import Document
from receipts.pdf import draw
from receipts.tables import Table
from receipts.wording import code_lines, duration, moment, short_moment
from receipts.wrapping import Runs

TITLE = "Biên bản ghi nhận sự cố"


def render(content: OutageContent) -> bytes:
    """Return the record as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: OutageContent) -> Document:
    """Return the record's pages and everything on them, not yet drawn."""
    paper = Paper(content, TITLE, sheet=A4)
    paper.head()
    paper.titled(("BIÊN BẢN GHI NHẬN SỰ CỐ",), ["(làm gián đoạn việc tiếp nhận, giải quyết và trả kết quả hồ sơ)"])
    paper.flow.gap(1)
    paper.field("Đơn vị lập", paper.unit)
    paper.field("Sự cố", content.cause, "bold")
    paper.field("Hệ thống, đường truyền thuộc", content.body)
    paper.field("Từ", moment(content.began_at))
    paper.field("Đến", moment(content.ended_at))
    minutes = int((content.ended_at - content.began_at).total_seconds() // 60)
    paper.field("Thời gian gián đoạn", duration(minutes))
    paper.field("Căn cứ ghi nhận", content.evidence)
    paper.field("Biện pháp đã thực hiện", content.measures)
    paper.flow.gap(1)
    if content.lines:
        paper.flow.text(f"Hồ sơ bị ảnh hưởng: {len(content.lines)}", "bold")
        columns = [
            Column("STT", 12, "center"),
            Column("Mã hồ sơ", 38),
            Column("Chủ hồ sơ", 34),
            Column("Thủ tục", 44),
            Column("Hẹn trả kết quả", 22, "center"),
            Column("Giờ làm việc bị mất", 20, "center"),
        ]
        Table(paper.flow, columns, TABLE_PT).write([_row(at, line) for at, line in enumerate(content.lines, start=1)])
    else:
        paper.flow.text("Không có hồ sơ nào bị ảnh hưởng.", "bold")
    paper.flow.gap(1)
    paper.flow.text(
        "Sự cố không làm dừng thời hạn giải quyết; biên bản là căn cứ để xin lỗi và hẹn lại ngày trả kết quả.", "italic"
    )
    paper.flow.gap(1)
    paper.signatures(
        Signer("NGƯỜI LẬP BIÊN BẢN", content.officer), Signer(content.signer_title, "", "(Ký tên, đóng dấu)")
    )
    return paper.finish()


def _row(at: int, line: HeldUpLine) -> list[Runs]:
    due = "" if line.due_at is None else short_moment(line.due_at)
    return [str(at), code_lines(line.code), line.owner, line.procedure_name, due, duration(line.minutes)]
