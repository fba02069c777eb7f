"""Every command by one key: Ctrl+G, then a digit or a letter, or words of its name without accents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.widget import Widget

from desk.text import fold
from desk.words import N_, _
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.rows import Column, Rows


@dataclass(frozen=True, slots=True)
class Command:
    """A line of the palette.

    said: a message id; sign: the digit or letter that runs it at once, "" for none; shown: its key elsewhere.
    """

    said: str
    run: Callable[[], Awaitable[None]]
    sign: str = ""
    shown: str = ""


class Palette(Dialog[tuple[Command, ...], Command]):
    """Answers with the chosen command. A blank before the first letter searches instead of running it."""

    DEFAULT_CSS = "Palette Rows { height: 14; }"

    def body(self) -> ComposeResult:
        """Yield the field and the list."""
        yield _Words(
            placeholder=N_("Digit or letter of the command, or words of its name"),
            help=N_("A digit or letter runs its command at once; a blank first, and words of its name are sought."),
            id="words",
        )
        yield Rows([Column("", 3), Column(N_("Command")), Column(N_("Key"), 6)], numbered=False, id="found")

    async def asked(self, question: tuple[Command, ...]) -> None:
        """List all commands."""
        self._commands = question
        self.query_one("#words", _Words).clear()
        self._list()

    def steered(self) -> Rows:
        """Arrows move the list."""
        return self.query_one("#found", Rows)

    @on(DeskInput.Changed)
    def _list(self) -> None:
        words = fold(self.query_one("#words", DeskInput).value).split()
        self._found = [c for c in self._commands if all(word in fold(_(c.said)) for word in words)]
        self.steered().show([(c.sign, _(c.said), c.shown) for c in self._found])

    async def entered(self, field: Widget | None) -> None:
        """Run the command under the cursor."""
        index = self.steered().cursor
        if index is not None:
            await self.reply(self._found[index])

    async def on_key(self, event: events.Key) -> None:
        """Run a command at once by its digit or letter, if nothing was typed before."""
        command = self.command_of(event.character)
        if command is not None:
            event.stop()
            await self.reply(command)

    def command_of(self, sign: str | None) -> Command | None:
        """Return the command that a digit or letter runs now, None once words are typed."""
        if not sign or self.query_one("#words", DeskInput).value:
            return None
        return next((c for c in self._commands if c.sign == sign.casefold()), None)


class _Words(DeskInput):
    """Leaves a command's digit or letter to the palette while it is empty."""

    @property
    def holds_keys(self) -> bool:
        """The first key may run a command."""
        return not self.value

    def on_key(self, event: events.Key) -> None:
        """Do not write what runs a command."""
        screen = self.screen
        if isinstance(screen, Palette) and screen.command_of(event.character) is not None:
            event.prevent_default()
