"""What a move is called and what it does, in the officer's words; no widget here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from desk.words import N_, _
from screens import phrases

if TYPE_CHECKING:
    from desk.rules.lifecycle import Move

_TO: Final = {
    "accepted": N_("Accept it"),
    "refused": N_("Refuse to accept it"),
    "processing": N_("Take it into process"),
    "supplement_requested": N_("Ask the citizen for missing papers"),
    "payment_requested": N_("Ask the citizen for a payment"),
    "withdrawal_requested": N_("The citizen asks to withdraw it"),
    "stopped": N_("Stop it"),
    "resolved": N_("The result is here"),
    "returned": N_("Hand the result over"),
    "filed": N_("Papers received: back to the inbox"),
}
_WAIT_ENDS: Final = {
    ("supplement_requested", "processing"): N_("Papers received: go on"),
    ("supplement_requested", "accepted"): N_("Papers received: back to accepted"),
    ("payment_requested", "processing"): N_("Paid: go on"),
}
_CLOCK: Final = {
    "start": N_("the time begins"),
    "stop": N_("the time stands still"),
    "resume": N_("the time runs on"),
    "end": N_("the time ends"),
    "reopen": N_("the time runs on as if it had not ended"),
    "none": "",
}


def title(move: Move, status: str) -> str:
    """Return what the officer does with this move of a dossier in `status`."""
    if move.needs_unit:
        return _("Pass it on to another body")
    if move.clock == "reopen":
        return _("Take a wrong result back")
    if status == "withdrawal_requested" and move.to != "stopped":
        return _("The citizen keeps it: back to {status}").format(status=phrases.status_words(move.to))
    return _(_WAIT_ENDS.get((status, move.to)) or _TO[move.to])


def effect(move: Move) -> str:
    """Return what the move does to the statutory time."""
    return _(_CLOCK[move.clock])


def review(move: Move, status: str, due_at: datetime | None, new_due_at: datetime | None) -> str:
    """Return the sentences the officer confirms: the move, the status where it is another, the due moment after it."""
    what, then = title(move, status), phrases.status_words(move.to)
    said = [f"{what}."]
    if move.to != status and then != what:
        said.append(_("Status then: {status}.").format(status=then))
    if move.clock == "stop":
        said.append(_("The time stands still until the citizen comes."))
    elif new_due_at is not None and new_due_at != due_at:
        said.append(_("New due moment: {moment}.").format(moment=phrases.moment(new_due_at)))
    elif due_at is not None and move.clock != "end":
        said.append(_("Due as before: {moment}.").format(moment=phrases.moment(due_at)))
    return " ".join(said)
