"""A paper laid out from top to bottom: text and tables that go on over the next page, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from receipts.marks import ASCENT, MM_PT, Line, Mark, Page, Words
from receipts.typeface import Style, Typeface
from receipts.wrapping import Run, Runs, balanced, runs_of, wrapped

Align = Literal["left", "center", "right"]

LEADING = 1.2
"""From one base line to the next, in parts of the letters' size: room for Ẫ above and Ạ below."""


class Sheet(NamedTuple):
    """A size of paper with its margins; `scale` enlarges all letters."""

    width_mm: float
    height_mm: float
    left_mm: float
    right_mm: float
    top_mm: float
    bottom_mm: float
    scale: float = 1.0


# A4: top and bottom 20, left 30, right 20 mm and letters of 13 points (Nghị định 30/2020/NĐ-CP, phụ lục I);
# A5, the size of the forms of Thông tư 01/2018/TT-VPCP, takes the same in proportion.
A5 = Sheet(148, 210, left_mm=14, right_mm=10, top_mm=8, bottom_mm=7)
A4 = Sheet(210, 297, left_mm=30, right_mm=20, top_mm=20, bottom_mm=20, scale=1.3)
A5_LANDSCAPE = Sheet(210, 148, left_mm=10, right_mm=10, top_mm=10, bottom_mm=10)
A4_LANDSCAPE = Sheet(297, 210, left_mm=20, right_mm=15, top_mm=15, bottom_mm=13, scale=1.1)


class Column(NamedTuple):
    """One column of a table; neighbours with the same `group` share a heading above theirs."""

    title: str
    width: float
    """Its share: the widths of all columns are scaled to the width of the page."""
    align: Align = "left"
    group: str = ""


class Flow:
    """Writes a paper downwards and begins a new page where one is full.

    body_pt: the size of ordinary text before the sheet's scale. head_mm, later_head_mm: kept free on top of
    the first page and of the others, for what `finish` writes there.
    """

    def __init__(
        self, sheet: Sheet, face: Typeface, body_pt: float, head_mm: float = 0, later_head_mm: float = 0
    ) -> None:
        self.sheet = sheet
        self.face = face
        self.body_pt = body_pt
        self._later_head_mm = later_head_mm
        self.pages = [Page(sheet.width_mm, sheet.height_mm)]
        self.left_mm = sheet.left_mm
        self.right_mm = sheet.width_mm - sheet.right_mm
        self.y_mm = sheet.top_mm + head_mm

    @property
    def bottom_mm(self) -> float:
        """Where the last line must end."""
        return self.sheet.height_mm - self.sheet.bottom_mm

    @property
    def page_room_mm(self) -> float:
        """The height of a fresh page."""
        return self.bottom_mm - self.sheet.top_mm - self._later_head_mm

    @property
    def page(self) -> Page:
        """The page being written."""
        return self.pages[-1]

    def put(self, *marks: Mark) -> None:
        """Lay marks on this page."""
        self.page.marks.extend(marks)

    def size_pt(self, size_pt: float | None = None) -> float:
        """Return a size of letters (the body's where None) on this sheet."""
        return (size_pt or self.body_pt) * self.sheet.scale

    def line_mm(self, size_pt: float | None = None) -> float:
        """Return the height of one line of letters of `size_pt` before scale."""
        return self.size_pt(size_pt) * LEADING / MM_PT

    def need(self, height_mm: float) -> bool:
        """Begin a new page if less than `height_mm` is left on this one; return whether it did."""
        if self.y_mm + height_mm <= self.bottom_mm:
            return False
        self.pages.append(Page(self.sheet.width_mm, self.sheet.height_mm))
        self.y_mm = self.sheet.top_mm + self._later_head_mm
        return True

    def gap(self, height_mm: float) -> None:
        """Leave room; at the end of a page it is left out."""
        self.y_mm = min(self.y_mm + height_mm * self.sheet.scale, self.bottom_mm)

    def text(
        self,
        text: Runs,
        style: Style = "regular",
        size_pt: float | None = None,
        align: Align = "left",
        hang_mm: float = 0,
    ) -> None:
        """Write a paragraph between the flow's sides; lines after the first begin `hang_mm` further in."""
        width_mm = self.right_mm - self.left_mm - hang_mm
        lines = wrapped(runs_of(text, style), width_mm * MM_PT, self.face, self.size_pt(size_pt))
        for number, line in enumerate(lines):
            self.need(self.line_mm(size_pt))
            left_mm = self.left_mm + (hang_mm if number else 0)
            self.line(line, left_mm, self.right_mm, self.y_mm, size_pt, align)
            self.y_mm += self.line_mm(size_pt)

    def line(
        self,
        runs: Sequence[Run],
        left_mm: float,
        right_mm: float,
        top_mm: float,
        size_pt: float | None = None,
        align: Align = "left",
    ) -> None:
        """Write one line on this page whose letters hang from `top_mm`."""
        self.page.marks.extend(self.line_marks(runs, left_mm, right_mm, top_mm, size_pt, align))

    def line_marks(
        self,
        runs: Sequence[Run],
        left_mm: float,
        right_mm: float,
        top_mm: float,
        size_pt: float | None = None,
        align: Align = "left",
    ) -> list[Words]:
        """Return the marks of one line."""
        size = self.size_pt(size_pt)
        widths_mm = [self.face.width_pt(run.text, run.style, size) / MM_PT for run in runs]
        slack_mm = right_mm - left_mm - sum(widths_mm)
        x_mm = left_mm + {"left": 0, "center": slack_mm / 2, "right": slack_mm}[align]
        base_mm = top_mm + (ASCENT + (LEADING - 1) * 0.6) * size / MM_PT
        marks = []
        for run, width_mm in zip(runs, widths_mm, strict=True):
            if run.text.strip():
                marks.append(Words(x_mm, base_mm, run.text, run.style, size))
            x_mm += width_mm
        return marks

    def column(
        self,
        text: Runs,
        left_mm: float,
        right_mm: float,
        top_mm: float,
        style: Style = "regular",
        size_pt: float | None = None,
        align: Align = "center",
    ) -> float:
        """Write a paragraph at a place of this page, whatever its length; return where it ends."""
        width_pt = (right_mm - left_mm) * MM_PT
        breaking = balanced if align == "center" else wrapped
        for line in breaking(runs_of(text, style), width_pt, self.face, self.size_pt(size_pt)):
            self.line(line, left_mm, right_mm, top_mm, size_pt, align)
            top_mm += self.line_mm(size_pt)
        return top_mm

    def ruled(self, x1_mm: float, x2_mm: float, y_mm: float, width_pt: float = 0.5) -> None:
        """Draw a level line on this page."""
        self.put(Line(x1_mm, y_mm, x2_mm, y_mm, width_pt))
