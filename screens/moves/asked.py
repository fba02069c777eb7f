"""What a supplement request asks for: documents of the procedure's list, ticked, and others, typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from desk.cases.moves import AskedDocument
from desk.rules.dossier import RequiredDocument
from desk.rules.handed_in import as_asked
from desk.words import N_, _, language
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

_COUNTS = (
    ("original", N_("{n} original")),
    ("certified_copy", N_("{n} certified copy")),
    ("copy", N_("{n} copy")),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents that may be asked for, and what is asked for already."""

    documents: tuple[RequiredDocument, ...]
    asked: tuple[AskedDocument, ...]


class AskedPapers(Dialog[Listed, tuple[AskedDocument, ...]]):
    """Answers with what is asked for; Esc leaves it as it was."""

    FIRST = "#lines"
    DEFAULT_CSS = """
    AskedPapers > #body {
        width: 78; max-height: 21;
        & > #lines { height: 11; margin-bottom: 1; }
    }
    """

    def body(self) -> ComposeResult:
        """Yield the list, the field for another paper, and the keys."""
        yield Said(N_("Which papers must the citizen bring?"))
        yield Rows(
            [Column("", 3), Column(N_("Paper")), Column(N_("How many"), 20)],
            id="lines",
            empty=N_("This procedure asks for no documents."),
        )
        other = DeskInput(
            id="other",
            placeholder=N_("a paper that is not in the list, then Enter"),
            help=N_("As it shall stand on the paper. Each Enter adds one; Enter in the empty field is done."),
        )
        yield FieldRow(N_("Another paper"), other)
        yield Said(N_("Digit or Space: ask for it     Enter: next, when empty done     Esc: as it was"))

    async def asked(self, question: Listed) -> None:
        """Show the documents, those that are asked for ticked."""
        self._documents = question.documents
        self._ticked = {one.seq for one in question.asked if one.seq}
        self._others = [one.name for one in question.asked if not one.seq]
        self.query_one("#other", DeskInput).clear()
        self._paint(0)

    async def leave(self) -> None:
        """Forget what was typed."""
        self._others = []
        self._lines.show([])

    async def chosen(self, rows: Rows, index: int) -> None:
        """Ask for the document, or no longer; what was typed is taken out."""
        if index >= len(self._documents):
            del self._others[index - len(self._documents)]
        else:
            self._ticked ^= {self._documents[index].seq}
        self._paint(index)

    async def entered(self, field: Widget | None) -> None:
        """Go on from the list; add what was typed, and be done where nothing was."""
        other = self.query_one("#other", DeskInput)
        if field is not other:
            self.set_focus(other)
        elif other.value.strip():
            self._others.append(other.value.strip())
            other.clear()
            self._paint(len(self._documents) + len(self._others) - 1)
        else:
            await self.reply(tuple(self._answer()))

    def steered(self) -> Rows | None:
        """Arrows move in the list while another paper is typed."""
        return self._lines

    async def on_key(self, event: events.Key) -> None:
        """Space ticks like a digit."""
        at = self._lines.cursor
        if event.key == "space" and self.focused is self._lines and at is not None:
            event.stop()
            await self.chosen(self._lines, at)

    def retell(self) -> None:
        """Say the names in the other language."""
        self._paint(self._lines.cursor or 0)

    @property
    def _lines(self) -> Rows:
        return self.query_one("#lines", Rows)

    def _answer(self) -> Iterable[AskedDocument]:
        for document in self._documents:
            if document.seq in self._ticked:
                many = as_asked(document)
                yield AskedDocument(
                    document.seq, original=many.original, certified_copy=many.certified_copy, copy=many.copy
                )
        for name in self._others:
            yield AskedDocument(name=name)

    def _paint(self, cursor: int) -> None:
        rows = [("[x]" if one.seq in self._ticked else "[ ]", name_of(one), _counts(one)) for one in self._documents]
        self._lines.show([*rows, *(("[x]", name, "") for name in self._others)], cursor=cursor)


def name_of(document: RequiredDocument) -> str:
    """Return a document's name in the language now spoken."""
    return document.name_vi if language() == "vi" else document.name_en


def _counts(document: RequiredDocument) -> str:
    many = as_asked(document)
    return ", ".join(_(said).format(n=getattr(many, kind)) for kind, said in _COUNTS if getattr(many, kind))
