"""The shipped files are whole, agree with each other and with what is known of the domain."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date, timedelta

from desk.rules.dossier import Term
from desk.rules.reference.catalogue import ALIAS_LETTERS, parse_catalogue, parse_documents
from desk.rules.reference.holidays import parse_holidays
from desk.rules.reference.units import parse_units, search_units
from desk.text import fold
from sample_data.shipped import REFERENCE_KINDS, shipped_text

TODAY = date(2026, 11, 25)
CATALOGUE = parse_catalogue(shipped_text("catalogue"))
BY_CODE = {procedure.code: procedure for procedure in CATALOGUE}
DOCUMENTS = parse_documents(shipped_text("documents"), BY_CODE)
UNITS = parse_units(shipped_text("units"))
HOLIDAYS = parse_holidays(shipped_text("holidays"))


def test_every_procedure_has_a_short_alias_of_its_own_and_everyday_words() -> None:
    assert len(CATALOGUE) == 123
    assert max(len(procedure.alias) for procedure in CATALOGUE) <= ALIAS_LETTERS
    assert len({fold(procedure.alias) for procedure in CATALOGUE}) == 123
    assert all(procedure.everyday_words for procedure in CATALOGUE)


def test_no_two_procedures_share_the_number_their_qr_carries_and_it_fits_three_bytes() -> None:
    assert len({procedure.number for procedure in CATALOGUE}) == 123
    assert max(procedure.number for procedure in CATALOGUE) < 2**24


def test_every_procedure_has_documents_and_they_are_364() -> None:
    assert DOCUMENTS.keys() == BY_CODE.keys()
    assert sum(len(documents) for documents in DOCUMENTS.values()) == 364


def test_a_fee_the_provincial_council_sets_is_unknown() -> None:
    assert BY_CODE["1.000656"].fee_dong is None
    assert BY_CODE["1.001193"].fee_dong == 0
    assert BY_CODE["2.000815"].fee_dong == 2000
    for procedure in CATALOGUE:
        if procedure.fee_dong == 0:
            assert procedure.fee_basis_vi.startswith(("Miễn", "Không quy định"))


def test_certification_needs_no_slip_when_it_is_handed_over_at_once() -> None:
    assert {one.slip_policy for one in CATALOGUE if one.field_code == "CT"} == {"if_not_handed_over_now"}
    assert {one.slip_policy for one in CATALOGUE if one.field_code != "CT"} == {"always"}
    kinds = Counter(one.certification for one in CATALOGUE if one.certification)
    assert kinds == {"copy": 2, "signature": 3, "transaction": 5}


def test_only_results_of_the_same_day_have_a_cutoff() -> None:
    assert BY_CODE["2.000815"].term == Term(1.0, "within_day", "15:00")
    assert BY_CODE["2.001035"].term == Term(2.0, "working_day")


def test_what_no_source_confirmed_is_marked() -> None:
    assert "term" in BY_CODE["2.000815"].unconfirmed
    assert "term" not in BY_CODE["1.001193"].unconfirmed
    assert "channels" in BY_CODE["1.001776"].unconfirmed


def test_there_are_54_units_in_force_30_wards_22_communes_2_special_zones() -> None:
    present = [unit for unit in UNITS if unit.kind == "commune_unit"]
    assert Counter(unit.type_en for unit in present) == {"ward": 30, "commune": 22, "special zone": 2}
    assert {unit.valid_from for unit in present} == {date(2025, 7, 1)}
    assert all(unit.id == unit.code and unit.center_vi for unit in present)


def test_every_one_of_the_171_old_units_leads_to_units_in_force() -> None:
    former = [unit for unit in UNITS if unit.kind == "former_unit"]
    assert len(former) == 171
    present = {unit.id for unit in UNITS if unit.kind == "commune_unit"}
    assert all(set(unit.successors) <= present for unit in former)
    assert {successor for unit in former for successor in unit.successors} == present


def test_21_of_the_54_codes_meant_another_place_before() -> None:
    old = {unit.code: unit for unit in UNITS if unit.kind == "former_unit"}
    present = [unit for unit in UNITS if unit.kind == "commune_unit"]

    def place(name: str) -> str:
        return fold(name).split(" ", 1)[1].removeprefix("tran ").removeprefix("khu ")

    assert sum(place(unit.name_vi) != place(old[unit.code].name_vi) for unit in present) == 21


def test_every_body_a_procedure_is_routed_to_is_found() -> None:
    bodies = {body.strip() for one in CATALOGUE for body in one.routed_to.split(";") if body.strip()}
    assert bodies
    assert [body for body in sorted(bodies) if not search_units(UNITS, body, TODAY)] == []


def test_the_years_have_the_working_days_that_are_known() -> None:
    off = {row.day for row in HOLIDAYS if not row.is_working_day}
    worked = {row.day for row in HOLIDAYS if row.is_working_day}
    days = [date(2024, 1, 1) + timedelta(n) for n in range(366 + 3 * 365)]
    working = Counter(day.year for day in days if day in worked or (day.weekday() < 5 and day not in off))
    assert working == {2024: 251, 2025: 250, 2026: 249, 2027: 249}
    assert len(HOLIDAYS) == 60


def test_names_are_normal_without_invisible_characters_or_double_spaces() -> None:
    for kind in REFERENCE_KINDS:
        text = shipped_text(kind)
        assert unicodedata.is_normalized("NFC", text)
        assert "  " not in text
        assert not any(unicodedata.category(letter) == "Cf" for letter in text)
