"""Homes damaged at random and brought back from a backup, with kills in the middle; backups with flipped bits.

Nothing that mirror or database still hold whole may be missing, no event may be another than it was, no code may be
given twice; a killed restore leaves the damaged home or the restored one.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desk import swapping, wiring
from desk.cases.form_input import form_of
from desk.errors.base import DeskError
from desk.restoring import restore
from storage.backups.form import Unsound, unpack
from tests import homes, oracle
from tests.promises.cutting import forked

_BEFORE, _AFTER = 12, 8
_PAGE = 4096


@dataclass
class Outcome:
    """What a run found."""

    damages: int = 0
    killed: int = 0
    restored_by_the_next: int = 0
    """Kills after which the next start found the restored home."""
    flips: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        verdict = "ok" if not self.faults else "; ".join(self.faults[:5])
        return (
            f"{self.damages} damaged homes brought back, {self.killed} restores killed "
            f"({self.restored_by_the_next} had been decided), {self.flips} flipped bits: {verdict}"
        )


def run(folder: Path, damages: int, kills: int, flips: int, seed: int = 1) -> Outcome:
    """Damage `damages` homes, kill `kills` restores, flip `flips` bits of a backup; returns what was found."""
    dice, outcome = random.Random(seed), Outcome()
    whole = folder / "whole"
    around = homes.new_home(whole)
    file = _fill(around, whole)
    truth = oracle.look(around.home)
    for number in range(damages):
        place = _copy(whole, folder / "one")
        hurt, mirror_hurt = dice.choice(_DAMAGES), dice.random() < 0.3
        said = f"{number} {hurt.__name__}{' and mirror' if mirror_hurt else ''}"
        hurt(place.home / "desk.db", dice)
        if mirror_hurt:
            _cut(next((place.home / "mirror").glob("*.log")), dice)
        outcome.damages += 1
        outcome.faults += [f"{said}: {fault}" for fault in _brought_back(place, file, truth, whole=not mirror_hurt)]
    for number in range(kills):
        place = _copy(whole, folder / "one")
        _noise(place.home / "desk.db", dice, at=0)
        outcome.faults += [f"kill {number}: {fault}" for fault in _killed(place, file, truth, dice, outcome)]
    _flip(file, folder / "flipped", dice, flips, outcome)
    return outcome


def _fill(around: wiring.Surroundings, folder: Path) -> Path:
    services = wiring.open_home(around)
    officer = services.officers.the_one()
    file = Path()
    for number in range(1, _BEFORE + _AFTER + 1):
        services.intake.accept(form_of(homes.birth(number)), officer)
        if number == _BEFORE:
            file = services.backups.make(folder.parent / "stick").path
    services.close()
    return file


def _copy(whole: Path, folder: Path) -> wiring.Surroundings:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder)
    return homes.surroundings(folder)


def _brought_back(around: wiring.Surroundings, file: Path, truth: oracle.Seen, *, whole: bool) -> list[str]:
    done = restore(around, file, over_newer=True)
    lines = oracle.look(around.home).lines
    own = lines[: len(truth.lines)]
    faults = []
    same = next((at for at, (one, other) in enumerate(zip(own, truth.lines, strict=False)) if one != other), len(own))
    if whole and (same < len(truth.lines) or done.prepared.lost):
        faults.append(f"{len(truth.lines)} events were there, {same} came back, {len(done.prepared.lost)} told as lost")
    if same < done.prepared.tail.seq:
        faults.append(f"event {same + 1} is another than it was")
    code = _next_code(around)
    if code in truth.codes:
        faults.append(f"{code} was given twice")
    return faults


def _next_code(around: wiring.Surroundings) -> str:
    services = wiring.open_home(around)
    code = services.intake.accept(form_of(homes.birth(99)), services.officers.the_one()).code
    services.close()
    return code


def _killed(
    around: wiring.Surroundings, file: Path, truth: oracle.Seen, dice: random.Random, outcome: Outcome
) -> list[str]:
    damaged = (around.home / "desk.db").read_bytes()
    child = forked(lambda: _ignored(restore(around, file)))
    time.sleep(dice.random() * 0.3)  # the moment itself is what is random here
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    outcome.killed += 1
    is_decided = (around.home / swapping.MARK).exists() or (around.home / "desk.db").read_bytes() != damaged
    outcome.restored_by_the_next += is_decided
    if not is_decided:
        return _brought_back(around, file, truth, whole=True)
    try:
        wiring.open_home(around).close()
    except DeskError as error:
        return [f"decided and not opened: {error.code}"]
    lines = oracle.look(around.home).lines
    return [] if lines[: len(truth.lines)] == truth.lines else ["decided and not whole"]


def _ignored(_done: object) -> None:
    """Take what a killed process has no use for."""


def _flip(file: Path, scratch: Path, dice: random.Random, flips: int, outcome: Outcome) -> None:
    whole = file.read_bytes()
    for _number in range(flips):
        changed, place = bytearray(whole), dice.randrange(len(whole))
        changed[place] ^= 1 << dice.randrange(8)
        scratch.write_bytes(changed)
        outcome.flips += 1
        try:
            unpack(scratch, scratch.with_suffix(".db"))
            outcome.faults.append(f"a bit of byte {place} changed unseen")
        except Unsound:
            continue


def _zeroed(database: Path, dice: random.Random) -> None:
    _write(database, dice.randrange(database.stat().st_size // _PAGE) * _PAGE, bytes(_PAGE))


def _noise(database: Path, dice: random.Random, at: int | None = None) -> None:
    start = dice.randrange(database.stat().st_size - 512) if at is None else at
    _write(database, start, dice.randbytes(512))


def _header(database: Path, dice: random.Random) -> None:
    _noise(database, dice, at=0)


def _truncated(database: Path, dice: random.Random) -> None:
    os.truncate(database, dice.randrange(database.stat().st_size))


def _emptied(database: Path, _dice: random.Random) -> None:
    os.truncate(database, 0)


def _gone(database: Path, _dice: random.Random) -> None:
    database.unlink()


def _cut(mirror: Path, dice: random.Random) -> None:
    os.truncate(mirror, dice.randrange(2000, mirror.stat().st_size))


_DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (_zeroed, _noise, _header, _truncated, _emptied, _gone)


def _write(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)
