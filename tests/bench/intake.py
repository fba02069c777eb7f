"""A saved intake beside the cost of one durable write of 8 KiB on the same disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from desk.cases.form_input import form_of
from tests import homes
from tests.bench.figures import Figure, side_by_side

ROUNDS = 120
SYNCS = 2
"""One sync of the database and one of the mirror: what an intake owes the disk."""


def measure() -> list[Figure]:
    """Return the figures of an intake."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        services = homes.opened(home)
        officer = services.officers.the_one()
        number = iter(range(1, 10_000))
        block = os.urandom(8192)
        floor = (home / "floor").open("wb", buffering=0)

        def write() -> None:
            for _sync in range(SYNCS):
                floor.write(block)
                os.fdatasync(floor.fileno())

        mine, disk = side_by_side(
            lambda: services.intake.accept(form_of(homes.birth(next(number))), officer), write, ROUNDS, warm_up=5
        )
        preview, _disk = side_by_side(
            lambda: services.intake.preview(form_of(homes.birth(1))), write, ROUNDS, warm_up=2
        )
        floor.close()
        services.close()
    return [
        Figure("intake", "accepted and saved, median", mine, "ms", "two synced writes of 8 KiB", disk, 10.0),
        Figure("intake", "preview, median", preview, "ms", "two synced writes of 8 KiB", disk),
    ]
