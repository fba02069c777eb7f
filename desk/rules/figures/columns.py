"""The columns of Biểu II.06a/VPCP/KSTT and of the newer split, and what one dossier adds to each.

Every column is counted by its own definition; none is made of others, so that the identities between them
can fail and be seen to fail. Sources: domain 5.3 (the form and its notes), decisions 5 (what it leaves open).
"""

from __future__ import annotations

from collections import Counter
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


COLUMNS: tuple[str, ...] = tuple(spec.name for spec in fields(Columns))
"""The names of the columns in the order of the form, then of the newer split."""
FORM_COLUMNS: tuple[str, ...] = COLUMNS[:11]
"""The thirteen columns of the form without its first two (number and name)."""


def columns_of(life: DossierLife, period: Period, early: EarlyRule = "earlier_day") -> list[str]:
    """Return the names of the columns that one dossier is counted in, in a table over `period`."""
    is_new = period.holds(life.accepted_at)
    found = _received(life, period, is_new)
    if life.accepted_at is not None and period.holds(life.ended_at):
        timing = life.timing(early)
        found += ["resolved", timing]
        if life.stopped_at is not None:
            found.append("withdrawn" if life.is_withdrawn else "stopped")
        if timing == "overdue":
            found.append(_apology(life, period))
    if _is_open(life, period):
        found.append("in_progress")
        if life.is_overdue(period.last_instant):
            found += ["in_progress_overdue", _apology(life, period)]
        else:
            found.append("in_time")
    if is_new:
        found += _channel(life)
        if life.is_no_boundary:
            found.append("no_boundary")
    if period.holds(life.refused_at):
        found.append("refused")
    if _waits_for_acceptance(life, period):
        is_late = life.accept_by_at is not None and life.accept_by_at < period.ends_at
        found.append("waiting_late" if is_late else "waiting_in_time")
    return found + _paid(life, period)


def counted(names: Iterable[str]) -> Columns:
    """Return the columns in which each of `names` is counted as often as it stands there."""
    return Columns(**Counter(names))


def _received(life: DossierLife, period: Period, is_new: bool) -> list[str]:
    if is_new:
        return ["received"]
    is_carried = period.is_before(life.accepted_at) and not period.is_before(life.ended_at)
    return ["received", "carried_over"] if is_carried else []


def _channel(life: DossierLife) -> list[str]:
    if life.channel == "online":
        level = life.online_level if life.online_level in ("full", "partial") else "other"
        return ["online", f"online_{level}"]
    return ["counter_post", life.channel]


def _apology(life: DossierLife, period: Period) -> str:
    is_sent = life.apologised_at is not None and life.apologised_at < period.ends_at
    return "overdue_apologised" if is_sent else "overdue_not_apologised"


def _is_open(life: DossierLife, period: Period) -> bool:
    """Return whether it is accepted and not ended at 24:00 of the last day."""
    is_accepted = life.accepted_at is not None and life.accepted_at < period.ends_at
    return is_accepted and (life.ended_at is None or life.ended_at >= period.ends_at)


def _waits_for_acceptance(life: DossierLife, period: Period) -> bool:
    is_filed = life.channel == "online" and life.filed_at is not None and life.filed_at < period.ends_at
    answers = (life.accepted_at, life.refused_at, life.stopped_at)
    return is_filed and all(answer is None or answer >= period.ends_at for answer in answers)


def _paid(life: DossierLife, period: Period) -> list[str]:
    paid = [payment for payment in life.payments if period.holds(payment.at)]
    if not paid:
        return []
    way = "paid_online" if any(payment.is_online for payment in paid) else "paid_direct"
    return [way, "receipted"] if all(payment.has_receipt for payment in paid) else [way]
