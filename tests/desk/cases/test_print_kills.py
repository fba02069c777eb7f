"""Kill -9 of a program that prints: no paper twice, none in silence, each unsure job asked about once."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk import wiring
from desk.cases.form_input import form_of
from desk.cases.papers import Papers
from receipts.printing import Handed, Outcome
from tests import homes

KILLS = 12


@dataclass
class Roll:
    """A printer without a memory: a paper is a line of a file, on disk before it says so."""

    path: Path
    name: str = "roll"

    def hand(self, job_id: str, paper: Path) -> Outcome:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{job_id}\n")
            file.flush()
            os.fsync(file.fileno())
        return Handed()

    def jobs(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").split() if self.path.is_file() else []


def work(around: wiring.Surroundings, roll: Roll, begun: int) -> None:
    """Receive, make and print for ever, telling `begun` of each beginning."""
    services = wiring.open_home(around)
    papers = Papers(services.context, roll)
    officer = services.officers.the_one()
    number = 0
    while True:
        number += 1
        os.write(begun, b"!")
        dossier = services.intake.accept(form_of(homes.birth(number)), officer).dossier
        papers.send(papers.make(dossier, "slip", officer).job)


@pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of POSIX systems")
def test_a_printing_program_killed_again_and_again_prints_no_paper_twice_and_loses_none(tmp_path: Path) -> None:
    around = homes.copied_home(tmp_path / "desk")
    roll = Roll(tmp_path / "roll.txt")
    dice = random.Random(5)
    restarted(around, roll, prints=1)  # everything is loaded before the first fork
    asked: list[str] = []
    for _kill in range(KILLS):
        reading, begun = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                work(around, roll, begun)
            finally:
                os._exit(3)
        os.close(begun)
        for _beginning in range(dice.randrange(1, 4)):
            assert os.read(reading, 1) == b"!"
        time.sleep(dice.random() * 0.06)  # the moment itself is what is random here
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        asked += restarted(around, roll)
    assert len(roll.jobs()) > KILLS
    assert len(set(asked)) == len(asked), "a job was asked about twice"


def restarted(around: wiring.Surroundings, roll: Roll, prints: int = 0) -> list[str]:
    """Start again, settle what is unsure by looking at the roll, print the rest; returns what was asked about."""
    services = wiring.open_home(around)
    papers = Papers(services.context, roll)
    for number in range(prints):
        services.intake.accept(form_of(homes.birth(number)), services.officers.the_one())
    papers.catch_up()
    assert papers.jobs("sending") == ()
    assert papers.owed() == ()
    asked = [line.id for line in papers.jobs("unknown")]
    assert len(asked) <= 1
    for job in asked:
        if papers.settle(job, job in roll.jobs()).state == "failed":
            papers.send(job)
    papers.send_all()
    printed = roll.jobs()
    assert len(set(printed)) == len(printed), "a paper came out twice"
    assert sorted(printed) == sorted(line.id for line in papers.jobs("handed", "confirmed"))
    assert papers.jobs("queued", "failed", "unknown") == ()
    services.close()
    return asked
