"""The officers of this desk: who joins, who leaves, and the badge by which a scanner names each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.words import N_, _
from screens.dialogs.ask_pin import new_pin
from screens.dialogs.confirm import Confirm, Question
from screens.listing import Listing
from screens.officers.joining import Join, Joining
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.context import Officer
    from screens.seat import Seat

_LETTERS = {"n": "_join", "b": "_badge", "e": "_retire"}
_ROLES = {"lead": N_("Lead"), "officer": N_("Officer")}


class OfficersScreen(Listing):
    """A list of the officers; the lead changes it by three letters."""

    SAID = N_("Officers")
    FIRST = "#officers"
    DEFAULT_CSS = """
    OfficersScreen > #body {
        padding: 1 1 0 1;
        & > #hint { width: 1fr; height: auto; color: $text-muted; padding-left: 1; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._officers: tuple[Officer, ...] = ()
        self._badges: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """Yield the list and its keys."""
        yield Rows(
            [Column(N_("Officer")), Column(N_("Role"), 14), Column(N_("Badge"), 20)],
            id="officers",
            help=N_("Who may sign in here. A badge names its officer to the scanner; the PIN proves him."),
        )
        yield Said(
            N_("N: new officer     B or Enter: badge, made or replaced     E: takes out     Esc: back"), id="hint"
        )

    async def entered(self, field: Widget | None) -> None:
        """Enter: the badge of the officer under the cursor."""
        await self._badge()

    async def chosen(self, rows: Rows, index: int) -> None:
        """A digit: the badge of that officer."""
        await self._badge()

    async def on_key(self, event: events.Key) -> None:
        """N, B, E: the letters that the last line names."""
        act = _LETTERS.get((event.character or "").casefold())
        if act is not None:
            event.stop()
            self._seat.services.officers.may_change(self._seat.officer)
            await getattr(self, act)()

    def retell(self) -> None:
        """Say the roles in the other language."""
        self._paint()

    async def _read(self, under_cursor: Officer | None = None) -> None:
        officers = self._seat.services.officers
        self._officers = await asyncio.to_thread(officers.all)
        self._badges = await asyncio.to_thread(officers.badges)
        self._paint()
        if under_cursor in self._officers:
            rows = self.query_one("#officers", Rows)
            rows.move(self._officers.index(under_cursor) - (rows.cursor or 0))

    def _paint(self) -> None:
        rows = self.query_one("#officers", Rows)
        lines = [(one.name, _(_ROLES.get(one.role, one.role)), self._badge_words(one)) for one in self._officers]
        rows.show(lines, cursor=rows.cursor or 0)

    def _badge_words(self, officer: Officer) -> str:
        digits = self._badges.get(officer.id, "")
        return _("ends in {digits}").format(digits=digits[-6:]) if digits else _("no badge")

    @property
    def _under_cursor(self) -> Officer | None:
        at = self.query_one("#officers", Rows).cursor
        return None if at is None else self._officers[at]

    async def _join(self) -> None:
        """Ask name, role and PIN, until the officer has joined or it is given up."""
        asked = Joining()
        while (typed := await self.ask(Join, asked)) is not None:
            pin = self._seat.practice_pin or await new_pin(self.desk, typed.name)
            if pin is None:
                return
            try:
                joined = await asyncio.to_thread(
                    self._seat.services.officers.join, typed.name, pin, typed.role, self._seat.officer
                )
            except DeskError as error:
                asked = typed._replace(wrong=error)
                continue
            await self._read(under_cursor=joined)
            self.tell_done(N_("{name} may sign in now."), name=typed.name.strip())
            return

    async def _badge(self) -> None:
        """Make the badge of the officer under the cursor, or replace it, and print it."""
        officer, services = self._under_cursor, self._seat.services
        if officer is None:
            return
        replaces = officer.id in self._badges
        asked = N_("{name} has a badge. A new one makes the old one void at once. Make it?")
        if replaces and not await self.ask(Confirm, Question(asked, {"name": officer.name})):
            return
        await asyncio.to_thread(services.officers.give_badge, officer, self._seat.officer)
        await self._read()
        made = await asyncio.to_thread(services.papers.lists.badge, officer.id, self._seat.officer)
        said = N_("The badge of {name} is made and being printed.")
        if replaces:
            said = N_("The new badge of {name} is being printed; the old one signs nobody in any more.")
        self.tell_done(said, name=officer.name)
        if made.job:
            self._seat.press.send(self.desk, made.job)

    async def _retire(self) -> None:
        """Let the officer under the cursor sign in no more."""
        officer = self._under_cursor
        if officer is None:
            return
        asked = N_("{name} signs in here no more. What he did stays under his name. Take him out?")
        if await self.ask(Confirm, Question(asked, {"name": officer.name})):
            await asyncio.to_thread(self._seat.services.officers.retire, officer, self._seat.officer)
            await self._read()
            self.tell_done(N_("{name} is taken out."), name=officer.name)
