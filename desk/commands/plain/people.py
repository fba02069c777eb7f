"""The citizen in the plain talk: scanned, known from earlier dossiers, or asked for piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.cases.services import Services
from desk.clock import office_day
from desk.commands.plain.talk import Talk
from desk.rules.cards import Card
from desk.rules.people.checks import check_person, cleaned_person, day_of
from desk.rules.people.numbers import bare_number, identity_kind, personal_number
from desk.rules.people.person import Person
from desk.rules.scans import CardScan, classify
from desk.words import _

_LEAST_TAIL = 4
"""Digits from which on the end of a number names somebody."""
_LEAST_NUMBER = 7
"""Fewer digits are only the end of a number, never somebody's whole."""


def asked_person(talk: Talk, services: Services, first: str = "") -> Person:
    """Return the owner of a new dossier; `first` is a card that was scanned before.

    What is known already is shown and not asked again; what the rules refuse of a person is told and asked again.
    """
    person = None
    while person is None:
        person, first = _who(talk, services, first), ""
    if said := person_said(person):
        talk.say(f"  {said}")
    missing = (not person.name, not number_of(person), person.born_on is None, not person.address, not person.phone)
    return _asked(talk, services, person, missing)


def corrected_person(talk: Talk, services: Services, person: Person) -> Person:
    """Return `person` with every answer given once more; Enter keeps what stands there."""
    return _asked(talk, services, person, (True,) * len(_QUESTIONS))


def person_said(person: Person) -> str:
    """Return what is known of a person as one line."""
    return ", ".join(filter(None, (person.name, number_of(person), _day(person), person.address, person.phone)))


def number_of(person: Person) -> str:
    """Return the number by which a person is told apart."""
    return person.personal_id or person.tax_code


def _asked(talk: Talk, services: Services, person: Person, wanted: tuple[bool, ...]) -> Person:
    """Return `person` with the wanted questions answered."""
    today = office_day(services.context.clock())
    for is_wanted, (question, proposal, read) in zip(wanted, _QUESTIONS, strict=True):
        if not is_wanted:
            continue

        def told(answer: str, before: Person = person, read: Callable[[str], dict[str, Any]] = read) -> Person:
            after = cleaned_person(replace(before, **read(answer)))
            if after.name or "name" in read(answer):
                check_person(after, today)
            return after

        person = talk.ask_as(question(), told, proposal(person), _("Such as 15/05/1990 or 15051990."))
    return person


def _who(talk: Talk, services: Services, first: str) -> Person | None:
    """Return the person whom one answer names, None to ask again."""
    answer = first or talk.ask(_("Who? Scan the card, or type the number, its last six digits, or the name"))
    scan = classify(answer)
    if isinstance(scan, CardScan):
        return services.people.completed(_of_card(scan.card))[0]
    number = bare_number(answer)
    by_number = number.isdigit() or identity_kind(number) is not None
    if by_number:
        known = services.people.by_number(number) if len(number) >= _LEAST_TAIL else ()
    else:
        known = services.people.by_name(answer)
    if known:
        lines = [f"{one.person.name}  …{number_of(one.person)[-4:]}  {one.alias}" for one in known]
        place = talk.choose(_("Which one?"), [*lines, _("somebody else")], 0)
        if place < len(known):
            return known[place].person
    if not by_number:
        return Person(answer) if answer else None
    if len(number) < _LEAST_NUMBER:
        talk.say(_("Nobody known here has a number that ends so."))
        return None
    found = personal_number(number)
    return Person("", personal_id=number, sex=found.sex if found is not None else "")


def _of_card(card: Card) -> Person:
    return Person(card.name, personal_id=card.personal_id, born_on=card.born_on, sex=card.sex, address=card.residence)


def _day(person: Person) -> str:
    return f"{person.born_on:%d/%m/%Y}" if person.born_on is not None else ""


_QUESTIONS: tuple[tuple[Callable[[], str], Callable[[Person], str], Callable[[str], dict[str, Any]]], ...] = (
    (lambda: _("Full name"), lambda one: one.name, lambda text: {"name": text}),
    (
        lambda: _("Number of the identity card (Enter for none)"),
        lambda one: one.personal_id,
        lambda text: {"personal_id": text},
    ),
    (
        lambda: _("Born on (Enter if not known)"),
        _day,
        lambda text: {"born_on": day_of(text) if text else None},
    ),
    (lambda: _("Address"), lambda one: one.address, lambda text: {"address": text}),
    (lambda: _("Telephone (Enter for none)"), lambda one: one.phone, lambda text: {"phone": text}),
)
"""What is asked of a person, in the order of the screens: the question, what stands there, what the answer changes."""
