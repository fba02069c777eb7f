"""A fixed sentence on the screen, translated where it is drawn, so that the language can change at any time."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from desk.text import clean
from desk.words import _
from screens.widgets.cells import cut


class Said(Widget):
    """Text of the program (a message id) with facts of any origin: never markup, always clean.

    facts: what stands for the `{places}` of the message; a fact may come from outside.
    """

    DEFAULT_CSS = "Said { width: auto; height: 1; }"

    def __init__(self, message: str = "", *, id: str | None = None, classes: str | None = None, **facts: object):
        super().__init__(id=id, classes=classes)
        self._message, self._facts = message, facts

    @property
    def text(self) -> str:
        """What stands there now, in the officer's language."""
        facts = {name: clean(str(fact), lines=True) for name, fact in self._facts.items()}
        return clean(_(self._message).format(**facts) if facts else _(self._message), lines=True)

    def tell(self, message: str, **facts: object) -> None:
        """Say something else."""
        if (message, facts) != (self._message, self._facts):
            self._message, self._facts = message, facts
            self.refresh(layout=self.styles.is_auto_width or self.styles.is_auto_height)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The longest line."""
        return max(cell_len(line) for line in self.text.split("\n"))

    def render(self) -> Content:
        """Return the sentence; where it has one line and does not fit, cut with a sign that says so."""
        text, room = self.text, self.content_size
        if room.height == 1 and not self.styles.is_auto_height and cell_len(text) > room.width and "\n" not in text:
            text = cut(text, room.width)
        return Content(text)
