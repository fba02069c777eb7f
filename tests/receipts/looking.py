"""Looking at papers: pictures of their pages, codes read from them, and what touches what."""

from __future__ import annotations

from itertools import combinations

import pypdfium2
import zxingcpp
from PIL import Image

from receipts.marks import Box, Code, Document, Line, Page, Words

PRINTER_DPI = 203
"""What cheap printers have; the hardest case for a code."""


def pictures(pdf: bytes, dpi: int = PRINTER_DPI) -> list[Image.Image]:
    """Return the pages in grey."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in opened]


def printed(pdf: bytes, dpi: int = PRINTER_DPI) -> list[Image.Image]:
    """Return the pages as a printer puts them down: a dot is black or it is not there."""
    return [picture.point(lambda level: 255 if level > 127 else 0).convert("1") for picture in pictures(pdf, dpi)]


def text_of(pdf: bytes) -> str:
    """Return the words of all pages, blanks and line ends as one blank each."""
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.get_textpage().get_text_bounded() for page in opened]
    return " ".join(" ".join(pages).split())


def read_code(picture: Image.Image) -> str:
    """Return the text of the code in a picture, "" without one."""
    found = zxingcpp.read_barcode(picture)
    return found.text if found else ""


def faults(document: Document) -> list[str]:
    """Return what lies wrong on the pages: words on words, words off the page or in a code's quiet zone."""
    found = []
    for number, page in enumerate(document.pages, start=1):
        boxes = [(mark.text, _shrunk(mark.box(document.face))) for mark in page.marks if isinstance(mark, Words)]
        for (first, one), (second, other) in combinations(boxes, 2):
            if one.touches(other):
                found.append(f"page {number}: {first!r} touches {second!r}")
        paper = Box(0, 0, page.width_mm, page.height_mm)
        found += [f"page {number}: {text!r} leaves the paper" for text, box in boxes if not _inside(box, paper)]
        found += _in_quiet_zone(page, boxes, number)
    return found


def _in_quiet_zone(page: Page, boxes: list[tuple[str, Box]], number: int) -> list[str]:
    found = []
    for code in (mark for mark in page.marks if isinstance(mark, Code)):
        found += [f"page {number}: {text!r} in the quiet zone" for text, box in boxes if box.touches(code.box)]
        for line in (mark for mark in page.marks if isinstance(mark, Line)):
            box = Box(line.x1_mm, line.y1_mm - 0.1, line.x2_mm, line.y2_mm + 0.1)
            if box.touches(code.box):
                found.append(f"page {number}: a line in the quiet zone")
        if not _inside(code.box, Box(4, 4, page.width_mm - 4, page.height_mm - 4)):
            found.append(f"page {number}: a code where printers do not print")
    return found


def _shrunk(box: Box) -> Box:
    """Return the box a hair smaller: runs of one line share their edges."""
    return Box(box.left_mm + 0.01, box.top_mm + 0.01, box.right_mm - 0.01, box.bottom_mm - 0.01)


def _inside(box: Box, other: Box) -> bool:
    return (
        box.left_mm >= other.left_mm
        and box.top_mm >= other.top_mm
        and box.right_mm <= other.right_mm
        and box.bottom_mm <= other.bottom_mm
    )
