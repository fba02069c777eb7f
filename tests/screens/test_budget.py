"""The keystroke budget of lookup, return, survey, undo, reprint and sign-in (desk-ux, 2.2; decisions, 4).

Each row is counted and played calmly, and, but for the survey, typed ahead in one burst; the same is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from desk.rules.scans import badge_digits
from screens.errands import AskSurvey
from screens.seat import Seat
from tests.screens.desks import OTHER_PIN, Desk, new_desk, sign_in, with_other
from tests.screens.intake.script import Scan, Step, calmly, count, in_one_burst, printed, stored, typed
from tests.screens.playing import Player, playing

OTHERS_CARD = Scan("022085000123|100123456|LÊ VĂN SƠN|15031985|Nam|Tổ 2, phường Móng Cái 1, tỉnh Quảng Ninh|01072021")


@dataclass(frozen=True)
class Row:
    """A row; steps: what is counted, made of the dossier; ends: where the officer stands then."""

    name: str
    keys: int
    scans: int
    steps: Callable[[Desk, str], Sequence[Step]]
    ends: str
    before: Sequence[Step] = ()


def slip(desk: Desk, dossier: str) -> Scan:
    """Return the scan of the dossier's slip."""
    return Scan(desk.slip_text(dossier))


def tail(desk: Desk, dossier: str) -> tuple[str, ...]:
    """Return the last six digits of its code, typed."""
    return typed(desk.services.lookup.show(dossier).line.code.replace("-", "")[-6:])


ROWS = {
    row.name: row
    for row in (
        Row("L1", 0, 1, lambda desk, one: (slip(desk, one),), "DossierScreen"),
        Row("L2", 7, 0, lambda desk, one: (*tail(desk, one), "enter"), "DossierScreen", ("f3",)),
        Row("L3", 9, 0, lambda desk, one: (*typed("dang thi"), "enter"), "DossierScreen", ("f3",)),
        Row("L4", 5, 0, lambda desk, one: (*typed("5678"), "enter"), "DossierScreen", ("f3",)),
        Row("R1", 2, 1, lambda desk, one: (slip(desk, one), "enter", "enter"), "SurveyScreen"),
        Row("R2", 4, 2, lambda desk, one: (slip(desk, one), "p", OTHERS_CARD, "enter", "enter"), "SurveyScreen"),
        Row(
            "R3 by its code",
            12,
            0,
            lambda desk, one: (*tail(desk, one), "enter", "l", "enter", "enter"),
            "SurveyScreen",
            ("f3",),
        ),
        Row(
            "R3 by its name",
            12,
            0,
            lambda desk, one: (*typed("dang thi"), "enter", "l", "enter", "enter"),
            "SurveyScreen",
            ("f3",),
        ),
        Row("U1", 2, 0, lambda desk, one: ("ctrl+z", "enter"), "HomeScreen"),
        Row("P1", 2, 0, lambda desk, one: ("f7", "enter"), "PapersScreen"),
        Row("W1", 6, 1, lambda desk, one: (Scan(badge_digits(4711)), *typed(OTHER_PIN)), "HomeScreen"),
    )
}
SURVEY = {
    "S1": (2, ("1", "enter"), "level"),
    "S2": (6, (*"12122", "enter"), "criteria"),
    "S3": (4, ("3", "enter", "2", "enter"), "level"),
}


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    """Make desks that are the same: one dossier whose result is here among others, and its slip printed."""
    made: list[Desk] = []

    def make() -> Desk:
        desk = new_desk(tmp_path / f"desk{len(made)}")
        made.append(desk)
        for number in range(2, 8):
            desk.accept(number)
        for paper in desk.services.papers.catch_up():
            desk.services.papers.send(paper.job)
        desk.at("2026-11-25T08:31:00+07:00")
        desk.resolve(1, owner={"name": "Đặng Thị Hường", "personal_id": "022190000001", "phone": "0912345678"})
        for paper in desk.services.papers.catch_up():
            desk.services.papers.send(paper.job)
        desk.at("2026-11-25T08:32:00+07:00")
        return desk

    yield make
    for desk in made:
        desk.services.close()


async def _play(desk: Desk, row: Row, *, burst: bool) -> list[dict[str, Any]]:
    dossier = desk.services.lookup.find("Đặng Thị Hường")[0].id
    steps = row.steps(desk, dossier)
    async with desk.playing() as officer:
        await sign_in(officer)
        if row.name == "W1":
            desk.services.officers.add("Hoàng Thị Giao", OTHER_PIN, "officer", badge="4711", by=desk.officer.id)
        await calmly(officer, row.before)
        await (in_one_burst if burst else calmly)(officer, steps)
        await printed(officer)
        assert officer.here == row.ends
        if row.name == "W1":
            assert desk.services.officers.the_one("Hoàng Thị Giao") == officer.app.rooms.services.officer
    return stored(desk)


@pytest.mark.parametrize("name", ROWS)
async def test_the_row_is_kept_calmly_and_in_one_burst(name: str, make_desk: Callable[[], Desk]) -> None:
    row, desk = ROWS[name], make_desk()
    keys, scans = count(row.steps(desk, desk.services.lookup.find("Đặng Thị Hường")[0].id))
    assert keys <= row.keys and scans == row.scans
    assert await _play(desk, row, burst=False) == await _play(make_desk(), row, burst=True)


@pytest.mark.parametrize("name", SURVEY)
async def test_the_survey_is_kept_calmly(name: str, make_desk: Callable[[], Desk]) -> None:
    most, steps, form = SURVEY[name]
    assert count(steps) <= (most, 0)
    desk = make_desk()
    context = desk.services.context
    asking = replace(context, settings=replace(context.settings, survey_form=form))
    dossier = desk.services.lookup.find("Đặng Thị Hường")[0].id
    app = desk.app()
    app.open_services = lambda: Seat(with_other(desk.services, context=asking))
    async with playing(app) as officer:
        await _ask(officer, dossier)
        await officer.press(*steps)
        assert officer.here == "HomeScreen"
    assert desk.services.lookup.show(dossier).survey == "answered"


async def _ask(officer: Player, dossier: str) -> None:
    await sign_in(officer)
    officer.app.keys.act(lambda: officer.app.rooms.go("survey", AskSurvey(dossier)))
    await officer.settled()
    assert officer.here == "SurveyScreen"
