"""What lies on a page: words, lines, frames and codes at places in millimetres from its upper left corner.

Layouts make marks; a drawing turns them into PDF. Because every mark knows its extent, a test can prove
that no field touches another and that nothing lies in a code's quiet zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from receipts.qr import MODULE_PT, QUIET_MODULES, Matrix
from receipts.typeface import Style, Typeface

MM_PT = 72 / 25.4
"""Points in a millimetre."""
ASCENT, DESCENT = 0.76, 0.22
"""How far letters without marks reach above and below the line, in parts of their size."""


class Box(NamedTuple):
    """A rectangle in millimetres from the page's upper left corner."""

    left_mm: float
    top_mm: float
    right_mm: float
    bottom_mm: float

    def touches(self, other: Box) -> bool:
        """Tell whether the two share more than an edge."""
        return (
            self.left_mm < other.right_mm
            and other.left_mm < self.right_mm
            and self.top_mm < other.bottom_mm
            and other.top_mm < self.bottom_mm
        )


class Words(NamedTuple):
    """Text on one line, from `left_mm`, its base line at `base_mm`."""

    left_mm: float
    base_mm: float
    text: str
    style: Style
    size_pt: float

    def box(self, face: Typeface) -> Box:
        """Return the extent of the letters."""
        width_mm = face.width_pt(self.text, self.style, self.size_pt) / MM_PT
        em_mm = self.size_pt / MM_PT
        return Box(
            self.left_mm,
            self.base_mm - ASCENT * em_mm,
            self.left_mm + width_mm,
            self.base_mm + DESCENT * em_mm,
        )


class Line(NamedTuple):
    """A straight line."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float
    width_pt: float = 0.5


class Frame(NamedTuple):
    """The outline of a rectangle."""

    box: Box
    width_pt: float = 0.5


class Code(NamedTuple):
    """A QR code; (left_mm, top_mm) is the corner of its quiet zone, which is painted white."""

    left_mm: float
    top_mm: float
    matrix: Matrix
    module_pt: float = MODULE_PT

    @property
    def side_mm(self) -> float:
        """The side with the quiet zone."""
        return (len(self.matrix) + 2 * QUIET_MODULES) * self.module_pt / MM_PT

    @property
    def box(self) -> Box:
        """The extent with the quiet zone."""
        return Box(self.left_mm, self.top_mm, self.left_mm + self.side_mm, self.top_mm + self.side_mm)


class Watermark(NamedTuple):
    """Pale words across the whole page, under everything else."""

    text: str


Mark = Words | Line | Frame | Code | Watermark


@dataclass(slots=True)
class Page:
    """One sheet of paper and its marks, in the order of drawing."""

    width_mm: float
    height_mm: float
    marks: list[Mark] = field(default_factory=list)


class Document(NamedTuple):
    """Pages of one size and what the file says of itself."""

    title: str
    face: Typeface
    pages: list[Page]
