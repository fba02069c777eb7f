"""What all tests share: each begins with the program speaking English, and none is judged by how long it took."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

from desk.words import speak
from tests.statements import compile_once

if settings.get_current_profile_name() == "default":  # elsewhere a profile without a time limit is already in use
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")


def pytest_configure() -> None:
    """Compile no statement twice."""
    compile_once()


_LONGEST = ("tests/day/", "tests/budget/", "tests/test_kills.py", "tests/promises/test_typed_names.py", "tests/matrix/")
"""What takes longest, most of it waiting for other processes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: begun last, it would leave the other workers with nothing to do."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))


def pytest_collection_finish() -> None:
    """Let the collector leave alone what stays till the end: it took a fifth of all the time.

    Thousands of modules and tests are loaded now. Screens make and drop objects by the ten thousand, and the
    usual limits would have the collector walk through all of those again for each few of these.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _english() -> None:
    speak("en")
