"""`desk report`, `desk register`: the table, its closing, what was known then, and the files of both."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests import homes, oracle
from tests.desk.commands.conftest import Desk
from tests.receipts.looking import text_of

PERIOD = ["--from", "2026-11-01", "--to", "2026-11-30"]
WEEK = ["--from", "2026-11-23", "--to", "2026-11-27"]
AFTER = "2026-11-30T09:00:00+07:00"
RESIDENCE = {"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 8000}


def test_the_report_counts_what_was_done_and_its_identities_hold(desk: Desk) -> None:
    desk.intake(homes.birth(1))
    done = desk.intake(homes.birth(2))["code"]
    desk.did("move", done, "resolved")
    found = desk.did("report", *PERIOD)
    assert {"from", "to", "rows", "total", "checks", "survey", "adjustments"} <= set(found)
    assert (found["total"]["received"], found["total"]["resolved"], found["total"]["in_progress"]) == (2, 1, 1)
    assert [row["key"] for row in found["rows"]] == ["HT"]
    assert all(check["holds"] and check["left"] == check["right"] for check in found["checks"])
    for group in ("procedure", "officer", "unit"):
        assert desk.did("report", *PERIOD, "--by", group)["total"] == found["total"]
    assert desk.did("report", *PERIOD, "--unit", "06709")["total"] == found["total"]
    assert "(13)" in desk.run("report", *PERIOD, json=False).out


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--from", "2026-11-30", "--to", "2026-11-01"], 1),
        (["--from", "2026-02-30", "--to", "2026-11-01"], 1),
        (["--from", "today", "--to", "tomorrow"], 1),
        ([*PERIOD, "--unit", "nowhere"], 1),
        ([*PERIOD, "--by", "colour"], 2),
        (["--from", "2026-11-30"], 2),
    ],
)
def test_a_report_that_cannot_be_is_refused(desk: Desk, words: list[str], status: int) -> None:
    ran = desk.run("report", *words)
    assert (ran.status, ran.error[:5]) == (status, "RULE-")


def test_the_register_lists_a_period_in_the_order_of_acceptance(desk: Desk) -> None:
    codes = [desk.intake(homes.birth(number))["code"] for number in (1, 2)]
    found = desk.did("register", *PERIOD)
    assert [(row["number"], row["code"]) for row in found] == list(enumerate(codes, 1))
    assert desk.did("register", "--from", "2026-10-01", "--to", "2026-10-31") == []
    assert codes[1] in desk.run("register", *PERIOD, json=False).out


def numbers(report: Any, *columns: str) -> tuple[int, ...]:
    return tuple(report["total"][column] for column in columns)


def test_a_dossier_for_another_commune_is_no_boundary_and_one_for_a_department_is_not(desk: Desk) -> None:
    desk.intake({**RESIDENCE, "competent_unit": "06712"})
    for body in ("so-tu-phap", "cong-an-tinh", "phong-van-hoa-xa-hoi", "06709"):
        desk.intake({**RESIDENCE, "competent_unit": body})
    assert numbers(desk.did("report", *PERIOD), "received", "no_boundary") == (5, 1)
    by_body = desk.did("report", *PERIOD, "--by", "competent_unit")
    assert {row["key"]: row["received"] for row in by_body["rows"]}["06712"] == 1


def test_what_was_filed_online_waits_in_time_for_a_working_day_and_late_after_it(desk: Desk) -> None:
    filed = [
        {**homes.birth(), "code": f"H49-261124-000{at}", "filed_at": f"2026-11-{day}T14:00:00+07:00"}
        for at, day in enumerate(("23", "25"), 1)
    ]
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in filed)
    desk.did("inbox", "import", "-", stdin=text, DESK_CLOCK=AFTER)
    found = desk.did("report", "--from", "2026-11-01", "--to", "2026-11-25", DESK_CLOCK=AFTER)
    assert numbers(found, "received", "waiting_in_time", "waiting_late") == (0, 1, 1)
    desk.did("move", filed[1]["code"], "refused", "--reason", "không thuộc thẩm quyền", DESK_CLOCK=AFTER)
    found = desk.did("report", *PERIOD, DESK_CLOCK=AFTER)
    assert numbers(found, "waiting_in_time", "waiting_late", "refused") == (0, 1, 1)


def test_a_closed_period_stays_and_what_comes_later_is_listed_beside(desk: Desk) -> None:
    first = desk.intake(RESIDENCE)["code"]
    second = desk.intake({**RESIDENCE, "owner": homes.citizen(2)})["code"]
    desk.did("move", first, "resolved", DESK_CLOCK="2026-11-26T09:00:00+07:00")
    closed = desk.did("report", *WEEK, "--close", DESK_CLOCK=AFTER)
    assert numbers(closed, "received", "resolved", "in_progress") == (2, 1, 1)
    assert closed["closed"]["holds"] is True
    assert closed["adjustments"] == []
    later = "2026-11-30T10:00:00+07:00"
    desk.did("move", first, "processing", "--reason", "sai số định danh", DESK_CLOCK=later)
    desk.did("move", second, "resolved", DESK_CLOCK=later)
    again = desk.did("report", *WEEK, DESK_CLOCK=later)
    assert (again["rows"], again["total"], again["closed"]) == (closed["rows"], closed["total"], closed["closed"])
    assert [(one["code"], one["column"], one["before"], one["after"]) for one in again["adjustments"]] == [
        (first, "resolved", 1, 0),
        (first, "early", 1, 0),
        (first, "in_progress", 0, 1),
        (first, "in_time", 0, 1),
    ]
    by_officer = desk.did("report", *WEEK, "--by", "officer", DESK_CLOCK=later)
    assert by_officer["total"] == closed["total"]
    assert len(by_officer["adjustments"]) == 4
    assert "resolved" in desk.run("report", *WEEK, json=False, DESK_CLOCK=later).out


def test_the_next_period_carries_over_what_the_closed_one_left_with_its_adjustments(desk: Desk) -> None:
    first = desk.intake(RESIDENCE)["code"]
    desk.intake({**RESIDENCE, "owner": homes.citizen(2)})
    desk.did("move", first, "resolved", DESK_CLOCK="2026-11-26T09:00:00+07:00")
    desk.did("report", *WEEK, "--close", DESK_CLOCK=AFTER)
    following = ["report", "--from", "2026-11-28", "--to", "2026-12-04"]
    found = desk.did(*following, DESK_CLOCK=AFTER)
    assert numbers(found, "carried_over") == (1,)
    assert _check(found, "6=previous 11") == {"holds": True, "left": 1, "right": 1}
    desk.did("move", first, "processing", "--reason", "sai số định danh", DESK_CLOCK=AFTER)
    found = desk.did(*following, DESK_CLOCK=AFTER)
    assert _check(found, "6=previous 11") == {"holds": True, "left": 2, "right": 2}


def _check(report: Any, name: str) -> dict[str, Any]:
    found = next(check for check in report["checks"] if check["id"] == name)
    return {key: found[key] for key in ("holds", "left", "right")}


def test_a_table_comes_out_again_as_it_was_known_then(desk: Desk) -> None:
    code = desk.intake(RESIDENCE)["code"]
    known = {}
    for at, status in (("2026-11-26T09:00:00+07:00", "processing"), ("2026-11-27T09:00:00+07:00", "resolved")):
        known[at] = desk.did("report", *WEEK, DESK_CLOCK=at)
        desk.did("move", code, status, DESK_CLOCK=at.replace("09:00:00", "09:30:00"))
    other = json.dumps({**RESIDENCE, "owner": homes.citizen(2)}, ensure_ascii=False)
    desk.did("intake", "-", stdin=other, DESK_CLOCK="2026-11-27T10:00:00+07:00")
    desk.did("survey", code, "--level", "satisfied", DESK_CLOCK="2026-11-27T10:00:00+07:00")
    assert numbers(desk.did("report", *WEEK, DESK_CLOCK=AFTER), "received", "resolved") == (2, 1)
    for at, table in known.items():
        found = desk.did("report", *WEEK, "--as-known-at", at, DESK_CLOCK=AFTER)
        assert found == {**table, "as_known_at": at}
    early = desk.did("report", *WEEK, "--as-known-at", "2026-11-25T08:29:59+07:00")
    assert numbers(early, "received") == (0,)


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ([*PERIOD, "--close"], 1, "RULE-185"),
        ([*WEEK, "--close", "--as-known-at", "2026-11-25T08:30:00+07:00"], 1, "RULE-187"),
        ([*WEEK, "--as-known-at", "then"], 1, "RULE-126"),
        ([*WEEK, "--xlsx", "/nowhere/a.xlsx"], 1, "STORE-31"),
        ([*WEEK, "--pdf", "/"], 1, "STORE-31"),
    ],
)
def test_a_table_that_cannot_be_closed_or_kept_is_refused(desk: Desk, words: list[str], status: int, code: str) -> None:
    ran = desk.run("report", *words, DESK_CLOCK="2026-11-28T09:00:00+07:00")
    assert (ran.status, ran.error) == (status, code)
    assert oracle.look(desk.home).of_kind("report.closed") == []


def test_a_period_is_closed_once_and_by_the_lead_alone(desk: Desk) -> None:
    desk.did("report", *WEEK, "--close", DESK_CLOCK=AFTER)
    assert desk.run("report", *WEEK, "--close", DESK_CLOCK=AFTER).error == "RULE-186"
    assert (
        desk.run("report", *PERIOD, "--close", DESK_PIN="", DESK_CLOCK="2026-12-01T09:00:00+07:00").error == "RULE-114"
    )
    ((_head, body),) = oracle.look(desk.home).of_kind("report.closed")
    assert set(body) == {"period", "position", "totals", "hash"}
    assert body["totals"]["received"] == 0


def test_a_closing_of_one_units_dossiers_is_its_own(desk: Desk) -> None:
    desk.intake(RESIDENCE)
    desk.did("report", *WEEK, "--unit", "06709", "--close", DESK_CLOCK=AFTER)
    assert desk.did("report", *WEEK, DESK_CLOCK=AFTER)["closed"] is None
    assert desk.did("report", *WEEK, "--unit", "06709", DESK_CLOCK=AFTER)["closed"]["holds"] is True


def test_a_log_that_no_longer_gives_the_closed_table_is_told(desk: Desk) -> None:
    desk.intake(RESIDENCE)
    desk.did("report", *WEEK, "--close", DESK_CLOCK=AFTER)
    database = sqlite3.connect(desk.home / "desk.db")
    database.execute("UPDATE dossier SET channel = 'post'")
    database.commit()
    database.close()
    found = desk.did("report", *WEEK, DESK_CLOCK=AFTER)
    assert found["closed"]["holds"] is False
    assert "hash differs" in desk.run("report", *WEEK, json=False, DESK_CLOCK=AFTER).out


def test_the_report_is_written_as_a_workbook_and_as_a_paper(desk: Desk, tmp_path: Path) -> None:
    code = desk.intake(RESIDENCE)["code"]
    desk.did("move", code, "resolved", DESK_CLOCK="2026-11-26T09:00:00+07:00")
    book, paper = tmp_path / "bảng.xlsx", tmp_path / "bảng.pdf"
    found = desk.did("report", *PERIOD, "--xlsx", book, "--pdf", paper, DESK_LANG="vi")
    sheets = load_workbook(book)
    rows = list(sheets["II.06a"].iter_rows(values_only=True))
    heads = next(row for row in rows if row[0] == "Lĩnh vực")
    total = dict(zip(heads, rows[-1], strict=True))
    assert (total["(3) nhận giải quyết, tổng số"], total["(8) trước hạn"], total["đúng hạn, %"]) == (1, 1, 100)
    assert len(list(sheets["Kiểm tra"].iter_rows())) == len(found["checks"]) + 1
    text = text_of(paper.read_bytes())
    assert "1 Hộ tịch 1 0 1 0 1 1 0 0 0 0 0" in text
    assert "100,00% (1/1)" in text
    assert "phi địa giới: 0" in text.replace("\u00a0", " ")
    assert not list(tmp_path.glob("*.part"))


def test_the_register_is_written_as_a_workbook_and_as_a_paper(desk: Desk, tmp_path: Path) -> None:
    owner = {**homes.citizen(), "address": "=HYPERLINK(1)"}
    code = desk.intake({**RESIDENCE, "owner": owner})["code"]
    book, paper = tmp_path / "r.xlsx", tmp_path / "r.pdf"
    desk.did("register", *PERIOD, "--xlsx", book, "--pdf", paper)
    page = load_workbook(book).active
    assert page is not None
    row = list(page.iter_rows())[-1]
    assert [cell.value for cell in row[:5]] == [
        1,
        code,
        "Cấp Giấy xác nhận tình trạng hôn nhân",
        "1.004873",
        "Nguyễn Thị Lan",
    ]
    assert (row[5].value, row[5].data_type) == ("=HYPERLINK(1)", "s")
    assert "Số hồ sơ: 1" in text_of(paper.read_bytes())
    assert desk.run("register", *PERIOD, "--xlsx", "/nowhere/r.xlsx").error == "STORE-31"


def test_the_survey_is_told_by_way_and_officer_and_small_groups_show_nothing(desk: Desk) -> None:
    for _form in range(5):
        desk.did("survey", "--walk-in", "--level", "very_satisfied")
    found = desk.did("report", *PERIOD)
    (by_way,), (by_officer,) = found["survey_by_way"], found["survey_by_officer"]
    assert (by_way["key"], by_way["forms"], by_way["very_satisfied"]) == (
        "paper",
        5,
        {"n": 5, "base": 5, "percent": 100},
    )
    assert (by_officer["name"], by_officer["hidden"]) == ("Cán bộ 1", False)
    out = desk.run("report", *PERIOD, json=False).out
    assert "on paper" in out
    assert "100,00% (5/5)" in out
    empty = desk.did("report", "--from", "2026-10-01", "--to", "2026-10-31")
    assert (empty["survey_by_way"], empty["survey_by_officer"]) == ([], [])


def test_the_index_shows_what_the_desk_knows_and_no_zero_for_what_it_does_not(desk: Desk) -> None:
    first = desk.intake(RESIDENCE)["code"]
    desk.intake({**RESIDENCE, "owner": homes.citizen(2)})
    at = "2026-11-25T09:00:00+07:00"
    for _nth in range(2):
        desk.did("move", first, "supplement_requested", "--reason", "thiếu bản chính", DESK_CLOCK=at)
        desk.did("move", first, "processing", DESK_CLOCK=at)
    index = desk.did("report", "--from", "2026-11-25", "--to", "2026-11-25", DESK_CLOCK=at)["index_766"]
    assert index["on_time"] == {"n": 1, "base": 2, "percent": 50.0, "full": False}  # two requests count as overdue
    assert index["online_dossiers"] == {"n": 0, "base": 2, "percent": 0.0, "full": False}
    assert index["online_payment"] == {"n": 0, "base": 0, "percent": None, "full": None}
    assert index["digitised"] == index["reused"] == {"n": 0, "base": 2, "percent": 0.0, "full": False}
    assert "satisfaction" not in index  # complaints do not reach a desk


def test_a_second_supplement_request_is_warned_of_before_it_is_made(desk: Desk) -> None:
    code = desk.intake(RESIDENCE)["code"]
    ask = ["move", code, "supplement_requested", "--reason", "thiếu bản chính"]
    assert "second supplement" not in desk.run(*ask).err
    desk.did("move", code, "processing")
    assert "second supplement" in desk.run(*ask).err


def test_what_counts_as_early_is_a_setting_that_a_closed_period_keeps(desk: Desk) -> None:
    code = desk.intake(RESIDENCE)["code"]
    desk.did("move", code, "resolved", DESK_CLOCK="2026-11-30T08:00:00+07:00")  # due half an hour later
    period = ["--from", "2026-11-01", "--to", "2026-11-30"]
    assert numbers(desk.did("report", *period, DESK_CLOCK=AFTER), "early", "on_time") == (0, 1)
    file = desk.home / "desk.toml"
    was = file.read_text(encoding="utf-8")
    file.write_text(was.replace('early = "earlier_day"', 'early = "earlier_moment"'), encoding="utf-8")
    later = "2026-12-01T08:00:00+07:00"
    found = desk.did("report", *period, "--close", DESK_CLOCK=later)
    assert (found["early"], numbers(found, "early", "on_time")) == ("earlier_moment", (1, 0))
    file.write_text(was, encoding="utf-8")
    again = desk.did("report", *period, DESK_CLOCK=later)
    assert (again["total"], again["early"], again["closed"]["holds"]) == (found["total"], "earlier_moment", True)
    assert again["adjustments"] == []
