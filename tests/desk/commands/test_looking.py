"""`desk find` and `desk show`."""

from __future__ import annotations

import pytest

from desk.rules.proof import short_digits
from tests import homes
from tests.desk.commands.conftest import Desk


def test_a_dossier_is_found_by_any_scrap_of_it(desk: Desk) -> None:
    code = desk.intake(homes.birth(7))["code"]
    desk.intake({"procedure": "1.001193", "owner": {"name": "Lý Văn Ba"}})
    shown = desk.did("show", code)
    scraps = [code, "0001", "nguyen thi lan", "Lan", "022190000007", "0912000007", f"{code} {shown['check_digits']}"]
    for scrap in [*scraps, shown["short_form"]]:
        found = desk.did("find", *scrap.split())
        assert [one["code"] for one in found] == [code], scrap
    keys = {"code", "owner", "procedure", "status", "due_at", "timeliness", "unit", "presence"}
    assert set(found[0]) == keys
    assert found[0]["timeliness"] == "due_soon"


def test_the_newest_stands_first_and_the_limit_holds(desk: Desk) -> None:
    codes = [
        desk.did("intake", "-", stdin='{"procedure": "1.001193", "owner": {"name": "Lý Ba"}}', DESK_CLOCK=clock)["code"]
        for clock in ("2026-11-25T08:30:00+07:00", "2026-11-25T09:30:00+07:00")
    ]
    assert [one["code"] for one in desk.did("find", "ba")] == codes[::-1]
    assert [one["code"] for one in desk.did("find", "--limit", 1, "ba")] == codes[1:]


def test_nothing_found_is_an_empty_list(desk: Desk) -> None:
    assert desk.did("find", "nobody") == []
    assert desk.run("find", "nobody", json=False).out == "Nothing."
    assert desk.did("find", "\x1b[2J") == []


def test_reading_needs_no_pin(desk: Desk) -> None:
    code = desk.intake()["code"]
    for words in (["find", "lan"], ["show", code], ["register", "--from", "2026-11-01", "--to", "2026-11-30"]):
        assert desk.run(*words, DESK_PIN="").status == 0


def test_one_dossier_is_shown_whole(desk: Desk) -> None:
    code = desk.intake(note="hai bản")["code"]
    shown = desk.did("show", code)
    assert shown["code"] == code
    assert shown["owner"]["personal_id"] == "022190000001"
    assert shown["documents"][0]["original"] == 1
    assert [set(event) for event in shown["history"]] == [{"at", "kind", "officer", "note"}] * 2
    assert shown["history"][0]["officer"] == "Cán bộ 1"
    assert [paper["kind"] for paper in shown["papers"]] == ["slip"]
    assert shown["sent"] is False
    for_people = desk.run("show", code, json=False).out
    assert code in for_people
    assert "Nguyễn Thị Lan" in for_people


def test_a_certification_is_shown_and_registered_with_its_number_in_the_book(desk: Desk) -> None:
    taken = desk.intake({"procedure": "2.000815", "owner": {"name": "Lý Văn Ba"}, "pages": 2, "copies": 1})
    birth = desk.intake()
    assert (taken["certification_number"], birth["certification_number"]) == ("1/2026-SCT/BS", None)
    assert desk.did("show", taken["code"])["certification_number"] == "1/2026-SCT/BS"
    assert "1/2026-SCT/BS" in desk.run("show", taken["code"], json=False).out
    month = ("register", "--from", "2026-11-01", "--to", "2026-11-30")
    assert [one["certification_number"] for one in desk.did(*month)] == ["1/2026-SCT/BS", None]
    assert "1/2026-SCT/BS" in desk.run(*month, json=False).out
    assert [one["code"] for one in desk.did("find", "1/2026")] == [taken["code"]]
    assert [one["code"] for one in desk.did(*month, "--book", "copy")] == [taken["code"]]
    assert desk.did(*month, "--book", "signature") == []
    assert desk.run(*month, "--book", "copies").status == 2


def test_people_read_the_names_of_events_and_papers_and_programs_their_identifiers(desk: Desk) -> None:
    code = desk.intake()["code"]
    shown = desk.run("show", code, json=False, DESK_LANG="vi").out
    assert "Được tiếp nhận" in shown and "Lập giấy tờ" in shown and "giấy tiếp nhận hồ sơ" in shown.lower()
    assert "dossier.accepted" not in shown and "paper.made" not in shown
    assert [event["kind"] for event in desk.did("show", code)["history"]] == ["dossier.accepted", "paper.made"]


@pytest.mark.parametrize("code", ["H49.22.11-261125-0009", "nonsense", "", "' OR 1=1", "x" * 5000])
def test_a_code_that_nobody_has_is_told(desk: Desk, code: str) -> None:
    assert desk.run("show", code).error in ("RULE-101", "RULE-140")


def test_wrong_check_digits_find_nothing(desk: Desk) -> None:
    code = desk.intake()["code"]
    assert desk.run("show", f"{code} 99").error == "RULE-101"
    assert desk.did("find", short_digits(12345)) == []


@pytest.mark.parametrize("words", ["H'Hen", "h'hen niê", "hen", "niê-kđăm", "<b>niê", 'niê"', "niê_kdam", "niê*", "-"])
def test_a_name_with_other_signs_is_found_by_its_parts_and_breaks_no_search(desk: Desk, words: str) -> None:
    owner = {**homes.birth()["owner"], "name": "H'Hen Niê-Kđăm"}
    code = desk.intake(owner=owner)["code"]
    found = [line["code"] for line in desk.did("find", "--", words)]
    assert found == ([] if words in ("<b>niê", "-") else [code])
