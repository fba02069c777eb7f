"""Some lines out of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from textual import events, on
from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.choose import Choice
from screens.dialogs.dialog import Dialog
from screens.widgets.rows import Column, Rows, Tone
from screens.widgets.said import Said


@dataclass(frozen=True, slots=True)
class Choices:
    """What is asked, and why some lines cannot be taken (message ids, by their number from 0 on)."""

    choice: Choice
    barred: Mapping[int, str] = field(default_factory=dict)


class ChooseSome(Dialog[Choices, tuple[int, ...]]):
    """Answers with the ticked rows, from 0 on; where none is ticked, with the one under the cursor. Esc: none."""

    DEFAULT_CSS = """
    ChooseSome {
        & > #body { width: 78; }
        & #question { width: 1fr; height: auto; }
        & Rows { height: auto; max-height: 12; }
        & #whole { width: 1fr; height: auto; max-height: 2; color: $text-muted; }
    }
    """
    FIRST = "#lines"

    def body(self) -> ComposeResult:
        """Yield the question, the list and the keys."""
        yield Said(id="question")
        yield Rows([Column("")], id="lines", help=N_("A digit or Space ticks a line; Enter takes what is ticked."))
        yield Said(id="whole")
        yield Said(N_("Digit or Space: tick     Enter: take what is ticked, or this one     Esc: none"), id="hint")

    async def asked(self, question: Choices) -> None:
        """Show the lines, none ticked."""
        self._question = question
        self._ticked: set[int] = set()
        self.query_one("#question", Said).tell(question.choice.message, **question.choice.facts)
        self._rows.columns = (Column("", 3), *question.choice.columns)
        self._rows.styles.height = min(12, len(question.choice.rows) + 1)
        self._paint(0)

    async def chosen(self, rows: Rows, index: int) -> None:
        """A digit: tick the line, or no longer."""
        self._tick(index)

    async def on_key(self, event: events.Key) -> None:
        """Space ticks the line under the cursor."""
        if event.key == "space" and self._rows.cursor is not None:
            event.stop()
            self._tick(self._rows.cursor)

    async def entered(self, field: Widget | None) -> None:
        """Answer."""
        at = self._rows.cursor
        if self._ticked:
            await self.reply(tuple(sorted(self._ticked)))
        elif at is not None and at in self._question.barred:
            self.tell(self._question.barred[at])
        elif at is not None:
            await self.reply((at,))

    @property
    def _rows(self) -> Rows:
        return self.query_one("#lines", Rows)

    @on(Rows.Moved)
    def _tell_whole(self) -> None:
        """Say in full what the line under the cursor begins with: names of scans are long and differ at their end."""
        at = self._rows.cursor
        self.query_one("#whole", Said).tell("{name}", name="" if at is None else self._question.choice.rows[at][0])

    def _tick(self, index: int) -> None:
        if (why := self._question.barred.get(index)) is not None:
            self.tell(why)
            return
        self.hush()
        self._ticked ^= {index}
        self._paint(index)

    def _paint(self, cursor: int) -> None:
        rows = [(self._mark(at), *row) for at, row in enumerate(self._question.choice.rows)]
        self._rows.show(rows, self._tone_of, cursor=cursor)
        self._tell_whole()

    def _mark(self, index: int) -> str:
        return "(-)" if index in self._question.barred else "[x]" if index in self._ticked else "[ ]"

    def _tone_of(self, index: int) -> Tone:
        return "late" if index in self._question.barred else ""
