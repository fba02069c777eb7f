"""A question asked over a screen: made once, asked again and again, its answer awaited by an act."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from desk.words import N_
from screens.base import DeskScreen
from screens.keys.keymap import bound
from screens.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from desk.rules.scans import Scan

Q = TypeVar("Q")
A = TypeVar("A")


class Dialog(DeskScreen, Generic[Q, A]):
    """Give it `body` and `asked`; it answers with `reply`. The keys that work everywhere rest, the lock apart.

    Screens ask with `await self.ask(Confirm, question)`. Esc replies None.
    """

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $veil; }
    Dialog > #body { width: 72; height: auto; max-height: 18; border: solid $primary; padding: 0 1; }
    Dialog > #body > #said { dock: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [bound("lock", "app.everywhere('lock')", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.waiting: asyncio.Future[A | None] | None = None

    @property
    def is_modal(self) -> bool:
        """Bindings of the App end here."""
        return True

    async def asked(self, question: Q) -> None:
        """Show the question; called before the officer's next key."""

    async def reply(self, answer: A | None) -> None:
        """Close, and give the answer to the act that asked; None: no answer."""
        waiting, self.waiting = self.waiting, None
        await self.desk.rooms.close(self)
        if waiting is not None:
            self.desk.keys.answer(waiting, answer)

    async def back(self) -> None:
        """Esc: no answer."""
        await self.reply(None)

    async def on_scan(self, scan: Scan) -> None:
        """A scan must not slip past an open question."""
        self.tell(N_("First answer the question, then scan again."))

    def compose(self) -> ComposeResult:
        """Lay out a panel in the middle; its last line is the one that speaks."""
        with Vertical(id="body"):
            yield from self.body()
            yield MessageLine(id="said")
