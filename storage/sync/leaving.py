"""What becomes of a dossier that no longer concerns this unit: hidden at once, its content gone after 90 days.

The marker `left` hides it (`storage/sync/pages.py`). The same goes for one that was only looked up. What the
desks of the own unit wrote of it stays for ever, as it does at the center; whoever needs the dossier again looks
it up, and a dossier that comes back is given whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlmodel import Session, col

from storage import blobs, chain
from storage.blobs import Blobs
from storage.log import Log
from storage.projections.attachments import ATTACHED, Attached, attached
from storage.projections.order import LOOK
from storage.projections.project import forget
from storage.projections.upsert import table_of
from storage.queries import kept
from storage.tables.elsewhere import GuestRow
from storage.tables.events import EventRow
from storage.tables.projected import DeskRow, DossierRow

KEPT: Final = timedelta(days=90)
"""How long a guest's content stays after it left, or after it was looked up last (sync, 2.6)."""

_FILES: Final = "files_to_let_go"
_AT_ONCE: Final = 100
"""Dossiers in one transaction; the rest goes with the next exchanges."""


def let_go(session: Session, log: Log) -> list[str]:
    """Delete the content of the guests whose time is over; returns their ids, at most 100 at once.

    To be called when the center has every event of this desk and has told it everything: then what this desk did
    to a dossier has made it concern the unit again.
    """
    guest, row = table_of(GuestRow), table_of(DossierRow)
    over = guest.c.since_at < log.clock() - KEPT
    if session.connection().execute(select(guest.c.dossier).where(over).limit(1)).first() is None:
        return []
    event = table_of(EventRow)
    authors = {log.identity.desk, *session.connection().scalars(select(col(DeskRow.id)))}
    its = event.c.dossier == guest.c.dossier
    acted = select(event.c.id).where(its, event.c.desk.in_(authors), event.c.kind != LOOK).exists()
    # A number in the log is never given twice: who remembers a place in it would miss the event that has it anew.
    is_last = select(event.c.id).where(its, event.c.position == select(func.max(event.c.position)).scalar_subquery())
    asked = (
        select(guest.c.dossier)
        .where(over, select(event.c.id).where(its, event.c.desk.not_in(authors)).exists(), ~is_last.exists())
        .where((guest.c.why == "left") | ~acted)
        .order_by(guest.c.since_at, guest.c.dossier)
        .limit(_AT_ONCE)
    )
    ids = list(session.connection().scalars(asked))
    if ids:
        their = (event.c.kind == ATTACHED, event.c.dossier.in_(ids), event.c.desk.not_in(authors))
        files = [one.sha256 for one in _attached(session, *their)]
        kept.keep_setting(session, _FILES, sorted({*files, *(kept.setting(session, _FILES) or ())}))
        forget(session, ids, authors)
        shown = select(row.c.id).where(row.c.id.in_(ids)).scalar_subquery()
        session.connection().execute(delete(guest).where(guest.c.dossier.in_(ids), guest.c.dossier.not_in(shown)))
        session.expire_all()
    return ids


def let_files_go(log: Log, store: Blobs) -> int:
    """Delete the files of dossiers whose content is gone, unless another event here names them; returns how many.

    Nobody attaches meanwhile: it is one transaction with the look into the log. A file that another program holds
    open is tried again at the next call.
    """
    with log.store.reading() as session:
        if not kept.setting(session, _FILES):
            return 0
    gone, held = 0, []
    with log.store.writing() as session:
        named = {one.sha256 for one in _attached(session, col(EventRow.kind) == ATTACHED)}
        for sha256 in set(kept.setting(session, _FILES) or ()) - named:
            try:
                store.drop(sha256)
                gone += 1
            except OSError:
                held.append(sha256)
        kept.keep_setting(session, _FILES, held)
    return gone


def _attached(session: Session, *where: ColumnElement[bool]) -> Iterator[Attached]:
    """Yield what those of the events with `where` name as attached that can be a kept file."""
    event = table_of(EventRow)
    for row in session.connection().execute(select(event.c.head, event.c.body, event.c.private).where(*where)):
        one = attached(chain.as_event(row))
        if one is not None and blobs.may_be(one.sha256, one.size):
            yield one
