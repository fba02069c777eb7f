"""The slip beside the bare canvas with the same text and typefaces and no QR; bytes; the proof's check."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from desk.cases.form_input import form_of
from desk.cases.paper_content import slip_content
from receipts import slip
from storage.queries import dossiers
from tests import homes
from tests.bench.figures import Figure, side_by_side

ROUNDS = 60


def measure() -> list[Figure]:
    """Return the figures of the slip."""
    with tempfile.TemporaryDirectory() as folder:
        services = homes.opened(Path(folder))
        officer = services.officers.the_one()
        saved = services.intake.accept(form_of(homes.birth(1)), officer)
        with services.context.store.reading() as session:
            row = dossiers.by_id(session, saved.dossier)
            assert row is not None
            content = slip_content(services.context, row, officer.name, 1, None, "")
        bare = replace(content, qr_text="")
        mine, floor = side_by_side(lambda: slip.render(content), lambda: slip.render(bare), ROUNDS, warm_up=5)
        size = len(slip.render(content)) / 1024
        digits = content.qr_text
        checked, _floor = side_by_side(lambda: services.papers.verify(digits), lambda: slip.render(bare), ROUNDS)
        services.close()
    return [
        Figure("slip", "slip with QR, median", mine, "ms", "the same without the QR", floor, 1.6),
        Figure("slip", "bytes of the slip", size, "KB", "40 KB allowed", 40.0, 1.0),
        Figure("slip", "verify from digits, keys from the database", checked, "ms", "the bare slip", floor),
    ]
