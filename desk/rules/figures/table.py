"""The periodic table: one row a field, procedure, officer or unit, its total, and the identities beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from desk.rules.figures.checks import Check, identities
from desk.rules.figures.columns import COLUMNS, Columns, columns_of, counted
from desk.rules.figures.lives import DossierLife, EarlyRule, Period
from desk.rules.shares import Share
from desk.rules.survey import SurveyCount, SurveyForm, survey_total
from desk.text import sort_key

By = Literal["field", "procedure", "officer", "unit", "competent_unit"]
"""What a row is; `unit` is the receiving unit, `competent_unit` the body that resolves."""

GROUPS: tuple[By, ...] = get_args(By)

_KEY_OF: Mapping[By, Callable[[DossierLife], str]] = {
    "field": lambda life: life.field,
    "procedure": lambda life: life.procedure,
    "officer": lambda life: life.officer,
    "unit": lambda life: life.unit,
    "competent_unit": lambda life: life.competent_unit or life.unit,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    key: str
    name: str
    columns: Columns

    @property
    def on_time_share(self) -> Share:
        """(8) and (9) of (7): the rate that reports print, with the base it is of."""
        return Share(self.columns.early + self.columns.on_time, self.columns.resolved)

    @property
    def online_share(self) -> Share:
        """(4) of the new ones, (4) and (5)."""
        return Share(self.columns.online, self.columns.online + self.columns.counter_post)

    def as_json(self) -> dict[str, Any]:
        """Return the row by the keys of `desk report`: the form's columns, the newer split, two shares."""
        return {
            "key": self.key,
            "name": self.name,
            **{name: int(getattr(self.columns, name)) for name in COLUMNS},
            "on_time_share": self.on_time_share.as_json(),
            "online_share": self.online_share.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One dossier whose contribution to a closed table would be another today."""

    dossier: str
    code: str
    row: str
    """The key of the row it is counted in."""
    column: str
    before: int
    after: int

    def as_json(self) -> dict[str, Any]:
        """Return the adjustment by the keys of `desk report`."""
        return {name: getattr(self, name) for name in ("dossier", "code", "row", "column", "before", "after")}


@dataclass(frozen=True, slots=True)
class Report:
    """The table of a period, whole."""

    period: Period
    by: By
    rows: tuple[Row, ...]
    total: Row
    checks: tuple[Check, ...]
    survey: SurveyCount
    adjustments: tuple[Adjustment, ...]
    early: EarlyRule
    """The definition of (8), to be printed under the table."""

    @property
    def adds_up(self) -> bool:
        """Whether every identity holds."""
        return all(check.holds for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Return the report by the keys of `desk report`."""
        return {
            "from": self.period.from_day.isoformat(),
            "to": self.period.to_day.isoformat(),
            "by": self.by,
            "early": self.early,
            "rows": [row.as_json() for row in self.rows],
            "total": self.total.as_json(),
            "checks": [check.as_json() for check in self.checks],
            "survey": self.survey.as_json(),
            "adjustments": [adjustment.as_json() for adjustment in self.adjustments],
        }


def table(
    lives: Iterable[DossierLife],
    from_day: date,
    to_day: date,
    by: By = "field",
    *,
    names: Mapping[str, str] | None = None,
    forms: Iterable[SurveyForm] = (),
    early: EarlyRule = "earlier_day",
    open_before: int | None = None,
    adjustments: Iterable[Adjustment] = (),
) -> Report:
    """Return the periodic table over the office days `from_day` to `to_day`, both within.

    lives: all dossiers that may count, in any order; one given twice counts once.
    names: what a row's key is called; a key without a name stands for itself.
    open_before: (11) of the table closed before this one, its adjustments included; None = counted here.
    Raises PeriodBackwards, PeriodOutOfReach. Rows stand in Vietnamese order of their names.
    """
    period = Period(from_day, to_day)
    key_of, by_key = _KEY_OF[by], dict[str, list[str]]()
    added: list[str] = []
    once = {life.id: life for life in lives}
    for life in once.values():
        columns = columns_of(life, period, early)
        if columns:
            by_key.setdefault(key_of(life), []).extend(columns)
            added += columns
    called = names or {}
    rows = [Row(key, called.get(key, key), counted(columns)) for key, columns in by_key.items()]
    rows.sort(key=lambda row: (sort_key(row.name), row.key))
    total = Row("total", "", counted(added))
    if open_before is None:
        open_before = open_at_start(once.values(), period)
    return Report(
        period=period,
        by=by,
        rows=tuple(rows),
        total=total,
        checks=identities({row.key: row.columns for row in rows}, total.columns, open_before),
        survey=survey_total(forms, from_day, to_day),
        adjustments=tuple(adjustments),
        early=early,
    )


def open_at_start(lives: Iterable[DossierLife], period: Period) -> int:
    """Return (11) of the day before the period: accepted before its first instant and not ended before it."""
    at = period.starts_at
    return sum(
        life.accepted_at is not None and life.accepted_at < at and (life.ended_at is None or life.ended_at >= at)
        for life in lives
    )


def adjustments_between(
    closed: Iterable[DossierLife],
    now: Iterable[DossierLife],
    from_day: date,
    to_day: date,
    by: By = "field",
    early: EarlyRule = "earlier_day",
) -> tuple[Adjustment, ...]:
    """Return what later facts would change in a closed table, dossier by dossier, in the order of codes.

    closed: the lives as known when the table was closed; now: as known today. A dossier that changed its row
    leaves the old one and enters the new one.
    """
    period = Period(from_day, to_day)
    before, after = ({life.id: life for life in lives} for lives in (closed, now))
    found: list[Adjustment] = []
    for dossier in before.keys() | after.keys():
        versions = [lives.get(dossier) for lives in (before, after)]
        code = next(life.code for life in reversed(versions) if life is not None)
        placed = [(None, frozenset()) if life is None else _placed(life, period, by, early) for life in versions]
        for row in {key for key, _columns in placed if key is not None}:
            old, new = (columns if key == row else frozenset() for key, columns in placed)
            found += [Adjustment(dossier, code, row, name, int(name in old), int(name in new)) for name in old ^ new]
    return tuple(sorted(found, key=lambda one: (one.code, one.dossier, one.row, COLUMNS.index(one.column))))


def _placed(life: DossierLife, period: Period, by: By, early: EarlyRule) -> tuple[str, frozenset[str]]:
    """Return the row a life stands in and the columns it is counted in."""
    return _KEY_OF[by](life), frozenset(columns_of(life, period, early))
