"""What of the required documents was really handed in, put right on a dossier that was accepted."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.rules.dossier import DocumentCount, Procedure
from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.dialogs.document import DocumentDetail, Shown
from screens.keys.keymap import bound
from screens.widgets.desk_input import DeskInput
from screens.widgets.documents import Documents
from screens.widgets.field_row import FieldRow
from screens.widgets.said import Said


class Given(NamedTuple):
    """The list that the dossier was accepted under, what was handed in of it, and why something may be missing."""

    procedure: Procedure
    counts: tuple[DocumentCount, ...]
    reason: str = ""


class HandedIn(Dialog[Given, Given]):
    """Answers with what was handed in; Esc changes nothing."""

    FIRST = "#handed"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("choices", "choices", show=False),
        bound("save", "save", show=False),
    ]
    DEFAULT_CSS = """
    HandedIn > #body {
        width: 78; max-height: 22;
        & > Documents { height: 13; }
        & > #lacking { margin-top: 1; }
        & > #hint { width: 1fr; height: auto; color: $text-muted; }
    }
    """

    def body(self) -> ComposeResult:
        """Yield the list, the reason and the keys."""
        yield Said(N_("What was handed in"))
        yield Documents(
            id="handed",
            help=N_("Space: handed in as asked, or not. Left and Right choose the kind, a digit says how many."),
        )
        reason = DeskInput(id="reason", help=N_("Why the dossier goes on without what is missing; it is kept."))
        yield FieldRow(N_("Why without it"), reason, id="lacking")
        yield Said(N_("Space: as asked or not   ←→: kind   digit: how many   F4: in full   Enter: done"), id="hint")

    async def asked(self, question: Given) -> None:
        """Show what stands."""
        self._procedure = question.procedure
        self._documents.show_procedure(question.procedure, question.counts)
        self._reason.value = question.reason
        self._show_reason()

    async def entered(self, field: Widget | None) -> None:
        """Done, or first why something is missing."""
        if field is self._documents and self._documents.missing:
            self._reason.focus()
            return
        await self.action_save()

    async def action_save(self) -> None:
        """F9: answer, with a reason where something required is missing."""
        reason = self._reason.value.strip()
        if self._documents.missing and not reason:
            self._reason.focus()
            self.tell(N_("A required document is missing; say why the dossier goes on without it."))
            return
        counts = self._documents.counts or ()
        await self.reply(Given(self._procedure, counts, reason if self._documents.missing else ""))

    async def action_choices(self) -> None:
        """F4: the document under the cursor in full, and any number of it."""
        document = self._documents.under_cursor
        if document is not None:
            count = await self.ask(DocumentDetail, Shown(document, self._documents.count_of(document)))
            if count is not None:
                self._documents.put(count)

    @on(Documents.Counted)
    def _show_reason(self) -> None:
        self.query_one("#lacking").display = bool(self._documents.missing)

    @property
    def _documents(self) -> Documents:
        return self.query_one("#handed", Documents)

    @property
    def _reason(self) -> DeskInput:
        return self.query_one("#reason", DeskInput)
