"""Mẫu 01 for several dossiers of one submitter: one slip, its dossiers as a list across the page.

Each dossier keeps its own promise and its own proof: under the list stands one code for each of them.
"""

from __future__ import annotations

from receipts.content import FormSet
from receipts.frame import SMALL_PT, TABLE_PT, Paper, Signer
from receipts.layout import A4_LANDSCAPE, Column
from receipts.list_content import JointLine, JointSlipContent
from receipts.marks import Code, Document
from receipts.pdf import draw
from receipts.qr import paper_matrix
from receipts.tables import Table
from receipts.wording import CHANNELS, grouped_digits, short_moment
from receipts.wrapping import Run, Runs

TITLE = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_COPIES = "(Lập thành 02 liên: 01 liên giao người nộp hồ sơ, 01 liên lưu kèm hồ sơ)"
_SOURCES: dict[FormSet, str] = {
    "2018": "Mẫu số 01, ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
    "2025": "Mẫu số 01, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
}
_GAP_MM = 3.0
_CODE_MM = 30.0
"""At least so wide is the place of one code, so that its words have room."""


def render(content: JointSlipContent) -> bytes:
    """Return the slip as PDF; the same content gives the same bytes. Raises LettersMissing."""
    return draw(lay_out(content))


def lay_out(content: JointSlipContent) -> Document:
    """Return the slip's pages and everything on them, not yet drawn."""
    paper = Paper(content, TITLE, sheet=A4_LANDSCAPE)
    paper.head()
    paper.titled(("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",), [_COPIES, *paper.tracking_lines()])
    paper.flow.gap(1)
    paper.flow.text(
        [
            Run(f"{paper.unit} tiếp nhận {len(content.lines):02d} hồ sơ của: "),
            Run(content.submitter.name, "bold"),
            Run(f" ({CHANNELS[content.channel]})"),
        ],
        hang_mm=4,
    )
    paper.reach(content.submitter)
    paper.flow.gap(0.8)
    _dossiers(paper, content)
    paper.flow.gap(0.8)
    paper.field("Đăng ký nhận kết quả tại", content.return_place)
    paper.field("Ghi chú", content.note)
    paper.signatures(
        Signer("NGƯỜI NỘP HỒ SƠ", content.submitter.name), Signer("NGƯỜI TIẾP NHẬN HỒ SƠ", content.officer)
    )
    paper.flow.gap(1)
    paper.flow.text(
        "- Kết quả có thể có sớm hơn thời gian ghi trên; tra cứu từng hồ sơ bằng mã hồ sơ, mã tra cứu hoặc mã QR.",
        "italic",
        SMALL_PT,
        hang_mm=2,
    )
    _codes(paper, content)
    paper.source(_SOURCES[content.form_set])
    return paper.finish()


def _dossiers(paper: Paper, content: JointSlipContent) -> None:
    columns = [
        Column("STT", 10, "center"),
        Column("Mã hồ sơ, số kiểm tra", 42),
        Column("Nội dung yêu cầu giải quyết", 58),
        Column("Cơ quan giải quyết", 34),
        Column("Chủ hồ sơ", 32),
        Column("Số bộ", 10, "center"),
        Column("Thời gian giải quyết", 24, "center"),
        Column("Nhận hồ sơ", 22, "center"),
        Column("Hẹn trả kết quả", 22, "center"),
    ]
    rows = [_row(at, line) for at, line in enumerate(content.lines, start=1)]
    Table(paper.flow, columns, TABLE_PT).write(rows)


def _row(at: int, line: JointLine) -> list[Runs]:
    code: Runs = [Run(line.code, "bold"), Run(f" ({line.check_digits})" if line.check_digits else "")]
    return [
        str(at),
        code,
        line.procedure_name,
        line.competent_unit,
        line.owner_name,
        f"{line.set_count:02d}",
        line.term,
        short_moment(line.accepted_at),
        [Run(short_moment(line.due_at), "bold")],
    ]


def _codes(paper: Paper, content: JointSlipContent) -> None:
    """Write the codes for scanners side by side, each over its dossier's code; one that cannot be made is left out."""
    flow = paper.flow
    drawn: list[tuple[JointLine, int, Code]] = []
    for at, line in enumerate(content.lines, start=1):
        matrix = paper_matrix(line.qr_text) if line.qr_text else None
        if matrix is not None:
            drawn.append((line, at, Code(0, 0, matrix)))
    if not drawn:
        return
    side_mm = max(code.side_mm for _, _, code in drawn)
    share_mm = max(side_mm, _CODE_MM) + _GAP_MM
    in_a_row = int((flow.right_mm - flow.left_mm) / share_mm)
    for start in range(0, len(drawn), in_a_row):
        flow.need(side_mm + 4.5 * flow.line_mm(SMALL_PT))
        top_mm, bottom_mm = flow.y_mm + 1, flow.y_mm
        for place, (line, at, code) in enumerate(drawn[start : start + in_a_row]):
            left_mm = flow.left_mm + place * share_mm
            flow.put(Code(left_mm, top_mm, code.matrix))
            said = f"{at}. {grouped_digits(line.short_digits) or line.code}"
            right_mm = left_mm + share_mm - _GAP_MM
            end_mm = flow.column(said, left_mm, right_mm, top_mm + side_mm, size_pt=SMALL_PT, align="left")
            bottom_mm = max(bottom_mm, end_mm)
        flow.y_mm = bottom_mm + 1
