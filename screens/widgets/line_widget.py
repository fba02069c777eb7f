"""How a line being edited is drawn: one cell high, and only the cells behind a change are painted anew."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widget import Widget

from desk.text import clean_line
from desk.words import _
from screens.widgets.edit_line import EditLine
from screens.widgets.line_view import LineView

_PASSWORD_SIGN = "*"


class LineWidget(Widget, can_focus=True):
    """Draws an `EditLine`; what keys do to it is the business of `DeskInput`."""

    DEFAULT_CSS = """
    LineWidget {
        width: 1fr; height: 1;
        background: $surface; color: $foreground;
        &:focus { background: $surface-lighten-2; }
        &.-wrong { text-style: underline; }
        & > .line--cursor { background: $foreground; color: $background; }
        & > .line--placeholder { color: $text-muted; text-style: italic; }
        & > .line--offer { text-style: italic; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--cursor", "line--placeholder", "line--offer"}
    SEPARATOR: ClassVar[str] = ""
    """The sign that `with_separators` adds."""

    def __init__(self, limit: int, placeholder: str, password: bool, id: str | None, classes: str | None) -> None:
        super().__init__(id=id, classes=classes)
        self.placeholder = placeholder
        self.password = password
        self.offered = False
        """Whether the text is a proposal that the first typed letter replaces."""
        self.line = EditLine(limit)
        self._view = LineView()

    def with_separators(self, letters: list[str]) -> list[str]:
        """Return what is shown for each letter: a field may add SEPARATOR behind some, no part of its text."""
        return letters

    def repaint_from(self, at: int) -> None:
        """Repaint from letter `at` on, or everything if the text had to be pushed to keep the cursor in view."""
        width = self.size.width
        if not width:
            return
        shown = self._shown()
        pushed = self._view.follow(shown, self.line.cursor, width)
        x = 0 if pushed or self.SEPARATOR else self._view.column(shown, at)
        self.refresh(Region(x, 0, max(1, width - x), 1))
        if self.has_focus:
            x = self._view.column(shown, self.line.cursor)
            self.app.cursor_position = self.content_region.offset + Offset(x, 0)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.repaint_from(0)

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.repaint_from(0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Return the line as one strip: text, cursor, and blanks to the end."""
        width, plain = self.size.width, self.rich_style
        shown = self._shown()
        style = plain + self.get_component_rich_style("line--offer", partial=True) if self.offered else plain
        text = Segment(self._view.seen(shown), style)
        said = clean_line(_(self.placeholder)) if not shown else ""
        if said:
            hint = self.get_component_rich_style("line--placeholder", partial=True)
            text = Segment(said, plain + hint)
        strip = Strip([text]).extend_cell_length(width + 1, plain)
        if self.has_focus:
            x = self._view.column(shown, self.line.cursor)
            letter = "".join(shown[self.line.cursor :][:1]).rstrip(self.SEPARATOR or None)
            sign = Strip([Segment(letter or said[:1] or " ", self.get_component_rich_style("line--cursor"))])
            strip = Strip.join([strip.crop(0, x), sign, strip.crop(x + sign.cell_length)])
        return strip.adjust_cell_length(width, plain)

    def _shown(self) -> list[str]:
        """Return what is seen of each letter."""
        if self.password:
            return [_PASSWORD_SIGN] * len(self.line.letters)
        return self.with_separators(self.line.letters)
