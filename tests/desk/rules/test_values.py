"""The values of the time rules may be kept by any thread: nobody can change them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import desk.rules
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


MUTABLE = {"Course", "Filing", "Population"}
"""What writes an invented story step by step."""


def test_every_value_of_the_rules_is_frozen_and_has_nothing_beside_its_fields() -> None:
    seen = 0
    for found in walk_packages(desk.rules.__path__, "desk.rules."):
        module = import_module(found.name)
        for name, kind in vars(module).items():
            if not isinstance(kind, type) or not is_dataclass(kind) or kind.__module__ != found.name:
                continue
            if name in MUTABLE:
                continue
            seen += 1
            with pytest.raises(FrozenInstanceError):
                kind.__setattr__(object.__new__(kind), fields(kind)[0].name, None)
            assert "__slots__" in vars(kind), f"{found.name}.{name}"
    assert seen > 50
