"""Home: the counts of the day, nine lists by their digits, drafts and what is wrong with papers, mirror, clock."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker

from desk.cases.todays_work import LISTS
from desk.clock import office_day
from desk.words import N_, _, counted
from screens import errands, phrases
from screens.base import DeskScreen
from screens.dialogs.confirm import Confirm, Question
from screens.home import board
from screens.home.glance import SHOWN, Glance
from screens.keys.keymap import bound
from screens.widgets.facts import Fact, Facts
from screens.widgets.rows import Column, Rows, Tone

if TYPE_CHECKING:
    from screens.home.board import Board
    from screens.seat import Seat

ZONE = N_(
    "This machine's clock is set to another time zone than the office's (+07:00). The program uses +07:00 for every"
    " date and hour; better have the machine set to it too. Go on?"
)
_LATE = {LISTS.index("overdue"), LISTS.index("unexplained")}
_SOON = LISTS.index("due_today")
_PAUSE_S: Final = 0.05
"""The cursor has to rest so long before the dossiers of its list are read."""


class HomeScreen(DeskScreen):
    """Shows what presses; a digit opens its list. Counted anew at each arrival and each minute."""

    SAID = N_("Home")
    FIRST = "#lists"
    BINDINGS: ClassVar[list[BindingType]] = [bound("park", "app.everywhere('park')", N_("Resume draft"))]
    SCOPED_CSS: ClassVar[bool] = False  # the large layout is a class of the App
    DEFAULT_CSS = """
    HomeScreen > #body {
        padding: 1 1 0 1;
        & > #today { margin-bottom: 1; }
        & > #lists { height: 10; margin-bottom: 1; }
    }
    .-large HomeScreen > #body > #lists { height: 1fr; max-height: 18; }
    HomeScreen.-wide.-tall #glance { display: block; }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._board: Board | None = None
        self._caught_up = False

    def body(self) -> ComposeResult:
        """Yield the day, the lists and the troubles."""
        yield Glance(self._seat)
        yield Facts(id="today")
        yield Rows(
            [Column(N_("List")), Column(N_("Dossiers"), 8, right=True), Column(N_("Remark"), 28)],
            id="lists",
            help=N_("A digit opens its list; arrows and Enter do the same."),
        )
        yield Facts(id="troubles")

    async def arrive(self, errand: object) -> None:
        """Count anew; at the first visit make the papers that a crash left out."""
        if not self._caught_up and self._seat.services.context.log.refusal is None:
            self._caught_up = True
            self.read(self._catch_up(), "catch_up")
            self.act(self._ask_zone)
        self.show_facts()

    async def returned(self) -> None:
        """Count anew."""
        self.show_facts()

    async def look_again(self) -> None:
        """Count anew."""
        self.show_facts()

    def show_facts(self) -> None:
        """Show the present facts in the first line and count anew; the App calls this each minute."""
        super().show_facts()
        if self._seat.is_taken:
            self.read(self._count(), "count")

    async def chosen(self, rows: Rows, index: int) -> None:
        """Open a list: the inbox and what is late in their own workplaces, the others in the lookup."""
        name = LISTS[index]
        if name == "inbox":
            await self.go("inbox")
        elif name == "unexplained":
            await self.go("delays")
        else:
            await self.go("lookup", errands.ShowList(name))

    async def back(self) -> None:
        """Home is where Esc ends."""

    def retell(self) -> None:
        """Say everything in the other language."""
        if self._board is not None:
            self._show(self._board)

    async def _ask_zone(self) -> None:
        """Ask once about a machine that counts its hours elsewhere than the office does."""
        clockwork = self._seat.services.clockwork
        if await asyncio.to_thread(clockwork.asks_zone) and await self.ask(Confirm, Question(ZONE)):
            await asyncio.to_thread(clockwork.zone_seen)

    async def _catch_up(self) -> None:
        """Make missing slips and ask about papers that were on their way when the program ended."""
        made = await asyncio.to_thread(self._seat.services.papers.catch_up)
        if made:
            said = counted(
                "{n} paper that was missing has been made; F7 prints it.",
                "{n} papers that were missing have been made; F7 prints them.",
                len(made),
            )
            self.tell(said, n=len(made))
            self.show_facts()

    async def leave(self) -> None:
        """Show no citizen's name to the next one."""
        self.query_one(Glance).show("", ())

    async def _count(self) -> None:
        self._show(await asyncio.to_thread(board.read, self._seat))
        await self._look_into_list()

    def on_resize(self) -> None:
        """Show the dossiers of a list where there is room for them now."""
        if self.is_current and self._seat.is_taken:
            self._glance(0.0)

    @on(Rows.Moved, "#lists")
    def _moved(self) -> None:
        self._glance(_PAUSE_S)

    def _glance(self, pause_s: float) -> Worker[None]:
        # handed over as a function: a terminal that is drawn larger sends sizes faster than a worker begins
        async def looking() -> None:
            await self._look_into_list(pause_s)

        return self.run_worker(looking, group="glance", exclusive=True, exit_on_error=False)

    async def _look_into_list(self, pause_s: float = 0.0) -> None:
        """Show beside the lists what is in the one under the cursor, where there is room for it."""
        index, glance = self.query_one("#lists", Rows).cursor, self.query_one(Glance)
        if index is None or not self.is_roomy:
            return
        await asyncio.sleep(pause_s)  # a newer step cancels here
        lines = await asyncio.to_thread(self._seat.services.todays_work.listed, LISTS[index], SHOWN)
        if self.is_current:
            glance.show(phrases.LIST_TITLES[LISTS[index]], lines)

    def _show(self, found: Board) -> None:
        self._board = found
        now = self._seat.services.context.clock()
        day = Fact(N_("Today"), phrases.weekday(office_day(now)), "strong")
        said = _("{accepted} accepted, {returned} handed over").format(
            accepted=found.today.accepted, returned=found.today.returned
        )
        self.query_one("#today", Facts).show([day, Fact(N_("Done so far"), said)])
        rows = self.query_one("#lists", Rows)
        rows.show(found.rows(), self._tone, cursor=rows.cursor or 0)
        troubles = [Fact(said, value, "soon") for said, value in found.troubles()]
        self.query_one("#troubles", Facts).show([*troubles, Fact(*found.printer(), "quiet")])

    def _tone(self, index: int) -> Tone:
        if self._board is None or not getattr(self._board.today, LISTS[index]):
            return "quiet"
        return "late" if index in _LATE else "soon" if index == _SOON else ""
