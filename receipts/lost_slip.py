"""Giấy cam đoan về việc mất giấy hẹn trả kết quả: what is signed where the slip is lost (domain, 8).

It stays with the file, so it has no QR; its wordings are the desk's own, for no circular sets this form.
"""

from __future__ import annotations

from receipts.frame import Paper, Signer, fitted
from receipts.list_content import LostSlipContent
from receipts.marks import Document
from receipts.parts import asked
from receipts.pdf import draw
from receipts.wording import moment
from receipts.wrapping import Run

TITLE = "Giấy cam đoan mất giấy hẹn trả kết quả"


def render(content: LostSlipContent) -> bytes:
    """Return the statement as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: LostSlipContent) -> Document:
    """Return the statement's pages and everything on them, not yet drawn."""
    return fitted(lambda squeeze: _laid_out(content, squeeze))


def _laid_out(content: LostSlipContent, squeeze: float) -> Document:
    paper = Paper(content, TITLE, squeeze)
    paper.head()
    paper.code()
    paper.titled(("GIẤY CAM ĐOAN", "VỀ VIỆC MẤT GIẤY HẸN TRẢ KẾT QUẢ"))
    paper.flow.gap(1)
    paper.flow.text([Run("Kính gửi: "), Run(paper.unit, "bold")], align="center")
    paper.flow.gap(1)
    paper.field("Tôi là", content.receiver.name, "bold")
    paper.field("Tư cách nhận kết quả", content.capacity)
    paper.reach(content.receiver)
    paper.field("Chủ hồ sơ", content.owner.name, "bold")
    asked(paper, content.procedure_name, content.procedure_code)
    paper.field("Thời gian nộp hồ sơ", moment(content.accepted_at))
    paper.field("Thời gian hẹn trả kết quả", moment(content.due_at))
    paper.flow.gap(0.8)
    for sentence in (
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả của hồ sơ trên đã bị mất, tôi không còn giữ để nộp lại.",
        "Tôi đã xuất trình giấy tờ tùy thân và đề nghị được nhận kết quả giải quyết hồ sơ.",
        "Tôi cam đoan những điều trên là đúng sự thật, nếu sai tôi xin chịu trách nhiệm trước pháp luật; nếu tìm "
        "thấy giấy hẹn, tôi sẽ nộp lại, giấy đó không còn giá trị.",
    ):
        paper.flow.text(sentence)
    paper.field("Ghi chú", content.note)
    paper.flow.gap(1)
    paper.signatures(
        Signer("NGƯỜI TRẢ KẾT QUẢ", content.officer, "(Đã đối chiếu giấy tờ tùy thân, ký và ghi rõ họ tên)"),
        Signer("NGƯỜI CAM ĐOAN", content.receiver.name),
    )
    return paper.finish()
