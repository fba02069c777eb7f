"""The periodic table against the truth of a simulated world, counted by code that shares nothing with the program."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests import homes
from tests.desk.commands.conftest import Desk
from tests.desk.recount import Truth, cells_of, differences

GROUPS = ("field", "procedure", "competent_unit")


@dataclass
class Outcome:
    """What the tables and the recount came to."""

    dossiers: int
    periods: int = 0
    cells: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        verdict = "ok" if not self.faults else "; ".join(self.faults[:5])
        return f"{self.periods} periods over {self.dossiers:,} dossiers, {self.cells:,} cells compared: {verdict}"


def run(folder: Path, dossiers: int, periods: int, seed: int = 1) -> Outcome:
    """Simulate `dossiers` in `folder`, and compare the report of random periods with a recount of the truth file."""
    homes.copied_home(folder)
    desk, truth_file = Desk(folder), folder / "truth.jsonl"
    done = desk.did("simulate", "--dossiers", dossiers, "--seed", seed, "--truth", truth_file)
    truth = Truth(truth_file.read_text(encoding="utf-8").splitlines(), "06709")
    outcome = Outcome(dossiers)
    dice = random.Random(seed)
    first, last = date.fromisoformat(done["from"]), date.fromisoformat(done["to"])
    for _period in range(periods):
        start = first + timedelta(days=dice.randrange((last - first).days + 1))
        end = start + timedelta(days=dice.randrange((last - start).days + 1))
        outcome.periods += 1
        for by in GROUPS:
            report = desk.did("report", "--from", start, "--to", end, "--by", by)
            outcome.cells += cells_of(report)
            outcome.faults += differences(truth, report)
            outcome.faults += [f"{start} to {end}: {one['id']}" for one in report["checks"] if not one["holds"]]
    return outcome
