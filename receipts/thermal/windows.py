"""A receipt printer behind the Windows spooler: the paper's bytes as one raw document under the job's id.

Can be imported on every system; the spooler's functions (winspool.drv) are looked up when a paper is sent.
"""

from __future__ import annotations

import ctypes
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from desk.errors.printing import PaperFileMissing, PrinterRefused, PrinterSilent, PrinterStopped
from receipts.printing import Failed, Handed, Outcome, Unknown
from receipts.thermal.picture import PaperWidth
from receipts.thermal.printer import SUFFIX, TIMEOUT_S

_RAW: Final = "RAW"


class Spooler(Protocol):
    """The spooler's functions for raw documents; each raises OSError where the system refuses."""

    def open(self, printer: str) -> int:
        """Return a handle of the printer's queue."""
        ...

    def begin(self, handle: int, title: str) -> None:
        """Begin a raw document."""
        ...

    def write(self, handle: int, data: bytes) -> int:
        """Write to the document; returns how many bytes were taken."""
        ...

    def end(self, handle: int) -> None:
        """End the document: from here on the spooler prints it."""
        ...

    def abort(self, handle: int) -> None:
        """Throw the document away."""
        ...

    def close(self, handle: int) -> None:
        """Give the handle back."""
        ...


class WinSpool:
    """The functions of winspool.drv."""

    def __init__(self) -> None:
        loader = getattr(ctypes, "WinDLL", None)
        if loader is None:
            raise OSError(0, "no spooler on this system")
        self._drv: Any = loader("winspool.drv", use_last_error=True)

    def open(self, printer: str) -> int:
        """OpenPrinterW."""
        handle = ctypes.c_void_p()
        self._done(self._drv.OpenPrinterW(ctypes.c_wchar_p(printer), ctypes.byref(handle), None))
        return int(handle.value or 0)

    def begin(self, handle: int, title: str) -> None:
        """StartDocPrinterW with DOC_INFO_1, then StartPagePrinter."""
        about = _DocInfo(title, None, _RAW)
        self._done(self._drv.StartDocPrinterW(ctypes.c_void_p(handle), 1, ctypes.byref(about)))
        self._done(self._drv.StartPagePrinter(ctypes.c_void_p(handle)))

    def write(self, handle: int, data: bytes) -> int:
        """WritePrinter."""
        taken = ctypes.c_ulong()
        self._done(self._drv.WritePrinter(ctypes.c_void_p(handle), data, len(data), ctypes.byref(taken)))
        return int(taken.value)

    def end(self, handle: int) -> None:
        """EndPagePrinter and EndDocPrinter."""
        self._done(self._drv.EndPagePrinter(ctypes.c_void_p(handle)))
        self._done(self._drv.EndDocPrinter(ctypes.c_void_p(handle)))

    def abort(self, handle: int) -> None:
        """AbortPrinter."""
        self._drv.AbortPrinter(ctypes.c_void_p(handle))

    def close(self, handle: int) -> None:
        """ClosePrinter."""
        self._drv.ClosePrinter(ctypes.c_void_p(handle))

    def _done(self, result: int) -> None:
        if not result:
            code = getattr(ctypes, "get_last_error", lambda: 0)()
            raise OSError(code, getattr(ctypes, "FormatError", str)(code))


class _DocInfo(ctypes.Structure):
    """DOC_INFO_1W."""

    _fields_ = (
        ("pDocName", ctypes.c_wchar_p),
        ("pOutputFile", ctypes.c_wchar_p),
        ("pDatatype", ctypes.c_wchar_p),
    )


@dataclass(frozen=True, slots=True)
class SpoolerPrinter:
    """A printer of Windows by its name; it cannot be asked, its queue prints when it can."""

    queue: str
    width_mm: PaperWidth = 80
    timeout_s: float = TIMEOUT_S
    spooler: Spooler | None = None
    """None: the system's own, looked up when a paper is sent."""

    @property
    def name(self) -> str:
        """The queue's name."""
        return self.queue

    @property
    def takes(self) -> str:
        """The suffix of the files it prints."""
        return SUFFIX

    def hand(self, job_id: str, paper: Path) -> Outcome:
        """Give the file's bytes to the queue; a spooler that hangs is left behind after the time-out."""
        try:
            content = paper.read_bytes()
        except OSError:
            return Failed(PaperFileMissing(where=str(paper)))
        giving = _Giving(self, job_id, content)
        # The spooler's calls take no time-out, so they are waited for from beside.
        worker = threading.Thread(target=giving.run, name="spooler", daemon=True)
        worker.start()
        worker.join(self.timeout_s)
        if worker.is_alive():
            return Unknown(PrinterSilent(printer=self.name, seconds=round(self.timeout_s)))
        return giving.outcome


class _Giving:
    """One document on its way into the queue."""

    def __init__(self, printer: SpoolerPrinter, title: str, content: bytes) -> None:
        self._printer = printer
        self._title = title
        self._content = content
        self.outcome: Outcome = Unknown(PrinterSilent(printer=printer.name, seconds=round(printer.timeout_s)))

    def run(self) -> None:
        """Give the document; how it went is in `outcome`."""
        is_ending = False
        try:
            spooler = self._printer.spooler or WinSpool()
            handle = spooler.open(self._printer.queue)
            try:
                self._begun(spooler, handle)
                is_ending = True
                spooler.end(handle)
            finally:
                spooler.close(handle)
        except OSError as error:
            said = error.strerror or os.strerror(error.errno or 0)
            facts = {"printer": self._printer.name, "said_by_it": said}
            # Before its end a document is thrown away; from there on nobody knows.
            self.outcome = Unknown(PrinterStopped(**facts)) if is_ending else Failed(PrinterRefused(**facts))
        else:
            self.outcome = Handed()

    def _begun(self, spooler: Spooler, handle: int) -> None:
        """Write the document into the queue whole, or throw it away."""
        spooler.begin(handle, self._title)
        view = memoryview(self._content)
        try:
            while view:
                taken = spooler.write(handle, bytes(view))
                if taken <= 0:
                    raise OSError(0, "nothing taken")
                view = view[taken:]
        except OSError:
            spooler.abort(handle)
            raise
