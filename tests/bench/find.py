"""Live search among many dossiers beside LIKE over a narrow folded table of the same rows."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from sqlalchemy import text

from desk import wiring
from desk.cases.lookup import Lookup
from desk.text import fold
from tests import homes
from tests.bench.figures import Figure, side_by_side

DOSSIERS = 20_000
QUERIES = 60


def measure() -> list[Figure]:
    """Return the figures of the search."""
    from desk.cases.simulating import Simulating, Wanted

    with tempfile.TemporaryDirectory() as folder:
        around = homes.new_home(Path(folder))
        services = wiring.open_home(around)
        Simulating(services.context, random.Random).run(Wanted(dossiers=DOSSIERS, seed=3916))
        words = _words(services.lookup)
        with services.context.store.writing() as session:
            session.connection().execute(text("CREATE TABLE narrow (folded TEXT, dossier TEXT)"))
            session.connection().execute(
                text("INSERT INTO narrow SELECT folded, dossier FROM name_entry ORDER BY number DESC")
            )
        turn = iter(range(10**9))

        def ours() -> object:
            return services.lookup.find(words[next(turn) % len(words)])

        def like() -> object:
            wanted = fold(words[next(turn) % len(words)])
            with services.context.store.reading() as session:
                return (
                    session.connection()
                    .execute(
                        text("SELECT dossier FROM narrow WHERE folded LIKE :w ORDER BY rowid LIMIT 50"),
                        {"w": f"%{wanted}%"},
                    )
                    .all()
                )

        mine, theirs = side_by_side(ours, like, QUERIES)
        worst, worst_like = side_by_side(lambda: services.lookup.find("voong phoong"), like, 20)
        services.close()
    count = f"{DOSSIERS:,} dossiers"
    return [
        Figure("find", "name typed so far, to view lines, median", mine, "ms", f"LIKE, ids only, {count}", theirs),
        Figure("find", "no hit, one slip of the finger tried", worst, "ms", f"LIKE, ids only, {count}", worst_like),
    ]


def _words(lookup: Lookup) -> list[str]:
    dice = random.Random(3916)
    found = []
    for line in lookup.newest(QUERIES):
        words = fold(line.owner).split()
        shown = " ".join(words)
        found.append(shown[: dice.randrange(2, len(shown) + 1)])
    return found
