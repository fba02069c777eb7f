"""What a mended line brings at once in practice: nobody waits there for the next try."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from desk.errors.base import SyncTrouble

if TYPE_CHECKING:
    from screens.seat import Seat


def send_waiting(seat: Seat) -> None:
    """Send what waits to practice's center, as far as its line is whole; called in a thread."""
    with suppress(SyncTrouble):
        seat.services.syncing.once()
