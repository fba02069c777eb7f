"""`desk --plain`: a day's errands as questions and answers, without any screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests import homes
from tests.desk.commands.conftest import Desk, Ran

CARD = "022190000001|012345678|NGUYỄN THỊ LAN|15051990|Nữ|Tổ 1, Móng Cái 2, Quảng Ninh|01012022"
Write = Callable[[str, Any], str]
BIRTH = [CARD, "0912345678", "khai sinh", "1", ""]
"""Scanned card, telephone, procedure, its number in the list, all documents there."""


def talk(desk: Desk, *answers: str, **changes: str) -> Ran:
    """Run the talk with these answers, one line each."""
    return desk.run("--plain", stdin="".join(f"{answer}\n" for answer in answers), json=False, **changes)


def test_a_dossier_is_received_from_a_scanned_card_and_its_slip_is_made(desk: Desk) -> None:
    ran = talk(desk, *BIRTH, "a note", "", "0")
    assert ran.status == 0
    assert "Saved: H49.22.11-261125-0001. Due 17:00 25/11/2026." in ran.out
    shown = desk.did("show", "H49.22.11-261125-0001")
    assert (shown["owner"]["name"], shown["owner"]["phone"]) == ("NGUYỄN THỊ LAN", "0912345678")
    assert shown["note"] == "a note"
    assert [paper["kind"] for paper in shown["papers"]] == ["slip"]


def test_a_slip_of_the_finger_is_corrected_before_saving(desk: Desk) -> None:
    ran = talk(
        desk,
        *BIRTH,
        "",
        "1",
        "Trần Thị Hoa",
        "",
        "",
        "",
        "0987654321",
        "2",
        "chứng thực bản sao",
        "1",
        "5",
        "3",
        "",
        "",
    )
    assert "Saved:" in ran.out, ran.out
    shown = desk.did("show", "H49.22.11-261125-0001")
    assert (shown["owner"]["name"], shown["owner"]["phone"]) == ("Trần Thị Hoa", "0987654321")
    assert (shown["pages"], shown["copies"], shown["fee_dong"]) == (5, 3, 21_000)


def test_what_is_missing_is_received_with_its_reason(desk: Desk) -> None:
    ran = talk(desk, CARD, "0912345678", "khai sinh", "1", "1", "comes tomorrow", "", "")
    assert "without Declaration form: birth registration. comes tomorrow" in ran.out
    assert desk.did("show", "H49.22.11-261125-0001")["documents"] == []


def test_nothing_is_saved_by_leaving_by_an_end_of_answers_or_by_a_refusal(desk: Desk) -> None:
    left = talk(desk, *BIRTH, ".", "0")
    assert "Nothing of this was saved." in left.out
    ended = talk(desk, *BIRTH)
    assert "No more answers come; whatever was not told as saved was not saved." in ended.out
    impossible = talk(desk, "1", "Lê Văn An", "", "31021990", "", ".", "0")
    assert "(RULE-" in impossible.out
    assert desk.did("find", "an") == desk.did("find", "lan") == []


def test_somebody_known_is_not_asked_for_again(desk: Desk) -> None:
    desk.intake()
    number = str(homes.birth()["owner"]["personal_id"])
    ran = talk(desk, "1", number[-6:], "1", "khai sinh", "1", "", "", "", "0")
    assert "Saved: H49.22.11-261125-0002" in ran.out, ran.out
    assert "Full name" not in ran.out


def test_a_dossier_is_found_by_any_scrap_and_by_its_scanned_slip(desk: Desk) -> None:
    code = desk.intake()["code"]
    by_tail = talk(desk, "2", code[-4:], "0")
    assert code in by_tail.out and "History" in by_tail.out
    short = desk.did("show", code)["short_form"]
    assert "History" in talk(desk, short, "0").out
    assert "No dossier was found." in talk(desk, "2", "không có ai", "0").out


def test_a_result_is_handed_over_without_the_slip_to_somebody_else(desk: Desk) -> None:
    code = desk.intake()["code"]
    desk.did("move", code, "processing")
    desk.did("move", code, "resolved")
    other = CARD.replace("NGUYỄN THỊ LAN", "PHẠM VĂN MINH").replace("022190000001", "022085000002")
    ran = talk(desk, "3", code[-4:], "2", other, "letter of authority", "n", "", "0")
    assert f"Saved. The result of {code} was handed over to PHẠM VĂN MINH." in ran.out, ran.out
    shown = desk.did("show", code)
    assert shown["status"] == "returned"
    assert {paper["kind"] for paper in shown["papers"]} >= {"result_receipt", "lost_slip"}


def test_a_card_of_somebody_named_on_the_dossier_asks_for_no_right(desk: Desk) -> None:
    code = desk.intake(procedure="2.000815", pages=5, copies=3)["code"]
    desk.did("move", code, "resolved")
    owner = desk.did("show", code)["owner"]
    card = CARD.replace("NGUYỄN THỊ LAN", owner["name"].upper()).replace("022190000001", owner["personal_id"])
    ran = talk(desk, "3", code[-4:], "2", card, "", "", "0")
    assert f"Saved. The result of {code} was handed over to {owner['name']}." in ran.out, ran.out
    assert "By what right?" not in ran.out
    assert "Fee: 21.000 đồng · not taken yet" in ran.out


def test_a_result_that_is_not_there_yet_is_refused_before_anything_is_asked(desk: Desk) -> None:
    code = desk.intake()["code"]
    ran = talk(desk, "3", code[-4:], "0")
    assert "cannot be handed over" in ran.out and "Was the slip handed in?" not in ran.out


def test_hostile_answers_stay_text(desk: Desk) -> None:
    hostile = "[red]Lê\x1b[2J <b>An</b>"
    ran = talk(desk, "1", hostile, "", "", "", "", "khai sinh", "1", "", "\x07", "", "x" * 9_000, "0")
    assert "\x1b" not in ran.out and "\x07" not in ran.out
    assert "the rest was left out" in ran.out
    assert "Saved:" in ran.out, ran.out


def test_it_speaks_vietnamese_to_the_officer_who_signed_in(desk: Desk) -> None:
    ran = talk(desk, "0", DESK_LANG="vi")
    assert "1 Tiếp nhận   2 Tra cứu   3 Trả kết quả   0 Kết thúc" in ran.out
    assert "Cán bộ 1" in ran.out


def test_a_wrong_pin_and_a_command_beside_it_are_refused(desk: Desk, written: Callable[[str, object], str]) -> None:
    assert talk(desk, "0", DESK_PIN="000000").status == 1
    assert desk.run("--plain", "find", "x", json=False).status == 2
    assert desk.run("--plain").status == 2


def test_where_the_time_depends_on_the_case_the_case_is_asked_for(desk: Desk, written: Write) -> None:
    cases = "counter 1 within_day: trong nước; counter 3 working_day: có yếu tố nước ngoài"
    desk.did("import", "catalogue", written("c.csv", homes.catalogue("1.001193", time_variants=cases)))
    ran = talk(desk, *BIRTH[:4], "2", "", "", "", "0")
    assert "Which case?" in ran.out and "có yếu tố nước ngoài: 03" in ran.out
    shown = desk.did("show", "H49.22.11-261125-0001")
    assert (shown["case"], shown["due_at"]) == ("có yếu tố nước ngoài", "2026-11-30T08:30:00+07:00")
