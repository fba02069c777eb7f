"""The files of a dossier, and where more of them come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.keys.keymap import bound
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

From = Literal["scanner", "earlier"]
"""Where another file is taken from."""


class AttachedFiles(NamedTuple):
    """Of which dossier, its files as lines of name, size and document, and what more may be attached."""

    code: str
    rows: Sequence[Sequence[str]]
    may_attach: bool
    on_file: int
    """Files of the owner's earlier dossiers that this one can take over."""


class Attachments(Dialog[AttachedFiles, From]):
    """Answers with where another file comes from; Esc closes."""

    DEFAULT_CSS = """
    Attachments {
        & > #body { width: 78; }
        & Rows { height: auto; max-height: 11; }
        & #hint { width: 1fr; margin-top: 1; }
        & #earlier { width: 1fr; }
    }
    """
    FIRST = "#files"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "earlier", show=False)]

    def body(self) -> ComposeResult:
        """Yield the question, the list and the keys."""
        yield Said(id="which")
        yield Rows(
            [Column(N_("File")), Column(N_("Size"), 9, right=True), Column(N_("Required document"))],
            numbered=False,
            id="files",
            empty=N_("Nothing is attached yet."),
            help=N_("The scanned papers of the dossier, and which document of the procedure's list each one is."),
        )
        yield Said(id="hint")
        yield Said(id="earlier")

    async def asked(self, question: AttachedFiles) -> None:
        """Show the files."""
        self._question = question
        self.query_one("#which", Said).tell(N_("Attachments of the dossier {code}"), code=question.code)
        rows = self.query_one("#files", Rows)
        rows.styles.height = max(2, min(11, len(question.rows) + 1))
        rows.show(question.rows)
        scanner = N_("Enter: attach what the scanner's program wrote     Esc: back")
        self.query_one("#hint", Said).tell(scanner if question.may_attach else N_("Esc: back"))
        earlier = self.query_one("#earlier", Said)
        earlier.tell(N_("F4: take over papers of earlier dossiers of this owner ({n})"), n=question.on_file)
        earlier.display = self._may_take_over

    async def entered(self, field: Widget | None) -> None:
        """Answer."""
        await self.reply("scanner" if self._question.may_attach else None)

    async def action_earlier(self) -> None:
        """F4: take over what the owner handed in before."""
        if self._may_take_over:
            await self.reply("earlier")

    @property
    def _may_take_over(self) -> bool:
        return self._question.may_attach and bool(self._question.on_file)
