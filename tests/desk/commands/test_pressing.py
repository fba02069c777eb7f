"""`desk due-list`, `desk delay`, `desk outage`, `desk apology`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import homes, oracle
from tests.desk.commands.conftest import Desk
from tests.receipts.looking import text_of

THREE_DAYS = {"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 8000}
DUE = "2026-11-30T08:30:00+07:00"
NEW = "2026-12-03T09:00:00+07:00"
LATE = "2026-12-01T09:00:00+07:00"
SPAN = ["--from", "2026-11-25T09:00:00+07:00", "--to", "2026-11-25T15:00:00+07:00"]
EVENING = "2026-11-25T16:00:00+07:00"


def accepted(desk: Desk, number: int = 1) -> str:
    return str(desk.intake({**THREE_DAYS, "owner": homes.citizen(number)})["code"])


def listed(desk: Desk, *words: str, at: str = LATE) -> dict[str, Any]:
    return {one["code"]: one for one in desk.did("due-list", *words, DESK_CLOCK=at)}


def test_the_list_parts_late_due_and_waiting_by_who_holds_them(desk: Desk) -> None:
    late, waiting, early = accepted(desk, 1), accepted(desk, 2), accepted(desk, 3)
    desk.did("move", waiting, "supplement_requested", "--reason", "thiếu bản chính")
    desk.did("move", late, "processing", "--to", "so-tu-phap")
    desk.did("apology", early, "--due", NEW, "--cause", "staff")
    found = listed(desk, "--days", "2")
    assert {code: one["list"] for code, one in found.items()} == {late: "late", waiting: "waiting", early: "due"}
    assert list(found) == [late, early, waiting]
    assert (found[late]["holder"], found[late]["holder_name"]) == ("so-tu-phap", "Sở Tư pháp")
    assert found[waiting]["holder"] == "06709"
    assert listed(desk, "--days", "1").keys() == {late, waiting}
    shown = desk.run("due-list", json=False, DESK_CLOCK=LATE).out
    assert "Sở Tư pháp (1)" in shown
    assert "Late without a cause: 1. Apology not sent: 1." in shown


def test_a_cause_and_an_apology_take_a_dossier_off_the_lists_of_those_that_lack_them(desk: Desk) -> None:
    first, second = accepted(desk, 1), accepted(desk, 2)
    flags = {code: (one["without_cause"], one["apology_not_sent"]) for code, one in listed(desk).items()}
    assert flags == {first: (True, True), second: (True, True)}
    desk.did("delay", first, "--cause", "staff", DESK_CLOCK=LATE)
    assert listed(desk)[first]["causes"] == ["staff"]
    assert (listed(desk)[first]["without_cause"], listed(desk)[first]["apology_not_sent"]) == (False, True)


def test_a_dossier_known_to_become_late_lacks_its_apology_before_it_is_due(desk: Desk) -> None:
    code = accepted(desk)
    desk.did("delay", code, "--cause", "system_fault")
    at = "2026-11-27T09:00:00+07:00"
    assert (listed(desk, at=at)[code]["list"], listed(desk, at=at)[code]["apology_not_sent"]) == ("due", True)
    desk.did("apology", code, "--due", NEW, "--cause", "system_fault", DESK_CLOCK=at)
    assert listed(desk, "--days", "5", at=at)[code]["apology_not_sent"] is False


def test_nothing_presses_where_nothing_is_open(desk: Desk) -> None:
    assert desk.did("due-list") == []
    assert "Nothing." in desk.run("due-list", json=False).out
    assert desk.run("due-list", "--days", "-1").status == 2
    assert desk.run("due-list", "--days", "soon").status == 2


def test_a_cause_is_recorded_with_body_and_evidence(desk: Desk) -> None:
    code = accepted(desk)
    said = desk.did("delay", code, "--cause", "other_body", "--body", "thue-tinh", "--evidence", "công văn 12")
    assert said == {"dossiers": [code]}
    ((_head, body),) = oracle.look(desk.home).of_kind("delay.recorded")
    assert body == {"cause": "other_body", "body": "thue-tinh"}
    shown = desk.did("show", code)
    assert shown["causes"] == ["other_body"]
    assert "công văn 12" in [event["note"] for event in shown["history"]]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--cause", "moon"], "RULE-40"),
        (["--cause", "other_body"], "RULE-47"),
        (["--cause", "other_body", "--body", "nowhere"], "RULE-118"),
        (["--cause", "other"], "RULE-48"),
        (["--cause", "staff"], "RULE-114"),
        ([], "RULE-140"),
    ],
)
def test_a_cause_that_says_too_little_is_refused(desk: Desk, words: list[str], code: str) -> None:
    number = accepted(desk)
    pin = "" if code == "RULE-114" else homes.PIN
    assert desk.run("delay", number, *words, DESK_PIN=pin).error == code
    assert oracle.look(desk.home).of_kind("delay.recorded") == []


def test_a_dossier_done_in_time_has_no_delay_and_one_done_late_has(desk: Desk) -> None:
    first, second = accepted(desk, 1), accepted(desk, 2)
    desk.did("move", first, "resolved")
    desk.did("move", second, "resolved", DESK_CLOCK=LATE)
    assert desk.run("delay", first, "--cause", "staff", DESK_CLOCK=LATE).error == "RULE-180"
    assert desk.did("delay", second, "--cause", "staff", DESK_CLOCK=LATE) == {"dossiers": [second]}
    assert desk.run("delay", "H49.22.11-261125-0999", "--cause", "staff").error == "RULE-101"


def test_one_fault_is_entered_once_for_every_dossier_it_held_up(desk: Desk) -> None:
    open_one, resolved, waiting = accepted(desk, 1), accepted(desk, 2), accepted(desk, 3)
    desk.did("move", resolved, "resolved")
    desk.did("move", waiting, "supplement_requested", "--reason", "thiếu bản chính")
    asked = [*SPAN, "--cause", "system_fault", "--body", "kho-bac-khu-vuc"]
    looked = desk.did("outage", *asked, "--dry-run", DESK_CLOCK=EVENING, DESK_PIN="")
    assert (looked["dossiers"], looked["paper"]) == ([open_one], None)
    done = desk.did("outage", *asked, "--evidence", "phiếu báo hỏng số 18", DESK_CLOCK=EVENING)
    # 09:00 to 11:30 and 13:30 to 15:00
    assert (done["dossiers"], done["minutes"]) == ([open_one], {open_one: 240})
    text = text_of(Path(done["paper"]).read_bytes()).replace("\u00a0", " ")
    assert "phiếu báo hỏng số 18" in text
    assert "4 giờ" in text
    log = oracle.look(desk.home)
    ((head, outage),) = log.of_kind("outage.recorded")
    ((delay_head, delay),) = log.of_kind("delay.recorded")
    assert outage["dossiers"] == [{"id": delay_head["dossier"], "minutes": 240}]
    assert (delay["outage"], delay["minutes"], delay["act"]) == (head["id"], 240, head["id"])
    assert desk.did("show", open_one)["causes"] == ["system_fault"]
    assert desk.did("paper", "outage", open_one)["paper"] == done["paper"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([*SPAN, "--cause", "citizen"], "RULE-40"),
        (["--from", SPAN[3], "--to", SPAN[1], "--cause", "power_outage"], "RULE-18"),
        (["--from", SPAN[1], "--to", "2026-11-25T17:00:00+07:00", "--cause", "power_outage"], "RULE-49"),
        ([*SPAN, "--cause", "power_outage", "--body", "nowhere"], "RULE-118"),
        (["--from", SPAN[1], "--cause", "power_outage"], "RULE-140"),
        (["--from", "early", "--to", "late"], "RULE-126"),
        ([], "RULE-181"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(desk: Desk, words: list[str], code: str) -> None:
    accepted(desk)
    assert desk.run("outage", *words, DESK_CLOCK=EVENING).error == code
    assert oracle.look(desk.home).of_kind("outage.recorded") == []


def test_an_apology_gives_a_new_date_once_and_keeps_the_printed_promise(desk: Desk) -> None:
    code = accepted(desk)
    done = desk.did("apology", code, "--due", NEW, "--cause", "other_body", "--body", "thue-tinh")
    assert (done["code"], done["due_at"]) == (code, NEW)
    text = text_of(Path(done["paper"]).read_bytes())
    assert "08 giờ 30 phút, ngày 30 tháng 11 năm 2026" in text
    assert "09 giờ 00 phút, ngày 03 tháng 12 năm 2026" in text
    assert "Thuế tỉnh Quảng Ninh" in text
    shown = desk.did("show", code)
    assert (shown["due_at"], shown["promised_at"], shown["apologised_at"]) == (NEW, DUE, "2026-11-25T08:30:00+07:00")
    again = desk.run("apology", code, "--due", "2026-12-10T09:00:00+07:00", "--cause", "staff")
    assert again.error == "RULE-42"
    assert "03/12/2026 09:00" in again.err


@pytest.mark.parametrize(
    ("words", "at", "code"),
    [
        (["--due", DUE, "--cause", "staff"], "2026-11-25T09:00:00+07:00", "RULE-43"),
        (["--due", "2026-12-05T09:00:00+07:00", "--cause", "staff"], "2026-11-25T09:00:00+07:00", "RULE-44"),
        (["--due", NEW, "--cause", "staff"], DUE, "RULE-41"),
        (["--due", NEW, "--cause", "staff"], LATE, "RULE-41"),
        (["--due", NEW, "--cause", "moon"], "2026-11-25T09:00:00+07:00", "RULE-40"),
        (["--due", "2029-12-03T09:00:00+07:00", "--cause", "staff"], "2026-11-25T09:00:00+07:00", "RULE-14"),
        (["--due", "later", "--cause", "staff"], "2026-11-25T09:00:00+07:00", "RULE-126"),
        (["--due", NEW], "2026-11-25T09:00:00+07:00", "RULE-140"),
    ],
)
def test_an_apology_that_cannot_be_is_refused(desk: Desk, words: list[str], at: str, code: str) -> None:
    number = accepted(desk)
    assert desk.run("apology", number, *words, DESK_CLOCK=at).error == code
    assert oracle.look(desk.home).of_kind("dossier.apologised") == []


def test_a_dossier_that_does_not_run_has_no_apology(desk: Desk) -> None:
    code = accepted(desk)
    desk.did("move", code, "resolved")
    assert desk.run("apology", code, "--due", NEW, "--cause", "staff").error == "RULE-45"


def test_a_wait_after_an_apology_moves_its_new_date_on(desk: Desk) -> None:
    code = accepted(desk)
    desk.did("apology", code, "--due", NEW, "--cause", "staff")
    desk.did(
        "move", code, "supplement_requested", "--reason", "thiếu bản chính", DESK_CLOCK="2026-11-26T09:00:00+07:00"
    )
    back = desk.did("move", code, "processing", DESK_CLOCK="2026-11-27T09:00:00+07:00")
    assert back["due_at"] == "2026-12-04T09:00:00+07:00"
