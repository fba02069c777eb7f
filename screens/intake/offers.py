"""What the middle of the page offers while a field is filled: people known here, procedures, wards."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from desk.clock import office_day
from desk.rules.dossier import Procedure
from desk.rules.reference.search import search_procedures
from desk.rules.reference.units import search_units
from desk.text import clean_line, fold, mask_number
from desk.words import N_, language
from screens import phrases
from screens.widgets.rows import Column, Rows

if TYPE_CHECKING:
    from desk.cases.known_people import KnownPerson
    from desk.cases.reference import Catalogue
    from desk.rules.reference.units import Unit
    from screens.seat import Seat

Kind = Literal["", "people", "procedures", "units"]

LEAST_DIGITS: Final = 6
LEAST_LETTERS: Final = 3
SHOWN: Final = 9

_COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "": (Column(""),),
    "people": (
        Column(N_("Known here")),
        Column(N_("Born on"), 10),
        Column(N_("Number"), 13),
        Column(N_("Last dossier"), 28),
    ),
    "procedures": (Column(N_("Procedure"), 28), Column(N_("In full")), Column(N_("Code"), 8)),
    "units": (Column(N_("Commune, ward or special zone")),),
}


class Offers:
    """The list in the middle of the page and what stands in it."""

    def __init__(self, seat: Seat) -> None:
        self.kind: Kind = ""
        self.field = ""
        """The field beside which something is offered."""
        self.is_steered = False
        """Whether the officer moved the list's cursor: then Enter takes that line."""
        self.favourites: tuple[Procedure, ...] = ()
        self.people: tuple[KnownPerson, ...] = ()
        self.procedures: tuple[Procedure, ...] = ()
        self.units: tuple[Unit, ...] = ()
        self._seat = seat
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue in force."""
        if self._catalogue is None:
            self.load()
        assert self._catalogue is not None
        return self._catalogue

    def load(self) -> None:
        """Read catalogue and favourites anew; quick where nothing has changed."""
        services = self._seat.services
        self._catalogue = services.context.reference.now()
        self.favourites = services.favourites.nine()

    def __len__(self) -> int:
        return len(self._offered())

    def _offered(self) -> Sequence[object]:
        return {"people": self.people, "procedures": self.procedures, "units": self.units}.get(self.kind, ())

    def clear(self) -> None:
        """Offer nothing."""
        self.kind, self.field, self.is_steered = "", "", False
        self.people, self.procedures, self.units = (), (), ()

    def search(self, words: str) -> tuple[Procedure, ...]:
        """Return the procedures that `words` find, best first; the favourites for no words."""
        if not fold(words):
            return self.favourites
        return search_procedures(self.in_force(), words)

    def in_force(self) -> list[Procedure]:
        """Return the procedures that hold today."""
        today = office_day(self._seat.services.context.clock())
        return [one for one in self.catalogue.procedures.values() if one.valid_from is None or one.valid_from <= today]

    def offer_procedures(self, words: str) -> None:
        """Offer what `words` find."""
        self.clear()
        self.kind, self.field = "procedures", "procedure"
        self.procedures = self.search(words)

    async def find_people(self, field: str, typed: str) -> tuple[KnownPerson, ...]:
        """Return the people whose number ends in what was typed, or whose name begins so; letters alone are a name."""
        people, typed = self._seat.services.people, clean_line(typed)
        is_name = field == "name" or (field == "number" and not any(sign.isdigit() for sign in typed))
        if is_name and len(fold(typed)) >= LEAST_LETTERS:
            return await asyncio.to_thread(people.by_name, typed, SHOWN)
        if field == "number" and not is_name and len(typed) >= LEAST_DIGITS:
            return await asyncio.to_thread(people.by_number, typed, SHOWN)
        return ()

    def offer_people(self, field: str, found: tuple[KnownPerson, ...]) -> None:
        """Offer the people who were found for a field."""
        self.clear()
        if found:
            self.kind, self.field, self.people = "people", field, found

    def offer_units(self, typed: str) -> None:
        """Offer the communes, wards and zones that the whole text names, by an old name too."""
        self.clear()
        if len(fold(typed)) < LEAST_LETTERS or "," in typed:
            return
        today = office_day(self._seat.services.context.clock())
        found = [one.unit for one in search_units(self.catalogue.units.values(), typed, today)]
        units = tuple(one for one in found if one.kind == "commune_unit")[:SHOWN]
        if units:
            self.kind, self.field, self.units = "units", "address", units

    def address_in(self, unit: Unit) -> str:
        """Return what stands behind house and street in `unit`."""
        settings = self._seat.services.context.settings
        name = unit.name_vi.removeprefix(unit.type_vi.capitalize()).strip()
        return f", {unit.type_vi} {name}, tỉnh {settings.province_name}"

    def show(self, rows: Rows) -> None:
        """Draw what is offered."""
        rows.columns = _COLUMNS[self.kind]
        rows.show(self._lines())

    def _lines(self) -> list[tuple[str, ...]]:
        if self.kind == "people":
            return [_person_line(known) for known in self.people]
        if self.kind == "procedures":
            return [procedure_line(one) for one in self.procedures]
        return [(one.name_vi if language() == "vi" else one.name_en,) for one in self.units]


def procedure_line(one: Procedure) -> tuple[str, str, str]:
    """Return a procedure as a line of a list."""
    return one.alias, one.name_vi if language() == "vi" else one.name_en, one.code


def _person_line(known: KnownPerson) -> tuple[str, str, str, str]:
    person = known.person
    born = phrases.day(person.born_on) if person.born_on is not None else ""
    last = f"{office_day(known.last_at):%d/%m} {known.alias}" if known.last_at is not None else known.alias
    return person.name, born, mask_number(person.personal_id or person.tax_code), last


PROCEDURE_COLUMNS = _COLUMNS["procedures"]
