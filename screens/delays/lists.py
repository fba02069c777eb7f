"""The lists of what is late or will be, out of what presses; no widget here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from desk.clock import office_day
from desk.words import N_
from screens import errands, phrases

if TYPE_CHECKING:
    from desk.cases.pressing import Pressing

Name = Literal["no_cause", "tomorrow", "no_apology"]

LISTS: Final[tuple[Name, ...]] = ("no_cause", "tomorrow", "no_apology")
"""In the order in which F4 turns them over."""

TITLES: Final[dict[Name, str]] = {
    "no_cause": N_("Late without a cause: {n}"),
    "tomorrow": N_("Due on the next working day, by who holds it: {n}"),
    "no_apology": N_("Apology not sent: {n}"),
}
ACTS: Final[dict[Name, str]] = {
    "no_cause": N_("Enter: give the cause"),
    "tomorrow": N_("Enter: apologise before it is late (the lead), or give the cause"),
    "no_apology": N_("Enter: apologise while it is not late (the lead), or give the cause"),
}


def of(name: Name, pressing: tuple[Pressing, ...], now: datetime) -> tuple[Pressing, ...]:
    """Return the dossiers of one list, by who holds them and then by due moment.

    pressing: what is late or due up to the next working day. An apology lacks where a dossier is late, or known
    to become late by a cause already given.
    """
    today = office_day(now)
    if name == "no_cause":
        return tuple(one for one in pressing if one.lacks_cause)
    if name == "no_apology":
        return tuple(one for one in pressing if one.lacks_apology)
    return tuple(
        one
        for one in pressing
        if one.place == "due" and one.line.due_at is not None and office_day(one.line.due_at) > today
    )


def act(one: Pressing, *, is_lead: bool) -> errands.ExplainDelay:
    """Return what is to be done about a dossier: an apology (the lead's) while it is not late, else its cause."""
    return errands.ExplainDelay(one.line.id, apologise=is_lead and one.place != "late" and one.apologised_at is None)


def cells(one: Pressing, agency_code: str, now: datetime) -> tuple[str, ...]:
    """Return a row: code, owner, procedure, who holds it, the due moment."""
    line = one.line
    due = phrases.short_moment(line.due_at, now) if line.due_at is not None else ""
    mark = "!" if one.place == "late" else ""
    return phrases.code_tail(line.code, agency_code), line.owner, line.alias, one.holder_name, mark + due
