"""Reads the center's attached files again and again beside its work: a damaged one is noticed before it is needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from desk import diagnostics
from storage.center.center import Center

EVERY_S: Final = 30.0
MOST_BYTES: Final = 64 << 20
"""Read each time: two megabytes a second, 180 GB a day."""


@contextmanager
def looking(center: Center, every_s: float = EVERY_S, most_bytes: int = MOST_BYTES) -> Iterator[None]:
    """Look through the files of `center` in a thread of its own until the block ends."""
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(every_s):
            try:
                center.look_at_files(most_bytes)
            except OSError as error:  # a disk that does not read now may read later
                diagnostics.note("attached files not read", cause=type(error).__name__)

    thread = threading.Thread(target=look, name="files", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
