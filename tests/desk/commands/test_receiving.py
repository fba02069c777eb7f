"""`desk intake`, `desk inbox`, `desk correct`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desk.errors.store import DiskFull
from storage import store
from tests import homes, oracle
from tests.desk.commands.conftest import Desk
from tests.receipts.looking import text_of

Write = Callable[[str, Any], str]


def test_an_intake_answers_with_the_promised_keys_and_a_slip_on_disk(desk: Desk) -> None:
    found = desk.intake()
    promised = {"code", "dossier", "status", "accepted_at", "due_at", "fee_dong", "slip", "trail"}
    assert promised | {"warnings", "certification_number"} == set(found)
    assert found["code"] == "H49.22.11-261125-0001"
    assert found["status"] == "accepted"
    assert found["accepted_at"] == "2026-11-25T08:30:00+07:00"
    assert found["due_at"] == "2026-11-25T17:00:00+07:00"
    assert [set(day) >= {"on", "counted", "why"} for day in found["trail"]] == [True]
    assert Path(found["slip"]).read_bytes().startswith(b"%PDF")


def test_an_intake_reads_a_file_as_an_old_notepad_saves_it(desk: Desk, written: Write) -> None:
    text = json.dumps(homes.birth(), ensure_ascii=False)
    assert desk.did("intake", written("a.json", text.encode("utf-16")))["status"] == "accepted"
    assert desk.did("intake", written("b.json", b"\xef\xbb\xbf" + text.encode()))["status"] == "accepted"


def test_a_number_that_contradicts_the_sex_is_accepted_with_a_warning(desk: Desk) -> None:
    found = desk.intake({"procedure": "1.001193", "owner": {**homes.citizen(), "sex": "male"}})
    assert [warning["id"] for warning in found["warnings"]] == ["sex_contradicts"]


def test_everybody_on_a_dossier_stands_apart_and_is_found(desk: Desk, written: Write) -> None:
    mother = {**homes.citizen(2), "name": "Trần Thị Mai"}
    guard = {**homes.citizen(3), "name": "Lê Văn Sơn"}
    child = {"name": "Nguyễn Văn Bé", "born_on": "2024-05-15"}
    found = desk.intake({"procedure": "1.001193", "owner": child, "representative": mother})
    assert found["warnings"] == []
    assert "người đại diện" in text_of(Path(found["slip"]).read_bytes())
    shown = desk.did("show", found["code"])
    assert (shown["representative"]["name"], shown["submitter"], shown["proxy"]) == ("Trần Thị Mai", None, None)
    assert [one["code"] for one in desk.did("find", mother["personal_id"])] == [found["code"]]
    desk.did("correct", found["code"], written("c.json", json.dumps({"representative": None, "proxy": guard})))
    shown = desk.did("show", found["code"])
    assert (shown["representative"], shown["proxy"]["name"]) == (None, "Lê Văn Sơn")


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        ({"procedure": "9.999999", "owner": homes.citizen()}, "RULE-103", "9.999999"),
        ({"procedure": "1.001193", "owner": homes.citizen(), "chanel": "counter"}, "RULE-107", "channel"),
        ({"procedure": "1.001193", "owner": {**homes.citizen(), "fone": "1"}}, "RULE-107", "phone"),
        ({"procedure": "1.001193", "owner": {**homes.citizen(), "born_on": "1990-02-30"}}, "RULE-108", "born_on"),
        ({"procedure": "1.001193", "owner": homes.citizen(), "filed_at": "yesterday"}, "RULE-108", "filed_at"),
        ({"procedure": "1.001193", "owner": homes.citizen(), "channel": "pigeon"}, "RULE-108", "pigeon"),
        ({"procedure": "1.001193", "owner": homes.citizen(), "fee_dong": -1}, "RULE-108", "fee_dong"),
        ({"procedure": "1.001193", "owner": homes.citizen(), "set_count": True}, "RULE-108", "set_count"),
        ({"procedure": "1.001193", "owner": homes.citizen(), "documents": []}, "RULE-104", "missing"),
        ({"procedure": "1.001193", "owner": homes.citizen(), "pages": 2, "copies": 1}, "RULE-111", "certification"),
        ({"procedure": "1.001193", "owner": {"name": ""}}, "RULE-", ""),
        ({"procedure": "1.001193", "owner": {**homes.citizen(), "personal_id": "12"}}, "RULE-", ""),
        ({"procedure": "1.001193"}, "RULE-108", "owner"),
        ({"owner": homes.citizen()}, "RULE-108", "procedure"),
    ],
)
def test_a_form_that_cannot_be_is_refused_by_name_and_nothing_is_saved(
    desk: Desk, value: dict[str, Any], code: str, said: str
) -> None:
    ran = desk.run("intake", "-", stdin=json.dumps(value))
    assert ran.status == 1
    assert ran.error.startswith(code)
    assert said in ran.json["error"]["message"] + ran.json["error"]["do"]
    assert oracle.look(desk.home).codes == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"not json",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe\x00",
        b"\x00\x01\x02",
        b"\x89PNG\r\n",
        b"[" * 9999,
    ],
)
def test_what_is_no_json_object_is_refused(desk: Desk, content: bytes) -> None:
    assert desk.run("intake", "-", stdin=content).error == "RULE-109"


@pytest.mark.parametrize("name", ["nowhere.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(desk: Desk, name: str) -> None:
    assert desk.run("intake", name).error == "STORE-15"


def test_a_fee_that_the_province_sets_is_asked_for(desk: Desk) -> None:
    value = {"procedure": "1.004873", "owner": homes.citizen()}
    assert desk.run("intake", "-", stdin=json.dumps(value)).error == "RULE-105"
    assert desk.run("intake", "-", stdin=json.dumps({**value, "fee_dong": 0})).status == 1
    assert desk.intake(value, fee_dong=0, fee_ground="hộ nghèo")["fee_dong"] == 0
    assert desk.intake(value, fee_dong=15000)["fee_dong"] == 15000


def test_a_hostile_name_is_data_and_nothing_else(desk: Desk) -> None:
    name = "A [/] B \u001b[31m\u202e{x} $(reboot)"
    code = desk.intake({"procedure": "1.001193", "owner": {"name": name}})["code"]
    shown = desk.run("find", "reboot", json=False).out
    assert "A [/] B" in shown
    assert "\u001b" not in shown + desk.run("show", code, json=False).out
    assert desk.did("show", code)["owner"]["name"] == "A [/] B [31m{x} $(reboot)"


def test_a_slip_that_cannot_be_drawn_is_a_warning_because_the_dossier_is_saved(desk: Desk) -> None:
    found = desk.intake({"procedure": "1.001193", "owner": {"name": "Trần 漢"}})
    assert found["slip"] is None
    assert found["warnings"][0]["id"] == "PRINT-01"
    again = desk.run("intake", "-", stdin=json.dumps(homes.birth()))  # the missing slip is tried again, and told
    assert again.status == 0
    assert "(PRINT-01)" in again.err
    assert len(oracle.look(desk.home).codes) == 2


def _filed(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "code": f"H49-261124-{number:04d}",
        "filed_at": "2026-11-24T14:00:00+07:00",
        "procedure": "1.001193",
        "owner": homes.citizen(number),
        **changes,
    }


def test_dossiers_filed_online_are_taken_once_and_listed_with_the_hours_left(desk: Desk, written: Write) -> None:
    lines = "\n".join(json.dumps(_filed(number)) for number in (1, 2, 1))
    found = desk.did("inbox", "import", written("a.jsonl", lines))
    assert [set(one) for one in found] == [{"code", "filed_at", "owner", "procedure", "hours_left"}] * 2
    assert desk.did("inbox", "import", written("b.jsonl", lines)) == found
    assert desk.did("inbox") == found
    assert found[0]["code"] == "H49-261124-0001"
    assert 0 < found[0]["hours_left"] < 8


def test_a_table_of_dossiers_filed_online_is_read_as_well(desk: Desk, written: Write) -> None:
    table = (
        "code,filed_at,procedure,name,personal_id\nG15.20-261124-0007,2026-11-24T14:00:00+07:00,1.001193,Lý Văn Ba,\n"
    )
    assert [one["owner"] for one in desk.did("inbox", "import", written("a.csv", table))] == ["Lý Văn Ba"]


def test_the_portals_own_message_is_taken_in_by_the_same_door(desk: Desk, written: Write) -> None:
    filed = {
        "MaHoSo": "G15.20-261124-0008",
        "MaTTHC": "1.001193",
        "KenhThucHien": "2",
        "ChuHoSo": "Lý Văn Ba",
        "LoaiDoiTuong": "0",
        "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": "022090000017"},
        "SoDienThoai": "0912345678",
        "NgayNopHoSo": "20261124140000",
        "TrangThaiHoSo": "1",
        "TaiLieuNop": [],
    }
    (found,) = desk.did("inbox", "import", written("a.json", json.dumps([filed], indent=1)))
    assert (found["code"], found["owner"]) == ("G15.20-261124-0008", "Lý Văn Ba")
    assert datetime.fromisoformat(found["filed_at"]) == datetime.fromisoformat("2026-11-24T14:00:00+07:00")
    ran = desk.run("inbox", "import", written("b.json", json.dumps([{**filed, "MaHoSo": "x", "NgayNopHoSo": "sớm"}])))
    assert ran.error == "RULE-125"


def test_faults_of_a_file_are_named_by_line_and_nothing_is_taken(desk: Desk, written: Write) -> None:
    lines = [_filed(1), _filed(2, procedure="9.9"), _filed(3, code=None), _filed(4, filed_at="2030-01-01T00:00:00Z")]
    ran = desk.run("inbox", "import", written("a.jsonl", "\n".join(map(json.dumps, lines)) + "\n{"))
    assert ran.error == "RULE-125"
    assert all(f"{line}: " in ran.json["error"]["message"] for line in (2, 3, 4, 5))
    assert desk.did("inbox") == []


def test_a_dossier_from_the_inbox_is_accepted_by_its_code_alone(desk: Desk, written: Write) -> None:
    desk.did("inbox", "import", written("a.jsonl", json.dumps(_filed(1))))
    found = desk.did("intake", "-", stdin='{"code": "H49-261124-0001"}')
    assert found["code"] == "H49-261124-0001"
    shown = desk.did("show", found["code"])
    assert shown["channel"] == "online"
    assert shown["filed_at"] == "2026-11-24T14:00:00+07:00"
    assert shown["owner"]["name"] == "Nguyễn Thị Lan"
    assert desk.did("inbox") == []
    assert desk.run("intake", "-", stdin=json.dumps(_filed(1))).error == "RULE-106"


def test_a_correction_changes_what_it_names_and_replaces_the_slip(desk: Desk) -> None:
    before = desk.intake(note="gấp")
    value = {"owner": {**homes.citizen(), "name": "Nguyễn Thị Lành"}, "note": None}
    found = desk.did("correct", before["code"], "-", stdin=json.dumps(value))
    assert set(before) == set(found)
    assert found["code"] == before["code"]
    assert found["due_at"] == before["due_at"]
    assert found["slip"] not in (None, before["slip"])
    assert found["trail"] == before["trail"]
    shown = desk.did("show", before["code"])
    assert (shown["owner"]["name"], shown["note"]) == ("Nguyễn Thị Lành", "gấp")
    assert {(paper["copy"], paper["state"]) for paper in shown["papers"]} == {(1, "voided"), (2, "queued")}
    assert sorted(job["state"] for job in desk.did("print", "list")) == ["cancelled", "queued"]


def test_the_whole_first_form_with_one_value_right_is_a_correction_too(desk: Desk) -> None:
    form = {"procedure": "2.000815", "owner": homes.citizen(), "pages": 4, "copies": 2}
    before = desk.intake(form)
    code = before["code"]
    assert desk.run("correct", code, "-", stdin=json.dumps(form)).error == "RULE-130"
    found = desk.did("correct", code, "-", stdin=json.dumps({**form, "copies": 3}))
    assert found["fee_dong"] == before["fee_dong"] * 3 // 2
    assert desk.did("show", code)["copies"] == 3


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"procedure": "1.000894"}, "RULE-108"),
        ({"channel": "post"}, "RULE-108"),
        ({"other_codes": [{"system": "X", "code": "1"}]}, "RULE-108"),
        ({"ownr": {}}, "RULE-107"),
        ({"documents": []}, "RULE-104"),
        ({"owner": {"name": ""}}, "RULE-"),
        ({"fee_dong": "much"}, "RULE-108"),
        ({"competent_unit": "00000"}, "RULE-118"),
        ({"pages": 2, "copies": 2}, "RULE-111"),
        ({}, "RULE-130"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(desk: Desk, value: dict[str, Any], code: str) -> None:
    number = desk.intake()["code"]
    ran = desk.run("correct", number, "-", stdin=json.dumps(value))
    assert ran.error.startswith(code)
    assert [event["kind"] for event in desk.did("show", number)["history"]] == ["dossier.accepted", "paper.made"]


def test_an_unknown_dossier_cannot_be_corrected(desk: Desk) -> None:
    assert desk.run("correct", "H49.22.11-261125-0009", "-", stdin='{"note": "a"}').error == "RULE-101"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"competent_unit": "nowhere"}, "RULE-118"),
        ({"returning_unit": "00000"}, "RULE-118"),
        ({"filed_at": "2026-11-27T08:30:00+07:00"}, "RULE-108"),
        ({"channel": "online", "code": "not a code"}, "RULE-"),
    ],
)
def test_what_points_nowhere_is_refused(desk: Desk, changes: dict[str, Any], code: str) -> None:
    ran = desk.run("intake", "-", stdin=json.dumps({**homes.birth(), **changes}))
    assert ran.error.startswith(code)
    assert oracle.look(desk.home).codes == []


def test_a_line_of_json_may_hold_any_end_of_line_in_its_strings(desk: Desk, written: Write) -> None:
    line = json.dumps(_filed(1, note="a\u2028b\u0085c"), ensure_ascii=False)
    assert len(desk.did("inbox", "import", written("a.jsonl", f"\ufeff{line}\r\n\r\n"))) == 1


@pytest.mark.parametrize("text", ["", "\0", "a" * 200_000, '"' + "a" * 200_000, "[1, 2]", "[[]]", "{}\n{}", "[" * 9999])
def test_a_file_that_lists_no_dossiers_is_told(desk: Desk, written: Write, text: str) -> None:
    ran = desk.run("inbox", "import", written("a.txt", text))
    assert ran.status == 0 or ran.error in ("RULE-125", "RULE-109")
    assert desk.did("inbox") == []


def test_on_a_full_disk_nothing_is_saved_and_the_sentence_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    code = desk.intake()["code"]
    prepare = store._prepare_sqlite
    pages = sqlite3.connect(desk.home / "desk.db").execute("PRAGMA page_count").fetchone()[0]

    def without_room(connection: sqlite3.Connection, record: object) -> None:
        prepare(connection, record)
        connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite then says what a full disk makes it say

    with monkeypatch.context() as full:
        full.setattr(store, "_prepare_sqlite", without_room)
        for number in range(40):  # some dossiers still fit into pages that are there
            ran = desk.run("intake", "-", stdin=json.dumps(homes.birth(number)))
            if ran.status:
                break
        assert ran.error == "STORE-04"
        assert desk.run("find", "lan").status == 0
    saved = len(oracle.look(desk.home).codes)
    assert desk.intake()["code"].endswith(f"{saved + 1:04d}")
    assert desk.did("show", code)["code"] == code
    assert oracle.look(desk.home).faults == []


def test_a_store_that_fails_after_the_act_does_not_say_that_nothing_was_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object, **_options: object) -> None:
        raise DiskFull

    monkeypatch.setattr("desk.cases.papers.Papers.make", full)
    ran = desk.run("intake", "-", stdin=json.dumps(homes.birth()))
    assert (ran.status, ran.json["slip"], ran.json["warnings"][0]["id"]) == (0, None, "PRINT-07")
    assert "The dossier is saved." in ran.err
    assert "NOT" not in ran.err


def test_the_body_that_the_portal_names_stays_with_the_dossier_through_its_acceptance(
    desk: Desk, written: Callable[[str, Any], str]
) -> None:
    filed = {**homes.birth(), "code": "H49-261124-0001", "filed_at": "2026-11-24T14:00:00+07:00"}
    desk.did("inbox", "import", written("a.jsonl", {**filed, "competent_unit": "06712", "returning_unit": "06709"}))
    assert desk.did("show", filed["code"])["competent_unit"] == "06712"
    desk.did("intake", "-", stdin=json.dumps({"code": filed["code"]}))
    shown = desk.did("show", filed["code"])
    assert (shown["status"], shown["competent_unit"], shown["returning_unit"]) == ("accepted", "06712", "06709")
    other = {**filed, "code": "H49-261124-0002", "competent_unit": "nowhere"}
    assert desk.run("inbox", "import", written("b.jsonl", other)).error == "RULE-125"


def _with_published_time(text: str) -> str:
    return homes.catalogue("1.004873", published_time=text)


def test_a_shorter_published_time_is_promised_and_the_laws_stands_on_the_slip(desk: Desk, written: Write) -> None:
    form = {"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 8000}
    desk.did("import", "catalogue", written("c.csv", _with_published_time("1 working_day")))
    found = desk.intake(form)
    assert found["due_at"] == "2026-11-26T08:30:00+07:00"
    text = text_of(Path(found["slip"]).read_bytes()).replace("\u00a0", " ")
    assert "03 ngày làm việc" in text
    assert "08 giờ 30 phút, ngày 26 tháng 11 năm 2026" in text
    desk.did("move", found["code"], "supplement_requested", "--reason", "thiếu ảnh")
    back = desk.did("move", found["code"], "processing", DESK_CLOCK="2026-11-25T09:30:00+07:00")
    assert back["due_at"] == "2026-11-26T09:30:00+07:00"
    corrected = desk.did("correct", found["code"], "-", stdin='{"note": "x"}', DESK_CLOCK="2026-11-25T09:30:00+07:00")
    assert [day["on"] for day in corrected["trail"]] == ["2026-11-25", "2026-11-26"]


def test_a_case_has_its_own_time_and_a_case_that_does_not_exist_is_refused(desk: Desk, written: Write) -> None:
    form = {"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 8000}
    cases = "counter 3 working_day: trong nước; counter 8 working_day: có yếu tố nước ngoài"
    desk.did("import", "catalogue", written("c.csv", homes.catalogue("1.004873", time_variants=cases)))
    assert desk.intake(form)["due_at"] == "2026-11-30T08:30:00+07:00"
    abroad = desk.intake({**form, "owner": homes.citizen(2), "case": "có yếu tố nước ngoài"})
    assert abroad["due_at"] == "2026-12-07T08:30:00+07:00"
    assert "08 ngày làm việc" in text_of(Path(abroad["slip"]).read_bytes()).replace("\u00a0", " ")
    assert desk.did("show", abroad["code"])["case"] == "có yếu tố nước ngoài"
    refused = desk.run("intake", "-", stdin=json.dumps({**form, "owner": homes.citizen(3), "case": "đổi"}))
    assert refused.error == "RULE-25" and "trong nước; có yếu tố nước ngoài" in refused.json["error"]["do"]


def test_a_published_time_longer_than_the_laws_promises_the_laws(desk: Desk, written: Write) -> None:
    form = {"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 8000}
    desk.did("import", "catalogue", written("c.csv", _with_published_time("20 working_day")))
    assert desk.intake(form)["due_at"] == "2026-11-30T08:30:00+07:00"
