"""The kinds of papers, and the acts they tell of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desk.rules.said import Said
from desk.words import N_

KINDS: Final = (
    "slip",
    "supplement",
    "refusal",
    "apology",
    "stop",
    "control",
    "result_receipt",
    "fee_receipt",
    "lost_slip",
)
"""The papers about one dossier."""
LIST_KINDS: Final = ("joint_slip", "register", "handover", "results", "outage", "day_close", "head_check", "badge")
"""The papers about many dossiers or about none."""
EVENT_OF: Final[Mapping[str, str]] = {
    "supplement": "dossier.supplement_requested",
    "refusal": "dossier.refused",
    "apology": "dossier.apologised",
    "stop": "dossier.stopped",
    "result_receipt": "dossier.returned",
    "fee_receipt": "fee.taken",
    "handover": "handover.made",
    "results": "handover.received",
    "outage": "outage.recorded",
}
"""The event each of these papers tells of: every such event has originals of its own."""

NAMES: Final[Mapping[str, str]] = {
    "slip": N_("appointment slip"),
    "supplement": N_("supplement request"),
    "refusal": N_("refusal slip"),
    "apology": N_("apology"),
    "stop": N_("stop notice"),
    "control": N_("control slip"),
    "result_receipt": N_("result receipt"),
    "fee_receipt": N_("fee receipt"),
    "lost_slip": N_("statement of a lost slip"),
    "joint_slip": N_("slip for several dossiers"),
    "register": N_("register of dossiers"),
    "handover": N_("hand-over list"),
    "results": N_("list of results handed over"),
    "outage": N_("record of an outage"),
    "day_close": N_("day sheet"),
    "head_check": N_("printer test page"),
    "badge": N_("officer's badge"),
}
"""What each kind is called within a sentence, as message ids."""


def said(kind: str) -> Said:
    """Return the name of a kind for a fact of an error."""
    return Said(NAMES.get(kind, kind))
