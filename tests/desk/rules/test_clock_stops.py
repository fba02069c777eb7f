"""Stops of the statutory time: pause and restart, intervals, the second supplement (domain 4.3, decisions 5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.clock import OFFICE_ZONE
from desk.errors.rule import PeriodBackwards, StopOpen
from desk.rules.calendar import Calendar
from desk.rules.clock_stops import (
    SECOND_SUPPLEMENT,
    ClockStop,
    Promise,
    StopKind,
    StopRule,
    begin_stop,
    due_after_stop,
    due_with_stops,
    end_stop,
    is_standing,
    resumed_due,
    second_supplement,
    supplement_count,
    waited_minutes,
)
from desk.rules.due import parse_term
from desk.words import _, speak
from tests.desk.rules.holidays import quang_ninh
from tests.desk.rules.office import HALF_DAYS, at, calendar_of

OFFICE = quang_ninh()


def stop(start: str, end: str | None, kind: StopKind = "supplement") -> ClockStop:
    """One stop between two office moments."""
    return ClockStop(kind, at(start), None if end is None else at(end))


def due_of(
    received: str,
    term: str,
    *stops: ClockStop,
    rule: StopRule = "pause",
    end_of_day: bool = False,
    calendar: Calendar = OFFICE,
) -> str:
    """The due moment after the stops, as the office's wall time."""
    promise = Promise(at(received), parse_term(term), rule, end_of_day)
    return due_with_stops(promise, stops, calendar).due_at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")


# (received, term, waited from, waited to, due by pause, due by restart)
BOTH_RULES = [
    (
        "2026-03-02 08:00",
        "3 working_day",
        "2026-03-03 09:00",
        "2026-03-03 10:30",
        "2026-03-05 09:30",
        "2026-03-06 10:30",
    ),
    (
        "2026-03-02 08:00",
        "3 working_day",
        "2026-03-03 16:00",
        "2026-03-09 08:30",
        "2026-03-10 10:00",
        "2026-03-12 08:30",
    ),
    (
        "2026-03-02 08:00",
        "3 working_day",
        "2026-03-03 17:00",
        "2026-03-04 07:00",
        "2026-03-05 08:00",
        "2026-03-09 07:30",
    ),
    ("2026-03-02 08:00", "4 hour", "2026-03-02 09:00", "2026-03-02 14:00", "2026-03-02 17:00", "2026-03-03 08:30"),
    (
        "2026-01-29 08:00",
        "5 working_day",
        "2026-02-13 16:00",
        "2026-02-23 08:00",
        "2026-02-05 09:30",
        "2026-03-02 08:00",
    ),
    (
        "2026-03-02 08:00",
        "10 calendar_day",
        "2026-03-05 16:00",
        "2026-03-08 09:00",
        "2026-03-16 17:00",
        "2026-03-18 17:00",
    ),
    (
        "2026-03-02 08:00",
        "10 calendar_day",
        "2026-03-05 16:00",
        "2026-03-09 09:00",
        "2026-03-16 17:00",
        "2026-03-19 17:00",
    ),
    (
        "2026-03-02 08:00",
        "10 calendar_day",
        "2026-03-05 08:00",
        "2026-03-05 16:00",
        "2026-03-12 17:00",
        "2026-03-16 17:00",
    ),
    (
        "2026-03-02 08:00",
        "1 within_day",
        "2026-03-02 09:00",
        "2026-03-04 18:00",
        "2026-03-05 17:00",
        "2026-03-05 17:00",
    ),
]


@pytest.mark.parametrize(("received", "term", "start", "end", "paused", "restarted"), BOTH_RULES)
def test_a_wait_moves_the_due_moment_by_the_dossiers_rule(
    received: str, term: str, start: str, end: str, paused: str, restarted: str
) -> None:
    assert due_of(received, term, stop(start, end)) == paused
    assert due_of(received, term, stop(start, end), rule="restart") == restarted


@pytest.mark.parametrize("kind", ["payment", "suspension"])
def test_payment_and_suspension_pause_even_under_restart(kind: StopKind) -> None:
    waited = stop("2026-03-03 09:00", "2026-03-03 10:30", kind)
    assert due_of("2026-03-02 08:00", "3 working_day", waited, rule="restart") == "2026-03-05 09:30"


def test_several_waits_add_up_in_their_order() -> None:
    waits = (
        stop("2026-03-03 09:00", "2026-03-03 10:30"),
        stop("2026-03-04 08:00", "2026-03-04 09:00", "payment"),
        stop("2026-03-05 07:30", None),
    )
    assert due_of("2026-03-02 08:00", "3 working_day", *waits) == "2026-03-05 10:30"


def test_under_end_of_day_a_pause_ends_at_the_closing_of_its_day() -> None:
    waited = stop("2026-03-03 09:00", "2026-03-03 10:30")
    assert due_of("2026-03-02 08:00", "3 working_day", waited, end_of_day=True) == "2026-03-06 17:00"
    assert due_of("2026-03-02 08:00", "4 hour", waited, end_of_day=True) == "2026-03-02 15:30"


def test_a_paused_calendar_day_keeps_a_time_of_day_that_was_no_closing() -> None:
    half = Promise(at("2026-03-02 08:00"), parse_term("0.5 calendar_day"))
    before = half.first_due(OFFICE)
    after = due_after_stop(before, stop("2026-03-02 09:00", "2026-03-04 09:00"), half, OFFICE)
    assert (before.due_at, after.due_at) == (at("2026-03-02 13:45"), at("2026-03-04 13:45"))
    short = calendar_of(HALF_DAYS)
    moved = due_after_stop(half.first_due(short), stop("2026-03-02 09:00", "2026-03-03 09:00"), half, short)
    assert moved.due_at == at("2026-03-03 11:30")


def test_a_paused_calendar_day_that_ended_at_a_closing_ends_at_the_new_days_closing() -> None:
    promise = Promise(at("2026-03-02 08:00"), parse_term("4 calendar_day"))
    short = calendar_of(HALF_DAYS)
    assert promise.first_due(short).due_at == at("2026-03-06 16:00")
    moved = due_after_stop(promise.first_due(short), stop("2026-03-03 08:00", "2026-03-06 08:00"), promise, short)
    assert moved.due_at == at("2026-03-09 17:00")
    assert [(day.on.day, day.counted, day.why) for day in moved.trail] == [
        (6, False, "former_due"),
        (7, True, "calendar"),
        (8, True, "calendar"),
        (9, True, "calendar"),
    ]


def test_a_wait_over_a_former_due_moment_on_a_day_that_closed_since_still_moves_on() -> None:
    promise = Promise(at("2026-03-02 08:00"), parse_term("5 calendar_day"))
    before = promise.first_due(calendar_of(HALF_DAYS))
    assert before.due_at == at("2026-03-07 11:00")
    after = due_after_stop(before, stop("2026-03-03 08:00", "2026-03-05 08:00"), promise, OFFICE)
    assert after.due_at == at("2026-03-09 11:00")


def test_a_wait_without_working_time_moves_nothing() -> None:
    promise = Promise(at("2026-03-02 08:00"), parse_term("3 working_day"))
    first = promise.first_due(OFFICE)
    assert due_after_stop(first, stop("2026-03-03 11:30", "2026-03-03 13:30"), promise, OFFICE) == first


def test_a_request_at_reception_moves_nothing_because_no_time_ran() -> None:
    asked = ClockStop("supplement", at("2026-02-27 08:00"), at("2026-03-02 07:45"), stage="reception")
    assert due_of("2026-03-02 08:00", "3 working_day", asked) == "2026-03-05 08:00"
    assert waited_minutes([asked], OFFICE, at("2026-03-05 08:00")) == 0


def test_the_trail_of_a_pause_tells_the_days_from_the_former_due_moment_on() -> None:
    promise = Promise(at("2026-03-02 08:00"), parse_term("4 working_day"))
    result = due_with_stops(promise, [stop("2026-03-03 08:00", "2026-03-04 08:30")], OFFICE)
    assert result.counted_from == at("2026-03-06 08:00")
    assert [(day.on.day, day.counted, day.why, day.minutes) for day in result.trail] == [
        (6, False, "former_due", 420),
        (7, False, "weekend", 0),
        (8, False, "weekend", 0),
        (9, True, "part", 60),
    ]


def test_a_promise_pauses_and_keeps_the_time_of_day_unless_it_says_otherwise() -> None:
    promise = Promise(at("2026-03-02 08:00"), parse_term("3 working_day"))
    assert (promise.rule, promise.end_of_day) == ("pause", False)


def test_a_stop_begins_only_after_the_last_one_ended() -> None:
    open_one = begin_stop((), stop("2026-03-03 08:00", None))
    assert is_standing(open_one)
    with pytest.raises(StopOpen) as refused:
        begin_stop(open_one, stop("2026-03-04 08:00", None))
    assert refused.value.facts == {"since": "03/03/2026 08:00"}
    ended = end_stop(open_one, at("2026-03-04 08:00"))
    assert not is_standing(ended)
    with pytest.raises(StopOpen):
        begin_stop(ended, stop("2026-03-04 07:59", None))
    assert len(begin_stop(ended, stop("2026-03-04 08:00", None))) == 2


def test_a_stop_ends_once_and_not_before_it_began() -> None:
    open_one = (stop("2026-03-03 08:00", None),)
    with pytest.raises(PeriodBackwards):
        end_stop(open_one, at("2026-03-03 07:59"))
    assert end_stop(open_one, at("2026-03-03 08:00"))[0].end_at == at("2026-03-03 08:00")
    for nothing_open in ((), end_stop(open_one, at("2026-03-03 09:00"))):
        assert not is_standing(nothing_open)
        with pytest.raises(ValueError, match=r"^no stop is open$"):
            end_stop(nothing_open, at("2026-03-03 10:00"))


def test_a_second_supplement_request_is_warned_of_and_payment_is_none() -> None:
    first = stop("2026-03-03 08:00", "2026-03-03 09:00")
    assert not second_supplement([])
    assert not second_supplement([stop("2026-03-03 08:00", None, "payment")])
    assert second_supplement([first])
    assert supplement_count([first, stop("2026-03-04 08:00", None), stop("2026-03-05 08:00", None, "payment")]) == 2
    speak("vi")
    assert _(SECOND_SUPPLEMENT).startswith("Đây là lần yêu cầu bổ sung thứ hai.")
    speak("en")


def test_waited_time_counts_an_open_stop_so_far_and_nothing_after_the_moment_asked() -> None:
    waits = [stop("2026-03-03 08:00", "2026-03-03 09:00"), stop("2026-03-04 16:00", None)]
    assert waited_minutes(waits, OFFICE, at("2026-03-05 08:00")) == 60 + 60 + 30
    assert waited_minutes(waits, OFFICE, at("2026-03-03 08:30")) == 30
    assert waited_minutes(waits, OFFICE, at("2026-03-03 08:00")) == 0


def test_a_due_moment_set_by_an_act_is_what_a_later_stop_moves() -> None:
    promise = Promise(at("2026-03-02 08:00"), parse_term("3 working_day"))
    extended = at("2026-03-12 10:00")
    waited = stop("2026-03-03 09:00", "2026-03-03 10:30")
    assert resumed_due(extended, waited, promise, OFFICE).due_at == at("2026-03-12 11:30")
    restarted = Promise(at("2026-03-02 08:00"), parse_term("3 working_day"), "restart")
    assert resumed_due(extended, waited, restarted, OFFICE).due_at == at("2026-03-06 10:30")
    assert resumed_due(extended, stop("2026-03-03 09:00", None), promise, OFFICE).due_at == extended


def test_ending_a_stop_leaves_the_earlier_ones_as_they_were() -> None:
    first = ClockStop("supplement", at("2026-03-02 08:00"), at("2026-03-03 08:00"))
    second = ClockStop("payment", at("2026-03-04 08:00"), at("2026-03-05 08:00"))
    third = ClockStop("supplement", at("2026-03-06 08:00"))
    ended = end_stop((first, second, third), at("2026-03-09 08:00"))
    assert ended == (first, second, replace(third, end_at=at("2026-03-09 08:00")))
    with pytest.raises(ValueError, match="no stop is open"):
        end_stop(ended, at("2026-03-09 09:00"))
