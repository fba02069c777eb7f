"""One line out of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked: a message id with its facts, and the lines to choose from; they may come from outside."""

    message: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    facts: dict[str, object] = field(default_factory=dict)


class Choose(Dialog[Choice, int]):
    """Answers with the number of the chosen row, from 0 on; a digit or Enter chooses, Esc chooses none."""

    DEFAULT_CSS = """
    Choose {
        & > #body { width: 78; }
        & #question { width: 1fr; height: auto; }
        & Rows { height: auto; max-height: 13; }
    }
    """
    FIRST = "#lines"

    def body(self) -> ComposeResult:
        """Yield the question, the list and the keys."""
        yield Said(id="question")
        yield Rows([Column("")], id="lines")
        yield Said(N_("A digit or Enter: this one     Esc: none"))

    async def asked(self, question: Choice) -> None:
        """Show the lines."""
        self.query_one("#question", Said).tell(question.message, **question.facts)
        lines = self.query_one("#lines", Rows)
        lines.columns = question.columns
        lines.styles.height = min(13, len(question.rows) + 1)
        lines.show(question.rows)

    async def chosen(self, rows: Rows, index: int) -> None:
        """Answer."""
        await self.reply(index)

    async def entered(self, field: Widget | None) -> None:
        """Answer with the line under the cursor."""
        index = self.query_one("#lines", Rows).cursor
        if index is not None:
            await self.reply(index)
