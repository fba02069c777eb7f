"""Invented people of a commune: their numbers, addresses, phones, and what their card says.

Numbers and phones have the right form and belong to nobody: the last six digits of a personal number are
980000 or more, which a province's register of one year does not reach, and no operator has 050, 051 or 054.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desk.rules.invented.dice import Dice, Wheel, happens
from desk.rules.invented.names import child_name, invented_name, name_from_abroad
from desk.rules.people.numbers import has_tax_check
from desk.rules.people.person import Person, Sex
from desk.rules.reference.units import Unit
from desk.text import fold

PROVINCE = "022"
"""Quảng Ninh in personal numbers (domain, 6)."""

_SERIALS = (980_000, 1_000_000)
_NO_OPERATOR = ("050", "051", "054")
_AT_HOME = 0.72
_COMES_AGAIN = 0.12
_REMEMBERED = 300
_AGES = Wheel((((16, 20), 6.0), ((20, 35), 34.0), ((35, 50), 30.0), ((50, 65), 20.0), ((65, 93), 10.0)))
_TRADES = ("Thương mại", "Dịch vụ", "Vận tải", "Xây dựng", "Du lịch", "Thủy sản", "Xuất nhập khẩu", "Nông sản")
_HOUSES = ("Hải Yến", "Bình Minh", "Tiên Yên Xanh", "Hương Biển", "Sao Đêm", "Đại Phát", "An Khang", "Vịnh Ngọc")


@dataclass
class Population:
    """The people who come to one unit's counter; it remembers them, so that some come again.

    home: the unit itself; neighbours: the other units of the province.
    """

    dice: Dice
    home: Unit
    neighbours: Sequence[Unit]
    _numbers: set[str] = field(default_factory=set)
    _seen: list[Person] = field(default_factory=list)

    def visitor(self, day: date) -> Person:
        """Return a grown-up who comes on `day`: mostly a new face, sometimes one seen before."""
        if self._seen and happens(self.dice, _COMES_AGAIN):
            return self.dice.choice(self._seen)
        person = self.grown_up(day)
        self._seen.append(person)
        del self._seen[:-_REMEMBERED]
        return person

    def grown_up(self, day: date, ages: tuple[int, int] = (16, 93)) -> Person:
        """Return a new person whose age on `day` is from the first of `ages` to below the second."""
        youngest, oldest = _AGES.spin(self.dice)
        youngest, oldest = max(youngest, ages[0]), min(oldest, ages[1])
        if youngest >= oldest:
            youngest, oldest = ages
        sex: Sex = "female" if happens(self.dice, 0.52) else "male"
        born_on = self._born(day, youngest, oldest)
        unit = self._unit()
        name = invented_name(self.dice, sex, in_town=unit.type_vi == "phường")
        age = (day - born_on).days // 365
        return Person(
            name=name,
            personal_id=self._number(born_on, sex),
            born_on=born_on,
            sex=sex,
            phone=self._phone() if happens(self.dice, 0.55 if age > 70 else 0.94) else "",
            email=self._email(name) if age < 50 and happens(self.dice, 0.1) else "",
            address=self._address(unit),
        )

    def child_of(self, parent: Person, day: date, days_old: int) -> Person:
        """Return a child of `parent`, at most `days_old` days old on `day`; it has no number yet."""
        sex: Sex = "female" if happens(self.dice, 0.48) else "male"
        return Person(
            name=child_name(self.dice, parent.name.split()[0], sex),
            born_on=day - timedelta(days=self.dice.randrange(1, days_old)),
            sex=sex,
            address=parent.address,
        )

    def from_abroad(self, day: date) -> Person:
        """Return somebody from across the border, with a passport."""
        return Person(
            name=name_from_abroad(self.dice),
            personal_id=f"E{self.dice.randrange(10_000_000, 100_000_000)}",
            born_on=self._born(day, 22, 55),
            sex=self.dice.choice(("male", "female")),
            nationality="Trung Quốc",
        )

    def household_of(self, owner: Person) -> Person:
        """Return the household business of `owner`; his personal number is its tax code (domain, 6)."""
        name = f"Hộ kinh doanh {owner.name}"
        return replace(owner, name=name, kind="household_business", tax_code=owner.personal_id, sex="", born_on=None)

    def enterprise(self) -> Person:
        """Return a company with a tax code whose check digit fits."""
        unit = self._unit()
        name = f"Công ty TNHH {self.dice.choice(_TRADES)} {self.dice.choice(_HOUSES)}"
        return Person(
            name=name, kind="enterprise", tax_code=self._tax_code(), phone=self._phone(), address=self._address(unit)
        )

    def _born(self, day: date, youngest: int, oldest: int) -> date:
        return day - timedelta(days=self.dice.randrange(youngest * 365 + 6, oldest * 365 + 6))

    def _unit(self) -> Unit:
        if happens(self.dice, _AT_HOME) or not self.neighbours:
            return self.home
        return self.dice.choice(self.neighbours)

    def _number(self, born_on: date, sex: Sex) -> str:
        century = (born_on.year // 100 - 19) * 2 + (sex == "female")
        while True:
            number = f"{PROVINCE}{century}{born_on.year % 100:02d}{self.dice.randrange(*_SERIALS):06d}"
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _phone(self) -> str:
        return f"{self.dice.choice(_NO_OPERATOR)}{self.dice.randrange(0, 10_000_000):07d}"

    def _email(self, name: str) -> str:
        words = fold(name).replace("'", "").split()
        return f"{words[-1]}.{words[0]}{self.dice.randrange(1, 100)}@example.com"

    def _address(self, unit: Unit) -> str:
        if unit.type_vi == "phường":
            place = f"Tổ {self.dice.randrange(1, 16)}, khu {self.dice.randrange(1, 12)}"
        else:
            place = f"Thôn {self.dice.randrange(1, 13)}"
        return f"{place}, {place_name(unit)}, tỉnh Quảng Ninh"

    def _tax_code(self) -> str:
        while True:
            nine = f"57{self.dice.randrange(0, 10_000_000):07d}"
            fitting = [f"{nine}{digit}" for digit in range(10) if has_tax_check(f"{nine}{digit}")]
            if fitting:
                return fitting[0]


def place_name(unit: Unit) -> str:
    """Return a unit's name as it stands within an address: `phường Móng Cái 2`."""
    return unit.name_vi[:1].lower() + unit.name_vi[1:]


def card_text(person: Person, issued_on: date, old_number: str = "") -> str:
    """Return what a scanner types for the QR code of the person's card (domain, 6).

    person: an individual with a personal number and a birth date; old_number: nine digits or "".
    Raises ValueError for somebody who has no such card.
    """
    if person.born_on is None or len(person.personal_id) != 12:
        raise ValueError("no card without a personal number and a birth date")
    sex = "Nữ" if person.sex == "female" else "Nam"
    return "|".join(
        (
            person.personal_id,
            old_number,
            person.name,
            f"{person.born_on:%d%m%Y}",
            sex,
            person.address,
            f"{issued_on:%d%m%Y}",
        )
    )
