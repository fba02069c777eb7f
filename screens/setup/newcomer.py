"""What the set-up needs and what it makes; the wiring passes the making in, so that no screen knows a home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from desk.rules.reference.units import Unit, parse_units
from screens.widgets.header import HeaderFacts


@dataclass(frozen=True, slots=True)
class Answers:
    """What the set-up was told."""

    unit: str
    agency_code: str
    slot: int
    officer: str
    pin: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An empty home.

    units: every unit a desk may belong to. make: makes the home, may raise DeskError with nothing made.
    """

    units: tuple[Unit, ...]
    make: Callable[[Answers], None]
    today: date

    def header_facts(self) -> HeaderFacts:
        """Return the first line: nobody and nothing yet."""
        return HeaderFacts()

    def keep_language(self, language: str) -> None:
        """Nothing yet: the new home is made in the language spoken then."""


def newcomer(units_text: str, make: Callable[[Answers], None], today: date) -> Newcomer:
    """Return the services of the set-up; units_text: the shipped file of units."""
    return Newcomer(parse_units(units_text), make, today)
