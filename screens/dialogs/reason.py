"""A sentence that the officer owes: why a dossier is refused, what is to be supplemented."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.widget import Widget

from desk.text import clean_line
from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.said import Said


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a message id and its facts, and a proposal that Enter takes ("" for none)."""

    message: str
    facts: dict[str, object] = field(default_factory=dict)
    proposed: str = ""


class Reason(Dialog[Asked, str]):
    """Answers with what was typed, never with an empty text; Esc answers nothing."""

    DEFAULT_CSS = """
    Reason {
        & #question { width: 1fr; height: auto; margin-bottom: 1; }
        & #words { margin-bottom: 1; }
    }
    """
    FIRST = "#words"

    def body(self) -> ComposeResult:
        """Yield the question, the field and the keys."""
        yield Said(id="question")
        yield DeskInput(id="words", limit=500, help=N_("A whole sentence: the citizen reads it on the paper."))
        yield Said(N_("Enter: go on     Esc: leave it"))

    async def asked(self, question: Asked) -> None:
        """Show the question."""
        self.query_one("#question", Said).tell(question.message, **question.facts)
        self.query_one("#words", DeskInput).offer(question.proposed)

    async def entered(self, field: Widget | None) -> None:
        """Answer."""
        words = clean_line(self.query_one("#words", DeskInput).value)
        if words:
            await self.reply(words)
        else:
            self.tell(N_("The reason is missing."))
