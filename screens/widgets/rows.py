"""A list of any length: it draws the lines that are seen, and a step of the cursor repaints two of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final, Literal, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from desk.text import clean_line
from desk.words import N_, _
from screens.widgets.cells import cut
from screens.widgets.desk_input import DeskInput

Tone = Literal["", "late", "soon", "quiet"]
"""How a line is coloured; what it means stands in a cell too."""

LARGE: Final = "-large"
"""The App's class under which a blank line lies between two rows."""

_STEPS = {"up": -1, "down": 1}
_CHOOSES = N_("Arrows move the cursor; a digit or Enter takes a line; Esc goes back.")
_MOVES = N_("Arrows, Page Up and Page Down move the cursor; Enter goes on; Esc goes back.")
_DIGITS = "123456789"
_SIGN = 2
"""Cells of the cursor and the digit before a row."""


class Column(NamedTuple):
    """One column: its heading (a message id), its width in cells (0: what is left), and its side."""

    said: str
    width: int = 0
    right: bool = False


class Rows(Widget, can_focus=True):
    """Shows rows of text; Up, Down, Page, Home and End move, digits 1 to 9 choose a line that is seen.

    numbered: whether the digits choose, and are shown while they do; empty: what is said when there are no rows.
    """

    DEFAULT_CSS = """
    Rows {
        width: 1fr; height: 1fr; background: $surface; color: $foreground;
        & > .rows--heading { text-style: bold; background: $panel; }
        & > .rows--cursor { text-style: reverse; }
        & > .rows--late { color: $text-error; }
        & > .rows--soon { color: $text-warning; }
        & > .rows--quiet { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--heading",
        "rows--cursor",
        "rows--late",
        "rows--soon",
        "rows--quiet",
    }

    class Chosen(Message):
        """A row was chosen by its digit."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows, self.index = rows, index

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        numbered: bool = True,
        empty: str = N_("Nothing here."),
        help: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.numbered = numbered
        self.help_said = help or (_CHOOSES if numbered else _MOVES)
        self.empty = empty
        self._rows: Sequence[Sequence[str]] = ()
        self._tone: Callable[[int], Tone] = _plain
        self._cursor = 0
        self._top = 0
        self._drew_digits = numbered

    @property
    def cursor(self) -> int | None:
        """The row under the cursor, None if there are no rows."""
        return self._cursor if self._rows else None

    def __len__(self) -> int:
        return len(self._rows)

    def show(
        self, rows: Sequence[Sequence[str]], tone: Callable[[int], Tone] | None = None, *, cursor: int = 0
    ) -> None:
        """Show `rows`, a text for each column; asked again for a row whenever it is drawn.

        tone: the colour of a row by its number; cursor: where it stands.
        """
        self._rows, self._tone = rows, tone or _plain
        self._cursor, self._top = 0, 0
        self.refresh(layout=self.styles.is_auto_height)
        self._put(cursor)

    def move(self, step: int) -> None:
        """Move the cursor by `step` rows, as far as there are rows."""
        self._put(self._cursor + step)

    def page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self._put(self._cursor + pages * max(1, self._lines - 1))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits choose here."""
        return self.numbered and key in _DIGITS

    def on_key(self, event: events.Key) -> None:
        """Move, or choose by a digit; other keys go on to the screen."""
        if event.key in _STEPS:
            self.move(_STEPS[event.key])
        elif event.key in ("pageup", "pagedown"):
            self.page(1 if event.key == "pagedown" else -1)
        elif event.key in ("home", "end"):
            self._put(0 if event.key == "home" else len(self._rows) - 1)
        elif not (self.numbered and event.key in _DIGITS and self.choose_seen(int(event.key))):
            return
        event.stop()
        event.prevent_default()

    def choose_seen(self, number: int) -> bool:
        """Choose the line that shows `number` (1 to 9); return whether there is one."""
        index = self._top + number - 1
        if not (0 < number <= min(9, self._lines) and index < len(self._rows)):
            return False
        self._put(index)
        self.post_message(self.Chosen(self, index))
        return True

    @property
    def _pitch(self) -> int:
        """Lines from one row to the next; no list that fits close is spaced so wide that it does not."""
        rows, room = len(self._rows), self.size.height
        return 2 if self.app.has_class(LARGE) and (2 * rows <= room or rows >= room) else 1

    @property
    def _lines(self) -> int:
        """Rows that are seen at once: the first line is the heading's."""
        return max(1, self.size.height // self._pitch if self._pitch > 1 else self.size.height - 1)

    def _put(self, index: int) -> None:
        before, top = self._cursor, self._top
        self._cursor = max(0, min(len(self._rows) - 1, index))
        self._hold_in_view()
        if self._top != top:
            self.refresh()
        elif self._cursor != before:
            self._repaint(before)
            self._repaint(self._cursor)
            self.refresh(Region(0, 0, self.size.width, 1))
        if self._cursor != before:
            self.post_message(self.Moved(self))
        if self.has_focus:
            self.app.cursor_position = self.content_region.offset + Offset(0, self._line_of(self._cursor))

    def _hold_in_view(self) -> None:
        last_top = max(0, len(self._rows) - self._lines)
        self._top = max(min(self._top, self._cursor, last_top), self._cursor - self._lines + 1)

    def _repaint(self, index: int) -> None:
        self.refresh(Region(0, self._line_of(index), self.size.width, 1))

    def _line_of(self, index: int) -> int:
        return (index - self._top) * self._pitch + 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The heading and all rows, or the line that says there are none; for a height of `auto`."""
        return max(2, len(self._rows) * 2 if self.app.has_class(LARGE) else len(self._rows) + 1)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.hold_in_view()

    def hold_in_view(self) -> None:
        """Show the cursor, and no more empty room than there must be, after the room or the layout has changed."""
        self._hold_in_view()
        self.refresh()

    def show_digits(self) -> None:
        """Draw the digits of the rows or take them away, as the field that has the cursor now takes digits."""
        if self.numbered and self._rows and self._takes_digits != self._drew_digits:
            self.refresh()

    def on_focus(self) -> None:
        """Show that keys go here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the heading, a row, or nothing."""
        width, style = self.size.width, self.rich_style
        if y == 0:
            self._drew_digits = self._takes_digits
            style = style + self.get_component_rich_style("rows--heading", partial=True)
            return Strip([Segment(self._headings(width), style)]).adjust_cell_length(width, style)
        at, between = divmod(y - 1, self._pitch)
        index = self._top + at
        if not self._rows and y == 1:
            return Strip([Segment(cut("  " + _(self.empty), width), style)])
        if between or at >= self._lines or index >= len(self._rows):
            return Strip.blank(width, style)
        return Strip([Segment(self._laid_out(self._rows[index], self._sign(at + 1, index), width), self._style(index))])

    def _headings(self, width: int) -> str:
        """Return the headings, and where the cursor stands if not all rows are seen: at the right edge if it fits."""
        heads = [_(column.said) for column in self.columns]
        said = self._laid_out(heads, "  ", width).rstrip()
        if len(self._rows) <= self._lines:
            return said
        place = f" {self._cursor + 1}/{len(self._rows)} "
        last, room = self.columns[-1], width - len(place)
        if cell_len(said) <= room:
            return set_cell_size(said, room) + place
        if last.right and cell_len(heads[-1]) <= last.width - len(place):
            before = set_cell_size(said, cell_len(said) - last.width)
            return cut(before + cut(heads[-1], last.width - len(place), right=True), room) + place
        return self._beside_a_heading(heads, width, place) or cut(said, room) + place

    def _beside_a_heading(self, heads: list[str], width: int, place: str) -> str:
        """Return the headings with `place` beside the first that has room for it, "" where none has."""
        widths = self._widths(width)
        for at, (said, cells) in enumerate(zip(heads, widths, strict=True)):
            if not self.columns[at].right and cell_len(said) + len(place) <= cells:
                heads[at] = set_cell_size(said, cells - len(place)) + place
                return self._laid_out(heads, "  ", width)
        return ""

    @property
    def _takes_digits(self) -> bool:
        """Whether a digit typed now chooses here: in a field that only writes it would be text."""
        field = self.screen.focused
        return self.numbered and not (isinstance(field, DeskInput) and not field.holds_keys)

    def _sign(self, place: int, index: int) -> str:
        number = str(place) if place <= 9 and self._takes_digits else " "
        return (">" if index == self._cursor else " ") + number

    def _style(self, index: int) -> Style:
        style = self.rich_style
        if tone := self._tone(index):
            style += self.get_component_rich_style(f"rows--{tone}", partial=True)
        if index == self._cursor:
            style += self.get_component_rich_style("rows--cursor", partial=True)
        return style

    def _laid_out(self, cells: Sequence[str], sign: str, width: int) -> str:
        laid = [
            cut(clean_line(cell), cells_wide, right=column.right)
            for column, cell, cells_wide in zip(self.columns, cells, self._widths(width), strict=True)
        ]
        return cut(f"{sign} {' '.join(laid)}", width)

    def _widths(self, width: int) -> list[int]:
        """Return the cells of each column; what is left behind the sign is shared by those of no width."""
        fixed = sum(column.width + 1 for column in self.columns if column.width)
        rests = sum(1 for column in self.columns if not column.width) or 1
        rest = max(1, (width - _SIGN - 1 - fixed) // rests - 1)
        return [column.width or rest for column in self.columns]


def _plain(index: int) -> Tone:
    return ""
