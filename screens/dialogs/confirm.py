"""Yes or no, for the few acts that cannot be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.said import Said


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a message id and the facts of its places; Enter means yes."""

    message: str
    facts: dict[str, object] = field(default_factory=dict)


class Confirm(Dialog[Question, bool]):
    """Enter is yes, Esc is no (the answer is then None)."""

    DEFAULT_CSS = "Confirm Said { width: 1fr; height: auto; }"

    def body(self) -> ComposeResult:
        """Yield the question and the two keys."""
        yield Said(id="question")
        yield Said(N_("Enter: yes     Esc: no"))

    async def asked(self, question: Question) -> None:
        """Show the question."""
        self.query_one("#question", Said).tell(question.message, **question.facts)

    async def entered(self, field: Widget | None) -> None:
        """Yes."""
        await self.reply(True)

    def on_key(self, event: events.Key) -> None:
        """Let nothing else through."""
        if event.is_printable:
            event.stop()
