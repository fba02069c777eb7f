"""The index of service quality (Quyết định 766/QĐ-TTg 2022): its shares, each with its base.

Formulas: domain 5.3 and 4.3 (the formula document, S5). Points are not given: how a group's points are shared
among its indicators was not found, so only "full marks from" is said. The index's satisfaction is not the
survey's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from desk.clock import whole_minute
from desk.rules.figures.lives import DossierLife, Period
from desk.rules.shares import Share

Indicator = Literal[
    "on_time", "online_procedures", "online_dossiers", "online_payment", "digitised", "reused", "satisfaction"
]

FULL_FROM: dict[Indicator, int] = {
    "on_time": 100,
    "online_procedures": 80,
    "online_dossiers": 50,
    "online_payment": 80,
    "digitised": 80,
    "reused": 80,
    "satisfaction": 90,
}
"""The percentage from which an indicator has full marks; that of `on_time` is recalled."""


@dataclass(frozen=True, slots=True)
class IndexLife:
    """One dossier with what only the index asks."""

    life: DossierLife
    returned_at: datetime | None = None
    withdrawal_at: datetime | None = None
    supplement_requests: int = 0
    has_document_file: bool = False
    has_result_file: bool = False
    is_reused: bool = False
    """At least one document was taken from a store instead of the citizen."""
    is_blamed: bool = False
    """A complaint, or an answer of dislike."""


@dataclass(frozen=True, slots=True)
class IndexValue:
    """One indicator of the index."""

    indicator: Indicator
    share: Share

    @property
    def is_full(self) -> bool | None:
        """Whether it reaches full marks; None where the base is empty."""
        percent = self.share.percent
        return None if percent is None else percent >= Decimal(FULL_FROM[self.indicator])


def ended_by_index(one: IndexLife) -> datetime | None:
    """Return when processing ended by the index: the first of 9 (else 10), 8 or 3, and 7; None while it runs.

    A withdrawal counts only for a dossier that had been accepted.
    """
    life = one.life
    result = life.resolved_at or one.returned_at
    asked = one.withdrawal_at if life.accepted_at is not None else None
    return min((end for end in (result, life.stopped_at, life.refused_at, asked) if end is not None), default=None)


def is_on_time(one: IndexLife, at: datetime) -> bool:
    """Return whether the dossier is on time by the index at `at`.

    More than one supplement request counts as overdue. While one is open, its moment is the end of processing;
    after it was answered, the waiting time has moved the due moment.
    """
    if one.supplement_requests > 1:
        return False
    ended_at = ended_by_index(one)
    looked_at = at if ended_at is None or ended_at > at else ended_at
    due_at = one.life.due_at(looked_at)
    if due_at is None:
        return True
    return whole_minute(one.life.waiting_since(looked_at) or looked_at) <= whole_minute(due_at)


def index_766(
    lives: Iterable[IndexLife], period: Period, procedures_online: int, procedures: int
) -> tuple[IndexValue, ...]:
    """Return the indicators over the dossiers handled in the period, in the order of FULL_FROM.

    procedures_online: procedures offered online, of `procedures` offered in all. Handled: accepted before
    24:00 of the last day and not ended before the first; a dossier given twice counts once.
    """
    handled = [one for one in {one.life.id: one for one in lives}.values() if _is_handled(one, period)]
    paying = [one for one in handled if one.life.payments]
    late = sum(not is_on_time(one, period.last_instant) for one in handled)
    blamed = sum(one.is_blamed for one in handled)

    def share(found: Callable[[IndexLife], bool], base: list[IndexLife]) -> Share:
        return Share(sum(map(found, base)), len(base))

    shares: dict[Indicator, Share] = {
        "on_time": Share(len(handled) - late, len(handled)),
        "online_procedures": Share(procedures_online, procedures),
        "online_dossiers": share(lambda one: one.life.channel == "online", handled),
        "online_payment": share(lambda one: any(payment.is_online for payment in one.life.payments), paying),
        "digitised": share(lambda one: one.has_document_file and one.has_result_file, handled),
        "reused": share(lambda one: one.is_reused, handled),
        "satisfaction": Share(max(len(handled) - late - blamed, 0), len(handled)),
    }
    return tuple(IndexValue(indicator, shares[indicator]) for indicator in FULL_FROM)


def _is_handled(one: IndexLife, period: Period) -> bool:
    accepted_at = one.life.accepted_at
    if accepted_at is None or accepted_at >= period.ends_at:
        return False
    return not period.is_before(ended_by_index(one))
