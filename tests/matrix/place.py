"""Where the matrix is played: a real home, its screens in a pseudo-terminal, and what lies in the home afterwards.

What is asked of the home is read without the project's code (tests/oracle.py, SQL).
"""

from __future__ import annotations

import atexit
import functools
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests import homes, oracle
from tests.budget import citizens
from tests.day.officer import said
from tests.homes import PIN
from tests.print_command import stand_in
from tests.screens.desks import new_desk
from tests.terminal import Terminal, scan

ROOT = Path(__file__).parents[2]
TODAY = datetime.fromisoformat(homes.CLOCK) + timedelta(days=1)
WITHIN_S = 60.0
_OFFICER = re.compile(r"(\d) Cán bộ 1")
_NOT_COUNTED = ("officer.signed_in", "officer.signed_out", "desk.enrolled")


@dataclass(frozen=True)
class Office:
    """A filled home, not opened, and the results that wait in it."""

    folder: Path
    waiting: citizens.Waiting


@functools.cache
def office() -> Office:
    """Return the filled home that every place is a copy of."""
    folder = Path(tempfile.mkdtemp(prefix="desk-matrix-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    desk = new_desk(folder)
    waiting = citizens.fill(desk)
    desk.services.close()
    return Office(folder / "desk", waiting)


class Place:
    """A copy of the office and the surroundings of its program; everything started here ends with the block."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(office().folder, folder, dirs_exist_ok=True)
        self.folder, self.home, self.keys, self.printed = folder, folder / "home", folder / "keys", folder / "printed"
        self.clock = f"@{folder / 'clock.txt'}"
        self.env = {"PATH": stand_in(folder / "bin", self.printed), "DESK_KEYS": str(self.keys)}
        self.env |= {"DESK_CLOCK": self.clock, "DESK_LANG": "vi"}
        self.stack = ExitStack()
        self.now = TODAY
        self.later()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stack.close()

    def later(self, step: timedelta = timedelta(minutes=1)) -> None:
        """Let time go on, or back."""
        self.now += step
        part = self.folder / "clock.new"
        part.write_text(self.now.isoformat(), encoding="utf-8")
        part.replace(self.folder / "clock.txt")

    def screens(self) -> Desk:
        """Start the screens and sign in."""
        desk = Desk(self)
        self.stack.callback(desk.terminal.kill)
        return desk

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows that a query finds in the home's database."""
        with closing(sqlite3.connect(f"file:{self.home / 'desk.db'}?mode=ro", uri=True)) as database:
            return database.execute(query).fetchall()

    def count(self) -> int:
        """Return how many events the log has."""
        return int(self.ask("SELECT count(*) FROM event")[0][0])

    def since(self, count: int) -> Counter[str]:
        """Return the kinds of the events after the first `count`; who signed in is left out."""
        kinds = self.ask("SELECT json_extract(CAST(head AS TEXT), '$.kind') FROM event ORDER BY desk, epoch, seq")
        return Counter(kind for (kind,) in kinds[count:] if kind not in _NOT_COUNTED)

    def drafts(self) -> list[str]:
        """Return the dossiers of which a draft lies on the disk."""
        return [row[0] for row in self.ask("SELECT dossier FROM draft")]

    def last_job(self) -> str:
        """Return the state of the newest paper's job."""
        return str(self.ask("SELECT state FROM print_job ORDER BY rowid DESC LIMIT 1")[0][0])

    def wait(self, done: Callable[[], bool], failing: Callable[[], str]) -> None:
        """Wait until `done()`; raises AssertionError with what `failing` says."""
        end = time.monotonic() + WITHIN_S
        while not done():
            if time.monotonic() > end:
                raise AssertionError(failing())
            time.sleep(0.02)

    def faults(self) -> list[str]:
        """Return what is wrong with the log, its chain and its mirror, and with the log's own order of time."""
        seen = oracle.look(self.home)
        hlcs = [head["hlc"] for head in seen.heads]
        return [*seen.faults, *(["the log's clock went back"] if hlcs != sorted(set(hlcs)) else [])]


class Desk:
    """The screens of a place at 80x24 in Vietnamese, and an officer's hands at them."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.terminal = Terminal([sys.executable, "-m", "desk", "--home", str(place.home)], env=place.env, cwd=ROOT)
        found = _OFFICER.search(self.see(lambda screen: _OFFICER.search(screen) is not None, "nobody signs in"))
        assert found is not None
        self.terminal.type(found[1] + PIN)
        self.wait_for(said("Due today"))

    def wait_for(self, *texts: str) -> str:
        """Wait until all of `texts` are seen at once."""
        return self.see(lambda screen: all(text in screen for text in texts), f"{texts} are not seen")

    def see(self, seen: Callable[[str], bool], failing: str) -> str:
        """Wait until `seen(screen)` holds."""
        return self.terminal.wait_until(seen, WITHIN_S, failing)

    def scan(self, text: str) -> None:
        """Scan a code."""
        self.terminal.send(scan(text))

    def digit(self, words: str) -> str:
        """Return the digit before `words`, once that line is there."""
        wanted = re.compile(rf"([1-9]) {re.escape(words)}")
        found = wanted.search(self.see(lambda screen: wanted.search(screen) is not None, f"no line {words!r}"))
        assert found is not None
        return found[1]

    def go_home(self) -> None:
        """Go to the home screen."""
        self.terminal.key("Ctrl+G")
        self.wait_for("┌")
        self.terminal.type("0")
        self.see(lambda screen: said("Due today") in screen and "┌" not in screen, "no way home")
