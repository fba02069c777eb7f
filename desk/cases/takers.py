"""Who may stand at the counter for a result, as the dossier names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.rules.people.person import Person
from desk.words import N_

if TYPE_CHECKING:
    from desk.cases.views import DossierView
    from desk.rules.cards import Card


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody named on the dossier; said: as what, a message id."""

    said: str
    person: Person


def takers(view: DossierView) -> tuple[Taker, ...]:
    """Return who is named on the dossier: who brought it first, for he is expected to come."""
    named = (
        (N_("Submitter"), view.submitter),
        (N_("Owner"), view.owner),
        (N_("Representative"), view.representative),
        (N_("Proxy"), view.proxy),
    )
    found: list[Taker] = []
    for said, person in named:
        if person is not None and all(person != other.person for other in found):
            found.append(Taker(said, person))
    return tuple(found)


def place_of(card: Card, everyone: tuple[Taker, ...]) -> int | None:
    """Return whose card it is by its number, the old one too; None for somebody else's."""
    numbers = {card.personal_id, card.old_id} - {""}
    return next((at for at, one in enumerate(everyone) if one.person.personal_id in numbers), None)
