"""People between the form and the log: only what was given is written, days as ISO text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from desk.rules.dossier import IntakeForm
from desk.rules.people.person import Person

NAMED: Final = ("owner", "submitter", "representative", "proxy")
"""Whom an intake names, each with identity data of his own (domain, 6); who receives the result comes later."""


def written_all(form: IntakeForm) -> dict[str, Any]:
    """Return everybody whom `form` names, by role, as JSON."""
    persons = {role: getattr(form, role) for role in NAMED}
    return {role: written(person) for role, person in persons.items() if person is not None}


def written(person: Person) -> dict[str, Any]:
    """Return the fields of `person` that were given, as JSON."""
    values = {spec.name: getattr(person, spec.name) for spec in fields(Person)}
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if value or key == "name"
    }


def read(value: Mapping[str, Any] | None) -> Person | None:
    """Return the person written in `value`, None for nothing."""
    if not value:
        return None
    known = {spec.name for spec in fields(Person)}
    given = {key: item for key, item in value.items() if key in known}
    if isinstance(given.get("born_on"), str):
        given["born_on"] = date.fromisoformat(given["born_on"])
    return Person(**{"name": "", **given})
