"""Dossiers filed online: taken in from a file, idempotent by code, and waiting for acceptance."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from desk.cases import people
from desk.cases.context import Context, Officer
from desk.cases.form_input import form_of
from desk.cases.intake import CLOCKS_APART, cleaned, new_tracking
from desk.clock import to_ms
from desk.errors.acts import FiledWrong
from desk.errors.base import DeskError
from desk.rules.codes import split_check
from desk.rules.dossier import IntakeForm
from desk.rules.due import due
from desk.rules.national_message import intake_value, is_message
from desk.rules.terms import ANSWER_TIME
from desk.rules.worktime import working_minutes
from desk.text import clean_line
from desk.words import told
from storage.log import Act
from storage.projections.search import plain
from storage.queries import dossiers
from storage.tables.projected import DossierRow

_SHOWN = 5
_UNITS: Final = ("competent_unit", "returning_unit")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier filed online that waits for acceptance."""

    dossier: str
    code: str
    filed_at: datetime
    owner: str
    procedure: str
    alias: str
    hours_left: float
    """Working hours left to answer, negative when the time is over."""
    status: str = "filed"


@dataclass(frozen=True, slots=True)
class Inbox:
    """The inbox of the desk."""

    context: Context

    def take(self, text: str, officer: Officer) -> tuple[Waiting, ...]:
        """Take in the dossiers of a file (JSON lines, a JSON list, or CSV); returns those waiting now.

        An object of JSON is an intake's (commands.md) or the portal's own message (MaHoSo, MaTTHC, ...).
        A code that is there already is passed over. Raises FiledWrong with every fault by line; then nothing
        of the file was taken.
        """
        forms = self._read(text)
        taken: set[str] = set()
        with self.context.log.act(officer.id) as act:
            for form in forms:
                code = plain(form.code or "")
                if code not in taken and not dossiers.by_code(act.session, code):
                    file_within(self.context, act, form)
                taken.add(code)  # a code that stands in the file twice is one dossier
        return self.waiting()

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what waits for acceptance, the oldest first."""
        now = self.context.clock()
        with self.context.store.reading() as session:
            rows = dossiers.with_status(session, ["filed"])
            return tuple(sorted((self._waiting(row, now) for row in rows), key=lambda one: (one.filed_at, one.code)))

    def form_with(self, value: Mapping[str, Any]) -> IntakeForm:
        """Return the intake form in `value` (as in the JSON of an intake); what it leaves out of a dossier that
        waits here under its `code` is taken from the portal's. Raises FieldUnknown, FieldWrong.
        """
        code = value.get("code")
        row = None
        if isinstance(code, str) and code.strip():
            with self.context.store.reading() as session:
                row = next((one for one in dossiers.by_code(session, split_check(clean_line(code)))), None)
        if row is None or row.accepted_at is not None:
            return form_of(value)
        everyone = row.people or {}
        filed: dict[str, Any] = {
            "procedure": row.procedure,
            "case": row.procedure_case,
            "channel": row.channel,
            "filed_at": None if row.filed_at is None else row.filed_at.isoformat(),
            "summary": row.summary or None,
            "note": row.note or None,
            **{key: getattr(row, key) or None for key in _UNITS},
            **{role: everyone.get(role) for role in people.NAMED},
        }
        return form_of({**filed, **{key: item for key, item in value.items() if item is not None}})

    def supplementing(self) -> tuple[Waiting, ...]:
        """Return what was filed online and waits for papers of the citizen before it can be accepted."""
        now = self.context.clock()
        with self.context.store.reading() as session:
            rows = dossiers.with_status(session, ["supplement_requested"])
            found = [self._waiting(row, now) for row in rows if row.accepted_at is None]
        return tuple(sorted(found, key=lambda one: (one.filed_at, one.code)))

    def form(self, dossier: str) -> IntakeForm:
        """Return the intake form that a filed dossier already fills."""
        with self.context.store.reading() as session:
            row = dossiers.by_id(session, dossier)
            assert row is not None
            everyone = row.people or {}
            owner = people.read(everyone.get("owner"))
            assert owner is not None
            return IntakeForm(
                procedure=row.procedure,
                owner=owner,
                case=row.procedure_case,
                channel="online" if row.channel not in ("counter", "post") else row.channel,  # type: ignore[arg-type]  # checked at the door
                submitter=people.read(everyone.get("submitter")),
                proxy=people.read(everyone.get("proxy")),
                representative=people.read(everyone.get("representative")),
                code=row.code,
                filed_at=row.filed_at,
                summary=row.summary,
                competent_unit=row.competent_unit,
                returning_unit=row.returning_unit,
            )

    def _waiting(self, row: DossierRow, now: datetime) -> Waiting:
        filed = row.filed_at or row.last_at or now
        return Waiting(
            row.id,
            row.code or "",
            filed,
            row.owner_name,
            row.procedure,
            self.context.reference.alias(row.procedure, row.catalogue),
            self._hours_left(filed, now),
            row.status,
        )

    def _hours_left(self, filed: datetime, now: datetime) -> float:
        calendar = self.context.reference.calendar()
        until = due(filed, ANSWER_TIME, calendar).due_at
        if until >= now:
            return round(working_minutes(now, until, calendar) / 60, 1)
        return -round(working_minutes(until, now, calendar) / 60, 1) or 0.0

    def _read(self, text: str) -> list[IntakeForm]:
        faults: list[str] = []
        forms: list[IntakeForm] = []
        for line, value in _values(text, faults):
            try:
                said = intake_value(value) if is_message(value) else value
                form = cleaned(form_of({"channel": "online", **said}))
                self.context.reference.procedure(form.procedure)
                _units(self.context, form)
                if not form.code:
                    faults.append(f"{line}: code")
                elif form.filed_at is None or form.filed_at > self.context.clock() + CLOCKS_APART:
                    faults.append(f"{line}: filed_at")
                else:
                    forms.append(form)
            except DeskError as error:
                faults.append(f"{line}: {told(error).message}")
        if faults:
            more = f" (+{len(faults) - _SHOWN})" if len(faults) > _SHOWN else ""
            raise FiledWrong(faults="; ".join(faults[:_SHOWN]) + more)
        return forms


def file_within(context: Context, act: Act, form: IntakeForm, at: datetime | None = None) -> str:
    """Write down within `act` that the cleaned `form` was filed online; returns the dossier's id."""
    procedure = context.reference.procedure(form.procedure)
    dossier = context.chance.new_id()
    filed = form.filed_at or at or act.now
    body = {
        "code": form.code,
        "tracking": new_tracking(context),  # a refusal or a request before acceptance proves itself by it
        "procedure": procedure.code,
        "case": form.case,
        "field": procedure.field_code,
        "channel": form.channel,
        "catalogue": context.reference.now().version,
        "filed_at": to_ms(filed),
        "other_codes": [{"system": other.system, "code": other.code} for other in form.other_codes],
        **_units(context, form),
    }
    private: dict[str, Any] = {"people": people.written_all(form)}
    private.update({key: getattr(form, key) for key in ("summary", "note") if getattr(form, key)})
    act.remember(dossier, ())
    act.append("dossier.filed", body, private, dossier, at=at)
    return dossier


def _units(context: Context, form: IntakeForm) -> dict[str, str]:
    """Return the ids of the units that the form names; raises UnitUnknown."""
    named = {key: clean_line(getattr(form, key)) for key in _UNITS}
    return {key: context.reference.unit(unit).id for key, unit in named.items() if unit}


def _values(text: str, faults: list[str]) -> list[tuple[int, Mapping[str, Any]]]:
    stripped = text.lstrip("\ufeff \r\n\t")
    if stripped.startswith("["):
        try:
            listed = json.loads(stripped)
        except (ValueError, RecursionError) as error:
            faults.append(f"1: {type(error).__name__}")
            return []
        return _objects(list(enumerate(listed, 1)), faults)
    if stripped.startswith("{"):
        found: list[tuple[int, Any]] = []
        for number, line in enumerate(text.split("\n"), 1):  # a JSON text may hold other ends of line in its strings
            if line.strip("\ufeff \r\t"):
                try:
                    found.append((number, json.loads(line.lstrip("\ufeff"))))
                except (ValueError, RecursionError):
                    faults.append(f"{number}: JSON")
        return _objects(found, faults)
    try:
        return [(number, _of_csv(row)) for number, row in enumerate(csv.DictReader(io.StringIO(stripped)), 2)]
    except csv.Error as error:
        faults.append(f"CSV: {error}")
        return []


def _objects(values: list[tuple[int, Any]], faults: list[str]) -> list[tuple[int, Mapping[str, Any]]]:
    faults += [f"{number}: {{...}}?" for number, value in values if not isinstance(value, dict)]
    return [(number, value) for number, value in values if isinstance(value, dict)]


_PERSON = ("name", "personal_id", "born_on", "sex", "phone", "email", "address", "tax_code", "kind")


def _of_csv(row: Mapping[str | None, Any]) -> dict[str, Any]:
    """Return the JSON form of a CSV row: columns code, filed_at, procedure, channel, summary and the owner's."""
    value: dict[str, Any] = {key: item for key, item in row.items() if key and item and key not in _PERSON}
    value["owner"] = {key: row[key] for key in _PERSON if row.get(key)}
    return value
