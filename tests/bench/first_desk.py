"""From nothing to the first dossier with its slip on a new desk, beside the minute that it may take.

Each step is a process of its own, as whoever sets a desk up begins them; the second way joins a center that holds
a year of its unit's dossiers, of which the first citizen waits for none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desk import wiring
from desk.cases.simulating import Wanted
from tests import homes
from tests.bench.figures import Figure

HISTORY = 3_000
"""Dossiers that lie at the center before the new desk joins."""
ALLOWED_S = 60.0


def measure() -> list[Figure]:
    """Return the figures of the first day of a desk."""
    with tempfile.TemporaryDirectory() as folder:
        alone = _seconds(lambda: _first_dossier(Path(folder) / "alone", []))
        center = Path(folder) / "center"
        token = _filled(Path(folder), center)
        with _Served(center) as url:
            joined = _seconds(lambda: _first_dossier(Path(folder) / "joined", ["enrol", url, token]))
            whole = joined + _seconds(lambda: _desk(Path(folder) / "joined", "sync", "--once"))
    return [
        Figure("first desk", "first slip without a center", alone, "s", "a minute", ALLOWED_S, 1.0),
        Figure("first desk", "first slip, a center joined", joined, "s", "a minute", ALLOWED_S, 1.0),
        Figure("first desk", f"all of {HISTORY:,} dossiers here", whole, "s", "a minute", ALLOWED_S),
    ]


def _first_dossier(folder: Path, join: list[str]) -> None:
    folder.mkdir()
    _desk(folder, "setup", "--unit", "06709", "--agency-code", "H49.22.11", "--slot", "1" if join else "0")
    if join:
        _desk(folder, *join)
    saved = json.loads(_desk(folder, "--json", "intake", "-", given=json.dumps(homes.birth())))
    assert Path(str(saved["slip"])).stat().st_size > 0, saved


def _filled(folder: Path, center: Path) -> str:
    """Fill a center with the log of a desk of the unit; return a token for its second machine."""
    around = homes.new_home(folder / "old")
    services = wiring.open_home(around)
    wiring.simulating(services).run(Wanted(HISTORY, 3916))
    services.close()
    tokens = [
        json.loads(_center(center, "--json", "center", "token", "--unit", "06709", "--slot", str(slot)))["token"]
        for slot in (0, 1)
    ]
    with _Served(center) as url:
        old = {"DESK_HOME": str(around.home), "DESK_KEYS": str(around.keys), "DESK_CLOCK": homes.CLOCK}
        for words in (["enrol", url, tokens[0]], ["sync", "--once"]):
            _run(words, {**old, "DESK_PIN": homes.PIN})
    return str(tokens[1])


class _Served:
    """A center that answers while the block lasts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> str:
        command = [sys.executable, "-m", "desk", "center", "serve", "--port", "0"]
        environment = {**os.environ, **_of_center(self._folder)}
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        return self._process.stdout.readline().split()[1]

    def __exit__(self, *_given: object) -> None:
        self._process.terminate()
        self._process.wait()


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _desk(folder: Path, *words: str, given: str = "") -> str:
    own = {"DESK_HOME": str(folder / "home"), "DESK_KEYS": str(folder / "keys"), "DESK_PIN": homes.PIN}
    return _run(list(words), own, given)


def _center(folder: Path, *words: str) -> str:
    return _run(list(words), _of_center(folder))


def _of_center(folder: Path) -> dict[str, str]:
    return {"DESK_CENTER_HOME": str(folder), "DESK_KEYS": str(folder / "keys")}


def _run(words: list[str], environment: dict[str, str], given: str = "") -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "desk", *words],
        env={**os.environ, **environment},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
