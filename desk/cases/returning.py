"""Handing over a result: who takes it, with or without the slip, at the counter or by post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from desk.cases import people
from desk.cases.context import Context, Officer
from desk.cases.lines import found_row
from desk.cases.moves import move_within
from desk.clock import office_day
from desk.errors.acts import DossierUndone, NotReturnable
from desk.rules.dossier import Status
from desk.rules.lifecycle import status_said
from desk.rules.people.checks import check_person, cleaned_person
from desk.rules.people.person import Person
from desk.text import clean_line
from storage.tables.projected import DossierRow

PLACE_LIMIT: Final = 40
"""Letters of a place where results wait."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A result that was handed over, saved."""

    dossier: str
    code: str
    returned_at: datetime
    receiver: str


@dataclass(frozen=True, slots=True)
class Returning:
    """Returns results."""

    context: Context

    def keep_at(self, code: str, place: str, officer: Officer) -> str:
        """Write down where a result waits to be collected and return the place; "" takes it back.

        Raises DossierUnknown, DossierUndone, NotReturnable where no result is here.
        """
        place = clean_line(place)[:PLACE_LIMIT]
        with self.context.log.act(officer.id) as act:
            _returnable(row := found_row(act.session, code))
            if place != row.place:
                act.append("dossier.corrected", {"catalogue": row.catalogue, "place": place}, dossier=row.id)
        return place

    def give(
        self,
        code: str,
        officer: Officer,
        *,
        receiver: Person | None = None,
        lost_slip: bool = False,
        consignment: str = "",
        note: str = "",
    ) -> Returned:
        """Write down that the result was handed over; raises NotReturnable with nothing saved.

        receiver: None where the owner (or who filed for him) took it. lost_slip: the receiver signed a
        statement in place of the slip. consignment: the post's number, where it went by post. note: by what
        right somebody else took it.
        """
        if receiver is not None:
            receiver = cleaned_person(receiver)
            check_person(receiver, office_day(self.context.clock()), "receiver")
        with self.context.log.act(officer.id) as act:
            _returnable(row := found_row(act.session, code))
            everyone = row.people or {}
            taker = receiver or people.read(everyone.get("submitter")) or people.read(everyone.get("owner"))
            body: dict[str, Any] = {"how": "post" if consignment else "counter", "lost_slip": lost_slip}
            if consignment:
                body["consignment"] = clean_line(consignment)[:60]
            move_within(
                self.context,
                act,
                row,
                "returned",
                officer,
                note=note,
                body=body,
                private={"receiver": people.written(taker)} if taker is not None else {},
            )
            return Returned(row.id, row.code or "", act.now, taker.name if taker is not None else "")


def _returnable(row: DossierRow) -> None:
    """Return if a result can be handed over; raises DossierUndone, NotReturnable."""
    if not row.status:
        raise DossierUndone(code=row.code or "")
    if row.status not in ("resolved", "stopped"):
        raise NotReturnable(code=row.code or "", status=status_said(cast(Status, row.status)))
