"""`desk fee take|void|range`: each number once, each sum counted once, and a receipt for the citizen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import homes, oracle
from tests.desk.commands.conftest import ROOT, Desk
from tests.receipts.looking import text_of

COPY = {"procedure": "2.000815", "owner": homes.citizen(), "pages": 5, "copies": 3}
RANGE = ("fee", "range", "--series", "QN-26P", "--form", "01BLP0-001", "--given-by", "Lê Thị Hoa")


def certified(desk: Desk, number: int = 1) -> str:
    return str(desk.intake({**COPY, "owner": homes.citizen(number)})["code"])


def given(desk: Desk, first: str = "0000101", last: str = "0000150") -> Any:
    return desk.did(*RANGE, "--from", first, "--to", last, "--on", "2026-11-02")


def test_five_pages_in_three_copies_are_21000_taken_with_the_next_receipt_of_the_range(desk: Desk) -> None:
    given(desk)
    code = certified(desk)
    assert desk.did("show", code)["fee_dong"] == 21_000
    taken = desk.did("fee", "take", code)
    assert (taken["amount_dong"], taken["series"], taken["receipt"]) == (21_000, "QN-26P", "0000101")
    paper = text_of(Path(taken["paper"]).read_bytes())
    for part in ("Hai mươi mốt nghìn đồng", "21.000", "0000101", "QN-26P", "01BLP0-001", "Cộng phí", "Tiền mặt"):
        assert part in paper, part
    shown = desk.did("show", code)
    assert shown["taken_dong"] == 21_000
    assert [(fee["receipt"], fee["voided"]) for fee in shown["fees"]] == [("0000101", False)]
    assert desk.run("fee", "take", code).error == "RULE-82"
    assert desk.did("rebuild") == {"same": True, "differences": []}


def test_the_range_is_listed_with_who_gave_it_and_how_much_of_it_is_used(desk: Desk) -> None:
    assert "Nothing." in desk.run("fee", "range", json=False).out
    given(desk)
    desk.did("fee", "take", certified(desk))
    (one,) = desk.did("fee", "range")
    assert one == {
        "form": "01BLP0-001",
        "series": "QN-26P",
        "from": "0000101",
        "to": "0000150",
        "given_by": "Lê Thị Hoa",
        "given_on": "2026-11-02",
        "used": 1,
    }
    assert "Lê Thị Hoa" in desk.run("fee", "range", json=False).out
    assert desk.run(*RANGE, "--from", "150", "--to", "160").error == "RULE-79"
    assert desk.run(*RANGE, "--from", "9", "--to", "3").error == "RULE-80"
    assert desk.did("rebuild")["same"] is True


def test_numbers_used_up_doubled_or_lacking_are_refused_and_nothing_is_invented(desk: Desk) -> None:
    first, second, third = (certified(desk, number) for number in (1, 2, 3))
    assert desk.run("fee", "take", first).error == "RULE-78"
    given(desk, "0000101", "0000102")
    assert desk.run("fee", "take", first, "--receipt", "103").error == "RULE-75"
    desk.did("fee", "take", first, "--receipt", "101")
    assert desk.run("fee", "take", second, "--receipt", "0000101").error == "RULE-76"
    assert desk.did("fee", "take", second)["receipt"] == "0000102"
    assert desk.run("fee", "take", third).error == "RULE-77"
    assert desk.did("show", third)["fees"] == []


def test_a_voided_receipt_needs_its_reason_keeps_its_number_and_brings_no_money(desk: Desk) -> None:
    given(desk)
    code = certified(desk)
    desk.did("fee", "take", code)
    assert desk.run("fee", "void", code, "--reason", " ").error == "RULE-86"
    for other in ("0", "102"):
        assert desk.run("fee", "void", code, "--reason", "nhầm", "--receipt", other).error == "RULE-85"
    done = desk.did("fee", "void", code, "--reason", "ghi sai số tiền", "--receipt", "101")
    assert done == {"code": code, "amount_dong": 21_000, "receipt": "0000101"}
    assert desk.run("fee", "void", code, "--reason", "nữa").error == "RULE-85"
    shown = desk.did("show", code)
    assert (shown["taken_dong"], [fee["voided"] for fee in shown["fees"]]) == (0, [True])
    assert [one["state"] for one in shown["papers"] if one["kind"] == "fee_receipt"] == ["voided"]
    assert [one["note"] for one in shown["history"] if one["kind"] == "fee.voided"] == ["ghi sai số tiền"]
    assert desk.did("fee", "take", code)["receipt"] == "0000102"
    sheet = text_of(Path(desk.did("day-close")["paper"]).read_bytes())
    assert "21.000" in sheet
    assert "42.000" not in sheet


def test_undo_takes_a_fee_back_and_the_sheet_of_the_day_forgets_its_money(desk: Desk) -> None:
    given(desk)
    code = certified(desk)
    desk.did("fee", "take", code)
    assert desk.did("undo")["undone"] == ["fee.taken"]
    assert desk.did("show", code)["taken_dong"] == 0
    assert "21.000" not in text_of(Path(desk.did("day-close")["paper"]).read_bytes())
    assert desk.did("fee", "take", code)["receipt"] == "0000102"
    desk.did("fee", "void", code, "--reason", "nhầm")
    assert desk.did("undo")["undone"] == ["fee.voided"]
    assert desk.did("show", code)["taken_dong"] == 21_000
    papers = [one for one in desk.did("show", code)["papers"] if one["kind"] == "fee_receipt"]
    assert [one["state"] for one in papers] == ["voided", "voided"]
    assert Path(desk.did("paper", "fee_receipt", code)["paper"]).exists()
    assert "21.000" in text_of(Path(desk.did("day-close")["paper"]).read_bytes())
    assert desk.did("rebuild")["same"] is True


def test_a_part_is_taken_and_more_than_what_is_left_is_not(desk: Desk) -> None:
    given(desk)
    code = certified(desk)
    for wrong in ("0", "21001"):
        assert desk.run("fee", "take", code, "--amount", wrong).error == "RULE-84"
    desk.did("fee", "take", code, "--amount", "20.000", "--paid-by", "transfer")
    assert desk.run("fee", "take", code, "--amount", "1001").error == "RULE-84"
    assert desk.did("fee", "take", code)["amount_dong"] == 1000
    assert desk.did("show", code)["taken_dong"] == 21_000
    assert desk.run("fee", "take", code, "--paid-by", "goods").status == 2


def test_money_that_came_online_needs_no_receipt_of_ours(desk: Desk) -> None:
    code = certified(desk)
    taken = desk.did("fee", "take", code, "--paid-by", "online")
    assert (taken["receipt"], taken["paper"]) == (None, None)
    assert desk.did("show", code)["taken_dong"] == 21_000


def test_an_exemption_is_shown_with_its_ground_and_pays_nothing(desk: Desk) -> None:
    given(desk)
    exempt = {"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 0, "fee_ground": "Hộ nghèo"}
    saved = desk.intake(exempt)
    code = str(saved["code"])
    assert "0 đồng (miễn: Hộ nghèo)" in text_of(Path(saved["slip"]).read_bytes())
    shown = desk.did("show", code)
    assert (shown["fee_dong"], shown["fee_ground"]) == (0, "Hộ nghèo")
    assert desk.run("fee", "take", code).error == "RULE-83"


def test_an_exempt_dossier_pays_nothing(desk: Desk) -> None:
    given(desk)
    code = str(desk.intake()["code"])
    assert desk.run("fee", "take", code).error == "RULE-83"
    assert desk.did("show", code)["fees"] == []


def test_a_receipt_in_force_counts_in_the_report_as_paid_and_receipted(desk: Desk) -> None:
    given(desk)
    first, second = certified(desk, 1), certified(desk, 2)
    desk.did("fee", "take", first)
    desk.did("fee", "take", second)
    desk.did("fee", "void", second, "--reason", "nhầm người")
    total = desk.did("report", "--from", "2026-11-01", "--to", "2026-11-30")["total"]
    assert total["receipted"] == 1


WORKER = """
import json, sys
from desk.commands.run import run
from desk.commands.voice import Voice
for code in sys.argv[1:]:
    if run(["--json", "fee", "take", code], Voice(print, lambda said: print(said, file=sys.stderr))) != 0:
        sys.exit(1)
"""


def test_two_programs_taking_fees_never_give_a_number_twice(desk: Desk) -> None:
    given(desk)
    codes = [certified(desk, number) for number in range(8)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, *mine],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**clean, **desk.environment, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
        )
        for mine in (codes[:4], codes[4:])
    ]
    said = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said
    numbers = sorted(json.loads(line)["receipt"] for out, _err in said for line in out.splitlines())
    assert numbers == [f"{number:07d}" for number in range(101, 109)]
    assert oracle.look(desk.home).faults == []
