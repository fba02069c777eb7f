"""What is late or will be, from the screens: each row leads to its act; causes, apologies and faults are saved."""

from __future__ import annotations

from typing import Any

import pytest

from desk.clock import to_ms
from desk.errors.delays import MomentUnreadable
from desk.rules.calendar import Calendar
from screens.delays.typed_moment import end_of, moment_of
from screens.widgets.desk_input import DeskInput
from screens.widgets.rows import Rows
from storage.queries import kept
from tests.screens.desks import OTHER_PIN, Desk, sign_in
from tests.screens.playing import Player

LONG: dict[str, Any] = {"procedure": "1.004873", "fee_dong": 0, "fee_ground": "Miễn"}
"""Three working days: accepted on Wednesday 25 November 2026 it is due on Monday 30."""
FRIDAY = "2026-11-27T09:00:00+07:00"
LATE = "2026-12-01T09:00:00+07:00"


def rows(officer: Player, name: str = "pressing") -> list[list[str]]:
    return [list(row) for row in officer.top.query_one(f"#{name}", Rows)._rows]


async def choose(officer: Player, cause: str) -> None:
    assert officer.here == "ExplainingScreen", officer.screen()
    await officer.press(str([row[0] for row in rows(officer, "causes")].index(cause) + 1))


def paper_kinds(desk: Desk, dossier: str) -> set[str]:
    return {paper.kind for paper in desk.services.lookup.show(dossier).papers}


async def test_from_home_a_late_dossier_gets_its_cause_and_leaves_the_list(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    desk.at(LATE)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("9")
        assert officer.here == "DelaysScreen" and "Late without a cause: 1" in officer.text()
        await officer.press("1")
        await choose(officer, "Fault of a shared system")
        assert "time runs on" in officer.text()
        await officer.type("Cổng quốc gia lỗi từ sáng")
        await officer.press("enter", "enter")
        assert officer.here == "DelaysScreen" and "cause of delay: Fault of a shared system" in officer.said()
        assert rows(officer) == [] and "Apology not sent: 1" in officer.text()
        await officer.press("escape")
        assert officer.here == "HomeScreen" and rows(officer, "lists")[8][1] == "0"
    view = desk.services.lookup.show(dossier)
    assert view.causes == ("system_fault",)
    assert view.history[-1].note == "Cổng quốc gia lỗi từ sáng"


async def test_what_is_due_tomorrow_stands_by_its_holder_and_leads_to_the_apology(desk: Desk) -> None:
    dossier, other = desk.accept(1, **LONG), desk.accept(2, **LONG)
    desk.services.moves.move(other, "processing", desk.officer, unit="so-tu-phap")
    desk.at(FRIDAY)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("9", "f4")
        assert "by who holds it: 2" in officer.text()
        holders = [row[3] for row in rows(officer)]
        assert holders == sorted(holders) and "Sở Tư pháp" in holders
        await officer.press(str(2 - holders.index("Sở Tư pháp")))
        assert "apology and new date" in officer.text()
        await choose(officer, "Officer absent or overloaded")
        assert officer.top.focused is officer.top.query_one("#new-due", DeskInput)
        await officer.type("021220260900")
        await officer.press("enter", "enter")
        await officer.type("Cán bộ nghỉ ốm")
        await officer.press("enter")
        assert "New date: 02/12/2026 09:00" in officer.text()
        await officer.press("enter")
        assert officer.here == "DelaysScreen" and "new date 02/12/2026 09:00" in officer.said()
        assert len(rows(officer)) == 1
    assert "apology" in paper_kinds(desk, dossier)
    assert desk.services.lookup.show(dossier).apologised_at is not None


async def test_an_apology_with_a_wrong_date_keeps_all_that_was_typed(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        assert "N cause of delay · X apology" in officer.text()
        await officer.press("x")
        await choose(officer, "Officer absent or overloaded")
        await officer.type("31022027")
        await officer.press("enter", "enter")
        await officer.type("Nghỉ ốm")
        await officer.press("enter")
        due = officer.top.query_one("#new-due", DeskInput)
        assert "no day with its hour" in officer.said() and officer.top.focused is due
        due.value = "26/11/2026 09:00"
        await officer.press("enter", "enter", "enter")
        assert "not later than the old one" in officer.said() and officer.top.focused is due
        due.value = "05/12/2026 09:00"
        await officer.press("enter", "enter", "enter")
        assert "does not work" in officer.said()
        assert officer.top.query_one("#evidence", DeskInput).value == "Nghỉ ốm"
        due.value = "04/12/2026 09:00"
        await officer.press("enter", "enter", "enter", "enter")
        assert officer.here == "DossierScreen", officer.screen()
        await officer.press("x")
        assert officer.here == "DossierScreen" and "has its apology already" in officer.said()


async def test_a_cause_that_lies_with_a_body_demands_the_body(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("n")
        await choose(officer, "Another body is late")
        await officer.press("enter")
        assert "needs the body that is late" in officer.said()
        await officer.type("so tu phap")
        await officer.press("enter", "enter", "enter")
        assert officer.here == "DossierScreen", officer.screen()
    assert desk.services.lookup.show(dossier).history[-1].body["body"] == "so-tu-phap"


async def test_a_cause_that_says_nothing_by_itself_must_be_described(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("n", "end", "enter", "enter")
        assert "must be described" in officer.said()
        assert officer.top.focused is officer.top.query_one("#evidence", DeskInput)
        await officer.press("escape", "escape")
        assert officer.here == "DossierScreen"
    assert desk.services.lookup.show(dossier).causes == ()


async def test_a_fault_is_proposed_from_the_links_own_log_and_held_up_what_was_open(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    with desk.services.context.store.writing() as session:
        for at, is_up in (("08:40", False), ("09:10", True), ("10:00", False), ("10:30", True)):
            kept.note_link(session, to_ms(moment_of(f"25/11/2026 {at}")), is_up=is_up)
    desk.at("2026-11-25T11:00:00+07:00")
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("9", "s")
        await choose(officer, "No network")
        assert "25/11/2026 10:00" in officer.text() and "25/11/2026 10:30" in officer.text()
        await officer.press("f4", "2")
        assert "25/11/2026 08:40" in officer.text() and "25/11/2026 09:10" in officer.text()
        await officer.press("enter", "enter", "enter")
        await officer.type("Đứt cáp quang")
        await officer.press("enter")
        await officer.type("Ghi sổ giấy")
        await officer.press("enter")
        assert "Dossiers held up: 1" in officer.text()
        await officer.press("enter")
        assert officer.here == "DelaysScreen" and "held up: 1;" in officer.said()
    delay = desk.services.lookup.show(dossier).history[-1]
    assert (delay.kind, delay.body["cause"], delay.body["minutes"]) == ("delay.recorded", "network_outage", 30)
    assert [job.kind for job in desk.services.papers.jobs("confirmed", "handed", "queued")].count("outage") == 1


async def test_a_span_changed_after_it_was_shown_is_shown_again_before_it_is_saved(desk: Desk) -> None:
    desk.accept(**LONG)
    desk.at("2026-11-25T11:00:00+07:00")
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("9", "s")
        await choose(officer, "Power cut")
        await officer.type("251120260900")
        await officer.press("enter")
        await officer.type("251120261200")
        await officer.press("enter", "enter", "enter", "enter")
        assert "still to come" in officer.said()
        officer.top.query_one("#until", DeskInput).value = "25/11/2026 10:00"
        await officer.press("enter", "enter", "enter", "enter")
        assert "Dossiers held up: 1" in officer.text()
        officer.top.query_one("#from", DeskInput).value = "25/11/2026 07:00"
        officer.top.query_one("#until", DeskInput).value = "25/11/2026 08:00"
        await officer.press("enter")
        assert officer.here == "ExplainingScreen" and "Dossiers held up: 0" in officer.text()
        await officer.press("enter")
        assert officer.here == "DelaysScreen" and "held up: 0;" in officer.said()


async def test_an_officer_who_is_no_lead_gives_the_cause_where_the_lead_would_apologise(desk: Desk) -> None:
    other = desk.services.officers.add("Hoàng Thị Giao", OTHER_PIN, "officer", badge="4711", by=desk.officer.id)
    dossier = desk.accept(**LONG)
    desk.at(FRIDAY)
    async with desk.playing() as officer:
        names = [one.id for one in desk.services.officers.all()]
        await officer.press(str(names.index(other.id) + 1))
        await officer.type(OTHER_PIN)
        await officer.press("9", "f4", "1")
        assert officer.here == "ExplainingScreen" and not officer.top.query_one("#new-due-row").display
        await officer.press("escape")
        await officer.scan(desk.short_form(dossier))
        await officer.press("x")
        assert officer.here == "DossierScreen" and "lead" in officer.said()


async def test_a_dossier_of_the_list_can_be_opened_and_esc_leads_back(desk: Desk) -> None:
    desk.accept(**LONG)
    desk.at(LATE)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("9", "o")
        assert officer.here == "DossierScreen"
        await officer.press("escape")
        assert officer.here == "DelaysScreen" and len(rows(officer)) == 1


@pytest.mark.parametrize("typed", ["25/11/2026 08:30", "25112026 0830", "251120260830", "25-11-2026, 8:30"])
def test_a_moment_is_typed_with_or_without_signs(typed: str) -> None:
    assert moment_of(typed).isoformat() == "2026-11-25T01:30:00+00:00"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25112026", "2026-11-25T10:00:00+00:00"),  # the closing of a working day
        ("25/11/2026 08:30", "2026-11-25T01:30:00+00:00"),
        ("29/11/2026", "2026-11-28T17:00:00+00:00"),  # a Sunday has no closing: outside the hours
    ],
)
def test_a_new_date_without_its_hour_is_the_closing_of_that_day(typed: str, meant: str) -> None:
    assert end_of(typed, Calendar()).isoformat() == meant


@pytest.mark.parametrize("typed", ["", "25/11/2026", "31/02/2026 08:30", "25/11/2026 24:00", "0830", "hôm qua 08:30"])
def test_what_names_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(MomentUnreadable):
        moment_of(typed)
