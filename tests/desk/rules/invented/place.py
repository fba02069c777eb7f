"""The commune in which the tests invent: the shipped reference data, Móng Cái 2, a Wednesday in November."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from random import Random

from desk.rules.calendar import office_calendar
from desk.rules.invented.office import simulated_span
from desk.rules.invented.story import World
from desk.rules.invented.world import Place, invented_world
from desk.rules.reference.catalogue import parse_catalogue, parse_documents, with_documents
from desk.rules.reference.holidays import parse_holidays
from desk.rules.reference.units import parse_units
from sample_data.shipped import shipped_text

NOW = datetime(2026, 11, 25, 3, 10, tzinfo=UTC)
"""Wednesday, ten past ten at the office."""


@cache
def the_place() -> Place:
    """Return the place with everything that is shipped."""
    bare = parse_catalogue(shipped_text("catalogue"))
    documents = parse_documents(shipped_text("documents"), {one.code for one in bare})
    return Place(
        procedures=with_documents(bare, documents),
        units=parse_units(shipped_text("units")),
        calendar=office_calendar(parse_holidays(shipped_text("holidays"))),
        unit="06709",
        agency_code="H49.35",
    )


@cache
def a_world(count: int = 3000, seed: int = 7) -> World:
    """Return the world of a seed, up to now."""
    place = the_place()
    span = simulated_span(place.calendar, NOW, count)
    return invented_world(Random(seed), place, count=count, span=span, until=NOW)
