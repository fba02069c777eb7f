"""Fields that take only what fits them: digits, money, a day, a PIN."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from desk.words import N_
from screens.widgets.desk_input import DeskInput
from screens.widgets.typed_day import STROKE, day_of, strokes, written

DIGITS = "0123456789"


class DigitsInput(DeskInput):
    """Digits only; `limit` says how many."""

    ALLOWED: ClassVar[str] = DIGITS


class PinInput(DigitsInput):
    """Six digits shown as signs, which submit themselves; nothing of them is kept when the field is left."""

    def __init__(self, *, help: str = "", limit: int = 6, id: str | None = None) -> None:
        super().__init__(limit=limit, password=True, submits_full=True, help=help, id=id)

    def take(self) -> str:
        """Return what was typed and empty the field."""
        typed = self.value
        self.clear()
        return typed


class MoneyInput(DigitsInput):
    """Whole đồng; the dots between thousands are drawn, not typed."""

    SEPARATOR: ClassVar[str] = "."

    def __init__(self, *, placeholder: str = "", help: str = "", limit: int = 11, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, help=help, limit=limit, id=id)

    @property
    def dong(self) -> int | None:
        """The amount, None where nothing is typed."""
        return int(self.value) if self.value else None

    def with_separators(self, letters: list[str]) -> list[str]:
        """Draw a dot behind each full thousand."""
        last = len(letters) - 1
        return [letter + "." if at < last and (last - at) % 3 == 0 else letter for at, letter in enumerate(letters)]


class DateInput(DeskInput):
    """A day on the numeric keys: `15051990` is drawn as 15/05/1990, `155` is the 15th of May of this year.

    today: the office's day, asked when the year is missing. When the field is left the whole day stands in it.
    """

    SEPARATOR: ClassVar[str] = STROKE

    def __init__(self, today: Callable[[], date], *, help: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=N_("ddmmyyyy"), help=help, limit=10, id=id)
        self._today = today

    @property
    def day(self) -> date | None:
        """The day that is meant, None where there is none: look at `value` for what was typed."""
        return day_of(self.value, self._today().year)

    @day.setter
    def day(self, day: date | None) -> None:
        self.value = written(day) if day is not None else ""

    def taken(self, character: str) -> str:
        """Digits, and one sign for everything that divides."""
        return strokes(character)

    def with_separators(self, letters: list[str]) -> list[str]:
        """Draw strokes behind day and month where eight digits are being typed without them."""
        if len(letters) < 4 or STROKE in letters:
            return letters
        return [letter + STROKE if at in (1, 3) else letter for at, letter in enumerate(letters)]

    def on_blur(self) -> None:
        """Write the whole day out."""
        day = self.day
        if day is not None and self.value != written(day):
            self.value = written(day)
