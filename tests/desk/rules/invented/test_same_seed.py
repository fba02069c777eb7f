"""The same seed invents the same data, from one version of the program to the next.

A simulated home is what figures are compared on, so its data must not change unseen. The catalogue here is a small
one of its own: new shipped data change nothing. Where a change of the world is meant, take the new digest over.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from desk.clock import office_day
from desk.rules.calendar import Calendar, DayName
from desk.rules.dossier import DocumentCount, IntakeForm
from desk.rules.invented.office import simulated_span
from desk.rules.invented.story import World
from desk.rules.invented.truth import truth_lines
from desk.rules.invented.world import Place, invented_world
from desk.rules.people.person import Person
from desk.rules.reference.catalogue import parse_catalogue, parse_documents, with_documents
from desk.rules.reference.units import parse_units

HERE = Path(__file__).parent
NOW = datetime(2026, 8, 19, 3, 10, tzinfo=UTC)
_PERSON = "kind name personal_id born_on sex phone email address tax_code nationality".split()


@cache
def small_place() -> Place:
    """A commune with two dozen procedures, four neighbours, and two days off in August."""
    bare = parse_catalogue((HERE / "small_procedures.csv").read_text(encoding="utf-8"))
    documents = parse_documents((HERE / "small_documents.csv").read_text(encoding="utf-8"), {one.code for one in bare})
    return Place(
        procedures=with_documents(bare, documents),
        units=parse_units((HERE / "small_units.csv").read_text(encoding="utf-8")),
        calendar=Calendar(off={date(2026, 8, 13): DayName("Ngày thử"), date(2026, 7, 31): DayName("Ngày thử")}),
        unit="06709",
        agency_code="H49.35",
    )


def small_world(seed: int, count: int, per_day: int) -> World:
    """Return a world of `count` dossiers at `per_day` a day, back from a Wednesday morning in August."""
    place = small_place()
    span = simulated_span(place.calendar, NOW, count, per_day)
    return invented_world(Random(seed), place, count=count, span=span, until=NOW)


def digest_of(world: World) -> str:
    """Return the hash of everything in a world, down to each person's telephone."""
    told = [f"{world.first} {world.last}", *truth_lines(world, {})]
    for story in world.stories:
        form = story.form
        told.append(json.dumps([_person(one) for one in (form.owner, form.submitter, form.proxy)], default=str))
        told.append(json.dumps([story.number, *_plain(form)], default=str))
        for step in story.steps:
            told.append(f"{step.at.isoformat()} {step.what} {step.status} {step.consignment} {step.seconds}")
            told.append(json.dumps(_person(step.receiver)))
    told += [f"{form.at.isoformat()} {form.answer} {form.seconds}" for form in world.walk_ins]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _person(person: Person | None) -> list[object]:
    return [] if person is None else [str(getattr(person, name) or "") for name in _PERSON]


def _plain(form: IntakeForm) -> list[object]:
    kept = [spec.name for spec in fields(form) if spec.name not in ("owner", "submitter", "proxy", "documents")]
    documents = [_counts(one) for one in form.documents or ()]
    return [*(f"{name}={getattr(form, name)}" for name in kept if getattr(form, name)), documents]


def _counts(count: DocumentCount) -> list[int]:
    return [count.seq, count.original, count.certified_copy, count.copy, count.electronic_copy]


@pytest.mark.parametrize(
    ("seed", "count", "per_day", "digest"),
    [
        (1, 1500, 70, "93c3e14cedd2ca7f"),
        (2, 400, 200, "127f3daa8a4d7483"),
        (5, 400, 200, "c4c62431d49ae7e9"),
        (3, 300, 4, "bb64d4cf637fa354"),
    ],
)
def test_the_same_seed_is_the_same_world_for_ever(seed: int, count: int, per_day: int, digest: str) -> None:
    world = small_world(seed, count, per_day)
    assert len(world.stories) == count
    assert digest_of(world) == digest


def test_the_small_places_days_off_are_kept() -> None:
    world = small_world(1, 400, 70)
    days = {office_day(step.at) for story in world.stories for step in story.steps if step.what != "filed"}
    assert not days & set(small_place().calendar.off)
    assert max(days) <= office_day(NOW)
    assert min(days) >= office_day(NOW) - timedelta(days=30)
