"""An App whose keys, pastes and scans go through one queue, from the driver on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import events
from textual.app import App
from textual.driver import Driver

from desk.words import name_keys
from screens.keys import inside
from screens.keys.driver import driver_class
from screens.keys.queue import KeyQueue, KeyTarget
from screens.keys.remapping import Remapped, renamed, textual_keymap
from screens.scanner import Scanner


class KeyedApp(App[int], inherit_bindings=False):
    """Takes keys from `take_keys` on; see `screens.keys.driver.KeyTaking` for what the driver asks of it.

    monotonic: seconds of a clock that never jumps; it stamps every key.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, target: Callable[[], KeyTarget], real_desk: bool, monotonic: Callable[[], float], scanner: Scanner
    ) -> None:
        super().__init__()
        self.real_desk = real_desk
        self.remapped: Remapped = {}
        self.monotonic = monotonic
        self.keys = KeyQueue(target(), monotonic, scanner)
        self._taking: asyncio.Task[None] | None = None

    def remap(self, remapped: Remapped) -> None:
        """Let other keys than the table's do their acts, and every sentence name them."""
        self.remapped = remapped
        name_keys(renamed(remapped))
        self.set_keymap(textual_keymap(remapped))

    async def keys_settled(self) -> None:
        """Wait until every key read so far is taken and what it caused is done; for tests and the tour."""
        read = asyncio.Event()
        if self.call_later(read.set):
            await read.wait()
        await self.keys.settled()

    def take_keys(self) -> None:
        """Begin to take keys; those that were read before have waited."""
        if self._task is None:  # Textual notes it in tests only; `inside.settled` asks for it
            self._task = asyncio.current_task()
        self._taking = inside.begin(self, self.keys.run())
        self._taking.add_done_callback(self._stopped)

    def take_key(self, event: events.Key | events.Paste, at_s: float) -> None:
        """Put a key or a paste, read at `at_s`, into the queue."""
        if isinstance(event, events.Key):
            self.keys.put(event.key, event.character, at_s)
        else:
            self.keys.put_paste(event.text, at_s)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes go to the queue, the rest Textual's way."""
        if isinstance(event, events.Key | events.Paste):
            self.take_key(event, self.monotonic())
        else:
            await super().on_event(event)

    def on_unmount(self) -> None:
        """Take no more keys."""
        if self._taking is not None:
            self._taking.cancel()

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that gives keys to the queue; TEXTUAL_DRIVER is not asked."""
        return driver_class()

    def _stopped(self, taking: asyncio.Task[None]) -> None:
        error = None if taking.cancelled() else taking.exception()
        if isinstance(error, Exception):
            self._handle_exception(error)
