"""What the tests of backups share: what of a desk is backed up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from storage.backups.making import Made, Source, make
from tests.storage.desks import Desk

DAY = date(2026, 10, 5)


def source_of(desk: Desk) -> Source:
    """Return the source that a desk of a test is."""
    return Source(
        desk.folder, desk.database, desk.log.identity, "real", "[home]\n", "", desk.folder / "attachments", "test 1"
    )


Make = Callable[..., Made]


@pytest.fixture
def backed_up(desk: Desk, tmp_path: Path) -> Make:
    """Make a backup of the desk on the stick, or where it is said."""

    def do(folder: Path | None = None, day: date = DAY, made_at: int = 1, **options: Any) -> Made:
        return make(source_of(desk), folder or tmp_path / "stick", day, made_at, **options)

    return do
