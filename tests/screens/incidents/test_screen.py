"""Incidents: the home line, the list, the dossier behind a row, and closing what was settled."""

from __future__ import annotations

import pytest

from storage.tables.own import SyncStateRow
from tests.screens.desks import Desk, sign_in


def returned_twice(desk: Desk) -> str:
    """Return the id of a dossier whose result was handed over a second time."""
    dossier = desk.resolve()
    with desk.services.context.log.act(desk.officer.id) as act:
        for _time in range(2):
            act.append("dossier.returned", {}, dossier=dossier)
    return dossier


async def test_an_incident_is_said_at_home_opened_and_closed_once_it_is_settled(desk: Desk) -> None:
    dossier = returned_twice(desk)
    async with desk.playing(size=(80, 23)) as officer:
        await sign_in(officer)
        assert "1 dossier where the acts of two desks do not fit" in officer.screen()
        await officer.press("ctrl+g")
        await officer.type(" incidents")
        await officer.press("enter")
        seen = officer.screen()
        assert "1 open incident" in seen and "F4: close as settled" in seen
        assert seen.count(f"{desk.officer.name} · Result handed over") == 2
        assert "The result was handed over at two desks." in seen and "Both acts are kept." in seen
        await officer.press("enter")
        assert officer.here == "DossierScreen" and "The result was handed over at two desks." in officer.screen()
        await officer.press("escape")
        await officer.press("f4")
        assert "Spoken with the other desk" in officer.screen()
        await officer.press("escape")
        assert desk.services.incidents.count() == 1
        await officer.press("f4", "enter")  # nothing is closed without a word
        assert desk.services.incidents.count() == 1
        await officer.type("quầy 2 trả, đã gọi dân")
        await officer.press("enter")
        assert "No incident is open." in officer.screen() and "Closed:" in officer.said()
    assert desk.services.incidents.count() == 0
    assert desk.services.lookup.show(dossier).history[-1].note == "quầy 2 trả, đã gọi dân"
    assert desk.history(dossier)[-1] == "incident.resolved"


async def test_nothing_is_closed_where_nothing_is_open(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.app.rooms.go("incidents")
        await officer.settled()
        await officer.press("f4")
        assert "No incident is open." in officer.screen()


@pytest.mark.parametrize(("failure", "said"), [("SYNC-12", "Another machine works under the name"), ("SYNC-01", "")])
async def test_what_only_a_person_can_end_with_the_center_is_said_at_home(desk: Desk, failure: str, said: str) -> None:
    with desk.services.context.store.writing() as session:
        session.merge(SyncStateRow(last_failure=failure))
    async with desk.playing() as officer:
        await sign_in(officer)
        assert (f"{failure}: {said}" in officer.screen()) is bool(said)
