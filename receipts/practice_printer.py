"""A printer for practice: a folder that can be told to be out of paper, dead or silent."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desk.errors.printing import PrinterOutOfPaper, PrinterRefused, PrinterSilent
from desk.words import _
from receipts.printing import Failed, FolderPrinter, Outcome, Unknown

PrinterFault = Literal["ok", "paper", "dead", "hanging"]
"""What the practice menu can do to the printer."""


@dataclass(frozen=True, slots=True)
class PracticePrinter:
    """Prints into `folder` as long as `fault` answers "ok"; it is asked at each paper."""

    folder: Path
    fault: Callable[[], PrinterFault] = lambda: "ok"
    timeout_s: float = 2.0

    @property
    def name(self) -> str:
        """Its name in the officer's language."""
        return _("the practice printer")

    def hand(self, job_id: str, pdf: Path) -> Outcome:
        """Print, or fail the way the fault says; a hanging printer takes the whole time-out."""
        match self.fault():
            case "paper":
                return Failed(PrinterOutOfPaper(printer=self.name))
            case "dead":
                return Failed(PrinterRefused(printer=self.name, said_by_it=_("no connection")))
            case "hanging":
                threading.Event().wait(self.timeout_s)
                return Unknown(PrinterSilent(printer=self.name, seconds=round(self.timeout_s)))
            case "ok":
                return FolderPrinter(self.folder).hand(job_id, pdf)
