"""What all tests share: each begins with the program speaking English, whatever the one before it spoke."""

from __future__ import annotations

import pytest

from desk.words import speak


@pytest.fixture(autouse=True)
def _english() -> None:
    speak("en")
