"""Six workplaces by six faults: each of the 36 cells is tried on the real program and holds."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.full_disk import needs_limits
from tests.matrix import playing
from tests.matrix.cells import CELLS, FAULTS
from tests.matrix.workplaces import WORKPLACES

pytestmark = needs_limits


def test_every_workplace_has_an_oracle_under_every_fault() -> None:
    assert set(CELLS) == set(product(WORKPLACES, FAULTS)) and len(CELLS) == 36


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_said_as_saved_is_lost_and_everything_is_told(fault: str, tmp_path: Path) -> None:
    outcome = playing.run(tmp_path, [fault])
    assert outcome.faults == []
    assert outcome.tried == [(workplace, fault) for workplace in WORKPLACES]
