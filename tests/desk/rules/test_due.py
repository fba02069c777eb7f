"""Due moments by decisions 5 and domain 5.1, every kind of term, with their trail."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desk.clock import OFFICE_ZONE
from desk.errors.rule import CalendarEnds, CutoffUnreadable, PublishedTooLong, TermUnreadable
from desk.rules.calendar import Calendar
from desk.rules.dossier import Term
from desk.rules.due import due, due_by_law_and_promise, parse_term
from tests.desk.rules.holidays import quang_ninh
from tests.desk.rules.office import HALF_DAYS, at, calendar_of

OFFICE = quang_ninh()


def office(text: str) -> str:
    """The same moment as the office writes it, for comparing."""
    return at(text).strftime("%Y-%m-%d %H:%M")


def due_of(received: str, term: str, calendar: Calendar = OFFICE, cutoff: str = "", **options: bool) -> str:
    """The due moment as the office's wall time."""
    result = due(at(received), parse_term(term, cutoff), calendar, **options)
    return result.due_at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")


# domain 5.2: the fourteen vectors computed from the dated holidays, hours 07:30-11:30 and 13:30-17:00.
VECTORS = [
    ("2025-12-31", "3 working_day", "", "2026-01-07"),
    ("2026-01-09", "1 working_day", "", "2026-01-10"),
    ("2026-02-12", "5 working_day", "", "2026-02-26"),
    ("2026-04-17", "10 working_day", "", "2026-05-06"),
    ("2026-04-26", "2 working_day", "", "2026-05-04 07:30"),
    ("2026-08-17", "17 working_day", "", "2026-09-11"),
    ("2026-08-21 15:00", "1 within_day", "15:00", "2026-08-21 17:00"),
    ("2026-08-21 15:01", "1 within_day", "15:00", "2026-08-22 17:00"),
    ("2026-08-21 16:30", "4 hour", "", "2026-08-22 11:00"),
    ("2026-01-20", "30 calendar_day", "", "2026-02-23 17:00"),
    ("2026-04-12", "20 calendar_day", "", "2026-05-04 17:00"),
    ("2026-11-19 15:30", "4 hour", "", "2026-11-20 10:00"),
    ("2026-11-20", "3 working_day", "", "2026-11-26"),
    ("2026-11-23 16:00", "8 hour", "", "2026-11-25 16:30"),
]


@pytest.mark.parametrize(("received", "term", "cutoff", "expected"), VECTORS)
def test_the_fourteen_vectors_come_out_to_the_minute(received: str, term: str, cutoff: str, expected: str) -> None:
    assert due_of(received, term, cutoff=cutoff) == office(expected)


# decisions 5, rule by rule: (received, term, due, the rule).
WHEN_IT_COUNTS_FROM = [
    ("2026-03-02 06:10", "1 working_day", "2026-03-03 07:30", "before opening counts as the opening"),
    ("2026-03-02 07:30", "1 working_day", "2026-03-03 07:30", "the opening itself"),
    ("2026-03-02 11:30", "1 working_day", "2026-03-03 11:30", "the morning's closing is inside"),
    ("2026-03-02 11:31", "1 working_day", "2026-03-03 13:30", "at lunch counts as the afternoon opening"),
    ("2026-03-02 13:29", "1 working_day", "2026-03-03 13:30", "the last minute of lunch"),
    ("2026-03-02 17:00", "1 working_day", "2026-03-03 17:00", "the closing is inside"),
    ("2026-03-02 17:01", "1 working_day", "2026-03-04 07:30", "after closing counts as the next opening"),
    ("2026-03-07 09:00", "1 working_day", "2026-03-10 07:30", "a Saturday counts as Monday's opening"),
    ("2026-01-09 18:00", "1 working_day", "2026-01-12 07:30", "the next opening is a made-up Saturday"),
    ("2025-12-31 16:59", "1 working_day", "2026-01-05 16:59", "the last minutes of a year, 2 January swapped off"),
    ("2025-12-31 17:30", "1 working_day", "2026-01-06 07:30", "after the last closing of a year"),
    ("2026-12-31 23:59", "1 hour", "2027-01-04 08:30", "the last minute of a year"),
]


@pytest.mark.parametrize(("received", "term", "expected", "rule"), WHEN_IT_COUNTS_FROM)
def test_reception_outside_the_hours_counts_from_the_next_opening(
    received: str, term: str, expected: str, rule: str
) -> None:
    assert due_of(received, term) == expected, rule


def test_seconds_are_cut_before_any_rule() -> None:
    received = datetime(2026, 3, 2, 17, 0, 59, 999_999, OFFICE_ZONE)
    assert due(received, Term(1, "working_day"), OFFICE).due_at == at("2026-03-03 17:00")


def test_a_utc_evening_is_the_next_office_morning() -> None:
    received = datetime.fromisoformat("2026-03-01T23:30:00+00:00")  # Monday 06:30 at the office
    assert due(received, Term(1, "working_day"), OFFICE).due_at == at("2026-03-03 07:30")


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        ("2026-03-02 15:00", "1 working_day", "2026-03-03 11:30"),  # after the shorter day's closing: its closing
        ("2026-03-02 07:30", "1 working_day", "2026-03-03 08:00"),  # before its opening: its opening
        ("2026-03-02 13:45", "2 working_day", "2026-03-04 14:00"),  # in its lunch: its next opening
        ("2026-03-06 15:00", "1 working_day", "2026-03-07 11:00"),  # a working Saturday morning counts
        ("2026-03-07 11:01", "1 within_day", "2026-03-09 17:00"),  # Saturday after closing: Monday
    ],
)
def test_a_shorter_last_day_keeps_the_time_of_day_as_far_as_it_can(received: str, term: str, expected: str) -> None:
    assert due_of(received, term, calendar_of(HALF_DAYS)) == expected


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        ("2026-03-02 08:00", "0.5 working_day", "2026-03-02 13:45"),
        ("2026-03-02 08:00", "1.5 working_day", "2026-03-03 13:45"),
        ("2026-03-02 16:00", "1.5 working_day", "2026-03-04 10:15"),
        ("2026-03-02 08:00", "0.1 hour", "2026-03-02 08:06"),
        ("2026-03-02 08:00", "0.001 hour", "2026-03-02 08:01"),  # minutes are rounded up
        ("2026-03-02 11:00", "0.5 hour", "2026-03-02 11:30"),  # used up at a closing: ends there
        ("2026-03-02 17:00", "0.5 hour", "2026-03-03 08:00"),
        ("2026-03-02 08:00", "0.5 calendar_day", "2026-03-02 13:45"),
        ("2026-03-06 08:00", "1.5 calendar_day", "2026-03-09 11:15"),
    ],
)
def test_fractions_are_whole_days_first_and_then_hours(received: str, term: str, expected: str) -> None:
    assert due_of(received, term) == expected


def test_a_fraction_is_of_the_longest_weekday_of_its_season() -> None:
    summer = HALF_DAYS + '[[hours_from]]\non = "2026-05-01"\nmon = ["07:00-11:30", "13:30-17:00"]\n'
    assert due_of("2026-03-02 08:00", "0.1 working_day", calendar_of(summer)) == "2026-03-02 08:45"
    assert due_of("2026-05-04 08:00", "0.1 working_day", calendar_of(summer)) == "2026-05-04 08:48"


@pytest.mark.parametrize(
    ("received", "cutoff", "expected"),
    [
        ("2026-03-02 15:00", "15:00", "2026-03-02 17:00"),
        ("2026-03-02 15:01", "15:00", "2026-03-03 17:00"),
        ("2026-03-02 18:00", "15:00", "2026-03-03 17:00"),  # closing first, the cut-off does not add a day
        ("2026-03-07 16:00", "15:00", "2026-03-09 17:00"),
        ("2026-03-02 12:00", "12:30", "2026-03-02 17:00"),
        ("2026-03-06 15:30", "15:00", "2026-03-09 17:00"),
        ("2026-03-02 16:59", "", "2026-03-02 17:00"),
    ],
)
def test_within_the_day_ends_at_closing_and_moves_on_after_the_cutoff(
    received: str, cutoff: str, expected: str
) -> None:
    assert due_of(received, "1 within_day", cutoff=cutoff) == expected


def test_a_cutoff_moves_any_kind_of_term_to_the_next_working_day() -> None:
    assert due_of("2026-03-02 15:01", "2 working_day", cutoff="15:00") == "2026-03-05 07:30"
    assert due_of("2026-03-02 15:01", "2 hour", cutoff="15:00") == "2026-03-03 09:30"
    assert due_of("2026-03-06 15:01", "2 calendar_day", cutoff="15:00") == "2026-03-11 17:00"


def test_calendar_days_count_from_the_day_of_acceptance_even_a_day_off() -> None:
    assert due_of("2026-03-02 19:00", "1 calendar_day") == "2026-03-03 17:00"
    assert due_of("2026-03-07 09:00", "3 calendar_day") == "2026-03-10 17:00"


def test_end_of_day_gives_the_closing_hour_of_the_last_working_day() -> None:
    assert due_of("2026-03-02 08:00", "3 working_day", end_of_day=True) == "2026-03-05 17:00"
    assert due_of("2026-03-02 08:00", "3 working_day", calendar_of(HALF_DAYS), end_of_day=True) == "2026-03-05 17:00"
    assert due_of("2026-03-02 08:00", "4 hour", end_of_day=True) == "2026-03-02 14:00"


def test_a_day_beyond_the_reach_is_refused_and_never_guessed() -> None:
    with pytest.raises(CalendarEnds) as refused:
        due(at("2027-12-30"), Term(5, "working_day"), OFFICE)
    assert refused.value.facts == {"reach": "31/12/2027"}
    with pytest.raises(CalendarEnds):
        due(at("2028-01-03"), Term(1, "within_day"), OFFICE)
    with pytest.raises(CalendarEnds):
        due(at("2027-12-30"), Term(3, "calendar_day"), OFFICE)


def test_the_trail_says_of_every_day_whether_it_counts_and_why() -> None:
    trail = due(at("2026-04-29"), Term(2, "working_day"), OFFICE).trail
    assert [(day.on.day, day.counted, day.why) for day in trail] == [
        (29, False, "accepted"),
        (30, False, "off"),
        (1, False, "off"),
        (2, False, "weekend"),
        (3, False, "weekend"),
        (4, True, "working"),
        (5, True, "working"),
    ]
    assert trail[1].name.vi == "Ngày Chiến thắng"


def test_the_trail_begins_on_the_day_of_acceptance_and_ends_on_the_due_day() -> None:
    result = due(at("2026-01-09 18:00"), Term(8, "hour"), OFFICE)
    assert [(day.on, day.counted, day.why, day.minutes) for day in result.trail] == [
        (date(2026, 1, 9), False, "after_closing", 0),
        (date(2026, 1, 10), True, "part", 450),
        (date(2026, 1, 11), False, "weekend", 0),
        (date(2026, 1, 12), True, "part", 30),
    ]
    assert result.counted_from == at("2026-01-10 07:30")


# (received, term, cut-off, [(day of the month, counted, why, minutes)])
TRAILS = [
    ("2026-03-02 08:00", "1 within_day", "", [(2, True, "same_day", 0)]),
    ("2026-03-02 15:01", "1 within_day", "15:00", [(2, False, "after_cutoff", 0), (3, True, "same_day", 0)]),
    ("2026-03-02 07:00", "1 working_day", "", [(2, False, "before_opening", 0), (3, True, "working", 0)]),
    ("2026-03-02 12:00", "1 working_day", "", [(2, False, "at_lunch", 0), (3, True, "working", 0)]),
    ("2026-01-09 08:00", "1 working_day", "", [(9, False, "accepted", 0), (10, True, "makeup", 0)]),
    ("2026-03-02 17:00", "1 hour", "", [(2, False, "accepted", 0), (3, True, "part", 60)]),
    ("2026-03-02 16:30", "1 hour", "", [(2, True, "part", 30), (3, True, "part", 30)]),
    (
        "2026-03-02 16:00",
        "1.2 working_day",
        "",
        [(2, False, "accepted", 0), (3, True, "working", 60), (4, True, "part", 30)],
    ),
    (
        "2026-03-02 18:00",
        "2 calendar_day",
        "",
        [(2, False, "accepted", 0), (3, True, "calendar", 0), (4, True, "calendar", 0)],
    ),
    (
        "2026-03-05 08:00",
        "2 calendar_day",
        "",
        [
            (5, False, "accepted", 0),
            (6, True, "calendar", 0),
            (7, True, "calendar", 0),
            (8, False, "weekend", 0),
            (9, False, "moved", 0),
        ],
    ),
    (
        "2026-03-06 08:00",
        "1.2 calendar_day",
        "",
        [(6, False, "accepted", 0), (7, True, "calendar", 0), (8, False, "weekend", 0), (9, True, "part", 90)],
    ),
]


@pytest.mark.parametrize(("received", "term", "cutoff", "days"), TRAILS)
def test_each_kind_of_term_has_its_own_trail(
    received: str, term: str, cutoff: str, days: list[tuple[int, bool, str, int]]
) -> None:
    trail = due(at(received), parse_term(term, cutoff), OFFICE).trail
    assert [(day.on.day, day.counted, day.why, day.minutes) for day in trail] == days


def test_a_desk_with_one_stretch_a_day_has_an_opening_and_no_lunch() -> None:
    calendar = calendar_of('[hours]\nmon = ["08:00-15:00"]\ntue = ["08:00-15:00"]')
    assert due(at("2026-03-02 07:00"), Term(1, "working_day"), calendar).trail[0].why == "before_opening"


def test_a_term_that_nothing_checked_is_checked_here() -> None:
    with pytest.raises(TermUnreadable):
        due(at("2026-03-02"), Term(0, "working_day"), OFFICE)
    with pytest.raises(CutoffUnreadable):
        due(at("2026-03-02"), Term(1, "within_day", "15h"), OFFICE)


def test_a_trail_over_a_projected_holiday_is_marked() -> None:
    assert due(at("2027-02-03"), Term(2, "working_day"), OFFICE).projected
    assert not due(at("2027-01-25"), Term(2, "working_day"), OFFICE).projected


def test_calendar_days_are_projected_only_where_the_end_depends_on_it() -> None:
    assert not due(at("2027-02-01"), Term(15, "calendar_day"), OFFICE).projected
    assert due(at("2027-02-01"), Term(4, "calendar_day"), OFFICE).projected


@pytest.mark.parametrize("text", ["", "3", "working_day", "0 hour", "-1 hour", "3 weeks", "2 within_day", "20000 hour"])
def test_an_unusable_term_is_refused_by_name(text: str) -> None:
    with pytest.raises(TermUnreadable) as refused:
        parse_term(text)
    assert refused.value.facts == {"term": text}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("3 working_day", Term(3, "working_day")),
        (" 0,5 working_days ", Term(0.5, "working_day")),
        ("4 HOUR", Term(4, "hour")),
        ("within_day", Term(1, "within_day")),
        ("1 within_day", Term(1, "within_day")),
    ],
)
def test_a_term_is_read_as_commands_write_it(text: str, term: Term) -> None:
    assert parse_term(text) == term


def test_a_cutoff_that_is_no_time_of_day_is_refused() -> None:
    with pytest.raises(CutoffUnreadable):
        parse_term("1 within_day", "25:00")


def test_a_shorter_published_time_stands_beside_the_laws() -> None:
    law, published = Term(5, "working_day"), Term(3, "working_day")
    by_law, promised = due_by_law_and_promise(at("2026-03-02"), law, published, OFFICE)
    assert (by_law.due_at, promised.due_at) == (at("2026-03-09"), at("2026-03-05"))
    assert due_by_law_and_promise(at("2026-03-02"), law, None, OFFICE) == (by_law, by_law)
    assert due_by_law_and_promise(at("2026-03-02"), law, law, OFFICE) == (by_law, by_law)


def test_a_published_time_is_never_longer_than_the_laws() -> None:
    with pytest.raises(PublishedTooLong) as refused:
        due_by_law_and_promise(at("2026-03-02"), Term(5, "working_day"), Term(8, "calendar_day"), OFFICE)
    assert refused.value.facts == {"published": "8 calendar_day", "law": "5 working_day"}
    ends = due_by_law_and_promise(
        at("2026-03-02"), Term(3, "working_day"), Term(3, "working_day"), OFFICE, end_of_day=True
    )
    assert ends[0].due_at == ends[1].due_at == at("2026-03-05 17:00")
