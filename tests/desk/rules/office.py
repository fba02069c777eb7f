"""Office moments and calendars as the tests of the time rules write them."""

from __future__ import annotations

import tomllib
from datetime import datetime

from desk.clock import OFFICE_ZONE
from desk.rules.calendar import Calendar, parse_calendar

HALF_DAYS = """
[hours]
mon = ["07:30-11:30", "13:30-17:00"]
tue = ["08:00-11:30"]
wed = ["07:00-11:30", "14:00-17:00"]
thu = ["07:30-11:30", "13:30-17:00"]
fri = ["07:30-11:30", "13:30-16:00"]
sat = ["07:30-11:00"]
"""
"""A desk whose days differ, with a Saturday morning like a police desk's (domain 5.1.7)."""


def at(text: str) -> datetime:
    """An office moment from "2026-08-21 15:00" (08:00 where no time is given)."""
    return datetime.fromisoformat(text if " " in text else f"{text} 08:00").replace(tzinfo=OFFICE_ZONE)


def calendar_of(toml: str) -> Calendar:
    """A calendar from the text of a calendar file."""
    return parse_calendar(tomllib.loads(toml))
