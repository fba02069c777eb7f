"""All that is known of a dossier, line by line; the line under the cursor is written out in full."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.keys.keymap import bound
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

Line = tuple[str, str]
"""A word in the officer's language and what it stands for."""


class Everything(Dialog[list[Line], bool]):
    """Shows lines; Enter, F4 and Esc close."""

    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "close", show=False)]
    DEFAULT_CSS = """
    Everything > #body {
        width: 76; max-height: 21;
        & > #lines { height: 14; }
        & > #whole { width: 1fr; height: 3; margin-top: 1; }
    }
    """

    def body(self) -> ComposeResult:
        """Yield the lines, the line under the cursor in full, and the keys."""
        yield Rows([Column(N_("What"), 18), Column(N_("All that is known"))], numbered=False, id="lines")
        yield Said(id="whole")
        yield Said(N_("Arrows: more lines     Enter: close"))

    async def asked(self, question: list[Line]) -> None:
        """Show the lines."""
        self._lines = question
        self._rows.show(question)
        self._write_out()

    async def entered(self, field: Widget | None) -> None:
        """Close."""
        await self.reply(True)

    async def action_close(self) -> None:
        """F4: close."""
        await self.reply(True)

    async def leave(self) -> None:
        """Forget the citizen."""
        self._lines = []
        self._rows.show([])

    async def reply(self, answer: bool | None) -> None:
        """Close, and forget the citizen."""
        await super().reply(answer)
        await self.leave()

    @property
    def _rows(self) -> Rows:
        return self.query_one("#lines", Rows)

    @on(Rows.Moved)
    def _write_out(self) -> None:
        at = self._rows.cursor
        said, value = self._lines[at] if at is not None else ("", "")
        self.query_one("#whole", Said).tell(N_("{words}"), words=f"{said}: {value}" if said else value)
