"""The first thing seen: painted before anything heavy is loaded; a start that failed is told and tried again."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.base import DeskScreen
from screens.widgets.said import Said

_WAIT = N_("Opening the desk. What you type already is not lost.")
_FAILED = N_("The desk could not be opened. Enter: try again. F1: what to do. Ctrl+G q: quit.")


class Opening(DeskScreen):
    """Opens the services in a thread and leads to the first workplace."""

    SAID = N_("Opening")
    LOCKED: ClassVar[bool] = True
    DEFAULT_CSS = "Opening > #body { align: center middle; }"

    def body(self) -> ComposeResult:
        """Yield one sentence."""
        yield Said(_WAIT, id="opening")

    async def open(self) -> None:
        """Open the services; what fails is raised, and Enter tries again."""
        rooms = self.desk.rooms
        self.query_one(Said).tell(_WAIT)
        try:
            rooms.services = await asyncio.to_thread(self.desk.open_services)
        finally:
            self.query_one(Said).tell(_WAIT if rooms.are_open else _FAILED)
        self.desk.show_facts(rooms.services.header_facts())
        await rooms.go(rooms.first)

    async def entered(self, field: Widget | None) -> None:
        """Try again."""
        if not self.desk.rooms.are_open:
            await self.open()
