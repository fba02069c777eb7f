"""Return: who takes the result, then Enter; another person, a lost slip or the post by a letter each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from desk.cases.fee_words import fee_words
from desk.cases.takers import Taker, place_of, takers
from desk.errors.acts import NotReturnable, PinClosed, PinWrong
from desk.errors.base import DeskError, PrintTrouble
from desk.errors.people import NameMissing
from desk.rules.lifecycle import status_said
from desk.rules.people.names import titled
from desk.rules.people.person import Person
from desk.rules.scans import CardScan, Scan, ShortScan, SlipScan
from desk.rules.survey import Way as SurveyWay
from desk.words import N_, _
from screens import errands, phrases
from screens.base import DeskScreen
from screens.dialogs.ask_pin import AskPin, PinAsked
from screens.returning import fields
from screens.widgets.desk_input import DeskInput
from screens.widgets.facts import Fact, Facts
from screens.widgets.review import Review
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.returning import Returned
    from desk.cases.views import DossierView
    from desk.rules.cards import Card
    from screens.seat import Seat

Way = Literal["named", "other", "post"]
"""Somebody named on the dossier, somebody else, or the public post."""

_OVER = ("dossier", "moves", "papers")
"""Workplaces that showed the dossier which is handed over: they are not shown again."""


class ReturningScreen(DeskScreen):
    """Hands a result over and prints the receipt; the survey opens by itself."""

    SAID = N_("Return the result")
    FIRST = "#review"
    DEFAULT_CSS = """
    ReturningScreen > #body {
        padding: 0 1;
        & > #which { margin-bottom: 1; }
        & > #takers { height: 4; margin-bottom: 1; }
        & > #statement, & > #review { margin-top: 1; }
        & > #keys { margin-top: 1; padding-left: 1; width: 1fr; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._view: DossierView | None = None
        self._takers: tuple[Taker, ...] = ()
        self._way: Way = "named"
        self._lost_slip = False
        self._card: Card | None = None
        """The card of the other person, from which what has no field is taken."""

    def body(self) -> ComposeResult:
        """Yield the dossier, who may take it, the fields of the other ways, and the last line."""
        yield Facts(id="which")
        yield Rows(
            [Column(N_("Who takes it?")), Column(N_("As"), 16), Column(N_("Number"), 14)],
            id="takers",
            help=N_("A digit chooses; compare the person with the paper."),
        )
        yield from fields.rows()
        yield Review(N_("The slip is lost: the receiver has signed a statement. Enter: yes"), id="statement")
        yield Review(id="review")
        yield Said(N_("P other person · L slip lost · B by public post · 1-3 who takes it"), id="keys")

    async def arrive(self, errand: object) -> None:
        """Begin with the way that the dossier's key asked for."""
        if not isinstance(errand, errands.ReturnDossier):
            return
        await self._read(errand.dossier)
        self._begin("other" if errand.to_other else "named", lost_slip=errand.lost_slip)

    async def returned(self) -> None:
        """Show it again; what was typed is still there."""
        if self._view is not None:
            await self._read(self._view.line.id)
            self._paint()

    async def leave(self) -> None:
        """Show nothing of the citizens any more."""
        self._takers, self._card = (), None
        self.query_one("#which", Facts).show([])
        self.query_one("#takers", Rows).show([])
        self.query_one("#review", Review).tell("")
        for field in self.query(DeskInput):
            field.clear()

    async def back(self) -> None:
        """Esc: the plain way first, then the dossier."""
        if self._way != "named" or self._lost_slip:
            self._begin("named", lost_slip=False)
        else:
            await super().back()

    async def entered(self, field: Widget | None) -> None:
        """Go on to the next line; hand over on the last one."""
        if isinstance(field, Review) and field.id == "review":
            await self._hand_over()
        else:
            await super().entered(field)

    async def chosen(self, rows: Rows, index: int) -> None:
        """Take the person of this line as the receiver."""
        self._begin("named", lost_slip=self._lost_slip, taker=index)

    async def on_key(self, event: events.Key) -> None:
        """P, L, B and digits, where no field takes them."""
        if isinstance(self.focused, DeskInput):
            return
        sign = (event.character or "").casefold()
        if sign in ("p", "b"):
            self._begin("other" if sign == "p" else "post", lost_slip=self._lost_slip)
        elif sign == "l":
            self._begin(self._way, lost_slip=not self._lost_slip)
        elif sign in "123" and sign and int(sign) <= len(self._takers):
            self._begin("named", lost_slip=self._lost_slip, taker=int(sign) - 1)
        else:
            return
        event.stop()

    async def on_scan(self, scan: Scan) -> None:
        """A card says who stands there; the dossier's own slip that it is not lost; all else as everywhere."""
        if self._view is None:
            await super().on_scan(scan)
        elif isinstance(scan, CardScan):
            self._take_card(scan.card)
        elif isinstance(scan, SlipScan | ShortScan) and await self._is_mine(scan):
            self._begin(self._way, lost_slip=False)
        else:
            await super().on_scan(scan)

    def retell(self) -> None:
        """Say it in the other language."""
        self._paint()

    async def _read(self, dossier: str) -> None:
        self._view = await asyncio.to_thread(self._seat.services.lookup.show, dossier)
        if self._view.line.status not in ("resolved", "stopped"):
            raise NotReturnable(code=self._view.line.code, status=status_said(self._view.line.status))
        self._takers = takers(self._view)

    def _begin(self, way: Way, *, lost_slip: bool, taker: int = 0) -> None:
        """Show the fields of a way, and put the cursor where it begins."""
        if way != self._way or way == "named":
            self._card = None
            for field in self.query(DeskInput):
                field.clear()
        self._way, self._lost_slip = way, lost_slip
        self.query_one("#takers").display = way == "named"
        for name in fields.OTHER:
            self.query_one(f"#{name}-row").display = way == "other"
        self.query_one("#consignment-row").display = way == "post"
        self.query_one("#statement").display = lost_slip
        self._paint(taker)
        first = {"named": "#statement" if lost_slip else "#review", "other": "#name", "post": "#consignment"}[way]
        self.set_focus(self.query_one(first))

    def _paint(self, taker: int | None = None) -> None:
        view = self._view
        if view is None:
            return
        line = view.line
        procedure = f"{line.alias} · {view.procedure_name}"
        facts = [
            Fact(N_("Code"), f"{line.code} · {phrases.status_words(line.status)}", "strong"),
            Fact(N_("Owner"), view.owner.name),
            Fact(N_("Procedure"), procedure),
        ]
        if line.place:
            facts.append(Fact(N_("Result kept in"), line.place, "strong"))
        if view.fee_dong is None or view.owed_dong:
            facts.append(Fact(N_("Fee"), fee_words(view), "soon"))
        if view.summary or view.note:
            facts.append(Fact(N_("Note"), " · ".join(part for part in (view.summary, view.note) if part)))
        self.query_one("#which", Facts).show(facts)
        rows = self.query_one("#takers", Rows)
        at = taker if taker is not None else rows.cursor or 0
        rows.show(
            [(one.person.name, _(one.said), one.person.personal_id or one.person.tax_code) for one in self._takers],
            cursor=at,
        )
        self._paint_review()

    def _paint_review(self) -> None:
        review = self.query_one("#review", Review)
        if self._way == "post":
            review.tell(N_("Enter: the public post took the result; print the receipt"))
        elif self._way == "other":
            review.tell(N_("Enter: hand the result to this person and print the receipt"))
        else:
            taker = self._taker
            name = taker.person.name if taker is not None else ""
            review.tell(N_("Enter: hand the result to {name} and print the receipt"), name=name)

    @property
    def _taker(self) -> Taker | None:
        at = self.query_one("#takers", Rows).cursor
        return self._takers[at] if at is not None and at < len(self._takers) else None

    def _take_card(self, card: Card) -> None:
        mine = place_of(card, self._takers)
        if mine is not None:
            self._begin("named", lost_slip=self._lost_slip, taker=mine)
            self.tell(N_("The card is that of {name}."), name=self._takers[mine].person.name)
            return
        self._begin("other", lost_slip=self._lost_slip)
        self._card = card
        self._field("name").value = titled(card.name)
        self._field("number").value = card.personal_id
        self.set_focus(self._field("right"))

    async def _is_mine(self, scan: SlipScan | ShortScan) -> bool:
        verdict = await asyncio.to_thread(self._seat.services.papers.verify, scan.digits)
        return self._view is not None and verdict.tracking is not None and str(verdict.tracking) == self._view.tracking

    def _field(self, name: str) -> DeskInput:
        return self.query_one(f"#{name}", DeskInput)

    def _receiver(self) -> Person | None:
        """Return who takes it, None for the one who is expected (or the post)."""
        if self._way == "other":
            name, number, phone = (self._field(one).value for one in ("name", "number", "phone"))
            return fields.receiver(name, number, phone, self._card)
        taker = self._taker
        return taker.person if self._way == "named" and taker is not None else None

    async def _hand_over(self) -> None:
        view = self._view
        if view is None:
            return
        if self._way == "other" and not self._field("name").value.strip():
            self.say(NameMissing(), self._field("name"))
            return
        if self._way == "post" and not self._field("consignment").value.strip():
            self.tell(N_("Type the consignment number of the post."))
            self.set_focus(self._field("consignment"))
            return
        if not await self._pin_is_right():
            return
        returned = await asyncio.to_thread(self._save, view)
        said, jobs = await self._receipt(view)
        self._seat.served += 1
        self._view = None
        await self.desk.rooms.back(past=_OVER)
        self.desk.top.tell_done(said, code=returned.code)
        self._seat.press.send(self.desk, *jobs)
        if self._way_of_asking() == "screen":
            await self.go("survey", errands.AskSurvey(view.line.id))

    def _save(self, view: DossierView) -> Returned:
        return self._seat.services.returning.give(
            view.line.id,
            self._seat.officer,
            receiver=self._receiver(),
            lost_slip=self._lost_slip,
            consignment=self._field("consignment").value.strip() if self._way == "post" else "",
            note=self._field("right").value.strip() if self._way == "other" else "",
        )

    async def _receipt(self, view: DossierView) -> tuple[str, list[str]]:
        """Make what the return owes; return what is said, for it is saved in any case, and the print jobs."""
        make = self._seat.services.papers.make_owed
        try:
            made = await asyncio.to_thread(make, view.line.id, self._seat.officer)
        except PrintTrouble:
            return N_("The result of {code} is handed over. The receipt could not be made; F7 tries again."), []
        jobs = [paper.job for paper in made]
        if self._way_of_asking() == "phone":
            return N_("The result of {code} is handed over; the citizen rates it by the code on the receipt."), jobs
        if self._way_of_asking() == "paper":
            return N_("The result of {code} is handed over; give the citizen the paper form of the survey."), jobs
        return N_("The result of {code} is handed over; the receipt is being printed."), jobs

    def _way_of_asking(self) -> SurveyWay:
        """Return where this desk asks; a telephone needs the page that a center shows."""
        context = self._seat.services.context
        way = context.settings.survey_way
        return "screen" if way == "phone" and not context.place().tracking_url else way

    async def _pin_is_right(self) -> bool:
        """Ask for the PIN where the settings say so."""
        seat = self._seat
        if not seat.services.context.settings.ask_pin_on_return:
            return True
        wrong: DeskError | None = None
        while (pin := await self.ask(AskPin, PinAsked(seat.officer.name, wrong))) is not None:
            try:
                await asyncio.to_thread(seat.services.officers.check_pin, seat.officer, pin)
            except (PinWrong, PinClosed) as error:
                wrong = error
            else:
                return True
        return False
