"""An address, a path or a name that is typed."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.said import Said


@dataclass(frozen=True, slots=True)
class AddressAsked:
    """What is asked (message ids), and what stands there already."""

    title: str
    hint: str
    typed: str = ""


class Address(Dialog[AddressAsked, str]):
    """Answers with what was typed, without blanks around it; an empty field answers nothing."""

    FIRST = "#address"
    DEFAULT_CSS = "Address > #body > Said { width: 1fr; margin-bottom: 1; }"

    def body(self) -> ComposeResult:
        """Yield the title, the hint, the field and the keys."""
        yield Said(id="title")
        yield Said(id="hint")
        yield DeskInput(id="address", limit=200, help=N_("Where the printer is, or the name it has on this machine."))
        yield Said(N_("Enter: keep it     Esc: leave it as it was"))

    async def asked(self, question: AddressAsked) -> None:
        """Show what stands there already."""
        self.query_one("#title", Said).tell(question.title)
        self.query_one("#hint", Said).tell(question.hint)
        self.query_one("#address", DeskInput).value = question.typed

    async def entered(self, field: Widget | None) -> None:
        """Answer."""
        typed = self.query_one("#address", DeskInput).value.strip()
        if typed:
            await self.reply(typed)
        else:
            self.tell(N_("Type something, or Esc leaves it as it was."))
