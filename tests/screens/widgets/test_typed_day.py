"""Days on the numeric keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.typed_day import day_of, strokes, written

YEAR = 2026
MEANT = [
    ("15051990", date(1990, 5, 15)),
    ("155", date(2026, 5, 15)),
    ("15/5", date(2026, 5, 15)),
    ("1512", date(2026, 12, 15)),
    ("311", date(2026, 1, 31)),
    ("111", date(2026, 1, 11)),
    ("11", date(2026, 1, 1)),
    ("150590", date(1990, 5, 15)),
    ("150530", date(2030, 5, 15)),
    ("1551990", date(1990, 5, 15)),
    ("1/2/26", date(2026, 2, 1)),
    ("29022024", date(2024, 2, 29)),
    ("15/05/1990", date(1990, 5, 15)),
]


@pytest.mark.parametrize(("typed", "day"), MEANT)
def test_digits_mean_the_day_an_officer_means(typed: str, day: date) -> None:
    assert day_of(typed, YEAR) == day


@pytest.mark.parametrize(
    "typed", ["", "5", "321", "2902", "31/2", "1950", "00000000", "32012026", "1/2/3/4", "/", "//"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert day_of(typed, YEAR) is None


def test_everything_that_divides_is_a_stroke() -> None:
    assert "".join(strokes(c) for c in "1-2.3 4,5/6x") == "1/2/3/4/5/6"


@given(st.integers(0, 60_000))
def test_a_day_in_full_is_read_back(days: int) -> None:
    day = date(1900, 1, 1) + timedelta(days)
    assert day_of(written(day), YEAR) == day
    assert day_of(written(day).replace("/", ""), YEAR) == day
