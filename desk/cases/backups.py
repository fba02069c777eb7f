"""Backups of this home: made when asked, once a day and at closing; how old the newest is; whether it can come back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from desk.cases.context import Context
from desk.clock import from_ms, office_day, to_ms
from desk.settings import Settings
from storage import chain
from storage.backups import shelf
from storage.backups.form import Pause, Said, no_pause
from storage.backups.making import Made, Source, make, on_same_disk
from storage.backups.rehearsal import Rehearsed, rehearse
from storage.store import Session

FOLDER: Final = "backups"
OLD_AFTER: Final = timedelta(days=3)
"""A newest backup of more days than from Friday's closing to Monday's is too old, where something was saved since."""


class Standing(NamedTuple):
    """How the home stands to its newest backup."""

    made_at: datetime | None
    """None where there is none."""
    unsaved: int
    """Own events that are in no backup."""
    since: datetime | None
    """Since when the oldest of them waits for one, None without any."""
    same_disk: bool
    """Whether it lies on the home's own disk."""

    def is_old(self, now: datetime) -> bool:
        """Return whether something waits for a backup for too long."""
        return self.since is not None and now - self.since > OLD_AFTER


@dataclass(frozen=True, slots=True)
class Backups:
    """Backups of the opened home. app: name and version of the program, as a backup names it."""

    context: Context
    app: str

    @property
    def folder(self) -> Path:
        """Where backups go when nobody names a folder."""
        return folder_of(self.context.home, self.context.settings)

    def make(self, folder: Path | None = None, pause: Pause = no_pause) -> Made:
        """Make and prove a backup in `folder` (None: where they go), and return it; raises StoreTrouble.

        pause: called every few milliseconds; what it raises gives the backup up with nothing left of it.
        """
        now = self.context.clock()
        return make(self._source(), folder or self.folder, office_day(now), to_ms(now), pause=pause)

    def standing(self) -> Standing:
        """Return how old the newest backup is and what was saved since; reads names and one beginning of a file."""
        try:
            said = shelf.last_made(self.folder, self.context.settings.desk)
            same_disk = said is not None and on_same_disk(self.context.home, self.folder)
        except OSError:  # the drive is not there
            said, same_disk = None, False
        with self.context.store.reading() as session:
            waiting = _waiting(session, self.context, said)
        return Standing(None if said is None else from_ms(said.made_at), waiting[0], waiting[1], same_disk)

    def rehearse(self) -> Rehearsed | None:
        """Bring the newest backup back into a scratch folder and compare it with the log; None where there is none.

        Raises StoreTrouble where there is no room for it.
        """
        found = shelf.newest(self.folder, self.context.settings.desk)
        if found is None:
            return None
        with tempfile.TemporaryDirectory(dir=self.context.home, prefix=".rehearsal-") as scratch:
            return rehearse(found[0], Path(scratch), self.context.log)

    def _source(self) -> Source:
        context = self.context
        return Source.of(context.home, Path(str(context.store.engine.url.database)), context.settings, self.app)


def folder_of(home: Path, found: Settings) -> Path:
    """Return where the backups of a home go."""
    return Path(found.backup_folder).expanduser() if found.backup_folder else home / FOLDER


def _waiting(session: Session, context: Context, said: Said | None) -> tuple[int, datetime | None]:
    """Return how many own events the backup lacks, and when the oldest of these was written."""
    lengths = chain.lengths(session, context.settings.desk)
    epoch, seq = (1, 0) if said is None else (said.epoch, said.seq)
    count = sum(last - (seq if number == epoch else 0) for number, last in lengths.items() if number >= epoch)
    for number in lengths:
        if number >= epoch:
            first = chain.events(session, context.settings.desk, number, seq if number == epoch else 0, 1)
            if first:
                return max(count, 0), from_ms(first[0].head.at)
    return 0, None
