"""What invented citizens file: which procedure, who for whom, through which channel, with what sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk.clock import office_day
from desk.rules.dossier import Channel, DocumentCount, IntakeForm, Procedure
from desk.rules.invented.dice import Dice, Wheel, happens
from desk.rules.invented.people import Population
from desk.rules.people.person import Person
from desk.rules.reference.units import Unit, search_units

CERTIFICATION_FIELD = "CT"
LAND_FIELDS = frozenset({"DD", "BD"})

_FREQUENCY = {"very_high": 40.0, "high": 12.0, "medium": 4.0, "low": 1.0, "": 1.0}
_COPIES_FIRST = 3.0
"""Certified copies are three quarters and more of all certifications (domain, 10: most frequent)."""
_ONLINE, _POST = 0.6, 0.03
_PROXY = 0.05
_ELSEWHERE = 0.2
"""No-boundary: the competent unit is another one's (domain, 4.4)."""
_EXEMPT = 0.12
_EXEMPT_GROUNDS = ("Hộ nghèo", "Người khuyết tật", "Người có công với cách mạng", "Người cao tuổi")
_SUMS_DONG = (5_000, 8_000, 15_000, 20_000, 50_000, 75_000, 100_000)
_PAGES = Wheel((((1, 2), 45.0), ((2, 3), 25.0), ((3, 6), 20.0), ((6, 31), 10.0)))
_COPIES = Wheel((((1, 2), 25.0), ((2, 4), 50.0), ((4, 11), 25.0)))
_OFFICES = {
    "phong-kinh-te": frozenset({"DD", "BD", "XD", "HKD", "QH", "HTKT", "DB", "TT", "TS", "NLTS", "TNN"}),
    "phong-van-hoa-xa-hoi": frozenset({"BTXH", "NCC", "GN", "CN"}),
}
_OTHER_OFFICE = "van-phong-hdnd-ubnd"
_BIRTHS = frozenset({"1.001193", "1.000110", "2.000528"})
_AGES = (("khai sinh", (20, 44)), ("kết hôn", (20, 46)), ("thai sản", (20, 42)), ("hưu trí xã hội", (75, 93)))
"""Who asks for it, where the procedure tells."""
_PROXY_AGES = (18, 70)
_WITH_FOREIGNERS = ("nước ngoài", "biên giới")
_ENTERPRISES = frozenset({"1.012753", "2.001583", "2.001610"})


@dataclass(frozen=True, slots=True)
class Wheels:
    """Which procedure is asked for, certifications and all others apart."""

    certifications: Wheel[Procedure]
    others: Wheel[Procedure]

    @classmethod
    def of(cls, procedures: Sequence[Procedure]) -> Wheels:
        """Return the wheels of a catalogue, turned by the expected frequency."""
        certifications = [one for one in procedures if one.field_code == CERTIFICATION_FIELD]
        others = [one for one in procedures if one.field_code != CERTIFICATION_FIELD]
        return cls(
            Wheel([(one, _weight(one)) for one in certifications]), Wheel([(one, _weight(one)) for one in others])
        )


def _weight(procedure: Procedure) -> float:
    return _FREQUENCY[procedure.expected_frequency] * (_COPIES_FIRST if procedure.certification == "copy" else 1)


def holders_by_procedure(
    procedures: Sequence[Procedure], units: Sequence[Unit], on: date
) -> Mapping[str, tuple[str, ...]]:
    """Return by procedure code the ids of the bodies that work on it, as far as `units` knows them."""
    known = {unit.id for unit in units}
    return {one.code: _holders(one, units, known, on) for one in procedures}


def _holders(procedure: Procedure, units: Sequence[Unit], known: set[str], on: date) -> tuple[str, ...]:
    names = [name.strip() for name in procedure.routed_to.split(";") if name.strip()]
    found = [hits[0].unit.id for name in names if (hits := search_units(units, name, on))]
    office = next((id for id, fields in _OFFICES.items() if procedure.field_code in fields), _OTHER_OFFICE)
    return tuple(found[:2]) or ((office,) if office in known else ())


@dataclass
class Filing:
    """Writes the intake forms of one unit's visitors.

    neighbours: the other units of the province; agency_code: heads the codes of the portal.
    """

    dice: Dice
    people: Population
    neighbours: Sequence[Unit]
    agency_code: str
    _portal_serial: int = 100

    def channel_of(self, procedure: Procedure) -> Channel:
        """Return how this one comes: most online where that is possible, certifications at the counter."""
        wanted: Channel = "counter"
        roll = self.dice.random()
        if procedure.field_code != CERTIFICATION_FIELD or happens(self.dice, 0.05):
            wanted = "online" if roll < _ONLINE else "post" if roll < _ONLINE + _POST else "counter"
        return wanted if wanted in procedure.channels else procedure.channels[0]

    def form(self, procedure: Procedure, channel: Channel, at: datetime, filed_at: datetime | None) -> IntakeForm:
        """Return what is filed at `at`; filed_at: when it was filed on the portal, None at the counter."""
        day = office_day(at)
        owner, submitter = self._people(procedure, day)
        fee_dong, ground = self._fee(procedure)
        code = self._portal_code(procedure, filed_at) if filed_at else None
        return IntakeForm(
            procedure=procedure.code,
            owner=owner,
            channel=channel,
            submitter=submitter,
            proxy=self._proxy(procedure, submitter, channel, day),
            documents=self._documents(procedure) if channel == "online" else None,
            code=code,
            filed_at=filed_at,
            fee_dong=fee_dong,
            fee_ground=ground,
            competent_unit=self._competent(procedure),
            pages=self.dice.randrange(*_PAGES.spin(self.dice)) if procedure.counts_pages else None,
            copies=self.dice.randrange(*_COPIES.spin(self.dice)) if procedure.counts_pages else None,
        )

    def _people(self, procedure: Procedure, day: date) -> tuple[Person, Person | None]:
        """Return the owner, and who files where it is another."""
        ages = next((ages for words, ages in _AGES if words in procedure.name_vi.casefold()), None)
        visitor = self.people.grown_up(day, ages) if ages else self.people.visitor(day)
        if procedure.code in _BIRTHS:
            return self.people.child_of(visitor, day, 60), visitor
        if procedure.field_code == "HKD":
            return self.people.household_of(visitor), visitor
        if procedure.code in _ENTERPRISES or (procedure.field_code == "BD" and happens(self.dice, 0.3)):
            return self.people.enterprise(), visitor
        abroad = procedure.field_code == "HT" and any(words in procedure.name_vi for words in _WITH_FOREIGNERS)
        if abroad and happens(self.dice, 0.5):
            return self.people.from_abroad(day), visitor
        return visitor, None

    def _proxy(self, procedure: Procedure, submitter: Person | None, channel: Channel, day: date) -> Person | None:
        """Return a proxy now and then; nobody marries or signs by one (domain, 6)."""
        alone = submitter is None and channel == "counter" and procedure.field_code not in ("HT", CERTIFICATION_FIELD)
        return self.people.grown_up(day, _PROXY_AGES) if alone and happens(self.dice, _PROXY) else None

    def _documents(self, procedure: Procedure) -> tuple[DocumentCount, ...] | None:
        """Return every required document as an electronic copy, as the portal hands it over."""
        counts = tuple(DocumentCount(one.seq, electronic_copy=1) for one in procedure.documents if one.required)
        return counts or None

    def _fee(self, procedure: Procedure) -> tuple[int | None, str]:
        """Return what the officer types for a sum that the province sets."""
        if procedure.fee_dong is not None:
            return None, ""
        if happens(self.dice, _EXEMPT):
            return 0, self.dice.choice(_EXEMPT_GROUNDS)
        return self.dice.choice(_SUMS_DONG), ""

    def _competent(self, procedure: Procedure) -> str:
        local = not procedure.routed_to and procedure.field_code != CERTIFICATION_FIELD
        if local and self.neighbours and happens(self.dice, _ELSEWHERE):
            return self.dice.choice(self.neighbours).id
        return ""

    def _portal_code(self, procedure: Procedure, filed_at: datetime) -> str:
        """Return the portal's code: a serial of seven digits headed by two of the ministry (domain, 3)."""
        self._portal_serial += self.dice.randrange(1, 40)
        ministry = procedure.sector_code[-2:] or "15"
        day = office_day(filed_at)
        return f"{self.agency_code}-{day:%y%m%d}-{ministry}{self._portal_serial % 100_000:05d}"
