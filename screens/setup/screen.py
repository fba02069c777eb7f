"""Set-up: which unit, which agency code, which machine of the unit, the first officer and his PIN."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.errors.acts import PinUnfit, UnitUnknown
from desk.errors.base import DeskError
from desk.errors.people import NameMissing
from desk.errors.rule import AgencyCodeUnreadable, SlotUnknown
from desk.rules.reference.units import FoundUnit, search_units
from desk.words import N_
from screens.base import DeskScreen
from screens.keys.keymap import bound
from screens.setup.newcomer import Answers
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.review import Review
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:
    from screens.setup.newcomer import Newcomer

MADE = 3
"""What the App returns when a home was made; whoever started it opens the desk then."""

_FIELD_OF: dict[type[DeskError], str] = {
    UnitUnknown: "unit",
    AgencyCodeUnreadable: "agency",
    SlotUnknown: "slot",
    NameMissing: "officer",
    PinUnfit: "pin",
}


class DigitsInput(DeskInput):
    """A field of digits."""

    ALLOWED: ClassVar[str] = "0123456789"


class SetupScreen(DeskScreen):
    """Six fields on one page; F9, or Enter in the last line, makes the desk."""

    SAID = N_("Set this desk up")
    FIRST = "#unit"
    LOCKED: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [bound("save", "save", N_("Make the desk"))]
    DEFAULT_CSS = """
    SetupScreen > #body {
        padding: 1 2 0 2;
        & > #welcome { width: 1fr; height: 2; margin-bottom: 1; }
        & > #units { height: 5; margin-bottom: 1; }
        & > #review { margin-top: 1; }
    }
    """

    def __init__(self, newcomer: Newcomer) -> None:
        super().__init__()
        self._newcomer = newcomer
        self._found: tuple[FoundUnit, ...] = ()
        self._unit = ""
        """Id of the unit that was taken."""

    def body(self) -> ComposeResult:
        """Yield the fields."""
        yield Said(N_("This machine is no desk yet. Tell it where it stands; everything stays here."), id="welcome")
        unit = DeskInput(
            id="unit",
            placeholder=N_("Name of the ward, commune or special zone, without accents"),
            help=N_("The unit whose dossiers this desk receives. Arrows choose, Enter takes."),
        )
        yield FieldRow(N_("Unit"), unit)
        yield Rows([Column(N_("Found")), Column(N_("By its old name"), 26)], numbered=False, id="units", empty="")
        agency = DeskInput(
            id="agency", limit=40, help=N_("The code before the date in every dossier code; ask your center for it.")
        )
        yield FieldRow(N_("Agency code"), agency)
        slot = DigitsInput(
            id="slot",
            limit=2,
            help=N_("Which machine of the unit this is: 0 the first, 1 the second. No two may have the same."),
        )
        yield FieldRow(N_("Machine no."), slot)
        yield FieldRow(N_("Officer"), DeskInput(id="officer", limit=100, help=N_("Your full name.")))
        pin_help = N_("Six digits, not all the same and not in a row. Nobody can read it later.")
        for name, said in (("pin", N_("PIN")), ("again", N_("PIN once more"))):
            yield FieldRow(said, DigitsInput(id=name, limit=6, password=True, help=pin_help))
        yield Review(N_("Enter: make the desk"), id="review")

    async def entered(self, field: Widget | None) -> None:
        """Take the unit, go to the next field, or make the desk on the last line."""
        if isinstance(field, Review):
            await self.action_save()
        elif field is self._field("unit"):
            self._take_unit()
        else:
            await super().entered(field)

    async def back(self) -> None:
        """Esc: nothing lies before the first start."""

    def steered(self) -> Rows | None:
        """Arrows move the found units while one is looked for."""
        return self._units if self.focused is self._field("unit") else None

    async def action_save(self) -> None:
        """F9: make the desk."""
        if self._field("pin").value != self._field("again").value:
            self.tell(N_("The two PINs differ; type both again."))
            for name in ("pin", "again"):
                self._field(name).clear()
            self.set_focus(self._field("pin"))
            return
        slot = self._field("slot").value
        answers = Answers(
            unit=self._unit,
            agency_code=self._field("agency").value.strip(),
            slot=int(slot) if slot else -1,
            officer=self._field("officer").value,
            pin=self._field("pin").value,
        )
        self.tell(N_("The desk is being made; this takes a moment."))
        try:
            await asyncio.to_thread(self._newcomer.make, answers)
        except DeskError as error:
            name = _FIELD_OF.get(type(error), "")
            self.say(error, self._field(name) if name else None)
            return
        self.app.exit(MADE)

    @property
    def _units(self) -> Rows:
        return self.query_one("#units", Rows)

    def _field(self, name: str) -> DeskInput:
        return self.query_one(f"#{name}", DeskInput)

    @on(DeskInput.Changed, "#unit")
    def _look_for_unit(self) -> None:
        self._unit = ""
        self._found = search_units(self._newcomer.units, self._field("unit").value, self._newcomer.today)
        self._units.show([(one.unit.name_vi, one.former.name_vi if one.former else "") for one in self._found])

    def _take_unit(self) -> None:
        at = self._units.cursor
        if at is None:
            self.tell(N_("No unit of this name is in force; type less of it."))
            return
        found = self._found[at].unit
        field = self._field("unit")
        with field.prevent(DeskInput.Changed):
            field.value = found.name_vi
        self._unit = found.id
        self._units.show([(found.name_vi, "")])
        self.set_focus(self._field("agency"))
