"""The printers of this desk: which device, which paper, and a test page with the device's answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from desk.errors.base import DeskError
from desk.words import N_, _, told
from screens import phrases
from screens.base import DeskScreen
from screens.devices import wording
from screens.devices.address import Address, AddressAsked
from screens.dialogs.choose import Choice, Choose
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:
    from screens.seat import Seat

_SIZES = ("A5", "A4")
_ROLLS = ("80", "58")
_WAYS = tuple(wording.WAYS)


class PrintersScreen(DeskScreen):
    """Six lines by their digits: four that choose, two that print a test page, one that leads to the scanner."""

    SAID = N_("Printers")
    FIRST = "#lines"
    DEFAULT_CSS = """
    PrintersScreen > #body {
        padding: 1 1 0 1;
        & > #lines { height: 8; margin-bottom: 1; }
        & > Said { width: 1fr; padding: 0 1; }
        & > #note { height: 2; }
        & > #answer { height: auto; max-height: 7; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._devices = seat.services.devices
        self._deeds = (
            self._choose_printer,
            self._choose_size,
            self._choose_receipt_printer,
            self._choose_roll,
            self._try_printer,
            self._try_receipt_printer,
            self._to_scanner,
        )

    def body(self) -> ComposeResult:
        """Yield the lines and what the device answered."""
        yield Rows(
            [Column(N_("What"), 30), Column(N_("Now"))],
            id="lines",
            help=N_("A digit changes its line or prints the test page. What is chosen is kept and holds at once."),
        )
        yield Said(id="note")
        yield Said(id="answer")

    async def arrive(self, errand: object) -> None:
        """Show what is in force."""
        self._paint()

    async def returned(self) -> None:
        """Show it again."""
        self._paint()

    async def leave(self) -> None:
        """Forget the answer: it is old when somebody comes back."""
        self.query_one("#answer", Said).tell("")

    async def chosen(self, rows: Rows, index: int) -> None:
        """Do what the line says."""
        await self._deeds[index]()

    def retell(self) -> None:
        """Say everything in the other language."""
        self._paint()

    def _paint(self) -> None:
        settings, lines = self._devices.settings, self.query_one("#lines", Rows)
        roll = _("{n} mm wide").format(n=settings.receipt_paper)
        rows = [
            (_("Papers go to"), phrases.main_printer(settings)),
            (_("Size of paper"), settings.paper_size),
            (_("Slips on a receipt printer"), wording.receipt_printer(settings)),
            (_("Roll of the receipt printer"), roll if settings.receipt_printer else "–"),
            (_("Test page on the printer"), self._seat.services.papers.printer.name),
            (_("Test page on the roll"), self._receipt_name()),
            (_("Test the scanner"), ""),
        ]
        lines.show(rows, cursor=lines.cursor or 0)
        practice = N_("In practice every paper goes to the practice printer; what is chosen here is only kept.")
        note = N_("What is chosen here is kept in the settings of this desk; the next paper uses it.")
        self.query_one("#note", Said).tell(practice if self._seat.services.context.practice else note)

    def _receipt_name(self) -> str:
        printer = self._seat.services.papers.receipt_printer
        return printer.name if printer is not None else "–"

    async def _choose_printer(self) -> None:
        queues = await asyncio.to_thread(self._devices.queues)
        lines = [
            _("The standard printer of the system"),
            _("No printer: each paper is opened on the screen"),
            _("A folder: each paper is put into it as a file"),
            _("A print queue whose name is typed"),
            *(_("The print queue {queue}").format(queue=queue) for queue in queues),
        ]
        at = await self._one_of(N_("Where do papers go?"), lines)
        now = self._devices.settings.printer
        if at in (0, 1):
            await self._keep(printer=("", "none")[at])
        elif at == 2:
            typed = await self._typed(lines[2], "folder", now.removeprefix("folder:") if now != "none" else "")
            await self._keep(printer=typed and f"folder:{typed}")
        elif at == 3:
            await self._keep(printer=await self._typed(lines[3], "queue", ""))
        elif at is not None:
            await self._keep(printer=queues[at - 4])

    async def _choose_size(self) -> None:
        at = await self._one_of(N_("Which size of paper lies in the printer?"), _SIZES)
        if at is not None:
            await self._keep(paper_size=_SIZES[at])

    async def _choose_receipt_printer(self) -> None:
        at = await self._one_of(N_("How is the receipt printer reached?"), [_(said) for said in wording.WAYS.values()])
        if at is None:
            return
        way, now = _WAYS[at], self._devices.settings.receipt_printer
        if not way:
            await self._keep(receipt_printer="")
            return
        typed = await self._typed(_(wording.WAYS[way]), way, now.partition(":")[2] if now.startswith(way) else "")
        await self._keep(receipt_printer=typed and f"{way}:{typed}")

    async def _choose_roll(self) -> None:
        at = await self._one_of(N_("How wide is the roll?"), [_("{n} mm wide").format(n=roll) for roll in _ROLLS])
        if at is not None:
            await self._keep(receipt_paper=_ROLLS[at])

    async def _try_printer(self) -> None:
        self._begin_test(receipt=False)

    async def _try_receipt_printer(self) -> None:
        if self._seat.services.papers.receipt_printer is None:
            self.tell(N_("There is no receipt printer: line 3 chooses one."))
        else:
            self._begin_test(receipt=True)

    async def _to_scanner(self) -> None:
        await self.go("scanner")

    async def _one_of(self, question: str, lines: list[str] | tuple[str, ...]) -> int | None:
        return await self.ask(Choose, Choice(question, (Column(""),), [(line,) for line in lines]))

    async def _typed(self, title: str, hint: str, now: str) -> str | None:
        return await self.ask(Address, AddressAsked(title, wording.HINTS[hint], now))

    async def _keep(self, **values: str | None) -> None:
        """Keep what was chosen, None leaves it as it was; it is in force when this returns."""
        kept = {name: value for name, value in values.items() if value is not None}
        if not kept:
            return
        try:
            await asyncio.to_thread(self._devices.choose, **kept)
        except DeskError as error:
            self.say(error)
        else:
            self.query_one("#answer", Said).tell("")
            self.tell_done(N_("Kept: the next paper is printed so. Now print a test page."))
        self._paint()

    def _begin_test(self, *, receipt: bool) -> None:
        """Print the test page beside the keys: a dead printer takes its time and holds nobody up."""
        self.query_one("#answer", Said).tell(N_("The test page is on its way to the printer …"))
        self.read(self._test(receipt=receipt), "test page")

    async def _test(self, *, receipt: bool) -> None:
        try:
            line = await asyncio.to_thread(self._devices.try_printer, self._seat.officer, receipt=receipt)
        except DeskError as error:
            said = told(error).sentence()
        else:
            said = wording.answer(line)
        self.query_one("#answer", Said).tell(N_("{words}"), words=said)
