"""The periodic report beside an interpreter that only imports what it needs, and beside the bare scan."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from sqlalchemy import text

from desk import wiring
from tests import homes
from tests.bench.figures import Figure, side_by_side

DOSSIERS = 10_000
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def measure() -> list[Figure]:
    """Return the figures of the report over a quarter."""
    from desk.cases.simulating import Simulating, Wanted

    with tempfile.TemporaryDirectory() as folder:
        around = homes.new_home(Path(folder))
        services = wiring.open_home(around)
        Simulating(services.context, random.Random).run(Wanted(dossiers=DOSSIERS, seed=3916))

        def scan() -> object:
            with services.context.store.reading() as session:
                return session.connection().execute(text("SELECT * FROM dossier")).all()

        mine, bare = side_by_side(lambda: services.figures.report(FIRST, LAST), scan, 5)
        services.close()
        environment = {**os.environ, "DESK_KEYS": str(around.keys), "DESK_CLOCK": homes.CLOCK}
        command = [sys.executable, "-m", "desk", "--home", str(around.home), "--json", "report"]
        command += ["--from", FIRST.isoformat(), "--to", LAST.isoformat()]
        imports = [sys.executable, "-c", "import sqlmodel, typer"]
        whole, floor = side_by_side(
            lambda: subprocess.run(command, env=environment, check=True, capture_output=True),
            lambda: subprocess.run(imports, check=True),
            5,
        )
    return [
        Figure("report", f"a quarter of {DOSSIERS:,} dossiers", mine, "ms", "reading every row", bare),
        Figure("report", "desk report, whole command", whole, "ms", "import sqlmodel, typer", floor),
    ]
