"""A day at the desk, from opening to closing: sixty visits with real keys, a cut line, a dead printer, a power cut.

At 17:00 the log, its mirror, the projections, the papers on disk, the home screen and the center agree to the
dossier, and every name is exactly what was typed or scanned.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests import oracle
from tests.day.officer import Citizen, Officer, said
from tests.day.place import Place
from tests.tools import needed

STARTS = datetime.fromisoformat("2026-11-25T07:30:00+07:00")
CUT_AT, MENDED_AT = 10, 50
PRINTER_DIES_AT, PRINTER_WORKS_AT = 20, 25
POWER_CUT_AT = 31
BEFORE = 150
"""Dossiers of the days before, invented."""

NAMES = (
    "Nguyễn Thị Lan",
    "Phùn Sáng Mằn",
    "Đặng Hoàng Yến",
    "Huỳnh Văn Bách",
    "Trần Thuỳ Dương",
    "Lê Quý Đôn",
    "Vũ Thị Thuý Hằng",
    "Chìu A Lộc",
    "Hoàng Ngọc Phượng",
    "Bùi Đức Thiện",
    "Phạm Gia Huy",
    "Tằng Dảu Mùi",
    "Ngô Thị Ước",
    "Đoàn Khuyến",
    "Lý Thị Ngoãn",
    "Đỗ Xuân Trường",
    "Mạc Đĩnh Chi",
    "Nông Thị Quỳnh",
    "Hứa Thế Vĩ",
    "Tô Thị Nghĩa",
)

PLAN = "CCICCLCCRC CCICSRCCCC CCCICCCRCC KCCCICCLCC XCRFCCICCC CFIRCSCLCR".replace(" ", "")
"""C certification, I intake, F from the inbox, R return, L lookup, S supplement, X refusal, K the power cut (a
certification too), in the order of the visits."""
ASKED = {"C": 39, "K": 1, "I": 6, "F": 2, "R": 6, "L": 3, "S": 2, "X": 1}


def test_the_plan_is_the_day_that_was_asked_for() -> None:
    assert {kind: PLAN.count(kind) for kind in "CKIFRLSX"} == ASKED
    assert PLAN.index("K") + 1 == POWER_CUT_AT
    assert len(PLAN) == 60


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    needed("tmux")
    with Place(tmp_path, STARTS) as place:
        place.desk("simulate", "--dossiers", str(BEFORE), "--seed", "5")
        place.desk("inbox", "import", "-", stdin="\n".join(json.dumps(one, ensure_ascii=False) for one in filed()))
        yield place


def filed() -> list[dict[str, Any]]:
    """Return three births filed online long ago: the first of the inbox."""
    return [
        {
            "code": f"H49-261125-09000{number}",
            "procedure": "1.001193",
            "filed_at": "2026-11-19T09:00:00+07:00",
            "owner": {"name": name, "personal_id": f"0220900001{number:02d}"},
        }
        for number, name in enumerate(("Trần Văn Bình", "Lê Thị Hoa", "Vũ Đức Anh"), start=1)
    ]


def citizen(number: int) -> Citizen:
    """Return the invented citizen of visit `number`."""
    woman = number % 2
    sex = ("Nam", "Nữ")[woman]
    return Citizen(NAMES[number % len(NAMES)], f"022{woman}90{number:06d}", "15051990", sex, f"0912{number:06d}")


def with_status(place: Place, status: str) -> list[dict[str, Any]]:
    """Return dossiers of the days before in `status`, as `desk show` tells them."""
    with closing(sqlite3.connect(f"file:{place.home / 'desk.db'}?mode=ro", uri=True)) as database:
        codes = database.execute(
            "SELECT code FROM dossier WHERE status = ? AND tracking IS NOT NULL ORDER BY code", (status,)
        )
        found = [code for (code,) in codes]
    return [place.show(code) for code in found[:8]]


def test_sixty_visits_agree_in_the_evening_to_the_dossier(place: Place) -> None:
    resolved, processing = with_status(place, "resolved"), with_status(place, "processing")
    officer = Officer(place)
    officer.sign_in()
    for number, kind in enumerate(PLAN, start=1):
        _happens(place, number)
        _visit(officer, kind, number, resolved, processing)
        place.later(7 if number != 30 else 120)
    place.at(17)
    _wait_for_the_center(place)
    officer.home()
    officer.terminal.wait_until(lambda seen: _is_told(officer, seen), failing="the home screen tells another day")
    officer.leave()

    _agree(place, officer)


def _happens(place: Place, number: int) -> None:
    if number == CUT_AT:
        place.line.cut()
    if number == MENDED_AT:
        place.line.mend()
    if number == PRINTER_DIES_AT:
        place.kill_printer()
    if number == PRINTER_WORKS_AT:
        place.mend_printer()


def _visit(
    officer: Officer, kind: str, number: int, resolved: list[dict[str, Any]], processing: list[dict[str, Any]]
) -> None:
    who = citizen(number)
    if kind == "C":
        officer.certify(who, 1 + number % 7, 1 + number % 3, scanned=number % 3 > 0, now=number % 2 > 0)
    elif kind == "I":
        officer.receive_birth(who, scanned=number % 2 > 0)
    elif kind == "K":
        officer.break_off(who)
        officer.sign_in()
        officer.go_on(who, 2)
    elif kind == "F":
        done = len([code for code in officer.memory.accepted if code.startswith("H49-")])
        officer.accept_filed(filed()[done]["code"], filed()[done]["owner"]["name"])
    elif kind == "R":
        dossier = resolved[len(officer.memory.returned)]
        officer.give_back(dossier["code"], dossier["short_form"])
    elif kind == "L":
        done = len(officer.memory.looked_up)
        code, name = list(officer.memory.accepted.items())[done]
        check = officer.place.show(code)["check_digits"]
        officer.look_up((name, code[-11:], f"{code} {check}")[done], code)
    elif kind == "S":
        dossier = processing[len(officer.memory.supplemented)]
        officer.ask_supplement(dossier["code"], dossier["short_form"], "Thiếu bản chính giấy chứng sinh")
    else:
        officer.refuse_filed(filed()[2]["code"], "Không thuộc thẩm quyền giải quyết của đơn vị")


def _wait_for_the_center(place: Place) -> None:
    place.desk("sync", "--once")
    assert json.loads(place.desk("--json", "sync", "status"))["unsent"] == 0


def _is_told(officer: Officer, shown: str) -> bool:
    """Return whether the home screen tells the day's counts, and that the center has everything."""
    handed_over = len(officer.memory.returned) + len(officer.memory.handed_over)
    counted = re.search(rf"\b{len(officer.memory.accepted)}\b.*\b{handed_over}\b", shown)
    return counted is not None and said("linked") in shown and said("unsent {n}").partition("{")[0] not in shown


def _agree(place: Place, officer: Officer) -> None:
    memory, seen = officer.memory, oracle.look(place.home)
    today = [(head, body) for head, body in seen.of_kind("dossier.accepted") if body["code"] in memory.accepted]

    assert seen.faults == []  # the log, its chain and the mirror
    assert len(memory.accepted) == 48
    assert sorted(body["code"] for _head, body in today) == sorted(memory.accepted)
    assert _names(place, memory.accepted) == memory.accepted  # exactly what was typed or scanned
    assert json.loads(place.desk("--json", "rebuild"))["same"] is True  # the projections
    assert json.loads(place.center("--json", "center", "rebuild"))["same"] is True
    assert _center_events(place) == seen.lines
    _papers_agree(place, seen, {head["dossier"]: body for head, body in today})
    statuses = {code: place.show(code)["status"] for code in (*memory.returned, *memory.supplemented, *memory.refused)}
    assert statuses == {
        **dict.fromkeys(memory.returned, "returned"),
        **dict.fromkeys(memory.supplemented, "supplement_requested"),
        **dict.fromkeys(memory.refused, "refused"),
    }


def _names(place: Place, codes: dict[str, str]) -> dict[str, str]:
    return {code: place.show(code)["owner"]["name"] for code in codes}


def _center_events(place: Place) -> list[bytes]:
    with closing(sqlite3.connect(f"file:{place.center_home / 'center.db'}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT head, body, private FROM event ORDER BY desk, epoch, seq").fetchall()
    return [head + b"\t" + body + b"\t" + (private or b"") + b"\n" for head, body, private in rows]


def _papers_agree(place: Place, seen: oracle.Seen, accepted: dict[str, dict[str, Any]]) -> None:
    made = seen.of_kind("paper.made")
    slips = {head["dossier"] for head, body in made if body["kind"] == "slip"}
    owed = {dossier for dossier, body in accepted.items() if body["slip"] == "due"}
    missing = [body["name"] for _head, body in made if not (place.home / "papers" / body["name"]).is_file()]

    assert slips == owed
    assert missing == []
