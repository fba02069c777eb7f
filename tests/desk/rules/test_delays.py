"""Causes of delay, the apology's rules, outages and what they held up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from desk.errors.base import RuleBroken
from desk.errors.rule import (
    ApologyGivenAlready,
    ApologyTooLate,
    BodyNeeded,
    CalendarEnds,
    CauseUnknown,
    EvidenceNeeded,
    LeadNeeded,
    NewDateOutsideHours,
    NewDateTooEarly,
    NotRunning,
    OutageNotOver,
    PeriodBackwards,
)
from desk.rules.clock_stops import ClockStop
from desk.rules.delays import (
    APOLOGY,
    CAUSES,
    Outage,
    cause_of,
    check_apology,
    check_delay,
    check_outage,
    held_up_minutes,
)
from desk.words import _, speak, told
from tests.desk.rules.holidays import quang_ninh
from tests.desk.rules.office import at

OFFICE = quang_ninh()


def test_every_cause_is_found_by_its_id_and_has_a_name_of_its_own() -> None:
    assert [cause_of(cause.id) for cause in CAUSES] == list(CAUSES)
    assert len({cause.name for cause in CAUSES}) == len(CAUSES)
    # The causes the issue and the source article name.
    assert {"system_fault", "unit_renamed", "seal_reissued", "other_body", "citizen", "staff"} <= {
        cause.id for cause in CAUSES
    }


# id, name, where it lies, whether one fault can hold up many
TABLE = [
    ("system_fault", "Lỗi hệ thống dùng chung", "system", True),
    ("network_outage", "Mất kết nối mạng", "system", True),
    ("power_outage", "Mất điện", "system", True),
    ("equipment_fault", "Hỏng máy tính, máy in hoặc máy quét", "desk", True),
    ("unit_renamed", "Đơn vị đổi tên hoặc sáp nhập", "system", True),
    ("seal_reissued", "Đang cấp lại con dấu hoặc chữ ký số", "system", True),
    ("other_body", "Cơ quan phối hợp chậm trả kết quả", "body", False),
    ("citizen", "Chờ công dân", "citizen", False),
    ("staff", "Công chức vắng mặt hoặc quá tải", "desk", False),
    ("hard_case", "Vụ việc cần thẩm tra, xác minh thêm", "body", False),
    ("disaster", "Bão, lũ hoặc dịch bệnh", "none", True),
    ("other", "Nguyên nhân khác", "none", False),
]


def test_the_causes_say_where_they_lie_in_the_officers_language() -> None:
    speak("vi")
    assert [(cause.id, _(cause.name), cause.blame, cause.is_outage) for cause in CAUSES] == TABLE
    assert _(APOLOGY) == "xin lỗi và hẹn lại ngày trả kết quả"


def test_an_unknown_cause_is_answered_with_the_nearest() -> None:
    with pytest.raises(CauseUnknown) as refused:
        cause_of("power_outtage")
    assert str(refused.value.facts["nearest"]).startswith("power_outage")
    with pytest.raises(CauseUnknown) as refused:
        cause_of("zzz")
    assert refused.value.facts["nearest"] == ", ".join(cause.id for cause in CAUSES)


def test_a_delay_says_what_its_cause_demands() -> None:
    assert check_delay("staff").blame == "desk"
    with pytest.raises(BodyNeeded):
        check_delay("other_body", body=" ")
    assert check_delay("other_body", body="Thuế cơ sở 5").blame == "body"
    with pytest.raises(EvidenceNeeded):
        check_delay("other", evidence=" ")
    assert check_delay("other", evidence="biên bản 12/BB").id == "other"


def test_a_refusal_names_the_cause_in_the_officers_language() -> None:
    speak("en")
    with pytest.raises(BodyNeeded) as refused:
        check_delay("other_body")
    assert told(refused.value).message == "The cause “Another body is late” needs the body that is late."


def apologise(new_due: str = "2026-03-10 09:00", now: str = "2026-03-05 09:59", **changed: Any) -> None:
    """Check an apology for a dossier that is due on 5 March 2026 at 10:00."""
    facts: dict[str, Any] = {"due_at": at("2026-03-05 10:00"), "status": "processing", "role": "lead"}
    check_apology(at(new_due), OFFICE, now=at(now), **{**facts, **changed})


def test_an_apology_before_the_due_moment_with_a_later_date_is_right() -> None:
    apologise()
    apologise(status="accepted")
    apologise(new_due="2026-03-10 17:00")
    apologise(new_due="2026-03-05 10:01")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"role": "officer"}, LeadNeeded),
        ({"status": "filed"}, NotRunning),
        ({"status": "resolved"}, NotRunning),
        ({"earlier": at("2026-03-05 10:00")}, ApologyGivenAlready),
        ({"now": "2026-03-05 10:00"}, ApologyTooLate),
        ({"now": "2026-03-09 08:00"}, ApologyTooLate),
        ({"new_due": "2026-03-05 10:00"}, NewDateTooEarly),
        ({"new_due": "2026-03-04 10:00"}, NewDateTooEarly),
        ({"new_due": "2026-03-07 09:00"}, NewDateOutsideHours),
        ({"new_due": "2026-03-10 12:00"}, NewDateOutsideHours),
        ({"new_due": "2026-03-10 17:01"}, NewDateOutsideHours),
        ({"new_due": "2028-01-03 09:00"}, CalendarEnds),
    ],
)
def test_an_apology_against_a_rule_is_refused(changed: dict[str, Any], error: type[RuleBroken]) -> None:
    with pytest.raises(error):
        apologise(**changed)


def test_a_refused_apology_names_the_moments() -> None:
    with pytest.raises(NewDateTooEarly) as refused:
        apologise(new_due="2026-03-04 10:00")
    assert refused.value.facts == {"due": "04/03/2026 10:00", "old_due": "05/03/2026 10:00"}


@pytest.mark.parametrize(
    ("start", "end", "now", "error"),
    [
        ("2026-03-05 09:00", "2026-03-05 09:00", "2026-03-05 10:00", PeriodBackwards),
        ("2026-03-05 09:00", "2026-03-05 08:00", "2026-03-05 10:00", PeriodBackwards),
        ("2026-03-05 09:00", "2026-03-05 10:01", "2026-03-05 10:00", OutageNotOver),
    ],
)
def test_an_impossible_outage_is_refused(start: str, end: str, now: str, error: type[RuleBroken]) -> None:
    with pytest.raises(error):
        check_outage(Outage("power_outage", at(start), at(end)), at(now))


def test_an_outage_has_a_cause_that_can_hold_up_many() -> None:
    def outage(cause: str) -> Outage:
        return Outage(cause, at("2026-03-05 08:00"), at("2026-03-05 10:00"))

    assert check_outage(outage("network_outage"), at("2026-03-05 10:00")).is_outage
    with pytest.raises(CauseUnknown) as refused:
        check_outage(outage("citizen"), at("2026-03-05 10:00"))
    assert refused.value.facts["nearest"] == ", ".join(
        [
            "system_fault",
            "network_outage",
            "power_outage",
            "equipment_fault",
            "unit_renamed",
            "seal_reissued",
            "disaster",
        ]
    )
    with pytest.raises(CauseUnknown):
        check_outage(outage("nothing"), at("2026-03-05 10:00"))


def end_of(text: str | None) -> datetime | None:
    """The moment a dossier ended, None while it is open."""
    return None if text is None else at(text)


OUTAGE = Outage("system_fault", at("2026-03-05 09:00"), at("2026-03-06 09:00"))


@pytest.mark.parametrize(
    ("accepted", "ended", "stops", "minutes"),
    [
        ("2026-03-02 08:00", None, [], 450),
        ("2026-03-05 16:00", None, [], 150),
        ("2026-03-02 08:00", "2026-03-05 10:00", [], 60),
        ("2026-03-02 08:00", "2026-03-05 09:00", [], 0),  # ended as it began
        ("2026-03-06 09:00", None, [], 0),  # accepted as it ended
        ("2026-03-09 08:00", None, [], 0),  # accepted after it
        ("2026-03-02 08:00", "2026-03-03 09:00", [], 0),  # ended before it
        ("2026-03-05 18:00", "2026-03-05 19:00", [], 0),  # open, but outside the working hours
        ("2026-03-02 08:00", None, [("2026-03-04 08:00", "2026-03-05 10:00")], 390),
        ("2026-03-02 08:00", None, [("2026-03-05 16:00", None)], 300),
        ("2026-03-02 08:00", None, [("2026-03-02 09:00", "2026-03-03 09:00")], 450),
        ("2026-03-02 08:00", None, [("2026-03-05 08:00", "2026-03-09 09:00")], 0),
    ],
)
def test_an_outage_holds_up_what_was_open_while_its_clock_ran(
    accepted: str, ended: str | None, stops: list[tuple[str, str | None]], minutes: int
) -> None:
    waits = [ClockStop("supplement", at(start), end_of(end)) for start, end in stops]
    assert held_up_minutes(OUTAGE, at(accepted), end_of(ended), waits, OFFICE) == minutes
