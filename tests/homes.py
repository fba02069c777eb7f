"""Homes for tests: a real desk in a temporary folder, its services, and an intake form of an invented citizen."""

from __future__ import annotations

import atexit
import csv
import functools
import io
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from desk import wiring
from desk.cases.services import Services
from desk.keys import hash_pin

PIN = "135246"
CLOCK = "2026-11-25T08:30:00+07:00"


def surroundings(folder: Path, clock: str = CLOCK) -> wiring.Surroundings:
    """Return the surroundings of a home in `folder` whose clock stands at `clock`, "" for the machine's."""
    return wiring.Surroundings(folder / "home", folder / "keys", clock)


def new_home(folder: Path, clock: str = CLOCK, **changes: Any) -> wiring.Surroundings:
    """Make a real desk of phường Móng Cái 2 in `folder`; returns its surroundings."""
    around = surroundings(folder, clock)
    wanted: dict[str, Any] = {
        "unit": "06709",
        "agency_code": "H49.22.11",
        "slot": 0,
        "officer": "Cán bộ 1",
        "pin": PIN,
        "allow_test_clock": True,
    }
    wiring.make_home(around, wiring.NewHome(**{**wanted, **changes}))
    return around


def opened(folder: Path, clock: str = CLOCK) -> Services:
    """Return the services of a new home in `folder`."""
    return wiring.open_home(new_home(folder, clock))


def copied_home(folder: Path, clock: str = CLOCK, **changes: Any) -> wiring.Surroundings:
    """Copy a new home into `folder`: as `new_home`, twenty times faster from the second on, but of one identity.

    Its officer signs in by the same PIN, hashed at a low cost: hundreds of tests ask for it and none of them
    is about the hash.
    """
    template = _template(tuple(sorted(changes.items())))
    for part in ("home", "keys"):
        shutil.copytree(template / part, folder / part)
    return surroundings(folder, clock)


@functools.cache
def _template(changes: tuple[tuple[str, Any], ...]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="desk-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    around = new_home(folder, **dict(changes))
    _hash_pin_quickly(around.home / "desk.db", str(dict(changes).get("pin", PIN)))
    return folder


def _hash_pin_quickly(database: Path, pin: str) -> None:
    how = "scrypt$4$8$1"
    with closing(sqlite3.connect(database)) as opened, opened:
        (salt,) = opened.execute("SELECT salt FROM officer_key").fetchone()
        opened.execute("UPDATE officer_key SET how = ?, hashed = ?", (how, hash_pin(pin, salt, how)))


def citizen(number: int = 1) -> dict[str, Any]:
    """Return the JSON of an invented person."""
    return {
        "name": "Nguyễn Thị Lan",
        "personal_id": f"0221900{number:05d}",
        "born_on": "1990-05-15",
        "sex": "female",
        "phone": f"0912{number:06d}",
        "address": "Tổ 1, phường Móng Cái 2, tỉnh Quảng Ninh",
    }


def birth(number: int = 1) -> dict[str, Any]:
    """Return the JSON of an intake of a birth registration."""
    return {"procedure": "1.001193", "owner": citizen(number)}


def catalogue(procedure: str, **changes: str) -> str:
    """Return the shipped catalogue with other columns for `procedure`."""
    rows = list(csv.DictReader(io.StringIO(wiring.reference_texts()["catalogue"])))
    for row in rows:
        for column, value in changes.items():
            row[column] = value if row["code"] == procedure else row.get(column, "")
    file = io.StringIO()
    table = csv.DictWriter(file, rows[0], lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return file.getvalue()
