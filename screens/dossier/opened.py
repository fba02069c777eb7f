"""A dossier as the screen needs it, read in one go; no widget here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desk.rules.lifecycle import is_open
from desk.words import N_, _
from screens.phrases import short_moment

if TYPE_CHECKING:
    from desk.cases.elsewhere import Looked
    from desk.cases.views import DossierView
    from desk.rules.lifecycle import Move
    from screens.seat import Seat


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier, the names of the units on it, and what this officer may do with it."""

    view: DossierView
    units: Mapping[str, str]
    moves: tuple[Move, ...]
    has_center: bool
    may_write: bool
    now: datetime
    holder_short: str = ""
    """The body that has it, where there is little room."""
    is_practice: bool = False
    looked: Looked | None = None
    """Where the dossier does not concern this unit: whose it is, and of when this is."""

    def unit(self, code: str) -> str:
        """Return a unit's name."""
        return self.units.get(code, code)

    @property
    def can_return(self) -> bool:
        """Whether something can be handed over now: the result, or the papers of a stopped dossier."""
        return self.view.line.status in ("resolved", "stopped")

    @property
    def has_result(self) -> bool:
        """Whether there is a result that may be attached."""
        return self.view.line.resolved_at is not None

    @property
    def is_undone(self) -> bool:
        """Whether its acceptance was reversed: then it has no status."""
        return not str(self.view.line.status)

    @property
    def may_be_late(self) -> bool:
        """Whether a cause of delay can be given: it is open, or it ended late."""
        line = self.view.line
        return line.due_at is not None and (is_open(line.status) or line.timeliness == "overdue")

    @property
    def may_pay(self) -> bool:
        """Whether a fee is left to pay, or none is known: then it is asked for."""
        view = self.view
        return view.line.accepted_at is not None and (view.fee_dong is None or view.owed_dong > 0)

    @property
    def has_receipt(self) -> bool:
        """Whether money was taken that can be given back."""
        return any(not fee.is_void for fee in self.view.fees)

    @property
    def may_apologise(self) -> bool:
        """Whether an apology can still go out: it is open, not late, and had none."""
        line = self.view.line
        return is_open(line.status) and line.timeliness != "overdue" and self.view.apologised_at is None

    def hindrance(self) -> str:
        """Return why nothing more can be done with it, "" where something can."""
        status = self.view.line.status
        if not self.may_write:
            return _("Nothing can be written here, so the dossier can only be read.")
        if self.is_undone:
            return _("The acceptance was reversed; receive the dossier anew with F2.")
        if status == "refused":
            return _("It was not accepted; a new dossier begins with F2.")
        if status == "returned":
            return _("The result was handed over: the dossier has reached its end. What was entered can be corrected.")
        if not self.moves:
            return _("The next step belongs to the lead of this desk.")
        if self.looked is not None:
            return _("A dossier of {unit}, as the center had it at {time}.").format(
                unit=self.looked.unit, time=short_moment(self.looked.since_at, self.now)
            )
        return ""

    def next_step(self) -> str:
        """Return what Enter does, a message id."""
        if not self.may_write:
            return N_("Enter: nothing more to do here")
        if self.can_return:
            return N_("Enter: hand the result over")
        if self.view.line.status == "filed":
            return N_("Enter: accept or answer it")
        return N_("Enter: next step") if self.moves else N_("Enter: nothing more to do here")


def read(seat: Seat, dossier: str, *, note_it: bool) -> Opened:
    """Return the dossier with this id, in a thread; note_it: write down that the officer opened it.

    Raises DossierUnknown, StoreTrouble.
    """
    services, officer = seat.services, seat.officer
    view = services.lookup.opened(dossier, officer) if note_it else services.lookup.show(dossier)
    moved_to = {str(line.body["to"]) for line in view.history if line.body.get("to")}
    units = {view.line.holder, view.competent_unit, view.returning_unit, *moved_to} - {""}
    reference = services.context.reference
    return Opened(
        view=view,
        units={code: reference.unit_name(code) for code in units},
        moves=services.moves.possible(dossier, officer) if str(view.line.status) else (),
        has_center=bool(services.context.place().center),
        may_write=services.context.log.refusal is None,
        now=services.context.clock(),
        holder_short=reference.short_name(view.line.holder) if view.line.holder else "",
        is_practice=services.context.practice,
        looked=services.elsewhere.looked(dossier),
    )
