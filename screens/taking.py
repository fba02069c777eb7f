"""What the queue of keys does with the screen on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.keys import inside
from screens.scanner import Stroke, TextField

if TYPE_CHECKING:
    from desk.rules.scans import Scan
    from screens.app import DeskApp
    from screens.base import DeskScreen

_QUIET = frozenset({"left", "right", "up", "down", "home", "end"})


class Taking:
    """Gives keys, pastes and scans to the screen on top; see `screens.keys.queue.KeyTarget`."""

    def __init__(self, app: DeskApp[Any]) -> None:
        self._app = app
        self._works_on: DeskScreen | None = None

    def text_field(self) -> TextField | None:
        """Return the focused field if its keys only write."""
        focused: object = self._app.screen.focused
        if isinstance(focused, TextField) and not getattr(focused, "holds_keys", False):
            return focused
        return None

    def is_too_early(self, at_s: float) -> bool:
        """Return whether the screen takes only what was read after it was painted, and this was not."""
        screen = self._app.top
        if not screen.ONLY_FRESH_KEYS:
            return False
        return screen.painted_at_s is None or at_s < screen.painted_at_s

    async def press(self, stroke: Stroke) -> None:
        """Do what a key does; what the line said is over when the officer acts again."""
        quiet = {self._app.remapped.get("help", "f1"), self._app.remapped.get("choices", "f4"), *_QUIET}
        is_text = stroke.writes and isinstance(self._app.screen.focused, TextField)
        if not is_text and stroke.key not in quiet:
            self._app.top.hush()
        await inside.press(self._app, stroke.key, stroke.character, stroke.at_s)

    async def paste(self, text: str) -> None:
        """Do what a paste does."""
        await inside.paste(self._app, text)

    async def scanned(self, scan: Scan) -> None:
        """Do what a scan does."""
        await self._app.top.on_scan(scan)

    async def settled(self) -> None:
        """Wait for the screen on top."""
        await inside.settled(self._app)

    def working(self, slow: bool) -> None:
        """Show on the message line that an act takes long, or that it is done."""
        if slow and self._app.is_running:
            self._works_on = self._app.top
        if self._works_on is not None:
            self._works_on.show_working(slow)

    def failed(self, error: BaseException) -> None:
        """Tell that an act failed."""
        self._app.failed(error)
