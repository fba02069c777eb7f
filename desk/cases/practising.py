"""What a trainer can do to a practice desk: play a scan, cut the link, break the printer, move the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from desk.cases.context import Context
from desk.cases.sandbox import (
    LINK_FILE,
    PRINTER_FILE,
    LinkFault,
    PrinterFault,
    keep_seconds_ahead,
    link_fault,
    printer_fault,
    seconds_ahead,
)
from desk.rules.invented.people import card_text
from desk.rules.people.person import Person
from desk.rules.proof import short_digits
from storage.queries import dossiers

PIN: Final = "246802"
"""The PIN of practice's officer; it stands on practice's sign-in."""
_DAY_S: Final = 86_400


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
        return link_fault(self.context.home)

    def printer(self, fault: PrinterFault) -> None:
        """Let the printer be out of paper, dead, hanging, or whole again."""
        self._put(PRINTER_FILE, fault)

    def printer_fault(self) -> PrinterFault:
        """Return what the printer suffers."""
        return printer_fault(self.context.home)

    def days_ahead(self, days: int) -> None:
        """Let `days` pass on practice's clock."""
        keep_seconds_ahead(self.context.home, seconds_ahead(self.context.home) + days * _DAY_S)

    def _put(self, name: str, text: str) -> None:
        (self.context.home / name).write_text(text, encoding="utf-8")
