"""Keys put straight into the queue of a running App: as fast as a burst, and waited for."""

from __future__ import annotations

from typing import Any

from screens.app import DeskApp

_CHARACTERS = {"enter": "\r", "tab": "\t", "space": " ", "backspace": "\x7f", "escape": "\x1b"}
_NAMES = {" ": "space", "!": "exclamation_mark", ".": "full_stop", ",": "comma", "-": "minus", "/": "slash"}


async def press(app: DeskApp[Any], *keys: str) -> None:
    """Press keys (letters, or Textual's names of keys) in one burst, and wait until all they caused is done."""
    for key in keys:
        name = _NAMES.get(key, key)
        app.keys.put(name, key if len(key) == 1 else _CHARACTERS.get(key), app.monotonic())
    await app.keys_settled()


def shown(app: DeskApp[Any]) -> list[str]:
    """Return the lines that are seen now."""
    app.top._on_timer_update()  # paint what waits for the next frame
    strips = app.top._compositor.render_strips(app.size)
    return ["".join(segment.text for segment in line) for line in strips]
