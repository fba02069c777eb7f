"""Handing a paper to a printer: `lp`, the system's viewer, or a folder; never longer than a time-out.

Handed means that the printer's queue took the bytes. Only an officer knows that paper came out, and what is
unknown is never tried again by itself: both belong to the print queue above this room.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from desk.errors.base import PrintTrouble
from desk.errors.causes import cause_of
from desk.errors.printing import NoPrinter, PaperFileMissing, PaperNotKept, PrinterRefused, PrinterSilent
from desk.text import clean_line
from desk.words import _
from receipts.keeping import keep_file

TIMEOUT_S = 20.0
"""`lp` answers within 0.1 s as a rule; a server that is slow to say no needs longer."""
_OPEN_S = 3.0
_SAID_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Handed:
    """The bytes were taken."""

    said: str = ""
    """What the printer's queue answered, in its own words."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was printed; `error` tells the officer why."""

    error: PrintTrouble


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether paper came out; it must be asked, never tried again."""

    error: PrintTrouble


Outcome = Handed | Failed | Unknown


class Printer(Protocol):
    """Takes papers, one attempt at a time."""

    @property
    def name(self) -> str:
        """How the officer knows it."""
        ...

    def hand(self, job_id: str, pdf: Path) -> Outcome:
        """Hand the file over and return how that went; never raises for a printer's trouble.

        job_id: the one id of the print job over all its attempts; the job's title at the printer.
        """
        ...


def suffix_of(printer: Printer) -> str:
    """Return the suffix of the files a printer takes: `.pdf` where it says nothing else."""
    return str(getattr(printer, "takes", ".pdf"))


@runtime_checkable
class Tracing(Protocol):
    """A printer whose own queue remembers jobs: after a crash it can say that a job had reached it."""

    def has(self, job_id: str) -> bool | None:
        """Tell whether its queue has or had the job; None where nobody knows."""
        ...


@dataclass(frozen=True, slots=True)
class LpPrinter:
    """A queue of the system's print service, reached by the command `lp`."""

    destination: str = ""
    """The queue's name; "" for the system's default."""
    media: str = ""
    """Size of paper to ask for ("A5", "A4"); "" leaves it to the file."""
    timeout_s: float = TIMEOUT_S
    command: str = "lp"
    raw: bool = False
    """Whether the file's bytes go to the printer as they are: a receipt printer behind the print service."""

    @property
    def name(self) -> str:
        """The queue's name; the default one has none of its own."""
        return self.destination or _("the printer")

    def hand(self, job_id: str, pdf: Path) -> Outcome:
        """Hand the file to the queue under the title `job_id`."""
        if not pdf.is_file():
            return Failed(PaperFileMissing(where=str(pdf)))
        options = [*(["-d", self.destination] if self.destination else [])]
        options += ["-o", f"media={self.media}"] if self.media else []
        options += ["-o", "raw"] if self.raw else []
        try:
            done = subprocess.run(
                [self.command, "-t", job_id, *options, "--", str(pdf)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self.timeout_s,
                env={**os.environ, "LC_ALL": "C"},  # its words are looked at below
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Unknown(PrinterSilent(printer=self.name, seconds=round(self.timeout_s)))
        except OSError as error:
            return Failed(PrinterRefused(printer=self.name, said_by_it=cause_of(error)))
        if done.returncode == 0:
            return Handed(_said(done.stdout))
        said = _said(done.stderr) or _said(done.stdout)
        if "default destination" in said.casefold():
            return Failed(NoPrinter(where=str(pdf)))
        return Failed(PrinterRefused(printer=self.name, said_by_it=said or str(done.returncode)))

    def has(self, job_id: str) -> bool | None:
        """Tell whether the print service knows the job by its title."""
        from receipts.cups import has_job  # http.client: only where a job was on its way at a crash

        return has_job(job_id)


def _said(answer: bytes) -> str:
    return clean_line(answer.decode("utf-8", "replace"))[:_SAID_LETTERS]


@dataclass(frozen=True, slots=True)
class FolderPrinter:
    """Puts papers into a folder under their job's id: for practice, and for a shared folder that prints."""

    folder: Path

    @property
    def name(self) -> str:
        """Its name in the officer's language."""
        return _("the folder for papers")

    def hand(self, job_id: str, pdf: Path) -> Outcome:
        """Write the paper into the folder; a second attempt of the same job changes nothing."""
        try:
            content = pdf.read_bytes()
        except OSError:
            return Failed(PaperFileMissing(where=str(pdf)))
        try:
            kept = keep_file(self.folder, f"{job_id}{pdf.suffix}", content)
        except PaperNotKept as error:
            return Failed(error)
        return Handed(str(kept))

    def has(self, job_id: str) -> bool:
        """Tell whether the job lies in the folder, whole."""
        return any(self.folder.glob(f"{job_id}.*"))


@dataclass(frozen=True, slots=True)
class Viewer:
    """Opens a paper with the system's own program, where the officer prints it."""

    command: Sequence[str] = ()
    """The program and its options before the file; () finds the system's way."""

    @property
    def name(self) -> str:
        """Its name in the officer's language."""
        return _("the viewer for papers")

    def hand(self, job_id: str, pdf: Path) -> Outcome:
        """Open the file; a viewer that goes on running counts as opened."""
        if not pdf.is_file():
            return Failed(PaperFileMissing(where=str(pdf)))
        if sys.platform == "win32" and not self.command:
            try:
                os.startfile(pdf)
            except OSError:
                return Failed(NoPrinter(where=str(pdf)))
            return Handed(str(pdf))
        command = self.command or _viewer_here()
        if not command:
            return Failed(NoPrinter(where=str(pdf)))
        return _opened([*command, str(pdf)], pdf)


def _viewer_here() -> Sequence[str]:
    """Return the command that opens files, () where there is no desktop: there it would seize the terminal."""
    if sys.platform == "darwin":
        return ("open",)
    desktop = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return ("xdg-open",) if desktop and shutil.which("xdg-open") else ()


def _opened(command: Sequence[str], pdf: Path) -> Outcome:
    try:
        viewer = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it outlives the desk, and the desk's Ctrl+C is not its own
        )
    except OSError:
        return Failed(NoPrinter(where=str(pdf)))
    try:
        status = viewer.wait(_OPEN_S)
    except subprocess.TimeoutExpired:
        viewer.returncode = 0  # it shows the paper; it is nobody's child to wait for
        return Handed(str(pdf))
    return Handed(str(pdf)) if status == 0 else Failed(NoPrinter(where=str(pdf)))


@dataclass(frozen=True, slots=True)
class SystemPrinter:
    """What this machine offers: a print queue, else the viewer."""

    destination: str = ""
    media: str = ""
    timeout_s: float = TIMEOUT_S

    @property
    def name(self) -> str:
        """The queue's name, or the viewer's where there is no `lp`."""
        return LpPrinter(self.destination).name if self.destination or shutil.which("lp") else Viewer().name

    def hand(self, job_id: str, pdf: Path) -> Outcome:
        """Hand the file to `lp`; without `lp` or without any queue, open it."""
        if self.destination or shutil.which("lp"):
            outcome = LpPrinter(self.destination, self.media, self.timeout_s).hand(job_id, pdf)
            if not (isinstance(outcome, Failed) and isinstance(outcome.error, NoPrinter)):
                return outcome
        return Viewer().hand(job_id, pdf)

    def has(self, job_id: str) -> bool | None:
        """Tell whether the print service knows the job; of a viewer nobody knows what it was told."""
        return LpPrinter(self.destination).has(job_id) if self.destination or shutil.which("lp") else None
