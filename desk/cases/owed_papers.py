"""Papers that acts owe and nobody has made: after a crash, after a printer room that failed, after a correction.

An acceptance owes its slip by the slip policy. Every other act says itself which papers it owes, in its body's
`papers`; simulated histories and results taken along at once owe none.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from storage.queries import desks, dossiers, events, kept
from storage.store import Session
from storage.wire import Event

_CHECKED: Final = "papers_checked"
"""Setting: up to which position of the log every paper that was owed is made."""
_STEP: Final = 500
"""So many events further the mark is moved on: it only saves time."""


class Owed(NamedTuple):
    """A paper that is to be made."""

    dossier: str
    """The dossier's id, "" for a paper about many."""
    kind: str
    event: str = ""
    """The act that owes it; "" for the slip."""


def owed_papers(session: Session, desk: str) -> tuple[Owed, ...]:
    """Return what the acts of `desk` owe, slips first, then the others in the order of their acts."""
    found = [Owed(row.id, "slip") for row in dossiers.slips_missing(session, desk)]
    for _position, event in events.owing_papers(session, desk, _checked(session)):
        found += _lacking(session, event)
    return tuple(found)


def move_mark(session: Session, desk: str) -> None:
    """Remember how far the log owes nothing any more, in a writing session; losing it costs a look at the whole log."""
    before, last = _checked(session), events.last_position(session)
    if last - before < _STEP:
        return
    lacking = (at for at, event in events.owing_papers(session, desk, before) if _lacking(session, event))
    kept.keep_setting(session, _CHECKED, next(lacking, last + 1) - 1)


def _checked(session: Session) -> int:
    return int(kept.setting(session, _CHECKED) or 0)


def _lacking(session: Session, event: Event) -> list[Owed]:
    kinds = [kind for kind in event.body.get("papers") or () if isinstance(kind, str)]
    made = {paper.kind for paper in desks.papers_of_event(session, event.head.id) if paper.state != "voided"}
    dossier = event.head.dossier
    lacking = [kind for kind in kinds if kind not in made]
    if lacking and dossier is not None:
        row = dossiers.by_id(session, dossier)
        given_back = {fee.get("id") for fee in row.fees or () if fee.get("voided")} if row is not None else set()
        if row is None or row.is_erased or event.head.id in {*(row.undoable or ()), *given_back}:
            return []
        # a statement about the dossier as a whole names no event
        made |= {
            paper.kind for paper in desks.papers_of(session, dossier) if not paper.event and paper.state != "voided"
        }
    return [Owed(dossier or "", kind, event.head.id) for kind in lacking if kind not in made]
