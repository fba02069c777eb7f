"""What every use case is given: the store, the log, time, chance, settings, reference data and keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from desk.cases.reference import Reference
from desk.clock import Chance, Clock
from desk.keys import SigningKey
from desk.settings import Settings
from storage.log import Log
from storage.queries import desks
from storage.store import Store


class Officer(NamedTuple):
    """The officer who acts."""

    id: str
    name: str
    role: str
    """`officer`, or `lead`; a home with one officer has both in him."""


class Place(NamedTuple):
    """The desk as its log tells it now."""

    desk: str
    unit: str
    agency_code: str
    slot: int
    epoch: int
    center: str
    tracking_url: str


@dataclass(slots=True)
class Context:
    """One opened home."""

    home: Path
    store: Store
    log: Log
    clock: Clock
    chance: Chance
    settings: Settings
    """Replaced only by `desk.cases.devices`, when the officer changes a device on the screens."""
    reference: Reference
    key: SigningKey | None
    unit_salt: bytes
    """The secret by which owners' numbers are tagged in a QR."""

    @property
    def practice(self) -> bool:
        """Whether this is a practice home."""
        return self.settings.kind == "practice"

    @property
    def papers_folder(self) -> Path:
        """Where the bytes of papers lie."""
        return self.home / "papers"

    @property
    def attachments_folder(self) -> Path:
        """Where the files of attachments lie, in practice too: inside the home."""
        return self.home / "attachments"

    def place(self) -> Place:
        """Return the desk as its log tells it now."""
        with self.store.reading() as session:
            row = desks.the_desk(session, self.settings.desk)
            if row is None:
                return Place(self.settings.desk, self.log.identity.unit, "", 0, 1, "", self.settings.tracking_url)
            tail = self.log.tail(session)
            url = row.tracking_url or self.settings.tracking_url
            return Place(row.id, row.unit, row.agency_code, row.slot, tail.epoch, row.center, url)
