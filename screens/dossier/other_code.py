"""The code that another system gave a dossier, typed."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.review import Review
from screens.widgets.said import Said

PROVINCE = N_("Provincial system")
"""Proposed as the name of the other system: most second codes come from there."""


@dataclass(frozen=True, slots=True)
class TypedCode:
    """What was typed: the system's name and its code."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """For which dossier a code is asked, what is proposed, and what was wrong with it before."""

    dossier_code: str
    typed: TypedCode
    wrong: DeskError | None = None


class OtherCode(Dialog[CodeAsked, TypedCode]):
    """Asks for code and system; Enter in the last line answers."""

    FIRST = "#other"
    DEFAULT_CSS = "OtherCode > #body > * { margin-bottom: 1; } OtherCode > #body > #said { margin-bottom: 0; }"

    def body(self) -> ComposeResult:
        """Yield the dossier's code, two fields and the last line."""
        yield Said(id="which")
        yield FieldRow(
            N_("Code there"),
            DeskInput(id="other", limit=60, help=N_("The code as the other system shows it. It is found by it here.")),
        )
        yield FieldRow(
            N_("System"), DeskInput(id="system", limit=60, help=N_("Name of the system that gave the code."))
        )
        yield Review(N_("Enter: keep this code with the dossier"), id="review")

    async def asked(self, question: CodeAsked) -> None:
        """Show what was typed before."""
        self.query_one("#which", Said).tell(N_("A second code of the dossier {code}"), code=question.dossier_code)
        self.query_one("#other", DeskInput).value = question.typed.code
        self.query_one("#system", DeskInput).offer(question.typed.system)
        if question.wrong is not None:
            self.say(question.wrong, self.query_one("#other", DeskInput))

    async def entered(self, field: Widget | None) -> None:
        """Go to the next field; in the last line answer."""
        if isinstance(field, Review):
            other, system = (self.query_one(f"#{name}", DeskInput).value for name in ("other", "system"))
            await self.reply(TypedCode(system, other))
        else:
            await super().entered(field)
