"""A range of receipt numbers as it stands in the finance officer's list."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.review import Review
from screens.widgets.said import Said
from screens.widgets.typed_fields import DigitsInput


class TypedRange(NamedTuple):
    """What was typed, and what was wrong with it before; the day in words or figures, "" for today."""

    form: str = ""
    series: str = ""
    first: str = ""
    last: str = ""
    given_by: str = ""
    given_on: str = ""
    wrong: DeskError | None = None


_FIELDS = TypedRange._fields[:-1]


class EnterRange(Dialog[TypedRange, TypedRange]):
    """Answers with the fields; Esc enters nothing."""

    FIRST = "#form"
    DEFAULT_CSS = """
    EnterRange > #body {
        width: 74;
        & > #which { margin-bottom: 1; }
        & > #review { margin-top: 1; }
    }
    """

    def body(self) -> ComposeResult:
        """Yield six fields and the last line."""
        yield Said(N_("Receipt numbers that the finance officer gave this desk"), id="which")
        yield FieldRow(N_("Form"), DeskInput(id="form", limit=40, help=N_("As printed on the receipts, 01BLP0-001.")))
        yield FieldRow(N_("Series"), DeskInput(id="series", limit=40, help=N_("As printed on the receipts, QN-26P.")))
        first = DigitsInput(id="first", limit=12, help=N_("The first number of the block, with its zeros."))
        yield FieldRow(N_("First number"), first)
        last = DigitsInput(id="last", limit=12, help=N_("The last number of the block, with its zeros."))
        yield FieldRow(N_("Last number"), last)
        yield FieldRow(N_("Given by"), DeskInput(id="given_by", limit=100, help=N_("The finance officer's name.")))
        yield FieldRow(N_("Given on"), DeskInput(id="given_on", limit=20, help=N_("Day, month, year; empty: today.")))
        yield Review(N_("Enter: keep these numbers; the next receipts are taken from them"), id="review")

    async def asked(self, question: TypedRange) -> None:
        """Show what was typed before."""
        for name in _FIELDS:
            self.query_one(f"#{name}", DeskInput).value = getattr(question, name)
        if question.wrong is not None:
            self.say(question.wrong)

    async def entered(self, field: Widget | None) -> None:
        """Go to the next field; answer in the last line."""
        if isinstance(field, Review):
            form, series, first, last, by, on = (
                self.query_one(f"#{name}", DeskInput).value.strip() for name in _FIELDS
            )
            await self.reply(TypedRange(form, series, first, last, by, on))
        else:
            await super().entered(field)
