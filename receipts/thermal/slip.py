"""The slip as the bytes a receipt printer takes: the same content gives the same bytes."""

from __future__ import annotations

from receipts.content import SlipContent
from receipts.thermal.escpos import job_bytes
from receipts.thermal.picture import PaperWidth, slip_picture


def render(content: SlipContent, width_mm: PaperWidth) -> bytes:
    """Return the slip in short form as ESC/POS bytes; raises LettersMissing."""
    return job_bytes(slip_picture(content, width_mm))
