"""The values of the time rules may be kept by any thread: nobody can change them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import date
from typing import Any

import pytest

from desk.rules.business_date import CenterTime, ClockDoubt
from desk.rules.calendar import Calendar, HolidayRow
from desk.rules.clock_stops import ClockStop, Promise
from desk.rules.codes import parse_code
from desk.rules.due import due, parse_term
from tests.desk.rules.office import at

NOON = at("2026-03-02 12:00")
VALUES = [
    Calendar(),
    HolidayRow(date(2026, 9, 2), False, "Quốc khánh", "National Day"),
    ClockStop("payment", NOON),
    Promise(NOON, parse_term("1 hour")),
    due(NOON, parse_term("1 hour"), Calendar()),
    parse_code("H49-261008-0001"),
    ClockDoubt("before_build", NOON),
    CenterTime(NOON, NOON),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_cannot_be_changed_and_carries_nothing_beside_its_fields(value: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(value)[0].name, None)
    assert not hasattr(value, "__dict__")
