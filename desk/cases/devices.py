"""A desk's printers, scanner and terminal: chosen on the screens, kept in the settings, in force at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from desk.cases.context import Context, Officer
from desk.cases.papers import Papers
from desk.cases.print_queue import JobLine
from desk.errors.printing import PrinterAddressWrong
from desk.rules.reading_test import TEST_TEXT, Ended
from desk.settings import Settings
from desk.text import clean_line
from receipts.printing import Printer
from receipts.reach import print_queues
from receipts.screen_code import Cell, cells_of
from receipts.thermal.address import ReceiptPrinter, receipt_printer


class Connected(NamedTuple):
    """Settings, and the printers that they name."""

    settings: Settings
    printer: Printer
    receipt_printer: ReceiptPrinter | None


@dataclass(frozen=True, slots=True)
class Devices:
    """Chooses and tries them."""

    context: Context
    papers: Papers
    keep: Callable[[Mapping[str, str]], Connected]

    @property
    def settings(self) -> Settings:
        """What is in force now."""
        return self.context.settings

    def choose(self, **values: str) -> None:
        """Keep other printers or paper in the settings of the home; the next paper uses them.

        values: settings of the section `[paper]`. Raises PrinterAddressWrong, SettingsWrong, with nothing changed,
        and what closes the home for writing.
        """
        address = values.get("receipt_printer", "")
        try:
            if address:
                receipt_printer(address)
        except ValueError as error:
            raise PrinterAddressWrong(typed=clean_line(address.partition(":")[2])[:40]) from error
        found = self._kept(values)
        self.papers.reconnect(found.printer, found.receipt_printer)

    def learn_suffix(self, ended: Ended) -> None:
        """Keep what the scanner sends after a text; raises as `choose` does."""
        if ended != self.settings.scanner_suffix:
            self._kept({"scanner_suffix": ended})

    def choose_profile(self, name: str) -> None:
        """Keep how the terminal is drawn; raises as `choose` does."""
        if name != self.settings.profile:
            self._kept({"profile": name})

    def choose_language(self, language: str) -> None:
        """Keep the language of the screens; raises as `choose` does."""
        if language != self.settings.language:
            self._kept({"language": language})

    def choose_layout(self, *, large: bool) -> None:
        """Keep how lists are laid out; raises as `choose` does."""
        if large != (self.settings.layout == "large"):
            self._kept({"layout": "large" if large else "normal"})

    def queues(self) -> tuple[str, ...]:
        """Return the names of the system's print queues, none where there is no print service."""
        return print_queues()

    def try_printer(self, officer: Officer, *, receipt: bool = False) -> JobLine:
        """Make the test page, hand it to the printer and return how that went; takes as long as the printer does.

        Raises PaperNotDue without such a printer, PrintTrouble where the page cannot be made.
        """
        made = self.papers.lists.head_check(officer, receipt=receipt)
        return self.papers.send(made.job)

    def test_code(self, *, half_blocks: bool = True) -> list[list[Cell]]:
        """Return the code of the scanner's reading test as cells of a screen, [] where it cannot be made."""
        return cells_of(TEST_TEXT, console=not half_blocks)

    def _kept(self, values: Mapping[str, str]) -> Connected:
        if (refusal := self.context.log.refusal) is not None:
            raise refusal
        found = self.keep(values)
        self.context.settings = found.settings
        return found
