"""What all tests share: each begins with the program speaking English, and none is judged by how long it took."""

from __future__ import annotations

import pytest
from hypothesis import settings

from desk.words import speak

if settings.get_current_profile_name() == "default":  # elsewhere a profile without a time limit is already in use
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _english() -> None:
    speak("en")
