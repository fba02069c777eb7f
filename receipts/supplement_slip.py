"""Mẫu 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.

Wordings: form 02 of Thông tư 01/2018/TT-VPCP and of Thông tư 03/2025/TT-VPCP, Phụ lục I, as offices print it.
"""

from __future__ import annotations

from receipts.content import FormSet
from receipts.documents import document_table
from receipts.frame import Paper, Signer, fitted
from receipts.marks import Document
from receipts.move_content import SupplementContent
from receipts.parts import about, ask_at, opening
from receipts.pdf import draw
from receipts.wording import moment
from receipts.wrapping import Run

TITLE = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
_SOURCES: dict[FormSet, str] = {
    "2018": "Mẫu số 02, ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
    "2025": "Mẫu số 02, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
}


def render(content: SupplementContent) -> bytes:
    """Return the slip as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: SupplementContent) -> Document:
    """Return the slip's pages and everything on them, not yet drawn."""
    return fitted(lambda squeeze: _laid_out(content, squeeze))


def _laid_out(content: SupplementContent, squeeze: float) -> Document:
    paper = Paper(content, TITLE, squeeze)
    opening(paper, ("PHIẾU YÊU CẦU BỔ SUNG,", "HOÀN THIỆN HỒ SƠ"))
    about(paper, "Hồ sơ của", content.owner, content.procedure_name, content.procedure_code)
    if content.accepted_at is not None:
        paper.field("Thời gian nhận hồ sơ", moment(content.accepted_at))
    stage = "tiếp nhận" if content.stage == "reception" else "thẩm định, giải quyết"
    paper.flow.gap(0.8)
    paper.flow.text(
        f"Qua xem xét khi {stage}, {paper.unit} đề nghị Ông/Bà hoàn thiện hồ sơ gồm những nội dung sau:", "bold"
    )
    if content.documents:
        document_table(paper, content.documents)
        paper.flow.gap(0.8)
    paper.flow.text([Run("Lý do: ", "bold"), Run(content.reason)], hang_mm=4)
    if content.bring_before is not None:
        paper.field("Đề nghị bổ sung trước", moment(content.bring_before))
    _effect(paper, content)
    paper.field("Ghi chú", content.note)
    ask_at(
        paper,
        content.contact,
        "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ {contact} để được hướng dẫn./.",
    )
    paper.flow.gap(1)
    paper.signatures(Signer("", "", ""), Signer("NGƯỜI HƯỚNG DẪN", content.officer))
    paper.flow.gap(1)
    paper.source(_SOURCES[content.form_set])
    return paper.finish()


def _effect(paper: Paper, content: SupplementContent) -> None:
    """Say what becomes of the statutory time; before acceptance it has not begun."""
    if content.stage == "reception":
        paper.flow.text("Thời gian giải quyết được tính từ khi hồ sơ đầy đủ, hợp lệ được tiếp nhận.")
    elif content.restarts:
        paper.flow.text("Thời gian giải quyết được tính lại từ đầu kể từ khi nhận đủ hồ sơ bổ sung.")
    else:
        paper.flow.text("Thời gian chờ bổ sung không tính vào thời gian giải quyết hồ sơ.")
