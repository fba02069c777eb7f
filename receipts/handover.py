"""Giấy bàn giao hồ sơ, desk to department, and phiếu bàn giao kết quả, back again; A4 across (domain, 2.9)."""

from __future__ import annotations

from receipts.frame import TABLE_PT, Paper, Signer
from receipts.layout import A4_LANDSCAPE, Column
from receipts.list_content import HandedLine, HandedResult, HandoverContent, ResultHandoverContent
from receipts.marks import Document
from receipts.pdf import draw
from receipts.tables import Table
from receipts.wording import code_lines, moment, short_moment
from receipts.wrapping import Run, Runs

TITLE = "Giấy bàn giao hồ sơ"
RESULTS_TITLE = "Phiếu bàn giao kết quả"
_COPIES = "(Lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản)"
_BLANK_MOMENT = "…… giờ ……, ngày …… tháng …… năm 20……"
_BLANK = "……………………"


def render(content: HandoverContent) -> bytes:
    """Return the list of dossiers handed over as PDF; same content, same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: HandoverContent) -> Document:
    """Return the list's pages and everything on them, not yet drawn."""
    paper = Paper(content, TITLE, sheet=A4_LANDSCAPE)
    paper.head()
    paper.titled(("GIẤY BÀN GIAO HỒ SƠ",), [_COPIES])
    _hands(paper, content.giving_unit, content.receiving_unit, content.giver, content.receiver)
    paper.field("Thời gian giao", moment(content.handed_at))
    paper.flow.gap(0.8)
    paper.flow.text(f"I. GIAO HỒ SƠ: {len(content.lines)} hồ sơ", "bold")
    columns = [
        Column("STT", 10, "center"),
        Column("Mã hồ sơ", 30),
        Column("Nội dung yêu cầu giải quyết", 46),
        Column("Người nộp", 26),
        Column("Chủ hồ sơ", 26),
        Column("Tiếp nhận", 18, "center"),
        Column("Thời hạn giải quyết", 22, "center"),
        Column("Trả kết quả về Trung tâm trước", 20, "center"),
        Column("Thành phần hồ sơ", 46),
        Column("Số bộ", 9, "center"),
        Column("Ghi chú", 22),
    ]
    Table(paper.flow, columns, TABLE_PT).write([_row(at, line) for at, line in enumerate(content.lines, start=1)])
    paper.flow.gap(1)
    paper.signatures(Signer("BÊN GIAO", content.giver), Signer("BÊN NHẬN", content.receiver))
    paper.flow.gap(1)
    paper.flow.text("II. NHẬN KẾT QUẢ (ghi khi bên nhận trả kết quả)", "bold")
    back = [
        Column("Thời gian", 50),
        Column("Số hồ sơ có kết quả, mã hồ sơ chưa có kết quả", 90),
        Column("Kết quả (trước hạn, đúng hạn, quá hạn)", 60),
        Column("Ký giao, ký nhận", 62),
    ]
    Table(paper.flow, back, TABLE_PT).write([[f"{_BLANK_MOMENT}\n", "\n\n", "", ""]] * 2)
    return paper.finish()


def _row(at: int, line: HandedLine) -> list[Runs]:
    return [
        str(at),
        code_lines(line.code),
        line.procedure_name,
        line.submitter,
        line.owner,
        short_moment(line.accepted_at),
        line.term,
        [Run(short_moment(line.return_by), "bold")],
        line.documents,
        f"{line.set_count:02d}",
        line.note,
    ]


def render_results(content: ResultHandoverContent) -> bytes:
    """Return the list of results that came back as PDF; same content, same bytes. Raises LettersMissing."""
    return draw(lay_out_results(content))


def lay_out_results(content: ResultHandoverContent) -> Document:
    """Return the list's pages and everything on them, not yet drawn."""
    paper = Paper(content, RESULTS_TITLE, sheet=A4_LANDSCAPE)
    paper.head()
    paper.titled(("PHIẾU BÀN GIAO KẾT QUẢ",), [_COPIES])
    _hands(paper, content.giving_unit, content.receiving_unit, content.giver, content.receiver)
    paper.field("Thời gian bàn giao", moment(content.handed_at))
    paper.flow.gap(0.8)
    columns = [
        Column("STT", 10, "center"),
        Column("Mã hồ sơ", 30),
        Column("Nội dung yêu cầu giải quyết", 48),
        Column("loại", 30, "left", "Kết quả"),
        Column("số, ký hiệu", 22, "left", "Kết quả"),
        Column("trích yếu", 34, "left", "Kết quả"),
        Column("Chủ hồ sơ", 28),
        Column("Địa chỉ", 36),
        Column("Phí, lệ phí", 13, "center"),
        Column("Qua bưu chính", 13, "center"),
    ]
    rows = [_result_row(at, line) for at, line in enumerate(content.lines, start=1)]
    Table(paper.flow, columns, TABLE_PT).write(rows)
    paper.flow.gap(1)
    paper.signatures(Signer("NGƯỜI GIAO", content.giver), Signer("NGƯỜI NHẬN", content.receiver))
    return paper.finish()


def _result_row(at: int, line: HandedResult) -> list[Runs]:
    return [
        str(at),
        code_lines(line.code),
        line.procedure_name,
        line.kind,
        line.number,
        line.summary,
        line.owner,
        line.address,
        "có" if line.has_fee else "không",
        "có" if line.by_post else "không",
    ]


def _hands(paper: Paper, giving: str, receiving: str, giver: str, receiver: str) -> None:
    paper.flow.gap(1)
    for label, unit, name in (("Bên giao", giving, giver), ("Bên nhận", receiving, receiver)):
        paper.flow.text(
            [Run(f"{label}: "), Run(unit, "bold"), Run(f"; người đại diện: {name or _BLANK}")],
            hang_mm=4,
        )
