"""Fees: by page and copy, by channel, person and day; the unknown is asked for, never 0."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors.people import AmountUnreadable, ExemptionWithoutGround, PagesMissing
from desk.rules.dossier import Channel, IntakeForm, Procedure, Term
from desk.rules.fee_rows import MOST_COPIES, MOST_PAGES, FeeAsked, FeeRow, amount_by_row
from desk.rules.fees import Fee, FeeLine, UnknownFee, asked_by, fee_of, kind_of, receipt_lines
from desk.rules.money import Dong
from desk.rules.national_fees import NATIONAL_FEES
from desk.rules.people.person import Person

TODAY = date(2026, 10, 8)


def procedure(code: str, fee_dong: int | None, basis: str = "", **changed: object) -> Procedure:
    """Return a procedure with a fee; the rest is of no matter here."""
    plain = Procedure(
        code=code,
        alias="",
        name_vi="",
        name_en="",
        field_code="CT",
        field_vi="",
        field_en="",
        term=Term(1, "working_day"),
        fee_dong=fee_dong,
        fee_basis_vi=basis,
        channels=("counter",),
        slip_policy="always",
        result_vi="",
        result_en="",
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # a test's shorthand


COPY = procedure("2.000815", 2_000, "2.000 đồng/trang", certification="copy")
SIGNATURE = procedure("2.000884", 10_000, "10.000 đồng/trường hợp", certification="signature")
BIRTH = procedure("1.001193", 0, "Miễn phí", field_code="HT")
DEATH = procedure("1.000656", None, "HĐND cấp tỉnh quy định", field_code="HT")
EXTRACT = procedure("2.000635", 8_000, "8.000 đồng/bản (Thông tư 281/2016/TT-BTC)", field_code="HT")
RESIDENCE = procedure("1.004222", 10_000, "Nộp trực tuyến 10.000 đồng/lần", field_code="CTR")


def total(of: Procedure, asked: FeeAsked, rows: tuple[FeeRow, ...] = NATIONAL_FEES) -> int:
    """Return the whole sum, which must be known."""
    fee = fee_of(of, asked, rows)
    assert isinstance(fee, Fee)
    return fee.total_dong


@pytest.mark.parametrize(
    ("pages", "copies", "dong"),
    [  # Thông tư 226/2016/TT-BTC, as the national portal states it (domain, 7)
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (5, 3, 21_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (197, 1, 199_000),
        (500, 2, 400_000),
    ],
)
def test_a_certified_copy_is_paid_by_page_and_copy(pages: int, copies: int, dong: int) -> None:
    asked = FeeAsked(TODAY, pages=pages, copies=copies)
    assert total(COPY, asked) == dong
    assert total(replace(COPY, code="2.000942"), asked) == dong


@pytest.mark.parametrize(
    ("pages", "copies"),
    [(None, 1), (1, None), (0, 1), (1, 0), (5_001, 1), (1, 1_001), (-1, 1)],
)
def test_pages_and_copies_are_asked_for(pages: int | None, copies: int | None) -> None:
    with pytest.raises(PagesMissing) as refused:
        fee_of(COPY, FeeAsked(TODAY, pages=pages, copies=copies))
    assert refused.value.facts == {"pages": MOST_PAGES, "copies": MOST_COPIES}


def test_the_largest_counts_are_taken() -> None:
    assert (MOST_PAGES, MOST_COPIES) == (5_000, 1_000)
    assert total(COPY, FeeAsked(TODAY, pages=5_000, copies=1_000)) == 200_000_000


@given(st.integers(1, 600), st.integers(1, 20))
def test_a_page_more_never_costs_less_and_copies_are_paid_alike(pages: int, copies: int) -> None:
    one = total(COPY, FeeAsked(TODAY, pages=pages, copies=1))
    assert total(COPY, FeeAsked(TODAY, pages=pages, copies=copies)) == one * copies
    assert one <= total(COPY, FeeAsked(TODAY, pages=pages + 1, copies=1)) <= 200_000


def test_a_row_by_the_page_without_steps_is_plain() -> None:
    row = FeeRow("1", "fee", 500, "page", date(2020, 1, 1), "")
    assert amount_by_row(row, FeeAsked(TODAY, pages=7, copies=2)) == 7_000


def test_a_waived_row_by_the_page_needs_no_counts() -> None:
    row = FeeRow("1", "fee", 0, "page", date(2020, 1, 1), "")
    assert amount_by_row(row, FeeAsked(TODAY)) == 0


def test_without_more_it_is_the_counter_and_nobody_in_particular() -> None:
    asked = FeeAsked(TODAY)
    assert (asked.channel, asked.case, asked.groups, asked.identity_level) == ("counter", None, frozenset(), 0)


def test_a_certified_copy_without_its_row_is_unknown_and_not_the_price_of_one_page() -> None:
    assert fee_of(COPY, FeeAsked(TODAY, pages=5, copies=3), rows=()) == UnknownFee("fee")


@pytest.mark.parametrize(("cases", "dong"), [(None, 10_000), (1, 10_000), (3, 30_000)])
def test_a_signature_is_paid_by_the_case(cases: int | None, dong: int) -> None:
    assert total(SIGNATURE, FeeAsked(TODAY, copies=cases)) == dong


def test_no_case_at_all_is_refused() -> None:
    with pytest.raises(PagesMissing):
        fee_of(SIGNATURE, FeeAsked(TODAY, copies=0))


@pytest.mark.parametrize(("code", "dong"), [("2.001035", 50_000), ("2.000913", 30_000), ("2.000927", 25_000)])
def test_a_transaction_is_paid_once_by_the_catalogue(code: str, dong: int) -> None:
    assert total(procedure(code, dong), FeeAsked(TODAY, pages=9, copies=9)) == dong


def test_a_free_procedure_costs_nothing_and_needs_no_ground() -> None:
    assert fee_of(BIRTH, FeeAsked(TODAY)) == Fee((FeeLine("charge", Dong(0), "Miễn phí"),))
    assert total(BIRTH, FeeAsked(TODAY, given_dong=0)) == 0


def test_a_fee_that_the_province_sets_is_unknown_and_not_0() -> None:
    unknown = fee_of(DEATH, FeeAsked(TODAY))
    assert unknown == UnknownFee("charge")
    assert isinstance(unknown, UnknownFee)
    assert (unknown.proposed_dong, unknown.proposed_ground) == (None, "")


def test_what_was_last_given_is_proposed() -> None:
    last = fee_of(DEATH, FeeAsked(TODAY, given_dong=0, given_ground="Hộ nghèo"))
    assert isinstance(last, Fee)
    assert fee_of(DEATH, FeeAsked(TODAY), last_given=last) == UnknownFee("charge", Dong(0), "Hộ nghèo")


def test_the_sum_typed_by_the_officer_counts() -> None:
    fee = fee_of(DEATH, FeeAsked(TODAY, given_dong=8_000))
    assert fee == Fee((FeeLine("charge", Dong(8_000), "HĐND cấp tỉnh quy định"),), given=True)


def test_a_typed_sum_of_a_known_fee_keeps_the_kind_of_its_row() -> None:
    fee = fee_of(RESIDENCE, FeeAsked(TODAY, given_dong=15_000))
    assert isinstance(fee, Fee)
    assert (fee.fee_dong, fee.charge_dong) == (0, 15_000)


@pytest.mark.parametrize("of", [DEATH, COPY, RESIDENCE])
def test_an_exemption_needs_its_ground(of: Procedure) -> None:
    with pytest.raises(ExemptionWithoutGround):
        fee_of(of, FeeAsked(TODAY, given_dong=0, given_ground="  "))
    fee = fee_of(of, FeeAsked(TODAY, given_dong=0, given_ground=" Người có công "))
    assert isinstance(fee, Fee)
    assert (fee.total_dong, fee.exemption, fee.given) == (0, "Người có công", True)


@pytest.mark.parametrize("given_dong", [-1, 10**12])
def test_a_sum_that_no_receipt_can_carry_is_refused(given_dong: int) -> None:
    with pytest.raises(AmountUnreadable):
        fee_of(DEATH, FeeAsked(TODAY, given_dong=given_dong))


def test_the_largest_sum_is_taken() -> None:
    assert total(DEATH, FeeAsked(TODAY, given_dong=10**12 - 1)) == 10**12 - 1


def test_what_a_row_waives_may_be_typed_as_0_without_a_ground() -> None:
    assert total(EXTRACT, FeeAsked(TODAY, identity_level=2, given_dong=0)) == 0


def test_two_exemptions_name_both_grounds() -> None:
    rows = (
        replace(ROW, amount_dong=0, group="poor_household", ground="NQ 1"),
        replace(ROW, amount_dong=0, group="poor_household", kind="fee", ground="TT 2"),
    )
    fee = fee_of(procedure("9.000001", 70_000), ASKED, rows)
    assert isinstance(fee, Fee)
    assert (fee.exemption, fee.given) == ("TT 2; NQ 1", False)


@pytest.mark.parametrize(("channel", "dong"), [("online", 10_000), ("counter", 20_000), ("post", 10_000)])
def test_permanent_residence_is_paid_by_channel(channel: Channel, dong: int) -> None:
    assert total(RESIDENCE, FeeAsked(TODAY, channel=channel)) == dong


@pytest.mark.parametrize(
    ("on", "level", "dong", "exemption"),
    [  # Thông tư 117/2026/TT-BTC: from 15 August 2026 to 28 February 2027, level 2
        (date(2026, 8, 14), 2, 16_000, ""),
        (date(2026, 8, 15), 2, 0, "Thông tư 117/2026/TT-BTC"),
        (date(2027, 2, 28), 2, 0, "Thông tư 117/2026/TT-BTC"),
        (date(2027, 3, 1), 2, 16_000, ""),
        (TODAY, 1, 16_000, ""),
        (TODAY, 3, 0, "Thông tư 117/2026/TT-BTC"),
    ],
)
def test_an_extract_is_free_for_a_time_at_level_2(on: date, level: int, dong: int, exemption: str) -> None:
    fee = fee_of(EXTRACT, FeeAsked(on, identity_level=level, copies=2))
    assert isinstance(fee, Fee)
    assert (fee.total_dong, fee.exemption) == (dong, exemption)


@pytest.mark.parametrize(
    ("of", "channel", "unconfirmed"),
    [
        (RESIDENCE, "online", False),
        (RESIDENCE, "counter", True),
        (BIRTH, "counter", False),
        (replace(BIRTH, unconfirmed=("term", "fee")), "counter", True),
        (replace(BIRTH, unconfirmed=("term",)), "counter", False),
    ],
)
def test_a_recalled_sum_is_shown_as_such(of: Procedure, channel: Channel, unconfirmed: bool) -> None:
    fee = fee_of(of, FeeAsked(TODAY, channel=channel))
    assert isinstance(fee, Fee)
    assert [line.is_unconfirmed for line in fee.lines] == [unconfirmed]


def test_a_typed_sum_is_the_officers_own() -> None:
    fee = fee_of(RESIDENCE, FeeAsked(TODAY, given_dong=20_000))
    assert isinstance(fee, Fee)
    assert not fee.lines[0].is_unconfirmed


def test_an_extract_without_a_count_is_one() -> None:
    assert total(EXTRACT, FeeAsked(TODAY)) == 8_000


def test_a_row_before_its_first_day_does_not_count() -> None:
    assert fee_of(COPY, FeeAsked(date(2016, 12, 31), pages=1, copies=1)) == UnknownFee("fee")


ROW = FeeRow("9.000001", "charge", 50_000, "dossier", date(2026, 1, 1), "NQ 1")
ASKED = FeeAsked(TODAY, channel="online", case="A", groups=frozenset({"poor_household"}), identity_level=1)


@pytest.mark.parametrize(
    ("rows", "dong"),
    [
        ((ROW,), 50_000),
        ((ROW, replace(ROW, amount_dong=40_000, channel="online")), 40_000),
        ((replace(ROW, amount_dong=40_000, channel="online"), ROW), 40_000),
        ((ROW, replace(ROW, amount_dong=40_000, channel="counter")), 50_000),
        ((ROW, replace(ROW, amount_dong=30_000, case="A")), 30_000),
        ((ROW, replace(ROW, amount_dong=30_000, case="B")), 50_000),
        ((ROW, replace(ROW, amount_dong=45_000, valid_from=date(2026, 7, 1))), 45_000),
        ((replace(ROW, amount_dong=45_000, valid_from=date(2026, 7, 1)), ROW), 45_000),
        ((ROW, replace(ROW, amount_dong=45_000, valid_from=date(2026, 10, 9))), 50_000),
        ((ROW, replace(ROW, amount_dong=45_000)), 45_000),
        ((replace(ROW, amount_dong=0, group="poor_household"), replace(ROW, case="A", channel="online")), 0),
        ((ROW, replace(ROW, amount_dong=0, group="meritorious_person")), 50_000),
        ((replace(ROW, procedure="9.000002"),), 70_000),
        ((ROW, replace(ROW, kind="fee", amount_dong=5_000)), 55_000),
        ((replace(ROW, amount_dong=0), replace(ROW, amount_dong=40_000, channel="online")), 40_000),
        ((replace(ROW, identity_level=1, amount_dong=35_000), replace(ROW, valid_from=date(2026, 9, 1))), 35_000),
    ],
)
def test_the_row_that_fits_best_counts(rows: tuple[FeeRow, ...], dong: int) -> None:
    assert total(procedure("9.000001", 70_000), ASKED, rows) == dong


def test_fee_and_charge_stand_apart_fee_first() -> None:
    fee = fee_of(procedure("9.000001", 0), ASKED, (ROW, replace(ROW, kind="fee", amount_dong=5_000, ground="NQ 2")))
    assert isinstance(fee, Fee)
    assert fee.lines == (FeeLine("fee", Dong(5_000), "NQ 2"), FeeLine("charge", Dong(50_000), "NQ 1"))
    assert (fee.fee_dong, fee.charge_dong, fee.total_dong) == (5_000, 50_000, 55_000)


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        (COPY, "fee"),
        (BIRTH, "charge"),
        (EXTRACT, "fee"),
        (procedure("2.001583", 100_000, "Phí công bố 100.000 đồng", field_code="DN"), "fee"),
        (procedure("9", 1, "Miễn lệ phí; phí cấp bản sao theo Thông tư 281/2016/TT-BTC", field_code="DD"), "charge"),
        (procedure("9", 1, "Phí công bố", field_code="HKD"), "fee"),
    ],
)
def test_a_sum_is_a_fee_or_a_charge(of: Procedure, kind: str) -> None:
    assert kind_of(of) == kind


@pytest.mark.parametrize("field", ["HT", "CTR", "CC", "HKD", "NCN", "XNC", "XD"])
def test_the_sums_of_these_fields_are_charges(field: str) -> None:
    assert kind_of(procedure("9", 1, "10.000 đồng", field_code=field)) == "charge"


@pytest.mark.parametrize("field", ["CT", "DD", "LLTP", "NLTS", ""])
def test_the_sums_of_others_are_fees(field: str) -> None:
    assert kind_of(procedure("9", 1, "10.000 đồng", field_code=field)) == "fee"


def test_the_national_rows_are_these() -> None:
    """domain, 7: certification, extracts, residence; each with its act and its days."""
    shown = [
        (row.procedure, row.kind, row.amount_dong, row.per, row.channel, row.identity_level, row.ground)
        for row in NATIONAL_FEES
    ]
    extract, freed = "Thông tư 281/2016/TT-BTC", "Thông tư 117/2026/TT-BTC"
    residence = "Thông tư 75/2022/TT-BTC"
    assert shown == [
        ("2.000815", "fee", 2_000, "page", None, 0, "Thông tư 226/2016/TT-BTC"),
        ("2.000942", "fee", 2_000, "page", None, 0, "Thông tư 226/2016/TT-BTC"),
        ("2.000635", "fee", 8_000, "copy", None, 0, extract),
        ("2.000635", "fee", 0, "copy", None, 2, freed),
        ("2.002516", "fee", 8_000, "copy", None, 0, extract),
        ("2.002516", "fee", 0, "copy", None, 2, freed),
        ("1.004222", "charge", 10_000, "dossier", "online", 0, residence),
        ("1.004222", "charge", 20_000, "dossier", "counter", 0, residence),
        ("1.004194", "charge", 7_000, "dossier", "online", 0, residence),
        ("1.004194", "charge", 15_000, "dossier", "counter", 0, residence),
    ]
    assert {(row.ground, row.valid_from, row.valid_to) for row in NATIONAL_FEES} == {
        ("Thông tư 226/2016/TT-BTC", date(2017, 1, 1), None),
        (extract, date(2017, 1, 1), None),
        (freed, date(2026, 8, 15), date(2027, 2, 28)),
        (residence, date(2023, 2, 5), None),
    }
    assert [row.procedure for row in NATIONAL_FEES if row.is_unconfirmed] == ["1.004222", "1.004194"]


def test_an_intake_form_asks_by_its_own_values() -> None:
    form = IntakeForm("2.000815", Person("Lan"), "post", "A", fee_dong=7, fee_ground="x", pages=5, copies=3)
    assert asked_by(form, TODAY) == FeeAsked(
        on=TODAY, channel="post", case="A", pages=5, copies=3, given_dong=7, given_ground="x"
    )


def test_a_receipt_lists_the_lines_of_the_rules_where_they_make_the_sum() -> None:
    asked = FeeAsked(TODAY, pages=5, copies=3, given_dong=9)
    (line,) = receipt_lines(COPY, asked, 21_000)
    known = fee_of(COPY, FeeAsked(TODAY, pages=5, copies=3))
    assert isinstance(known, Fee)
    assert (line,) == known.lines
    both = (
        FeeRow("X", "fee", 5_000, "dossier", valid_from=date(2020, 1, 1), ground="phí"),
        FeeRow("X", "charge", 0, "dossier", valid_from=date(2020, 1, 1), ground="miễn"),
    )
    listed = receipt_lines(procedure("X", None), FeeAsked(TODAY), 5_000, iter(both))
    assert [(line.kind, line.amount_dong) for line in listed] == [("fee", 5_000)]


def test_another_sum_is_one_line_of_the_kind_that_is_known() -> None:
    part = receipt_lines(COPY, FeeAsked(TODAY, pages=5, copies=3), 1_000)
    assert [(line.kind, line.amount_dong) for line in part] == [("fee", 1_000)]
    unknown = receipt_lines(DEATH, FeeAsked(TODAY), 15_000)
    assert [(line.kind, line.amount_dong) for line in unknown] == [("charge", 15_000)]
    uncounted = receipt_lines(COPY, FeeAsked(TODAY), 2_000)
    assert [(line.kind, line.amount_dong) for line in uncounted] == [("fee", 2_000)]
    charge = (FeeRow("X", "charge", 5_000, "dossier", valid_from=date(2020, 1, 1), ground="lệ phí"),)
    typed = receipt_lines(procedure("X", None), FeeAsked(TODAY), 4_000, iter(charge))
    assert [(line.kind, line.amount_dong) for line in typed] == [("charge", 4_000)]
