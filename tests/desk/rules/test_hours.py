"""The hours of one day."""

from __future__ import annotations

import pytest

from desk.rules.hours import DEFAULT_WEEK, Span, at_minute, fitted, minutes_of, parse_time, written_hours
from tests.desk.rules.office import at


def test_the_default_day_has_seven_and_a_half_hours() -> None:
    assert minutes_of(DEFAULT_WEEK[0]) == 450
    assert minutes_of(()) == 0


@pytest.mark.parametrize(
    ("minute", "fit"),
    [(0, 450), (449, 450), (450, 450), (690, 690), (691, 810), (809, 810), (810, 810), (1020, 1020), (1021, 1020)],
)
def test_a_minute_is_moved_into_the_hours(minute: int, fit: int) -> None:
    assert fitted(DEFAULT_WEEK[0], minute) == fit


@pytest.mark.parametrize(
    ("text", "minute"), [("00:00", 0), ("07:05", 425), ("23:59", 1439), ("24:00", None), ("7:05", None), ("", None)]
)
def test_a_time_of_day_is_two_digits_each(text: str, minute: int | None) -> None:
    assert parse_time(text) == minute


def test_hours_are_written_as_a_file_has_them() -> None:
    assert written_hours([Span(425, 690), Span(780, 1020)]) == ["07:05-11:30", "13:00-17:00"]


def test_a_minute_of_an_office_day_is_an_instant() -> None:
    assert at_minute(at("2026-03-02").date(), 485) == at("2026-03-02 08:05")
