"""The columns of Biểu II.06a/VPCP/KSTT and of the newer split, and what one dossier adds to each.

Every column is counted by its own definition; none is made of others, so that the identities between them
can fail and be seen to fail. Sources: domain 5.3 (the form and its notes), decisions 5 (what it leaves open).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from desk.rules.figures.lives import DossierLife, EarlyRule, Period


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of one row, in dossiers; (3) to (13) are the form's columns."""

    received: int = 0
    """(3) dossiers to work on in the period: new and carried over."""
    online: int = 0
    """(4) accepted in the period, filed online."""
    counter_post: int = 0
    """(5) accepted in the period, at the counter or by post."""
    carried_over: int = 0
    """(6) accepted before the period and not ended before it."""
    resolved: int = 0
    """(7) ended in the period: resolved, or stopped."""
    early: int = 0
    """(8)"""
    on_time: int = 0
    """(9)"""
    overdue: int = 0
    """(10)"""
    in_progress: int = 0
    """(11) accepted and not ended at 24:00 of the last day."""
    in_time: int = 0
    """(12) of these, not past the due minute; waiting for the citizen included."""
    in_progress_overdue: int = 0
    """(13)"""
    counter: int = 0
    """Newer split (S26 of the domain page) from here on: of (5), at the counter."""
    post: int = 0
    """Of (5), by public post."""
    online_full: int = 0
    """Of (4), fully online."""
    online_partial: int = 0
    """Of (4), partly online."""
    online_other: int = 0
    """Of (4), of a procedure that the catalogue does not call online."""
    no_boundary: int = 0
    """Of (4) and (5), for another unit of the province."""
    overdue_apologised: int = 0
    """Of (10) and (13), with an apology sent."""
    overdue_not_apologised: int = 0
    """Of (10) and (13), without."""
    waiting_in_time: int = 0
    """Filed online, neither accepted nor refused at 24:00 of the last day, within the time for it."""
    waiting_late: int = 0
    """The same, past it."""
    refused: int = 0
    """Not accepted in the period; never in (3)."""
    stopped: int = 0
    """Of (7), stopped without the citizen's asking."""
    withdrawn: int = 0
    """Of (7), stopped because the citizen asked."""
    paid_online: int = 0
    """Dossiers that paid in the period through a payment gate."""
    paid_direct: int = 0
    """Dossiers that paid in the period at the counter or by transfer, none of it online."""
    receipted: int = 0
    """Dossiers that paid in the period and have a receipt for all of it."""

    def __add__(self, other: Columns) -> Columns:
        return Columns(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))


COLUMNS: tuple[str, ...] = tuple(spec.name for spec in fields(Columns))
"""The names of the columns in the order of the form, then of the newer split."""
FORM_COLUMNS: tuple[str, ...] = COLUMNS[:11]
"""The thirteen columns of the form without its first two (number and name)."""


def counted(life: DossierLife, period: Period, early: EarlyRule = "earlier_day") -> Columns:
    """Return what one dossier adds to each column of a table over `period`: zeros and ones."""
    is_new = period.holds(life.accepted_at)
    ended_before = period.is_before(life.ended_at)
    is_carried = period.is_before(life.accepted_at) and not ended_before
    ended_within = life.accepted_at is not None and period.holds(life.ended_at)
    is_open = _is_open(life, period)
    timing = life.timing(early) if ended_within else ""
    open_overdue = is_open and life.is_overdue(period.last_instant)
    is_online = life.channel == "online"
    is_late = timing == "overdue" or open_overdue
    apologised = life.apologised_at is not None and life.apologised_at < period.ends_at
    waits = _waits_for_acceptance(life, period)
    waits_late = waits and life.accept_by_at is not None and life.accept_by_at < period.ends_at
    paid = [payment for payment in life.payments if period.holds(payment.at)]
    return Columns(
        received=is_new or is_carried,
        online=is_new and is_online,
        counter_post=is_new and not is_online,
        carried_over=is_carried,
        resolved=ended_within,
        early=timing == "early",
        on_time=timing == "on_time",
        overdue=timing == "overdue",
        in_progress=is_open,
        in_time=is_open and not open_overdue,
        in_progress_overdue=open_overdue,
        counter=is_new and life.channel == "counter",
        post=is_new and life.channel == "post",
        online_full=is_new and is_online and life.online_level == "full",
        online_partial=is_new and is_online and life.online_level == "partial",
        online_other=is_new and is_online and life.online_level not in ("full", "partial"),
        no_boundary=is_new and life.is_no_boundary,
        overdue_apologised=is_late and apologised,
        overdue_not_apologised=is_late and not apologised,
        waiting_in_time=waits and not waits_late,
        waiting_late=waits_late,
        refused=period.holds(life.refused_at),
        stopped=ended_within and life.stopped_at is not None and not life.is_withdrawn,
        withdrawn=ended_within and life.stopped_at is not None and life.is_withdrawn,
        paid_online=any(payment.is_online for payment in paid),
        paid_direct=bool(paid) and not any(payment.is_online for payment in paid),
        receipted=bool(paid) and all(payment.has_receipt for payment in paid),
    )


def summed(parts: Iterable[Columns]) -> Columns:
    """Return the sum of each column; zeros for no part."""
    totals = dict.fromkeys(COLUMNS, 0)
    for part in parts:
        for name in COLUMNS:
            totals[name] += getattr(part, name)
    return Columns(**totals)


def _is_open(life: DossierLife, period: Period) -> bool:
    """Return whether it is accepted and not ended at 24:00 of the last day."""
    if life.accepted_at is None or life.accepted_at >= period.ends_at:
        return False
    return life.ended_at is None or life.ended_at >= period.ends_at


def _waits_for_acceptance(life: DossierLife, period: Period) -> bool:
    if life.channel != "online" or life.filed_at is None or life.filed_at >= period.ends_at:
        return False
    answers = (life.accepted_at, life.refused_at, life.stopped_at)
    return all(answer is None or answer >= period.ends_at for answer in answers)
