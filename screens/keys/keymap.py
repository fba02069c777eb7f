"""The table of keys (decisions, 4): one line a key, with an id by which an office may remap it.

A key whose act is not built is neither bound nor listed: a line of this table binds nothing by itself. A
workplace or a screen binds it with `bound(id, action)`, and the footer and the palette show what is bound.
Textual's own keys that would lose work or show a citizen's data (Ctrl+Q at once, Ctrl+C, Ctrl+P,
screenshots) are not bound, because App and screens of this program inherit no bindings.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from textual.binding import Binding

from desk.words import N_

KeyId = Literal[
    "help",
    "intake",
    "lookup",
    "choices",
    "return",
    "park",
    "papers",
    "same_person",
    "save",
    "back",
    "palette",
    "undo",
    "repeat",
    "lock",
]


class KeyLine(NamedTuple):
    """One line of the table."""

    id: KeyId
    keys: str
    """Textual's names of the keys, the one that is shown first."""
    said: str
    """What the footer says (a message id)."""
    shown: str
    """How the key is written on the screen."""


KEYMAP: tuple[KeyLine, ...] = (
    KeyLine("help", "f1", N_("Help"), "F1"),
    KeyLine("intake", "f2", N_("Intake"), "F2"),
    KeyLine("lookup", "f3", N_("Lookup"), "F3"),
    KeyLine("choices", "f4", N_("Choices"), "F4"),
    KeyLine("return", "f5", N_("Return"), "F5"),
    KeyLine("park", "f6", N_("Park"), "F6"),
    KeyLine("papers", "f7", N_("Papers"), "F7"),
    KeyLine("same_person", "f8", N_("Same person"), "F8"),
    KeyLine("save", "f9,ctrl+s", N_("Save and print"), "F9"),
    KeyLine("back", "escape", N_("Back"), "Esc"),
    KeyLine("palette", "ctrl+g", N_("Commands"), "^G"),
    KeyLine("undo", "ctrl+z", N_("Undo"), "^Z"),
    KeyLine("repeat", "ctrl+r", N_("Repeat the last value"), "^R"),
    KeyLine("lock", "ctrl+l", N_("Lock"), "^L"),
)
_BY_ID = {line.id: line for line in KEYMAP}
FUNCTION_KEYS = {str(n): line.id for n, line in enumerate(KEYMAP[:9], start=1)}
"""The digit in the palette that stands for a function key, and the id of that key's line."""


def key_line(key_id: KeyId) -> KeyLine:
    """Return the table's line of `key_id`."""
    return _BY_ID[key_id]


def binding_id(key_id: KeyId) -> str:
    """Return the id under which an office remaps the key (`App.set_keymap`)."""
    return f"desk.{key_id}"


def bound(key_id: KeyId, action: str, said: str = "", *, show: bool = True) -> Binding:
    """Return the binding of a key of the table to a screen's or the App's action.

    action: as Textual names it, `save` for `async def action_save(self)`; the queue of keys awaits it.
    said: what the footer says, a message id; by default the table's words.
    """
    line = _BY_ID[key_id]
    return Binding(line.keys, action, said or line.said, show=show, key_display=line.shown, id=binding_id(key_id))


_SCREENS_OWN = ("help", "choices", "save", "back", "palette")
_UNSHOWN = ("park",)
"""Works on every screen, and is shown where a page is parked or the drafts are counted."""


def bound_everywhere() -> list[Binding]:
    """Return the bindings of the App: the keys that lead to a workplace or an act from every screen."""
    ids = [line.id for line in KEYMAP if line.id not in _SCREENS_OWN]
    return [bound(key_id, f"everywhere('{key_id}')", show=key_id not in _UNSHOWN) for key_id in ids]
