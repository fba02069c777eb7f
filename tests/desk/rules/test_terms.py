"""Statutory times by channel and case (domain 5.1.8)."""

from __future__ import annotations

import pytest

from desk.errors.rule import CaseUnknown, CutoffUnreadable, TermUnreadable
from desk.rules.dossier import Channel, Procedure, Term
from desk.rules.terms import Case, Variant, cases_of, check_term, exact, parse_variants, term_of, written_term


def procedure(term: Term, variants: str) -> Procedure:
    """A procedure with this time and these times by channel."""
    return Procedure(
        code="1.013979",
        alias="Cấp lại GCN do mất",
        name_vi="Cấp lại Giấy chứng nhận do bị mất",
        name_en="Re-issue of a lost certificate",
        field_code="DD",
        field_vi="Đất đai",
        field_en="Land",
        term=term,
        fee_dong=None,
        fee_basis_vi="",
        channels=("counter", "online", "post"),
        slip_policy="always",
        result_vi="",
        result_en="",
        time_variants=variants,
    )


# The lost land certificate of domain 5.1.8: 10 working days online or by post, 20 at the counter.
LOST = procedure(Term(10, "working_day"), "online 10 working_day; post 10 working_day; counter 20 working_day")


@pytest.mark.parametrize(("channel", "days"), [("online", 10), ("post", 10), ("counter", 20)])
def test_the_time_depends_on_the_channel(channel: Channel, days: int) -> None:
    assert term_of(LOST, channel) == Term(days, "working_day")


def test_a_channel_that_is_not_listed_has_the_procedures_own_time() -> None:
    assert term_of(procedure(Term(30, "calendar_day"), "post 40 calendar_day"), "counter") == Term(30, "calendar_day")
    assert term_of(procedure(Term(1, "within_day", "15:00"), ""), "counter") == Term(1, "within_day", "15:00")


def test_of_several_times_of_one_channel_the_procedures_own_is_taken() -> None:
    cases = procedure(Term(3, "working_day", "15:00"), "online 1 working_day; online 3 working_day")
    assert term_of(cases, "online") == Term(3, "working_day", "15:00")
    assert term_of(procedure(Term(9, "working_day"), "online 1 working_day; online 3 working_day"), "online") == Term(
        1, "working_day"
    )


@pytest.mark.parametrize("text", ["online", "online 3", "17 working_day", "online 0 hour"])
def test_variants_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(TermUnreadable):
        parse_variants(text)


def test_variants_are_read_in_order() -> None:
    assert parse_variants(" online 17 working_day;post 20 calendar_day; ") == (
        Variant("online", Term(17, "working_day")),
        Variant("post", Term(20, "calendar_day")),
    )
    assert parse_variants("") == ()


def test_a_variant_may_name_its_case() -> None:
    assert parse_variants("counter 10 working_day: cấp lại do mất ; counter 3 working_day :đổi") == (
        Variant("counter", Term(10, "working_day"), "cấp lại do mất"),
        Variant("counter", Term(3, "working_day"), "đổi"),
    )


def test_each_case_of_a_channel_has_its_own_time() -> None:
    named = procedure(
        Term(3, "working_day", "15:00"), "counter 10 working_day: mất; counter 3 working_day: đổi; post 20 working_day"
    )
    assert cases_of(named, "counter") == (
        Case("mất", Term(10, "working_day")),
        Case("đổi", Term(3, "working_day", "15:00")),
    )
    assert term_of(named, "counter", "mất") == Term(10, "working_day")
    assert term_of(named, "counter", "đổi") == Term(3, "working_day", "15:00")
    assert term_of(named, "counter") == Term(3, "working_day", "15:00")
    assert cases_of(named, "post") == () and term_of(named, "post", "mất") == Term(20, "working_day")


def test_a_case_without_a_name_is_called_by_its_time() -> None:
    cases = procedure(Term(3, "working_day"), "online 1 working_day; online 3 working_day")
    assert [case.id for case in cases_of(cases, "online")] == ["1 working_day", "3 working_day"]
    assert term_of(cases, "online", "1 working_day") == Term(1, "working_day")


def test_a_case_that_the_channel_does_not_have_is_refused_with_those_it_has() -> None:
    cases = procedure(Term(3, "working_day"), "online 1 working_day: cấp mới; online 3 working_day: cấp lại")
    with pytest.raises(CaseUnknown) as caught:
        term_of(cases, "online", "đổi")
    assert caught.value.facts["nearest"] == "cấp mới; cấp lại"
    assert term_of(cases, "online", "") == Term(3, "working_day")


@pytest.mark.parametrize("value", [0.0, -1.0, 10_000.5, float("nan"), float("inf")])
def test_a_time_that_no_law_gives_is_refused(value: float) -> None:
    with pytest.raises(TermUnreadable):
        check_term(Term(value, "hour"))


def test_the_longest_time_is_still_taken() -> None:
    check_term(Term(10_000, "hour"))


def test_within_a_day_is_one_day() -> None:
    check_term(Term(1, "within_day", "15:00"))
    with pytest.raises(TermUnreadable):
        check_term(Term(0.5, "within_day"))


@pytest.mark.parametrize("cutoff", ["15", "24:00", "15:60", "3:00", "15:00 "])
def test_a_cutoff_is_hours_and_minutes(cutoff: str) -> None:
    with pytest.raises(CutoffUnreadable) as refused:
        check_term(Term(1, "within_day", cutoff))
    assert refused.value.facts == {"cutoff": cutoff}


def test_a_number_counts_as_it_was_written() -> None:
    assert exact(0.1) * 10 == 1
    assert exact(1e-05) * 100_000 == 1


def test_a_term_is_written_as_it_is_read() -> None:
    assert written_term(Term(3, "working_day")) == "3 working_day"
    assert written_term(Term(0.5, "hour")) == "0.5 hour"
