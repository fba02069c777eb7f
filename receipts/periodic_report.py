"""Biểu số II.06a/VPCP/KSTT: tình hình, kết quả giải quyết thủ tục hành chính, A4 across (domain, 5.3).

The thirteen columns with their numbers, the newer split, rates with numerator and base, and the sums that do
not agree, said and never hidden.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk.rules.money import grouped
from receipts.frame import SMALL_PT, TABLE_PT, Paper, Signer
from receipts.layout import A4_LANDSCAPE, Column
from receipts.marks import Document
from receipts.pdf import draw
from receipts.report_content import ReportContent
from receipts.tables import Table
from receipts.wording import code_lines, long_day, moment
from receipts.wrapping import Run, Runs

TITLE = "Báo cáo tình hình, kết quả giải quyết thủ tục hành chính"
_IN, _DONE, _OPEN = "Số hồ sơ nhận giải quyết", "Số hồ sơ đã giải quyết", "Số hồ sơ đang giải quyết"
_COUNTS = (
    ("Tổng số (3)", _IN),
    ("trực tuyến (4)", _IN),
    ("trực tiếp, bưu chính (5)", _IN),
    ("kỳ trước chuyển qua (6)", _IN),
    ("Tổng số (7)", _DONE),
    ("trước hạn (8)", _DONE),
    ("đúng hạn (9)", _DONE),
    ("quá hạn (10)", _DONE),
    ("Tổng số (11)", _OPEN),
    ("trong hạn (12)", _OPEN),
    ("quá hạn (13)", _OPEN),
)


def render(content: ReportContent) -> bytes:
    """Return the report as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: ReportContent) -> Document:
    """Return the report's pages and everything on them, not yet drawn."""
    paper = Paper(content, TITLE, sheet=A4_LANDSCAPE)
    paper.head()
    period = f"(Từ {long_day(content.from_on)} đến hết {long_day(content.to_on)})"
    paper.titled(("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",), [period, "Đơn vị tính: hồ sơ"])
    paper.flow.gap(1)
    columns = [Column("STT (1)", 10, "center"), Column(f"{content.row_title} (2)", 52)]
    columns += [Column(title, 19, "right", group) for title, group in _COUNTS]
    rows = [_row(str(at), row.name, row.counts) for at, row in enumerate(content.rows, start=1)]
    Table(paper.flow, columns, TABLE_PT).write([*rows, _total(content.total)])
    paper.flow.gap(0.8)
    _under_the_table(paper, content)
    _adjustments(paper, content)
    paper.flow.gap(1)
    paper.signatures(
        Signer("NGƯỜI LẬP BIỂU", content.officer), Signer("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "", "(Ký tên, đóng dấu)")
    )
    paper.source("Biểu số II.06a/VPCP/KSTT")
    return paper.finish()


def _row(number: str, name: str, counts: Sequence[int]) -> list[Runs]:
    return [number, name, *map(grouped, counts)]


def _total(counts: Sequence[int]) -> list[Runs]:
    cells = ["", "Tổng cộng", *map(grouped, counts)]
    return [[Run(cell, "bold")] for cell in cells]


def _under_the_table(paper: Paper, content: ReportContent) -> None:
    for name, share in content.shares:
        paper.field(name, share)
    split = "; ".join(f"{name}: {grouped(count)}" for name, count in content.split)
    paper.field("Trong đó", split)
    paper.field("Khảo sát sự hài lòng", content.survey)
    if content.failing:
        paper.flow.text([Run("Biểu chưa khớp: ", "bold"), Run("; ".join(content.failing), "bold")], hang_mm=4)
    else:
        paper.field("Kiểm tra số liệu", f"{content.checked} đẳng thức đều khớp")
    paper.field("Trước hạn được tính khi", content.early)
    paper.field("Số liệu theo dữ liệu đến", moment(content.counted_at))
    paper.field("Chốt kỳ", content.closed)


def _adjustments(paper: Paper, content: ReportContent) -> None:
    if not content.adjustments:
        return
    paper.flow.gap(0.8)
    paper.flow.text("Điều chỉnh sau khi chốt kỳ", "bold")
    columns = [
        Column("STT", 10, "center"),
        Column("Mã hồ sơ", 40),
        Column("Dòng", 60),
        Column("Cột", 60),
        Column("đã chốt", 20, "right"),
        Column("nay là", 20, "right"),
    ]
    rows: list[list[Runs]] = [
        [str(at), code_lines(one.code), one.row, one.column, str(one.before), str(one.after)]
        for at, one in enumerate(content.adjustments, start=1)
    ]
    Table(paper.flow, columns, SMALL_PT).write(rows)
