"""The one field of the desk: everything typed is in the text before the next key is looked at.

Textual's own Input edits in bindings that run late; with an input method's bursts it writes other words than
were typed (see screens/keys/inside.py). `DeskInput` edits inside its key handler and is one line high; a
letter repaints the cells behind it and no border. It leaves Enter, Tab, Up, Down, Esc and the function keys
to the screen. Nothing of it can be copied to the terminal's clipboard, a password least of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, NamedTuple

from textual import events
from textual.message import Message

from screens.widgets.line_widget import LineWidget

_MOVES = frozenset({"left", "right", "home", "end"})
_CUTS = frozenset({"backspace", "delete", "ctrl+u"})


class DeskInput(LineWidget):
    """A line of text.

    placeholder, help: message ids, translated when shown; help is what F1 says of the field.
    limit: letters at most, 0 for no limit.
    password: shown as signs.
    submits_full: a full field does what Enter does (a PIN); then a scan's keys are held before they get in.
    """

    ALLOWED: ClassVar[str] = ""
    """The only characters that may be typed; "" for all."""

    class Changed(Message):
        """What the field holds has changed."""

        def __init__(self, field: DeskInput) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> DeskInput:
            """The field."""
            return self.field

        @property
        def value(self) -> str:
            """What it holds now."""
            return self.field.value

    class Filled(Message):
        """A field that submits itself is full."""

        def __init__(self, field: DeskInput) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> DeskInput:
            """The field."""
            return self.field

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        help: str = "",
        limit: int = 0,
        password: bool = False,
        submits_full: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(limit, placeholder, password, id, classes)
        self.help_said = help
        self.submits_full = submits_full
        self.line.put(value)

    @property
    def value(self) -> str:
        """The text, in NFC, clean."""
        return self.line.text

    @value.setter
    def value(self, value: str) -> None:
        with self._editing():
            self.line.put(value)

    @property
    def cursor(self) -> int:
        """The letters before the cursor."""
        return self.line.cursor

    def offer(self, value: str) -> None:
        """Show `value` as a proposal: Enter takes it, the first typed letter replaces it."""
        with self._editing(offered=bool(value)):
            self.line.put(value)

    def clear(self) -> None:
        """Empty the field."""
        self.value = ""

    def mark(self, wrong: bool) -> None:
        """Show that the field is wrong, or that it is not any more."""
        self.set_class(wrong, "-wrong")

    @property
    def holds_keys(self) -> bool:
        """Whether a key in this field may do more than write, so that a scan's keys must be held first."""
        return self.submits_full

    def before_scan(self) -> object:
        """Return what the field holds, for `undo_scan`."""
        return _Before(self.value, self.line.cursor, self.offered)

    def undo_scan(self, before: object) -> None:
        """Put back what the field held before a scan ran into it."""
        assert isinstance(before, _Before)
        with self._editing(before.offered):
            self.line.put(before.value)
            self.line.move(before.cursor)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the key writes here, so that no binding of a letter is shown or run."""
        return _writes(character)

    def on_key(self, event: events.Key) -> None:
        """Edit; a key that is none of the field's goes on to the screen."""
        at_s = float(getattr(event, "at_s", event.time))
        if _writes(event.character):
            self._type(event.character or "", at_s)
        elif event.key in _MOVES:
            self._move(event.key)
        elif event.key in _CUTS:
            self._cut(event.key, at_s)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted, cleaned, breaks as blanks."""
        event.stop()
        pasted = "".join(self.taken(c) for c in event.text.strip())
        with self._editing():
            if self.offered:
                self.line.put("")
            if not self.line.paste(pasted):
                self.refused()

    def taken(self, character: str) -> str:
        """Return what a typed character writes here, "" if it may not stand here."""
        return character if not self.ALLOWED or character in self.ALLOWED else ""

    def refused(self) -> None:
        """Called when a key or a paste found no room or may not stand here; rings."""
        self.app.bell()

    def _type(self, character: str, at_s: float) -> None:
        taken = self.taken(character)
        if not taken:
            self.refused()
            return
        with self._editing():
            if self.offered:
                self.line.put("")
            if not self.line.type(taken, at_s):
                self.refused()
            elif self.submits_full and len(self.line.letters) == self.line.limit:
                self.post_message(self.Filled(self))

    def _move(self, key: str) -> None:
        at = self.line.cursor
        with self._editing():
            self.line.move({"left": at - 1, "right": at + 1, "home": 0}.get(key, len(self.line.letters)))

    def _cut(self, key: str, at_s: float) -> None:
        with self._editing():
            if key == "ctrl+u":
                self.line.put("")
            elif key == "delete":
                self.line.delete()
            else:
                self.line.backspace(at_s)

    @contextmanager
    def _editing(self, offered: bool = False) -> Iterator[None]:
        """Show what the block changed, from the first changed letter on, and tell of a new text."""
        before, cursor, was_offered = list(self.line.letters), self.line.cursor, self.offered
        yield
        self.offered = offered
        letters = self.line.letters
        same = next((at for at, (a, b) in enumerate(zip(before, letters, strict=False)) if a != b), len(before))
        self.repaint_from(0 if offered != was_offered else min(same, cursor, self.line.cursor))
        if before != letters:
            self.post_message(self.Changed(self))


class _Before(NamedTuple):
    value: str
    cursor: int
    offered: bool


def _writes(character: str | None) -> bool:
    return character is not None and len(character) == 1 and character.isprintable()
