"""Intake: one page, Enter from field to field, everything known filled in, saved with F9 from anywhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.binding import ActiveBinding, BindingType
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.rules.scans import Scan
from desk.words import N_
from screens.intake import arriving, choosing, details, filling, parking, saving, scans
from screens.intake.fields import Picker
from screens.intake.flow import REVIEW
from screens.intake.held import BESIDE_A_LIST, HeldPage
from screens.intake.lines import Notice
from screens.intake.sheet import PERSON_FIELDS
from screens.keys.keymap import binding_id, bound
from screens.widgets.desk_input import DeskInput
from screens.widgets.documents import Documents
from screens.widgets.rows import Rows

_CHANGES_THE_OUTLOOK = frozenset({"pages", "copies", "channel"})


class IntakeScreen(HeldPage):
    """What keys, scans and visits do to the page; how lies in the modules beside it."""

    SAID = N_("Intake")
    FIRST = "#number"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("save", "save", N_("Save, print")),
        bound("return", "hand_over", N_("Hand over now")),
        bound("park", "park"),
        bound("same_person", "same_person"),
        bound("repeat", "repeat", show=False),
    ]

    # Where the cursor stands

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show what belongs to the field that was reached by Tab or an arrow."""
        self.reviews = self.field == REVIEW
        self.lay_out(self.field)

    def steered(self) -> Rows | None:
        """Arrows move the list beside a field."""
        if self.field == self.offers.field and len(self.offers):
            return self.page.of("choices", Rows)
        return None

    async def action_step(self, step: int) -> None:
        """Move in the list beside the field, or from field to field."""
        if self.steered() is not None:
            self.offers.is_steered = True
        else:
            self.seen.add(self.field)
        await super().action_step(step)

    async def action_next_field(self) -> None:
        """Give the cursor to the next field; Enter does not come back to this one."""
        self.seen.add(self.field)
        await super().action_next_field()

    def show_facts(self) -> None:
        """Show the first line, and how much time is left, at another minute."""
        super().show_facts()
        self.due.tick()

    def retell(self) -> None:
        """Say in the other language what was composed."""
        self.page.of("documents", Documents).retell()
        self.page.call_owner(self.rest)
        self.page.choose(self.procedure, self.sheet.words)
        self.show_outlook()
        self.lay_out(self.field)

    # Visits

    async def arrive(self, errand: object) -> None:
        """Begin a page, or go on with the one the errand names."""
        await asyncio.to_thread(self.offers.load)
        await arriving.arrive(self, errand)
        if (refusal := self.seat.services.context.log.refusal) is not None:
            self.say(refusal)  # before anything is typed in vain

    async def returned(self) -> None:
        """Show the page as it was left, if it is still this officer's."""
        if self.keeper.officer != self.seat.officer:
            await arriving.arrive(self, None)

    async def look_again(self) -> None:
        """Forget what was saved last: it was reversed."""
        self.saved = None
        self.show_hints()

    async def leave(self) -> None:
        """Keep the page; who comes next finds his own."""
        if self.keeper.officer is not None:
            await self.keeper.keep(self.sheet_here())

    async def keep(self) -> None:
        """Keep the page before the program ends."""
        await self.leave()

    # Keys

    async def entered(self, field: Widget | None) -> None:
        """Take what the field or the list offers, and go on."""
        name = (field.id or "") if field is not None else ""
        if name == REVIEW:
            await saving.from_review(self)
        elif not await choosing.by_enter(self, name) and saving.may_leave(self, name):
            saving.take_proposal(self, name)
            self.seen.add(name)
            filling.complete_from_number(self, name)
            if name in PERSON_FIELDS:
                filling.look_for_alike(self)
            if name == "channel":
                await choosing.case_of_channel(self)
            self.show_hints()
            await self.onward()

    async def chosen(self, rows: Rows, index: int) -> None:
        """Take a line of the list, or go to a fault of the review."""
        if rows.id == REVIEW:
            await saving.from_review(self)
        else:
            await choosing.take(self, index)

    async def action_save(self) -> None:
        """F9: save and print, or go to what is wrong."""
        await saving.save(self)

    async def action_hand_over(self) -> None:
        """F5: accepted, resolved and handed over at once, without a slip."""
        await saving.save(self, hand_over_now=True)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys in force; the footer shows those of the page, because all of them find no room."""
        return {
            key: active if active.node is self or active.binding.id == binding_id("palette") else _unshown(active)
            for key, active in super().active_bindings.items()
        }

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a certification is handed over at the counter; elsewhere F5 leads to the returns."""
        if action == "hand_over":
            return self.procedure is not None and self.procedure.counts_pages
        return super().check_action(action, parameters)

    async def action_park(self) -> None:
        """F6: park the page, or bring a parked one back."""
        if self.notice.card is not None:
            await scans.park_for(self, self.notice.card)
        else:
            await parking.park_or_resume(self)

    async def action_same_person(self) -> None:
        """F8: the next dossier of the person served last."""
        await filling.same_person(self)

    async def action_repeat(self) -> None:
        """Ctrl+R: the value of the dossier before; on the due line why then."""
        await details.repeat(self)

    async def action_choices(self) -> None:
        """F4: what does not fit on the page, all procedures, the document in full."""
        if not await details.open_for(self, self.field):
            await super().action_choices()

    async def back(self) -> None:
        """Esc: from the question, a list or the review back to the page, then to the workplace before."""
        if self.notice.card is not None:
            scans.ignore(self)
        elif self.field == "choices":
            self.aim(self.offers.field or "procedure")
        elif self.offers.field == self.field and self.offers.kind in ("people", "units"):
            self.offers.clear()
            self.lay_out(self.field)
        elif self.reviews:
            self.aim("fee" if self.procedure is not None else "procedure")
        else:
            await super().back()

    async def on_scan(self, scan: Scan) -> None:
        """A card, a slip, a badge during an intake (decisions, 4)."""
        if not await scans.taken(self, scan):
            await super().on_scan(scan)

    def say(self, error: DeskError, field: Widget | None = None) -> None:
        """Say what went wrong and mark the field it speaks of."""
        if field is not None:
            self.aim(field.id or "")
            self.page.mark(frozenset({field.id or ""}))
        super().say(error, field)

    # What widgets tell

    @on(DeskInput.Changed)
    def _typed(self, event: DeskInput.Changed) -> None:
        field = event.field.id or ""
        self.unkept()
        event.field.mark(False)
        if not event.field.has_focus:
            return
        if field in BESIDE_A_LIST:
            choosing.look(self, field)
        if field in _CHANGES_THE_OUTLOOK:
            self.read(self.look_ahead_late(), "outlook")
        if field == "fee":
            saving.show_ground(self)

    @on(Picker.Changed)
    def _picked(self, event: Picker.Changed) -> None:
        self.unkept()
        if event.picker.id in _CHANGES_THE_OUTLOOK:
            self.read(self.look_ahead_late(), "outlook")
        if event.picker.id == "channel" and event.picker.has_focus:
            self.act(lambda: choosing.another_channel(self))

    @on(Documents.Counted)
    def _counted(self) -> None:
        self.unkept()
        saving.show_reason(self)

    @on(Rows.Moved, "#documents")
    def _document_reached(self) -> None:
        self.show_document()

    @on(Notice.Answered)
    def _card_answered(self, event: Notice.Answered) -> None:
        self.act(lambda: scans.as_proxy(self))


def _unshown(active: ActiveBinding) -> ActiveBinding:
    return active._replace(binding=replace(active.binding, show=False))
