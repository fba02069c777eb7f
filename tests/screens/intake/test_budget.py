"""The keystroke budget of the intake (desk-ux, 2.2; decisions, 4): counted, calmly and typed ahead in one burst.

Each burst goes on with the next citizen's keys; what is stored must be the same either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.screens.desks import Desk, sign_in
from tests.screens.intake.script import Scan, Step, calmly, card, count, in_one_burst, printed, stored, typed

LAN, NEW = card(), card("022085004321", "TRẦN VĂN BÌNH", "02031985", "Nam")
BIRTH, CERTIFIED_COPY = "1", "6"
"""Their digits among the favourites of a new desk."""
NEXT: tuple[Step, ...] = (NEW, CERTIFIED_COPY, "1", "enter", "2", "f9")
"""The next citizen: a certification."""
ENTER = ("enter",)


@dataclass(frozen=True)
class Row:
    """A row of the budget; before: what is done before counting begins."""

    name: str
    keys: int
    scans: int
    steps: Sequence[Step]
    before: Sequence[Step] = ()
    is_known: bool = False


ROWS = (
    Row("I1", 5, 1, (LAN, BIRTH, *ENTER * 3), is_known=True),
    Row("I2", 20, 1, (NEW, *typed("khai"), "enter", *typed("0987654321"), "enter", *ENTER * 3)),
    Row("I3", 16, 0, ("f2", *typed("001234"), "enter", *typed("khai"), "enter", *ENTER * 3), is_known=True),
    Row(
        "I4",
        75,
        0,
        (
            *("f2", *typed("022085004321"), "enter", *typed("Trần Văn Bình"), "enter", *typed("0203"), "enter"),
            *(*typed("0987654321"), "enter", *typed("ha tu"), "enter", *typed("Số 12A"), "enter"),
            *(*typed("khai"), "enter", *ENTER * 3),
        ),
    ),
    Row("I5", 9, 0, ("f8", *typed("khai"), "enter", *ENTER * 3), (LAN, BIRTH, *ENTER * 3), is_known=True),
    Row("I6", 5 + 3, 1, (LAN, BIRTH, "space", "enter", *ENTER * 3), is_known=True),
    Row("C1", 7, 1, (LAN, CERTIFIED_COPY, "5", "enter", "3", "f9")),
    Row("C1 handed over", 7, 1, (LAN, CERTIFIED_COPY, "5", "enter", "3", "f5")),
    Row("C2", 6, 0, ("f8", CERTIFIED_COPY, "2", "enter", "1", "f9"), (LAN, CERTIFIED_COPY, "5", "enter", "3", "f9")),
)
ROWS_BY_NAME = {row.name: row for row in ROWS}


async def _play(desk: Desk, row: Row, *, burst: bool) -> list[dict[str, Any]]:
    if row.is_known:
        desk.accept(1234)
        desk.at("2026-11-26T08:30:00+07:00")
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, row.before)
        if burst:
            await in_one_burst(officer, (*row.steps, *NEXT))
        else:
            await calmly(officer, row.steps)
            await calmly(officer, NEXT)
        await printed(officer)
        assert "Saved" in officer.said()
    return stored(desk)


@pytest.mark.parametrize("name", ROWS_BY_NAME)
async def test_the_row_is_kept_calmly_and_in_one_burst(name: str, tmp_path: Path, make_desk: Any) -> None:
    row = ROWS_BY_NAME[name]
    keys, scans = count(row.steps)
    assert keys <= row.keys and scans == row.scans
    calm = await _play(make_desk(), row, burst=False)
    assert calm == await _play(make_desk(), row, burst=True)
    expected = 1 + bool(row.is_known) + 1 + (1 if row.before else 0)
    assert len(calm) == expected


async def test_what_i4_types_is_stored_to_the_letter(desk: Desk) -> None:
    (saved, _next) = await _play(desk, ROWS_BY_NAME["I4"], burst=True)
    owner = saved["owner"]
    assert owner["name"] == "Trần Văn Bình"
    assert (owner["personal_id"], owner["born_on"], owner["sex"]) == ("022085004321", date(1985, 3, 2), "male")
    assert (owner["phone"], owner["address"]) == ("0987654321", "Số 12A, phường Hà Tu, tỉnh Quảng Ninh")


PARKED: tuple[Step, ...] = (LAN, BIRTH, "f6", *NEXT, "f6", *typed("0912345678"), *ENTER * 4)


async def test_q1_a_page_is_parked_and_brought_back_with_two_keys(make_desk: Any) -> None:
    assert PARKED.count("f6") == 2
    kept = []
    for play in (calmly, in_one_burst):
        desk = make_desk()
        async with desk.playing() as officer:
            await sign_in(officer)
            await play(officer, PARKED)
            await printed(officer)
        kept.append(stored(desk))
        assert desk.services.drafts.all() == ()
    assert kept[0] == kept[1] and len(kept[0]) == 2


def test_no_scan_is_a_key() -> None:
    assert count((Scan("x"), "f2", "1")) == (2, 1)
