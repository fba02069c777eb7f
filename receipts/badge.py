"""An officer's badge: his name and the code that a scanner reads at the sign-in; the PIN proves him."""

from __future__ import annotations

from receipts.frame import SMALL_PT, TITLE_PT, Paper
from receipts.list_content import BadgeContent
from receipts.marks import Document
from receipts.pdf import draw
from receipts.wording import grouped_digits

TITLE = "Thẻ cán bộ"
_HOW = (
    "Quét mã này ở màn hình đăng nhập rồi nhập mã PIN. Mã PIN không nằm trên thẻ.",
    "Mất thẻ: làm thẻ mới trên máy, thẻ này hết hiệu lực ngay.",
)


def render(content: BadgeContent) -> bytes:
    """Return the badge as PDF; the same content gives the same bytes."""
    return draw(lay_out(content))


def lay_out(content: BadgeContent) -> Document:
    """Return the page and everything on it, not yet drawn."""
    paper = Paper(content, TITLE)
    paper.titled((TITLE.upper(),), [content.unit, grouped_digits(content.qr_text)])
    paper.flow.gap(3)
    paper.flow.text(content.officer, "bold", TITLE_PT)
    paper.flow.gap(2)
    for sentence in _HOW:
        paper.flow.text(f"- {sentence}", size_pt=SMALL_PT, hang_mm=2)
    return paper.finish()
