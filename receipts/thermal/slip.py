"""The slip in short form as a picture, and as the bytes a receipt printer takes: same content, same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.content import SlipContent
from receipts.short_form import slip_parts
from receipts.thermal.escpos import job_bytes
from receipts.thermal.picture import PaperWidth, picture_of

if TYPE_CHECKING:
    from PIL.Image import Image


def slip_picture(content: SlipContent, width_mm: PaperWidth) -> Image:
    """Return the slip as a picture of one bit a dot, 0 is black; raises LettersMissing."""
    return picture_of(content, slip_parts(content), width_mm)


def render(content: SlipContent, width_mm: PaperWidth) -> bytes:
    """Return the slip as ESC/POS bytes; raises LettersMissing."""
    return job_bytes(slip_picture(content, width_mm))
