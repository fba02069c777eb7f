"""More about a dossier than the page has room for."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.said import Said
from screens.widgets.typed_fields import DigitsInput


class MoreAsked(NamedTuple):
    """The fields as they stand."""

    summary: str
    sets: str
    assisted_by: str


class More(Dialog[MoreAsked, MoreAsked]):
    """Answers with the fields; Esc changes nothing."""

    FIRST = "#summary"

    def body(self) -> ComposeResult:
        """Yield the fields."""
        yield FieldRow(N_("Content requested"), DeskInput(id="summary", limit=300, help=N_("What is asked for.")))
        yield FieldRow(N_("Number of sets"), DigitsInput(id="sets", limit=2, help=N_("Empty: one.")))
        yield FieldRow(
            N_("Assisted by"),
            DeskInput(id="assisted_by", limit=100, help=N_("Who typed for the citizen.")),
        )
        yield Said(N_("Enter: next, on the last one done     Esc: leave it as it was"))

    async def asked(self, question: MoreAsked) -> None:
        """Show the fields."""
        for field, value in question._asdict().items():
            self.query_one(f"#{field}", DeskInput).value = value

    async def entered(self, field: Widget | None) -> None:
        """Go on, and answer behind the last field."""
        if field is not None and field.id != "assisted_by":
            await self.action_next_field()
            return
        await self.reply(MoreAsked(*(self.query_one(f"#{name}", DeskInput).value for name in MoreAsked._fields)))
