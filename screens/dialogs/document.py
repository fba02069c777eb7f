"""A required document in full, and how many of it were handed in."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget

from desk.rules.dossier import DocumentCount, RequiredDocument
from desk.words import N_, _, language
from screens.dialogs.dialog import Dialog
from screens.widgets.documents import KINDS, KINDS_SAID
from screens.widgets.field_row import FieldRow
from screens.widgets.said import Said
from screens.widgets.typed_fields import DigitsInput

_FORMS = {
    "form": N_("a form, filled in"),
    "original": N_("the original"),
    "copy": N_("a copy"),
    "certified_copy": N_("a certified copy"),
    "present": N_("to be shown, not handed in"),
    "photo": N_("a photograph"),
}


class Shown(NamedTuple):
    """The document, and what was handed in of it."""

    document: RequiredDocument
    there: DocumentCount


class DocumentDetail(Dialog[Shown, DocumentCount]):
    """Answers with the counts; Esc changes nothing."""

    DEFAULT_CSS = """
    DocumentDetail {
        & > #body { width: 78; }
        & #document { width: 1fr; height: auto; max-height: 9; margin-bottom: 1; }
        & FieldRow > DigitsInput { width: 6; }
    }
    """
    FIRST = "#original"

    def body(self) -> ComposeResult:
        """Yield the words of the document and the four counts."""
        yield Said(id="document")
        for kind, said in zip(KINDS, KINDS_SAID, strict=True):
            count = DigitsInput(limit=3, id=kind, help=N_("How many of this kind were handed in; 0 for none."))
            yield FieldRow(said, count)
        yield Said(N_("Enter: next, on the last one done     Esc: leave it as it was"))

    async def asked(self, question: Shown) -> None:
        """Show the document."""
        self._seq = question.document.seq
        self.query_one("#document", Said).tell("{document}", document=_words(question.document))
        for kind in KINDS:
            self.query_one(f"#{kind}", DigitsInput).offer(str(getattr(question.there, kind)))

    async def entered(self, field: Widget | None) -> None:
        """Go on, and answer behind the last count."""
        if field is not None and field.id != KINDS[-1]:
            await self.action_next_field()
            return
        counts = {kind: int(self.query_one(f"#{kind}", DigitsInput).value or 0) for kind in KINDS}
        await self.reply(DocumentCount(self._seq, **counts))


def _words(document: RequiredDocument) -> str:
    vi = language() == "vi"
    asked = _(_FORMS[document.form])
    parts = [document.name_vi if vi else document.name_en]
    parts.append(
        _("Asked for: {form}; originals {originals}, copies {copies}.").format(
            form=asked, originals=document.originals, copies=document.copies
        )
    )
    condition = document.condition_vi if vi else document.condition_en
    if condition:
        parts.append(_("Condition: {condition}").format(condition=condition))
    if document.reuse_source:
        parts.append(_("The data are in: {source}").format(source=document.reuse_source))
    return "  ".join(parts)
