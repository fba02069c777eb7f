"""What all papers share: the national head, the code with its proof, signatures, and the marks of a copy.

The head follows Nghị định 30/2020/NĐ-CP, phụ lục I; the code's place, upper left under the dossier code,
Thông tư 01/2023/TT-VPCP.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from desk.rules.people.person import Person
from receipts.content import PaperContent, texts_of
from receipts.layout import A4, A5, LEADING, Flow, Sheet
from receipts.marks import MM_PT, Box, Code, Document, Frame, Watermark, Words
from receipts.qr import paper_matrix
from receipts.typeface import Style, typeface_for
from receipts.wording import grouped_digits, long_office_day, numbered, short_moment
from receipts.wrapping import Run, balanced, runs_of, wrapped

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PRACTICE = "ĐÀO TẠO – KHÔNG CÓ GIÁ TRỊ"
VOID = "GIẤY NÀY KHÔNG CÒN GIÁ TRỊ"

BODY_PT = 9.4
SMALL_PT = 8.0
TITLE_PT = 12.0
NOTICE_PT = 8.8
TABLE_PT = 8.5
SOURCE_PT = 6.6
_SIGN_MM = 12.0
_SIGN_PAD_MM = 2.0
CODE_PT = 15.0


_SQUEEZE = 0.93


def fitted(build: Callable[[float], Document]) -> Document:
    """Return `build(1.0)`, or with letters 7 % smaller where that saves the second sheet of paper."""
    document = build(1.0)
    if len(document.pages) != 2:
        return document
    smaller = build(_SQUEEZE)
    return smaller if len(smaller.pages) == 1 else document


class Signer(NamedTuple):
    """Who signs: what stands above the signature, and the name under it."""

    title: str
    name: str = ""
    hint: str = "(Ký và ghi rõ họ tên)"


class _Signature(NamedTuple):
    """A place for a signature, broken into lines."""

    above_mm: float
    name: list[list[Run]]


class Paper:
    """One paper being laid out: a flow whose first page has the head."""

    def __init__(self, content: PaperContent, title: str, squeeze: float = 1.0, sheet: Sheet | None = None) -> None:
        self.content = content
        self.title = title
        # Fixed words and figures are always in our own typeface, so only the content is looked at.
        face = typeface_for(texts_of(content))
        chosen = sheet or (A4 if content.size == "A4" else A5)
        chosen = chosen._replace(scale=chosen.scale * squeeze)
        width_pt = (chosen.width_mm - chosen.left_mm - chosen.right_mm) * MM_PT
        self._notices = [
            line
            for notice in notices(content)
            for line in wrapped([Run(notice, "bold")], width_pt, face, NOTICE_PT * chosen.scale)
        ]
        line_mm = NOTICE_PT * chosen.scale * LEADING / MM_PT
        head_mm = len(self._notices) * line_mm
        self.flow = Flow(chosen, face, BODY_PT, head_mm, head_mm + line_mm + 1)

    def head(self) -> None:
        """Write the two blocks of the head: who makes the paper, and the nation's name, motto, place, day."""
        flow, content = self.flow, self.content
        middle_mm = flow.left_mm + (flow.right_mm - flow.left_mm) * 0.43
        top_mm = flow.y_mm
        left_mm = flow.column(content.superior, flow.left_mm, middle_mm - 2, top_mm, size_pt=9)
        if not content.superior:
            left_mm = top_mm
        left_mm = flow.column(content.unit, flow.left_mm, middle_mm - 2, left_mm, "bold", 9)
        half = (middle_mm - 2 - flow.left_mm) / 2
        flow.ruled(flow.left_mm + half * 0.6, flow.left_mm + half * 1.4, left_mm + 0.6)
        if content.number:
            number = f"Số: {content.number}"
            left_mm = flow.column(number, flow.left_mm, middle_mm - 2, left_mm + 1.6)
        right_mm = flow.column(NATIONAL_NAME, middle_mm, flow.right_mm, top_mm, "bold", 9.4)
        right_mm = flow.column(MOTTO, middle_mm, flow.right_mm, right_mm, "bold", 10)
        width_mm = flow.face.width_pt(MOTTO, "bold", flow.size_pt(10)) / MM_PT
        centre = (middle_mm + flow.right_mm) / 2
        flow.ruled(centre - width_mm / 2, centre + width_mm / 2, right_mm + 0.4)
        day = f"{content.place}, {long_office_day(content.made_at)}"
        right_mm = flow.column(day, middle_mm, flow.right_mm, right_mm + 1.6, "italic", BODY_PT)
        flow.y_mm = max(left_mm, right_mm) + 1.6

    def code(self) -> None:
        """Write the dossier code in large letters, its check digits in a box of their own."""
        flow, content = self.flow, self.content
        label = Run("Mã hồ sơ:  ")
        label_mm = flow.face.width_pt(label.text, "regular", flow.size_pt()) / MM_PT
        check = content.check_digits
        box_mm = 30 * flow.sheet.scale if check else 0.0
        room_mm = flow.right_mm - flow.left_mm - label_mm - box_mm - 3
        size = min(CODE_PT, room_mm * MM_PT / flow.face.width_pt(content.code, "bold", flow.sheet.scale))
        height_mm = flow.line_mm(CODE_PT)
        middle_mm = flow.y_mm + height_mm / 2
        left_mm = flow.left_mm + label_mm
        flow.line([label], flow.left_mm, left_mm, middle_mm - flow.line_mm() / 2)
        code_top_mm = middle_mm - flow.line_mm(size) / 2
        flow.line([Run(content.code, "bold")], left_mm, flow.right_mm - box_mm, code_top_mm, size)
        if check:
            box = Box(flow.right_mm - box_mm, flow.y_mm, flow.right_mm, flow.y_mm + height_mm)
            flow.put(Frame(box, 0.8))
            flow.line([Run("Số kiểm tra ")], box.left_mm + 1.5, box.right_mm, middle_mm - flow.line_mm(8.4) / 2, 8.4)
            top_mm = middle_mm - flow.line_mm(14) / 2
            flow.line([Run(check, "bold")], box.left_mm, box.right_mm - 1.5, top_mm, 14, "right")
        flow.y_mm += height_mm + 0.6

    def titled(self, lines: Sequence[str], below: Sequence[str] = ()) -> None:
        """Write the code for scanners at the left and the title beside it, small lines under the title."""
        flow = self.flow
        matrix = paper_matrix(self.content.qr_text) if self.content.qr_text else None
        left_mm, bottom_mm = flow.left_mm, flow.y_mm
        if matrix is not None:
            code = Code(flow.left_mm - 1, flow.y_mm, matrix)
            flow.put(code)
            left_mm, bottom_mm = code.box.right_mm + 1, code.box.bottom_mm
        y_mm = flow.y_mm + (3 * flow.sheet.scale if matrix is not None else 1)
        for line in lines:
            y_mm = flow.column(line, left_mm, flow.right_mm, y_mm, "bold", TITLE_PT)
        for line in below:
            y_mm = flow.column(line, left_mm, flow.right_mm, y_mm + 0.3, "italic", SMALL_PT)
        flow.y_mm = max(y_mm, bottom_mm)

    @property
    def unit(self) -> str:
        """The body that makes the paper, as a sentence names it."""
        return self.content.unit_in_text or self.content.unit

    def tracking_lines(self) -> list[str]:
        """Return what stands under the title for people who look their dossier up."""
        content = self.content
        lines = [f"Tra cứu: {content.lookup}"] if content.lookup else []
        if content.short_digits:
            lines.append(f"Mã tra cứu: {grouped_digits(content.short_digits)}")
        return lines

    def field(self, label: str, value: str, style: Style = "regular") -> None:
        """Write one named field, "" leaves it out; long values go on under their beginning."""
        if value:
            self.flow.text([Run(f"{label}: "), Run(value, style)], hang_mm=4)

    def fields(self, *pairs: tuple[str, str]) -> None:
        """Write several short fields in one line where they fit, those without a value left out."""
        given = [f"{label}: {value}" for label, value in pairs if value]
        if given:
            # A field is not broken and keeps its distance; blanks between words of a line are one.
            apart = "\u00a0\u00a0\u00a0\u00a0 "
            self.flow.text(apart.join(text.replace(" ", "\u00a0") for text in given), hang_mm=4)

    def reach(self, person: Person) -> None:
        """Write where a person lives and how he is reached, what was not given left out."""
        self.field("Địa chỉ", person.address)
        name, _, number = numbered(person).partition(": ")
        self.fields((name, number), ("Số điện thoại", person.phone), ("Email", person.email))

    def source(self, text: str) -> None:
        """Write whose form this is, small at the right; "" for none."""
        if text:
            self.flow.text(text, "italic", SOURCE_PT, "right")

    def signatures(self, *signers: Signer, beside_mm: float = 0) -> float:
        """Write the places for signatures side by side, kept on one page with their names; return their top.

        beside_mm: at least so much of the page is kept for something else written beside them.
        """
        flow = self.flow
        share = (flow.right_mm - flow.left_mm) / len(signers)
        blocks = [self._signature(signer, share) for signer in signers]
        above_mm = max(block.above_mm for block in blocks) + _SIGN_MM * flow.sheet.scale
        height_mm = above_mm + max(len(block.name) for block in blocks) * flow.line_mm() + 1
        flow.need(max(height_mm, beside_mm))
        top_mm = flow.y_mm + 1
        for at, (signer, block) in enumerate(zip(signers, blocks, strict=True)):
            left_mm = flow.left_mm + at * share + _SIGN_PAD_MM
            right_mm = flow.left_mm + (at + 1) * share - _SIGN_PAD_MM
            y_mm = flow.column(signer.title, left_mm, right_mm, top_mm, "bold")
            flow.column(signer.hint, left_mm, right_mm, y_mm, "italic", SMALL_PT)
            y_mm = top_mm + above_mm
            for line in block.name:
                flow.line(line, left_mm, right_mm, y_mm, None, "center")
                y_mm += flow.line_mm()
        flow.y_mm += height_mm
        return top_mm

    def _signature(self, signer: Signer, share_mm: float) -> _Signature:
        """Return how one place for a signature breaks into lines."""
        flow, width_pt = self.flow, (share_mm - 2 * _SIGN_PAD_MM) * MM_PT
        title = balanced(runs_of(signer.title, "bold"), width_pt, flow.face, flow.size_pt())
        hint = balanced(runs_of(signer.hint, "italic"), width_pt, flow.face, flow.size_pt(SMALL_PT))
        name = balanced(runs_of(signer.name, "bold"), width_pt, flow.face, flow.size_pt())
        return _Signature(len(title) * flow.line_mm() + len(hint) * flow.line_mm(SMALL_PT), name)

    def finish(self) -> Document:
        """Write the notices of copy, practice and page on every page and return the whole."""
        flow, content = self.flow, self.content
        watermark = PRACTICE if content.practice else VOID if content.void else ""
        for number, page in enumerate(flow.pages, start=1):
            under = [Watermark(watermark)] if watermark else []
            page.marks = [*under, *self._over(number), *page.marks]
        return Document(f"{self.title} {content.code}".strip(), flow.face, flow.pages)

    def _over(self, number: int) -> list[Words]:
        """Return the notices over page `number`, and from the second page on its number and its code."""
        flow, top_mm = self.flow, self.flow.sheet.top_mm
        sides = flow.left_mm, flow.right_mm
        marks: list[Words] = []
        for notice in self._notices:
            marks += flow.line_marks(notice, *sides, top_mm, NOTICE_PT, "center")
            top_mm += flow.line_mm(NOTICE_PT)
        if number > 1:
            # Page numbers stand at the top, in the middle, from the second page on (Nghị định 30/2020/NĐ-CP).
            marks += flow.line_marks([Run(str(number))], *sides, top_mm, NOTICE_PT, "center")
            marks += self._code_again(top_mm)
        return marks

    def _code_again(self, top_mm: float) -> list[Words]:
        """Return the dossier's code at the right of a later page's head; papers about many dossiers have none."""
        flow, code = self.flow, self.content.code
        if not code:
            return []
        # A code may be long: it gets smaller before it reaches the number in the middle.
        room_pt = (flow.right_mm - flow.left_mm) * 0.44 * MM_PT
        size = min(NOTICE_PT, room_pt / flow.face.width_pt(code, "regular", flow.sheet.scale))
        return flow.line_marks([Run(code)], flow.left_mm, flow.right_mm, top_mm, size, "right")


def notices(content: PaperContent) -> list[str]:
    """Return what stands over the head of every page: practice, void, which reprint."""
    lines = [PRACTICE] if content.practice else []
    if content.void:
        lines.append(f"{VOID} – {content.void}")
    if content.copy > 1 and content.reprinted_at is not None:
        number = content.reprint or content.copy - 1
        by = f", {content.reprinted_by}" if content.reprinted_by else ""
        lines.append(f"BẢN IN LẠI LẦN {number} – {short_moment(content.reprinted_at)}{by}")
    if content.replaces:
        lines.append(f"THAY CHO BẢN {content.replaces} ĐÃ CẤP, BẢN ĐÓ KHÔNG CÒN GIÁ TRỊ")
    return lines
