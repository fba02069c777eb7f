"""A lesson made of its file: TOML, read strictly, every fault at once, each with its line.

The file's form is that of docs/lessons.vi.md. What other floors know (kinds of events, workplaces, procedures, kinds
of papers) is passed in, so that a lesson that asks for something unknown is refused before anybody plays it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date

from desk.errors.practice import LessonFaulty
from desk.rules.lessons.lesson import DATA, FORMAT, Citizen, Data, Lesson, Passing, Prepared, Step
from desk.rules.lessons.lines import lines_of
from desk.rules.lessons.reading import Fault, Faults, Table
from desk.rules.lessons.steps import Known, Named, read_step
from desk.rules.lifecycle import STATUSES
from desk.rules.people.numbers import personal_number
from desk.rules.people.person import Person, Sex
from desk.words import N_

_STANDING = tuple(status for status in STATUSES if status in ("accepted", "processing", "resolved"))
"""What a prepared dossier may be: the rest needs more than its file says."""
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
MOST_STEPS = 50
_HOME = "Phường Móng Cái 2, tỉnh Quảng Ninh"


@dataclass(frozen=True, slots=True)
class FaultList:
    """The faults of a file as one sentence: the first few, and that there are more."""

    all: tuple[Fault, ...]

    def __str__(self) -> str:
        return "; ".join(str(fault) for fault in self.all[:5]) + ("; …" if len(self.all) > 5 else "")


def parse_lesson(text: str, known: Known) -> Lesson:
    """Return the lesson that `text` is; raises LessonFaulty with all faults in the order of their lines."""
    faults = Faults({})
    try:
        value = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number too long to read, lists in lists without end
        line = _AT_LINE.search(str(error))
        facts = {"cause": _AT_LINE.sub("", str(error))}
        at = int(line[1]) if line else text.count("\n") + 1
        fault = Fault(at, "toml", N_("this is no TOML: {cause}"), facts)
        raise LessonFaulty(count=1, faults=FaultList((fault,))) from error
    faults.lines = lines_of(text)
    lesson = _read(Table(value, (), faults), known)
    if faults.found:
        ordered = tuple(sorted(faults.found, key=lambda fault: fault.line))
        raise LessonFaulty(count=len(ordered), faults=FaultList(ordered))
    return lesson


def _read(top: Table, known: Known) -> Lesson:
    if top.whole("format") != FORMAT and "format" in top:
        top.fault("format", "unknown-value", N_("{key} must be {format}"), format=FORMAT)
    named = Named(known)
    lesson_id = top.name("id")
    passing = _passing(top.table("pass"))
    citizens = tuple(_citizen(table, named) for table in top.tables("citizen"))
    dossiers = tuple(_prepared(table, named) for table in top.tables("dossier"))
    clock = top.moment("clock")
    for at, one in enumerate(dossiers):
        if "clock" in top and one.accepted_at >= clock:
            top.faults.add(("dossier", at, "accepted"), "limit", N_("accepted must lie before the clock of the lesson"))
    lesson = Lesson(
        id=lesson_id,
        title=top.words("title"),
        level=top.whole("level", least=1, most=9, default=1),
        minutes=top.whole("minutes", least=1, most=240),
        clock=clock,
        data=_data(top),
        seed=top.whole("seed", default=1),
        requires=top.names("requires"),
        passing=passing,
        citizens=citizens,
        dossiers=dossiers,
        steps=_steps(top, named),
    )
    top.close()
    return lesson


def _data(top: Table) -> Data:
    found = top.one_of("data", DATA, default="trong", needed=False)
    return next((name for name in DATA if name == found), "trong")


def _passing(table: Table) -> Passing:
    found = Passing(table.whole("score", most=100, default=80), table.whole("max_seconds", most=86_400, default=0))
    table.close()
    return found


def _citizen(table: Table, named: Named) -> Citizen:
    citizen_id = named.new(table, "citizen")
    number = table.text("cccd")
    born_on = table.day("born")
    person = Person(
        table.text("name", limit=100),
        personal_id=number,
        born_on=born_on,
        sex=_checked(table, number, born_on),
        phone=table.text("phone", needed=False, limit=20),
        address=table.text("address", needed=False) or _HOME,
    )
    table.close()
    return Citizen(citizen_id, person)


def _checked(table: Table, number: str, born_on: date) -> Sex:
    """Return the sex that a personal number says, where number and birth are of one person."""
    said = personal_number(number)
    if said is None:
        if number:
            table.fault("cccd", "wrong-type", N_("{key} must be twelve digits"))
        return ""
    if "born" in table and said.birth_year != born_on.year:
        table.fault("cccd", "limit", N_("{key} says another year of birth: {year}"), year=said.birth_year)
    return said.sex


def _prepared(table: Table, named: Named) -> Prepared:
    dossier_id = named.new(table, "dossier")
    owner = named.one(table, "owner", "citizen")
    procedure = named.one(table, "procedure", "procedure")
    standing = table.one_of("status", _STANDING, default="accepted", needed=False)
    status = next(one for one in STATUSES if one == standing)
    unit = table.text("unit", needed=False)
    if unit and status == "accepted":
        table.fault("unit", "limit", N_("{key} goes with the status processing or resolved"))
    found = Prepared(
        dossier_id,
        owner,
        procedure,
        status,
        table.moment("accepted"),
        unit,
        table.whole("fee_dong", default=-1, least=-1) if "fee_dong" in table else None,
        table.text("fee_ground", needed=False),
    )
    table.close()
    return found


def _steps(top: Table, named: Named) -> tuple[Step, ...]:
    tables = list(top.tables("step"))
    if not tables:
        top.fault("step", "missing", N_("a lesson has at least one step, under [[step]]"))
    elif len(tables) > MOST_STEPS:
        top.fault("step", "limit", N_("a lesson has at most {most} steps"), most=MOST_STEPS)
    return tuple(read_step(table, named) for table in tables)
