"""Sổ theo dõi hồ sơ for any period and unit, A4 across: Mẫu 06 of 2018, Mẫu 07 of 2025 (domain, 2.8).

The register of 2018 also tells which body resolves a dossier, when it went there and when it came back.
"""

from __future__ import annotations

from datetime import datetime

from desk.clock import office_time
from receipts.content import FormSet
from receipts.frame import Paper, Signer
from receipts.layout import A4_LANDSCAPE, Column
from receipts.list_content import RegisterContent, RegisterLine
from receipts.marks import Document
from receipts.pdf import draw
from receipts.tables import Table
from receipts.wording import code_lines, long_day
from receipts.wrapping import Runs

TITLE = "Sổ theo dõi hồ sơ"
_PT = 7.2
_SOURCES: dict[FormSet, str] = {
    "2018": "Mẫu số 06, ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
    "2025": "Mẫu số 07, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
}
_DAYS = "Ngày, tháng, năm"
_COLUMNS: dict[FormSet, list[Column]] = {
    "2018": [
        Column("STT", 9, "center"),
        Column("Mã hồ sơ", 21),
        Column("Tên thủ tục hành chính", 33),
        Column("Số bộ", 8, "center"),
        Column("Tên cá nhân, tổ chức", 24),
        Column("Địa chỉ, số điện thoại", 28),
        Column("Cơ quan chủ trì giải quyết", 22),
        Column("nhận hồ sơ", 17, "center", _DAYS),
        Column("hẹn trả kết quả", 17, "center", _DAYS),
        Column("chuyển đến cơ quan giải quyết", 17, "center", _DAYS),
        Column("nhận kết quả từ cơ quan giải quyết", 17, "center", _DAYS),
        Column("ngày trả", 17, "center", "Trả kết quả"),
        Column("phương thức", 14, "center", "Trả kết quả"),
        Column("người nhận, ký nhận", 20, "left", "Trả kết quả"),
        Column("Ghi chú", 14),
    ],
    "2025": [
        Column("STT", 9, "center"),
        Column("Mã hồ sơ", 21),
        Column("Nội dung yêu cầu giải quyết", 36),
        Column("Số bộ", 8, "center"),
        Column("Chủ hồ sơ", 25),
        Column("Địa chỉ", 29),
        Column("Số điện thoại", 19),
        Column("nhận hồ sơ", 17, "center", _DAYS),
        Column("hẹn trả kết quả", 17, "center", _DAYS),
        Column("trả kết quả", 17, "center", _DAYS),
        Column("người trả ký", 16, "left", "Trả kết quả"),
        Column("người nhận ký", 16, "left", "Trả kết quả"),
        Column("Người nhận kết quả", 21),
        Column("Lĩnh vực", 19),
        Column("Ghi chú", 15),
    ],
}


def render(content: RegisterContent) -> bytes:
    """Return the register as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: RegisterContent) -> Document:
    """Return the register's pages and everything on them, not yet drawn."""
    paper = Paper(content, TITLE, sheet=A4_LANDSCAPE)
    paper.head()
    period = f"(Từ {long_day(content.from_on)} đến hết {long_day(content.to_on)})"
    paper.titled(("SỔ THEO DÕI HỒ SƠ",), [period, f"Số hồ sơ: {len(content.lines)}"])
    paper.flow.gap(1)
    row = _row_of_2018 if content.form_set == "2018" else _row_of_2025
    rows = [row(at, line) for at, line in enumerate(content.lines, start=1)]
    Table(paper.flow, _COLUMNS[content.form_set], _PT).write(rows)
    paper.flow.gap(1)
    paper.signatures(Signer("NGƯỜI LẬP SỔ"), Signer("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "", "(Ký tên, đóng dấu)"))
    paper.source(_SOURCES[content.form_set])
    return paper.finish()


def _row_of_2018(at: int, line: RegisterLine) -> list[Runs]:
    how = "" if line.returned_at is None else "bưu chính công ích" if line.by_post else "trực tiếp"
    return [
        str(at),
        code_lines(line.code),
        line.procedure_name,
        str(line.set_count),
        line.owner_name,
        "\n".join(part for part in (line.address, line.phone) if part),
        line.competent_unit,
        _day(line.accepted_at),
        _day(line.due_at),
        _day(line.sent_at),
        _day(line.back_at),
        _day(line.returned_at),
        how,
        line.receiver,
        line.note,
    ]


def _row_of_2025(at: int, line: RegisterLine) -> list[Runs]:
    return [
        str(at),
        code_lines(line.code),
        line.procedure_name,
        str(line.set_count),
        line.owner_name,
        line.address,
        line.phone,
        _day(line.accepted_at),
        _day(line.due_at),
        _day(line.returned_at),
        line.giver,
        "",  # the receiver's own hand
        line.receiver,
        line.field,
        line.note,
    ]


def _day(instant: datetime | None) -> str:
    return "" if instant is None else f"{office_time(instant):%d/%m/%Y}"
