"""Lookup narrowed to some of what is found."""

from __future__ import annotations

from typing import get_args

import pytest

from desk.cases.form_input import form_of
from desk.cases.views import Only, Which
from tests.desk.cases.conftest import Office
from tests.homes import birth


def accepted(office: Office, number: int, **changes: object) -> str:
    return office.services.intake.accept(form_of({**birth(number), **changes}), office.officer).dossier


@pytest.fixture
def some(office: Office) -> dict[str, str]:
    """One dossier of each standing, by a word for it."""
    late = accepted(office, 1)
    office.at("2026-11-27T08:30:00+07:00")
    resolved, returned, fresh = (accepted(office, number) for number in (2, 3, 4))
    for dossier in (resolved, returned):
        office.services.moves.move(dossier, "resolved", office.officer)
    office.services.returning.give(returned, office.officer)
    copy = accepted(office, 5, procedure="2.000815", pages=1, copies=1)
    return {"late": late, "resolved": resolved, "returned": returned, "fresh": fresh, "copy": copy}


@pytest.mark.parametrize(
    ("which", "names"),
    [
        ("", "late resolved returned fresh copy"),
        ("open", "late resolved fresh copy"),
        ("overdue", "late"),
        ("resolved", "resolved"),
        ("returned", "returned"),
        ("filed", ""),
        ("today", "resolved returned fresh copy"),
        ("mine", "late resolved returned fresh copy"),
    ],
)
def test_each_filter_keeps_what_it_says(office: Office, some: dict[str, str], which: Which, names: str) -> None:
    only = Only(which, officer=office.officer.id)
    for found in (office.services.lookup.newest(50, only), office.services.lookup.find("nguyen", 50, only)):
        assert {line.id for line in found} == {some[name] for name in names.split()}


def test_every_filter_is_tried_and_one_procedure_or_another_officer_too(office: Office, some: dict[str, str]) -> None:
    assert len(get_args(Which)) == 8
    (one,) = office.services.lookup.newest(50, Only(procedure="2.000815"))
    assert one.id == some["copy"]
    assert office.services.lookup.newest(50, Only("mine", officer="somebody else")) == ()
    assert len(office.services.lookup.newest(2, Only("open"))) == 2
