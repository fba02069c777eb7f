"""The floor of drawing: the same words at the same places in the same typefaces, and nothing to lay out.

What reportlab itself needs for a page of these words: a canvas, a font, a string, again and again, lines, save.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from receipts.marks import MM_PT, Document, Frame, Line, Words


@dataclass(frozen=True, slots=True)
class BareCanvas:
    """A page as plain calls, made ready beforehand."""

    size: tuple[float, float]
    words: list[tuple[str, float, float, float, str]]
    lines: list[tuple[float, float, float, float]]
    rects: list[tuple[float, float, float, float]]

    @classmethod
    def of(cls, document: Document) -> BareCanvas:
        """Return the first page of `document` as plain calls."""
        page, face = document.pages[0], document.face
        height = page.height_mm * MM_PT

        def up(y_mm: float) -> float:
            return height - y_mm * MM_PT

        words = [
            (face.name(one.style), one.size_pt, one.left_mm * MM_PT, up(one.base_mm), one.text)
            for one in page.marks
            if isinstance(one, Words)
        ]
        lines = [
            (one.x1_mm * MM_PT, up(one.y1_mm), one.x2_mm * MM_PT, up(one.y2_mm))
            for one in page.marks
            if isinstance(one, Line)
        ]
        rects = [
            (
                one.box.left_mm * MM_PT,
                up(one.box.bottom_mm),
                (one.box.right_mm - one.box.left_mm) * MM_PT,
                (one.box.bottom_mm - one.box.top_mm) * MM_PT,
            )
            for one in page.marks
            if isinstance(one, Frame)
        ]
        return cls((page.width_mm * MM_PT, height), words, lines, rects)

    def draw(self) -> bytes:
        """Return the page as PDF bytes."""
        from reportlab.pdfgen.canvas import Canvas

        file = io.BytesIO()
        canvas: Any = Canvas(file, pagesize=self.size, pageCompression=1, invariant=1)
        for font, size, x, y, text in self.words:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        for line in self.lines:
            canvas.line(*line)
        for rect in self.rects:
            canvas.rect(*rect)
        canvas.showPage()
        canvas.save()
        return file.getvalue()
