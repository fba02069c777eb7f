"""Several desks for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.screens.desks import Desk, new_desk


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    """Make new desks: `make_desk()`."""
    made: list[Desk] = []

    def make() -> Desk:
        made.append(new_desk(tmp_path / f"desk{len(made)}"))
        return made[-1]

    yield make
    for desk in made:
        desk.services.close()
