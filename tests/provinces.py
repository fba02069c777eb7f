"""Two real desks of two communes and a center in this process, whose line a test may cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desk import wiring
from desk.cases.context import Officer
from desk.cases.services import Services
from desk.cases.syncing import Syncing
from desk.errors.sync import CenterUnreachable
from storage.center.center import Center
from tests.homes import CLOCK, copied_home

HERE, THERE = "06709", "06652"
URL = "https://tracuu.example.vn"
APP = "test 1"


@dataclass
class Place:
    """One desk of one officer, joined to the center."""

    services: Services
    officer: Officer
    clock: Path
    line: Way

    def sync(self) -> None:
        """Exchange until both have what they should."""
        self.services.syncing.once()

    def at(self, instant: str) -> None:
        """Let it be `instant` (ISO, with offset)."""
        self.clock.write_text(instant, encoding="utf-8")


@dataclass
class Way:
    """The line to a center; down: nobody answers."""

    center: Center
    down: bool = False
    asked: list[int] = field(default_factory=list)

    def sync(self, message: bytes) -> bytes:
        """Return the answer to an exchange."""
        return self._told(self.center.exchange, message)

    def enrol(self, message: bytes) -> bytes:
        """Return the answer to the request to join."""
        return self._told(self.center.enrol, message)

    def files(self, message: bytes) -> bytes:
        """Return the answer about files of attachments."""
        return self._told(self.center.files, message)

    def _told(self, ask: Callable[[bytes], tuple[int, bytes]], message: bytes) -> bytes:
        if self.down:
            raise CenterUnreachable(cause="no route")
        self.asked.append(len(message))
        return ask(message)[1]


def with_other(services: Services, line: Way) -> Services:
    """Return the services with `line` in the place of the one over HTTP."""

    @contextmanager
    def opened(_url: str) -> Iterator[Way]:
        yield line

    vars(services)["syncing"] = Syncing(services.context, opened, lambda _salt: None, APP)
    return services


def place(folder: Path, center: Center, unit: str = HERE, agency_code: str = "H49.22.11", slot: int = 0) -> Place:
    """Return a desk of `unit` on Wednesday 25 November 2026, half past eight, joined to `center`; to be closed."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = folder / "clock.txt"
    clock.write_text(CLOCK, encoding="utf-8")
    home = copied_home(folder / "desk", f"@{clock}", unit=unit, agency_code=agency_code, slot=slot)
    line = Way(center)
    services = with_other(wiring.open_home(home), line)
    made = Place(services, services.officers.the_one(), clock, line)
    services.syncing.enrol(URL, center.make_token(unit, slot).token, made.officer.id)
    return made


@contextmanager
def two_communes(folder: Path, center: Center) -> Iterator[tuple[Place, Place]]:
    """Yield a desk of phường Móng Cái 2 and one of phường Hà Tu."""
    places = place(folder / "here", center), place(folder / "there", center, THERE, "H49.22.12")
    yield places
    for one in places:
        one.services.close()
