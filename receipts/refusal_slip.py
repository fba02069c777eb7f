"""Mẫu 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ.

Wordings: form 03 of Thông tư 01/2018/TT-VPCP and of Thông tư 03/2025/TT-VPCP, Phụ lục I, as offices print it.
"""

from __future__ import annotations

from receipts.content import FormSet
from receipts.documents import given_back
from receipts.frame import Paper, Signer, fitted
from receipts.marks import Document
from receipts.move_content import RefusalContent
from receipts.parts import about, ask_at, opening
from receipts.pdf import draw
from receipts.wrapping import Run

TITLE = "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
_SOURCES: dict[FormSet, str] = {
    "2018": "Mẫu số 03, ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
    "2025": "Mẫu số 03, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
}


def render(content: RefusalContent) -> bytes:
    """Return the slip as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: RefusalContent) -> Document:
    """Return the slip's pages and everything on them, not yet drawn."""
    return fitted(lambda squeeze: _laid_out(content, squeeze))


def _laid_out(content: RefusalContent, squeeze: float) -> Document:
    paper = Paper(content, TITLE, squeeze)
    opening(paper, ("PHIẾU TỪ CHỐI", "TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"))
    about(paper, f"{paper.unit} đã xem xét hồ sơ của", content.owner, content.procedure_name, content.procedure_code)
    paper.flow.gap(0.8)
    paper.flow.text(
        f"Qua xem xét, {paper.unit} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:"
    )
    paper.flow.text([Run(content.reason, "bold")])
    paper.field("Căn cứ", content.ground)
    given_back(paper, content.given_back)
    paper.field("Ghi chú", content.note)
    ask_at(paper, content.contact, "Nếu cần hướng dẫn thêm, Ông/Bà liên hệ {contact}.")
    paper.flow.text("Xin thông báo cho Ông/Bà được biết và thực hiện./.")
    paper.flow.gap(1)
    paper.signatures(
        Signer("NGƯỜI NỘP HỒ SƠ", content.submitter or content.owner.name),
        Signer("NGƯỜI TIẾP NHẬN HỒ SƠ", content.officer),
    )
    paper.flow.gap(1)
    paper.source(_SOURCES[content.form_set])
    return paper.finish()
