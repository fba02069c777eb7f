"""A dossier of another unit on the screens: how it stands, and the look at it that needs a reason."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from desk.words import N_, _
from screens import phrases
from screens.dialogs.ask_words import AskWords, WordsAsked
from screens.dialogs.choose import Choice, Choose
from screens.widgets.facts import Fact
from screens.widgets.rows import Column

if TYPE_CHECKING:
    from desk.cases.views import DossierLine
    from screens.base import DeskScreen
    from screens.seat import Seat

_REASONS: Final = (
    N_("The citizen is here with the slip and asks how it stands."),
    N_("The citizen is here to take the result."),
    N_("The dossier has to be worked on here."),
)
_PRESENCE: Final = {
    "looked_up": N_("looked up here before"),
    "left": N_("no longer with this unit"),
}


def facts(seat: Seat, line: DossierLine) -> list[Fact]:
    """Return in two lines what is known of the dossier here."""
    short_name, now = seat.services.context.reference.short_name, seat.services.context.clock()
    where = [_("received at {unit}").format(unit=short_name(line.unit))]
    if line.holder not in ("", line.unit):
        where.append(_("now at {unit}").format(unit=short_name(line.holder)))
    presence = _(_PRESENCE[line.presence]) if line.presence in _PRESENCE else ""
    stands = [line.code, phrases.status_words(line.status), phrases.due_words(line, now), presence]
    return [
        Fact(N_("Another unit's"), " · ".join(part for part in stands if part)),
        Fact(N_("Where"), " · ".join(where)),
    ]


async def look_up(screen: DeskScreen, seat: Seat, line: DossierLine) -> bool:
    """Ask for the reason, then the center for the dossier; returns whether it is here now.

    Raises LookUpWithoutLine and the like, with the words of what can be done.
    """
    unit = seat.services.context.reference.short_name(line.unit)
    question = N_("{code} was received at {unit}. Why do you look at it? The reason is kept and shown to them.")
    lines = [(_(reason),) for reason in (*_REASONS, N_("Another reason, in your own words."))]
    asked = Choice(question, (Column(""),), lines, {"code": line.code, "unit": unit})
    chosen = await screen.ask(Choose, asked)
    if chosen is None:
        return False
    reason: str | None = _(_REASONS[chosen]) if chosen < len(_REASONS) else None
    if reason is None:
        reason = await screen.ask(AskWords, WordsAsked(N_("Why do you look at {code}?"), {"code": line.code}))
    if reason is None:
        return False
    screen.tell(N_("Asking the center for {code} ..."), code=line.code)
    await asyncio.to_thread(seat.services.elsewhere.look_up, line, reason, seat.officer)
    screen.tell(N_("{code} is here; the look and its reason are written down."), code=line.code)
    return True
