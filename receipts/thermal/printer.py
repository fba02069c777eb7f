"""A receipt printer behind the printers' one interface: asked before and after, never longer than a time-out.

Bytes that were written are not paper that came out. Where the printer says afterwards that it stopped, or the
way broke after the first byte, nobody knows how much of the paper is out, and the officer is asked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from desk.errors.base import PrintTrouble
from desk.errors.causes import cause_of
from desk.errors.printing import (
    PaperFileMissing,
    PrinterNotReady,
    PrinterOutOfPaper,
    PrinterRefused,
    PrinterSilent,
    PrinterStopped,
)
from desk.words import N_, _
from receipts.printing import Failed, Handed, Outcome, Unknown
from receipts.thermal.escpos import QUERIES, DeviceState, device_state
from receipts.thermal.lines import Line, Way
from receipts.thermal.picture import PaperWidth

TIMEOUT_S = 15.0
"""Eight seconds for a long paper are normal (receipts, 4)."""
_ANSWER_S = 0.5
"""A printer that answers does so at once; one that does not is not waited for."""
SUFFIX = ".escpos"

_WHY = (
    ("cover_open", N_("the cover is open")),
    ("error", N_("it reports an error")),
    ("is_offline", N_("it is offline")),
)


@dataclass(frozen=True, slots=True)
class ThermalPrinter:
    """A receipt printer reached by a line of bytes."""

    way: Way
    width_mm: PaperWidth = 80
    timeout_s: float = TIMEOUT_S

    @property
    def name(self) -> str:
        """How the officer knows it."""
        return self.way.name

    @property
    def takes(self) -> str:
        """The suffix of the files it prints."""
        return SUFFIX

    def hand(self, job_id: str, paper: Path) -> Outcome:
        """Send the file's bytes, once the printer is ready as far as it can say."""
        try:
            content = paper.read_bytes()
        except OSError:
            return Failed(PaperFileMissing(where=str(paper)))
        sending = _Sending(self.name, self.timeout_s)
        try:
            with self.way.opened(sending.until) as line:
                trouble = sending.asked_before(line)
                if trouble is not None:
                    return Failed(trouble)
                sending.began = True
                line.write(content, sending.until)
                return sending.asked_after(line)
        except TimeoutError:
            silent = PrinterSilent(printer=self.name, seconds=round(self.timeout_s))
            return (
                Unknown(silent) if sending.began else Failed(PrinterRefused(printer=self.name, said_by_it=_no_answer()))
            )
        except OSError as error:
            said = cause_of(error)
            if sending.began:
                return Unknown(PrinterStopped(printer=self.name, said_by_it=said))
            return Failed(PrinterRefused(printer=self.name, said_by_it=said))


def _no_answer() -> str:
    return _("no answer")


class _Sending:
    """One paper on its way to a printer."""

    def __init__(self, name: str, timeout_s: float) -> None:
        self.name = name
        self.until = time.monotonic() + timeout_s
        self.began = False
        self._answers = False

    def asked_before(self, line: Line) -> PrintTrouble | None:
        """Return what keeps the printer from printing, None for nothing or where it does not answer."""
        state = self._state(line)
        self._answers = state is not None
        if state is None or state.is_ready:
            return None
        if state.paper_out:
            return PrinterOutOfPaper(printer=self.name)
        return PrinterNotReady(printer=self.name, said_by_it=_said(state))

    def asked_after(self, line: Line) -> Outcome:
        """Return how it went: a printer that answered before must say that it is still well."""
        if not self._answers:
            return Handed()
        state = self._state(line, self.until)
        if state is None:
            return Unknown(PrinterStopped(printer=self.name, said_by_it=_no_answer()))
        if not state.is_ready:
            return Unknown(PrinterStopped(printer=self.name, said_by_it=_said(state)))
        return Handed(_("ready, the paper is nearly used up") if state.paper_low else _("ready"))

    def _state(self, line: Line, until: float | None = None) -> DeviceState | None:
        """Ask; what is not an answer of such a printer counts as none."""
        for query in QUERIES:
            line.write(query, self.until)
        patience = time.monotonic() + _ANSWER_S if until is None else until
        return device_state(line.read(len(QUERIES), min(patience, self.until)))


def _said(state: DeviceState) -> str:
    if state.paper_out:
        return _("no paper")
    return next(_(said) for name, said in _WHY if getattr(state, name))
