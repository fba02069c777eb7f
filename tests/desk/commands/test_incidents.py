"""`desk incident list|show|close`: listed in words, shown side by side, closed with a note once it is settled."""

from __future__ import annotations

from desk import wiring
from desk.wiring import Surroundings
from tests import homes
from tests.desk.commands.conftest import Desk


def returned_twice(desk: Desk) -> str:
    """Return the code of a dossier whose result was handed over a second time."""
    code = str(desk.intake(homes.birth())["code"])
    services = wiring.open_home(Surroundings.of(None, desk.environment))
    try:
        dossier = services.lookup.show(code).line.id
        with services.context.log.act(None) as act:
            for kind in ("dossier.resolved", "dossier.returned", "dossier.returned"):
                act.append(kind, {}, dossier=dossier)
    finally:
        services.close()
    return code


def test_an_incident_is_listed_and_closed_with_a_note(desk: Desk) -> None:
    assert desk.did("incident", "list") == []
    assert "Nothing." in desk.run("incident", "list", json=False).out
    code = returned_twice(desk)
    (one,) = desk.did("incident", "list")
    assert (one["code"], one["why"]) == (code, "returned_twice")
    assert "handed over at two desks" in desk.run("incident", "list", json=False).out
    assert desk.did("show", code)["incidents"] == ["The result was handed over at two desks."]
    assert "handed over at two desks" in desk.run("show", code, json=False).out
    assert desk.did("incident", "close", code, "--note", "đã hỏi quầy số 2") == {"code": code, "closed": 1}
    assert desk.did("incident", "list") == []
    assert "đã hỏi quầy số 2" in [event["note"] for event in desk.did("show", code)["history"]]


def test_both_acts_are_shown_side_by_side_by_code_or_place_in_the_list(desk: Desk) -> None:
    code = returned_twice(desk)
    (one,) = desk.did("incident", "show", code)
    assert one == desk.did("incident", "list")[0] == desk.did("incident", "show", "1")[0]
    assert [(side["kind"], side["slot"]) for side in one["sides"]] == [("dossier.returned", 0)] * 2
    told = desk.run("incident", "show", "1", json=False).out
    assert told.count("Result handed over") == 2 and "First act" in told and "Against it" in told
    assert f"desk incident close {code} --note TEXT" in told
    assert desk.run("incident", "show", "2").error == "RULE-132"
    assert desk.run("incident", "show", "H49.22.11-261125-0499").status == 1


def test_what_is_not_open_or_not_known_is_not_closed(desk: Desk) -> None:
    code = str(desk.intake(homes.birth())["code"])
    ran = desk.run("incident", "close", code, "--note", "x")
    assert (ran.status, ran.error) == (1, "RULE-132")
    assert desk.run("incident", "close", "H49.22.11-261125-0499", "--note", "x").status == 1
    assert desk.run("incident", "close", code).status == 2
    assert desk.run("incident").status == 2
