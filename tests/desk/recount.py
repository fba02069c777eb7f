"""Counts the periodic table anew from a truth file, with nothing of the program: only what happened and the law's days.

Time is one long list of working minutes here, and a dossier's life is read from its steps alone, so that a fault
of the program's rules cannot repeat itself. Read are the truth file of `desk simulate` and the shipped CSV files.
"""

from __future__ import annotations

import csv
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "sample_data"
OFFICE = "+07:00"
_HOURS = ((7 * 60 + 30, 11 * 60 + 30), (13 * 60 + 30, 17 * 60))
_DAY = 24 * 60
_FIRST = date(2024, 1, 1)
_LEVELS = ("very_satisfied", "satisfied", "dissatisfied")
_COMMUNES = ("commune_unit", "former_unit", "center", "branch")


def minute_of(text: str) -> int:
    """Return an ISO instant of the office as whole minutes since the first day's midnight."""
    assert text.endswith(OFFICE)
    at = datetime.fromisoformat(text).replace(tzinfo=None)
    return (at.date() - _FIRST).days * _DAY + at.hour * 60 + at.minute


class OfficeTime:
    """Every working minute of every working day in one list."""

    def __init__(self, folder: Path) -> None:
        with (folder / "holidays.csv").open(encoding="utf-8") as file:
            special = {date.fromisoformat(row["date"]): row["is_working_day"] == "yes" for row in csv.DictReader(file)}
        last = date(max(day.year for day in special), 12, 31)
        self.days = [number for number in range((last - _FIRST).days + 1) if self._works(number, special)]
        self.minutes = [day * _DAY + m for day in self.days for opens, closes in _HOURS for m in range(opens, closes)]

    def _works(self, number: int, special: dict[date, bool]) -> bool:
        day = _FIRST + timedelta(days=number)
        return special.get(day, day.weekday() < 5)

    def worked(self, start: int, end: int) -> int:
        """Return the working minutes from `start` to `end`."""
        return bisect_left(self.minutes, end) - bisect_left(self.minutes, start)

    def later(self, start: int, minutes: int) -> int:
        """Return the earliest minute by which `minutes` of working time have passed since `start`."""
        return start if not minutes else self.minutes[bisect_left(self.minutes, start) + minutes - 1] + 1

    def next_day(self, day: int, count: int = 1) -> int:
        """Return the `count`-th working day after `day`."""
        return self.days[bisect_left(self.days, day + 1) + count - 1]

    def is_open_day(self, day: int) -> bool:
        """Return whether `day` is a working day."""
        place = bisect_left(self.days, day)
        return place < len(self.days) and self.days[place] == day

    def begins(self, at: int, cutoff: int | None = None) -> int:
        """Return from when a reception at `at` counts."""
        day, minute = divmod(at, _DAY)
        if not self.is_open_day(day) or minute > _HOURS[-1][1] or (cutoff is not None and minute > cutoff):
            return self.next_day(day) * _DAY + _HOURS[0][0]
        for opens, closes in _HOURS:
            if minute <= closes:
                return day * _DAY + max(minute, opens)
        raise AssertionError("within the day")


@dataclass(frozen=True)
class Term:
    """A statutory time."""

    value: Fraction
    unit: str
    cutoff: int | None = None


@dataclass(frozen=True)
class Procedure:
    """What decides when a dossier is due and where it is counted."""

    field: str
    online_level: str
    term: Term
    by_channel: dict[str, list[Term]]

    def term_of(self, channel: str) -> Term:
        """Return its time through `channel`: its own where that is listed, else the first listed one."""
        listed = self.by_channel.get(channel, [])
        own = [one for one in listed if (one.value, one.unit) == (self.term.value, self.term.unit)]
        return self.term if own or not listed else listed[0]


def procedures(folder: Path) -> dict[str, Procedure]:
    """Return the shipped procedures by code."""
    found = {}
    with (folder / "procedures.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cutoff = row["same_day_cutoff"]
            minute = int(cutoff[:2]) * 60 + int(cutoff[3:]) if cutoff else None
            listed: dict[str, list[Term]] = {}
            for part in filter(None, (part.split() for part in row["time_variants"].split(";"))):
                listed.setdefault(part[0], []).append(Term(Fraction(part[1]), part[2]))
            term = Term(Fraction(row["time_value"]), row["time_unit"], minute)
            found[row["code"]] = Procedure(row["field_code"], row["online_level"], term, listed)
    return found


def due_of(at: int, term: Term, time: OfficeTime) -> int:
    """Return when a dossier accepted at `at` is due under `term`."""
    whole, rest = divmod(term.value, 1)
    if term.unit == "within_day":
        return time.begins(at, term.cutoff) // _DAY * _DAY + _HOURS[-1][1]
    if term.unit == "hour":
        return time.later(time.begins(at), ceil(term.value * 60))
    if term.unit == "working_day":
        start = time.begins(at)
        if whole:
            start = time.next_day(start // _DAY, int(whole)) * _DAY + start % _DAY
        return time.later(start, ceil(rest * sum(closes - opens for opens, closes in _HOURS)))
    assert term.unit == "calendar_day" and not rest
    return _closing(at // _DAY + int(whole), time)


def _closing(day: int, time: OfficeTime) -> int:
    day = day if time.is_open_day(day) else time.next_day(day)
    return day * _DAY + _HOURS[-1][1]


def due_after(due: int, start: int, end: int, term: Term, time: OfficeTime) -> int:
    """Return the due minute after the citizen was waited for from `start` to `end`; the rule is to pause."""
    if term.unit == "within_day":
        return due_of(end, term, time)
    if term.unit == "calendar_day":
        days = end // _DAY - start // _DAY
        return _closing(due // _DAY + days, time) if days else due
    return time.later(due, time.worked(start, end))


@dataclass
class Life:
    """One dossier as its steps tell it; moments are minutes, None where it did not come so far."""

    line: dict[str, Any]
    filed: int | None = None
    accepted: int | None = None
    refused: int | None = None
    resolved: int | None = None
    stopped: int | None = None
    asked_back: bool = False
    waits: list[list[int | None]] = field(default_factory=list)
    dues: list[tuple[int, int]] = field(default_factory=list)

    @property
    def ended(self) -> int | None:
        """When it counts as done."""
        return self.resolved if self.stopped is None else self.stopped


def life_of(line: dict[str, Any], term: Term, time: OfficeTime) -> Life:
    """Return what became of a dossier."""
    life = Life(line)
    for step in line["steps"]:
        at, what = minute_of(step["at"]), step["what"]
        if what == "filed":
            life.filed = at
        elif what == "accepted":
            life.accepted = at
            life.dues.append((at, due_of(at, term, time)))
        elif what == "refused":
            life.refused = at
        elif what in ("supplement_requested", "payment_requested"):
            life.waits.append([at, None])
        elif what in ("supplemented", "paid"):
            start = life.waits[-1][0]
            assert start is not None
            life.waits[-1][1] = at
            if life.accepted is not None:
                life.dues.append((at, due_after(life.dues[-1][1], start, at, term, time)))
        elif what in ("withdrawal_requested", "withdrawal_cancelled"):
            life.asked_back = what == "withdrawal_requested"
        elif what == "stopped":
            life.stopped = at
        elif what == "resolved":
            life.resolved = at
        elif what == "processing":
            life.resolved = None
    return life


def is_late(life: Life, at: int) -> bool:
    """Return whether the due minute has passed at `at`; while the citizen is waited for, the clock stands."""
    due = next((due for set_at, due in reversed(life.dues) if set_at <= at), None)
    if due is None:
        return False
    for start, end in life.waits:
        if start is not None and start <= at and (end is None or end >= at):
            return start > due
    return at > due


def columns_of(life: Life, first: int, after: int, is_commune: bool, level: str, answer_by: int | None) -> list[str]:
    """Return the columns one dossier is counted in, in a table over [first, after)."""
    accepted, ended = life.accepted, life.ended
    channel = life.line["channel"]
    found: list[str] = []
    if accepted is not None and accepted < after and (ended is None or ended >= first):
        found.append("received")
        if accepted < first:
            found.append("carried_over")
    if accepted is not None and first <= accepted < after:
        if channel == "online":
            found += ["online", {"full": "online_full", "partial": "online_partial"}.get(level, "online_other")]
        else:
            found += ["counter_post", channel]
        if is_commune:
            found.append("no_boundary")
    if accepted is not None and ended is not None and first <= ended < after:
        found += ["resolved", *_ending(life, ended)]
    if accepted is not None and accepted < after and (ended is None or ended >= after):
        late = is_late(life, after - 1)
        found += ["in_progress", "in_progress_overdue" if late else "in_time"]
        found += ["overdue_not_apologised"] if late else []
    if life.refused is not None and first <= life.refused < after:
        found.append("refused")
    answers = [at for at in (accepted, life.refused, life.stopped) if at is not None and at < after]
    if channel == "online" and life.filed is not None and life.filed < after and not answers:
        assert answer_by is not None
        found.append("waiting_late" if answer_by < after else "waiting_in_time")
    return found


def _ending(life: Life, ended: int) -> list[str]:
    found: list[str] = []
    if life.stopped is not None:
        found.append("withdrawn" if life.asked_back else "stopped")
    if is_late(life, ended):
        return [*found, "overdue", "overdue_not_apologised"]
    due = next(due for set_at, due in reversed(life.dues) if set_at <= ended)
    return [*found, "early" if life.stopped is None and ended // _DAY < due // _DAY else "on_time"]


class Truth:
    """A truth file, read once for many tables."""

    def __init__(self, lines: Iterable[str], unit: str, folder: Path = DATA) -> None:
        """Read the lines of the file; unit: the desk's own, whose dossiers for others are no-boundary ones."""
        self.unit = unit
        self.time = OfficeTime(folder)
        self.procedures = procedures(folder)
        with (folder / "units.csv").open(encoding="utf-8") as file:
            self.communes = {row["id"] for row in csv.DictReader(file) if row["kind"] in _COMMUNES}
        self.lives: list[Life] = []
        self.forms: list[tuple[int, str]] = []
        for line in map(json.loads, lines):
            if "survey" in line:
                self._form(line["at"], line["answer"])
                continue
            term = self.procedures[line["procedure"]].term_of(line["channel"])
            self.lives.append(life_of(line, term, self.time))
            for step in line["steps"]:
                if step["what"] == "surveyed":
                    self._form(step["at"], step["answer"])

    def _form(self, at: str, answer: str) -> None:
        if answer != "no_answer":
            self.forms.append((minute_of(at), answer))

    def table(self, from_day: date, to_day: date, by: str) -> dict[str, Counter[str]]:
        """Return the counts of each row by its key, and of the `total`; by: field, procedure or competent_unit."""
        first, after = ((day - _FIRST).days * _DAY for day in (from_day, to_day + timedelta(days=1)))
        found: dict[str, Counter[str]] = {"total": Counter()}
        for life in self.lives:
            procedure = self.procedures[life.line["procedure"]]
            body = life.line["competent_unit"] or self.unit
            is_commune = body != self.unit and body in self.communes
            answer_by = None if life.filed is None else self.time.later(self.time.begins(life.filed), 8 * 60)
            columns = columns_of(life, first, after, is_commune, procedure.online_level, answer_by)
            if columns:
                keys = {"field": procedure.field, "procedure": life.line["procedure"], "competent_unit": body}
                found.setdefault(keys[by], Counter()).update(columns)
                found["total"].update(columns)
        return found

    def survey(self, from_day: date, to_day: date) -> dict[str, int]:
        """Return how many forms each level has, and how many were declined."""
        first, after = ((day - _FIRST).days * _DAY for day in (from_day, to_day + timedelta(days=1)))
        counted = Counter(answer for at, answer in self.forms if first <= at < after)
        return {name: counted[name] for name in (*_LEVELS, "declined")}


def differences(truth: Truth, report: dict[str, Any]) -> list[str]:
    """Return every cell in which a report (the JSON of `desk report`) is not what the truth file says."""
    from_day, to_day, by = date.fromisoformat(report["from"]), date.fromisoformat(report["to"]), report["by"]
    mine = truth.table(from_day, to_day, by)
    rows = {row["key"]: row for row in (*report["rows"], report["total"])}
    found = [f"row {key}: only {'there' if key in rows else 'here'}" for key in mine.keys() ^ rows.keys()]
    for key in mine.keys() & rows.keys():
        cells = {name: value for name, value in rows[key].items() if isinstance(value, int)}
        unknown = mine[key].keys() - cells.keys()
        found += [f"{key}: the report has no column {name}" for name in unknown]
        found += [
            f"{key} {name}: {value} ≠ {mine[key][name]}" for name, value in cells.items() if value != mine[key][name]
        ]
    counted, survey = truth.survey(from_day, to_day), report["survey"]
    forms = sum(counted[level] for level in _LEVELS)
    if survey["forms"] != forms:
        found.append(f"survey: {survey['forms']} ≠ {forms}")
    if not survey["hidden"]:
        said = {**{level: survey[level]["n"] for level in _LEVELS}, "declined": survey["declined"]}
        found += [f"survey {name}: {said[name]} ≠ {count}" for name, count in counted.items() if said[name] != count]
    return [f"{report['from']} to {report['to']} by {by}: {one}" for one in found]


def cells_of(report: dict[str, Any]) -> int:
    """Return how many numbers of a report were compared."""
    return sum(isinstance(value, int) for row in (*report["rows"], report["total"]) for value in row.values())
