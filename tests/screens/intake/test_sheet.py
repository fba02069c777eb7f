"""The page as a value: what a draft keeps, and how a person comes onto it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.dossier import DocumentCount
from desk.rules.people.person import Person
from screens.intake.sheet import Sheet, completed, read, with_person, written

LAN = Person("Nguyễn Thị Lan", personal_id="022190001234", born_on=date(1990, 5, 15), sex="female", address="Tổ 1")
FULL = Sheet(
    number="022190001234",
    name="Nguyễn Thị Lan",
    submitter=Person("Lò Văn Ón"),
    procedure="1.001193",
    counts=(DocumentCount(1, original=1), DocumentCount(2)),
    channel="online",
    filed_at=datetime(2026, 11, 25, 1, 30, tzinfo=UTC),
    is_known=True,
    at="phone",
)


def test_a_draft_brings_back_what_stood_on_the_page() -> None:
    assert read(written(FULL)) == FULL
    assert read(written(Sheet())) == Sheet()


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_comes_back_from_a_draft(name: str, note: str) -> None:
    sheet = Sheet(name=name, note=note)
    assert read(written(sheet)) == sheet


def test_a_draft_of_another_version_is_read_as_far_as_it_goes() -> None:
    assert read({"name": "Lan", "kind": "robot", "channel": 7, "later": [1], "number": None}) == Sheet(name="Lan")


def test_a_page_with_nothing_but_the_cursor_is_blank() -> None:
    assert Sheet(at="name", channel="online").is_blank
    assert not Sheet(words="khai").is_blank


def test_a_person_is_shown_in_the_fields() -> None:
    sheet = with_person(Sheet(note="n"), LAN, is_known=True)
    assert (sheet.number, sheet.born, sheet.sex, sheet.note) == ("022190001234", "15/05/1990", "female", "n")
    assert sheet.is_known


def test_an_organisation_has_its_tax_code_in_the_place_of_the_number() -> None:
    sheet = with_person(Sheet(), Person("HTX Hải Hà", kind="organisation", tax_code="0100233488"))
    assert (sheet.number, sheet.kind, sheet.tax_code) == ("0100233488", "organisation", "")


def test_completing_fills_only_what_is_empty() -> None:
    sheet = completed(Sheet(name="LAN", phone="09"), replace(LAN, phone="0912345678"))
    assert (sheet.name, sheet.phone, sheet.address) == ("LAN", "09", "Tổ 1")
