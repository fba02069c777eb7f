"""The whole of what the message line said, or what belongs into a field."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.message_line import Spoken
from screens.widgets.said import Said


class Explain(Dialog[Spoken, bool]):
    """Shows sentences; Enter and Esc close."""

    DEFAULT_CSS = "Explain Said { width: 1fr; height: auto; margin-bottom: 1; }"

    def body(self) -> ComposeResult:
        """Yield the sentences, the code and the key."""
        yield Said(id="whole")
        yield Said(N_("Enter: close"))

    async def asked(self, question: Spoken) -> None:
        """Show the sentences, each a paragraph, then the code."""
        parts = [*(question.whole or (question.short,)), *([f"({question.code})"] if question.code else [])]
        self.query_one("#whole", Said).tell("{sentences}", sentences="\n\n".join(parts))

    async def entered(self, field: Widget | None) -> None:
        """Close."""
        await self.reply(True)
