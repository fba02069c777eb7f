"""The catalogue, the units and the office's calendar, as of now or as of a dossier's acceptance."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any, TypeVar

from desk.errors.acts import ProcedureUnknown, UnitUnknown
from desk.rules.calendar import Calendar, HolidayRow, office_calendar, parse_calendar
from desk.rules.dossier import Procedure, RequiredDocument, Term
from desk.rules.reference.catalogue import parse_catalogue, parse_documents
from desk.rules.reference.holidays import parse_holidays
from desk.rules.reference.survey_words import SurveyWords, parse_survey_words
from desk.rules.reference.units import Unit, parse_units
from sample_data.shipped import shipped_text
from storage.queries import kept, references
from storage.store import Session, Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All reference data as one import left it."""

    number: int
    version: str
    procedures: Mapping[str, Procedure]
    units: Mapping[str, Unit]
    holidays: tuple[HolidayRow, ...]


@dataclass(slots=True)
class Reference:
    """Reads reference data once and again only after an import."""

    store: Store
    _kept: dict[int, Catalogue] = field(default_factory=dict)
    _of_version: dict[str, Catalogue] = field(default_factory=dict)
    _calendar: tuple[int, str, Calendar] | None = None

    def now(self) -> Catalogue:
        """Return the catalogue in force."""
        with self.store.reading() as session:
            return self._at(session, references.newest_import(session))

    def of_version(self, version: str) -> Catalogue:
        """Return the catalogue a dossier met; the one in force where the version is not known here."""
        if version in self._of_version:
            return self._of_version[version]
        with self.store.reading() as session:
            number = references.number_of(session, version)
            if number is None:
                return self._at(session, references.newest_import(session))
            return self._of_version.setdefault(version, self._at(session, number))

    def procedure(self, code: str, version: str = "") -> Procedure:
        """Return a procedure as it is, or as it was under `version`; raises ProcedureUnknown."""
        catalogue = self.of_version(version) if version else self.now()
        found = catalogue.procedures.get(code)
        if found is None:
            raise ProcedureUnknown(procedure=code[:20])
        return found

    def alias(self, code: str, version: str = "") -> str:
        """Return the short name of a procedure, its code where it is not known here."""
        try:
            return self.procedure(code, version).alias
        except ProcedureUnknown:
            return code

    def unit(self, code: str) -> Unit:
        """Return a unit by its id, or one still in force by its code; raises UnitUnknown with the nearest ones."""
        units = self.now().units
        in_force = (unit for unit in units.values() if code and unit.code == code and unit.valid_to is None)
        found = units.get(code) or next(in_force, None)
        if found is None:
            near = difflib.get_close_matches(code, list(units), 3) or list(units)[:3]
            raise UnitUnknown(unit=code[:40], nearest=", ".join(near))
        return found

    def unit_name(self, code: str) -> str:
        """Return the name of a unit on papers and lists, the code where it is not known."""
        try:
            unit = self.unit(code)
            return unit.center_vi or unit.name_vi
        except UnitUnknown:
            return code

    def short_name(self, code: str) -> str:
        """Return the name of a unit where there is little room, the code where it is not known."""
        try:
            return self.unit(code).name_vi
        except UnitUnknown:
            return code

    def survey_words(self) -> Mapping[str, SurveyWords]:
        """Return the survey's words by key: those of the last import, else those that come with the program."""
        with self.store.reading() as session:
            values = references.in_force(session, "survey", references.newest_import(session))
        if not values:
            return parse_survey_words(shipped_text("survey"))
        return {key: restored(SurveyWords, value) for key, value in values.items()}

    def bring_in(self, session: Session, kind: str, text: str, at: datetime) -> references.Imported:
        """Import a file's `text` of `kind` (catalogue, documents, units, holidays, survey) in the caller's transaction.

        Raises ReferenceFaulty with every fault and its line; then nothing of the file holds.
        """
        values: dict[str, Any]
        if kind == "catalogue":
            values = {one.code: {**plain(one), "documents": []} for one in parse_catalogue(text)}
        elif kind == "documents":
            known = references.in_force(session, "catalogue", references.newest_import(session))
            lists = parse_documents(text, known.keys())
            values = {code: [plain(row) for row in rows] for code, rows in lists.items()}
        elif kind == "units":
            values = {one.id: plain(one) for one in parse_units(text)}
        elif kind == "survey":
            values = {key: plain(words) for key, words in parse_survey_words(text).items()}
        else:
            values = {one.day.isoformat(): plain(one) for one in parse_holidays(text)}
        return references.bring_in(session, kind, values, at)

    def calendar(self) -> Calendar:
        """Return the desk's own calendar: its hours where it set any, and the holidays in force."""
        with self.store.reading() as session:
            key = (references.newest_import(session), repr(kept.setting(session, "calendar")))
            if self._calendar is None or self._calendar[:2] != key:
                self._calendar = (*key, self.calendar_within(session))
            return self._calendar[2]

    def calendar_within(self, session: Session, hours: Mapping[str, object] | None = None) -> Calendar:
        """Return the desk's own calendar as the caller's unfinished transaction leaves it.

        hours: a calendar file that would take the place of the desk's hours, None for those it has.
        """
        rows = references.in_force(session, "holidays", references.newest_import(session)).values()
        text = kept.setting(session, "calendar") if hours is None else hours
        return office_calendar((restored(HolidayRow, row) for row in rows), parse_calendar(text) if text else None)

    def _at(self, session: Session, number: int) -> Catalogue:
        if number not in self._kept:
            self._kept[number] = Catalogue(
                number,
                references.version_at(session, number),
                _procedures(
                    references.in_force(session, "catalogue", number), references.in_force(session, "documents", number)
                ),
                {key: restored(Unit, value) for key, value in references.in_force(session, "units", number).items()},
                tuple(
                    restored(HolidayRow, value) for value in references.in_force(session, "holidays", number).values()
                ),
            )
        return self._kept[number]


def plain(value: object) -> dict[str, Any]:
    """Return a frozen value as JSON: days as ISO text, tuples as lists."""
    return {key: _json(item) for key, item in asdict(value).items()}  # type: ignore[call-overload]  # any dataclass


def restored(kind: type[T], value: Mapping[str, Any], **parts: object) -> T:
    """Return the frozen value that `plain` wrote; `parts` are fields that are values themselves.

    Unknown fields (of a newer version) are passed over, missing ones take their default.
    """
    known: dict[str, Any] = {}
    for spec in fields(kind):  # type: ignore[arg-type]  # any dataclass
        if spec.name in value:
            item = value[spec.name]
            is_day = isinstance(item, str) and item and str(spec.type).startswith("date")
            known[spec.name] = date.fromisoformat(item) if is_day else tuple(item) if isinstance(item, list) else item
    return kind(**{**known, **parts})


def _json(item: Any) -> Any:
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, tuple | list):
        return [_json(part) for part in item]
    if isinstance(item, dict):
        return {key: _json(part) for key, part in item.items()}
    return item


def _procedures(catalogue: Mapping[str, Any], documents: Mapping[str, Any]) -> dict[str, Procedure]:
    return {
        code: restored(
            Procedure,
            value,
            term=restored(Term, value["term"]),
            documents=tuple(restored(RequiredDocument, row) for row in documents.get(code) or ()),
        )
        for code, value in catalogue.items()
    }
