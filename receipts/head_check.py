"""The head-check page: a solid bar, all letters, fine lines, and a code for the reading test of the scanner.

Once a month, and where slips are read badly: about one faded slip in ten is read by no reader (receipts, 3c).
"""

from __future__ import annotations

import unicodedata

from receipts.frame import SMALL_PT, Paper
from receipts.list_content import HeadCheckContent
from receipts.marks import MM_PT, Document, Line
from receipts.pdf import draw
from receipts.short_form import Bar, Part, Passage, Rule, Square
from receipts.thermal.escpos import job_bytes
from receipts.thermal.picture import PaperWidth, picture_of
from receipts.typeface import VIETNAMESE
from receipts.wording import short_moment
from receipts.wrapping import Run

_TONES = "\u0300\u0309\u0303\u0301\u0323"
TITLE = "Trang kiểm tra máy in"
_BAR_MM = 10.0
_FINE_PT = 0.36
"""One dot of a head of 203 dots an inch."""
_LOOK = (
    "Vạch đen phải liền, không có đường trắng: đường trắng là điểm chết của đầu in hoặc giấy bẩn.",
    "Các chữ phải đủ dấu; mã QR phải quét được ở màn hình thiết lập máy quét.",
)


def _letters() -> list[str]:
    """Return all Vietnamese letters, the small ones and the capitals, in Vietnamese order of their vowels."""
    base = "aăâeêioôơuưyđ"
    small = sorted((one for one in VIETNAMESE if one == one.lower()), key=lambda one: (_base(one, base), one))
    return [" ".join(small), " ".join(letter.upper() for letter in small), "0 1 2 3 4 5 6 7 8 9  ₫ – / ( ) : ; ,"]


def _base(letter: str, order: str) -> int:
    marks = unicodedata.normalize("NFD", letter)
    toneless = "".join(mark for mark in marks if mark not in _TONES)
    return order.index(unicodedata.normalize("NFC", toneless))


def render(content: HeadCheckContent) -> bytes:
    """Return the page as PDF; the same content gives the same bytes."""
    return draw(lay_out(content))


def lay_out(content: HeadCheckContent) -> Document:
    """Return the page and everything on it, not yet drawn."""
    paper = Paper(content, TITLE)
    flow = paper.flow
    paper.titled((TITLE.upper(),), [content.unit, f"{content.printer} – {short_moment(content.made_at)}"])
    flow.gap(1)
    for sentence in _LOOK:
        flow.text(f"- {sentence}", size_pt=SMALL_PT, hang_mm=2)
    flow.gap(2)
    flow.put(Line(flow.left_mm, flow.y_mm + _BAR_MM / 2, flow.right_mm, flow.y_mm + _BAR_MM / 2, _BAR_MM * MM_PT))
    flow.y_mm += _BAR_MM + 3
    for step in range(8):
        flow.ruled(flow.left_mm, flow.right_mm, flow.y_mm + 0.4 * step * (step + 1), _FINE_PT)
    flow.y_mm += 25
    for line in _letters():
        flow.text(line, size_pt=11)
        flow.text(line, "bold", 8)
        flow.gap(1)
    return paper.finish()


def parts_of(content: HeadCheckContent) -> list[Part]:
    """Return the page for a receipt printer."""
    return [
        Passage((Run(TITLE.upper(), "bold"),), "body", True),
        Passage((Run(content.unit),), "small", True),
        Passage((Run(f"{content.printer} – {short_moment(content.made_at)}"),), "small", True),
        Bar(),
        Square(content.qr_text),
        Rule(),
        *(Passage((Run(line),)) for line in _letters()),
        Rule(),
        *(Passage((Run(sentence),), "small") for sentence in _LOOK),
    ]


def render_short(content: HeadCheckContent, width_mm: PaperWidth) -> bytes:
    """Return the page as ESC/POS bytes."""
    return job_bytes(picture_of(content, parts_of(content), width_mm))
