"""Laws of the time rules, on calendars nobody thought of.

Where a law counts minutes, the test does it minute by minute with its own reading of the calendar's fields.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.clock import OFFICE_ZONE
from desk.rules.calendar import Calendar, DayName, Season
from desk.rules.clock_stops import ClockStop, Promise, due_with_stops
from desk.rules.dossier import Term
from desk.rules.due import due
from desk.rules.hours import Hours, Span, Week
from desk.rules.worktime import later_by, working_minutes

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 60).map(lambda days: FIRST + timedelta(days=days))
MOMENTS = st.integers(0, 60 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=OFFICE_ZONE) + timedelta(minutes=n))


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    """The hours of a day: none, one or two parts."""
    edges = sorted(draw(st.lists(st.integers(0, 1439), min_size=2, max_size=4, unique=True)))
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """A week with at least one working day, Friday."""
    some: Hours = ()
    mon, tue, wed, thu, sat, sun = (draw(st.just(some) | hours()) for _weekday in range(6))
    return (mon, tue, wed, thu, draw(hours()), sat, sun)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar with days off, made-up days, hours of single dates and perhaps a season."""
    return Calendar(
        week=draw(weeks()),
        off=MappingProxyType(dict.fromkeys(draw(st.sets(DAYS, max_size=12)), DayName())),
        working=MappingProxyType(dict.fromkeys(draw(st.sets(DAYS, max_size=6)), DayName())),
        hours_on=MappingProxyType(draw(st.dictionaries(DAYS, hours() | st.just(()), max_size=4))),
        seasons=tuple(Season(day, draw(weeks())) for day in sorted(draw(st.sets(DAYS, max_size=1)))),
    )


NUMBERS = st.integers(1, 12).map(float) | st.decimals("0.05", "6", places=2).map(float)
CUTOFFS = st.sampled_from(["", "", "10:00", "15:00"])
TERMS = st.builds(Term, NUMBERS, st.sampled_from(["working_day", "calendar_day", "hour"]), CUTOFFS) | st.builds(
    Term, st.just(1.0), st.just("within_day"), CUTOFFS
)


def worked(calendar: Calendar, moment: datetime) -> bool:
    """Whether the minute that begins at `moment` is worked, read from the calendar's own fields."""
    local = moment.astimezone(OFFICE_ZONE)
    day, minute = local.date(), local.hour * 60 + local.minute
    if day in calendar.off:
        return False
    if day in calendar.hours_on:
        parts = calendar.hours_on[day]
    else:
        week = next((season.week for season in reversed(calendar.seasons) if season.on <= day), calendar.week)
        made_up = day in calendar.working and (day.weekday() >= 5 or week[day.weekday()] == ())
        parts = week[4 if made_up else day.weekday()]
    return any(opens <= minute < closes for opens, closes in parts)


def minute_by_minute(calendar: Calendar, start_at: datetime, end_at: datetime) -> int:
    """The worked minutes between two moments, counted one by one."""
    count, moment = 0, start_at
    while moment < end_at:
        count += worked(calendar, moment)
        moment += timedelta(minutes=1)
    return count


@given(calendars(), MOMENTS, TERMS, st.booleans())
def test_due_is_never_before_received(calendar: Calendar, received: datetime, term: Term, end_of_day: bool) -> None:
    result = due(received, term, calendar, end_of_day=end_of_day)
    assert result.due_at >= received
    assert result.due_at >= result.counted_from >= received


@given(calendars(), MOMENTS, MOMENTS, TERMS, st.booleans())
def test_a_later_reception_is_never_due_earlier(
    calendar: Calendar, one: datetime, other: datetime, term: Term, end_of_day: bool
) -> None:
    first, second = sorted((one, other))
    early = due(first, term, calendar, end_of_day=end_of_day)
    late = due(second, term, calendar, end_of_day=end_of_day)
    assert early.due_at <= late.due_at


@given(calendars(), MOMENTS, TERMS, DAYS, st.booleans())
def test_a_day_off_added_never_brings_the_due_moment_earlier(
    calendar: Calendar, received: datetime, term: Term, extra: date, end_of_day: bool
) -> None:
    more = replace(calendar, off={**calendar.off, extra: DayName()})
    before = due(received, term, calendar, end_of_day=end_of_day)
    assert due(received, term, more, end_of_day=end_of_day).due_at >= before.due_at


@given(calendars(), MOMENTS, TERMS, st.booleans())
def test_the_due_moment_lies_in_the_working_hours_of_its_day(
    calendar: Calendar, received: datetime, term: Term, end_of_day: bool
) -> None:
    due_at = due(received, term, calendar, end_of_day=end_of_day).due_at
    # The closing minute belongs to the hours: the minute before it is worked.
    assert worked(calendar, due_at) or worked(calendar, due_at - timedelta(minutes=1))


@given(calendars(), MOMENTS, TERMS, st.booleans())
def test_the_trail_names_every_day_from_acceptance_to_due_once(
    calendar: Calendar, received: datetime, term: Term, end_of_day: bool
) -> None:
    result = due(received, term, calendar, end_of_day=end_of_day)
    first, last = received.date(), result.due_at.astimezone(OFFICE_ZONE).date()
    assert [day.on for day in result.trail] == [first + timedelta(days=days) for days in range((last - first).days + 1)]
    if term.unit in ("working_day", "calendar_day"):
        whole = sum(day.counted and day.why != "part" for day in result.trail)
        assert whole == int(term.value)


@given(calendars(), MOMENTS, st.integers(1, 3000))
def test_hours_are_exactly_so_many_working_minutes(calendar: Calendar, received: datetime, minutes: int) -> None:
    due_at = due(received, Term(minutes / 60, "hour"), calendar).due_at
    # A quotient like 1/60 has no exact decimal, so rounding up may add one minute.
    assert working_minutes(received, due_at, calendar) - minutes in (0, 1)


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS, MOMENTS)
def test_working_time_is_what_counting_every_minute_gives(calendar: Calendar, one: datetime, other: datetime) -> None:
    start, end = sorted((one, min(other, one + timedelta(days=9))))
    assert working_minutes(start, end, calendar) == minute_by_minute(calendar, start, end)


@given(calendars(), MOMENTS, MOMENTS, MOMENTS)
def test_working_time_of_two_stretches_adds_up(
    calendar: Calendar, one: datetime, two: datetime, three: datetime
) -> None:
    a, b, c = sorted((one, two, three))
    whole = working_minutes(a, c, calendar)
    assert whole == working_minutes(a, b, calendar) + working_minutes(b, c, calendar)


@given(calendars(), MOMENTS, st.integers(0, 5000))
def test_so_much_later_is_so_much_working_time(calendar: Calendar, start: datetime, minutes: int) -> None:
    end = later_by(start, minutes, calendar)
    assert end.tzinfo is UTC
    assert working_minutes(start, end, calendar) == minutes
    if minutes:
        assert working_minutes(start, end - timedelta(minutes=1), calendar) == minutes - 1


@settings(max_examples=60, deadline=None)
@given(
    calendars(),
    MOMENTS,
    st.builds(Term, NUMBERS, st.sampled_from(["working_day", "hour"])),
    st.integers(0, 3000),
    st.integers(0, 7000),
)
def test_a_pause_of_w_working_minutes_moves_the_due_moment_by_exactly_w_working_minutes(
    calendar: Calendar, received: datetime, term: Term, begins: int, lasts: int
) -> None:
    start = received + timedelta(minutes=begins)
    end = start + timedelta(minutes=lasts)
    promise = Promise(received, term)
    former = promise.first_due(calendar).due_at
    moved = due_with_stops(promise, [ClockStop("supplement", start, end)], calendar).due_at
    waited = minute_by_minute(calendar, start, end)
    assert minute_by_minute(calendar, former, moved) == waited
    assert (moved == former) == (waited == 0)


@given(calendars(), MOMENTS, TERMS, st.integers(0, 3000), st.integers(0, 7000), st.booleans())
def test_a_restart_is_a_reception_at_completion(
    calendar: Calendar, received: datetime, term: Term, begins: int, lasts: int, end_of_day: bool
) -> None:
    start = received + timedelta(minutes=begins)
    end = start + timedelta(minutes=lasts)
    promise = Promise(received, term, "restart", end_of_day)
    moved = due_with_stops(promise, [ClockStop("supplement", start, end)], calendar)
    assert moved == due(end, term, calendar, end_of_day=end_of_day)


@given(calendars(), MOMENTS, TERMS, st.integers(0, 3000), st.integers(0, 7000), st.booleans())
def test_a_pause_never_brings_the_due_moment_earlier(
    calendar: Calendar, received: datetime, term: Term, begins: int, lasts: int, end_of_day: bool
) -> None:
    start = received + timedelta(minutes=begins)
    promise = Promise(received, term, "pause", end_of_day)
    waited = ClockStop("payment", start, start + timedelta(minutes=lasts))
    moved = due_with_stops(promise, [waited], calendar).due_at
    assert moved >= promise.first_due(calendar).due_at


@given(calendars(), MOMENTS, TERMS, st.integers(0, 59), st.booleans())
def test_seconds_change_nothing(
    calendar: Calendar, received: datetime, term: Term, seconds: int, end_of_day: bool
) -> None:
    later = received + timedelta(seconds=seconds)
    assert due(later, term, calendar, end_of_day=end_of_day) == due(received, term, calendar, end_of_day=end_of_day)
