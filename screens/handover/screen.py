"""Hand-over: dossiers ticked or scanned go to a department in one act, or their results come back, with the list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.clock import office_day
from desk.errors.base import PrintTrouble
from desk.rules.scans import ShortScan, SlipScan
from desk.words import N_, counted
from screens import phrases
from screens.bodies import BodyField
from screens.handover.results import NamedResults
from screens.keys.keymap import bound
from screens.listing import Listing
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.review import Review
from screens.widgets.rows import Column, Rows, Tone
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.handing_over import HandedOver
    from desk.cases.views import DossierLine
    from desk.rules.scans import Scan
    from screens.seat import Seat

_TITLES = {
    True: N_("Dossiers for a department"),
    False: N_("Results back from a department"),
}
_NOTHING = N_("No dossier can be handed over here.")
_HOLDS_NONE = N_("This body holds no dossier of this desk.")
_NO_BODY = N_("First name the department.")

_FIRST_COLUMNS = (Column("", 3), Column(N_("Code"), 12), Column(N_("Owner")))
_COLUMNS = {
    True: (*_FIRST_COLUMNS, Column(N_("Procedure")), Column(N_("Due"), 12)),
    False: (*_FIRST_COLUMNS, Column(N_("Result")), Column(N_("Result number"), 14)),
}


class HandoverScreen(Listing):
    """The body, the dossiers, who carries them, and what Enter does; F4 turns to the other direction."""

    SAID = N_("Hand-over with a department")
    FIRST = "#unit"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "choices", N_("Other direction"))]
    DEFAULT_CSS = """
    HandoverScreen > #body {
        padding: 0 1;
        & > #title { width: 1fr; text-style: bold; }
        & > #dossiers { height: 1fr; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._gives = True
        self._lines: tuple[DossierLine, ...] = ()
        self._ticked: set[str] = set()

    def body(self) -> ComposeResult:
        """Yield the direction, the body, the dossiers, who carries them, and the last line."""
        yield Said(id="title")
        context = self._seat.services.context
        yield BodyField(
            lambda: context.reference.now().units.values(),
            lambda: office_day(context.clock()),
            label=N_("Department"),
            help=N_("Who takes the dossiers, or gives the results back. Arrows choose, Enter takes."),
            id="department",
        )
        yield Rows(
            _COLUMNS[True],
            id="dossiers",
            empty=_NOTHING,
            help=N_("A digit or Space ticks a dossier, A all of them; a scan of its slip ticks it too."),
        )
        yield NamedResults(self._seat.services.handing_over.result_of, self._tail, id="results")
        person = DeskInput(id="person", limit=120, help=N_("Who carries them and signs the list; may stay empty."))
        yield FieldRow(N_("Carried by"), person)
        yield Review(id="review")

    async def arrive(self, errand: object) -> None:
        """Begin with what goes to a department."""
        self._gives = True
        await self._begin()

    async def leave(self) -> None:
        """Show nobody's name to the next citizen."""
        self._lines = ()
        self._results.clear()
        self._paint()

    async def action_choices(self) -> None:
        """F4: the other direction, with nothing ticked."""
        self._gives = not self._gives
        await self._begin()

    async def chosen(self, rows: Rows, index: int) -> None:
        """Tick a dossier or take its tick away."""
        if rows.id == "dossiers":
            self._ticked ^= {self._lines[index].id}
            self._results.end()
            self._paint(index)

    async def entered(self, field: Widget | None) -> None:
        """Take the body, name what comes back, go on, or save on the last line."""
        if isinstance(field, Review):
            await self._save()
        elif self._body.steered(field) is not None:
            await self._take_body()
        elif field is self._rows:
            asked = None if self._gives else self._results.ask(self._chosen)
            await self._ask_for(asked)
        elif field is self._results.number:
            self._results.keep()
            await self._ask_for(self._results.next())
        else:
            await super().entered(field)

    async def on_key(self, event: events.Key) -> None:
        """Space ticks like a digit, A ticks all or none."""
        at = self._rows.cursor
        if self.focused is not self._rows or at is None or at >= len(self._lines):
            return
        if event.key == "space":
            event.stop()
            await self.chosen(self._rows, at)
        elif (event.character or "").casefold() == "a":
            event.stop()
            everything = {line.id for line in self._lines}
            self._ticked = set() if self._ticked >= everything else everything
            self._paint(at)

    async def on_scan(self, scan: Scan) -> None:
        """Tick the dossier of a scanned slip; other scans lead where they always do."""
        if not isinstance(scan, SlipScan | ShortScan):
            await super().on_scan(scan)
            return
        dossier = await asyncio.to_thread(self._dossier_of, scan.digits)
        at = next((at for at, line in enumerate(self._lines) if line.id == dossier), None)
        if at is None:
            self.tell(N_("The dossier of this slip does not stand in this list."))
        else:
            self._ticked.add(self._lines[at].id)
            self._paint(at)

    async def _ask_for(self, line: DossierLine | None) -> None:
        """Ask for the result of `line`; None: all were asked for, the cursor goes on."""
        if line is None:
            self._paint(self._rows.cursor or 0)
            self.set_focus(self.query_one("#person", DeskInput))
        else:
            self._paint(self._lines.index(line))
            self.set_focus(self._results.number)

    def steered(self) -> Rows | None:
        """Arrows move the found bodies while one is looked for."""
        return self._body.steered(self.focused)

    def retell(self) -> None:
        """Say everything in the other language."""
        self._results.retell()
        self._paint(self._rows.cursor or 0)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#dossiers", Rows)

    @property
    def _results(self) -> NamedResults:
        return self.query_one(NamedResults)

    @property
    def _body(self) -> BodyField:
        return self.query_one(BodyField)

    @property
    def _chosen(self) -> list[DossierLine]:
        return [line for line in self._lines if line.id in self._ticked]

    def _dossier_of(self, digits: str) -> str | None:
        services = self._seat.services
        tracking = services.papers.verify(digits).tracking
        return None if tracking is None else services.lookup.by_tracking(tracking)

    async def _begin(self) -> None:
        self._body.clear()
        self.query_one("#person", DeskInput).clear()
        self._ticked.clear()
        self._results.clear()
        await self._read()
        self.set_focus(self._body.field)

    async def _read(self) -> None:
        handing_over, unit = self._seat.services.handing_over, self._body.unit
        if self._gives:
            self._lines = await asyncio.to_thread(handing_over.may_be_given)
        else:
            self._lines = await asyncio.to_thread(handing_over.held_by, unit) if unit else ()
        self._paint(self._rows.cursor or 0)

    async def _take_body(self) -> None:
        """Take the body under the cursor, and show what lies there where results come back."""
        if not self._body.take() or not self._body.unit:
            self.tell(N_("No body of this name is in force; type less of it."))
            return
        await self._read()
        self.set_focus(self._rows)

    async def _save(self) -> None:
        unit, chosen, gives = self._body.unit, self._chosen, self._gives
        if not unit:
            self.tell(_NO_BODY)
            self.set_focus(self._body.field)
            return
        person = self.query_one("#person", DeskInput).value.strip()
        done = await asyncio.to_thread(self._hand, chosen, unit, person)
        name = self._seat.services.context.reference.unit_name(unit)
        await self._begin()
        self.tell_done(_saved(gives, len(done.dossiers)), n=len(done.dossiers), unit=name)
        lists, officer = self._seat.services.papers.lists, self._seat.officer
        try:
            made = await asyncio.to_thread(lists.of_event, done.event, done.paper, officer)
        except PrintTrouble as trouble:  # the act is saved, and its list stays owed
            self.say_beside(trouble)
        else:
            self._seat.press.send(self.desk, made.job)

    def _hand(self, lines: Sequence[DossierLine], unit: str, person: str) -> HandedOver:
        handing_over, officer = self._seat.services.handing_over, self._seat.officer
        dossiers = [line.id for line in lines]
        if self._gives:
            return handing_over.give(dossiers, unit, officer, receiver=person)
        from desk.cases.handing_over import Result

        results = [Result(*self._results.of(line)) for line in lines]
        return handing_over.take_back(dossiers, unit, officer, giver=person, results=results)

    def _paint(self, cursor: int = 0) -> None:
        self.query_one("#title", Said).tell(_TITLES[self._gives])
        self._rows.columns = _COLUMNS[self._gives]
        self._rows.empty = _NOTHING if self._gives else _HOLDS_NONE if self._body.unit else _NO_BODY
        self._rows.show([self._cells(line) for line in self._lines], self._tone, cursor=cursor)
        unit = self._body.unit
        name = self._seat.services.context.reference.unit_name(unit) if unit else "…"
        self.query_one("#review", Review).tell(_review(self._gives, len(self._chosen)), n=len(self._chosen), unit=name)

    def _cells(self, line: DossierLine) -> tuple[str, ...]:
        mark = "[x]" if line.id in self._ticked else "[ ]"
        if not self._gives:
            return mark, self._tail(line), line.owner, *self._results.of(line)
        due = phrases.short_moment(line.due_at, self._seat.services.context.clock()) if line.due_at is not None else ""
        return mark, self._tail(line), line.owner, line.alias, due

    def _tail(self, line: DossierLine) -> str:
        return phrases.code_tail(line.code, self._seat.agency_code)

    def _tone(self, index: int) -> Tone:
        return phrases.tone(self._lines[index]) if index < len(self._lines) else ""


def _review(gives: bool, n: int) -> str:
    if gives:
        return counted(
            "{n} dossier to {unit} · Enter: hand it over and print the list",
            "{n} dossiers to {unit} · Enter: hand them over and print the list",
            n,
        )
    return counted(
        "{n} result from {unit} · Enter: take it and print the list",
        "{n} results from {unit} · Enter: take them and print the list",
        n,
    )


def _saved(gives: bool, n: int) -> str:
    if gives:
        return counted(
            "{n} dossier was handed over to {unit}; the list is being printed.",
            "{n} dossiers were handed over to {unit}; the list is being printed.",
            n,
        )
    return counted(
        "{n} result came back from {unit}; the list is being printed.",
        "{n} results came back from {unit}; the list is being printed.",
        n,
    )
