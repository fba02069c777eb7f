"""The quarter of the newspaper article as dossiers and survey forms, to be counted by the program's own rules.

What the article printed and what had to be assumed stands in article_quarter.toml; nothing here is decided.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

from desk.clock import OFFICE_ZONE
from desk.rules.figures.lives import DossierLife, DueSet
from desk.rules.reference.units import parse_units
from desk.rules.survey import SurveyForm
from sample_data.shipped import shipped_text

Place = Literal["branch", "communes"]
Outcome = Literal["early", "on_time", "overdue", "open_in_time", "open_overdue"]

BRANCH = "chi-nhanh-mong-cai"
CITY = "Thành phố Móng Cái"


@dataclass(frozen=True, slots=True)
class ArticleQuarter:
    """The quarter: what was printed, and the dossiers and forms that give it."""

    from_day: date
    to_day: date
    printed: Mapping[Place, Mapping[str, Any]]
    assumed: tuple[str, ...]
    lives: Mapping[Place, tuple[DossierLife, ...]]
    forms: Mapping[Place, tuple[SurveyForm, ...]]


def article_quarter() -> ArticleQuarter:
    """Return the quarter; the same each time."""
    read = tomllib.loads((Path(__file__).parent / "article_quarter.toml").read_text(encoding="utf-8"))
    units: dict[Place, tuple[str, ...]] = {"branch": (BRANCH,), "communes": communes()}
    lives: dict[Place, tuple[DossierLife, ...]] = {}
    forms: dict[Place, tuple[SurveyForm, ...]] = {}
    for place, here in units.items():
        groups = [group for group in read["groups"] if group["unit"] == place]
        lives[place] = tuple(_lives(groups, here))
        forms[place] = tuple(_forms(read["forms"][place], here))
    source = read["source"]
    return ArticleQuarter(source["from"], source["to"], read["printed"], tuple(source["assumed"]), lives, forms)


def communes() -> tuple[str, ...]:
    """Return the ids of the communes and wards of the city of Móng Cái as they were before 1 July 2025."""
    known = parse_units(shipped_text("units"))
    return tuple(unit.id for unit in known if unit.kind == "former_unit" and unit.former_district_vi == CITY)


def _lives(groups: list[dict[str, Any]], units: tuple[str, ...]) -> Iterator[DossierLife]:
    serial = 0
    for group in groups:
        for outcome, count in group["count"].items():
            for nth in range(count):
                serial += 1
                unit = units[serial % len(units)]
                yield _life(f"{unit}/{serial}", unit, group, outcome, nth)


def _life(name: str, unit: str, group: dict[str, Any], outcome: Outcome, nth: int) -> DossierLife:
    """Return one dossier; days go by whole weeks, so that no Sunday or holiday comes between."""
    day, weeks = _accepted(group["accepted"], outcome, nth)
    if group["field"] == "CT":
        weeks = 0  # certifications are due on their day
    accepted_at = _at(day, 8 + nth % 3)
    due_at = _at(day + timedelta(weeks=weeks), 17)
    resolved_at = {
        "early": due_at - timedelta(weeks=1),
        "on_time": due_at - timedelta(hours=1),
        "overdue": due_at + timedelta(weeks=1),
    }.get(outcome)
    return DossierLife(
        id=name,
        code=name,
        unit=unit,
        field=group["field"],
        procedure="",
        officer="",
        channel=group["channel"],
        online_level="full",
        accepted_at=accepted_at,
        resolved_at=resolved_at,
        dues=(DueSet(accepted_at, due_at),),
    )


def _accepted(when: str, outcome: Outcome, nth: int) -> tuple[date, int]:
    """Return the day of acceptance and the weeks to the due day."""
    if when == "before":
        return _weekday(date(2024, 12, 23), 7, nth), 19 if outcome == "open_in_time" else 3
    if outcome == "open_in_time":
        return _weekday(date(2025, 3, 24), 6, nth), 3
    return _weekday(date(2025, 2, 3), 25, nth), 2


def _forms(levels: dict[Any, int], units: tuple[str, ...]) -> Iterator[SurveyForm]:
    nth = 0
    for level, count in levels.items():
        for _form in range(count):
            nth += 1
            yield SurveyForm(_at(_weekday(date(2025, 2, 3), 40, nth), 10), level, "screen", units[nth % len(units)])


def _weekday(first: date, count: int, nth: int) -> date:
    """Return one of `count` days from Monday `first` on, Monday to Friday."""
    weeks, day = divmod(nth % count, 5)
    return first + timedelta(weeks=weeks, days=day)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), OFFICE_ZONE)
