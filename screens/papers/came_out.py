"""Whether a paper came out, of which the printer said nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_, _
from screens.dialogs.dialog import Dialog
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said


class CameOut(Dialog[str, bool]):
    """Asks the officer to look at the printer; the question is the paper's name."""

    DEFAULT_CSS = "CameOut Rows { height: 3; margin-top: 1; }"

    def body(self) -> ComposeResult:
        """Yield the question and the two answers."""
        yield Said(id="which")
        yield Rows([Column(N_("Look at the printer"))], id="answers")

    async def asked(self, question: str) -> None:
        """Name the paper."""
        self.query_one("#which", Said).tell(N_("Did this paper come out? {paper}"), paper=question)
        answers = [N_("Yes, it is here"), N_("No, print it once more")]
        self.query_one("#answers", Rows).show([(_(answer),) for answer in answers])

    async def chosen(self, rows: Rows, index: int) -> None:
        """Answer."""
        await self.reply(index == 0)

    async def entered(self, field: Widget | None) -> None:
        """Answer with the line under the cursor."""
        await self.reply(self.query_one("#answers", Rows).cursor == 0)
