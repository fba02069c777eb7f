"""Which attached files are still to be settled between this desk and its center, from the log and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import Session, col

from desk.clock import to_ms
from storage import blobs, chain
from storage.blobs import Blobs
from storage.log import Log
from storage.projections.attachments import ATTACHED, Attached, attached
from storage.queries import kept, stubs
from storage.sync import pages
from storage.sync.files_look import SETTING, Look, Stretch, read_look, stretch
from storage.tables.events import EventRow
from storage.wire import Event

_AT_ONCE: Final = 100
_WORTH_KEEPING: Final = 500
"""So many events are looked through again rather than writing down that nothing was among them."""


class Unsettled:
    """The files of the log that are not known to be at both ends, as they were when this was made.

    looks: whether the next stretch of settled ones is among them, to be settled anew.
    """

    def __init__(self, log: Log, store: Blobs, *, looks: bool) -> None:
        self._log = log
        self._store = store
        self._settled: set[str] = set()
        with log.store.reading() as session:
            self.center = pages.center_of(session)
            """Of which life of which center this speaks; another one, or one put back, is asked of all anew."""
            self._before: dict[str, Any] = kept.setting(session, SETTING) or {}
            is_same = self._before.get("center") == self.center
            self._before_after: int = self._before["after"] if is_same else 0
            self._before_open: list[str] = self._before["open"] if is_same else []
            self._after, fresh = _attached_since(session, self._before_after)
            now_ms = to_ms(log.clock())
            self._look: Look = read_look(self._before.get("look"), now_ms)
            again = Stretch(self._look, [], set())
            if looks:
                known = {*self._before_open, *fresh}
                again = stretch(session, store, self._look.goes_on(now_ms), self._before_after, known)
            self._look = again.look
            self._lost = {*self._before.get("lost", ()), *again.lost}
            """Events whose files were here and are not as they were, whatever their size says."""
            self._open = [*self._before_open, *again.events, *fresh]

    def files(self) -> list[tuple[str, Attached]]:
        """Return event and file of what is open, the newest first, without dossiers that do not concern this unit."""
        found: list[tuple[str, Attached]] = []
        newest_first = self._open[::-1]
        with self._log.store.reading() as session:
            for start in range(0, len(newest_first), _AT_ONCE):
                some = newest_first[start : start + _AT_ONCE]
                events = _events(session, some)
                self._settled |= set(some) - {event.head.id for event in events}  # of a dossier that was purged here
                for event in events:
                    file = attached(event)
                    if file is None or not blobs.may_be(file.sha256, file.size):
                        self._settled.add(event.head.id)  # nothing can be done for it, at any time
                    elif event.head.dossier is None or stubs.guest(session, event.head.dossier) is None:
                        found.append((event.head.id, file))
        return found

    def is_here(self, event: str, file: Attached) -> bool:
        """Return whether the file is on this disk as far as is known; one that was found altered is read again."""
        if event in self._lost:
            return self._store.fault(file.sha256, file.size) is None
        return self._store.has(file.sha256, file.size)

    def settle(self, event: str) -> None:
        """Take the file of `event` as being at both ends."""
        self._settled.add(event)

    def keep(self) -> None:
        """Write down how far the log was looked through, and what of it is open."""
        still = [event for event in self._open if event not in self._settled]
        is_far = self._after - self._before_after > _WORTH_KEEPING
        after = self._after if still != self._before_open or self._settled or is_far else self._before_after
        lost = [event for event in still if event in self._lost]
        value = {"center": self.center, "after": after, "open": still, "lost": lost, "look": self._look.value()}
        if value != self._before:
            with self._log.store.writing() as session:
                kept.keep_setting(session, SETTING, value)


def _attached_since(session: Session, after: int) -> tuple[int, list[str]]:
    """Return the position of the newest event, and the ids of those beyond `after` that name files, in order."""
    last = session.connection().execute(select(func.max(col(EventRow.position)))).scalar() or 0
    rows = session.connection().execute(
        select(col(EventRow.id))
        .where(col(EventRow.position) > after, col(EventRow.position) <= last, col(EventRow.kind) == ATTACHED)
        .order_by(col(EventRow.position))
    )
    return last, [row[0] for row in rows]


def _events(session: Session, ids: Sequence[str]) -> list[Event]:
    """Return the events with these ids, the newest first."""
    columns = (col(EventRow.head), col(EventRow.body), col(EventRow.private))
    rows = session.connection().execute(
        select(*columns).where(col(EventRow.id).in_(ids)).order_by(col(EventRow.position).desc())
    )
    return [chain.as_event(row) for row in rows]
