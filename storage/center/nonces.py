"""One-time words by which a desk shows that it asks now: who holds the bytes of an old request is given nothing.

A request is signed, but its hour is a desk's and may be wrong, so a signature says who asks and not when. What a desk
sends needs no more: it is stored once, however often it comes. What it is given is people's data. So each answer
brings a word for the next question, good once and for twelve hours by the center's clock alone. A desk without a good
one loses nothing but a round trip: its events are taken, and the answer brings a new word.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

from desk.clock import to_ms
from desk.keys import SigningKey

GOOD_MS: Final = 12 * 3600 * 1000
_AHEAD_MS: Final = 1000
"""Words given within one millisecond are numbered on, so a good one may lie so far ahead of the clock."""
_TAG_BYTES: Final = 16


class Nonces:
    """Gives the words of one center and takes each once; safe to use from many threads.

    Nothing is written down: of each desk the last word used is remembered, and none from before this start is taken.
    Another process of the same center takes a word once more at most.
    """

    def __init__(self, key: SigningKey, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._secret = hmac.digest(key.secret, b"nonces of this center", "sha256")
        self._began_ms: int | None = None
        self._used: dict[str, int] = {}
        self._lock = threading.Lock()

    def fresh(self, desk: str) -> str:
        """Return a new word for `desk`."""
        with self._lock:
            stamp = max(self._now_ms(desk), self._used.get(desk, -1) + 1)
        return f"{stamp}.{self._tag(desk, stamp)}"

    def takes(self, desk: str, word: object) -> bool:
        """Return whether `word` is good for `desk`; it is used up then."""
        stamp_text, _, tag = word.partition(".") if isinstance(word, str) and word.isascii() else ("", "", "")
        if not stamp_text.isdigit() or len(stamp_text) > 15:
            return False
        stamp = int(stamp_text)
        if not hmac.compare_digest(tag, self._tag(desk, stamp)):
            return False
        with self._lock:
            now = self._now_ms(desk)
            oldest = max(self._began_ms or 0, now - GOOD_MS, self._used.get(desk, -1) + 1)
            if not oldest <= stamp <= now + _AHEAD_MS:
                return False
            self._used[desk] = stamp
            return True

    def _now_ms(self, desk: str) -> int:
        """Return the hour; where the clock was put back, what lies ahead of it is forgotten, and never taken."""
        now = to_ms(self._clock())
        if self._began_ms is None or self._began_ms > now + _AHEAD_MS:
            self._began_ms = now
        if self._used.get(desk, 0) > now + _AHEAD_MS:
            del self._used[desk]
        return now

    def _tag(self, desk: str, stamp: int) -> str:
        whole = hmac.digest(self._secret, f"{desk} {stamp}".encode(), "sha256")
        return whole[:_TAG_BYTES].hex()
