"""Marks drawn as PDF: the same document always gives the same bytes."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from typing import Any

from receipts.marks import MM_PT, Code, Document, Frame, Line, Page, Watermark, Words
from receipts.qr import QUIET_MODULES, Matrix
from receipts.typeface import Style

PRODUCER = "motcua-desk"
_ONE_AT_A_TIME = threading.Lock()
# A typeface's record of the letters used belongs to one document at a time.
_PALE = 0.88


def draw(document: Document) -> bytes:
    """Return the document as PDF bytes.

    invariant: no clock and no random id goes in, so that the copy on disk and a later drawing can be
    compared by their hash.
    """
    # reportlab: 70 ms and 17 MB, paid with the first paper.
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # streams as they are: a fifth less on disk and on the way to the printer
    file = io.BytesIO()
    first = document.pages[0]
    with _ONE_AT_A_TIME:
        canvas = Canvas(
            file,
            pagesize=(first.width_mm * MM_PT, first.height_mm * MM_PT),
            pageCompression=1,
            invariant=1,
            initialFontName=document.face.name("regular"),
            lang="vi-VN",
        )
        canvas.setTitle(document.title)
        canvas.setCreator(PRODUCER)
        canvas.setProducer(PRODUCER)
        for page in document.pages:
            _draw_page(canvas, page, document)
            canvas.showPage()
        canvas.save()
    return file.getvalue()


def _draw_page(canvas: Any, page: Page, document: Document) -> None:
    # The origin moves to the upper left; y is turned by each mark, because turning the axis mirrors letters.
    canvas.translate(0, page.height_mm * MM_PT)
    words: list[Words] = []
    lines: dict[float, list[Line]] = {}
    for mark in page.marks:
        if isinstance(mark, Words):
            words.append(mark)
        elif isinstance(mark, Line):
            lines.setdefault(mark.width_pt, []).append(mark)
        else:
            _draw_mark(canvas, mark, page, document)
    for width_pt, alike in lines.items():
        _draw_lines(canvas, alike, width_pt)
    _draw_words(canvas, words, document)


def _draw_lines(canvas: Any, lines: Sequence[Line], width_pt: float) -> None:
    """Draw all lines of one width as one path: a table has dozens."""
    canvas.setLineWidth(width_pt)
    canvas.lines([(line.x1_mm * MM_PT, -line.y1_mm * MM_PT, line.x2_mm * MM_PT, -line.y2_mm * MM_PT) for line in lines])


def _draw_words(canvas: Any, words: Sequence[Words], document: Document) -> None:
    """Draw all words of a page as one text: a font is named where it changes, not for every word."""
    text = canvas.beginText()
    font: tuple[Style, float] | None = None
    for mark in words:
        if font != (mark.style, mark.size_pt):
            font = mark.style, mark.size_pt
            text.setFont(document.face.name(mark.style), mark.size_pt)
        text.setTextOrigin(mark.left_mm * MM_PT, -mark.base_mm * MM_PT)
        text.textOut(mark.text)
    canvas.drawText(text)


def _draw_mark(canvas: Any, mark: Frame | Code | Watermark, page: Page, document: Document) -> None:
    match mark:
        case Frame():
            left, top, right, bottom = (side * MM_PT for side in mark.box)
            canvas.setLineWidth(mark.width_pt)
            canvas.rect(left, -bottom, right - left, bottom - top)
        case Code():
            _draw_code(canvas, mark)
        case Watermark():
            _draw_watermark(canvas, mark, page, document)


def _draw_code(canvas: Any, code: Code) -> None:
    """Draw the modules as a picture of one bit each, which every printer keeps sharp, on a white ground."""
    left, top, right, bottom = (side * MM_PT for side in code.box)
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(left, -bottom, right - left, bottom - top, stroke=0, fill=1)
    canvas.setFillGray(0)
    quiet = QUIET_MODULES * code.module_pt
    side = len(code.matrix) * code.module_pt
    canvas.transform(side, 0, 0, side, left + quiet, -bottom + quiet)
    count = len(code.matrix)
    # PDF Reference, 4.8.6: an inline image mask; bits set to 1 stay unpainted, hence the decode array.
    canvas._code.append(f"BI /W {count} /H {count} /IM true /BPC 1 /D [1 0] /F /AHx ID {_hex_rows(code.matrix)}> EI")
    canvas.restoreState()


def _hex_rows(matrix: Matrix) -> str:
    """Return the rows as hex digits, each filled up to whole bytes."""
    width = (len(matrix) + 7) // 8 * 8
    return "".join(
        f"{int(''.join('1' if dark else '0' for dark in row).ljust(width, '0'), 2):0{width // 4}x}" for row in matrix
    )


def _draw_watermark(canvas: Any, mark: Watermark, page: Page, document: Document) -> None:
    """Draw the words from the lower left to the upper right corner, as large as the way between allows."""
    from math import atan2, degrees, hypot

    width, height = page.width_mm * MM_PT, page.height_mm * MM_PT
    unit = document.face.width_pt(mark.text, "bold", 1)
    size = 0.8 * hypot(width, height) / unit
    canvas.saveState()
    canvas.setFillGray(_PALE)
    canvas.setFont(document.face.name("bold"), size)
    canvas.translate(width / 2, -height / 2)
    canvas.rotate(degrees(atan2(height, width)))
    canvas.drawCentredString(0, -size / 3, mark.text)
    canvas.restoreState()
