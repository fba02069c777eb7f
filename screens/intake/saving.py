"""Saving the page: what is wrong with it, the review, the act itself, and the slip after it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from desk.errors.acts import ClockQuestionable
from desk.errors.base import DeskError
from desk.errors.people import NameMissing
from desk.rules.dossier import IntakeForm
from desk.rules.money import written
from desk.words import N_, _
from screens import phrases
from screens.dialogs.confirm import Confirm, Question
from screens.intake.forms import Fault, asks_ground, faults_of, form_of
from screens.intake.review import summary
from screens.printing import tell_beneath
from screens.widgets.desk_input import DeskInput
from screens.widgets.documents import Documents
from screens.widgets.rows import Rows
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.intake import Accepted
    from screens.intake.held import HeldPage


def form_and_faults(screen: HeldPage) -> tuple[IntakeForm, tuple[Fault, ...]]:
    """Return the form that stands on the page, and what is wrong with it."""
    form, found = form_of(screen.sheet, screen.procedure, screen.today())
    return form, faults_of(form, found, screen.outlook)


def is_ground_asked(screen: HeldPage) -> bool:
    """Return whether 0 was typed for a fee that is not known to be free."""
    form, _found = form_of(screen.sheet, screen.procedure, screen.today())
    return screen.outlook is not None and asks_ground(form.fee_dong, screen.outlook)


def show_fee(screen: HeldPage) -> None:
    """Propose the fee that the rules know or that was last given, and say which of them it is."""
    seen, field = screen.outlook, screen.page.of("fee", DeskInput)
    if field.offered or not field.value:
        dong = None if seen is None else seen.proposed_dong if seen.asks_fee else seen.fee_dong
        field.offer("" if dong is None else str(dong))
    basis = screen.page.of("basis", Said)
    if seen is None:
        basis.tell("")
    elif not seen.asks_fee:
        basis.tell("{basis}", basis=seen.procedure.fee_basis_vi)
    elif seen.proposed_dong is None:
        basis.tell(N_("set by the province: type the sum, or 0 where nothing is paid"))
    else:
        basis.tell(N_("as last given here; Enter takes it"))
    show_ground(screen)


def show_ground(screen: HeldPage) -> None:
    """Show the field of the ground where a fee of 0 needs one."""
    asked = is_ground_asked(screen)
    screen.page.query_one("#freeing").display = asked
    screen.page.of("basis", Said).display = not asked
    field = screen.page.of("ground", DeskInput)
    if not asked:
        field.value = ""
    elif not field.value and screen.outlook is not None:
        field.offer(screen.outlook.proposed_ground)


def show_reason(screen: HeldPage) -> None:
    """Show the field of the reason where required documents are missing, with a proposal."""
    missing = screen.page.of("documents", Documents).missing
    screen.page.query_one("#lacking").display = bool(missing)
    field = screen.page.of("reason", DeskInput)
    if not missing:
        field.value = ""
    elif not field.value:
        day = screen.seat.services.context.reference.calendar().next_working_day(screen.today())
        field.offer(_("The citizen brings what is missing by {day}.").format(day=phrases.day(day)))


def may_leave(screen: HeldPage, field: str) -> bool:
    """Say what is wrong with the field that Enter leaves; an empty one is only missed at the review."""
    _form, found = form_of(screen.sheet, screen.procedure, screen.today())
    fault = next((one for one in found if one.field == field), None)
    if fault is None or isinstance(fault.error, NameMissing):
        return True
    go_to(screen, fault)
    return False


def take_proposal(screen: HeldPage, field: str) -> None:
    """Let Enter take what is proposed: a fee that nobody knows, its ground, the reason for what is missing."""
    known = screen.outlook is not None and not screen.outlook.asks_fee
    if field in ("reason", "ground") or (field == "fee" and not known):
        widget = screen.page.of(field, DeskInput)
        widget.value = widget.value
        if field == "fee":
            show_ground(screen)


def go_to(screen: HeldPage, fault: Fault) -> None:
    """Put the cursor into the field that is wrong and say why; of a sum that only waits for a yes, how to give it."""
    field = "reason" if fault.field == "documents" else fault.field
    widget = next(iter(screen.page.query(f"#{field}")), None)
    screen.seen.add(screen.field)
    screen.say(fault.error, widget)
    if field == "fee" and isinstance(widget, DeskInput) and widget.offered:
        screen.tell(N_("Look at the sum that is shown: Enter takes it, or type another one."))


def show_review(screen: HeldPage) -> None:
    """Show what will be saved, or everything that is wrong."""
    form, faults = form_and_faults(screen)
    review = screen.page.of("review", Rows)
    review.numbered = bool(faults)
    if faults:
        lines = [(_("To correct"), _(fault.error.said).format(**fault.error.facts)) for fault in faults]
        review.show(lines, lambda index: "late")
    else:
        hints = [(_("Look again"), hint) for hint in screen.notice.hints]
        lines = [*summary(screen, form), *hints]
        review.show(lines, lambda index: "soon" if index >= len(lines) - len(hints) else "")


async def from_review(screen: HeldPage) -> None:
    """Enter on the review: save and print, or go to what is wrong."""
    _form, faults = form_and_faults(screen)
    cursor = screen.page.of("review", Rows).cursor
    if faults:
        go_to(screen, faults[min(cursor or 0, len(faults) - 1)])
    else:
        await save(screen)


async def save(screen: HeldPage, *, hand_over_now: bool = False) -> None:
    """Save the page and print its slip, or put the cursor on the first fault; nothing is said before it is true."""
    if screen.notice.card is not None:
        screen.tell(N_("First say what the card is for: F6, P or Esc."))
        return
    await screen.look_ahead()
    form, faults = form_and_faults(screen)
    if faults:
        go_to(screen, faults[0])
        screen.page.mark(frozenset(fault.field for fault in faults))
        return
    sheet = screen.sheet
    accepted = await _accepted(screen, form, hand_over_now)
    if accepted is None:
        return
    screen.seat.served += 1
    screen.last, screen.saved = sheet, accepted
    screen.clear()
    screen.aim("number")
    if accepted.book_number:
        said = N_("Saved and handed over as number {number}, fee {fee}: {code}.")
        if not hand_over_now:
            said = N_("Saved as number {number}, fee {fee}: {code}. Due {due}.")
        due = phrases.day(accepted.due.due_at)
        screen.tell_done(said, number=accepted.book_number, code=accepted.code, fee=_fee(accepted), due=due)
    elif hand_over_now:
        screen.tell_done(N_("Saved and handed over: {code}. Fee {fee}."), code=accepted.code, fee=_fee(accepted))
    else:
        said = N_("Saved: {code}. Due {due}. Fee {fee}.") if accepted.fee_dong else N_("Saved: {code}. Due {due}.")
        due = f"{phrases.day(accepted.due.due_at)}"
        screen.tell_done(said, code=accepted.code, due=due, fee=_fee(accepted))
    if accepted.slip_due:
        screen.run_worker(_printed(screen, accepted.dossier), group="slips", exit_on_error=False)


def last_words(screen: HeldPage) -> str:
    """Return what was saved last, by its code alone: the next citizen reads it too."""
    saved = screen.saved
    if saved is None:
        return ""
    return _("Saved last: {code}, due {due}").format(code=saved.code, due=phrases.moment(saved.due.due_at))


def _fee(accepted: Accepted) -> str:
    return written(accepted.fee_dong or 0)


async def _accepted(screen: HeldPage, form: IntakeForm, hand_over_now: bool) -> Accepted | None:
    """Save; where the clock is doubted the officer looks at date and hour first. None: not saved, and said why."""
    services, officer = screen.seat.services, screen.seat.officer
    dossier = screen.keeper.dossier
    for _time in range(2):
        try:
            async with screen.keeper.still():
                return await asyncio.to_thread(
                    services.intake.accept, form, officer, dossier=dossier, hand_over_now=hand_over_now
                )
        except ClockQuestionable as doubt:
            question = N_("The clock of this machine shows {clock}. Are date and hour right?")
            if not await screen.ask(Confirm, Question(question, doubt.facts)):
                screen.say(doubt)
                return None
            await asyncio.to_thread(services.clockwork.confirm, officer)
        except DeskError as error:
            screen.say(error, screen.page.query_one(f"#{field}") if (field := _FIELD_OF.get(error.code)) else None)
            return None
    return None


_FIELD_OF = {"RULE-106": "code", "RULE-103": "procedure"}


async def _printed(screen: HeldPage, dossier: str) -> None:
    """Make the slip and hand it to the printer, beside the officer's next citizen."""
    seat = screen.seat
    async with screen.slips:
        try:
            made = await asyncio.to_thread(seat.services.papers.make, dossier, "slip", seat.officer)
        except DeskError as error:
            tell_beneath(screen.desk, error)
            return
    if made.job:
        seat.press.send(screen.desk, made.job)
