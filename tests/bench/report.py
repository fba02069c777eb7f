"""The periodic report, `desk due` and `desk worktime` beside an interpreter that only imports what they need."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import text

from desk import wiring
from desk.cases.services import Services
from tests import homes
from tests.bench.figures import Figure, side_by_side

DOSSIERS = 10_000
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
GOAL = 1.5
"""Of an interpreter that imports sqlmodel and typer, the query itself apart (decisions, 8)."""
_ROUNDS = 5
_IMPORTS = "import sqlmodel, typer"


def measure() -> list[Figure]:
    """Return the figures of the report over a quarter, and of what reckons with time."""
    from desk.cases.simulating import Simulating, Wanted

    with tempfile.TemporaryDirectory() as folder:
        around = homes.new_home(Path(folder))
        services = wiring.open_home(around)
        Simulating(services.context, random.Random).run(Wanted(dossiers=DOSSIERS, seed=3916))
        query, bare = _query(services)
        reckoned = _reckoned(services)
        services.close()
        first = _first_query(around)
        report = _command(around, "report", "--from", FIRST.isoformat(), "--to", LAST.isoformat())
        received = ["--received", "2026-02-12T08:30:00+07:00", "--term", "20 working_day"]
        due = _command(around, "due", *received)
        worktime = _command(
            around, "worktime", "--from", "2026-01-02T08:00:00+07:00", "--to", "2026-12-30T16:00:00+07:00"
        )
    floor = "import sqlmodel, typer"
    return [
        Figure("report", f"a quarter of {DOSSIERS:,} dossiers", query, "ms", "reading every row", bare),
        Figure("report", "desk report, the query apart", report[0] - first, "ms", floor, report[1], GOAL),
        Figure("report", "desk due, whole command", due[0], "ms", floor, due[1], GOAL),
        Figure("report", "desk worktime, whole command", worktime[0], "ms", floor, worktime[1], GOAL),
        *reckoned,
    ]


def _query(services: Services) -> tuple[float, float]:
    def scan() -> object:
        with services.context.store.reading() as session:
            return session.connection().execute(text("SELECT * FROM dossier")).all()

    return side_by_side(lambda: services.figures.counted(FIRST, LAST), scan, _ROUNDS)


_FIRST_QUERY = """
import sys, time
from datetime import date
from pathlib import Path
from desk import wiring
services = wiring.open_home(wiring.Surroundings(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
figures = services.figures
began = time.perf_counter()
figures.counted(date.fromisoformat(sys.argv[4]), date.fromisoformat(sys.argv[5]))
print((time.perf_counter() - began) * 1000)
"""


def _first_query(around: wiring.Surroundings) -> float:
    """Return the median in ms of the table counted as the first thing a process does, as the command does it."""
    days = FIRST.isoformat(), LAST.isoformat()
    command = [sys.executable, "-c", _FIRST_QUERY, str(around.home), str(around.keys), homes.CLOCK, *days]
    ran = [subprocess.run(command, check=True, capture_output=True, text=True) for _round in range(_ROUNDS)]
    return statistics.median(float(one.stdout) for one in ran)


def _reckoned(services: Services) -> list[Figure]:
    """Return what one due moment and a year of working time cost beside counting the days of that year."""
    from desk.rules.due import due, parse_term
    from desk.rules.worktime import working_minutes

    calendar = services.context.reference.calendar()
    start = datetime.fromisoformat("2026-01-02T08:00:00+07:00")
    end = datetime.fromisoformat("2026-12-30T16:00:00+07:00")
    term = parse_term("20 working_day")
    days = [date.fromordinal(start.date().toordinal() + at) for at in range((end - start).days)]

    def walked() -> object:
        return sum(bool(calendar.hours_of(day)) for day in days)

    one, walk = side_by_side(lambda: due(start, term, calendar), walked, 20)
    year, again = side_by_side(lambda: working_minutes(start, end, calendar), walked, 20)
    floor = "asking each day of a year"
    return [
        Figure("report", "a due moment of 20 working days", one, "ms", floor, walk, 1.0),
        Figure("report", "working time of a year", year, "ms", floor, again, 10.0),
    ]


def _command(around: wiring.Surroundings, *words: str) -> tuple[float, float]:
    """Return the medians in ms of a whole command and of an interpreter that imports what it needs."""
    environment = {**os.environ, "DESK_KEYS": str(around.keys), "DESK_CLOCK": homes.CLOCK}
    command = [sys.executable, "-m", "desk", "--home", str(around.home), "--json", *words]

    def ours() -> object:
        return subprocess.run(command, env=environment, check=True, capture_output=True)

    return side_by_side(ours, lambda: subprocess.run([sys.executable, "-c", _IMPORTS], check=True), _ROUNDS)
