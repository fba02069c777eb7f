"""`desk move`, `desk link`, `desk return`, `desk survey`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import homes, oracle
from tests.desk.commands.conftest import Desk

LATER = "2026-11-25T10:00:00+07:00"
RESIDENCE = {"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 8000}


def test_a_dossier_goes_its_way_to_the_citizen(desk: Desk) -> None:
    code = desk.intake()["code"]
    moved = desk.did("move", code, "processing", "--note", "chuyển tư pháp")
    assert moved == {"code": code, "status": "processing", "due_at": "2026-11-25T17:00:00+07:00", "paper": None}
    assert desk.did("move", code, "resolved")["status"] == "resolved"
    given = desk.did("return", code)
    assert set(given) == {"code", "returned_at", "receipt"}
    assert Path(given["receipt"]).read_bytes().startswith(b"%PDF")
    assert desk.did("survey", code, "--level", "satisfied")["level"] == "satisfied"
    kinds = [event["kind"] for event in desk.did("show", code)["history"]]
    assert [kind for kind in kinds if kind.startswith("dossier.")] == [
        "dossier.accepted",
        "dossier.processing",
        "dossier.resolved",
        "dossier.returned",
    ]


def test_a_supplement_stops_the_clock_and_its_end_moves_the_due_moment(desk: Desk) -> None:
    code = desk.intake(RESIDENCE)["code"]
    before = desk.did("show", code)["due_at"]
    asked = desk.did("move", code, "supplement_requested", "--reason", "thiếu ảnh")
    assert (asked["status"], asked["due_at"]) == ("supplement_requested", before)
    assert Path(asked["paper"]).read_bytes().startswith(b"%PDF")
    back = desk.did("move", code, "processing", DESK_CLOCK="2026-11-26T08:30:00+07:00")
    assert back["due_at"] > before
    shown = desk.did("show", code)
    assert shown["promised_at"] == before
    assert "thiếu ảnh" in [event["note"] for event in shown["history"]]


def test_a_move_may_be_dated_back_to_the_last_thing_that_happened(desk: Desk) -> None:
    code = desk.intake()["code"]
    for status, at in (("processing", "2026-11-25T08:40:00+07:00"), ("resolved", "2026-11-25T09:10:00")):
        desk.did("move", code, status, "--at", at, DESK_CLOCK=LATER)
    shown = desk.did("show", code)
    assert shown["resolved_at"] == "2026-11-25T09:10:00+07:00"
    assert shown["timeliness"] == "on_time"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["flying"], "RULE-24"),
        (["returned"], "RULE-20"),
        (["filed"], "RULE-20"),
        (["supplement_requested"], "RULE-22"),
        (["stopped"], "RULE-22"),
        (["processing", "--to", "00000"], "RULE-118"),
        (["processing", "--at", "2026-11-25T08:29:00+07:00"], "RULE-119"),
        (["processing", "--at", "2026-11-25T08:31:00+07:00"], "RULE-119"),
        (["processing", "--at", "soon"], "RULE-126"),
        (["processing", "--at", "2026-02-30T00:00:00+07:00"], "RULE-126"),
        (["processing", "--at", "0001-01-01T00:00:00+07:00"], "RULE-126"),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_nothing_is_written(desk: Desk, words: list[str], code: str) -> None:
    number = desk.intake()["code"]
    assert desk.run("move", number, *words).error == code
    assert len(oracle.look(desk.home).of_kind("dossier.processing")) == 0


def test_a_dossier_filed_online_is_not_accepted_by_a_move(desk: Desk, written: Callable[[str, Any], str]) -> None:
    filed = {**homes.birth(), "code": "H49-261124-0001", "filed_at": "2026-11-24T14:00:00+07:00"}
    desk.did("inbox", "import", written("a.jsonl", filed))
    assert desk.run("move", filed["code"], "accepted").error == "RULE-131"
    refused = desk.did("move", filed["code"], "refused", "--reason", "không thuộc thẩm quyền")
    assert refused["status"] == "refused"
    assert refused["due_at"] is None
    assert Path(refused["paper"]).is_file()


def test_an_act_needs_the_right_pin(desk: Desk) -> None:
    code = desk.intake()["code"]
    assert desk.run("move", code, "processing", DESK_PIN="").error == "RULE-114"
    assert desk.run("move", code, "processing", DESK_PIN="000000").error == "RULE-115"
    assert desk.run("move", code, "processing", DESK_PIN="\udce41").error == "RULE-115"
    assert desk.run("move", code, "processing", DESK_OFFICER="nobody").error == "RULE-113"
    for _try in range(3):
        ran = desk.run("move", code, "processing", DESK_PIN="111111")
    assert ran.error == "RULE-116"
    assert desk.run("move", code, "processing").error == "RULE-116"
    assert desk.run("move", code, "processing", DESK_CLOCK="2026-11-25T08:32:00+07:00").status == 0


def test_a_code_of_another_system_is_kept_and_found(desk: Desk) -> None:
    code = desk.intake()["code"]
    found = desk.did("link", code, "Hộ tịch điện tử", "HT-2026/77")
    assert found == {"code": code, "other_codes": [{"system": "Hộ tịch điện tử", "code": "HT-2026/77"}]}
    assert [one["code"] for one in desk.did("find", "HT-2026/77")] == [code]
    assert desk.run("link", code, "Hộ tịch điện tử", "HT-2026/77").error == "RULE-123"
    assert desk.run("link", code, " ", "X").error == "RULE-123"
    assert desk.run("link", "H49.22.11-261125-0009", "a", "b").error == "RULE-101"


def _resolved(desk: Desk) -> str:
    code = str(desk.intake()["code"])
    desk.did("move", code, "resolved")
    return code


def test_another_may_take_the_result_with_or_without_the_slip(desk: Desk, written: Callable[[str, Any], str]) -> None:
    code = _resolved(desk)
    taker = written("taker.json", {"name": "Lý Văn Ba", "personal_id": "022085000002"})
    desk.did("return", code, "--receiver", taker, "--lost-slip")
    assert desk.did("show", code)["receiver"]["name"] == "Lý Văn Ba"
    assert oracle.look(desk.home).of_kind("dossier.returned")[0][1]["lost_slip"] is True


def test_a_result_goes_by_post_under_its_number(desk: Desk) -> None:
    desk.did("return", _resolved(desk), "--by", "post", "--consignment", "EV123456789VN")
    assert oracle.look(desk.home).of_kind("dossier.returned")[0][1]["consignment"] == "EV123456789VN"


def test_a_result_that_is_not_there_or_gone_is_not_handed_over(desk: Desk, written: Callable[[str, Any], str]) -> None:
    code = desk.intake()["code"]
    assert desk.run("return", code).error == "RULE-120"
    desk.did("move", code, "resolved")
    assert desk.run("return", code, "--receiver", written("a.json", {"nam": "x"})).error == "RULE-107"
    assert desk.run("return", code, "--receiver", written("b.json", "{")).error == "RULE-109"
    assert desk.run("return", code, "--by", "post").status == 2
    assert desk.run("return", code, "--by", "pigeon").status == 2
    desk.did("return", code)
    assert desk.run("return", code).error == "RULE-120"


def test_a_walk_in_answers_too_and_an_answer_never_names_the_dossier(desk: Desk) -> None:
    code = desk.intake()["code"]
    assert set(desk.did("survey", "--walk-in", "--level", "very_satisfied")) == {"form", "level"}
    desk.did("survey", code, "--level", "dissatisfied", "--reason", "waiting", "--comment", "chờ lâu")
    captured = oracle.look(desk.home).of_kind("survey.captured")
    assert [body["level"] for _head, body in captured] == ["very_satisfied", "dissatisfied"]
    assert all("dossier" not in body and not head["dossier"] for head, body in captured)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--level", "ecstatic", "--walk-in"], 1),
        (["--level", "satisfied"], 2),
        (["--walk-in"], 2),
        (["H49.22.11-261125-0009", "--level", "satisfied"], 1),
        (["H49.22.11-261125-0009", "--walk-in", "--level", "satisfied"], 2),
    ],
)
def test_a_form_that_cannot_be_is_refused(desk: Desk, words: list[str], status: int) -> None:
    ran = desk.run("survey", *words)
    assert ran.status == status
    assert json.loads(ran.out)["error"]["code"].startswith("RULE-")
    assert oracle.look(desk.home).of_kind("survey.captured") == []


def test_the_other_rule_holds_for_the_procedures_that_the_settings_name(desk: Desk) -> None:
    file = desk.home / "desk.toml"
    was = file.read_text(encoding="utf-8")
    paused = desk.intake(RESIDENCE)["code"]
    file.write_text(was.replace('other_stop_rule = ""', 'other_stop_rule = "1.001193, 1.004873"'), encoding="utf-8")
    restarted = desk.intake({**RESIDENCE, "owner": homes.citizen(2)})["code"]
    file.write_text(was, encoding="utf-8")  # the rule is stored with each dossier
    due = {}
    for code in (paused, restarted):
        desk.did("move", code, "supplement_requested", "--reason", "thiếu ảnh", DESK_CLOCK="2026-11-25T10:30:00+07:00")
        due[code] = desk.did("move", code, "processing", DESK_CLOCK="2026-11-26T09:30:00+07:00")["due_at"]
    # 390 working minutes waited, or three whole days from completion
    assert due == {paused: "2026-11-30T17:00:00+07:00", restarted: "2026-12-01T09:30:00+07:00"}
