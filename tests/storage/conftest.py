"""What the tests of the storage share: a desk, and a center on either database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.center.center import Center
from tests import postgres
from tests.storage.centers import new_center
from tests.storage.desks import Desk, new_desk
from tests.storage.places import Place, joined_place


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new desk with its first two events."""
    fresh = new_desk(tmp_path / "home")
    yield fresh
    fresh.store.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server."""
    with postgres.running() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def db(request: pytest.FixtureRequest) -> str | None:
    """What a center is told of its database: nothing for SQLite, the address of an empty PostgreSQL database."""
    if request.param == "sqlite":
        return None
    return postgres.fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def center(tmp_path: Path, db: str | None) -> Iterator[Center]:
    """A new center, once on each database."""
    fresh = new_center(tmp_path, db)
    yield fresh
    fresh.close()


@pytest.fixture(scope="module")
def place_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of three desks that have joined their center, to be copied."""
    return joined_place(tmp_path_factory.mktemp("joined"))


@pytest.fixture
def place(place_folder: Path, tmp_path: Path) -> Iterator[Place]:
    """Three desks and their center."""
    fresh = Place(shutil.copytree(place_folder, tmp_path / "place"), 200)
    yield fresh
    fresh.close()
