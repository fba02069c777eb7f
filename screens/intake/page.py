"""The one page of an intake: its fields, where they stand, and the page as a value and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from desk.rules.dossier import Channel, Procedure
from desk.rules.fee_rows import MOST_COPIES, MOST_PAGES
from desk.text import clean_line
from desk.words import N_
from screens import phrases
from screens.intake.fields import BirthInput, ChoosingField, Picker
from screens.intake.sheet import TYPED_FIELDS, Sheet
from screens.widgets.desk_input import DeskInput
from screens.widgets.documents import Documents
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said
from screens.widgets.typed_fields import DigitsInput, MoneyInput

W = TypeVar("W", bound=Widget)

HELP = {
    "number": N_(
        "The twelve digits of the personal number, its last six, or letters of the name: people known here are listed "
        "below. "
        "A tax code where the owner is no individual (F4)."
    ),
    "name": N_("The full name as on the identity paper. Digits choose one of the people listed below."),
    "born": N_("Day, month, year: 15051990. Day and month are enough where the number says the year: 1505."),
    "sex": N_("1 male, 2 female; the personal number says it."),
    "phone": N_("The citizen's telephone; may stay empty."),
    "address": N_("Type letters of the ward, Enter, then house and street; or the whole address."),
    "procedure": N_(
        "What the citizen calls it, without accents if you like; a digit takes a favourite while nothing is typed. "
        "Type a blank first to search by the procedure's code."
    ),
    "pages": N_("The pages of the document that is certified."),
    "copies": N_("How many copies, or signatures."),
    "documents": N_(
        "Space: handed in or not. Left and Right choose original, certified copy, copy or electronic copy, a digit "
        "says how many. F4: the document in full."
    ),
    "reason": N_("Why the dossier is accepted although documents are missing. Enter takes the words shown."),
    "fee": N_("Enter takes the sum shown; type another one, or 0 where nothing is paid. F4: what the sum rests on."),
    "ground": N_("On what ground nothing is paid, such as: poor household."),
    "due": N_("When the result is due. Ctrl+R: day by day, why then."),
    "code": N_("The code of the portal, where the dossier was filed there: it keeps it."),
    "other": N_("The code that the sector's own system gave it; it is found and printed."),
    "channel": N_("How the dossier came: at the counter, online or by post."),
    "note": N_("A note for your colleagues. F4: more about the dossier."),
    "review": N_("Enter: save and print. Esc: back to the page."),
}

_EARLIER = (Column(N_("Earlier dossier"), 18), Column(N_("Procedure")), Column(N_("Day"), 10))


class Page(Vertical):
    """The page. choose: asked whether a digit typed in a field beside a list chooses a line of it."""

    DEFAULT_CSS = """
    Page {
        height: 1fr; padding: 0 1;
        & > Horizontal { height: 1; }
        & .label { color: $text-muted; }
        & #number { width: 18; margin-right: 2; }
        & #born { width: 18; margin-right: 2; }
        & #sex { width: 9; margin-right: 2; }
        & #procedure { width: 1fr; }
        & #pages, & #copies { width: 6; margin-right: 1; }
        & #about { width: 30; color: $text-muted; margin-left: 1; }
        & #filing { width: 1fr; }
        & #centre { height: 1fr; }
        & #middle { width: 1fr; height: 1fr; }
        & #earlier { display: none; width: 46; margin-left: 1; }
        & #condition { width: 1fr; height: auto; max-height: 2; color: $text-muted; }
        & #fee { width: 18; margin-right: 2; }
        & #basis { width: 1fr; }
        & #due { width: 1fr; height: 1; }
        & #code { width: 28; margin-right: 1; }
        & #other { width: 1fr; }
        & #channel { width: 15; margin-left: 1; }
    }
    """

    def __init__(
        self, choose: Callable[[str], Awaitable[bool]], today: Callable[[], date], due: Widget, notice: Widget
    ) -> None:
        super().__init__(id="page")
        self._choose = choose
        self._today = today
        self._due = due
        self._notice = notice

    def compose(self) -> ComposeResult:
        """Lay the lines out, the middle between the person and what follows from the procedure."""
        yield from self._person()
        yield self._notice
        yield from self._procedure()
        with Horizontal(id="centre"):
            with Vertical(id="middle"):
                yield Rows([Column("")], empty="", id="choices")
                yield Documents(help=HELP["documents"], id="documents")
                yield Said(id="condition")
                yield Rows([Column("", 18), Column("")], numbered=False, help=HELP["review"], id="review")
            earlier = Rows(_EARLIER, numbered=False, empty=N_("No earlier dossier is known here."), id="earlier")
            earlier.can_focus = False
            yield earlier
        yield from self._rest()

    def _person(self) -> Iterator[Widget]:
        yield Horizontal(
            _label(N_("Personal no."), id="number-label"),
            ChoosingField(self._choose, help=HELP["number"], id="number", limit=30),
            _label(N_("Full name"), 11),
            ChoosingField(self._choose, help=HELP["name"], id="name", limit=200),
        )
        yield Horizontal(
            _label(N_("Born on")),
            BirthInput(self._number, self._today, help=HELP["born"], id="born"),
            _label(N_("Sex"), 11),
            Picker((("", ""), ("male", N_("male")), ("female", N_("female"))), help=HELP["sex"], id="sex"),
            _label(N_("Phone"), 11),
            DeskInput(help=HELP["phone"], id="phone", limit=30),
        )
        yield Horizontal(_label(N_("Address")), DeskInput(help=HELP["address"], id="address", limit=400))
        yield Horizontal(_label(N_("Filed by")), Said(id="filing"))

    def _procedure(self) -> Iterator[Widget]:
        yield Horizontal(
            _label(N_("Procedure")),
            ChoosingField(self._choose, help=HELP["procedure"], id="procedure", limit=80),
            Horizontal(
                _label(N_("Pages"), 9),
                DigitsInput(help=HELP["pages"], id="pages", limit=len(str(MOST_PAGES))),
                _label(N_("Copies"), 9),
                DigitsInput(help=HELP["copies"], id="copies", limit=len(str(MOST_COPIES))),
                id="counting",
            ),
            Said(id="about"),
        )

    def _rest(self) -> Iterator[Widget]:
        yield Horizontal(
            _label(N_("Missing: why")), DeskInput(help=HELP["reason"], id="reason", limit=300), id="lacking"
        )
        yield Horizontal(
            _label(N_("Fee")),
            MoneyInput(help=HELP["fee"], id="fee"),
            Horizontal(
                _label(N_("Free because")), DeskInput(help=HELP["ground"], id="ground", limit=200), id="freeing"
            ),
            Said(id="basis"),
        )
        yield Horizontal(_label(N_("Due")), self._due)
        yield Horizontal(
            _label(N_("Portal code")),
            DeskInput(help=HELP["code"], id="code", limit=60),
            _label(N_("Other code"), 10),
            DeskInput(help=HELP["other"], id="other", limit=60),
            Picker(tuple(phrases.CHANNELS.items()), help=HELP["channel"], id="channel"),
        )
        yield Horizontal(_label(N_("Note")), DeskInput(help=HELP["note"], id="note", limit=2_000))

    def _number(self) -> str:
        return clean_line(self.typed("number"))

    # One field

    def of(self, field: str, kind: type[W]) -> W:
        """Return the widget of a field."""
        return self.query_one(f"#{field}", kind)

    def typed(self, field: str) -> str:
        """Return what was typed in a field; a proposal nobody took is nothing."""
        widget = self.query_one(f"#{field}", DeskInput)
        return "" if widget.offered else widget.value

    def mark(self, wrong: frozenset[str]) -> None:
        """Mark the fields that are wrong, and no others."""
        for widget in self.query(DeskInput):
            widget.mark(widget.id in wrong)

    # The whole page

    def read(self, sheet: Sheet, chosen: Procedure | None) -> Sheet:
        """Return `sheet` with what stands on the page now; `chosen` is the procedure that was chosen."""
        texts: dict[str, Any] = {field: self.typed(field) for field in TYPED_FIELDS if field not in ("sex", "words")}
        words = "" if chosen is not None else self.query_one("#procedure", DeskInput).value
        return replace(
            sheet,
            **texts,
            sex=self.of("sex", Picker).value,
            channel=_channel(self.of("channel", Picker).value),
            words=words,
            procedure=chosen.code if chosen is not None else "",
            counts=self.of("documents", Documents).counts,
        )

    def write(self, sheet: Sheet, chosen: Procedure | None) -> None:
        """Show `sheet`."""
        for field in TYPED_FIELDS:
            if field not in ("sex", "words"):
                self.of(field, DeskInput).value = getattr(sheet, field)
        self.of("sex", Picker).value = sheet.sex
        self.of("channel", Picker).value = sheet.channel
        self.choose(chosen, sheet.words)
        self.of("documents", Documents).show_procedure(chosen, sheet.counts)
        self.call_owner(sheet)

    def choose(self, chosen: Procedure | None, words: str = "") -> None:
        """Show the chosen procedure, or the words by which one is sought."""
        field = self.of("procedure", DeskInput)
        if chosen is not None:
            field.offer(chosen.alias)
        else:
            field.value = words
        self._say_procedure(chosen)

    def forget_procedure(self) -> None:
        """Show that none is chosen; what is typed in its field stays."""
        self._say_procedure(None)
        self.of("documents", Documents).show_procedure(None, None)

    def _say_procedure(self, chosen: Procedure | None) -> None:
        counts = chosen is not None and chosen.counts_pages
        self.query_one("#counting").display = counts
        about = self.of("about", Said)
        about.display = not counts
        about.tell("{about}", about=f"{chosen.code} · {chosen.field_vi}" if chosen is not None else "")

    def call_owner(self, sheet: Sheet) -> None:
        """Name what the number is, and who files."""
        alone = sheet.kind == "individual"
        self.of("number-label", Said).tell(N_("Personal no.") if alone else N_("Tax code"))
        filing = self.of("filing", Said)
        if sheet.proxy is not None:
            filing.tell(N_("proxy {name}, {number}"), name=sheet.proxy.name, number=sheet.proxy.personal_id)
        elif sheet.submitter is not None:
            filing.tell(N_("{name}, {number}"), name=sheet.submitter.name, number=sheet.submitter.personal_id)
        elif sheet.representative is not None:
            person = sheet.representative
            filing.tell(N_("representative {name}, {number}"), name=person.name, number=person.personal_id)
        else:
            filing.tell(N_("the owner himself · F4 above: another one, an organisation"))


def _label(said: str, width: int = 14, id: str | None = None) -> Said:
    label = Said(said, classes="label", id=id)
    label.styles.width = width
    return label


def _channel(value: str) -> Channel:
    return "online" if value == "online" else "post" if value == "post" else "counter"
