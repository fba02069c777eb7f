"""The people this desk knows from earlier dossiers, offered so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple, cast

from desk.cases import people
from desk.cases.context import Context
from desk.rules.dossier import Status
from desk.rules.people.person import Person
from desk.text import clean_line, fold
from storage.projections.search import plain
from storage.queries import dossiers
from storage.queries import people as asked
from storage.store import Session
from storage.tables.projected import DossierRow

ROLES: Final = (*people.NAMED, "receiver")
LEAST_TAIL: Final = 6
"""Digits from which on the end of a number names somebody."""
RECENT: Final = timedelta(days=30)
"""A dossier of the same name or phone within this time may be the same (desk-ux, 3)."""
_LOOKED_AT = 60
_KINDS: Final = ("original", "certified_copy", "copy", "electronic_copy")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody from earlier dossiers with the newest data of each kind."""

    person: Person
    last_at: datetime | None
    """When the newest dossier with this person was received."""
    alias: str
    """The procedure of that dossier."""
    dossiers: int
    """On how many of the dossiers looked at the person stands."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A dossier that may be the same matter; why: `open` is the same person and procedure, else what agrees."""

    dossier: str
    code: str
    alias: str
    why: Literal["open", "name", "phone"]
    status: Status
    accepted_at: datetime | None


class OnFile(NamedTuple):
    """A paper that a person handed in with an earlier dossier of this office."""

    code: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Reads people out of the dossiers on this machine."""

    context: Context

    def by_number(self, digits: str, limit: int = 9) -> tuple[KnownPerson, ...]:
        """Return the people whose number is or ends in `digits`, newest first; nobody for fewer than LEAST_TAIL."""
        tail = plain(clean_line(digits))
        if len(tail) < LEAST_TAIL:
            return ()
        with self.context.store.reading() as session:
            rows = asked.of_number_tail(session, tail, _LOOKED_AT)
        return self._gathered(rows, lambda person: _number(person).endswith(tail))[:limit]

    def by_name(self, words: str, limit: int = 9) -> tuple[KnownPerson, ...]:
        """Return the people whose name has a beginning of each word, those spelt as typed first, then newest first."""
        folded = fold(words).split()
        if not folded:
            return ()
        with self.context.store.reading() as session:
            rows = asked.of_names(session, folded, _LOOKED_AT)
        found = self._gathered(rows, lambda person: _begins(folded, person.name))
        typed = clean_line(words).casefold()
        return tuple(sorted(found, key=lambda known: typed not in known.person.name.casefold()))[:limit]

    def with_number(self, number: str) -> KnownPerson | None:
        """Return the person with exactly this number, None where he never was here."""
        sought = plain(clean_line(number))
        return next((known for known in self.by_number(sought) if _number(known.person) == sought), None)

    def completed(self, person: Person) -> tuple[Person, bool]:
        """Return `person` with what earlier dossiers know besides, and whether he was here before."""
        known = self.with_number(person.personal_id or person.tax_code)
        return (filled(person, known.person), True) if known is not None else (person, False)

    def on_file(self, number: str) -> dict[str, OnFile]:
        """Return the papers that the person with `number` handed in before, by their folded names; the newest of each.

        Forms are left out: they are filled in anew for each dossier.
        """
        found: dict[str, OnFile] = {}
        with self.context.store.reading() as session:
            rows = _of_number(session, plain(clean_line(number)))
        for row in rows:
            procedure = self.context.reference.of_version(row.catalogue).procedures.get(row.procedure)
            given = {count["seq"] for count in row.documents or () if any(count.get(kind) for kind in _KINDS)}
            if procedure is None or row.accepted_at is None or not row.status:
                continue
            for document in procedure.documents:
                if document.seq in given and document.form != "form":
                    found.setdefault(fold(document.name_vi), OnFile(row.code or "", row.accepted_at))
        return found

    def of_dossier(self, dossier: str) -> tuple[Person, Person | None]:
        """Return the owner of a dossier and who filed for him, None where he came himself."""
        with self.context.store.reading() as session:
            row = dossiers.by_id(session, dossier)
        everyone = (row.people or {}) if row is not None else {}
        return people.read(everyone.get("owner")) or Person(""), people.read(everyone.get("submitter"))

    def alike(self, person: Person, procedure: str = "") -> tuple[Alike, ...]:
        """Return dossiers that may be the same matter as a new one of `person`; they keep nobody from going on.

        First the same number with the same procedure, still open; then the same name or phone within RECENT
        where the numbers do not tell the two apart.
        """
        since = self.context.clock() - RECENT
        number, phone = _number(person), plain(person.phone)
        with self.context.store.reading() as session:
            found = [("open", row) for row in _of_number(session, number) if _is_open(row, procedure)]
            others = [("name", row) for row in _of_name(session, person.name)]
            others += [("phone", row) for row in asked.of_phone(session, phone, _LOOKED_AT)] if phone else []
        found += [(why, row) for why, row in others if _is_recent(row, since) and not _told_apart(row, number)]
        once = {row.id: (why, row) for why, row in reversed(found)}
        return tuple(self._alike(*one) for one in sorted(once.values(), key=_order))

    def _alike(self, why: str, row: DossierRow) -> Alike:
        alias = self.context.reference.alias(row.procedure, row.catalogue)
        kind = cast(Literal["open", "name", "phone"], why)
        return Alike(row.id, row.code or "", alias, kind, cast(Status, row.status), row.accepted_at)

    def _gathered(self, rows: Iterable[DossierRow], wanted: Callable[[Person], bool]) -> tuple[KnownPerson, ...]:
        """Return the wanted people of `rows` (newest first), each once; older rows fill what newer ones lack."""
        found: dict[tuple[object, ...], KnownPerson] = {}
        for row in rows:
            seen: set[tuple[object, ...]] = set()
            for role in ROLES:
                person = people.read((row.people or {}).get(role))
                if person is None or not person.name or not wanted(person) or (key := _key(person)) in seen:
                    continue
                seen.add(key)
                known = found.get(key)
                if known is None:
                    alias = self.context.reference.alias(row.procedure, row.catalogue)
                    found[key] = KnownPerson(person, row.accepted_at or row.filed_at, alias, 1)
                else:
                    found[key] = replace(known, person=filled(known.person, person), dossiers=known.dossiers + 1)
        return tuple(found.values())


def filled(person: Person, older: Person) -> Person:
    """Return `person` with its empty fields taken from `older`."""
    gaps = {spec.name: getattr(older, spec.name) for spec in fields(Person) if not getattr(person, spec.name)}
    return replace(person, **gaps)


def _number(person: Person) -> str:
    return plain(person.personal_id or person.tax_code)


def _key(person: Person) -> tuple[object, ...]:
    number = _number(person)
    return (number,) if number else (fold(person.name), _day(person.born_on), plain(person.phone))


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _begins(words: list[str], name: str) -> bool:
    parts = fold(name).split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _of_number(session: Session, number: str) -> list[DossierRow]:
    return dossiers.of_person(session, number, _LOOKED_AT) if number else []


def _of_name(session: Session, name: str) -> list[DossierRow]:
    folded = fold(name)
    if len(folded.split()) < 2:
        return []
    return [row for row in asked.of_names(session, folded.split(), _LOOKED_AT) if row.owner_folded == folded]


def _is_open(row: DossierRow, procedure: str) -> bool:
    return row.status in dossiers.OPEN and bool(procedure) and row.procedure == procedure


def _is_recent(row: DossierRow, since: datetime) -> bool:
    received = row.accepted_at or row.filed_at
    return bool(row.status) and row.status != "refused" and received is not None and received >= since


def _told_apart(row: DossierRow, number: str) -> bool:
    """Return whether the owner's number is known and another one, or is this one (then the matter is known as his)."""
    owner = people.read((row.people or {}).get("owner"))
    return bool(number) and owner is not None and bool(_number(owner))


def _order(one: tuple[str, DossierRow]) -> tuple[int, float]:
    why, row = one
    received = row.accepted_at or row.filed_at
    return ("open", "name", "phone").index(why), -(received.timestamp() if received is not None else 0.0)
