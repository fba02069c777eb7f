"""Six workplaces by six faults on the real program: the quicker 24 of the 36 cells; the promises try all."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.full_disk import needs_limits
from tests.matrix import playing
from tests.matrix.cells import CELLS, FAULTS, HANG_UP, SECOND
from tests.matrix.workplaces import WORKPLACES

pytestmark = needs_limits

SLOW = (SECOND, HANG_UP)
"""Each cell of these starts the program anew: `python -m tests.promises matrix`."""


def test_every_workplace_has_an_oracle_under_every_fault() -> None:
    assert set(CELLS) == set(product(WORKPLACES, FAULTS)) and len(CELLS) == 36


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in SLOW])
def test_nothing_said_as_saved_is_lost_and_everything_is_told(fault: str, tmp_path: Path) -> None:
    outcome = playing.run(tmp_path, [fault])
    assert outcome.faults == []
    assert outcome.tried == [(workplace, fault) for workplace in WORKPLACES]
