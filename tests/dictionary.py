"""Trains the dictionary of `storage/packing.py` from invented events alone: `python -m tests.dictionary NUMBER`.

A dictionary holds pieces of what it was trained on, so nothing real may ever come near it: the samples are what
simulated desks send to a center in a temporary folder, and what that center answers. The number is a new one; a
dictionary that was shipped stays as it is.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from unittest import mock

import zstandard

from desk import wiring
from desk.cases.simulating import Wanted
from desk.clock import chance, system_clock
from storage import packing
from storage.center.opening import open_center
from storage.messages import MAX_PAYLOAD
from storage.sync.enrolling import enrol
from storage.sync.exchange import exchange_once
from storage.sync.segments import Pace
from tests import homes

BYTES = 16 << 10
"""A larger one packs no better (measured to 110 KiB)."""
DOSSIERS = 300
SIZES = (1, 2, 3, 5, 20)
"""Events of one request: what desks send live."""
FOLDER = Path(packing.__file__).parent


class Steady(Pace):
    """A pace that stays as it is."""

    def went_well(self) -> None:
        """Send as many as before."""


def samples(folder: Path) -> list[bytes]:
    """Return the payloads of requests and answers of simulated desks, one desk for each size of request."""
    found: list[bytes] = []
    with closing(open_center(folder / "center", folder / "keys", system_clock, chance(system_clock))) as center:

        def line(message: bytes) -> bytes:
            answer = center.exchange(message)[1]
            found.extend(packing.unpacked(one.partition(b"\n")[2], MAX_PAYLOAD) for one in (message, answer))
            return answer

        for number, size in enumerate(SIZES):
            place = folder / str(number)
            place.mkdir()
            services = wiring.open_home(homes.new_home(place, slot=number))
            wiring.simulating(services).run(Wanted(DOSSIERS, 100 + number))
            log = services.context.log
            token = center.make_token(log.identity.unit, number).token
            enrol(log, lambda message: center.enrol(message)[1], "https://tracuu.example.vn", token, app="0.1.0")
            exchange_once(log, line, center.key.public, app="0.1.0", pace=Steady(size))
            services.close()
    return [one for one in found if len(one) <= packing.SMALL]


def main() -> int:
    """Write the dictionary; 0 when it is written, 2 where it would replace one."""
    number = int(sys.argv[1])
    file = FOLDER / f"exchange-{number}.zdict"
    if file.exists():
        print(f"{file.name} was made already; take a new number", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(packing, "KNOWN", ()):  # the samples plainly packed
        trained = zstandard.train_dictionary(BYTES, samples(Path(folder)), level=3, dict_id=number)
    file.write_bytes(trained.as_bytes())
    print(f"{file.name}: {len(trained.as_bytes())} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
