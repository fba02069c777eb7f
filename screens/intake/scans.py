"""A scan during an intake never replaces a person (decisions, 4)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from desk.rules.cards import Card, person_of
from desk.rules.people.numbers import bare_number
from desk.rules.scans import CardScan, Scan, ShortScan, SlipScan
from desk.text import fold
from desk.words import N_, _
from screens.intake import filling, parking
from screens.intake.sheet import PERSON_FIELDS, Sheet, completed

if TYPE_CHECKING:
    from screens.intake.held import HeldPage

_FIELDS_SAID = {
    "personal_id": N_("personal number"),
    "old_id": N_("old number"),
    "name": N_("name"),
    "born_on": N_("day of birth"),
    "sex": N_("sex"),
    "residence": N_("address"),
    "issued_on": N_("day of issue"),
}


async def taken(screen: HeldPage, scan: Scan) -> bool:
    """Do what a scan does on the page; return False where another workplace takes it."""
    if isinstance(scan, CardScan):
        await card(screen, scan.card)
        return True
    if isinstance(scan, SlipScan | ShortScan):
        await parking.park(screen)
    return False


async def card(screen: HeldPage, scanned: Card) -> None:
    """Fill the empty fields from the card of the person on the page; ask what another one's card is for."""
    if not is_same(screen.sheet, scanned):
        if screen.field != "notice":
            screen.before_question = screen.field
        screen.notice.ask(scanned)
        screen.set_focus(screen.notice)
        return
    forget_question(screen)
    services = screen.seat.services
    person, is_known = await asyncio.to_thread(services.people.completed, person_of(scanned))
    sheet = screen.sheet
    if sheet.number and sheet.number != scanned.personal_id:
        sheet = replace(sheet, number="")  # its tail was typed, or the old number
    screen.change(completed(sheet, person, is_known=is_known))
    screen.doubts = _doubts(scanned)
    filled = screen.sheet
    screen.seen.update(field for field in PERSON_FIELDS if getattr(filled, field))
    filling.look_for_alike(screen)
    screen.show_hints()
    if screen.procedure is None:
        screen.aim("procedure")
    else:
        await screen.onward()


def is_same(sheet: Sheet, scanned: Card) -> bool:
    """Return whether the card may be that of the person on the page: nobody stands there yet, or this one."""
    number = bare_number(sheet.number)
    if not number:
        return not sheet.name or fold(sheet.name) == fold(scanned.name)
    if number in (scanned.personal_id, scanned.old_id):
        return True
    return not sheet.name and scanned.personal_id.endswith(number)


def _doubts(scanned: Card) -> tuple[str, ...]:
    if not scanned.doubts:
        return ()
    fields = ", ".join(_(_FIELDS_SAID[field]) for field in scanned.doubts)
    return (_("The card came damaged; compare with it: {fields}").format(fields=fields),)


def forget_question(screen: HeldPage) -> None:
    """Ask no more what another person's card is for."""
    screen.notice.ask(None)


def ignore(screen: HeldPage) -> None:
    """Esc: the card is put aside, and the cursor is where it was."""
    forget_question(screen)
    screen.aim(screen.before_question or "number")


async def as_proxy(screen: HeldPage) -> None:
    """P: the card is that of the proxy who files for the owner."""
    scanned = screen.notice.card
    if scanned is None:
        return
    screen.change(replace(screen.sheet, proxy=person_of(scanned)))
    screen.doubts = (*screen.doubts, *_doubts(scanned))
    screen.show_hints()
    ignore(screen)
    screen.tell(N_("Proxy: {name}."), name=scanned.name)


async def park_for(screen: HeldPage, scanned: Card) -> None:
    """F6: the page is parked, and the next one begins with the card."""
    await parking.park(screen)
    await card(screen, scanned)
