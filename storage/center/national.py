"""The outgoing queue of national messages: every dossier whose log went on since the last delivery.

What waits is reckoned from the log (events beyond the position that was delivered), never kept as a flag,
so nothing is lost between a delivery and its note: a batch may come twice, under the same name, and a
message replaces the one before it by its MaHoSo.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, cast

from sqlmodel import Session, col, select

from desk.clock import from_ms
from desk.errors.causes import cause_of
from desk.errors.store import FileUnwritable
from desk.rules.lifecycle import STATUSES
from desk.rules.national_message import Named, Step, message
from storage.center import own
from storage.center.center import Center
from storage.projections import dossiers
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow, OfficerRow

_DELIVERED: Final = "national_delivered"
AT_ONCE: Final = 1000
"""Events looked at for one batch."""

Names = Callable[[DossierRow], Named]
"""How a dossier's codes are said."""


class Portal(Protocol):
    """Where messages go: a folder, or the program of a province that calls the portal's interface."""

    def deliver(self, name: str, messages: Sequence[Mapping[str, Any]]) -> None:
        """Take a batch for good, or raise; name: the same for the same batch, however often it comes."""


class Batch(NamedTuple):
    """The messages that wait first, and the position of the log they reach to."""

    after: int
    upto: int
    messages: list[dict[str, Any]]
    unreadable: list[str]
    """Dossiers of which a stranger's event left something that fits no message; they hold up no other."""

    @property
    def name(self) -> str:
        """The batch's name: the same positions, the same name."""
        return f"national-{self.after + 1:012d}-{self.upto:012d}"


class Folder:
    """A portal that is a folder: one JSON file a batch, whole or not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []
        """What was written, in order."""

    def deliver(self, name: str, messages: Sequence[Mapping[str, Any]]) -> None:
        """Write `<name>.json`; raises FileUnwritable."""
        path = self.folder / f"{name}.json"
        fresh = path.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(list(messages), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            fresh.replace(path)
        except OSError as error:
            raise FileUnwritable(file=path.name, cause=cause_of(error)) from error
        self.files.append(path)


class Delivered(NamedTuple):
    """What a delivery did."""

    messages: int
    unreadable: list[str]


def deliver(center: Center, portal: Portal, names: Names) -> Delivered:
    """Hand everything that waits to `portal`; what it raises is raised, and the batch waits on."""
    count = 0
    unreadable: list[str] = []
    while True:
        with center.store.reading() as session:
            batch = waiting(session, names)
        if batch.upto == batch.after:
            return Delivered(count, unreadable)
        if batch.messages:
            portal.deliver(batch.name, batch.messages)
        with center.store.writing() as session:
            own.keep(session, _DELIVERED, batch.upto)
        count += len(batch.messages)
        unreadable += batch.unreadable


def waiting(session: Session, names: Names) -> Batch:
    """Return the first batch that was not delivered, empty when nothing waits."""
    after = int(own.kept(session, _DELIVERED) or 0)
    seen = (
        select(col(EventRow.position), col(EventRow.dossier))
        .where(col(EventRow.position) > after)
        .order_by(col(EventRow.position))
        .limit(AT_ONCE)
    )
    rows = session.exec(seen).all()
    ids = list(dict.fromkeys(dossier for _position, dossier in rows if dossier is not None))
    upto = cast(int, rows[-1][0]) if rows else after
    batch = Batch(after, upto, [], [])
    for dossier in ids:
        try:
            found = of_dossier(session, dossier, names)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            batch.unreadable.append(dossier)
        else:
            batch.messages.extend([] if found is None else [found])
    return batch


def of_dossier(session: Session, dossier: str, names: Names) -> dict[str, Any] | None:
    """Return the message of one dossier; None while it has no code that the portal could know, or is erased."""
    row = session.get(DossierRow, dossier)
    if row is None or not row.code or row.status not in STATUSES or row.is_provisional or row.is_erased:
        return None
    return message(row.model_dump(), names(row), _steps(session, row))


def by_code(session: Session, code: str, names: Names) -> dict[str, Any] | None:
    """Return the message of the dossier with this code, None without one."""
    row = session.exec(select(DossierRow).where(DossierRow.code == code)).first()
    return None if row is None else of_dossier(session, row.id, names)


def _steps(session: Session, row: DossierRow) -> list[Step]:
    steps = []
    for event in dossiers.events_of(session, row.id):
        status = event.head.kind.removeprefix("dossier.")
        if event.head.kind.startswith("dossier.") and status in STATUSES and event.head.id not in (row.undoable or []):
            officer = session.get(OfficerRow, event.head.actor) if event.head.actor else None
            name, role = (officer.name, officer.role) if officer is not None else ("", "")
            due_ms = event.body.get("due_at")
            due_at = from_ms(due_ms) if isinstance(due_ms, int) else None
            steps.append(Step(from_ms(event.head.at), status, name, role, event.head.unit, due_at))
    return sorted(steps, key=lambda step: step.at)
