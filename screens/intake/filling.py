"""The person on the page: completed by what a number says and what is known, compared with earlier dossiers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from desk.errors.base import DeskError
from desk.rules.dossier import IntakeForm
from desk.rules.people.checks import check_people
from desk.rules.people.numbers import bare_number, personal_number
from desk.rules.people.person import Person
from desk.words import N_, _
from screens import phrases
from screens.intake.fields import Picker
from screens.intake.forms import owner_of
from screens.intake.sheet import PERSON_FIELDS, Sheet
from screens.widgets.rows import Rows

if TYPE_CHECKING:
    from desk.cases.known_people import Alike
    from desk.cases.views import DossierLine
    from screens.intake.held import HeldPage

_EARLIER = 30
_ALIKE_SAID = {
    "open": N_("The same person has this procedure open already: {code}"),
    "name": N_("The same name within 30 days: {code} ({alias})"),
    "phone": N_("The same telephone within 30 days: {code} ({alias})"),
}


def complete_from_number(screen: HeldPage, field: str) -> None:
    """Fill in the sex that a personal number says, where none was chosen."""
    if field == "number" and screen.rest.kind == "individual":
        said = personal_number(bare_number(screen.page.typed("number")))
        sex = screen.page.of("sex", Picker)
        if said is not None and not sex.value:
            sex.value = said.sex


def warned(screen: HeldPage, owner: Person) -> tuple[str, ...]:
    """Return what does not fit together about the people, in the officer's language."""
    rest = screen.rest
    form = IntakeForm("", owner, submitter=rest.submitter, proxy=rest.proxy, representative=rest.representative)
    try:
        return tuple(_(one.said) for one in check_people(form, screen.today()))
    except DeskError:
        return ()  # a field is wrong: that is said where it is left and at the review


def look_for_alike(screen: HeldPage) -> None:
    """Look for dossiers that may be the same matter; the answer may come late."""
    screen.read(_find_alike(screen), "alike")


async def _find_alike(screen: HeldPage) -> None:
    owner, _faults = owner_of(screen.sheet, screen.today())
    code = screen.procedure.code if screen.procedure is not None else ""
    services = screen.seat.services
    found = await asyncio.to_thread(services.people.alike, owner, code)
    screen.alike = tuple(alike_words(one) for one in found)
    screen.show_hints()
    number = owner.personal_id or owner.tax_code
    screen.on_file = await asyncio.to_thread(services.people.on_file, number) if number else {}
    screen.show_document()
    earlier = await asyncio.to_thread(services.lookup.find, number, _EARLIER) if number else ()
    screen.page.of("earlier", Rows).show([_earlier_line(one) for one in earlier])


def _earlier_line(one: DossierLine) -> tuple[str, str, str]:
    received = one.accepted_at or one.filed_at
    return one.code.partition("-")[2] or one.code, one.alias, phrases.day(received) if received is not None else ""


def alike_words(one: Alike) -> str:
    """Return a dossier that may be the same matter as a hint."""
    said = _(_ALIKE_SAID[one.why]).format(code=one.code, alias=one.alias)
    day = f", {phrases.day(one.accepted_at)}" if one.accepted_at is not None else ""
    return f"{said}{day}, {phrases.status_words(one.status)}"


async def same_person(screen: HeldPage) -> None:
    """Begin the next dossier of the person served last (F8)."""
    if not screen.sheet.is_blank:
        screen.tell(N_("First save this dossier (F9) or park it (F6)."))
    elif screen.last is None:
        screen.tell(N_("Nobody was served here before."))
    else:
        await begin_with(screen, screen.last)


async def begin_with(screen: HeldPage, sheet: Sheet) -> None:
    """Begin a dossier with the people of `sheet`, all of them known, and nothing else of it."""
    named = {field: getattr(sheet, field) for field in PERSON_FIELDS}
    more = {field: getattr(sheet, field) for field in ("kind", "tax_code", "nationality", "email")}
    people = {field: getattr(sheet, field) for field in ("submitter", "proxy", "representative")}
    screen.change(replace(Sheet(), **named, **more, **people, is_known=True))
    screen.seen.update(PERSON_FIELDS)
    look_for_alike(screen)
    screen.show_hints()
    screen.aim("procedure")
