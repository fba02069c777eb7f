"""The list of required documents: what was handed in, in which form and how often."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from textual import events
from textual.message import Message

from desk.rules.dossier import DocumentCount, Procedure, RequiredDocument
from desk.rules.handed_in import as_asked, handed_in, missing
from desk.words import N_, _, language
from screens.widgets.rows import Column, Rows, Tone

KINDS: Final = ("original", "certified_copy", "copy", "electronic_copy")
"""The four counts, in the order of their columns."""
KINDS_SAID: Final = (N_("Original"), N_("Certified copy"), N_("Copy"), N_("Electronic copy"))
_COLUMNS = (
    Column("", 3),
    Column(N_("Required document")),
    Column(N_("Orig."), 6, right=True),
    Column(N_("Cert."), 6, right=True),
    Column(N_("Cop."), 6, right=True),
    Column(N_("Elec."), 6, right=True),
)


class Documents(Rows):
    """Space ticks a document or takes it out; Left and Right choose a count, digits set it."""

    DEFAULT_CSS = "Documents { height: 1fr; }"

    class Counted(Message):
        """What was handed in has changed."""

    def __init__(self, *, help: str, id: str) -> None:
        super().__init__(_COLUMNS, numbered=False, empty=N_("This procedure asks for no documents."), help=help, id=id)
        self.documents: tuple[RequiredDocument, ...] = ()
        self._counts: dict[int, DocumentCount] = {}
        self.procedure: Procedure | None = None
        self._kind: int | None = None
        """The column that Left and Right chose; None: the one that fits the document."""
        self._is_touched = False

    @property
    def counts(self) -> tuple[DocumentCount, ...] | None:
        """What was handed in; None where nobody changed what is asked for."""
        return tuple(self._counts[seq] for seq in sorted(self._counts)) if self._is_touched else None

    @property
    def missing(self) -> tuple[RequiredDocument, ...]:
        """The required documents of which nothing was handed in."""
        return missing(self.procedure, self._counts.values()) if self.procedure is not None else ()

    @property
    def under_cursor(self) -> RequiredDocument | None:
        """The document of the line on which the cursor stands."""
        return self.documents[self.cursor] if self.cursor is not None else None

    def show_procedure(self, procedure: Procedure | None, counts: tuple[DocumentCount, ...] | None) -> None:
        """Show the documents of `procedure`; counts: what was handed in, None for everything as asked."""
        self.procedure = procedure
        self.documents = procedure.documents if procedure is not None else ()
        self._is_touched = counts is not None
        there = handed_in(procedure, counts) if procedure is not None else ()
        self._counts = {document.seq: DocumentCount(document.seq) for document in self.documents}
        self._counts.update((count.seq, count) for count in there)
        self._kind = None
        self._paint(0)

    def put(self, count: DocumentCount) -> None:
        """Take over one count."""
        self._is_touched = True
        self._counts[count.seq] = count
        self._paint(self.cursor or 0)
        self.post_message(self.Counted())

    def count_of(self, document: RequiredDocument) -> DocumentCount:
        """Return what was handed in of `document`."""
        return self._counts[document.seq]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Digits and Space count here."""
        return key == "space" or (character is not None and character in "0123456789")

    async def _on_key(self, event: events.Key) -> None:
        """Count; other keys move the cursor or go on to the screen."""
        document = self.under_cursor
        if document is None:
            return
        if event.key == "space":
            self._toggle(document)
        elif event.key in ("left", "right"):
            step = 1 if event.key == "right" else -1
            self._kind = (self._column(document) + step) % len(KINDS)
            self._paint(self.cursor or 0)
        elif event.character and event.character in "0123456789":
            count = self.count_of(document)
            self.put(replace(count, **{KINDS[self._column(document)]: int(event.character)}))
        else:
            return
        event.stop()
        event.prevent_default()

    def retell(self) -> None:
        """Show the names in the language now spoken."""
        self._paint(self.cursor or 0)

    def _toggle(self, document: RequiredDocument) -> None:
        if document.form == "present":
            self.app.bell()  # it is only shown and handed back
            return
        there = self.count_of(document).total
        self.put(DocumentCount(document.seq) if there else as_asked(document))

    def _column(self, document: RequiredDocument) -> int:
        """Return the count that digits set: the chosen one, else the one in which the document is asked for."""
        if self._kind is not None:
            return self._kind
        count = as_asked(document)
        return next(at for at, kind in enumerate(KINDS) if getattr(count, kind))

    def _paint(self, cursor: int) -> None:
        self.show([self._row(document) for document in self.documents], self._tone_of, cursor=cursor)

    def _row(self, document: RequiredDocument) -> tuple[str, ...]:
        count = self.count_of(document)
        mark = "(-)" if document.form == "present" else "[x]" if count.total else "[ ]"
        chosen = self._kind
        numbers = (
            f"<{number}>" if at == chosen else f" {number or '·'} "
            for at, number in enumerate(getattr(count, kind) for kind in KINDS)
        )
        return mark, named(document), *numbers

    def _tone_of(self, index: int) -> Tone:
        document = self.documents[index]
        if document.required and not self.count_of(document).total:
            return "late"
        return "" if self.count_of(document).total else "quiet"


def named(document: RequiredDocument) -> str:
    """Return the document's name and, where it has one, its condition, in the language now spoken."""
    vi = language() == "vi"
    name = document.name_vi if vi else document.name_en
    condition = document.condition_vi if vi else document.condition_en
    if document.form == "present":
        return _("{name} (only shown)").format(name=name)
    return f"{name} ({_within(condition)})" if condition else name


def _within(condition: str) -> str:
    """Return a condition as it goes on within a line: a small first letter, but not of an abbreviation."""
    return condition if condition[1:2].isupper() else condition[:1].lower() + condition[1:]
