"""Incidents: what two desks did to one dossier that does not fit together, to be settled and closed by a person."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from desk.cases.kind_names import event_name
from desk.words import N_, counted
from screens import errands, phrases
from screens.dialogs.ask_words import AskWords, WordsAsked
from screens.keys.keymap import bound
from screens.listing import Listing
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:  # the cases load SQL, which is paid after the first paint
    from desk.cases.incidents import Incident
    from screens.seat import Seat

BOTH = N_("Both acts are kept. Ask the other desk what is right, settle it, then close it here.")
SETTLED = N_(
    "Spoken with the other desk, and with the citizen where it concerns him? Say how it was settled: that closes the"
    " incidents of {code}, and stays in the history."
)


class IncidentsScreen(Listing):
    """A digit or Enter opens the dossier with its history; F4 closes what was settled."""

    SAID = N_("Incidents")
    FIRST = "#open"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "choices", N_("Close as settled"))]
    DEFAULT_CSS = """
    IncidentsScreen > #body {
        padding: 0 1;
        & > #count { width: 1fr; text-style: bold; }
        & > #what { width: 1fr; height: auto; margin-top: 1; text-style: bold; }
        & > #sides { width: 1fr; height: auto; }
        & > #both { width: 1fr; height: auto; margin-bottom: 1; }
        & > #hint { width: 1fr; color: $text-muted; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._open: tuple[Incident, ...] = ()

    def body(self) -> ComposeResult:
        """Yield how many there are, the list and its keys."""
        yield Said(id="count")
        yield Rows(
            [Column(N_("Code"), 12), Column(N_("Owner")), Column(N_("When"), 12)],
            empty=N_("No incident is open."),
            help=N_("A digit or Enter opens the dossier with its history; F4 closes the incident once it is settled."),
            id="open",
        )
        yield Said(id="what")
        yield Said(id="sides")
        yield Said(BOTH, id="both")
        yield Said(N_("Enter: the dossier and its history     F4: close as settled"), id="hint")

    async def leave(self) -> None:
        """Show nobody's name to the next citizen."""
        self._show(())

    async def chosen(self, rows: Rows, index: int) -> None:
        """Open the dossier."""
        await self.go("dossier", errands.OpenDossier(self._open[index].dossier))

    async def action_choices(self) -> None:
        """F4: close what was settled, once it is said how."""
        index = self.query_one("#open", Rows).cursor
        if index is None or index >= len(self._open):
            return
        one = self._open[index]
        note = await self.ask(AskWords, WordsAsked(SETTLED, {"code": one.code}))
        if note is not None:
            await asyncio.to_thread(self._seat.services.incidents.close, one.dossier, self._seat.officer, note)
            self.tell(N_("Closed: {code}."), code=one.code)
            await self._read()

    def retell(self) -> None:
        """Say the list in the other language."""
        self._show(self._open)

    async def _read(self) -> None:
        self._show(await asyncio.to_thread(self._seat.services.incidents.open))

    def _show(self, found: tuple[Incident, ...]) -> None:
        self._open = found
        n = len(found)
        self.query_one("#count", Said).tell(counted("{n} open incident", "{n} open incidents", n), n=n)
        now, agency = self._seat.services.context.clock(), self._seat.agency_code
        rows = [
            (
                phrases.code_tail(one.code, agency),
                one.owner,
                "" if one.at is None else phrases.short_moment(one.at, now),
            )
            for one in found
        ]
        self.query_one("#open", Rows).show(rows, lambda index: "late")
        self._tell_what()

    @on(Rows.Moved)
    def _tell_what(self) -> None:
        """Say in whole words what happened to the dossier under the cursor."""
        index = self.query_one("#open", Rows).cursor
        one = self._open[index] if index is not None and index < len(self._open) else None
        self.query_one("#what", Said).tell("" if one is None else one.said)
        now, agency = self._seat.services.context.clock(), self._seat.agency_code
        acts = [
            (
                phrases.short_moment(side.at, now),
                side.officer,
                event_name(side.kind),
                phrases.code_tail(side.code, agency),
            )
            for side in (() if one is None else one.sides)
        ]
        self.query_one("#sides", Said).tell("{acts}", acts="\n".join(" · ".join(filter(None, act)) for act in acts))
        self.query_one("#both", Said).display = one is not None
