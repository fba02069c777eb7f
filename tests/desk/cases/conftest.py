"""What the tests of the use cases share: a desk of one officer whose clock a test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk import wiring
from desk.cases.context import Officer
from desk.cases.services import Services
from tests.homes import CLOCK, copied_home


@dataclass
class Office:
    """A desk, its officer, and its clock."""

    services: Services
    officer: Officer
    clock: Path

    def at(self, instant: str) -> None:
        """Let it be `instant` (ISO, with offset)."""
        self.clock.write_text(instant, encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A desk of phường Móng Cái 2 on Wednesday 25 November 2026, half past eight."""
    clock = tmp_path / "clock.txt"
    clock.write_text(CLOCK, encoding="utf-8")
    services = wiring.open_home(copied_home(tmp_path / "desk", f"@{clock}"))
    yield Office(services, services.officers.the_one(), clock)
    services.close()
