"""The last line of a screen: the keys that do something now, in the officer's language."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from desk.text import clean_line
from screens.keys.remapping import shown as shown_key

_LAST = "^G"  # the key that finds every other stands at the end, whatever had to be left out


class DeskFooter(Widget):
    """One strip made of the active bindings; Textual's own footer makes a widget a key and keeps them all."""

    DEFAULT_CSS = """
    DeskFooter {
        width: 1fr; height: 1; background: $panel; color: $foreground;
        & > .footer--key { text-style: bold reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key"}

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self._shown: tuple[tuple[str, str], ...] = ()
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if self._keys() != self._shown:
            self.refresh()

    def _keys(self) -> tuple[tuple[str, str], ...]:
        shown: dict[str, str] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled:
                shown.setdefault(binding.key_display or shown_key(binding.key), clean_line(binding.description))
        return tuple(sorted(shown.items(), key=_place))

    def render_line(self, y: int) -> Strip:
        """Return as many keys as fit, from F1 on; the commands' key always."""
        self._shown = self._keys()
        width, style = self.size.width, self.rich_style
        key_style = style + self.get_component_rich_style("footer--key", partial=True)
        room, segments = width, []
        for key, said in sorted(self._shown, key=lambda shown: shown[0] != _LAST):
            needed = cell_len(key) + cell_len(said) + 2
            if needed <= room:
                room -= needed
                segments.append((key, said))
        segments.sort(key=_place)
        drawn = [Segment(*part) for key, said in segments for part in ((key, key_style), (f" {said} ", style))]
        return Strip(drawn).adjust_cell_length(width, style)


def _place(shown: tuple[str, str]) -> tuple[int, str]:
    key = shown[0]
    if key.startswith("F") and key[1:].isdigit():
        return int(key[1:]), ""
    return (90, key) if key == _LAST else (80 if key == "Esc" else 50, key)
