"""The practice menu (Ctrl+G p): plays scans, cuts and mends the link, breaks the printer, moves the clock, resets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_, _
from screens.dialogs.confirm import Confirm, Question
from screens.dialogs.dialog import Dialog
from screens.widgets.rows import Column, Rows
from screens.workplace import Everywhere

if TYPE_CHECKING:
    from desk.cases.practising import Practice
    from screens.app import DeskApp
    from screens.seat import Seat

RESET = 75
"""What the App returns when practice is to begin anew; whoever started it brings the template back."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the menu: what it says (a message id and a fact) and what it does."""

    said: str
    run: Callable[[], Awaitable[None]]
    fact: str = ""


class PracticeMenu(Dialog[Sequence[Choice], Choice]):
    """Answers with the chosen line; a digit chooses at once."""

    DEFAULT_CSS = "PracticeMenu Rows { height: 12; }"

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Rows([Column(N_("Practice: what shall happen?"))], id="choices")

    async def asked(self, question: Sequence[Choice]) -> None:
        """Show the lines."""
        self._choices = question
        self._rows.show([(_(choice.said).format(fact=choice.fact),) for choice in question])

    @property
    def _rows(self) -> Rows:
        return self.query_one("#choices", Rows)

    async def entered(self, field: Widget | None) -> None:
        """Choose the line under the cursor."""
        index = self._rows.cursor
        if index is not None:
            await self.reply(self._choices[index])

    @on(Rows.Chosen)
    async def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        await self.reply(self._choices[event.index])


def practice_act(practice: Callable[[Seat], Practice]) -> Everywhere[Seat]:
    """Return the act that opens the practice menu from every screen."""

    async def act(app: DeskApp[Seat], seat: Seat) -> None:
        choice = await app.rooms.ask(PracticeMenu, _choices(app, seat, practice(seat)))
        if choice is not None:
            await choice.run()

    return Everywhere(N_("Practice menu"), act, letter="p")


def _choices(app: DeskApp[Seat], seat: Seat, practice: Practice) -> list[Choice]:
    def told(do: Callable[[], None], message: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await asyncio.to_thread(do)
            app.show_facts(seat.header_facts())
            app.top.tell(message)

        return run

    async def scan_slip() -> None:
        digits = await asyncio.to_thread(practice.slip_digits)
        if digits:
            app.keys.put_paste(digits, app.monotonic())
        else:
            app.top.tell(N_("No result waits to be collected."))

    async def reset() -> None:
        if await app.rooms.ask(Confirm, Question(N_("Begin practice anew? Everything done in it is gone."))):
            app.exit(RESET)

    def scan_card(card: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            app.keys.put_paste(card, app.monotonic())

        return run

    cards = [
        Choice(N_("Scan the identity card of {fact}"), scan_card(one.card), one.name) for one in practice.visitors()
    ]
    link = (
        Choice(N_("Cut the link to the center"), told(lambda: practice.link("cut"), N_("The link is cut.")))
        if practice.link_fault() == "up"
        else Choice(N_("Mend the link to the center"), told(lambda: practice.link("up"), N_("The link is mended.")))
    )
    printers = (
        [
            Choice(
                N_("Take the paper out of the printer"),
                told(lambda: practice.printer("paper"), N_("The printer has no paper.")),
            ),
            Choice(N_("Break the printer"), told(lambda: practice.printer("dead"), N_("The printer does not answer."))),
        ]
        if practice.printer_fault() == "ok"
        else [Choice(N_("Mend the printer"), told(lambda: practice.printer("ok"), N_("The printer prints again.")))]
    )
    return [
        *cards,
        Choice(N_("Scan the slip of a result that waits"), scan_slip),
        link,
        *printers,
        Choice(N_("Go on to the next day"), told(lambda: practice.days_ahead(1), N_("The clock is a day ahead."))),
        Choice(N_("Begin practice anew"), reset),
    ]
