"""What the coach of a lesson says on every screen: one line, or a panel of four where there is room."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from desk.text import clean_line
from screens.widgets.wrapping import rows_of

PANEL: Final = 4
"""Lines of the panel."""
_BOLD: Final = "**"


class Advice(NamedTuple):
    """What the coach says: how far the lesson is, what is to be done (`**` around what is bold), where to get help."""

    mark: str = ""
    text: str = ""
    more: str = ""

    @property
    def key(self) -> str:
        """The key that helps, alone."""
        return clean_line(self.more.partition(":")[0])

    def plain(self) -> str:
        """Return mark and text as one line without signs of drawing."""
        return clean_line(f"{self.mark} {self.text.replace(_BOLD, '')}")


class CoachLine(Widget):
    """Draws an `Advice`; text of a lesson's file is only text here, never markup."""

    DEFAULT_CSS = """
    CoachLine {
        width: 1fr; height: 1; background: $panel; color: $foreground;
        & > .coach--mark { background: $warning; color: $background; text-style: bold; }
        & > .coach--key { text-style: bold; }
        & > .coach--more { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"coach--mark", "coach--key", "coach--more"}

    def __init__(self) -> None:
        super().__init__(id="coach")
        self.advice = Advice()

    def advise(self, advice: Advice, lines: int) -> None:
        """Show `advice` in so many lines: none, one, or the panel's."""
        self.display = lines > 0
        self.styles.height = max(1, lines)
        if advice != self.advice:
            self.advice = advice
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the mark and the text; in the panel the mark stands above, and below it where to get help."""
        return self._one_line() if self.size.height < PANEL else self._of_panel(y)

    def _one_line(self) -> Strip:
        mark, more = f" {clean_line(self.advice.mark)} ", f" {self.advice.key} "
        width = self.size.width
        room = max(0, width - cell_len(mark) - 1)
        letters, bold = _lettered(self.advice.text)
        end, tail = len(letters), ""
        if cell_len("".join(letters)) > room:
            tail = f" …{more}"
            end = rows_of(letters, max(1, room - cell_len(tail)))[0].end
        parts = [Segment(mark, self._style("mark")), Segment(" ", self.rich_style)]
        return self._filled([*parts, *self._drawn(letters, bold, 0, end), Segment(tail, self._style("more"))])

    def _of_panel(self, y: int) -> Strip:
        if y == 0:
            return self._filled([Segment(f" {clean_line(self.advice.mark)} ", self._style("mark"))])
        if y == PANEL - 1:
            return self._filled([Segment(f" {clean_line(self.advice.more)}", self._style("more"))])
        letters, bold = _lettered(self.advice.text)
        rows = rows_of(letters, max(1, self.size.width - 2))
        if y > len(rows):
            return Strip.blank(self.size.width, self.rich_style)
        row = rows[y - 1]
        cut = [Segment("…", self.rich_style)] if y == PANEL - 2 and len(rows) > PANEL - 2 else []
        return self._filled([Segment(" ", self.rich_style), *self._drawn(letters, bold, row.begin, row.end), *cut])

    def _drawn(self, letters: list[str], bold: list[bool], begin: int, end: int) -> list[Segment]:
        plain, strong = self.rich_style, self._style("key")
        return [Segment(letters[at], strong if bold[at] else plain) for at in range(begin, end)]

    def _filled(self, segments: list[Segment]) -> Strip:
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style).simplify()

    def _style(self, name: str) -> Style:
        return self.rich_style + self.get_component_rich_style(f"coach--{name}", partial=True)


def _lettered(text: str) -> tuple[list[str], list[bool]]:
    """Return the letters of a text without its signs, and for each whether it is drawn bold."""
    letters: list[str] = []
    bold: list[bool] = []
    for at, part in enumerate(clean_line(text).split(_BOLD)):
        letters += part
        bold += [at % 2 == 1] * len(part)
    return letters, bold
