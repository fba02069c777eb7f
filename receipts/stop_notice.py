"""Mẫu 05 (2025): Thông báo dừng giải quyết hồ sơ.

New in Thông tư 03/2025/TT-VPCP, Phụ lục I; its name is known, its fields follow what a stop must tell: who
asked and when, the ground, what becomes of fees and papers. The set of 2018 has no such form.
"""

from __future__ import annotations

from receipts.content import FormSet
from receipts.documents import given_back
from receipts.frame import Paper, Signer, fitted
from receipts.marks import Document
from receipts.move_content import StopContent
from receipts.parts import about, ask_at, opening, recipients
from receipts.pdf import draw
from receipts.wording import moment
from receipts.wrapping import Run

TITLE = "Thông báo dừng giải quyết hồ sơ"
_SOURCES: dict[FormSet, str] = {"2018": "", "2025": "Mẫu số 05, Phụ lục I, Thông tư số 03/2025/TT-VPCP"}


def render(content: StopContent) -> bytes:
    """Return the notice as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: StopContent) -> Document:
    """Return the notice's pages and everything on them, not yet drawn."""
    return fitted(lambda squeeze: _laid_out(content, squeeze))


def _laid_out(content: StopContent, squeeze: float) -> Document:
    paper = Paper(content, TITLE, squeeze)
    opening(paper, ("THÔNG BÁO", "DỪNG GIẢI QUYẾT HỒ SƠ"))
    about(paper, "Chủ hồ sơ", content.owner, content.procedure_name, content.procedure_code)
    if content.accepted_at is not None:
        paper.field("Thời gian nhận hồ sơ", moment(content.accepted_at))
    paper.field("Người, cơ quan đề nghị dừng", content.asked_by)
    if content.asked_at is not None:
        paper.field("Thời gian đề nghị", moment(content.asked_at))
    paper.flow.gap(0.8)
    paper.flow.text([Run(f"{paper.unit} thông báo dừng giải quyết hồ sơ này với lý do: "), Run(content.reason, "bold")])
    paper.field("Căn cứ", content.ground)
    paper.field("Phí, lệ phí đã nộp", content.fees)
    given_back(paper, content.given_back)
    paper.field("Ghi chú", content.note)
    ask_at(paper, content.contact, "Nếu cần hướng dẫn thêm, Ông/Bà liên hệ {contact}.")
    paper.flow.text("Xin thông báo để Ông/Bà được biết./.")
    paper.flow.gap(1)
    recipients(
        paper,
        [content.owner.name, "Lưu: VT, hồ sơ"],
        Signer(content.signer_title, content.officer, "(Ký tên, đóng dấu)"),
    )
    paper.flow.gap(1)
    paper.source(_SOURCES[content.form_set])
    return paper.finish()
