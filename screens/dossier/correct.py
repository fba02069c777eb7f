"""Correcting what was entered: people, content, note, counts, fee. What is left as it is changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.errors.acts import FieldWrong
from desk.errors.base import DeskError
from desk.rules.money import dong_of
from desk.rules.people.checks import day_of
from desk.words import N_, _
from screens import phrases
from screens.dialogs.dialog import Dialog
from screens.dossier.handed_in import Given, HandedIn
from screens.keys.keymap import bound
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.review import Review
from screens.widgets.said import Said
from screens.widgets.typed_fields import MoneyInput

if TYPE_CHECKING:
    from desk.cases.views import DossierView
    from desk.rules.dossier import Procedure
    from desk.rules.people.person import Person


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the form: its label and help (message ids)."""

    name: str
    said: str
    help: str


OWNER = (
    Field("name", N_("Owner"), N_("Full name as on the identity paper or the registration.")),
    Field("personal_id", N_("Personal number"), N_("12 digits, an old number of 9, or a passport's number.")),
    Field("born_on", N_("Born on"), N_("Day, month, year: 15051990 or 15/05/1990.")),
    Field("phone", N_("Telephone"), N_("Ten digits; may be left empty.")),
    Field("address", N_("Address"), N_("House, street or hamlet, commune, province.")),
)
REST = (
    Field("submitter", N_("Submitter"), N_("Name of who brought the dossier, where that was not the owner.")),
    Field("summary", N_("Content"), N_("What the citizen asks for, in a few words.")),
    Field("note", N_("Note"), N_("What colleagues should know of the dossier.")),
    Field("fee_dong", N_("Fee in đồng"), N_("A whole sum, 21000 or 21.000; 0 needs a ground.")),
    Field("fee_ground", N_("Ground of the fee"), N_("Why nothing or another sum was taken.")),
)
COUNTS = (
    Field("set_count", N_("Sets"), N_("How many sets of documents were handed in.")),
    Field("pages", N_("Pages"), N_("Pages of the document that is certified; the fee follows from them.")),
    Field("copies", N_("Copies"), N_("Copies that are certified; the fee follows from them.")),
)
CERTIFIED = ("pages", "copies")
"""Only where something was certified by them."""
ALL = (*OWNER, *REST, *COUNTS)

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form holds: its fields, and what was handed in (None: no list of documents is known)."""

    typed: Typed
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What is corrected: the dossier's code, what stands in the form, and what was wrong with it before."""

    code: str
    filled: Filled
    wrong: DeskError | None = None


def standing(view: DossierView, procedure: Procedure | None) -> Filled:
    """Return what stands in the form before anything is corrected; procedure: the version it was accepted under."""
    has_list = procedure is not None and bool(procedure.documents)
    given = Given(procedure, view.documents) if procedure is not None and has_list else None
    return Filled(_fields(view), given)


def _fields(view: DossierView) -> dict[str, str]:
    owner = {field.name: _shown(getattr(view.owner, field.name)) for field in OWNER}
    return {
        **owner,
        "submitter": view.submitter.name if view.submitter is not None else "",
        "summary": view.summary,
        "note": " ".join(view.note.split("\n")),
        "fee_dong": "" if view.fee_dong is None else str(view.fee_dong),
        "fee_ground": view.fee_ground,
        **{field.name: _shown(getattr(view, field.name)) for field in COUNTS},
    }


def changes(view: DossierView, filled: Filled) -> dict[str, Any]:
    """Return what `filled` changes, as the input of a correction; raises RuleBroken for no sum, day or count."""
    was, typed = _fields(view), filled.typed
    changed = {name: value for name, value in typed.items() if value.strip() != was[name].strip()}
    found: dict[str, Any] = {name: changed[name] for name in ("summary", "note", "fee_ground") if name in changed}
    if "fee_dong" in changed and changed["fee_dong"].strip():
        found["fee_dong"] = int(dong_of(changed["fee_dong"]))
    found |= {field.name: _counted(field, changed[field.name]) for field in COUNTS if field.name in changed}
    if any(field.name in changed for field in OWNER):
        owner = _written(view.owner)
        owner |= {field.name: changed[field.name] or None for field in OWNER if field.name in changed}
        if changed.get("born_on", "").strip():
            owner["born_on"] = day_of(changed["born_on"]).isoformat()
        found["owner"] = owner
    if "submitter" in changed:
        name = changed["submitter"].strip()
        found["submitter"] = {**_written(view.submitter), "name": name} if name else None
    return found | _handed_in(view, filled.given)


def _handed_in(view: DossierView, given: Given | None) -> dict[str, Any]:
    """Return what of the documents changes; only what was handed in is written down."""
    if given is None:
        return {}
    counts = [count for count in given.counts if count.total]
    if counts == [count for count in view.documents if count.total]:
        return {}
    written: dict[str, Any] = {"documents": [asdict(count) for count in counts]}
    return written | ({"accept_incomplete": True, "reason": given.reason} if given.reason else {})


class Correct(Dialog[Form, Filled]):
    """Shows the fields as they stand; F9, or Enter in the last line, answers with what they hold then."""

    FIRST = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("save", "save", N_("Save"), show=False),
        bound("choices", "choices", show=False),
    ]
    DEFAULT_CSS = """
    Correct > #body {
        width: 78; max-height: 23;
        & > #handed-in { width: 1fr; }
        & > #review { margin-top: 1; }
    }
    """

    def body(self) -> ComposeResult:
        """Yield the code, the fields and the last line."""
        yield Said(id="which")
        for field in ALL:
            kind = MoneyInput if field.name == "fee_dong" else DeskInput
            yield FieldRow(field.said, kind(id=field.name, help=field.help), id=f"{field.name}-row")
        yield Said(id="handed-in")
        yield Review(N_("Enter: save the correction; the old slip becomes void and a new one is printed"), id="review")

    async def asked(self, question: Form) -> None:
        """Show what stands."""
        self.query_one("#which", Said).tell(N_("Correct the dossier {code}"), code=question.code)
        typed, self._given = question.filled.typed, question.filled.given
        for name, value in typed.items():
            self._field(name).value = value
        for name in CERTIFIED:
            self.query_one(f"#{name}-row").display = bool(typed["pages"] or typed["copies"])
        self._show_given()
        if question.wrong is not None:
            self.say(question.wrong)

    async def entered(self, field: Widget | None) -> None:
        """Go to the next field; in the last line save."""
        if isinstance(field, Review):
            await self.action_save()
        else:
            await super().entered(field)

    async def action_save(self) -> None:
        """F9: answer."""
        await self.reply(Filled({field.name: self._field(field.name).value for field in ALL}, self._given))

    async def action_choices(self) -> None:
        """F4: what was handed in."""
        if self._given is not None and (given := await self.ask(HandedIn, self._given)) is not None:
            self._given = given
            self._show_given()

    async def reply(self, answer: Filled | None) -> None:
        """Close, and forget the citizen."""
        await super().reply(answer)
        for field in self.query(DeskInput):
            field.clear()

    def retell(self) -> None:
        """Say what was handed in, in the other language."""
        self._show_given()

    def _show_given(self) -> None:
        line, given = self.query_one("#handed-in", Said), self._given
        line.display = given is not None
        kinds = 0 if given is None else sum(1 for count in given.counts if count.total)
        line.tell(N_("Documents: kinds handed in: {n}   F4: correct what was handed in"), n=kinds)

    def _field(self, name: str) -> DeskInput:
        return self.query_one(f"#{name}", DeskInput)


def _counted(field: Field, typed: str) -> int:
    """Return a count from 1 on; raises FieldWrong."""
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and int(text[:9])):
        raise FieldWrong(field=_(field.said), cause=text or "0")
    return int(text[:9])


def _shown(value: object) -> str:
    return phrases.day(value) if isinstance(value, date) else str(value or "")


def _written(person: Person | None) -> dict[str, Any]:
    """Return a person as the input of an intake writes him."""
    if person is None:
        return {}
    values = {field.name: getattr(person, field.name) for field in fields(person)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value}
