"""Administrative units and the bodies a dossier can go to, with their days of validity.

Statistical codes were used again on 1 July 2025 (06709 was phường Ka Long and is phường Móng Cái 2), so a
code means something only together with a day; every unit has an id of its own that is never used again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from desk.rules.reference.table import FaultList, Row, rows_of, shown
from desk.text import fold
from desk.words import N_

UnitKind = Literal[
    "commune_unit",
    "former_unit",
    "commune_office",
    "center",
    "branch",
    "province",
    "department",
    "vertical_agency",
]
UNIT_KINDS: tuple[UnitKind, ...] = get_args(UnitKind)
TRAITS = ("", "border", "island")
UNCONFIRMED = ("name", "trait")

_NEEDED = ("id", "kind", "name_vi")
_KNOWN = frozenset(_NEEDED) | frozenset(
    "code name_en type_vi type_en former_district_vi other_names successors valid_from valid_to center_vi"
    " center_en trait unconfirmed".split()
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_STATISTICAL_CODE = re.compile(r"[0-9]{5}")
_BY_CODE = ("commune_unit", "former_unit")


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune, ward or special zone, or a body that takes dossiers."""

    id: str
    """Its own for ever; for the commune units in force since July 2025 the same as their code."""
    kind: UnitKind
    name_vi: str
    name_en: str
    code: str = ""
    """Statistical code (five digits) or identification code; "" where none is known. Not unique."""
    type_vi: str = ""
    type_en: str = ""
    former_district_vi: str = ""
    other_names: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    """Ids of the units that a former one went into."""
    valid_from: date | None = None
    """First day, None = not known or always."""
    valid_to: date | None = None
    """Last day, None = still in force."""
    center_vi: str = ""
    center_en: str = ""
    trait: str = ""
    unconfirmed: tuple[str, ...] = ()

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the unit exists on `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class FoundUnit(NamedTuple):
    """A unit in force that was found; former: the old unit whose name or code was typed, if it was one."""

    unit: Unit
    former: Unit | None = None


def parse_units(text: str) -> tuple[Unit, ...]:
    """Return the units of a file in its order.

    Columns: those of `sample_data/units.csv`. Raises ReferenceFaulty with every fault and its line: ids twice,
    days that end before they begin, one statistical code of two units on one day, successors that are missing.
    """
    faults = FaultList()
    rows: list[tuple[Row, Unit]] = []
    lines: dict[str, int] = {}
    for row in rows_of(text, _NEEDED, _KNOWN, faults):
        unit = _unit(row)
        first = lines.setdefault(unit.id, row.line)
        if first != row.line:
            row.fault(N_("{column} stands on line {first} already"), column="id", first=first)
        rows.append((row, unit))
    for row, unit in rows:
        for successor in unit.successors:
            if successor not in lines:
                row.fault(N_("there is no unit {id}"), id=shown(successor))
    _check_codes(rows)
    faults.refuse()
    return tuple(unit for _row, unit in rows)


def _unit(row: Row) -> Unit:
    name_vi = row.needed("name_vi")
    unit = Unit(
        id=row.needed("id"),
        kind=row.one_of("kind", UNIT_KINDS),
        name_vi=name_vi,
        name_en=row.text("name_en") or name_vi,
        code=row.text("code"),
        type_vi=row.text("type_vi"),
        type_en=row.text("type_en"),
        former_district_vi=row.text("former_district_vi"),
        other_names=row.listing("other_names"),
        successors=row.listing("successors"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        center_vi=row.text("center_vi"),
        center_en=row.text("center_en") or row.text("center_vi"),
        trait=row.one_of("trait", TRAITS),
        unconfirmed=row.some_of("unconfirmed", UNCONFIRMED),
    )
    _check_unit(row, unit)
    return unit


def _check_unit(row: Row, unit: Unit) -> None:
    if unit.id and not _ID.fullmatch(unit.id):
        row.fault(N_("{text} is no id: small letters, digits and hyphens"), text=shown(unit.id))
    if unit.kind in _BY_CODE and not _STATISTICAL_CODE.fullmatch(unit.code):
        row.fault(N_("{text} is not a statistical code of five digits"), text=shown(unit.code))
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        row.fault(N_("the unit ends before it begins"))
    if unit.kind == "former_unit" and not (unit.valid_to and unit.successors):
        row.fault(N_("a former unit needs its last day and its successors"))


def _check_codes(rows: Sequence[tuple[Row, Unit]]) -> None:
    holders: dict[str, list[tuple[Row, Unit]]] = {}
    for row, unit in rows:
        if unit.kind not in _BY_CODE or not unit.code:
            continue
        for other_row, other in holders.setdefault(unit.code, []):
            if _overlap(unit, other):
                said = N_("the code {code} belongs to the unit of line {first} at the same time")
                row.fault(said, code=unit.code, first=other_row.line)
        holders[unit.code].append((row, unit))


def _overlap(one: Unit, other: Unit) -> bool:
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return begins <= ends


def unit_by_code(units: Iterable[Unit], code: str, on: date) -> Unit | None:
    """Return the commune unit that has the statistical `code` on the day `on`, None for none."""
    holders = (unit for unit in units if unit.kind in _BY_CODE and unit.code == code)
    return next((unit for unit in holders if unit.is_valid_on(on)), None)


def search_units(units: Iterable[Unit], words: str, on: date) -> tuple[FoundUnit, ...]:
    """Return the units in force on `on` that `words` names, best first; an old name finds its successors.

    words: a name or its beginning, with or without accents, another name, a code or an id. A unit that is
    found by its present name and by an old one is there once, by the present name.
    """
    asked = fold(words)
    if not asked:
        return ()
    every = tuple(units)
    in_force = {unit.id: unit for unit in every if unit.is_valid_on(on)}
    hits = [(rank, 0, FoundUnit(unit)) for unit in in_force.values() if (rank := _rank(unit, asked)) < _NOT_FOUND]
    for former in every:
        if former.id in in_force or (rank := _rank(former, asked)) == _NOT_FOUND:
            continue
        hits += [(rank, 1, FoundUnit(in_force[one], former)) for one in former.successors if one in in_force]
    hits.sort(key=lambda hit: (hit[0], hit[1], hit[2].unit.id))
    best: dict[str, FoundUnit] = {}
    for _rank_of_hit, _old, found in hits:
        best.setdefault(found.unit.id, found)
    return tuple(best.values())


_NOT_FOUND = 9


def _rank(unit: Unit, asked: str) -> int:
    """Return how well `asked` (folded) names the unit: 0 best, _NOT_FOUND not at all."""
    name = fold(unit.name_vi)
    bare = name.removeprefix(fold(unit.type_vi)).strip() if unit.type_vi else name
    others = [fold(other) for other in unit.other_names]
    if asked in (name, bare, unit.id, unit.code.casefold()):
        return 0
    if asked in others:
        return 1
    if any(text.startswith(asked) for text in (name, bare, *others)):
        return 2
    words = " ".join((name, *others)).split()
    if all(any(word.startswith(part) for word in words) for part in asked.split()):
        return 3
    return _NOT_FOUND
