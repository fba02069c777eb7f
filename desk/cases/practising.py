"""What a trainer can do to a practice desk: play a scan, cut the link, break the printer, move the clock, begin anew.

Every fault is a small file of the sandbox that practice's clock, printer and link read at each look; a real desk
has none of them and reads none of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Protocol, Self

from desk.cases.context import Context
from desk.errors.sync import CenterUnreachable
from desk.rules.dossier import Person
from desk.rules.invented.people import card_text
from desk.rules.proof import short_digits
from storage.queries import dossiers

CLOCK_FILE: Final = "clock.txt"
"""By how many seconds practice's clock runs ahead of the machine's."""
PRINTER_FILE: Final = "printer.txt"
LINK_FILE: Final = "link.txt"
TEMPLATE: Final = "template"
"""Folder with the home as it was first made; a reset copies it back."""
FOLDERS: Final = ("mirror", "papers", "center")
PIN: Final = "246802"
"""The PIN of practice's officer; it stands on practice's sign-in."""
_DAY_S: Final = 86_400

PrinterFault = Literal["ok", "paper", "dead", "hanging"]
LinkFault = Literal["up", "cut"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A citizen of practice and what his card says to a scanner."""

    name: str
    card: str


CITIZENS: Final = (
    Person(
        "Nguyễn Thị Lan",
        personal_id="022190000001",
        born_on=date(1990, 5, 15),
        sex="female",
        phone="0912345678",
        address="Tổ 1, khu Ka Long, phường Móng Cái 2, tỉnh Quảng Ninh",
    ),
    Person(
        "Phùn Sáng Mằn",
        personal_id="022085000002",
        born_on=date(1985, 11, 2),
        sex="male",
        phone="0987000002",
        address="Thôn Lục Phủ, xã Hải Sơn, tỉnh Quảng Ninh",
    ),
    Person(
        "Đặng Hoàng Yến",
        personal_id="022301000003",
        born_on=date(2001, 1, 30),
        sex="female",
        phone="0356000003",
        address="Khu Hòa Lạc, phường Móng Cái 1, tỉnh Quảng Ninh",
    ),
)
"""Invented, always the same, so that a lesson can speak of them."""


@dataclass(frozen=True, slots=True)
class Practice:
    """The trainer's hand on a practice desk."""

    context: Context

    def visitors(self) -> tuple[Visitor, ...]:
        """Return the citizens whose cards can be played."""
        return tuple(Visitor(one.name, card_text(one, date(2022, 3, 1))) for one in CITIZENS)

    def slip_digits(self, status: str = "resolved") -> str:
        """Return what the scanner reads of a slip of the newest dossier in `status`, "" where there is none."""
        with self.context.store.reading() as session:
            rows = dossiers.with_status(session, (status,), 1)
            return short_digits(int(rows[0].tracking)) if rows and rows[0].tracking else ""

    def link(self, fault: LinkFault) -> None:
        """Cut or mend the link to the center."""
        self._put(LINK_FILE, fault)

    def link_fault(self) -> LinkFault:
        """Return what the link suffers."""
        match _word(self.context.home / LINK_FILE):
            case "cut":
                return "cut"
            case _:
                return "up"

    def printer(self, fault: PrinterFault) -> None:
        """Let the printer be out of paper, dead, hanging, or whole again."""
        self._put(PRINTER_FILE, fault)

    def printer_fault(self) -> PrinterFault:
        """Return what the printer suffers."""
        return printer_fault(self.context.home)

    def days_ahead(self, days: int) -> None:
        """Move practice's clock by `days` (it never goes back behind the machine's)."""
        ahead = seconds_ahead(self.context.home) + days * _DAY_S
        self._put(CLOCK_FILE, str(max(ahead, 0)))

    def _put(self, name: str, text: str) -> None:
        (self.context.home / name).write_text(text, encoding="utf-8")


class Ingest(Protocol):
    """A center in the same process."""

    def exchange(self, message: bytes) -> tuple[int, bytes]:
        """Take what a desk sends; returns a status and the signed answer."""
        ...

    def enrol(self, message: bytes) -> tuple[int, bytes]:
        """Let a desk join; returns a status and the signed answer."""
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

    def _whole(self) -> Ingest:
        if _word(self._home / LINK_FILE) == "cut":
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


def seconds_ahead(home: Path) -> int:
    """Return by how many seconds practice's clock runs ahead."""
    word = _word(home / CLOCK_FILE)
    return int(word) if word.isdigit() else 0


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
