"""An officer on the real program: plays the rows one way, and what the home holds afterwards."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desk.rules.reference.survey_words import parse_survey_words
from sample_data.shipped import shipped_text
from tests import oracle
from tests.budget.rows import NEXT, Row, Scan, Step
from tests.day.officer import said
from tests.homes import PIN
from tests.terminal import Terminal, scan

ROOT = Path(__file__).parents[2]
_AFTER_A_SCAN_S = 0.2
_STILL_S = 0.04
_SEEN_S = 0.15
"""A citizen's hand needs longer than this from seeing the survey to its first key."""
_WITHIN_S = 30.0
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_MADE_BY_CHANCE = ("salt", "tracking", "sha256", "job")


class Clock:
    """A clock that stands until a row is done, so that both ways tell the same times."""

    def __init__(self, file: Path, now: datetime) -> None:
        self._file, self._now = file, now
        self.tick()

    def tick(self) -> None:
        """Let a minute go by."""
        self._now += timedelta(minutes=1)
        part = self._file.with_suffix(".new")
        part.write_text(self._now.isoformat(), encoding="utf-8")
        part.replace(self._file)


class AtTheDesk:
    """Sits at the screens of a home, which stand at 80x24 and speak Vietnamese; calm: waits for what each key does."""

    def __init__(self, home: Path, env: dict[str, str], clock: Clock, *, calm: bool) -> None:
        self.home, self.clock, self.calm = home, clock, calm
        self.terminal = Terminal([sys.executable, "-m", "desk", "--home", str(home)], env=env, cwd=ROOT)
        self._accepted = self._count()

    def __enter__(self) -> Self:
        officer = re.compile(r"(\d) Cán bộ 1")
        found = officer.search(self.terminal.wait_until(lambda screen: officer.search(screen) is not None))
        assert found is not None
        self.terminal.type(found[1] + PIN)
        self.terminal.wait_for(said("Due today"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.terminal.kill()

    def play(self, row: Row) -> None:
        """Do a row and the next citizen, and wait until all of it is stored and printed, before the home screen."""
        self.clock.tick()
        self._calmly(row.before)
        if self.calm:
            self._calmly(row.steps)
            self._see(row)
            self._calmly(NEXT)
        else:
            self._in_one_burst((*row.steps, *NEXT))
            if row.survey:
                self._see(row)
        self._accepted += row.accepts + 1
        self._wait_stored(row)
        if row.sees and not self.calm:
            self._calmly([b"\x1b"])
            self._see(row)
        self._go_home()

    def _see(self, row: Row) -> None:
        if row.survey:
            self.terminal.wait_for(parse_survey_words(shipped_text("survey"))["question"].vi)
            self._wait_still(_SEEN_S)
            self._calmly(row.answer)
        elif row.sees:
            self.terminal.wait_for(row.sees)

    def _calmly(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if isinstance(step, Scan):
                self._scan(step)
            else:
                self.terminal.send(step)
            self._wait_still()

    def _in_one_burst(self, steps: Iterable[Step]) -> None:
        keys = b""
        for step in steps:
            if isinstance(step, Scan):
                self.terminal.send(keys)
                self._scan(step)
                keys = b""
            else:
                keys += step
        self.terminal.send(keys)

    def _scan(self, step: Scan) -> None:
        time.sleep(_AFTER_A_SCAN_S)  # keys do not run into a scan, and begin 200 ms after it (decisions, 4)
        self.terminal.send(scan(step.text))
        time.sleep(_AFTER_A_SCAN_S)

    def _wait_still(self, still_s: float = _STILL_S) -> None:
        """Wait until the program has written nothing for a moment."""
        heard, since = len(self.terminal.received), time.monotonic()
        while time.monotonic() - since < still_s:
            time.sleep(0.01)
            if len(self.terminal.received) != heard:
                heard, since = len(self.terminal.received), time.monotonic()

    def _wait_stored(self, row: Row) -> None:
        def stored() -> bool:
            waiting = self._ask("SELECT count(*) FROM print_job WHERE state = 'queued'")
            slips = self._ask("SELECT count(*) FROM paper WHERE kind = 'slip' AND copy_no = 1")
            return self._count() >= self._accepted and slips >= self._count('"slip":"due"') and not waiting

        self._wait(stored, f"{row.name}: {self._count()} of {self._accepted} dossiers are accepted")

    def _go_home(self) -> None:
        self.terminal.key("Ctrl+G")
        self.terminal.wait_for(said("Command"))
        self.terminal.type("0")
        self.terminal.wait_for(said("Due today"))
        self._wait_still()

    def _count(self, within: str = "") -> int:
        """Return how many dossiers were accepted, `within` being a part of their events' bodies."""
        kind = 'CAST(head AS TEXT) LIKE \'%"kind":"dossier.accepted"%\''
        return self._ask(f"SELECT count(*) FROM event WHERE {kind} AND CAST(body AS TEXT) LIKE '%{within}%'")

    def _ask(self, query: str) -> int:
        with closing(sqlite3.connect(f"file:{self.home / 'desk.db'}?mode=ro", uri=True)) as database:
            found: int = database.execute(query).fetchone()[0]
        return found

    def _wait(self, done: Callable[[], bool], failing: str) -> None:
        end = time.monotonic() + _WITHIN_S
        while not done():
            if time.monotonic() > end:
                raise AssertionError(f"{failing} on:\n{self.terminal.screen()}")
            time.sleep(0.02)


def records(home: Path) -> list[list[str]]:
    """Return what each dossier of a home went through, and last what names no dossier, without what chance made.

    Personal data is compared too; papers stand after the acts: when a printer is done is nobody's key.
    """
    seen = oracle.look(home)
    assert seen.faults == []
    known: dict[str, str] = {}
    lives: dict[str, list[str]] = {}
    for head, line in zip(seen.heads, seen.lines, strict=True):
        _head, body, private = line.rstrip(b"\n").split(b"\t")
        dossier = head.get("dossier") or ""
        known.setdefault(dossier, f"dossier {len(known)}")
        at = None if head["kind"].startswith("paper.") else head["at"]
        told = json.dumps([at, head.get("actor"), _plain(body), _plain(private)], ensure_ascii=False)
        told = _UUID.sub(lambda found: known.get(found[0], "an id"), told)
        lives.setdefault(dossier, []).append(f"{head['kind']} {told}")
    alone = lives.pop("", [])
    return [*(sorted(life, key=_acts_first) for life in lives.values()), sorted(alone)]


def _acts_first(line: str) -> str:
    return line if line.startswith("paper.") else ""


def _plain(part: bytes) -> Any:
    found = json.loads(part) if part else {}
    if "copy" in found:
        del found["name"]  # of a paper's file: a part of its sha256
    return {name: value for name, value in found.items() if name not in _MADE_BY_CHANCE}
