"""The ranges of receipt numbers of this desk: what is left of each, and a new one typed in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from desk.clock import office_day
from desk.errors.base import DeskError
from desk.rules.people.checks import day_of
from desk.rules.receipt_numbers import range_of
from desk.words import N_
from screens import phrases
from screens.listing import Listing
from screens.ranges.entering import EnterRange, TypedRange
from screens.widgets.rows import Column, Rows, Tone
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.fees import GivenRange
    from screens.seat import Seat

_FEW = 20
"""So many numbers left are said in another colour: a new block takes the finance officer some days."""


class RangesScreen(Listing):
    """A list, the newest below; N or Enter types a new range in."""

    SAID = N_("Receipt numbers")
    FIRST = "#ranges"
    DEFAULT_CSS = """
    RangesScreen > #body {
        padding: 1 1 0 1;
        & > #hint { width: 1fr; color: $text-muted; padding-left: 1; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._ranges: tuple[GivenRange, ...] = ()

    def body(self) -> ComposeResult:
        """Yield the list and its keys."""
        yield Rows(
            [
                Column(N_("Form"), 11),
                Column(N_("Series"), 8),
                Column(N_("Numbers"), 16),
                Column(N_("Unused"), 6, right=True),
                Column(N_("Given by")),
                Column(N_("Given on"), 10),
            ],
            numbered=False,
            empty=N_("No range yet: each receipt's number has to be typed."),
            id="ranges",
            help=N_("The blocks of receipts of this desk; each new receipt takes the next number of the first one."),
        )
        yield Said(N_("N or Enter: enter a range     Esc: back"), id="hint")

    async def entered(self, field: Widget | None) -> None:
        """Enter: type a range in."""
        await self._enter()

    async def on_key(self, event: events.Key) -> None:
        """N: type a range in."""
        if (event.character or "").casefold() == "n":
            event.stop()
            await self._enter()

    async def _read(self) -> None:
        self._ranges = await asyncio.to_thread(self._seat.services.fees.ranges)
        rows = self.query_one("#ranges", Rows)
        rows.show([_row(one) for one in self._ranges], self._tone, cursor=max(0, len(self._ranges) - 1))

    def _tone(self, index: int) -> Tone:
        left = _left(self._ranges[index])
        return "quiet" if left == 0 else "soon" if left <= _FEW else ""

    async def _enter(self) -> None:
        """Ask for a range until it is kept or the officer has enough."""
        asked = TypedRange()
        while (typed := await self.ask(EnterRange, asked)) is not None:
            try:
                await asyncio.to_thread(self._keep, typed)
            except DeskError as error:
                asked = typed._replace(wrong=error)
                continue
            await self._read()
            self.tell_done(N_("Kept: series {series}, {first} to {last}."), **typed._asdict())
            return

    def _keep(self, typed: TypedRange) -> None:
        services = self._seat.services
        day = day_of(typed.given_on) if typed.given_on else office_day(services.context.clock())
        numbers = range_of(typed.form, typed.series, typed.first, typed.last)
        services.fees.give_range(numbers, typed.given_by, day, self._seat.officer)


def _left(given: GivenRange) -> int:
    return given.numbers.last - given.numbers.first + 1 - given.used


def _row(given: GivenRange) -> tuple[str, ...]:
    numbers = given.numbers
    block = f"{numbers.written(numbers.first)}–{numbers.written(numbers.last)}"
    return numbers.form, numbers.series, block, str(_left(given)), given.given_by, phrases.day(given.given_on)
