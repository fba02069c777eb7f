"""A paper on the screen: its code for the citizen's phone, the slip as text, its file opened by the system."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.message_line import MessageLine
from screens.widgets.qr_view import QrView
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:
    from receipts.screen_code import Cell

TEXT_CELLS = 40
"""Width of the slip as text; beside it stands what the keys do."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a paper."""

    title: str
    code: str
    cells: Sequence[Sequence[Cell]]
    """Its code for a phone, empty for a paper without one."""
    text: str
    """The slip as lines of text, "" where there is none."""
    open_it: Callable[[], None] | None
    """Opens its file, raises DeskError; None where there is no file that a program opens."""


class ShownPaper(Dialog[Shown, None]):
    """The code on the left, over all lines of the screen: a console needs 23 of them. T: the text, O: the file."""

    FIRST = "#text"
    DEFAULT_CSS = """
    ShownPaper > #body {
        layout: horizontal; width: 100%; height: 100%; max-height: 100%; border: none; padding: 0;
        background: $background;
        & > #qr { margin-right: 1; }
        & > #text { width: 46; height: 1fr; }
        & > #beside { width: 1fr; height: 1fr; padding-top: 1; }
        & Said { width: 1fr; height: auto; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None

    def compose(self) -> ComposeResult:
        """Lay the code and the text beside what the keys do; the line that speaks is the last on the right."""
        with Horizontal(id="body"):
            yield QrView(id="qr")
            yield Rows([Column("")], numbered=False, id="text", empty="")
            with Vertical(id="beside"):
                yield Said(id="title")
                yield Said(id="look")
                yield Said(id="keys")
                yield Said(id="trouble")
                yield MessageLine(id="said")

    async def asked(self, question: Shown) -> None:
        """Show the code, or the text where the paper has no code."""
        self._shown = question
        self.query_one("#qr", QrView).show(question.cells)
        self.query_one("#text", Rows).show([(line,) for line in question.text.splitlines()])
        self.query_one("#title", Said).tell(N_("{title} {code}"), title=question.title, code=question.code)
        self.query_one("#trouble", Said).tell("")
        self._turn(text=not question.cells)

    async def entered(self, field: Widget | None) -> None:
        """Enter: back to the papers."""
        await self.reply(None)

    async def on_key(self, event: events.Key) -> None:
        """T turns to the text and back, O opens the file."""
        letter, shown = (event.character or "").casefold(), self._shown
        if shown is None or letter not in ("t", "o"):
            return
        event.stop()
        if letter == "t" and shown.text and shown.cells:
            self._turn(text=not self.query_one("#text", Rows).display)
        elif letter == "o":
            self.act(self._open)

    async def _open(self) -> None:
        shown, trouble = self._shown, self.query_one("#trouble", Said)
        if shown is None or shown.open_it is None:
            trouble.tell(N_("This paper has no file that a program here opens."))
            return
        try:
            await asyncio.to_thread(shown.open_it)
        except DeskError as error:
            self.say(error)
            trouble.tell(N_("It could not be opened; F1 says more."))
        else:
            trouble.tell(N_("The system opened the file; print it there."))

    def _turn(self, *, text: bool) -> None:
        self.query_one("#text", Rows).display = text
        self.query_one("#qr", QrView).display = not text
        look = N_("Let the citizen photograph this code: it says how the dossier stands.") if not text else ""
        self.query_one("#look", Said).tell(look)
        self.query_one("#keys", Said).tell(N_("T: text or code\nO: open the file\nEsc: back"))
