"""Officers and their PINs: tries are counted, and many programs at once do not look like a thief."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desk.cases.officers import FREE_TRIES, Officers
from desk.errors.acts import NotOneOfUs, PinClosed, PinUnfit, PinWrong
from desk.errors.papers import PaperNotDue
from desk.errors.people import NameMissing, NameUnreadable, StillNeeded
from desk.errors.rule import LeadNeeded
from desk.rules.scans import BadgeScan, classify
from tests.desk.cases.conftest import Office
from tests.homes import PIN
from tests.receipts.looking import printed, read_code


def _failures(office: Office) -> int:
    database = sqlite3.connect(office.services.context.home / "desk.db")
    (count,) = database.execute("SELECT failures FROM officer_key").fetchone()
    database.close()
    return int(count)


def test_many_programs_with_the_right_pin_at_once_are_all_let_in(office: Office) -> None:
    officers = office.services.officers
    with ThreadPoolExecutor(2 * FREE_TRIES) as many:
        tries = [many.submit(officers.check_pin, office.officer, PIN) for _try in range(2 * FREE_TRIES)]
    assert [one.exception() for one in tries] == [None] * 2 * FREE_TRIES
    assert _failures(office) == 0


def test_wrong_pins_at_once_are_all_counted(office: Office) -> None:
    officers = office.services.officers
    with ThreadPoolExecutor(8) as many:
        tries = [many.submit(officers.check_pin, office.officer, "111112") for _try in range(8)]
    told = sorted(type(one.exception()).__name__ for one in tries)
    assert told == ["PinClosed"] * (8 - FREE_TRIES + 1) + ["PinWrong"] * (FREE_TRIES - 1)
    assert _failures(office) == FREE_TRIES


def test_a_wrong_pin_is_on_disk_before_it_is_told_and_a_right_one_clears_it(office: Office) -> None:
    officers = office.services.officers
    for left in range(FREE_TRIES - 1, 0, -1):
        with pytest.raises(PinWrong) as wrong:
            officers.check_pin(office.officer, "111112")
        assert wrong.value.facts == {"left": left}
        assert _failures(office) == FREE_TRIES - left
    officers.check_pin(office.officer, PIN)
    assert _failures(office) == 0


def test_after_five_wrong_pins_even_the_right_one_waits_and_the_wait_doubles(office: Office) -> None:
    officers = office.services.officers
    for _try in range(FREE_TRIES - 1):
        with pytest.raises(PinWrong):
            officers.check_pin(office.officer, "111112")
    for minutes in (1, 2, 4):
        with pytest.raises(PinClosed) as closed:
            officers.check_pin(office.officer, "111112")
        assert closed.value.facts == {"minutes": minutes}
        with pytest.raises(PinClosed):
            officers.check_pin(office.officer, PIN)
        hour, minute = divmod(30 + {1: 1, 2: 4, 4: 9}[minutes], 60)
        office.at(f"2026-11-25T{8 + hour:02d}:{minute:02d}:00+07:00")
    officers.check_pin(office.officer, PIN)


def test_an_officer_is_named_by_id_or_name_or_is_the_only_one(office: Office) -> None:
    officers: Officers = office.services.officers
    assert officers.the_one() == officers.the_one("Cán bộ 1") == officers.the_one(office.officer.id) == office.officer
    assert office.officer.role == "lead"
    office.at("2026-11-25T08:31:00+07:00")  # ids of one instant stand in no order
    officers.add("Lý Văn Ba", "246802", "officer")
    assert [one.role for one in officers.all()] == ["lead", "officer"]
    for wanted in ("", "Ai đó"):
        with pytest.raises(NotOneOfUs):
            officers.the_one(wanted)


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "1234", "a" * 300])
def test_an_officer_has_a_name(office: Office, name: str) -> None:
    with pytest.raises((NameMissing, NameUnreadable)):
        office.services.officers.add(name, "246802", "officer")
    assert len(office.services.officers.all()) == 1


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "123456", "654321", "111111", "12a456", "１２３４５７"])
def test_a_pin_is_six_digits_that_nobody_guesses_first(office: Office, pin: str) -> None:
    with pytest.raises(PinUnfit):
        office.services.officers.change_pin(office.officer, pin)
    office.services.officers.check_pin(office.officer, PIN)


def test_a_badge_signs_in_until_a_new_one_takes_its_place(office: Office) -> None:
    officers = office.services.officers
    first = officers.give_badge(office.officer, office.officer)
    assert officers.of_badge(_number(first)) == office.officer
    second = officers.give_badge(office.officer, office.officer)
    assert officers.of_badge(_number(first)) is None
    assert officers.of_badge(_number(second)) == office.officer
    assert officers.badges() == {office.officer.id: second}
    assert officers.the_one().name == office.officer.name
    assert office.services.checking.rebuild().same


def _number(digits: str) -> str:
    scan = classify(digits)
    assert isinstance(scan, BadgeScan)
    return str(scan.number)


def test_only_a_lead_changes_the_officers(office: Office) -> None:
    officers = office.services.officers
    minh = officers.join("Lý Văn Minh", "862975", "officer", office.officer)
    for refused in (
        lambda: officers.give_badge(minh, minh),
        lambda: officers.join("Ai", "862975", "lead", minh),
        lambda: officers.retire(office.officer, minh),
    ):
        with pytest.raises((LeadNeeded, StillNeeded)):
            refused()
    officers.sign_in(minh, "862975")


def test_who_is_taken_out_signs_in_no_more_and_one_lead_always_stays(office: Office) -> None:
    officers = office.services.officers
    minh = officers.join("Lý Văn Minh", "862975", "lead", office.officer)
    badge = officers.give_badge(minh, office.officer)
    officers.retire(minh, office.officer)
    assert officers.all() == (office.officer,)
    assert officers.of_badge(_number(badge)) is None
    with pytest.raises(NotOneOfUs):
        officers.give_badge(minh, office.officer)
    with pytest.raises(StillNeeded):
        officers.retire(office.officer, office.officer)
    assert office.services.checking.rebuild().same


def test_a_badge_is_printed_with_the_code_of_now_and_not_without_one(office: Office) -> None:
    lists = office.services.papers.lists
    with pytest.raises(PaperNotDue):
        lists.badge(office.officer.id, office.officer)
    digits = office.services.officers.give_badge(office.officer, office.officer)
    made = lists.badge(office.officer.id, office.officer)
    assert read_code(printed(Path(made.path).read_bytes())[0]) == digits
    again = lists.reprint(made.id, office.officer)
    assert (again.copy, read_code(printed(Path(again.path).read_bytes())[0])) == (2, digits)
