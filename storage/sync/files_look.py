"""The round through files that were settled: one that was lost or damaged on a disk since is noticed, at either end.

Once a day, a stretch after each exchange: the files are read here, and the center is asked of the same ones anew. So
nobody keeps a list of what lacks; what is not right at one end comes from the other like a file that is new.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from storage import blobs, chain
from storage.blobs import Blobs
from storage.projections.attachments import ATTACHED, attached
from storage.queries import kept, stubs
from storage.tables.events import EventRow

EVERY: Final = timedelta(days=1)
MOST_FILES: Final = 100
MOST_BYTES: Final = 8 << 20
"""Read in one stretch: a twentieth of a second, and some 7 GB in eight hours."""
SETTING: Final = "files_cursor"
_EVERY_MS: Final = EVERY // timedelta(milliseconds=1)


class Look(NamedTuple):
    """Where the round stands."""

    began_ms: int
    after: int | None = None
    """The log's position up to which it has come; None where it is done and the next one is awaited."""

    def value(self) -> dict[str, int | None]:
        """Return the JSON value."""
        return self._asdict()

    def goes_on(self, now_ms: int) -> Look:
        """Return it, or the next round where it is time; a clock that was put back begins one, too."""
        if self.after is None and not 0 <= now_ms - self.began_ms < _EVERY_MS:
            return Look(now_ms, 0)
        return self


class Stretch(NamedTuple):
    """What one exchange looks at."""

    look: Look
    """Where the round stands after it."""
    events: list[str]
    """The events whose files are settled anew."""
    lost: set[str]
    """Those of them whose files are not here as they were."""


def read_look(value: Any, now_ms: int) -> Look:
    """Return the kept round; where none was, one that is just done: what was just settled is as it was."""
    try:
        return Look(**value)
    except TypeError:
        return Look(now_ms)


def stretch(session: Session, store: Blobs, look: Look, upto: int, unsettled: set[str]) -> Stretch:
    """Return the next stretch of the round through the log up to its position `upto`, the files here read.

    unsettled: events that are looked after already.
    """
    if look.after is None:
        return Stretch(look, [], set())
    event = (col(EventRow.position), col(EventRow.head), col(EventRow.body), col(EventRow.private))
    rows = (
        session.connection()
        .execute(
            select(*event)
            .where(col(EventRow.position) > look.after, col(EventRow.position) <= upto, col(EventRow.kind) == ATTACHED)
            .order_by(col(EventRow.position))
            .limit(MOST_FILES)
        )
        .all()
    )
    found, lost, read = [], set(), 0
    for position, *row in rows:
        one = attached(named := chain.as_event(row))
        dossier = named.head.dossier
        is_guest = dossier is not None and stubs.guest(session, dossier) is not None
        if one is None or not blobs.may_be(one.sha256, one.size) or one.event in unsettled or is_guest:
            continue
        found.append(one.event)
        if store.fault(one.sha256, one.size) is not None:
            lost.add(one.event)
        read += one.size
        if read >= MOST_BYTES:
            return Stretch(look._replace(after=position), found, lost)
    after = rows[-1][0] if len(rows) == MOST_FILES else None
    return Stretch(look._replace(after=after), found, lost)


def look_anew(session: Session) -> None:
    """Let the round begin with the next exchange."""
    value = kept.setting(session, SETTING)
    if value is not None:  # else nothing was settled yet
        look = read_look(value.get("look"), 0)
        kept.keep_setting(session, SETTING, {**value, "look": Look(look.began_ms, 0).value()})
