"""How long a desk waits before it calls the center again: pure rules, the chance is passed in."""

from __future__ import annotations

from typing import Final

from desk.clock import Chance

SHORTEST_S: Final = 5.0
LONGEST_S: Final = 600.0
"""Five seconds to ten minutes between two tries."""
POLL_S: Final = 30.0
"""Between two calls while all is well."""
LISTENING_POLL_S: Final = 300.0
"""Between two calls while the center says by itself when there is something."""
LONG_OUTAGE_S: Final = 600.0
SPREAD_S: Final = 120.0
"""After a longer outage the desks of a province come back within these two minutes, not at once."""


def fraction(chance: Chance) -> float:
    """Return a random number from 0 up to, not including, 1."""
    return int.from_bytes(chance.random_bytes(4), "big") / (1 << 32)


def retry_wait_s(last_wait_s: float, random: float, retry_after_s: float = 0.0) -> float:
    """Return how long to wait after a failure, in seconds: 5 to 600, up to three times the last wait.

    last_wait_s: 0 after the first failure. random: 0 to 1. retry_after_s: what the center asked for.
    """
    most = min(LONGEST_S, max(SHORTEST_S, last_wait_s) * 3)
    return max(retry_after_s, SHORTEST_S + random * (most - SHORTEST_S))


def first_contact_wait_s(outage_s: float, random: float) -> float:
    """Return how long to wait when the line is back: 0 to 120 s, none after an outage of ten minutes or less."""
    return random * SPREAD_S if outage_s > LONG_OUTAGE_S else 0.0
