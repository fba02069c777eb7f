"""Why a result is due then: the trail, day by day."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said


class Trail(Dialog[Sequence[tuple[str, str, str]], bool]):
    """Shows a day, whether it counts, and why; Enter and Esc close."""

    DEFAULT_CSS = """
    Trail {
        & > #body { width: 78; }
        & Rows { height: 13; }
    }
    """
    FIRST = "#days"

    def body(self) -> ComposeResult:
        """Yield the days and the key."""
        yield Rows([Column(N_("Day"), 21), Column("", 7), Column(N_("Why"))], numbered=False, id="days")
        yield Said(N_("Up and Down: the other days     Enter: close"))

    async def asked(self, question: Sequence[tuple[str, str, str]]) -> None:
        """Show the days, the last one under the cursor."""
        self.query_one("#days", Rows).show(question, cursor=len(question) - 1)

    async def entered(self, field: Widget | None) -> None:
        """Close."""
        await self.reply(True)
