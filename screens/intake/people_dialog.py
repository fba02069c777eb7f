"""Who the owner is besides a person with a number, and who files for him."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, cast

from textual.app import ComposeResult
from textual.widget import Widget

from desk.rules.cards import person_of
from desk.rules.dossier import OwnerKind, Person
from desk.rules.scans import CardScan, Scan
from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.intake.fields import Picker
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.said import Said

_KINDS = (
    ("individual", N_("individual")),
    ("enterprise", N_("enterprise")),
    ("household_business", N_("household business")),
    ("organisation", N_("organisation")),
)
_ROLES = (("", N_("the owner himself")), ("submitter", N_("another person")), ("proxy", N_("a proxy")))
_OWNERS = ("tax_code", "nationality", "email")
_OTHER = ("other_number", "other_name", "other_phone")


class PeopleAsked(NamedTuple):
    """The people of a page beyond its fields."""

    kind: OwnerKind
    tax_code: str
    nationality: str
    email: str
    submitter: Person | None
    proxy: Person | None


class People(Dialog[PeopleAsked, PeopleAsked]):
    """Answers with the people; Esc changes nothing. A card scanned here is that of the one who files."""

    DEFAULT_CSS = "People Picker { width: 24; }"
    FIRST = "#kind"

    def body(self) -> ComposeResult:
        """Yield the owner's fields, then those of who files."""
        yield FieldRow(N_("Owner is"), Picker(_KINDS, id="kind", help=N_("A digit or the first letters choose.")))
        yield FieldRow(N_("Tax code"), DeskInput(id="tax_code", limit=20, help=N_("Ten digits, or thirteen.")))
        yield FieldRow(N_("Nationality"), DeskInput(id="nationality", limit=60, help=N_("Empty: Vietnamese.")))
        yield FieldRow(N_("E-mail"), DeskInput(id="email", limit=100, help=N_("May stay empty.")))
        yield FieldRow(N_("Filed by"), Picker(_ROLES, id="role", help=N_("Who stands at the counter.")))
        yield FieldRow(N_("His number"), DeskInput(id="other_number", limit=30, help=N_("Or scan his card here.")))
        yield FieldRow(N_("His name"), DeskInput(id="other_name", limit=200, help=N_("As on the identity paper.")))
        yield FieldRow(N_("His phone"), DeskInput(id="other_phone", limit=30, help=N_("May stay empty.")))
        yield Said(N_("Enter: next, on the last one done     Esc: leave it as it was"))

    async def asked(self, question: PeopleAsked) -> None:
        """Show the people."""
        self.query_one("#kind", Picker).value = question.kind
        for field in _OWNERS:
            self.query_one(f"#{field}", DeskInput).value = getattr(question, field)
        self._other = question.proxy or question.submitter or Person("")
        role = "proxy" if question.proxy is not None else "submitter" if question.submitter is not None else ""
        self._show_other(role)

    async def entered(self, field: Widget | None) -> None:
        """Go on, and answer behind the last field; who files for himself has no further fields."""
        role = self.query_one("#role", Picker).value
        if field is not None and field.id != _OTHER[-1] and not (field.id == "role" and not role):
            await self.action_next_field()
            return
        other = self._other_typed()
        if role and not other.name:
            self.tell(N_("The name of the one who files is missing."))
            self.set_focus(self.query_one("#other_name", DeskInput))
            return
        tax_code, nationality, email = (self.query_one(f"#{name}", DeskInput).value for name in _OWNERS)
        await self.reply(
            PeopleAsked(
                cast(OwnerKind, self.query_one("#kind", Picker).value),
                tax_code,
                nationality,
                email,
                other if role == "submitter" else None,
                other if role == "proxy" else None,
            )
        )

    async def on_scan(self, scan: Scan) -> None:
        """Take the card of the one who files."""
        if isinstance(scan, CardScan):
            self._other = person_of(scan.card)
            self._show_other(self.query_one("#role", Picker).value or "proxy")
        else:
            await super().on_scan(scan)

    def _show_other(self, role: str) -> None:
        self.query_one("#role", Picker).value = role
        shown = (self._other.personal_id, self._other.name, self._other.phone)
        for field, value in zip(_OTHER, shown, strict=True):
            self.query_one(f"#{field}", DeskInput).value = value

    def _other_typed(self) -> Person:
        number, name, phone = (self.query_one(f"#{field}", DeskInput).value.strip() for field in _OTHER)
        kept = self._other if number == self._other.personal_id else Person("")
        return replace(kept, personal_id=number, name=name, phone=phone)
