"""What a line of the list in the middle does, and when a digit or Enter takes one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.worker import WorkerCancelled, WorkerFailed

from desk.errors.intake import NothingCalledSo, ProcedureNeeded
from desk.rules.dossier import Channel, Procedure
from desk.rules.people.numbers import bare_number, identity_kind
from desk.rules.terms import cases_of, written_term
from desk.text import clean_line
from desk.words import N_, _
from screens import phrases
from screens.dialogs.choose import Choice, Choose
from screens.intake import filling
from screens.intake.fields import ChoosingField
from screens.intake.lines import time_words
from screens.intake.sheet import PERSON_FIELDS, with_person
from screens.widgets.desk_input import DeskInput
from screens.widgets.documents import Documents
from screens.widgets.rows import Column, Rows

if TYPE_CHECKING:
    from screens.intake.held import HeldPage

_OF_THE_PROCEDURE = ("pages", "copies", "documents", "reason", "fee", "ground")


def look(screen: HeldPage, field: str) -> None:
    """Offer what fits the text that a field holds now."""
    text = screen.page.of(field, DeskInput).value
    if field == "procedure":
        if screen.procedure is not None:
            if text == screen.procedure.alias:
                return
            _unchoose(screen)
        screen.offers.offer_procedures(text)
    elif field == "address":
        screen.offers.offer_units(text)
    else:
        screen.looking = screen.read(_find_people(screen, field, text), "people")
        return
    screen.lay_out(field)


async def _find_people(screen: HeldPage, field: str, text: str) -> None:
    found = await screen.offers.find_people(field, text)
    if screen.field == field:  # else the answer came too late
        screen.offers.offer_people(field, found)
        screen.lay_out(field)


async def _looked(screen: HeldPage) -> None:
    """Wait until the list shows what fits the last letter."""
    if screen.looking is not None:
        try:
            await screen.looking.wait()
        except (WorkerCancelled, WorkerFailed):
            return


def hold_keys(screen: HeldPage) -> None:
    """Let the fields know whether a digit may choose, so that a scan's first digit does not."""
    for field in ("number", "name", "procedure"):
        shown = screen.offers.field == field and field != "number"
        screen.page.of(field, ChoosingField).is_listed = shown


async def by_digit(screen: HeldPage, digit: str) -> bool:
    """Take the line that a digit typed beside the list means; return whether it means one.

    In the field of the procedure a digit is typed where it goes on with a word that finds something (`kt3`),
    or where the text is a code (begun with a blank); in a name where nobody is offered.
    """
    field, index = screen.field, int(digit) - 1
    if field == "procedure":
        text = screen.page.typed("procedure")
        if text and (not text[0].isalpha() or screen.offers.search(text + digit)):
            return False
    elif field == "name":
        await _looked(screen)
    else:
        return False
    if screen.offers.field != field or index >= len(screen.offers):
        return False
    await take(screen, index)
    return True


async def by_enter(screen: HeldPage, field: str) -> bool:
    """Take what Enter takes from the list; return False where Enter only leaves the field."""
    cursor = screen.page.of("choices", Rows).cursor
    if field == "choices":
        if cursor is not None:
            await take(screen, cursor)
        return True
    if field == "number":
        return await _person_by_number(screen)
    if field == "name":
        await _looked(screen)
    is_beside = screen.offers.field == field and cursor is not None and len(screen.offers) > 0
    if field == "procedure":
        return await _procedure_by_enter(screen, cursor if is_beside else None)
    if is_beside and (field == "address" or screen.offers.is_steered):
        await take(screen, cursor or 0)
        return True
    return False


async def _person_by_number(screen: HeldPage) -> bool:
    """Take the one person that the number names; let the officer choose among several."""
    typed = clean_line(screen.page.typed("number"))
    if not typed or (screen.rest.is_known and typed == screen.rest.number):
        return False
    steered, cursor = screen.offers.is_steered, screen.page.of("choices", Rows).cursor
    await _looked(screen)
    if not steered:
        screen.offers.offer_people("number", await screen.offers.find_people("number", typed))
        screen.lay_out("number")
    numbers = [bare_number(one.person.personal_id or one.person.tax_code) for one in screen.offers.people]
    bare = bare_number(typed)
    if not numbers or (bare not in numbers and not steered and identity_kind(bare) is not None and len(bare) >= 9):
        return False  # a whole number that nobody known has
    if steered or bare in numbers or len(numbers) == 1:
        await take(screen, cursor or 0 if steered else numbers.index(bare) if bare in numbers else 0)
        return True
    screen.page.of("choices", Rows).can_focus = True
    screen.set_focus(screen.page.of("choices", Rows))
    screen.tell(N_("Several people: a digit or Enter takes one, Esc goes back."))
    return True


async def _procedure_by_enter(screen: HeldPage, cursor: int | None) -> bool:
    text = screen.page.typed("procedure")
    if screen.procedure is not None and not text and not screen.offers.is_steered:
        return False
    if cursor is not None and (text.strip() or screen.offers.is_steered):
        await take(screen, cursor)
    else:
        screen.say(NothingCalledSo() if text.strip() else ProcedureNeeded(), screen.page.of("procedure", DeskInput))
    return True


async def take(screen: HeldPage, index: int) -> None:
    """Take line `index` of the list and go on."""
    offers = screen.offers
    screen.page.of("choices", Rows).can_focus = False
    screen.hush()  # a digit is a letter to the queue, which leaves what the line says about the field
    if offers.kind == "people":
        known = offers.people[index]
        offers.clear()
        screen.change(with_person(screen.sheet, known.person, is_known=True))
        screen.seen.update(PERSON_FIELDS)
        filling.look_for_alike(screen)
        screen.show_hints()
        await screen.onward()
    elif offers.kind == "procedures":
        await choose_procedure(screen, offers.procedures[index])
    elif offers.kind == "units":
        _put_ward(screen, offers.address_in(offers.units[index]))


def _put_ward(screen: HeldPage, ward: str) -> None:
    """Put the ward behind the cursor: house and street are typed before it."""
    screen.offers.clear()
    field = screen.page.of("address", DeskInput)
    field.value = ward
    field.line.move(0)
    field.repaint_from(0)
    screen.lay_out("address")
    screen.unkept()


async def choose_procedure(screen: HeldPage, procedure: Procedure) -> None:
    """Choose a procedure; what belonged to another one is asked for anew."""
    if screen.procedure is None or screen.procedure.code != procedure.code:
        _unchoose(screen)
    screen.offers.clear()
    screen.procedure = procedure
    screen.page.choose(procedure)
    documents = screen.page.of("documents", Documents)
    if documents.procedure != procedure:
        documents.show_procedure(procedure, None)
    screen.refresh_bindings()
    screen.seen.add("procedure")
    screen.unkept()
    filling.look_for_alike(screen)
    await _ask_case(screen, procedure)
    await screen.onward()


async def _ask_case(screen: HeldPage, procedure: Procedure) -> None:
    """Ask which case it is where the procedure's time depends on it; Esc leaves the catalogue's own time."""
    cases = cases_of(procedure, screen.sheet.channel)
    if not cases:
        return
    columns = (Column(N_("Case")), Column(N_("Statutory time"), 24))
    rows = [(case.id if case.id != written_term(case.term) else "–", time_words(case.term)) for case in cases]
    at = await screen.ask(Choose, Choice(N_("Which case? Its time depends on it."), columns, rows))
    if at is not None:
        screen.rest = replace(screen.rest, case=cases[at].id)
        screen.unkept()


async def another_channel(screen: HeldPage) -> None:
    """Say that the chosen case has no time through the channel that was picked; back there it holds again."""
    sheet, procedure = screen.sheet, screen.procedure
    if procedure is not None and sheet.case and not _holds(sheet.case, procedure, sheet.channel):
        said = N_("The case “{case}” does not exist {channel}: the due date follows the procedure's own time now.")
        screen.tell(said, case=sheet.case, channel=_(phrases.CHANNELS[sheet.channel]))


async def case_of_channel(screen: HeldPage) -> None:
    """Ask for the case anew where the channel has other ones than the one that was chosen."""
    sheet, procedure = screen.sheet, screen.procedure
    if procedure is not None and sheet.case and not _holds(sheet.case, procedure, sheet.channel):
        await _ask_case(screen, procedure)


def _holds(case: str, procedure: Procedure, channel: Channel) -> bool:
    return any(one.id == case for one in cases_of(procedure, channel))


def _unchoose(screen: HeldPage) -> None:
    """Take back what belongs to the procedure that was chosen; what is typed in its field stays."""
    screen.procedure = None
    screen.seen.difference_update(_OF_THE_PROCEDURE)
    for field in ("pages", "copies", "reason", "fee", "ground"):
        screen.page.of(field, DeskInput).value = ""
    screen.rest = replace(screen.rest, procedure="", case="", counts=None)
    screen.page.forget_procedure()
    screen.outlook = None
    screen.show_outlook()
    screen.refresh_bindings()
