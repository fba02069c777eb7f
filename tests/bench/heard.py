"""How long after one desk saved a dossier another desk of its unit can read it, with and without the center's word.

Both are whole desks beside a center of its own process; their loops run as they do behind the screens. Without the
word the second desk asks each thirty seconds, as it does over a center that gives none. Each save comes within four
seconds after the last one arrived, so it then waits for nearly all of them; one at any moment waits for half.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from desk import wiring
from desk.cases.form_input import form_of
from desk.cases.services import Services
from desk.cases.syncing import SyncLoop
from desk.clock import chance, system_clock
from storage.center.opening import open_center
from storage.queries import dossiers
from tests import homes
from tests.bench.figures import Figure

SAVES = 4
_SPREAD_S = 4.0
"""Between two saves, at random up to this: not in step with the loops."""
_GIVEN_UP_S = 120.0


def measure() -> list[Figure]:
    """Return the figure, with the half minute's poll as its baseline."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        url, tokens = stack.enter_context(_center(Path(folder)))
        desks = [_desk(Path(folder) / str(number), number, url, token) for number, token in enumerate(tokens)]
        for services in desks:
            stack.callback(services.close)
        polled = _seconds(desks, listens=False)
        heard = _seconds(desks, listens=True)
    said = f"s, median of {SAVES}; at most {max(heard):.1f}"
    return [
        Figure(
            "heard",
            "saved at one desk, readable at another",
            statistics.median(heard),
            said,
            f"s, asking each 30 s; at most {max(polled):.1f}",
            statistics.median(polled),
            0.25,
        )
    ]


def _seconds(desks: list[Services], *, listens: bool) -> list[float]:
    """Return for each save how long it took to the other desk."""
    writing, reading = desks
    loops = [SyncLoop(services.syncing) for services in desks]
    for loop in loops:
        if not listens:
            loop.listener.go_on = lambda: None  # type: ignore[method-assign]  # then nothing is ever asked
        loop.start()
    chosen, found = random.Random(4), list[float]()
    try:
        _arrived(reading, _saved(writing))
        for _save in range(SAVES):
            time.sleep(chosen.uniform(0, _SPREAD_S))
            began = time.perf_counter()
            _arrived(reading, _saved(writing))
            found.append(time.perf_counter() - began)
    finally:
        for loop in loops:
            loop.stop()
    return found


def _saved(services: Services) -> str:
    return services.intake.accept(form_of(homes.birth()), services.officers.the_one()).dossier


def _arrived(services: Services, dossier: str) -> None:
    until = time.perf_counter() + _GIVEN_UP_S
    while time.perf_counter() < until:
        with services.context.store.reading() as session:
            if dossiers.by_id(session, dossier) is not None:
                return
        time.sleep(0.02)
    raise AssertionError("it never arrived")


@contextmanager
def _center(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a center and tokens for two desks of one unit."""
    home = folder / "center"
    center = open_center(home, home / "keys", system_clock, chance(system_clock))
    tokens = [center.make_token("06709", slot).token for slot in range(2)]
    center.close()
    command = [sys.executable, "-m", "desk", "--home", str(home), "center", "serve", "--port", "0"]
    environment = {**os.environ, "DESK_KEYS": str(home / "keys")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[1], tokens
        finally:
            process.terminate()


def _desk(folder: Path, slot: int, url: str, token: str) -> Services:
    folder.mkdir()
    around = homes.new_home(folder, slot=slot)
    services = wiring.open_home(around)
    services.syncing.enrol(url, token, None)
    return services
