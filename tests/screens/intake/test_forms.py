"""From what was typed to the form, and every fault with its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desk.errors.acts import DocumentsMissing, FeeNeeded, PagesNeeded
from desk.errors.intake import CountUnreadable, ProcedureNeeded
from desk.errors.people import (
    BornInFuture,
    DateUnreadable,
    ExemptionWithoutGround,
    IdentityNumberUnreadable,
    NameMissing,
    TaxCodeUnreadable,
)
from desk.errors.rule import CodeUnreadable
from desk.rules.dossier import OtherCode, Procedure
from desk.rules.reference.catalogue import parse_catalogue
from sample_data.shipped import shipped_text
from screens.intake.forms import born_of, faults_of, form_of
from screens.intake.sheet import Sheet

TODAY = date(2026, 11, 25)
CATALOGUE = {one.code: one for one in parse_catalogue(shipped_text("catalogue"))}
BIRTH, COPY = CATALOGUE["1.001193"], CATALOGUE["2.000815"]
GOOD = Sheet(number="022190001234", name="Nguyễn Thị Lan")


class Seen:
    """An outlook as the case gives it, of which only this is looked at."""

    def __init__(self, procedure: Procedure, **values: Any) -> None:
        self.procedure = procedure
        self.fee_dong, self.asks_fee, self.missing = None, False, ()
        self.__dict__.update(values)


def faults(sheet: Sheet, procedure: Procedure | None = BIRTH, **seen: Any) -> list[tuple[str, type]]:
    """Return field and kind of each fault."""
    form, found = form_of(sheet, procedure, TODAY)
    outlook: Any = Seen(procedure, **seen) if procedure is not None else None
    return [(fault.field, type(fault.error)) for fault in faults_of(form, found, outlook)]


def test_the_year_of_birth_that_was_not_typed_is_the_one_in_the_number() -> None:
    assert born_of("1505", "022190001234", TODAY) == date(1990, 5, 15)
    assert born_of("155", "", TODAY) == date(2026, 5, 15)
    assert born_of("15051985", "022190001234", TODAY) == date(1985, 5, 15)
    assert born_of(" ", "", TODAY) is None
    with pytest.raises(DateUnreadable):
        born_of("3113", "", TODAY)


def test_a_good_page_has_no_fault() -> None:
    assert faults(GOOD, fee_dong=0) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": " "}, ("name", NameMissing)),
        ({"number": "12"}, ("number", IdentityNumberUnreadable)),
        ({"born": "31/13/1990"}, ("born", DateUnreadable)),
        ({"born": "15/05/2030"}, ("born", BornInFuture)),
        ({"kind": "enterprise", "number": "12"}, ("number", TaxCodeUnreadable)),
        ({"code": "what"}, ("code", CodeUnreadable)),
        ({"sets": "0"}, ("sets", CountUnreadable)),
    ],
)
def test_each_fault_is_told_with_its_field(changes: dict[str, Any], fault: tuple[str, type]) -> None:
    assert faults(replace(GOOD, **changes), fee_dong=0) == [fault]


def test_all_faults_come_in_the_order_of_the_page() -> None:
    sheet = Sheet(number="12", born="9999", code="what")
    assert [field for field, _kind in faults(sheet, None)] == ["number", "name", "born", "procedure", "code"]
    assert (None, ProcedureNeeded) not in faults(sheet, None)


def test_a_certification_needs_pages_and_copies_within_reason() -> None:
    assert faults(GOOD, COPY) == [("pages", PagesNeeded), ("copies", PagesNeeded)]
    assert faults(replace(GOOD, pages="9999", copies="1"), COPY) == [("pages", CountUnreadable)]


def test_missing_documents_need_a_reason() -> None:
    assert faults(GOOD, fee_dong=0, missing=("Tờ khai",)) == [("reason", DocumentsMissing)]
    assert faults(replace(GOOD, reason="hẹn"), fee_dong=0, missing=("Tờ khai",)) == []


def test_an_unknown_fee_is_asked_for_and_nothing_needs_a_ground() -> None:
    assert faults(GOOD, asks_fee=True) == [("fee", FeeNeeded)]
    assert faults(replace(GOOD, fee="0"), asks_fee=True) == [("ground", ExemptionWithoutGround)]
    assert faults(replace(GOOD, fee="0", ground="hộ nghèo"), asks_fee=True) == []
    assert faults(replace(GOOD, fee="0"), fee_dong=0) == []


def test_another_systems_code_is_named_by_the_system_of_the_procedure() -> None:
    form, _found = form_of(replace(GOOD, other=" KS-7 "), BIRTH, TODAY)
    assert form.other_codes == (OtherCode("hotich", "KS-7"),)


def test_an_organisation_is_known_by_its_tax_code() -> None:
    sheet = Sheet(kind="enterprise", name="Công ty Hải Hà", number="0100233488", born="15051990", sex="male")
    form, found = form_of(sheet, BIRTH, TODAY)
    assert found == ()
    assert (form.owner.tax_code, form.owner.personal_id, form.owner.born_on, form.owner.sex) == (
        "0100233488",
        "",
        None,
        "",
    )
