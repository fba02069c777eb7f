"""Who the owner is besides a person with a number, and who files for him."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, cast

from textual.app import ComposeResult
from textual.widget import Widget

from desk.rules.cards import person_of
from desk.rules.people.person import OwnerKind, Person
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
_ROLES = (("", N_("the owner or his representative")), ("submitter", N_("another person")), ("proxy", N_("a proxy")))
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
    representative: Person | None = None


class People(Dialog[PeopleAsked, PeopleAsked]):
    """Answers with the people; Esc changes nothing. A card scanned here is that of the one who files,
    or of the representative where his fields have the cursor."""

    DEFAULT_CSS = "People Picker { width: 32; }"
    FIRST = "#kind"

    def body(self) -> ComposeResult:
        """Yield the owner's fields, then those of who files."""
        yield FieldRow(N_("Owner is"), Picker(_KINDS, id="kind", help=N_("A digit or the first letters choose.")))
        yield FieldRow(N_("Tax code"), DeskInput(id="tax_code", limit=20, help=N_("Ten digits, or thirteen.")))
        yield FieldRow(N_("Nationality"), DeskInput(id="nationality", limit=60, help=N_("Empty: Vietnamese.")))
        yield FieldRow(N_("E-mail"), DeskInput(id="email", limit=100, help=N_("May stay empty.")))
        yield FieldRow(
            N_("Representative"),
            DeskInput(
                id="lead_name",
                limit=200,
                help=N_("A parent or guardian, the head of an organisation. Empty: the owner acts for himself."),
            ),
        )
        yield FieldRow(N_("His number"), DeskInput(id="lead_number", limit=30, help=N_("As on the identity paper.")))
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
        self._show_representative(question.representative or Person(""))
        self._other = question.proxy or question.submitter or Person("")
        role = "proxy" if question.proxy is not None else "submitter" if question.submitter is not None else ""
        self._show_other(role)

    async def entered(self, field: Widget | None) -> None:
        """Go on, and answer behind the last field; who files for himself has no further fields."""
        role = self.query_one("#role", Picker).value
        if field is not None and field.id != _OTHER[-1] and not (field.id == "role" and not role):
            await self.action_next_field()
            return
        if self._field("lead_number").value.strip() and not self._field("lead_name").value.strip():
            self.tell(N_("The name of the representative is missing."))
            self.set_focus(self._field("lead_name"))
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
                self._representative_typed(),
            )
        )

    async def on_scan(self, scan: Scan) -> None:
        """Take the card of the representative where the cursor is in his fields, else of the one who files."""
        if isinstance(scan, CardScan) and self.focused in (self._field("lead_name"), self._field("lead_number")):
            self._show_representative(person_of(scan.card))
        elif isinstance(scan, CardScan):
            self._other = person_of(scan.card)
            self._show_other(self.query_one("#role", Picker).value or "proxy")
        else:
            await super().on_scan(scan)

    def _show_other(self, role: str) -> None:
        self.query_one("#role", Picker).value = role
        shown = (self._other.personal_id, self._other.name, self._other.phone)
        for field, value in zip(_OTHER, shown, strict=True):
            self.query_one(f"#{field}", DeskInput).value = value

    def _field(self, name: str) -> DeskInput:
        return self.query_one(f"#{name}", DeskInput)

    def _show_representative(self, person: Person) -> None:
        self._representative = person
        self._field("lead_name").value, self._field("lead_number").value = person.name, person.personal_id

    def _representative_typed(self) -> Person | None:
        name, number = self._field("lead_name").value.strip(), self._field("lead_number").value.strip()
        kept = self._representative if number == self._representative.personal_id else Person("")
        return replace(kept, name=name, personal_id=number) if name else None

    def _other_typed(self) -> Person:
        number, name, phone = (self.query_one(f"#{field}", DeskInput).value.strip() for field in _OTHER)
        kept = self._other if number == self._other.personal_id else Person("")
        return replace(kept, personal_id=number, name=name, phone=phone)
