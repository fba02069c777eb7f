"""Return within the keystroke budget (R1 to R3), by post, with the PIN, and what is stored then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desk.settings import changed
from screens.seat import Seat
from screens.widgets.desk_input import DeskInput
from tests.receipts.looking import text_of
from tests.screens.desks import PIN, Desk, sign_in, with_other
from tests.screens.playing import Player, playing

CARD = "022085000123|100123456|LÊ VĂN SƠN|15031985|Nam|Tổ 2, phường Móng Cái 1, tỉnh Quảng Ninh|01072021"
OWNERS_CARD = "022190000001||NGUYỄN THỊ LAN|15051990|Nữ|Tổ 1, phường Móng Cái 2, tỉnh Quảng Ninh|01072021"


def papers(desk: Desk, dossier: str) -> list[str]:
    return sorted(paper.kind for paper in desk.services.lookup.show(dossier).papers)


def returned_with(desk: Desk, dossier: str) -> dict[str, object]:
    line = desk.services.lookup.show(dossier).history
    return dict(next(one.body for one in line if one.kind == "dossier.returned"))


async def test_the_slip_and_two_enters_hand_it_to_the_applicant(desk: Desk) -> None:  # R1
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.slip_text(dossier))
        await officer.press("enter", "enter")
        assert (officer.here, officer.keys, officer.scans) == ("SurveyScreen", 2, 1)
        await officer.press("escape")
        assert officer.here == "HomeScreen"
        assert "is handed over; the receipt is being printed" in officer.said()
    view = desk.services.lookup.show(dossier)
    assert view.line.status == "returned"
    assert view.receiver is not None and view.receiver.name == "Nguyễn Thị Lan"
    assert papers(desk, dossier) == ["result_receipt", "slip"]
    assert returned_with(desk, dossier)["how"] == "counter"
    assert len(list(desk.printed.iterdir())) == 1


async def test_typed_ahead_in_one_burst_the_same_is_stored(desk: Desk) -> None:  # R1, in a burst
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.burst("enter", "enter")
        assert officer.here == "SurveyScreen"
    assert desk.status(dossier) == "returned"


async def test_another_person_needs_a_letter_his_card_and_two_enters(desk: Desk) -> None:  # R2
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.slip_text(dossier))
        await officer.press("p")
        await officer.scan(CARD)
        await officer.press("enter", "enter")
        assert (officer.here, officer.keys, officer.scans) == ("SurveyScreen", 3, 2)
    receiver = desk.services.lookup.show(dossier).receiver
    assert receiver is not None
    assert (receiver.name, receiver.personal_id) == ("Lê Văn Sơn", "022085000123")
    assert f"{receiver.born_on}" == "1985-03-15"


async def test_a_lost_slip_needs_a_letter_and_two_enters_after_the_lookup(desk: Desk) -> None:  # R3
    dossier = desk.resolve()
    code = desk.services.lookup.show(dossier).line.code
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        officer.keys = 0
        await officer.type(code.replace("-", "")[-6:])
        await officer.press("enter", "l", "enter", "enter")
        assert (officer.here, officer.keys) == ("SurveyScreen", 10)
    assert returned_with(desk, dossier)["lost_slip"] is True
    assert "lost_slip" in papers(desk, dossier)
    assert "slip lost" not in " ".join(desk.history(dossier))


async def test_the_post_takes_it_under_its_number(desk: Desk) -> None:
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("enter", "b", "enter", "enter")
        assert officer.here == "ReturningScreen"
        assert "consignment number" in officer.said()
        await officer.type("RR123456789VN")
        await officer.press("enter", "enter")
        assert officer.here == "SurveyScreen"
    assert returned_with(desk, dossier) | {"how": "post", "consignment": "RR123456789VN"} == returned_with(
        desk, dossier
    )


async def test_what_is_still_to_pay_and_where_the_result_lies_stand_beside_who_takes_it(desk: Desk) -> None:
    dossier = desk.resolve(procedure="2.000815", pages=5, copies=3)
    desk.services.returning.keep_at(dossier, "Ngăn 3", desk.officer)
    async with desk.playing() as officer:
        await _to_review(desk, officer, dossier)
        assert "Ngăn 3" in officer.text() and "21.000 đồng · not taken yet" in officer.text()
        officer.app.keys.act(lambda: officer.top.leave())
        await officer.settled()
        assert "Ngăn 3" not in officer.text() and "Nguyễn" not in officer.text()


async def test_the_owners_card_says_that_it_is_the_owner(desk: Desk) -> None:
    dossier = desk.resolve(submitter={"name": "Trần Văn Bình", "personal_id": "022080000009"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("enter")
        assert "hand the result to Trần Văn Bình" in officer.text()
        await officer.scan(OWNERS_CARD)
        assert "hand the result to Nguyễn Thị Lan" in officer.text()
        await officer.press("1")
        assert "hand the result to Trần Văn Bình" in officer.text()
        await officer.press("2", "enter")
        assert officer.here == "SurveyScreen"
    receiver = desk.services.lookup.show(dossier).receiver
    assert receiver is not None and receiver.name == "Nguyễn Thị Lan"


async def test_somebody_else_without_a_name_is_refused(desk: Desk) -> None:
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("p", "enter", "enter", "enter", "enter", "enter")
        assert officer.here == "ReturningScreen"
        assert "name is missing" in officer.said()
        await officer.press("escape", "escape")
        assert officer.here == "DossierScreen"
    assert desk.status(dossier) == "resolved"


async def test_after_the_survey_nothing_of_the_citizen_is_left_where_the_officer_was(desk: Desk) -> None:
    desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type("lan")
        await officer.press("enter", "enter", "enter", "escape")
        assert officer.here == "LookupScreen"
        assert officer.top.query_one("#typed", DeskInput).value == ""


@pytest.mark.parametrize("fault", ["dead", "paper", "hanging"])
async def test_a_printer_that_fails_stops_nothing_and_is_told_to_the_officer_not_the_citizen(
    desk: Desk, fault: str
) -> None:
    dossier = desk.resolve()
    desk.services.papers.make(dossier, "slip", desk.officer)
    desk.fault[0] = fault  # type: ignore[call-overload]
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("enter", "enter")
        assert officer.here == "SurveyScreen"
        assert officer.said() == ""
        await officer.press("escape")
        assert officer.here == "HomeScreen"
        assert "PRINT-" in officer.screen()
        assert "The result of H49.22.11-261125-0001" in officer.screen().splitlines()[-2]
    assert desk.status(dossier) == "returned"


async def test_the_pin_is_asked_again_where_the_settings_say_so(desk: Desk) -> None:
    context = desk.services.context
    asking = replace(context, settings=replace(context.settings, ask_pin_on_return=True))
    services = with_other(desk.services, context=asking)
    dossier = desk.resolve()
    app = desk.app()
    app.open_services = lambda: Seat(services)
    async with playing(app) as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("enter", "enter")
        await officer.type("111111")
        assert "tries left: 4" in officer.said()
        await officer.type(PIN)
        assert officer.here == "SurveyScreen"
    assert desk.status(dossier) == "returned"


async def test_without_the_pin_nothing_is_handed_over(desk: Desk) -> None:
    context = desk.services.context
    asking = replace(context, settings=replace(context.settings, ask_pin_on_return=True))
    dossier = desk.resolve()
    app = desk.app()
    app.open_services = lambda: Seat(with_other(desk.services, context=asking))
    async with playing(app) as officer:
        await _to_review(desk, officer, dossier)
        await officer.press("enter", "escape")
        assert officer.here == "ReturningScreen"
    assert desk.status(dossier) == "resolved"


async def test_the_dossiers_own_slip_found_after_all_takes_the_loss_back(desk: Desk) -> None:
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("l")
        assert "signed a statement" in officer.text()
        await officer.scan(desk.slip_text(dossier))
        assert "signed a statement" not in officer.text()
        await officer.press("enter")
    assert returned_with(desk, dossier)["lost_slip"] is False


async def test_f5_anywhere_lists_what_waits_to_be_collected(desk: Desk) -> None:
    desk.accept(1)
    desk.resolve(2, owner={"name": "Trần Văn Bình"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f5")
        assert officer.here == "LookupScreen"
        assert "Trần Văn Bình" in officer.screen() and "Nguyễn Thị Lan" not in officer.screen()
        await officer.press("enter", "f5", "enter")
        assert officer.here == "SurveyScreen"


async def _to_review(desk: Desk, officer: Player, dossier: str) -> None:
    await sign_in(officer)
    await officer.scan(desk.short_form(dossier))
    await officer.press("enter")
    assert officer.here == "ReturningScreen"


@pytest.mark.parametrize(
    ("way", "center", "said", "here"),
    [
        ("paper", "", "give the citizen the paper form", "HomeScreen"),
        ("phone", "https://tra-cuu.example/T/", "rates it by the code on the receipt", "HomeScreen"),
        ("phone", "", "", "SurveyScreen"),
    ],
)
async def test_a_desk_that_asks_by_telephone_or_on_paper_opens_no_survey(
    desk: Desk, way: str, center: str, said: str, here: str
) -> None:
    context = desk.services.context
    context.settings = changed(context.settings, survey_way=way, tracking_url=center)
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("enter", "enter")
        assert officer.here == here
        assert said in officer.said()
    (receipt,) = [paper for paper in desk.services.lookup.show(dossier).papers if paper.kind == "result_receipt"]
    assert ("Mời ông/bà đánh giá" in text_of(Path(receipt.path).read_bytes())) == bool(center)
