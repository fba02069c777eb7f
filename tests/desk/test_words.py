"""The officer's words: a sentence about a number of things has the form of that number, whenever it is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desk.words import _, counted, language, speak


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = language()
    yield
    speak(before)


@pytest.mark.parametrize(("n", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_english_tells_one_from_many_and_vietnamese_does_not(n: int, said: str) -> None:
    message = counted("{n} day", "{n} days", n)
    speak("en")
    assert _(message).format(n=n) == said
    speak("vi")
    assert _(message).format(n=n) == f"{n} ngày"
