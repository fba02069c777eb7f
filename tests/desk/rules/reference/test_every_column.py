"""Each column of a file goes where it belongs; an English text that lacks is the Vietnamese one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desk.rules.calendar import HolidayRow
from desk.rules.dossier import Procedure, RequiredDocument, Term
from desk.rules.reference.catalogue import parse_catalogue, parse_documents
from desk.rules.reference.holidays import parse_holidays
from desk.rules.reference.units import Unit, parse_units


def table(row: Mapping[str, str]) -> str:
    """Return a file of one row."""
    return "\t".join(row) + "\n" + "\t".join(row.values()) + "\n"


PROCEDURE = {
    "code": "1.001193",
    "alias": "Khai sinh",
    "name_vi": "Đăng ký khai sinh",
    "name_en": "Birth registration",
    "field_code": "HT",
    "field_vi": "Hộ tịch",
    "field_en": "Civil status",
    "sector_code": "G15",
    "level": "province",
    "agency_vi": "Ủy ban",
    "agency_en": "Committee",
    "time_value": "1",
    "time_unit": "within_day",
    "same_day_cutoff": "15:00",
    "time_variants": "online 2 working_day",
    "published_time": "4 hour",
    "fee_dong": "8000",
    "fee_basis_vi": "8.000 đồng",
    "channels": "online",
    "online_level": "full",
    "slip_policy": "never",
    "certification": "copy",
    "everyday_words": "sinh con",
    "result_vi": "Giấy khai sinh",
    "result_en": "Birth certificate",
    "result_code": "KQ.G15.000031",
    "routed_to": "Công an",
    "specialised_software": "hotich",
    "expected_frequency": "high",
    "publishing_decision": "163/QĐ-BTP",
    "unconfirmed": "fee",
    "valid_from": "2026-01-02",
}


def test_every_column_of_a_procedure_is_read() -> None:
    (found,) = parse_catalogue(table(PROCEDURE))
    assert found == Procedure(
        code="1.001193",
        alias="Khai sinh",
        name_vi="Đăng ký khai sinh",
        name_en="Birth registration",
        field_code="HT",
        field_vi="Hộ tịch",
        field_en="Civil status",
        term=Term(1.0, "within_day", "15:00"),
        fee_dong=8000,
        fee_basis_vi="8.000 đồng",
        channels=("online",),
        slip_policy="never",
        result_vi="Giấy khai sinh",
        result_en="Birth certificate",
        agency_vi="Ủy ban",
        agency_en="Committee",
        level="province",
        routed_to="Công an",
        specialised_software="hotich",
        online_level="full",
        expected_frequency="high",
        time_variants="online 2 working_day",
        published_time="4 hour",
        sector_code="G15",
        certification="copy",
        everyday_words=("sinh con",),
        result_code="KQ.G15.000031",
        publishing_decision="163/QĐ-BTP",
        unconfirmed=("fee",),
        valid_from=date(2026, 1, 2),
    )


def test_what_has_no_english_text_shows_the_vietnamese_one() -> None:
    bare = {key: "" if key.endswith("_en") or key == "level" else cell for key, cell in PROCEDURE.items()}
    (found,) = parse_catalogue(table(bare))
    names = (found.name_en, found.field_en, found.result_en, found.agency_en, found.level)
    assert names == ("Đăng ký khai sinh", "Hộ tịch", "Giấy khai sinh", "Ủy ban", "commune")


def test_every_column_of_a_document_is_read() -> None:
    row = {
        "procedure_code": "1.001193",
        "seq": "3",
        "name_vi": "Giấy chứng sinh",
        "name_en": "Birth record",
        "form": "original",
        "originals": "2",
        "copies": "4",
        "required": "conditional",
        "condition_vi": "nếu có",
        "condition_en": "if any",
        "reuse_source": "dancu",
    }
    assert parse_documents(table(row), {"1.001193"}) == {
        "1.001193": (
            RequiredDocument(
                3, "Giấy chứng sinh", "Birth record", "original", 2, 4, False, "nếu có", "if any", "dancu"
            ),
        )
    }
    bare = {**row, "name_en": "", "condition_en": "", "originals": "", "copies": "", "required": "yes"}
    ((document,),) = parse_documents(table(bare), {"1.001193"}).values()
    assert (document.name_en, document.condition_en) == ("Giấy chứng sinh", "nếu có")
    assert (document.originals, document.copies, document.required) == (0, 0, True)


def test_every_column_of_a_unit_is_read() -> None:
    row = {
        "id": "co-to",
        "kind": "center",
        "code": "X1",
        "name_vi": "Đặc khu Cô Tô",
        "name_en": "Cô Tô special zone",
        "type_vi": "đặc khu",
        "type_en": "special zone",
        "former_district_vi": "Huyện Cô Tô",
        "other_names": "Cô Tô",
        "successors": "co-to",
        "valid_from": "2025-07-01",
        "valid_to": "2030-12-31",
        "center_vi": "Trung tâm Cô Tô",
        "center_en": "Center of Cô Tô",
        "trait": "island",
        "unconfirmed": "name",
    }
    (found,) = parse_units(table(row))
    assert found == Unit(
        id="co-to",
        kind="center",
        name_vi="Đặc khu Cô Tô",
        name_en="Cô Tô special zone",
        code="X1",
        type_vi="đặc khu",
        type_en="special zone",
        former_district_vi="Huyện Cô Tô",
        other_names=("Cô Tô",),
        successors=("co-to",),
        valid_from=date(2025, 7, 1),
        valid_to=date(2030, 12, 31),
        center_vi="Trung tâm Cô Tô",
        center_en="Center of Cô Tô",
        trait="island",
        unconfirmed=("name",),
    )
    (bare,) = parse_units(table({**row, "name_en": "", "center_en": ""}))
    assert (bare.name_en, bare.center_en) == ("Đặc khu Cô Tô", "Trung tâm Cô Tô")


def test_every_column_of_a_holiday_is_read() -> None:
    row = {
        "date": "2026-08-22",
        "weekday": "Sat",
        "kind": "makeup_working_day",
        "is_working_day": "yes",
        "name_vi": "Làm bù",
        "name_en": "Made up",
        "swap_with": "2027-01-04",
        "status": "projected",
        "basis": "Văn bản 1",
    }
    (found,) = parse_holidays(table(row))
    made_up = HolidayRow(date(2026, 8, 22), True, "Làm bù", "Made up", "projected", date(2027, 1, 4), "Văn bản 1")
    assert found == made_up
    (bare,) = parse_holidays(table({**row, "name_en": ""}))
    assert bare.name_en == "Làm bù"
