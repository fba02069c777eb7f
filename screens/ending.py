"""How the program ends: by wish, because the terminal or the machine goes away, or by a fault."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

from screens.keys.inside import begin

if TYPE_CHECKING:
    from screens.app import DeskApp

KEEP_WITHIN_S = 5.0
"""How long screens may take to save what is only on them."""

_SIGNALS = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]


class Ending:
    """Ends an App once, after its screens have kept what is only on them."""

    def __init__(self, app: DeskApp[Any]) -> None:
        self._app = app
        self._leaving: asyncio.Task[None] | None = None

    def listen(self) -> None:
        """End when the terminal is closed (SIGHUP) or the program must go (SIGTERM).

        Without it a closed window ends the program at once, the draft and all. Windows sends neither; there
        the driver notices that the terminal is gone.
        """
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            try:
                loop.add_signal_handler(number, self.begin)
            except (NotImplementedError, RuntimeError, ValueError):  # Windows; a loop beside the main thread
                return

    def listen_no_more(self) -> None:
        """Leave the signals to whoever comes after."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            try:
                loop.remove_signal_handler(number)
            except (NotImplementedError, RuntimeError, ValueError):
                return

    def begin(self) -> None:
        """End, from outside of any act."""
        if self._leaving is None:
            self._leaving = begin(self._app, self.leave())

    async def leave(self) -> None:
        """Let every screen keep what it must, and end."""
        try:
            async with asyncio.timeout(KEEP_WITHIN_S):
                for screen in self._app.rooms.built:
                    await screen.keep()
        finally:
            self._app.exit(0)
