"""A few words of the officer's own, asked for over a screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.said import Said


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """What is asked: a message id with its facts."""

    message: str
    facts: dict[str, object] = field(default_factory=dict)


class AskWords(Dialog[WordsAsked, str]):
    """Answers with what was typed, never with nothing; Esc answers None."""

    FIRST = "#words"
    DEFAULT_CSS = "AskWords > #body > #question { width: 1fr; height: auto; }"

    def body(self) -> ComposeResult:
        """Yield the question, the field and the keys."""
        yield Said(id="question")
        yield DeskInput(id="words", limit=200, help=N_("A few words; they stay with the dossier."))
        yield Said(N_("Enter: these words     Esc: back"))

    async def asked(self, question: WordsAsked) -> None:
        """Show the question."""
        self.query_one("#question", Said).tell(question.message, **question.facts)
        self.query_one("#words", DeskInput).clear()

    async def entered(self, field: Widget | None) -> None:
        """Answer, if there is something."""
        words = self.query_one("#words", DeskInput).value.strip()
        if words:
            await self.reply(words)
