"""Backups that nobody asks for: once a day while nobody types, at closing, and before the tables change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from desk import diagnostics
from desk.cases.backups import Backups, folder_of
from desk.clock import Clock, monotonic_s, office_day, to_ms
from desk.errors.base import DeskError
from desk.settings import Settings
from storage.backups.making import Source, make

LOOK_S: Final = 20.0
"""How often it is looked whether a backup is due."""
IDLE_S: Final = 120.0
"""How long nobody must have typed before one begins."""
CALM_S: Final = 3.0
"""How long nobody must have typed before one goes on: a key lets it stand still at once."""
RETRY_S: Final = 1800.0
"""How long after one that failed the next is tried."""
_BREATH_S: Final = 0.002
_STOP_S: Final = 5.0


class GivenUp(Exception):
    """The program ends: a backup that is half made is left."""


class OwnBackups:
    """Makes the day's backup beside the work, in a thread of its own, until it is stopped.

    idle_s: since how many seconds nobody typed.
    """

    def __init__(self, backups: Backups, idle_s: Callable[[], float]) -> None:
        self._backups = backups
        self._idle_s = idle_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)
        self._not_before_s = 0.0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; a backup on its way is given up, with nothing left of it."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def turn(self) -> bool:
        """Make a backup if one is due and nobody works; returns whether one was made."""
        if monotonic_s() < self._not_before_s or self._idle_s() < IDLE_S:
            return False
        try:
            if not self._is_due():
                return False
            made = self._backups.make(pause=self._pause)
            diagnostics.note("backup made", name=made.path.name, bytes=made.bytes)
            return True
        except GivenUp:
            return False
        except DeskError as trouble:
            diagnostics.note("backup failed", code=trouble.code)
        except Exception as fault:  # nobody reads this thread's end: the next day needs its backup too
            diagnostics.failure("backup", fault)
        self._not_before_s = monotonic_s() + RETRY_S
        return False

    def at_closing(self) -> None:
        """Make one of what was saved since the last; one that fails is noted, and the home screen tells of it later."""
        try:
            if self._backups.standing().unsaved:
                made = self._backups.make()
                diagnostics.note("backup made at closing", name=made.path.name, bytes=made.bytes)
        except DeskError as trouble:
            diagnostics.note("backup failed", code=trouble.code)
        except Exception as fault:  # the program ends all the same
            diagnostics.failure("backup", fault)

    def _is_due(self) -> bool:
        """Return whether something is in no backup and today has none yet."""
        standing = self._backups.standing()
        today = office_day(self._backups.context.clock())
        return standing.unsaved > 0 and (standing.made_at is None or office_day(standing.made_at) != today)

    def _pause(self) -> None:
        """Let others go first, and wait as long as somebody types; raises GivenUp when the program ends."""
        wait_s = _BREATH_S
        while True:
            if self._stop.wait(wait_s):
                raise GivenUp()
            if self._idle_s() >= CALM_S:
                return
            wait_s = 0.2

    def _run(self) -> None:
        while not self._stop.wait(LOOK_S):
            self.turn()


def before_upgrade(home: Path, database: Path, found: Settings, app: str, clock: Clock, revision: str) -> None:
    """Make the backup that is kept for ever before the tables of a home become those of `revision`.

    Raises StoreTrouble, and then nothing may be changed.
    """
    now = clock()
    source = Source.of(home, database, found, app)
    make(source, folder_of(home, found), office_day(now), to_ms(now), before=revision)
