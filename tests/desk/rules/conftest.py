"""What every test of the rules may rely on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desk.words import language, speak


@pytest.fixture(autouse=True)
def spoken_again() -> Iterator[None]:
    """The language spoken before comes back after each test."""
    before = language()
    yield
    speak(before)
