"""The name and the role of an officer who joins the desk."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.said import Said
from screens.widgets.typed_fields import DigitsInput

_ROLES = {"1": "officer", "2": "lead"}


class Joining(NamedTuple):
    """Who joins, as what (`officer` or `lead`), and what was wrong with it before."""

    name: str = ""
    role: str = "officer"
    wrong: DeskError | None = None


class Join(Dialog[Joining, Joining]):
    """Answers with name and role; Esc lets nobody join."""

    FIRST = "#name"
    DEFAULT_CSS = "Join > #body > Said { width: 1fr; margin-bottom: 1; }"

    def body(self) -> ComposeResult:
        """Yield the two fields."""
        yield Said(N_("Who joins this desk?"))
        yield FieldRow(N_("Full name"), DeskInput(id="name", limit=100, help=N_("The officer's full name.")))
        role = DigitsInput(id="role", limit=1, help=N_("1: officer. 2: lead, who may stop, apologise and close too."))
        yield FieldRow(N_("1 officer, 2 lead"), role)
        yield Said(N_("Enter: next, then his PIN     Esc: nobody"))

    async def asked(self, question: Joining) -> None:
        """Show what was typed before."""
        self.query_one("#name", DeskInput).value = question.name
        role = next(number for number, role in _ROLES.items() if role == question.role)
        self.query_one("#role", DigitsInput).offer(role)
        if question.wrong is not None:
            self.say(question.wrong, self.query_one("#name", DeskInput))

    async def entered(self, field: Widget | None) -> None:
        """Go on, and answer behind the role."""
        role = self.query_one("#role", DigitsInput)
        if field is not role:
            await self.action_next_field()
        elif role.value in _ROLES:
            await self.reply(Joining(self.query_one("#name", DeskInput).value, _ROLES[role.value]))
        else:
            role.clear()
            self.tell(N_("Type 1 for an officer or 2 for a lead."))
