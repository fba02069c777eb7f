"""A cause of delay, an apology or a fault: a digit for the cause, the fields it demands, Enter in the end saves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.clock import office_day
from desk.errors.base import DeskError
from desk.errors.delays import MomentUnreadable
from desk.errors.rule import (
    BodyNeeded,
    EvidenceNeeded,
    NewDateOutsideHours,
    NewDateTooEarly,
    OutageNotOver,
    PeriodBackwards,
)
from desk.words import N_, _
from screens import errands, phrases
from screens.base import DeskScreen
from screens.bodies import BodyField
from screens.delays import forms
from screens.delays.typed_moment import end_of, moment_of
from screens.dialogs.choose import Choice, Choose
from screens.keys.keymap import bound
from screens.widgets.desk_input import DeskInput
from screens.widgets.facts import Facts
from screens.widgets.field_row import FieldRow
from screens.widgets.review import Review
from screens.widgets.rows import Column, Rows

if TYPE_CHECKING:
    from datetime import datetime

    from desk.rules.delays import Cause
    from screens.delays.forms import Act
    from screens.seat import Seat

_MOMENT = N_("Day and hour, as 25/11/2026 08:30 or 251120260830.")
_LAYOUT = N_("dd/mm/yyyy hh:mm")
_FIELD_OF: dict[type[DeskError], str] = {
    BodyNeeded: "unit",
    EvidenceNeeded: "evidence",
    NewDateTooEarly: "new-due",
    NewDateOutsideHours: "new-due",
    PeriodBackwards: "until",
    OutageNotOver: "until",
}
"""The field that an error speaks of."""


class ExplainingScreen(DeskScreen):
    """Three acts with nearly the same fields; which one the errand says."""

    SAID = N_("Cause of delay")
    FIRST = "#causes"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "choices", N_("Breaks of the link"), show=False)]
    DEFAULT_CSS = """
    ExplainingScreen > #body {
        padding: 0 1;
        & > #which { margin-bottom: 1; }
        & > #review { margin-top: 1; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._errand: errands.ExplainDelay | errands.RecordOutage = errands.RecordOutage()
        self._act: Act | None = None
        self._cause: Cause | None = None

    def body(self) -> ComposeResult:
        """Yield what it is about, the causes, and the fields of all acts; an act shows its own."""
        context = self._seat.services.context
        yield Facts(id="which")
        yield Rows([Column(N_("Cause")), Column(N_("Where it lies"), 20)], id="causes")
        for name, label in (("from", N_("Began")), ("until", N_("Over")), ("new-due", N_("New date"))):
            yield FieldRow(label, DeskInput(id=name, limit=16, placeholder=_LAYOUT, help=_MOMENT), id=f"{name}-row")
        yield BodyField(
            lambda: context.reference.now().units.values(),
            lambda: office_day(context.clock()),
            label=N_("Body"),
            help=N_("With which body the cause lies. Type a part of the name; arrows choose, Enter takes."),
            id="unit-row",
        )
        evidence = DeskInput(id="evidence", help=N_("What happened, and what proves it."))
        yield FieldRow(N_("Account"), evidence, id="evidence-row")
        measures = DeskInput(id="measures", help=N_("What the desk did meanwhile; it stands on the record."))
        yield FieldRow(N_("What was done"), measures, id="measures-row")
        yield Review(id="review")

    async def arrive(self, errand: object) -> None:
        """Ask for the cause of what the errand names."""
        if isinstance(errand, errands.ExplainDelay | errands.RecordOutage):
            self._errand = errand
        await self._begin()

    async def returned(self) -> None:
        """Ask anew."""
        await self._begin()

    async def leave(self) -> None:
        """Show nothing of the dossier any more."""
        self._choose(None)
        self._act = None
        self.query_one("#which", Facts).show([])
        self.query_one("#causes", Rows).show([])

    async def back(self) -> None:
        """Esc: another cause, then one workplace back."""
        if self._cause is not None:
            self._choose(None)
        else:
            await super().back()

    async def chosen(self, rows: Rows, index: int) -> None:
        """Take a cause: its fields are asked for."""
        if rows.id == "causes" and self._act is not None:
            self._choose(self._act.causes[index])

    async def entered(self, field: Widget | None) -> None:
        """Choose, go to the next field, show what will happen, or save on the last line."""
        if isinstance(field, Review):
            await self._save()
        elif self._body.steered(field) is not None:
            self._take_unit()
        elif field is not None and field.id == self._last:
            if await self._reviewed():
                self.set_focus(self.query_one("#review"))
        else:
            await super().entered(field)

    async def action_choices(self) -> None:
        """F4: the breaks that the link's own log knows, each as the span of the fault."""
        act = self._act
        if act is None or not act.gaps:
            await super().action_choices()
            return
        columns = (Column(N_("Began"), 18), Column(N_("Over"), 18))
        rows = [(phrases.moment(start), phrases.moment(end)) for start, end in act.gaps]
        at = await self.ask(Choose, Choice(N_("Breaks of the link to the center, the newest first"), columns, rows))
        if at is not None:
            self._offer_span(at)

    def steered(self) -> Rows | None:
        """Arrows move the found bodies while one is looked for."""
        return self._body.steered(self.focused)

    def retell(self) -> None:
        """Say it in the other language."""
        self._paint()

    @property
    def _body(self) -> BodyField:
        return self.query_one(BodyField)

    @property
    def _last(self) -> str:
        return "" if self._act is None else self._act.fields[-1]

    def _field(self, name: str) -> DeskInput:
        return self.query_one(f"#{name}", DeskInput)

    def _text(self, name: str) -> str:
        return self._field(name).value.strip()

    async def _begin(self) -> None:
        self._act = await asyncio.to_thread(forms.begin, self._seat, self._errand)
        self._choose(None)

    def _choose(self, cause: Cause | None) -> None:
        self._cause, act = cause, self._act
        for field in self.query(DeskInput):
            field.clear()
            field.mark(False)
        self._body.clear()
        fields = () if act is None or cause is None else act.fields
        for name in forms.FIELDS:
            self.query_one(f"#{name}-row").display = name in fields
        self.query_one("#review").display = cause is not None
        self.query_one("#causes").display = cause is None
        self._paint()
        if act is None or cause is None:
            self.set_focus(self.query_one("#causes"))
            return
        if act.gaps:
            self._offer_span(0)
        first = act.fields[0] if act.fields[0] != "unit" or cause.needs_body else "evidence"
        self.set_focus(self._field(first))

    def _offer_span(self, gap: int) -> None:
        """Propose a break of the link as the span of the fault."""
        assert self._act is not None
        for name, at in zip(("from", "until"), self._act.gaps[gap], strict=True):
            self._field(name).offer(phrases.moment(at))

    def _paint(self) -> None:
        act = self._act
        if act is None:
            return
        self.query_one("#which", Facts).show(act.facts(self._cause))
        rows = self.query_one("#causes", Rows)
        rows.styles.height = len(act.causes) + 1
        rows.show([(_(cause.name), _(forms.LIES[cause.blame])) for cause in act.causes], cursor=rows.cursor or 0)
        self._review(act.promise())

    def _review(self, said: str) -> None:
        self.query_one("#review", Review).tell(N_("{what} Enter: save"), what=said)

    def _take_unit(self) -> None:
        if not self._body.take():
            self.tell(N_("No body of this name is in force; type less of it."))
        elif self._cause is not None and self._cause.needs_body and not self._body.unit:
            self.say(BodyNeeded(cause=_(self._cause.name)), self._body.field)
        else:
            self.set_focus(self._field("evidence"))

    def _typed(self) -> forms.Typed | None:
        """Return what stands in the fields, None where a moment cannot be read: that is said."""
        assert self._act is not None and self._cause is not None
        moments: dict[str, datetime] = {}
        for name in forms.MOMENTS:
            if name in self._act.fields:
                try:
                    moments[name] = self._moment(name)
                except MomentUnreadable as error:
                    self.say(error, self._field(name))
                    return None
        return forms.Typed(self._cause.id, moments, self._body.unit, self._text("evidence"), self._text("measures"))

    def _moment(self, name: str) -> datetime:
        """Return the moment typed in a field; a new date alone promises the day's closing."""
        text = self._text(name)
        return end_of(text, self._seat.services.context.reference.calendar()) if name == "new-due" else moment_of(text)

    async def _reviewed(self) -> bool:
        """Show what saving will do; return whether it can be done as far as is known now."""
        typed, act = self._typed(), self._act
        if typed is None or act is None:
            return False
        try:
            self._review(await asyncio.to_thread(act.check, typed))
        except DeskError as error:
            self._say_at(error)
            return False
        return True

    async def _save(self) -> None:
        act, typed = self._act, self._typed()
        if act is None or typed is None:
            return
        if act.checked != typed:  # something was changed since it was shown: show first, save with the next Enter
            await self._reviewed()
            return
        try:
            done = await asyncio.to_thread(act.save, typed)
        except DeskError as error:
            self._say_at(error)
            return
        self._seat.press.send(self.desk, *done.jobs)
        await self.desk.rooms.back()
        self.desk.top.tell("{said}", said=done.said)
        if done.trouble is not None:
            self.desk.top.say(done.trouble)

    def _say_at(self, error: DeskError) -> None:
        """Say an error with the cursor in the field that it speaks of; one of no field is the App's to say."""
        name = _FIELD_OF.get(type(error))
        if name is None or self._act is None or name not in self._act.fields:
            raise error
        self.say(error, self._field(name))
