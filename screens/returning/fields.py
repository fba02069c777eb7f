"""The fields of the ways that need more than a digit: another person, and the public post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from desk.rules.people.person import Person
from desk.words import N_
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow

if TYPE_CHECKING:
    from desk.rules.cards import Card

OTHER: Final = ("name", "number", "phone", "right")
"""The fields of another person; the row of each has its name and `-row`."""


def rows() -> Iterator[FieldRow]:
    """Yield the rows: another person's, then the post's."""
    name = DeskInput(id="name", help=N_("Full name; scanning the card fills it."))
    yield FieldRow(N_("Receiver"), name, id="name-row")
    number = DeskInput(id="number", help=N_("Number of the identity paper."))
    yield FieldRow(N_("Number"), number, id="number-row")
    yield FieldRow(N_("Telephone"), DeskInput(id="phone", help=N_("May stay empty.")), id="phone-row")
    right = DeskInput(
        id="right",
        placeholder=N_("power of attorney, spouse, parent, child"),
        help=N_("Power of attorney or kinship, as the rules for this procedure ask. May stay empty."),
    )
    yield FieldRow(N_("By what right"), right, id="right-row")
    consignment = DeskInput(id="consignment", limit=60, help=N_("The number under which the post took the result."))
    yield FieldRow(N_("Consignment"), consignment, id="consignment-row")


def receiver(name: str, number: str, phone: str, card: Card | None) -> Person:
    """Return another person as typed, completed by his card where the number is still the card's."""
    person = Person(name, personal_id=number, phone=phone)
    if card is None or card.personal_id != number.strip():
        return person
    return replace(person, born_on=card.born_on, sex=card.sex, address=card.residence)
