"""Why it is late: three lists of dossiers that want a cause or an apology, each row leading to its act."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from desk.words import N_, _
from screens import errands, phrases
from screens.delays import lists
from screens.keys.keymap import bound
from screens.listing import Listing
from screens.widgets.facts import Fact, Facts
from screens.widgets.rows import Column, Rows, Tone
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.pressing import Pressing
    from screens.delays.lists import Name
    from screens.seat import Seat

_COLUMNS = (
    Column(N_("Code"), 12),
    Column(N_("Owner")),
    Column(N_("Procedure")),
    Column(N_("Held by"), 13),
    Column(N_("Due"), 12),
)


class DelaysScreen(Listing):
    """A digit or Enter does what a dossier wants; F4 turns to the next list, S records a fault, O opens it."""

    SAID = N_("Why it is late")
    FIRST = "#pressing"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "turn", N_("Other list"))]
    DEFAULT_CSS = """
    DelaysScreen > #body {
        padding: 0 1;
        & > #title { width: 1fr; text-style: bold; }
        & > #others { width: 1fr; height: auto; color: $text-muted; }
        & > #hint { width: 1fr; height: auto; color: $text-muted; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._name: Name = "no_cause"
        self._pressing: tuple[Pressing, ...] = ()

    def body(self) -> ComposeResult:
        """Yield which list it is, what the others hold, the list, its row in full, and the keys."""
        yield Said(id="title")
        yield Said(id="others")
        yield Rows(
            _COLUMNS,
            empty=phrases.EMPTY_LIST,
            help=N_("A digit or Enter does what the dossier wants; F4 turns to the next list, S records a fault."),
            id="pressing",
        )
        yield Facts(label_width=24, id="row")
        yield Said(id="hint")

    async def arrive(self, errand: object) -> None:
        """Begin with what is late and unexplained."""
        self._name = "no_cause"
        await self._read()

    async def leave(self) -> None:
        """Show nobody's name to the next citizen."""
        self._pressing = ()
        self._paint()

    async def chosen(self, rows: Rows, index: int) -> None:
        """Give the cause of a dossier, or apologise for it."""
        await self.go("explaining", lists.act(self._listed[index], is_lead=self._seat.officer.role == "lead"))

    async def action_turn(self) -> None:
        """F4: the next list."""
        self._name = lists.LISTS[(lists.LISTS.index(self._name) + 1) % len(lists.LISTS)]
        await self._read()

    async def on_key(self, event: events.Key) -> None:
        """S: a fault for all dossiers that it held up. O: the dossier itself."""
        letter, at = (event.character or "").casefold(), self._rows.cursor
        if letter == "s":
            event.stop()
            await self.go("explaining", errands.RecordOutage())
        elif letter == "o" and at is not None:
            event.stop()
            await self.go("dossier", errands.OpenDossier(self._listed[at].line.id))

    def retell(self) -> None:
        """Say the lists in the other language."""
        self._paint()

    @property
    def _rows(self) -> Rows:
        return self.query_one("#pressing", Rows)

    @property
    def _listed(self) -> tuple[Pressing, ...]:
        return self._of(self._name)

    def _of(self, name: Name) -> tuple[Pressing, ...]:
        return lists.of(name, self._pressing, self._seat.services.context.clock())

    async def _read(self) -> None:
        self._pressing = await asyncio.to_thread(self._seat.services.due_list.all)
        self._paint()

    def _paint(self) -> None:
        now, listed = self._seat.services.context.clock(), self._listed
        self.query_one("#title", Said).tell(lists.TITLES[self._name], n=len(listed))
        others = (_(lists.TITLES[name]).format(n=len(self._of(name))) for name in lists.LISTS if name != self._name)
        self.query_one("#others", Said).tell(N_("F4: {others}"), others=" · ".join(others))
        agency = self._seat.agency_code
        self._rows.show([lists.cells(one, agency, now) for one in listed], self._tone)
        self._show_row()
        act = _(lists.ACTS[self._name])
        self.query_one("#hint", Said).tell(N_("{act} · O open it · S record a fault"), act=act)

    def _tone(self, index: int) -> Tone:
        return "late" if self._listed[index].place == "late" else "soon"

    @on(Rows.Moved)
    def _show_row(self) -> None:
        """Say the row under the cursor in full."""
        at, listed = self._rows.cursor, self._listed
        if at is None or at >= len(listed):
            self.query_one("#row", Facts).show([])
            return
        one = listed[at]
        why = [_("held by {unit}").format(unit=one.holder_name), *map(phrases.cause_words, one.causes)]
        self.query_one("#row", Facts).show([Fact(one.line.code, one.line.owner), Fact(one.line.alias, " · ".join(why))])
