"""What one read of the terminal brings is taken in one go, so that a busy machine puts no pauses into a scan."""

from __future__ import annotations

from typing import Any

from textual import events

from screens.keys.driver import _Queued, driver_class


class Loop:
    """Runs at once what another thread hands over, and counts how often."""

    def __init__(self) -> None:
        self.handed_over = 0

    def call_soon_threadsafe(self, call: Any, *args: Any) -> None:
        self.handed_over += 1
        call(*args)


class App:
    """Keeps what the queue would take; each look at its clock is a second later."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, float]] = []
        self.now_s = 0.0

    def monotonic(self) -> float:
        self.now_s += 1.0
        return self.now_s

    def take_key(self, event: events.Key, at_s: float) -> None:
        self.taken.append((event.key, at_s))


def driver() -> tuple[_Queued, App, Loop]:
    made: Any = object.__new__(driver_class())  # without a terminal
    made._app, made._loop = App(), Loop()
    return made, made._app, made._loop


def keys(text: str) -> list[events.Key]:
    return [events.Key(character, character) for character in text]


def test_the_keys_of_one_read_are_handed_over_together_and_stamped_once() -> None:
    reading, app, loop = driver()
    reading.process_read(keys("022190"), 7.0)
    assert app.taken == [(digit, 7.0) for digit in "022190"]
    assert loop.handed_over == 1


def test_a_read_that_brings_no_key_hands_nothing_over() -> None:
    reading, app, loop = driver()
    reading.process_read([], 7.0)
    assert (app.taken, loop.handed_over) == ([], 0)


def test_a_single_key_is_stamped_when_it_comes() -> None:
    reading, app, _loop = driver()
    for key in keys("ab"):
        reading.process_message(key)
    assert app.taken == [("a", 1.0), ("b", 2.0)]
