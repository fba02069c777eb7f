"""The files of attachments at the center: which it lacks, parts of them taken and given.

Only a file that a `document.attached` in the center's log names is taken or given, and only from and to the desks
that are given that event. A desk's parts lie apart from every other's: a wrong one spoils nobody's. The first whole
that is what its hash says is kept, whoever brought it, and nothing is called present before.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from desk import diagnostics
from desk.errors.store import StoreBusy
from storage import blobs, chain
from storage.center import audience
from storage.center.tables import EnrolledDesk
from storage.messages import BadMessage, typed
from storage.pages import read_id
from storage.projections.attachments import ATTACHED, Attached, attached
from storage.projections.upsert import table_of
from storage.tables.events import EventRow

MOST_ASKED: Final = 100
MOST_PIECES: Final = 8
"""Of 32 KiB each, in one request or answer."""
BROUGHT: Final = ".brought"
"""The folder in which is noted how many bytes each desk was the first to bring."""


class Piece(NamedTuple):
    """A stretch of MOST_PIECES pieces of a file, less at its end."""

    event: str
    path: Path
    first: int

    def value(self) -> dict[str, Any]:
        """Return the JSON value, the content with it; raises OSError."""
        data = blobs.pieces(self.path, self.first, MOST_PIECES)
        return {"event": self.event, "first": self.first, "data": base64.b64encode(data).decode()}


class Files:
    """The files in one folder of the center; quota: bytes that one desk may bring in all."""

    def __init__(self, store: blobs.Blobs, quota: int = blobs.QUOTA) -> None:
        self.store = store
        self.quota = quota
        self._one = threading.Lock()
        self._round = store.paths()

    def answer(self, session: Session, desk: EnrolledDesk, asked: dict[str, Any]) -> dict[str, Any]:
        """Return how it is with the files of the events in `asked`, after the part it brings was taken.

        asked: {ask: [event], put: {first, data}, get: {first, count}}; put and get speak of the first event.
        Raises BadMessage, StoreBusy where the disk takes nothing.
        """
        ids = [read_id(one) for one in typed(asked, "ask", list)]
        if not 1 <= len(ids) <= MOST_ASKED:
            raise BadMessage("so many files are not asked for at once")
        named = _named(session, desk, ids)
        first = named.get(ids[0])
        told: dict[str, Any] = {}
        try:
            with self._one:
                if "put" in asked and first is not None:
                    self._take(desk.desk, first, typed(asked, "put", dict))
                elif "get" in asked and first is not None:
                    told = self._part(first, typed(asked, "get", dict))
                brought = self._brought(desk.desk)
                return {"files": [self._state(desk.desk, one, named.get(one), brought) for one in ids], **told}
        except OSError as error:
            raise StoreBusy() from error

    def pieces(self, session: Session, desk: EnrolledDesk, asked: dict[str, Any]) -> Iterator[Piece]:
        """Yield what may be given of the files that `asked` names as lacking at `desk`, each file read whole before.

        asked: {ask: [event], lacks: [[piece] or null for all of them]}. Raises BadMessage.
        """
        ids = [read_id(one) for one in typed(asked, "ask", list)]
        lacks = typed(asked, "lacks", list)
        if not len(ids) == len(lacks) <= MOST_ASKED:
            raise BadMessage("so many files are not asked for at once")
        named = _named(session, desk, ids)
        for event, lacking in zip(ids, lacks, strict=True):
            file = named.get(event)
            if file is None or self.store.fault(file.sha256, file.size) is not None:
                continue
            count = self.store.part(file.sha256, file.size).count
            wanted = set(range(count))
            if isinstance(lacking, list):
                wanted &= {one for one in lacking if type(one) is int}
            for first in range(0, count, MOST_PIECES):
                if not wanted.isdisjoint(range(first, first + MOST_PIECES)):
                    yield Piece(event, self.store.path(file.sha256), first)

    def look(self, most_bytes: int) -> int:
        """Read the next files here, about `most_bytes` of them, and set those aside that were altered on the disk.

        Returns how many were. After the last file comes the first again; a desk that is asked of its files anew is
        told that what was set aside is wanted.
        """
        altered, read = 0, 0
        while read < most_bytes:
            path = next(self._round, None)
            if path is None:
                self._round = self.store.paths()
                break
            try:
                read += path.stat().st_size
                altered += not self._is_whole(path)
            except FileNotFoundError:
                continue
        return altered

    def _is_whole(self, path: Path) -> bool:
        """Return whether a file here is what its hash says; it is set aside where it is not."""
        if self.store.fault(path.name, path.stat().st_size) is None:
            return True
        self.store.set_aside(path.name)
        diagnostics.note("attached file altered", sha256=path.name)
        return False

    def _state(self, desk: str, event: str, file: Attached | None, brought: int) -> dict[str, Any]:
        if file is None:
            return {"event": event, "state": "unknown"}
        if self.store.has(file.sha256, file.size):
            return {"event": event, "state": "present"}
        if brought + file.size > self.quota:
            return {"event": event, "state": "full"}
        missing = self.store.part(file.sha256, file.size, desk).missing()
        return {"event": event, "state": "wanted", "missing": missing}

    def _take(self, desk: str, file: Attached, put: dict[str, Any]) -> None:
        """Keep a part; the last one makes the whole, which is thrown away where its hash is another."""
        try:
            data = base64.b64decode(typed(put, "data", str), validate=True)
            if len(data) > MOST_PIECES * blobs.PIECE:
                raise BadMessage("a part is too large")
            if self.store.has(file.sha256, file.size) or self._brought(desk) + file.size > self.quota:
                return
            part = self.store.part(file.sha256, file.size, desk)
            part.put(typed(put, "first", int), data)
            if not part.missing() and self.store.settle(part):
                self._note(desk, file.size)
        except FileNotFoundError:
            return  # another process made the same part whole
        except ValueError as error:
            raise BadMessage("a part is not readable") from error

    def _part(self, file: Attached, get: dict[str, Any]) -> dict[str, Any]:
        """Return a part of a file, nothing where it is not here. What was altered on this disk is no longer here."""
        first, count = typed(get, "first", int), typed(get, "count", int)
        if first < 0 or not 1 <= count <= MOST_PIECES:
            raise BadMessage("no part of a file")
        if not self.store.has(file.sha256, file.size):
            return {}
        path = self.store.path(file.sha256)
        if first == 0 and not self._is_whole(path):
            return {}
        return {"data": base64.b64encode(blobs.pieces(path, first, count)).decode()}

    def _brought(self, desk: str) -> int:
        """Return how many bytes of whole files `desk` was the first to bring."""
        try:
            return sum(map(int, (self.store.folder / BROUGHT / desk).read_text().split()))
        except FileNotFoundError:
            return 0

    def _note(self, desk: str, size: int) -> None:
        path = self.store.folder / BROUGHT / desk
        path.parent.mkdir(exist_ok=True)
        with path.open("a") as file:
            file.write(f"{size}\n")


def _named(session: Session, desk: EnrolledDesk, ids: Sequence[str]) -> dict[str, Attached]:
    """Return the files that those of the events `ids` name which `desk` is given."""
    table = table_of(EventRow)
    rows = session.connection().execute(
        select(table.c.head, table.c.body, table.c.private).where(table.c.id.in_(ids), table.c.kind == ATTACHED)
    )
    events = [chain.as_event(row) for row in rows]
    found = ((event.head.id, attached(event)) for event in audience.given(session, desk.unit, events))
    return {event: file for event, file in found if file is not None and blobs.may_be(file.sha256, file.size)}
