"""Where a receipt printer is, as the settings write it: `tcp:HOST[:PORT]`, `device:`, `file:`, `cups:`, `windows:`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from receipts.printing import LpPrinter, Outcome, Printer
from receipts.thermal.lines import PORT, DeviceWay, FileWay, NetworkWay
from receipts.thermal.picture import PaperWidth
from receipts.thermal.printer import SUFFIX, ThermalPrinter
from receipts.thermal.windows import SpoolerPrinter

WAYS = ("tcp", "device", "file", "cups", "windows")


class ReceiptPrinter(Printer, Protocol):
    """A printer that takes papers as ESC/POS bytes."""

    @property
    def width_mm(self) -> PaperWidth:
        """How wide its roll is."""
        ...

    @property
    def takes(self) -> str:
        """The suffix of the files it prints."""
        ...


@dataclass(frozen=True, slots=True)
class RawQueue:
    """A receipt printer behind the system's print service, which passes the bytes on as they are."""

    queue: str
    width_mm: PaperWidth = 80

    @property
    def name(self) -> str:
        """The queue's name."""
        return self.queue

    @property
    def takes(self) -> str:
        """The suffix of the files it prints."""
        return SUFFIX

    def hand(self, job_id: str, paper: Path) -> Outcome:
        """Hand the file's bytes to the queue."""
        return self._lp.hand(job_id, paper)

    def has(self, job_id: str) -> bool | None:
        """Tell whether the print service knows the job by its title."""
        return self._lp.has(job_id)

    @property
    def _lp(self) -> LpPrinter:
        return LpPrinter(self.queue, raw=True)


def receipt_printer(address: str, width_mm: PaperWidth = 80) -> ReceiptPrinter:
    """Return the printer at `address`; raises ValueError for an address that is none.

    >>> receipt_printer("tcp:192.168.1.50").name
    '192.168.1.50'
    """
    way, _, where = address.partition(":")
    if not where:
        raise ValueError(address)
    match way:
        case "tcp":
            return ThermalPrinter(_network(where), width_mm)
        case "device":
            return ThermalPrinter(DeviceWay(Path(where)), width_mm)
        case "file":
            return ThermalPrinter(FileWay(Path(where)), width_mm)
        case "cups":
            return RawQueue(where, width_mm)
        case "windows":
            return SpoolerPrinter(where, width_mm)
        case _:
            raise ValueError(address)


def _network(where: str) -> NetworkWay:
    if where.startswith("["):
        host, found, port = where[1:].partition("]")
        port = port.removeprefix(":")
    else:
        host, found, port = where.partition(":")
    number = int(port) if port else PORT
    if not host or not 0 < number < 1 << 16 or (where.startswith("[") and not found):
        raise ValueError(where)
    host.encode("idna")  # a name that no network can have raises UnicodeError, which is a ValueError
    return NetworkWay(host, number)
