"""A paper as bytes: which act it tells of, what stands on it, and the room that draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from desk.cases import move_papers as moves
from desk.cases.context import Context
from desk.cases.paper_content import CopyMark, Drawing, drawing_of, slip_content
from desk.cases.paper_kinds import EVENT_OF, KINDS, said
from desk.clock import office_day
from desk.errors.acts import NotReturnable
from desk.errors.papers import PaperKindUnknown, PaperNotDue
from desk.rules.lifecycle import status_said
from receipts import (
    apology_letter,
    control_slip,
    fee_receipt,
    lost_slip,
    refusal_slip,
    result_receipt,
    slip,
    stop_notice,
    supplement_slip,
)
from receipts.thermal import slip as short_slip
from receipts.thermal.picture import PaperWidth
from storage.projections.fold import moment
from storage.tables.projected import DossierRow
from storage.wire import Event


class Subject(NamedTuple):
    """What one paper tells of."""

    event: Event | None
    """None for papers about the acceptance or the dossier as a whole."""
    made_at: datetime
    officer: str
    """Who did it: an officer's id."""


def subject_of(row: DossierRow, kind: str, events: Sequence[Event], event_id: str = "") -> Subject:
    """Return what a paper of `kind` tells of: the event `event_id`, or the last one of its kind in force.

    events: the dossier's, in order. Raises PaperKindUnknown, NotReturnable (slip and result receipt of a dossier
    that is not that far) and PaperNotDue.
    """
    if kind not in KINDS:
        raise PaperKindUnknown(kind=kind[:20], known=", ".join(KINDS))
    if kind in EVENT_OF:
        mine = [one for one in in_force(row, events) if one.head.kind == EVENT_OF[kind]]
        mine = [one for one in mine if event_id in ("", one.head.id)]
        if mine and not (kind == "result_receipt" and row.returned_at is None):
            return Subject(mine[-1], moment(mine[-1]), mine[-1].head.actor or "")
    elif row.accepted_at is not None:
        return Subject(None, row.accepted_at, row.officer)
    if kind in ("slip", "result_receipt"):
        raise NotReturnable(code=row.code or "", status=status_said(row.status))  # type: ignore[arg-type]  # a status
    raise PaperNotDue(code=row.code or "", kind=said(kind))


def in_force(row: DossierRow, events: Sequence[Event]) -> list[Event]:
    """Return the events of a dossier that were not undone."""
    gone = set(row.undoable or ())
    voids = (event for event in events if event.head.kind == "fee.voided" and event.head.id not in gone)
    fees = {str(event.body.get("fee")) for event in voids}
    return [event for event in events if event.head.id not in gone | fees]


def drawn_paper(
    context: Context,
    row: DossierRow,
    kind: str,
    mark: CopyMark,
    subject: Subject,
    events: Sequence[Event],
    names: Mapping[str, str],
    *,
    short_mm: PaperWidth | None = None,
) -> bytes:
    """Return a paper as PDF; the same log, kind and copy give the same bytes. Raises PrintTrouble.

    events: the dossier's, in force. names: of officers by id. short_mm: a slip in short form instead, as the
    bytes for a receipt printer with a roll so wide.
    """
    drawing = drawing_of(context, row, kind, mark, subject.made_at, names.get(subject.officer, ""))
    if subject.event is not None:
        if kind == "result_receipt":
            return result_receipt.render(moves.receipt_content(drawing, subject.event, events))
        return _OF_EVENT[kind](drawing, subject.event)
    if kind == "control":
        return control_slip.render(moves.control_content(drawing, events, names))
    if kind == "lost_slip":
        returned = [event for event in events if event.head.kind == "dossier.returned"]
        return lost_slip.render(moves.lost_slip_content(drawing, returned[-1] if returned else None))
    content = slip_content(drawing)
    return slip.render(content) if short_mm is None else short_slip.render(content, short_mm)


def papers_day(subject: Subject) -> str:
    """Return the day a paper's file name begins with."""
    return office_day(subject.made_at).isoformat()


_OF_EVENT: Mapping[str, Callable[[Drawing, Event], bytes]] = {
    "supplement": lambda drawing, event: supplement_slip.render(moves.supplement_content(drawing, event)),
    "refusal": lambda drawing, event: refusal_slip.render(moves.refusal_content(drawing, event)),
    "apology": lambda drawing, event: apology_letter.render(moves.apology_content(drawing, event)),
    "stop": lambda drawing, event: stop_notice.render(moves.stop_content(drawing, event)),
    "fee_receipt": lambda drawing, event: fee_receipt.render(moves.fee_content(drawing, event)),
}
