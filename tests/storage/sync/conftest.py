"""A desk that joined a center on SQLite, and has something to send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.center.center import Center
from tests.storage.centers import join, new_center
from tests.storage.desks import Desk


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Center]:
    """A center on SQLite."""
    fresh = new_center(tmp_path)
    yield fresh
    fresh.close()


@pytest.fixture
def joined(desk: Desk, one: Center) -> Desk:
    """A desk that joined `one` and has a dozen events it has not sent."""
    join(desk, one)
    desk.accept(5, then=("dossier.processing",))
    return desk
