"""The business date and whether the clock it comes from may be trusted (decisions, 2, "questionable").

A code carries the business date for ever, so a clock in doubt is shown to the officer, who confirms date and
hour (`clock.set`) and goes on; only an unattended command refuses, naming the doubt (str of ClockDoubt).
Nothing else is ever refused for the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal

from desk.clock import office_day, office_time
from desk.words import N_, _

BACKWARD_LIMIT = timedelta(minutes=2)
"""A smaller step back only raises the log's own clock."""
FORWARD_LIMIT = timedelta(days=30)
CENTER_LIMIT = timedelta(days=1)

DoubtReason = Literal["before_last_event", "before_build", "ahead_of_center", "long_after_last_event"]

DOUBT_SAID: Mapping[DoubtReason, str] = MappingProxyType(
    {
        "before_last_event": N_("the last act of this desk was recorded later, at {reference}."),
        "before_build": N_("this program was made only on {reference}."),
        "ahead_of_center": N_("by the center's time it should be {reference}."),
        "long_after_last_event": N_("the last act of this desk was recorded long before, at {reference}."),
    }
)


@dataclass(frozen=True, slots=True)
class CenterTime:
    """The center's time as last measured, beside what this desk's clock said at that moment."""

    center_at: datetime
    desk_at: datetime


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why the clock is in doubt; reference is the instant it was compared with (UTC)."""

    reason: DoubtReason
    reference: datetime

    def __str__(self) -> str:
        return _(DOUBT_SAID[self.reason]).format(reference=f"{office_time(self.reference):%d/%m/%Y %H:%M}")


def business_date(now: datetime) -> date:
    """Return the date that a code made at `now` carries: the office's day (+07:00)."""
    return office_day(now)


def clock_doubt(
    now: datetime,
    *,
    last_event_at: datetime | None = None,
    center: CenterTime | None = None,
    built_at: datetime | None = None,
) -> ClockDoubt | None:
    """Return why the clock's `now` must be confirmed by an officer, None if it may be trusted.

    last_event_at: the desk's last event, None for an empty log. center: the last measure of the center's
    time, None if there is none or the officer confirmed the clock since. built_at: when this program was
    made, None under `DESK_CLOCK`. The worst doubt comes first: a date that was already passed.
    """
    if last_event_at is not None and last_event_at - now > BACKWARD_LIMIT:
        return ClockDoubt("before_last_event", last_event_at)
    if built_at is not None and now < built_at:
        return ClockDoubt("before_build", built_at)
    if center is not None and center.desk_at - center.center_at > CENTER_LIMIT:
        return ClockDoubt("ahead_of_center", now - (center.desk_at - center.center_at))
    if last_event_at is not None and now - last_event_at > FORWARD_LIMIT:
        return ClockDoubt("long_after_last_event", last_event_at)
    return None
