"""Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, the promise in the citizen's hand.

Wordings: form 01 of Thông tư 01/2018/TT-VPCP, and the form of the same number and name of Thông tư
03/2025/TT-VPCP, Phụ lục I (in force since 15 September 2025), as offices print them.
"""

from __future__ import annotations

from dataclasses import replace

from receipts.content import FormSet, SlipContent
from receipts.documents import certification_table, document_table
from receipts.frame import SMALL_PT, Paper, Signer, fitted
from receipts.marks import Document
from receipts.parts import asked, opening
from receipts.pdf import draw
from receipts.wording import CHANNELS, moment
from receipts.wrapping import Run

TITLE = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_COPIES = "(Lập thành 02 liên: 01 liên giao người nộp hồ sơ, 01 liên lưu kèm hồ sơ)"
_SOURCES: dict[FormSet, str] = {
    "2018": "Mẫu số 01, ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
    "2025": "Mẫu số 01, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
}


def render(content: SlipContent) -> bytes:
    """Return the slip as PDF; the same content gives the same bytes.

    Raises LettersMissing if no typeface here has every letter of it.
    """
    return draw(lay_out(content))


def lay_out(content: SlipContent) -> Document:
    """Return the slip's pages and everything on them, not yet drawn."""
    return fitted(lambda squeeze: _laid_out(content, squeeze))


def _laid_out(content: SlipContent, squeeze: float) -> Document:
    paper = Paper(content, TITLE, squeeze)
    opening(paper, ("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"), [_COPIES])
    _people(paper, content)
    paper.flow.gap(0.8)
    _documents(paper, content)
    paper.flow.gap(0.8)
    _times(paper, content)
    paper.signatures(
        Signer("NGƯỜI NỘP HỒ SƠ", content.submitter.name), Signer("NGƯỜI TIẾP NHẬN HỒ SƠ", content.officer)
    )
    _notes(paper, content)
    return paper.finish()


def _people(paper: Paper, content: SlipContent) -> None:
    submitter, owner = content.submitter, content.owner
    how = ", ".join(part for part in (content.capacity, CHANNELS[content.channel]) if part)
    paper.flow.text(
        [Run(f"{paper.unit} tiếp nhận hồ sơ của: "), Run(submitter.name, "bold"), Run(f" ({how})")],
        hang_mm=4,
    )
    paper.reach(submitter)
    if owner is not None:
        paper.field("Chủ hồ sơ", owner.name, "bold")
        # The owner's address is asked for where it is another one.
        paper.reach(replace(owner, address="") if owner.address == submitter.address else owner)
    asked(paper, content.procedure_name, content.procedure_code)
    paper.field("Trích yếu", content.summary)
    paper.field("Mã hồ sơ ở hệ thống khác", "; ".join(content.other_codes))


def _documents(paper: Paper, content: SlipContent) -> None:
    if content.certified:
        paper.flow.text("1. Giấy tờ yêu cầu chứng thực gồm:", "bold")
        certification_table(paper, content.certified)
    elif content.documents:
        paper.flow.text("1. Thành phần hồ sơ nộp gồm:", "bold")
        document_table(paper, content.documents)
    else:
        paper.flow.text([Run("1. Thành phần hồ sơ nộp gồm: ", "bold"), Run("không có giấy tờ kèm theo.")])
    paper.field("Số chứng thực", content.book_number, "bold")


def _times(paper: Paper, content: SlipContent) -> None:
    paper.flow.text([Run("2. Số lượng hồ sơ: ", "bold"), Run(f"{content.set_count:02d} (bộ)")])
    paper.flow.text([Run("3. Thời gian giải quyết hồ sơ theo quy định là: ", "bold"), Run(content.term)], hang_mm=4)
    paper.flow.text([Run("4. Thời gian nhận hồ sơ: ", "bold"), Run(moment(content.accepted_at))], hang_mm=4)
    paper.flow.text(
        [Run("5. Thời gian trả kết quả giải quyết hồ sơ: ", "bold"), Run(moment(content.due_at), "bold")],
        hang_mm=4,
    )
    paper.flow.text([Run("6. Đăng ký nhận kết quả tại: ", "bold"), Run(content.return_place)], hang_mm=4)
    paper.field("Cơ quan giải quyết", content.competent_unit)
    paper.field("Phí, lệ phí", content.fee)
    paper.field("Ghi chú", content.note)
    if content.form_set == "2018":
        paper.flow.text("Vào Sổ theo dõi hồ sơ, Quyển số: ……………  Số thứ tự: ……………")


def _notes(paper: Paper, content: SlipContent) -> None:
    paper.flow.gap(1)
    for note in (
        "Kết quả có thể có sớm hơn thời gian ghi trên; tra cứu bằng mã hồ sơ, mã tra cứu hoặc mã QR.",
        "Khi đến nhận kết quả, đề nghị mang theo giấy này và giấy tờ tùy thân.",
    ):
        paper.flow.text(f"- {note}", "italic", SMALL_PT, hang_mm=2)
    paper.source(_SOURCES[content.form_set])
