"""How kinds of events and the states of papers are called, on the screens and in the commands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desk.words import N_, _

EVENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dossier.filed": N_("Filed online"),
        "dossier.accepted": N_("Accepted"),
        "dossier.refused": N_("Refused"),
        "dossier.processing": N_("In process"),
        "dossier.supplement_requested": N_("Supplement requested"),
        "dossier.supplemented": N_("Supplement received"),
        "dossier.payment_requested": N_("Payment requested"),
        "dossier.paid": N_("Paid"),
        "dossier.withdrawal_requested": N_("Withdrawal requested"),
        "dossier.withdrawal_cancelled": N_("Withdrawal request cancelled"),
        "dossier.stopped": N_("Stopped"),
        "dossier.resolved": N_("Resolved"),
        "dossier.returned": N_("Result handed over"),
        "dossier.corrected": N_("Corrected"),
        "dossier.extended": N_("Extended"),
        "dossier.apologised": N_("Apology sent"),
        "dossier.undone": N_("Reversed"),
        "dossier.viewed": N_("Looked at"),
        "dossier.linked": N_("Code of another system"),
        "delay.recorded": N_("Delay explained"),
        "document.attached": N_("Document attached"),
        "fee.taken": N_("Fee taken"),
        "fee.voided": N_("Fee receipt voided"),
        "paper.made": N_("Paper made"),
        "paper.handed": N_("Paper given to the printer"),
        "paper.confirmed": N_("Paper came out"),
        "paper.failed": N_("Paper not printed"),
        "paper.unknown": N_("Paper: not known whether it came out"),
        "paper.voided": N_("Paper marked void"),
        "survey.asked": N_("Survey asked"),
        "private.erased": N_("Personal data erased"),
    }
)

JOB_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "made": N_("made, not printed"),
        "queued": N_("waits for the printer"),
        "sending": N_("on its way to the printer"),
        "handed": N_("given to the printer"),
        "confirmed": N_("came out"),
        "failed": N_("not printed"),
        "expired": N_("waited too long"),
        "unknown": N_("not known whether it came out"),
        "cancelled": N_("taken out of the queue"),
        "voided": N_("void"),
    }
)
"""How far a paper got."""


_IN_PRACTICE: Final[Mapping[str, str]] = MappingProxyType(
    {"paper.handed": N_("Practice: not printed"), "handed": N_("practice: not printed")}
)
"""What never happens in practice: there a paper is made, and lies in a folder."""


def event_name(kind: str, *, practice: bool = False) -> str:
    """Return what an event is, in the language spoken; a kind of a newer program as it is."""
    names = _IN_PRACTICE if practice and kind in _IN_PRACTICE else EVENTS
    return _(names.get(kind, "")) or kind


def state_name(state: str, *, practice: bool = False) -> str:
    """Return how far a paper got, in the language spoken."""
    names = _IN_PRACTICE if practice and state in _IN_PRACTICE else JOB_STATES
    return _(names.get(state, "")) or state
