"""Beside the list, where there is room for it: the dossier under the cursor, its number masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desk.words import N_
from screens import phrases
from screens.widgets.facts import Fact

if TYPE_CHECKING:
    from desk.cases.views import DossierLine
    from screens.seat import Seat

LABELS: Final = 13
"""Cells of the words in front."""


def facts(seat: Seat, line: DossierLine) -> list[Fact]:
    """Return what a list knows of a dossier of this unit; nothing is read for it."""
    now = seat.services.context.clock()
    tone = phrases.tone(line)
    shown = [
        Fact(N_("Code"), line.code, "strong"),
        Fact(N_("Owner"), line.owner, "strong"),
        Fact(N_("Number"), line.masked_id),
        Fact(N_("Status"), phrases.status_words(line.status), tone),
        Fact(N_("Accepted at"), "" if line.accepted_at is None else phrases.moment(line.accepted_at)),
        Fact(N_("Due"), "" if line.due_at is None else phrases.moment(line.due_at)),
        Fact("", phrases.due_words(line, now), tone),
    ]
    if line.holder:
        since = "" if line.held_since_at is None else phrases.moment(line.held_since_at)
        shown += [
            Fact(N_("Held by"), seat.services.context.reference.short_name(line.holder)),
            Fact(N_("Since"), since),
        ]
    shown.append(Fact(N_("Kept in"), line.place, "strong"))
    return [fact for fact in shown if fact.value]
