"""Scanned papers out of the folder into which the scanner's program writes: looked at, chosen, attached, put away."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from desk.cases.attaching import Attaching
from desk.cases.context import Context, Officer
from desk.errors.attachments import ScanChanged, ScanFolderUnreadable, ScanFolderUnset
from desk.errors.causes import cause_of
from storage import scan_folder
from storage.scan_folder import Scan

__all__ = ["Scan", "Scanning", "Taken"]


class Taken(NamedTuple):
    """What was attached: how many files, and how many of these could not be moved out of the scanner's way."""

    files: int
    left: int


@dataclass(frozen=True, slots=True)
class Scanning:
    """Takes what the scanner's program wrote; nothing is attached but what an officer chose."""

    context: Context
    attaching: Attaching
    pause: Callable[[float], None] = time.sleep
    """Waits for so many seconds."""

    def waiting(self) -> tuple[Scan, ...]:
        """Return the files in the scanner's folder, the newest first; takes a second, so in a thread.

        Raises ScanFolderUnset, ScanFolderUnreadable.
        """
        try:
            return scan_folder.waiting(self._folder(), self.pause)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the setting
            raise ScanFolderUnreadable(cause=cause_of(error)) from error

    def attach(self, code: str, scans: Sequence[Scan], officer: Officer, *, line: int = 0) -> Taken:
        """Attach `scans` to a dossier, all or none, and move them into the folder `attached` beside them.

        They are moved after the events are saved, so that a power cut leaves a file too much and never one too few.
        Raises ScanChanged for a file that is no longer the one that was shown, and what `Attaching.attach` raises;
        then every file lies where it lay.
        """
        for number, scan in enumerate(scans, 1):
            if not scan_folder.is_same(scan):
                raise ScanChanged(number=number)
        self.attaching.attach(code, [scan.path for scan in scans], officer, line=line)
        moved = sum(scan_folder.put_away(scan) for scan in scans)
        return Taken(len(scans), len(scans) - moved)

    def _folder(self) -> Path:
        """Return the scanner's folder; practice has its own, so that it never takes a real citizen's paper."""
        if self.context.practice:
            folder = self.context.home / "scans"
            folder.mkdir(exist_ok=True)
            return folder
        if not self.context.settings.scan_folder:
            raise ScanFolderUnset()
        return self.context.home / self.context.settings.scan_folder
