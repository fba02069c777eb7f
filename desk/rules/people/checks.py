"""What does not fit together about a person: warnings that never block, refusals of the impossible."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from desk.errors.people import (
    BornInFuture,
    BornTooLongAgo,
    DateUnreadable,
    IdentityNumberUnreadable,
    NameMissing,
    NameUnreadable,
    TaxCodeUnreadable,
)
from desk.rules.dossier import IntakeForm
from desk.rules.people.names import NAME_LIMIT, has_letters, name_of
from desk.rules.people.numbers import (
    age_on,
    bare_number,
    has_tax_check,
    identity_kind,
    personal_number,
    tax_code_of,
)
from desk.rules.people.person import Person
from desk.rules.people.phones import phone_of
from desk.text import clean_line, fold
from desk.words import N_

Role = Literal["owner", "submitter", "representative", "proxy", "receiver"]

EARLIEST_YEAR = 1850
"""A birth before this year is a slip of the fingers: even registers of the dead do not reach so far."""
OLDEST_AGE = 110
ADULT_AGE = 18
"""Source: Bộ luật Dân sự 2015, article 20 (adult) and 138 (a proxy from 15 on where no law asks for 18)."""
OWN_ACTS_AGE = 15
"""From 15 on a minor may act for himself in most matters (Bộ luật Dân sự 2015, article 21)."""


@dataclass(frozen=True, slots=True)
class PersonWarning:
    """Something to look at again; it never keeps the officer from going on."""

    id: str
    """Stable and untranslated, such as `sex_contradicts`."""
    field: str
    """The field of Person it speaks of."""
    said: str
    """An English sentence, translated where it is shown (`_`); it holds no personal data."""
    role: Role = "owner"


_SAID = {
    "province_unknown": ("personal_id", N_("The first three digits of the personal number name no province.")),
    "birth_year_contradicts": ("born_on", N_("The personal number says another year of birth.")),
    "sex_contradicts": ("sex", N_("The personal number says the other sex.")),
    "old_number": ("personal_id", N_("A number of 9 digits is no longer valid as an identity paper.")),
    "long_passport": ("personal_id", N_("A passport number seldom has more than 9 characters.")),
    "nationality_missing": ("nationality", N_("A foreign passport is given without the nationality.")),
    "very_old": ("born_on", N_("The person would be more than 110 years old.")),
    "minor_files": ("born_on", N_("This person is a child: a parent or guardian files.")),
    "minor_proxy": ("born_on", N_("The proxy is not yet 18 years old.")),
    "minor_representative": ("born_on", N_("The representative is not yet 18 years old.")),
    "child_alone": ("born_on", N_("The owner is a child and nobody is named who files.")),
    "phone_unreadable": ("phone", N_("This is no phone number as they are today.")),
    "email_unreadable": ("email", N_("This is no e-mail address.")),
    "tax_check": ("tax_code", N_("The check digit of the tax code does not fit.")),
    "tax_code_missing": ("tax_code", N_("An enterprise has a tax code; none is given.")),
}


def cleaned_person(person: Person) -> Person:
    """Return `person` as it is stored: cleaned, in NFC, numbers bare, phone in its one form.

    What cannot be read stays as typed and cleaned, for `check_person` to speak of.
    """
    phone = clean_line(person.phone)
    tax_code = clean_line(person.tax_code)
    return replace(
        person,
        name=name_of(person.name),
        personal_id=bare_number(person.personal_id),
        phone=phone_of(phone) or phone,
        email=clean_line(person.email),
        address=clean_line(person.address),
        tax_code=tax_code_of(tax_code) or tax_code,
        nationality=clean_line(person.nationality),
    )


def check_person(person: Person, on: date, role: Role = "owner") -> tuple[PersonWarning, ...]:
    """Return what does not fit together about `person`, in the order of the form's fields.

    person: as `cleaned_person` returns it; on: the office day of the dossier.
    Raises NameMissing, NameUnreadable, IdentityNumberUnreadable, BornInFuture, BornTooLongAgo,
    TaxCodeUnreadable for what no paper can say. A personal number that contradicts the birth date or
    the sex is a warning only: old records hold such errors (domain, 6).
    """
    _refuse_impossible(person, on)
    found = [doubt for check in _CHECKS for doubt in check(person, on, role)]
    return tuple(PersonWarning(doubt, *_SAID[doubt], role) for doubt in found)


def check_people(form: IntakeForm, on: date) -> tuple[PersonWarning, ...]:
    """Return the warnings about everybody of an intake: owner, submitter, representative, proxy.

    Raises as `check_person`.
    """
    found = list(check_person(form.owner, on, "owner"))
    others: tuple[tuple[Person | None, Role], ...] = (
        (form.submitter, "submitter"),
        (form.representative, "representative"),
        (form.proxy, "proxy"),
    )
    for person, role in others:
        if person is not None:
            found += check_person(person, on, role)
    if all(person is None for person, _role in others) and _younger(form.owner, on, OWN_ACTS_AGE):
        found.append(PersonWarning("child_alone", *_SAID["child_alone"]))
    return tuple(found)


def day_of(text: str) -> date:
    """Return the day that `text` names: 15/05/1990, 15-5-1990, 15.05.1990, 15051990 or 1990-05-15.

    Raises DateUnreadable for anything else, such as 31/02/1990.
    """
    cleaned = clean_line(text)
    match = re.fullmatch(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})", cleaned) or re.fullmatch(
        r"([0-9]{2})([0-9]{2})([0-9]{4})", cleaned
    )
    if match is not None:
        day, month, year = (int(part) for part in match.groups())
    else:
        iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", cleaned)
        if iso is None:
            raise DateUnreadable()
        year, month, day = (int(part) for part in iso.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateUnreadable() from error


def _refuse_impossible(person: Person, on: date) -> None:
    if not person.name:
        raise NameMissing()
    if not has_letters(person.name) or len(person.name) > NAME_LIMIT:
        raise NameUnreadable(limit=NAME_LIMIT)
    if person.personal_id and identity_kind(person.personal_id) is None:
        raise IdentityNumberUnreadable()
    if person.born_on is not None and person.born_on > on:
        raise BornInFuture()
    if person.born_on is not None and person.born_on.year < EARLIEST_YEAR:
        raise BornTooLongAgo(year=EARLIEST_YEAR)
    if person.tax_code and tax_code_of(person.tax_code) is None:
        raise TaxCodeUnreadable()


def _of_number(person: Person, on: date, role: Role) -> Iterator[str]:
    said = personal_number(person.personal_id)
    if said is None:
        return
    if not said.place_known:
        yield "province_unknown"
    years = range(EARLIEST_YEAR, on.year + 1) if person.born_on is None else (person.born_on.year,)
    if said.birth_year not in years:
        yield "birth_year_contradicts"
    if person.sex not in ("", said.sex):
        yield "sex_contradicts"


def _of_paper(person: Person, on: date, role: Role) -> Iterator[str]:
    kind = identity_kind(person.personal_id)
    vietnamese = fold(person.nationality) in ("", "viet nam", "vietnam", "vn", "vnm")
    if kind == "old_number" and vietnamese:
        yield "old_number"
    if kind == "foreign_passport":
        if len(person.personal_id) > 9:
            yield "long_passport"
        if not person.nationality:
            yield "nationality_missing"


def _of_age(person: Person, on: date, role: Role) -> Iterator[str]:
    if person.born_on is None:
        return
    if age_on(person.born_on, on) > OLDEST_AGE:
        yield "very_old"
    if role == "submitter" and _younger(person, on, OWN_ACTS_AGE):
        yield "minor_files"
    if role == "proxy" and _younger(person, on, ADULT_AGE):
        yield "minor_proxy"
    if role == "representative" and _younger(person, on, ADULT_AGE):
        yield "minor_representative"


def _of_contact(person: Person, on: date, role: Role) -> Iterator[str]:
    if person.phone and phone_of(person.phone) is None:
        yield "phone_unreadable"
    if person.email and not re.fullmatch(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+", person.email):
        yield "email_unreadable"


def _of_tax(person: Person, on: date, role: Role) -> Iterator[str]:
    if person.tax_code and not has_tax_check(person.tax_code):
        yield "tax_check"
    if person.kind == "enterprise" and not person.tax_code:
        yield "tax_code_missing"


def _younger(person: Person, on: date, age: int) -> bool:
    return person.kind == "individual" and person.born_on is not None and age_on(person.born_on, on) < age


_Check = Callable[[Person, date, Role], Iterator[str]]
_CHECKS: tuple[_Check, ...] = (_of_number, _of_paper, _of_age, _of_contact, _of_tax)
