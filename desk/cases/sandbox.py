"""A practice home's own files: what its clock, its printer and its line suffer, and the template of a reset.

Every fault is a small file that practice's clock, printer and line read at each look; a real desk has none of
them and reads none of them. This room loads no SQL, because practice's clock is read before the first paint.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Protocol, Self

from desk.errors.sync import CenterUnreachable

CLOCK_FILE: Final = "clock.txt"
"""By how many seconds practice's clock runs ahead of the machine's; below 0 where a lesson plays in the past."""
PRINTER_FILE: Final = "printer.txt"
LINK_FILE: Final = "link.txt"
TEMPLATE: Final = "template"
"""Folder with the home as it was first made; a reset copies it back."""
FOLDERS: Final = ("mirror", "papers", "center")

PrinterFault = Literal["ok", "paper", "dead", "hanging"]
LinkFault = Literal["up", "cut"]


class Ingest(Protocol):
    """A center in the same process."""

    def exchange(self, message: bytes) -> tuple[int, bytes]:
        """Take what a desk sends; returns a status and the signed answer."""
        ...

    def enrol(self, message: bytes) -> tuple[int, bytes]:
        """Let a desk join; returns a status and the signed answer."""
        ...

    def files(self, message: bytes) -> tuple[int, bytes]:
        """Take or give files of attachments; returns a status and the signed answer."""
        ...

    def close(self) -> None:
        """Close its database."""
        ...


class PracticeLine:
    """A line to practice's own center, which the practice menu can cut; no socket is ever opened."""

    def __init__(self, home: Path, center: Callable[[], Ingest]) -> None:
        self._home = home
        self._open = center
        self._center: Ingest | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._center is not None:
            self._center.close()
            self._center = None

    def sync(self, message: bytes) -> bytes:
        """Return the answer to an exchange; raises CenterUnreachable while the link is cut."""
        return self._whole().exchange(message)[1]

    def enrol(self, message: bytes) -> bytes:
        """Return the answer to the request to join; raises CenterUnreachable while the link is cut."""
        return self._whole().enrol(message)[1]

    def files(self, message: bytes) -> bytes:
        """Return the answer about files of attachments; raises CenterUnreachable while the link is cut."""
        return self._whole().files(message)[1]

    def _whole(self) -> Ingest:
        if link_fault(self._home) == "cut":
            raise CenterUnreachable(cause="link.txt")
        if self._center is None:
            self._center = self._open()
        return self._center


def printer_fault(home: Path) -> PrinterFault:
    """Return what the practice printer of `home` suffers, "ok" for nothing."""
    match _word(home / PRINTER_FILE):
        case "paper" | "dead" | "hanging" as fault:
            return fault
        case _:
            return "ok"


def link_fault(home: Path) -> LinkFault:
    """Return what the line to practice's center suffers."""
    return "cut" if _word(home / LINK_FILE) == "cut" else "up"


def seconds_ahead(home: Path) -> int:
    """Return by how many seconds practice's clock runs ahead; below 0: behind the machine's."""
    word = _word(home / CLOCK_FILE)
    return int(word) if word.removeprefix("-").isdecimal() else 0


def keep_seconds_ahead(home: Path, seconds: int) -> None:
    """Let practice's clock run ahead by `seconds` from now on."""
    (home / CLOCK_FILE).write_text(str(seconds), encoding="utf-8")


def keep_template(home: Path, database: str) -> None:
    """Keep the home as it is now (closed) as what a reset brings back."""
    template = home / TEMPLATE
    shutil.rmtree(template, ignore_errors=True)
    template.mkdir()
    shutil.copy2(home / database, template / database)
    for folder in FOLDERS:
        if (home / folder).is_dir():
            shutil.copytree(home / folder, template / folder)


def bring_back(home: Path, database: str) -> None:
    """Bring the closed home back to its template; faults and the moved clock are gone."""
    template = home / TEMPLATE
    for name in (CLOCK_FILE, PRINTER_FILE, LINK_FILE, f"{database}-wal", f"{database}-shm"):
        (home / name).unlink(missing_ok=True)
    for folder in (*FOLDERS, "printed"):
        shutil.rmtree(home / folder, ignore_errors=True)
        if (template / folder).is_dir():
            shutil.copytree(template / folder, home / folder)
    shutil.copy2(template / database, home / database)


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
