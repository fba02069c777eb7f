"""A real desk in a temporary folder for tests of the screens, its App, and an officer at it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desk import wiring, words
from desk.cases.context import Officer
from desk.cases.form_input import form_of
from desk.cases.papers import Papers
from desk.cases.services import Services
from receipts.practice_printer import PracticePrinter, PrinterFault
from screens import office
from screens.app import DeskApp
from screens.seat import Seat
from tests.homes import CLOCK, PIN, birth, copied_home
from tests.screens.playing import HandClock, Player, playing

__all__ = ["PIN", "Desk"]

OTHER_PIN = "862975"


@dataclass
class Desk:
    """A desk of one officer; its printer prints into a folder, or fails the way a test says."""

    services: Services
    officer: Officer
    clock: Path
    printed: Path
    fault: list[PrinterFault]

    def at(self, instant: str) -> None:
        """Let it be `instant` (ISO, with offset)."""
        self.clock.write_text(instant, encoding="utf-8")

    def accept(self, number: int = 1, **changes: Any) -> str:
        """Accept a birth registration of an invented citizen; returns the dossier's id."""
        form = form_of({**birth(number), **changes})
        return self.services.intake.accept(form, self.officer).dossier

    def resolve(self, number: int = 1, **changes: Any) -> str:
        """Accept one whose result is here."""
        dossier = self.accept(number, **changes)
        self.services.moves.move(dossier, "resolved", self.officer)
        return dossier

    def short_form(self, dossier: str) -> str:
        """Return the 22 digits that a phone reads of a dossier."""
        return self.services.lookup.show(dossier).short_form

    def slip_text(self, dossier: str) -> str:
        """Return what a scanner reads from the QR of the slip."""
        from desk.cases.paper_content import CopyMark, drawing_of, signed_text
        from storage.queries import dossiers

        context = self.services.context
        with context.store.reading() as session:
            row = dossiers.by_id(session, dossier)
            assert row is not None and row.accepted_at is not None
            return signed_text(drawing_of(context, row, "slip", CopyMark(), row.accepted_at))

    def history(self, dossier: str) -> list[str]:
        """Return the kinds of the dossier's events, the oldest first."""
        return [line.kind for line in self.services.lookup.show(dossier).history]

    def status(self, dossier: str) -> str:
        """Return its status."""
        return self.services.lookup.show(dossier).line.status

    def app(self, **options: Any) -> DeskApp[Seat]:
        """Return the screens of this desk."""
        options = {"clock": self.services.context.clock, "monotonic": HandClock(), **options}
        return DeskApp(lambda: Seat(self.services), office.workplaces(), office.everywhere(), **options)

    def playing(self, **options: Any) -> AbstractAsyncContextManager[Player]:
        """Run the screens with an officer before them, nobody signed in."""
        return playing(self.app(), **options)


def with_other(services: Services, **parts: object) -> Services:
    """Return the same services with `parts` in the place of theirs: another context, or another use case."""
    other = copy.copy(services)
    vars(other).update(parts)
    return other


def new_desk(folder: Path) -> Desk:
    """Return a desk of phường Móng Cái 2 on Wednesday 25 November 2026, half past eight; to be closed."""
    words.speak("en")
    folder.mkdir(exist_ok=True)
    clock = folder / "clock.txt"
    clock.write_text(CLOCK, encoding="utf-8")
    services = wiring.open_home(copied_home(folder / "desk", f"@{clock}"))
    fault: list[PrinterFault] = ["ok"]
    printed = folder / "printed"
    printer = PracticePrinter(printed, lambda: fault[0], timeout_s=0.1)
    services = with_other(services, papers=Papers(services.context, printer))
    return Desk(services, services.officers.the_one(), clock, printed, fault)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new desk."""
    made = new_desk(tmp_path)
    yield made
    made.services.close()


SignIn = Callable[[Player], Any]


async def sign_in(officer: Player) -> None:
    """Sign the only officer in and begin to count keys."""
    await officer.type(PIN)
    officer.keys = officer.scans = 0
