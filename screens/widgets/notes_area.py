"""Notes of several lines, with the same rules for typing as `DeskInput`.

Enter is a line feed here; Tab and the function keys leave, and so do Up on the first line and Down on the
last. Ctrl+Z takes back what was typed in this area, not the officer's last act.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from desk.text import clean_line
from desk.words import _
from screens.widgets.edit_line import EditLine
from screens.widgets.wrapping import Row, row_at, rows_of

_STEPS_BACK = 200
_MOVES = frozenset({"left", "right", "up", "down", "home", "end", "pageup", "pagedown"})


class NotesArea(Widget, can_focus=True):
    """Several lines of text; placeholder and help are message ids; limit: letters at most, 0 for no limit."""

    DEFAULT_CSS = """
    NotesArea {
        width: 1fr; height: 4; background: $surface; color: $foreground;
        &:focus { background: $surface-lighten-2; }
        & > .notes--cursor { background: $foreground; color: $background; }
        & > .notes--placeholder { color: $text-muted; text-style: italic; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"notes--cursor", "notes--placeholder"}

    class Changed(Message):
        """What the area holds has changed."""

        def __init__(self, area: NotesArea) -> None:
            super().__init__()
            self.area = area

        @property
        def control(self) -> NotesArea:
            """The area."""
            return self.area

    def __init__(
        self, value: str = "", *, placeholder: str = "", help: str = "", limit: int = 0, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.placeholder = placeholder
        self.help_said = help
        self._line = EditLine(limit, lines=True)
        self._line.put(value)
        self._top = 0
        self._back: list[_Before] = []

    @property
    def value(self) -> str:
        """The text, in NFC, clean, its lines divided by line feeds."""
        return self._line.text

    @value.setter
    def value(self, value: str) -> None:
        before = self.value
        self._line.put(value)
        self._back.clear()
        self._edited(before)

    def clear(self) -> None:
        """Empty the area."""
        self.value = ""

    def before_scan(self) -> object:
        """Return what the area holds, for `undo_scan`."""
        return _Before(self.value, self._line.cursor)

    def undo_scan(self, before: object) -> None:
        """Put back what the area held before a scan ran into it."""
        assert isinstance(before, _Before)
        self._put_back(before)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the key writes here."""
        return character is not None and len(character) == 1 and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Edit; a key that is none of the area's goes on to the screen."""
        at_s = float(getattr(event, "at_s", event.time))
        if event.key == "ctrl+z":
            if self._back:
                self._put_back(self._back.pop())
        elif event.key in _MOVES:
            if not self._move(event.key):
                return
        elif not self._edit(event, at_s):
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted, cleaned, its lines kept."""
        event.stop()
        before = self._remember()
        if not self._line.paste(event.text):
            self.app.bell()
        self._edited(before)

    def _edit(self, event: events.Key, at_s: float) -> bool:
        writes = "\n" if event.key == "enter" else event.character
        before = self.value
        if event.key in ("backspace", "delete"):
            self._remember()
            if event.key == "backspace":
                self._line.backspace(at_s)
            else:
                self._line.delete()
        elif writes is not None and len(writes) == 1 and (writes == "\n" or writes.isprintable()):
            self._remember()
            if not self._line.type(writes, at_s):
                self.app.bell()
        else:
            return False
        self._edited(before)
        return True

    def _move(self, key: str) -> bool:
        """Move the cursor; return whether there was somewhere to go."""
        rows, cursor = self._rows(), self._line.cursor
        at = row_at(rows, cursor)
        if key in ("left", "right"):
            self._line.move(cursor + (1 if key == "right" else -1))
        elif key in ("home", "end"):
            self._line.move(rows[at].begin if key == "home" else rows[at].end)
        else:
            step = {"up": -1, "down": 1}.get(key, self.size.height * (1 if key == "pagedown" else -1))
            to = max(0, min(len(rows) - 1, at + step))
            if to == at:
                return False
            self._line.move(min(rows[to].begin + cursor - rows[at].begin, rows[to].end))
        self._show()
        return True

    def _remember(self) -> str:
        self._back.append(_Before(self.value, self._line.cursor))
        del self._back[:-_STEPS_BACK]
        return self.value

    def _put_back(self, before: _Before) -> None:
        now = self.value
        self._line.put(before.value)
        self._line.move(before.cursor)
        self._edited(now)

    def _edited(self, before: str) -> None:
        self._show()
        if before != self.value:
            self.post_message(self.Changed(self))

    def _rows(self) -> list[Row]:
        return rows_of(self._line.letters, self.size.width - 1)

    def _show(self) -> None:
        """Keep the cursor in view and paint."""
        rows = self._rows()
        at = row_at(rows, self._line.cursor)
        self._top = max(min(self._top, at), at - max(1, self.size.height) + 1)
        self.refresh()
        if self.has_focus:
            x = cell_len("".join(self._line.letters[rows[at].begin : self._line.cursor]))
            self.app.cursor_position = self.content_region.offset + Offset(x, at - self._top)

    def on_focus(self) -> None:
        """Show the cursor."""
        self._show()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._show()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text has."""
        return len(rows_of(self._line.letters, width - 1))

    def render_line(self, y: int) -> Strip:
        """Return one line of the text."""
        width, plain = self.size.width, self.rich_style
        rows, letters, cursor = self._rows(), self._line.letters, self._line.cursor
        at = self._top + y
        if not letters and self.placeholder and y == 0:
            hint = plain + self.get_component_rich_style("notes--placeholder", partial=True)
            strip = Strip([Segment(clean_line(_(self.placeholder)), hint)])
        elif at < len(rows):
            strip = Strip([Segment("".join(letters[rows[at].begin : rows[at].end]), plain)])
        else:
            return Strip.blank(width, plain)
        strip = strip.extend_cell_length(width + 1, plain)
        if self.has_focus and row_at(rows, cursor) == at:
            x = cell_len("".join(letters[rows[at].begin : cursor]))
            under = "".join(letters[cursor : cursor + 1]).strip("\n") or " "
            sign = Strip([Segment(under, self.get_component_rich_style("notes--cursor"))])
            strip = Strip.join([strip.crop(0, x), sign, strip.crop(x + sign.cell_length)])
        return strip.adjust_cell_length(width, plain)


class _Before(NamedTuple):
    value: str
    cursor: int
