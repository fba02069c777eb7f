"""Where a result waits to be collected."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.said import Said


class PlaceAsked(NamedTuple):
    """Of which dossier, and where its result is kept now."""

    code: str
    place: str


class Place(Dialog[PlaceAsked, str]):
    """Answers with what was typed, an empty field too; Esc changes nothing."""

    FIRST = "#place"
    DEFAULT_CSS = "Place > #body > * { margin-bottom: 1; } Place > #body > #said { margin-bottom: 0; }"

    def body(self) -> ComposeResult:
        """Yield the question, the field and the keys."""
        yield Said(id="which")
        place = DeskInput(id="place", limit=40, help=N_("Drawer 3, box 12: the list of uncollected results shows it."))
        yield FieldRow(N_("Drawer, box"), place)
        yield Said(N_("Enter: keep it     Esc: leave it as it was"))

    async def asked(self, question: PlaceAsked) -> None:
        """Show where it is kept now."""
        self.query_one("#which", Said).tell(N_("Where is the result of {code} kept?"), code=question.code)
        self.query_one("#place", DeskInput).value = question.place

    async def entered(self, field: Widget | None) -> None:
        """Answer."""
        await self.reply(self.query_one("#place", DeskInput).value.strip())
