"""A code for telephones and scanners on the screen: dark on light in every theme, whatever lies around it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

_DARK = Color.from_rgb(0, 0, 0)
_LIGHT = Color.from_rgb(255, 255, 255)
_STYLES = {
    (fore, back): Style(color=_DARK if fore else _LIGHT, bgcolor=_DARK if back else _LIGHT)
    for fore in (False, True)
    for back in (False, True)
}


class QrView(Widget):
    """Shows the cells of a code (`receipts.qr.Cell`); nothing without any.

    Both colours of each cell are set, so that a camera reads the code over the gap that many terminals leave
    between their lines (receipts, 5). A full block is drawn as a blank: where a terminal has no colours, the light ones
    are reversed and the code is still seen.
    """

    DEFAULT_CSS = "QrView { width: auto; height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cells: Sequence[Sequence[tuple[str, bool, bool]]] = ()

    def show(self, cells: Sequence[Sequence[tuple[str, bool, bool]]]) -> None:
        """Show another code."""
        if cells != self.cells:
            self.cells = cells
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Its cells in a line."""
        return len(self.cells[0]) if self.cells else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Its lines."""
        return len(self.cells)

    def render_line(self, y: int) -> Strip:
        """Return one line of cells."""
        if y >= len(self.cells):
            return Strip.blank(self.size.width)
        return Strip([Segment(" " if sign == "█" else sign, _STYLES[fore, back]) for sign, fore, back in self.cells[y]])
