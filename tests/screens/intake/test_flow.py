"""Where Enter leads."""

from __future__ import annotations

from dataclasses import replace

from desk.rules.dossier import RequiredDocument
from desk.rules.reference.catalogue import parse_catalogue
from sample_data.shipped import shipped_text
from screens.intake.flow import REVIEW, Wants, next_field
from screens.intake.sheet import Sheet

CATALOGUE = {one.code: one for one in parse_catalogue(shipped_text("catalogue"))}
BIRTH = replace(CATALOGUE["1.001193"], documents=(RequiredDocument(1, "Tờ khai", "Form", "form", 1, 0, True),))
COPY = CATALOGUE["2.000815"]
CARD = Sheet(number="022190001234", name="Lan", born="15/05/1990", sex="female", address="Tổ 1")


def way(sheet: Sheet, procedure: object = BIRTH, wants: Wants = Wants(), at: str = "") -> list[str]:  # noqa: B008  # frozen
    """Return the fields that Enter leads through, if each is left empty."""
    seen: list[str] = []
    while at != REVIEW:
        at = next_field(at, sheet, procedure, seen, wants)  # type: ignore[arg-type]  # a procedure or None
        seen.append(at)
    return seen[:-1]


def test_an_empty_page_is_asked_for_in_the_order_in_which_it_stands() -> None:
    assert way(Sheet(), None) == ["number", "name", "born", "sex", "phone", "address", "procedure"]


def test_after_a_card_only_what_it_does_not_say_is_asked() -> None:
    assert way(CARD, at="procedure") == ["phone", "documents", "fee"]


def test_of_a_known_person_nothing_is_asked() -> None:
    assert way(replace(CARD, is_known=True), at="procedure") == ["documents", "fee"]


def test_a_certification_asks_for_pages_and_copies_only() -> None:
    assert way(CARD, COPY, at="procedure") == ["pages", "copies"]
    assert way(replace(CARD, number=""), COPY, at="pages") == ["copies", "number", "pages"]


def test_a_reason_an_unknown_fee_and_its_ground_are_asked_where_they_are_wanted() -> None:
    assert way(replace(CARD, is_known=True), wants=Wants(reason=True, ground=True)) == [
        "documents",
        "reason",
        "fee",
        "ground",
    ]
    assert way(replace(CARD, pages="1", copies="1"), COPY, Wants(fee=True)) == ["fee"]


def test_an_organisation_has_no_day_of_birth() -> None:
    assert "born" not in way(Sheet(kind="enterprise"), None)
