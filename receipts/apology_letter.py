"""Mẫu 04: Phiếu xin lỗi và hẹn lại ngày trả kết quả (2018), Văn bản xin lỗi và đề nghị gia hạn (2025).

Wordings: form 04 of Thông tư 01/2018/TT-VPCP; the 2025 form of Thông tư 03/2025/TT-VPCP, Phụ lục I, is known by
its name and its fields (first due moment, reason, new time) only.
"""

from __future__ import annotations

from receipts.content import FormSet
from receipts.frame import Paper, Signer, fitted
from receipts.marks import Document
from receipts.move_content import ApologyContent
from receipts.parts import opening, recipients
from receipts.pdf import draw
from receipts.wording import long_office_day, moment
from receipts.wrapping import Run

TITLES: dict[FormSet, str] = {
    "2018": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    "2025": "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
}
_HEADINGS: dict[FormSet, tuple[str, str]] = {
    "2018": ("PHIẾU XIN LỖI VÀ HẸN LẠI", "NGÀY TRẢ KẾT QUẢ"),
    "2025": ("VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ", "GIA HẠN THỜI GIAN GIẢI QUYẾT"),
}
_SOURCES: dict[FormSet, str] = {
    "2018": "Mẫu số 04, ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
    "2025": "Mẫu số 04, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
}


def render(content: ApologyContent) -> bytes:
    """Return the letter as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: ApologyContent) -> Document:
    """Return the letter's pages and everything on them, not yet drawn."""
    return fitted(lambda squeeze: _laid_out(content, squeeze))


def _laid_out(content: ApologyContent, squeeze: float) -> Document:
    paper = Paper(content, TITLES[content.form_set], squeeze)
    opening(paper, _HEADINGS[content.form_set])
    paper.flow.gap(1)
    paper.flow.text([Run("Kính gửi: Ông/Bà "), Run(content.owner.name, "bold")], align="center")
    paper.flow.gap(1)
    paper.flow.text(
        [
            Run(f"{long_office_day(content.accepted_at).capitalize()}, {paper.unit} tiếp nhận giải quyết hồ sơ: "),
            Run(content.procedure_name, "bold"),
            Run(f"; mã số: {content.code}."),
        ]
    )
    paper.flow.text([Run("Thời gian hẹn trả kết quả giải quyết hồ sơ: "), Run(moment(content.due_at), "bold")])
    paper.flow.text(
        f"Tuy nhiên, {content.late_unit or paper.unit} chưa thể trả kết quả giải quyết hồ sơ của Ông/Bà đúng thời "
        "hạn ghi trong Giấy tiếp nhận hồ sơ và hẹn trả kết quả."
    )
    paper.flow.text([Run("Lý do: ", "bold"), Run(content.reason)])
    paper.flow.text(
        "Sự chậm trễ này đã gây phiền hà, tốn kém chi phí, công sức của Ông/Bà. "
        f"{content.late_unit or paper.unit} xin lỗi Ông/Bà và sẽ trả kết quả giải quyết hồ sơ vào:"
    )
    where = f", tại {content.return_place}" if content.return_place else ""
    paper.flow.text([Run(moment(content.new_due_at), "bold"), Run(f"{where}.")])
    paper.field("Ghi chú", content.note)
    paper.flow.text("Mong nhận được sự thông cảm của Ông/Bà vì sự chậm trễ này./.")
    paper.flow.gap(1)
    recipients(
        paper,
        ["Như trên", *([content.late_unit] if content.late_unit else []), "Lưu: VT, hồ sơ"],
        Signer(content.signer_title, content.officer, "(Ký tên, đóng dấu)"),
    )
    paper.flow.gap(1)
    paper.source(_SOURCES[content.form_set])
    return paper.finish()
