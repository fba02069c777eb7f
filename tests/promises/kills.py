"""Kill -9 of a worker that does intakes, at random moments: nothing told as saved is lost, no number given twice.

The worker is forked from a process that has loaded everything, so that a kill costs milliseconds.
"""

from __future__ import annotations

import gc
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desk import wiring
from desk.cases.form_input import form_of
from tests import homes, oracle

_PATIENCE_S = 60.0


@dataclass
class Outcome:
    """What a run of kills found."""

    kills: int
    told: int
    """Codes the worker had told as saved before it died."""
    between: int
    """Kills that fell between the commit and the paper."""
    faults: list[str]

    def line(self) -> str:
        """Return the figures as one line."""
        verdict = "ok" if not self.faults else "; ".join(self.faults[:5])
        return f"{self.kills} kills ({self.between} between commit and paper), {self.told} told as saved: {verdict}"


def work(around: wiring.Surroundings, told: int) -> None:
    """Do intakes for ever, telling `told` each code once it is saved and once its slip is made."""
    services = wiring.open_home(around)
    services.papers.catch_up()
    officer = services.officers.the_one()
    number = 0
    while True:
        number += 1
        saved = services.intake.accept(form_of(homes.birth(number)), officer)
        os.write(told, f"saved {saved.code}\n".encode())
        services.papers.make(saved.code, "slip", officer)
        os.write(told, f"paper {saved.code}\n".encode())


def one_kill(around: wiring.Surroundings, dice: random.Random) -> tuple[list[str], bool]:
    """Fork a worker, kill it at a random moment; returns the codes told as saved, and whether a paper lacked."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _in_child(lambda: work(around, writing))
    os.close(writing)
    wanted = dice.choice(["moment", "saved", "moment"])
    lines = dice.randrange(1, 9)
    heard = _hear(reading, lines, wanted == "saved")
    if wanted == "moment":
        time.sleep(dice.random() * 0.03)  # the moment itself is what is random here
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    heard += _rest(reading)
    os.close(reading)
    saved = [line.split()[1] for line in heard if line.startswith("saved")]
    papers = [line for line in heard if line.startswith("paper")]
    return saved, len(saved) > len(papers)


def _in_child(act: Callable[[], None]) -> None:
    try:
        act()
    except BaseException as error:
        print(f"worker: {error!r}", file=sys.stderr)
    os._exit(3)


def _hear(reading: int, count: int, until_saved: bool) -> list[str]:
    """Return the lines heard until there are `count`, the last one a `saved` where that is asked."""
    text = b""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        ready, _w, _x = select.select([reading], [], [], 1.0)
        if ready:
            part = os.read(reading, 4096)
            if not part:
                raise AssertionError("the worker ended by itself")
            text += part
        lines = text.decode().splitlines()
        if len(lines) >= count and text.endswith(b"\n") and (not until_saved or lines[-1].startswith("saved")):
            return lines
    raise AssertionError("the worker told nothing")


def _rest(reading: int) -> list[str]:
    text = b""
    while part := os.read(reading, 65536):
        text += part
    return [line for line in text.decode().split("\n")[:-1] if line]


def run(folder: Path, kills: int, seed: int = 1) -> Outcome:
    """Kill `kills` workers on one home in `folder` and return what an oracle of its own finds then."""
    dice = random.Random(seed)
    _load_all(folder / "loaded")
    around = homes.new_home(folder)
    told: list[str] = []
    between = 0
    for _number in range(kills):
        saved, lacked = one_kill(around, dice)
        told += saved
        between += lacked
    return Outcome(kills, len(told), between, _faults(around, told))


def _load_all(folder: Path) -> None:
    """Do everything once, at a desk of its own, so that no forked worker has to load anything."""
    services = homes.opened(folder)
    services.papers.catch_up()
    officer = services.officers.the_one()
    saved = services.intake.accept(form_of(homes.birth()), officer)
    services.papers.make(saved.code, "slip", officer)
    services.close()
    gc.freeze()  # nothing of it is rubbish: no forked worker walks through it again


def _faults(around: wiring.Surroundings, told: list[str]) -> list[str]:
    services = wiring.open_home(around)
    services.papers.catch_up()
    services.close()
    seen = oracle.look(around.home)
    faults = list(seen.faults)
    codes = seen.codes
    faults += [f"{code} was told and is not there" for code in told if code not in set(codes)]
    if len(set(codes)) != len(codes):
        faults.append("a code was given twice")
    if len(set(told)) != len(told):
        faults.append("a code was told twice")
    made = [head["dossier"] for head, body in seen.of_kind("paper.made") if body["copy"] == 1]
    accepted = [head["dossier"] for head, _body in seen.of_kind("dossier.accepted")]
    if sorted(made) != sorted(accepted):
        faults.append(f"{len(accepted)} dossiers, {len(made)} slips")
    for _head, body in seen.of_kind("paper.made"):
        if not (around.home / "papers" / body["name"]).is_file():
            faults.append(f"{body['name']} is not on disk")
    return faults
