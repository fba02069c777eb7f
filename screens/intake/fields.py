"""Fields of the intake page that are more than a line of text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from desk.rules.people.numbers import personal_number
from desk.text import fold
from desk.words import _
from screens.widgets.desk_input import DeskInput
from screens.widgets.typed_fields import DIGITS, DateInput


class BirthInput(DateInput):
    """The day of birth; a year that is not typed is the one that the personal number says.

    number: asked for the personal number that stands on the page.
    """

    def __init__(self, number: Callable[[], str], today: Callable[[], date], *, help: str, id: str) -> None:
        super().__init__(lambda: _day_in_year(number(), today()), help=help, id=id)


def _day_in_year(number: str, today: date) -> date:
    said = personal_number(number)
    return date(said.birth_year, 1, 1) if said is not None else today


class ChoosingField(DeskInput):
    """A field beside a list: a digit chooses a line of the list where that is what it means.

    choose: asked for each digit before it is written; returns whether it chose.
    """

    def __init__(self, choose: Callable[[str], Awaitable[bool]], *, help: str, id: str, limit: int = 0) -> None:
        super().__init__(help=help, id=id, limit=limit)
        self._choose = choose
        self.is_listed = False
        """Whether a list is shown from which a digit may choose: then a scan's keys must be held."""

    @property
    def holds_keys(self) -> bool:
        """A digit may choose."""
        return self.is_listed

    async def _on_key(self, event: events.Key) -> None:
        """Choose, or leave the key to the field."""
        if event.character and event.character in DIGITS[1:] and await self._choose(event.character):
            event.stop()
            event.prevent_default()


class Picker(Widget, can_focus=True):
    """One of a few values: a digit, the first letters of its word, Space, Left or Right choose."""

    DEFAULT_CSS = """
    Picker {
        width: 14; height: 1; background: $surface; color: $foreground;
        &:focus { background: $surface-lighten-2; text-style: reverse; }
        &.-wrong { text-style: underline; }
    }
    """

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, picker: Picker) -> None:
            super().__init__()
            self.picker = picker

        @property
        def control(self) -> Picker:
            """The field."""
            return self.picker

    def __init__(self, choices: Sequence[tuple[str, str]], *, help: str, id: str) -> None:
        """choices: (value, message id)."""
        super().__init__(id=id)
        self.help_said = help
        self._choices = tuple(choices)
        self._at = 0

    @property
    def value(self) -> str:
        """The value chosen."""
        return self._choices[self._at][0]

    @value.setter
    def value(self, value: str) -> None:
        self._put(next((at for at, (known, _said) in enumerate(self._choices) if known == value), 0))

    def mark(self, wrong: bool) -> None:
        """Show that the field is wrong, or that it is not any more."""
        self.set_class(wrong, "-wrong")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters, digits and Space choose here."""
        return character is not None and len(character) == 1 and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Choose; other keys go on to the screen."""
        many = len(self._choices)
        if event.key in ("space", "right"):
            self._put((self._at + 1) % many)
        elif event.key == "left":
            self._put((self._at - 1) % many)
        elif event.key in ("delete", "backspace"):
            self._put(0)
        elif event.character is None or not event.character.isprintable():
            return
        else:
            self._by_sign(event.character)
        event.stop()
        event.prevent_default()

    def _by_sign(self, sign: str) -> None:
        """Choose by a digit (the first value with a word is 1) or by the next word that begins with a letter."""
        named = [at for at, (_value, said) in enumerate(self._choices) if said]
        if sign in DIGITS:
            if 0 < int(sign) <= len(named):
                self._put(named[int(sign) - 1])
            return
        later = [at for at in (*named, *named) if fold(_(self._choices[at][1])).startswith(fold(sign))]
        if later:
            self._put(next((at for at in later if at > self._at), later[0]))

    def _put(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.refresh()
            self.post_message(self.Changed(self))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Return the word of the value."""
        said = _(self._choices[self._at][1]) if self._choices[self._at][1] else ""
        return Strip([Segment(f" {said}", self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)
