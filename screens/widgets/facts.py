"""Lines of a word and what it stands for: a dossier at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from desk.text import clean_line
from desk.words import _
from screens.widgets.cells import cut

Tone = Literal["", "strong", "late", "soon", "quiet"]
"""How a line is coloured; what it means stands in its words too."""


class Fact(NamedTuple):
    """One line: a message id (or a word from outside), and what it stands for in the officer's language."""

    said: str
    value: str
    tone: Tone = ""


class Facts(Widget):
    """Shows facts, one a line, in one widget; what is too long is cut with a sign that says so.

    label_width: cells of the words in front.
    """

    DEFAULT_CSS = """
    Facts {
        width: 1fr; height: auto; color: $foreground;
        & > .facts--label { color: $text-muted; }
        & > .facts--strong { text-style: bold; }
        & > .facts--late { color: $text-error; text-style: bold; }
        & > .facts--soon { color: $text-warning; }
        & > .facts--quiet { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "facts--label",
        "facts--strong",
        "facts--late",
        "facts--soon",
        "facts--quiet",
    }

    def __init__(self, *, label_width: int = 14, id: str | None = None) -> None:
        super().__init__(id=id)
        self.facts: tuple[Fact, ...] = ()
        self._label_width = label_width

    def show(self, facts: Sequence[Fact]) -> None:
        """Show `facts` in place of what stood here."""
        as_many = len(facts) == len(self.facts)
        if tuple(facts) != self.facts:
            self.facts = tuple(facts)
            self.refresh(layout=not as_many and self.styles.is_auto_height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each fact."""
        return len(self.facts)

    def render_line(self, y: int) -> Strip:
        """Return a fact as one strip."""
        width, style = self.size.width, self.rich_style
        if y >= len(self.facts):
            return Strip.blank(width, style)
        fact = self.facts[y]
        label = style + self.get_component_rich_style("facts--label", partial=True)
        value = style + self.get_component_rich_style(f"facts--{fact.tone}", partial=True) if fact.tone else style
        room = max(0, width - self._label_width - 2)
        return Strip(
            [
                Segment(" " + cut(clean_line(_(fact.said)), self._label_width) + " ", label),
                Segment(cut(clean_line(fact.value), room), value),
            ]
        ).adjust_cell_length(width, style)
