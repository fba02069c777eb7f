"""From the page as typed to the form that is saved, and every fault with its field. No widget, no database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desk.errors.acts import DocumentsMissing, FeeNeeded, PagesNeeded
from desk.errors.base import DeskError
from desk.errors.intake import CountUnreadable, ProcedureNeeded
from desk.errors.people import (
    BornInFuture,
    BornTooLongAgo,
    DateUnreadable,
    ExemptionWithoutGround,
    IdentityNumberUnreadable,
    TaxCodeUnreadable,
)
from desk.rules.codes import split_check
from desk.rules.dossier import IntakeForm, OtherCode, Procedure
from desk.rules.fee_rows import MOST_COPIES, MOST_PAGES
from desk.rules.money import dong_of
from desk.rules.people.checks import check_person, cleaned_person
from desk.rules.people.numbers import personal_number
from desk.rules.people.person import Person, Sex
from desk.rules.terms import cases_of
from desk.text import clean_line
from screens.widgets.typed_day import day_of

if TYPE_CHECKING:  # the cases load SQL
    from desk.cases.preview import Outlook
    from screens.intake.sheet import Sheet

MOST_SETS = 99
_NUMBER_FAULTS = (IdentityNumberUnreadable, TaxCodeUnreadable)
_BORN_FAULTS = (BornInFuture, BornTooLongAgo)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field (its id on the page)."""

    field: str
    error: DeskError


def born_of(text: str, number: str, today: date) -> date | None:
    """Return the day typed in the field of birth, None for nothing; raises DateUnreadable.

    Where no year is typed it is the one in the personal number, without one this year.
    """
    if not text.strip():
        return None
    said = personal_number(number)
    born = day_of(text, said.birth_year if said is not None else today.year)
    if born is None:
        raise DateUnreadable()
    return born


def owner_of(sheet: Sheet, today: date) -> tuple[Person, tuple[Fault, ...]]:
    """Return the owner that the page names, as stored, and what is wrong; a wrong field is left empty in it."""
    faults: list[Fault] = []
    born: date | None = None
    if sheet.kind == "individual":
        try:
            born = born_of(sheet.born, clean_line(sheet.number), today)
        except DateUnreadable as error:
            faults.append(Fault("born", error))
    alone = sheet.kind == "individual"
    person = cleaned_person(
        Person(
            name=sheet.name,
            kind=sheet.kind,
            personal_id=sheet.number if alone else "",
            tax_code=sheet.tax_code if alone else sheet.number,
            born_on=born,
            sex=_sex(sheet.sex) if alone else "",
            phone=sheet.phone,
            email=sheet.email,
            address=sheet.address,
            nationality=sheet.nationality,
        )
    )
    for _round in range(4):
        try:
            check_person(person, today)
            break
        except DeskError as error:
            fault, person = _blamed(person, error)
            faults.append(fault)
    return person, tuple(faults)


def _blamed(person: Person, error: DeskError) -> tuple[Fault, Person]:
    """Return which field an impossible person is wrong in, and the person without it."""
    if isinstance(error, _NUMBER_FAULTS):
        return Fault("number", error), replace(person, personal_id="", tax_code="")
    if isinstance(error, _BORN_FAULTS):
        return Fault("born", error), replace(person, born_on=None)
    return Fault("name", error), replace(person, name="?A")


def _sex(text: str) -> Sex:
    return "male" if text == "male" else "female" if text == "female" else ""


def form_of(sheet: Sheet, procedure: Procedure | None, today: date) -> tuple[IntakeForm, tuple[Fault, ...]]:
    """Return the form as far as the page can be read, and the faults that no case has to be asked for."""
    owner, faults = owner_of(sheet, today)
    found = list(faults)
    if procedure is None:
        found.append(Fault("procedure", ProcedureNeeded()))
    counts_pages = procedure is not None and procedure.counts_pages
    pages = _count(sheet.pages, "pages", MOST_PAGES, found) if counts_pages else None
    copies = _count(sheet.copies, "copies", MOST_COPIES, found) if counts_pages else None
    fee: int | None = None
    try:
        fee = dong_of(sheet.fee) if sheet.fee.strip() else None
    except DeskError as error:
        found.append(Fault("fee", error))
    form = IntakeForm(
        procedure=procedure.code if procedure is not None else "",
        owner=owner,
        channel=sheet.channel,
        case=_case(sheet, procedure),
        submitter=sheet.submitter,
        proxy=sheet.proxy,
        representative=sheet.representative,
        documents=sheet.counts,
        code=_code(sheet.code, found),
        other_codes=_other_codes(sheet, procedure),
        filed_at=sheet.filed_at,
        assisted_by=sheet.assisted_by,
        fee_dong=fee,
        fee_ground=sheet.ground,
        set_count=_count(sheet.sets, "sets", MOST_SETS, found) or 1,
        summary=sheet.summary,
        pages=pages,
        copies=copies,
        note=sheet.note,
        accept_incomplete=bool(clean_line(sheet.reason)),
        reason=sheet.reason,
    )
    return form, tuple(found)


def faults_of(form: IntakeForm, found: tuple[Fault, ...], outlook: Outlook | None) -> tuple[Fault, ...]:
    """Return all faults in the order of the page: `found` in the page itself and those that `outlook` tells.

    outlook: of the form without the fee that was typed.
    """
    faults = list(found)
    named = {fault.field for fault in found}
    if outlook is not None:
        if outlook.procedure.counts_pages:
            for field, count in (("pages", form.pages), ("copies", form.copies)):
                if count is None and field not in named:
                    faults.append(Fault(field, PagesNeeded()))
        if outlook.missing and not form.accept_incomplete:
            faults.append(Fault("reason", DocumentsMissing(missing="; ".join(outlook.missing))))
        if outlook.asks_fee and form.fee_dong is None and "fee" not in named:
            faults.append(Fault("fee", FeeNeeded()))
        if asks_ground(form.fee_dong, outlook) and not clean_line(form.fee_ground):
            faults.append(Fault("ground", ExemptionWithoutGround()))
    return tuple(sorted(faults, key=lambda fault: ORDER.index(fault.field)))


def asks_ground(fee_dong: int | None, outlook: Outlook) -> bool:
    """Return whether a fee of 0 was typed that is not known to be free: then the ground has to be said."""
    return fee_dong == 0 and outlook.fee_dong != 0


ORDER = (
    "number",
    "name",
    "born",
    "sex",
    "phone",
    "address",
    "procedure",
    "pages",
    "copies",
    "documents",
    "sets",
    "reason",
    "fee",
    "ground",
    "code",
    "other",
    "note",
)
"""The fields in the order in which they stand and are asked for."""


def _count(text: str, field: str, most: int, found: list[Fault]) -> int | None:
    text = clean_line(text)
    if not text:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most:
        return int(text)
    found.append(Fault(field, CountUnreadable(most=most)))
    return None


def _case(sheet: Sheet, procedure: Procedure | None) -> str | None:
    """Return the case that was chosen; one that another channel has is none here: the catalogue's own time holds."""
    cases = cases_of(procedure, sheet.channel) if procedure is not None else ()
    return sheet.case or None if not cases or any(one.id == sheet.case for one in cases) else None


def _code(text: str, found: list[Fault]) -> str | None:
    """Return a code as it is written, None for none and for one that cannot be read."""
    try:
        return split_check(text) if clean_line(text) else None
    except DeskError as error:
        found.append(Fault("code", error))
        return None


def _other_codes(sheet: Sheet, procedure: Procedure | None) -> tuple[OtherCode, ...]:
    code = clean_line(sheet.other)
    system = procedure.specialised_software if procedure is not None else ""
    return (OtherCode(system or "other", code),) if code else ()
