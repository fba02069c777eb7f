"""`desk paper`, `desk print`, `desk verify`."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import wiring
from tests import homes, oracle
from tests.desk.commands.conftest import Desk


def test_a_paper_is_the_one_that_was_made_and_a_reprint_is_one_more(desk: Desk) -> None:
    found = desk.intake()
    assert desk.did("paper", "slip", found["code"]) == {"paper": found["slip"], "copy": 1}
    again = desk.did("paper", "slip", found["code"], "--reprint")
    assert again["copy"] == 2
    assert Path(again["paper"]).is_file()
    assert desk.did("paper", "slip", found["code"], "--reprint")["copy"] == 3


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["result_receipt", "H49.22.11-261125-0001"], 1),
        (["refusal", "H49.22.11-261125-0001"], 1),
        (["slip", "H49.22.11-261125-0009"], 1),
        (["bill", "H49.22.11-261125-0001"], 2),
        (["slip"], 2),
    ],
)
def test_a_paper_that_cannot_be_is_refused(desk: Desk, words: list[str], status: int) -> None:
    desk.intake()
    ran = desk.run("paper", *words)
    assert (ran.status, ran.error[:5]) == (status, "RULE-")


def test_the_control_slip_and_the_slip_for_several_dossiers_are_made_on_request(desk: Desk) -> None:
    codes = [desk.intake()["code"], desk.intake()["code"]]
    control = desk.did("paper", "control", codes[0])
    assert control["copy"] == 1 and "_control_1_" in control["paper"]
    joint = desk.did("paper", "joint_slip", *codes)
    assert joint["copy"] == 1 and "_joint_slip_1_" in joint["paper"]
    assert desk.did("paper", "joint_slip", *codes, "--reprint")["copy"] == 2
    assert desk.run("paper", "control", *codes).status == 2


def _lp(folder: Path, text: str) -> str:
    """Put a stand-in for the print service's command in front of the path; returns the path."""
    tool = folder / "bin" / "lp"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    tool.chmod(0o755)
    return str(tool.parent)


def test_the_queue_is_listed_sent_and_settled(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.intake()
    (job,) = desk.did("print", "list")
    assert {"id", "paper", "printer", "state", "attempts"} <= set(job)
    assert (job["state"], job["attempts"]) == ("queued", 0)
    monkeypatch.setenv("PATH", _lp(tmp_path, "echo request id is desk-1"), prepend=":")
    assert [(one["state"], one["attempts"]) for one in desk.did("print", "send")] == [("handed", 1)]
    assert desk.did("print", "send") == []
    assert desk.did("print", "again", job["id"])[0]["state"] == "queued"
    assert desk.did("print", "cancel", job["id"])[0]["state"] == "cancelled"
    assert desk.did("print", "send") == []
    assert desk.did("print", "again", job["id"])[0]["state"] == "queued"
    assert [(one["state"], one["attempts"]) for one in desk.did("print", "send")] == [("handed", 2)]
    assert desk.did("print", "confirm", job["id"])[0]["state"] == "confirmed"
    assert desk.run("print", "again", job["id"]).error == "RULE-162"
    assert [event["kind"] for event in desk.did("show", _code(desk))["history"]][-2:] == [
        "paper.handed",
        "paper.confirmed",
    ]


def _code(desk: Desk) -> str:
    return oracle.look(desk.home).codes[0]


def test_a_printer_that_refuses_is_a_failed_job_and_status_one(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.intake()
    monkeypatch.setenv("PATH", _lp(tmp_path, "echo no paper >&2; exit 1"), prepend=":")
    ran = desk.run("print", "send")
    assert ran.status == 1
    assert [(one["state"], one["error"]) for one in ran.json] == [("failed", "PRINT-04")]


@pytest.mark.parametrize("act", ["send", "confirm", "again", "cancel"])
def test_a_job_that_is_not_there_is_told(desk: Desk, act: str) -> None:
    assert desk.run("print", act, "nothing").error == "RULE-128"


def _digits(desk: Desk, code: str) -> str:
    """Return what a scanner reads from the slip."""
    from desk.cases.paper_content import CopyMark, drawing_of, signed_text
    from storage.queries import dossiers

    services = wiring.open_home(wiring.Surroundings(desk.home, desk.folder / "keys", homes.CLOCK))
    with services.context.store.reading() as session:
        row = dossiers.by_code(session, code)[0]
        assert row.accepted_at is not None
        text = signed_text(drawing_of(services.context, row, "slip", CopyMark(), row.accepted_at))
    services.close()
    return text


def test_a_slips_digits_are_genuine_and_one_changed_digit_is_not(desk: Desk) -> None:
    code = desk.intake()["code"]
    digits = _digits(desk, code)
    found = desk.did("verify", digits)
    assert (found["verdict"], found["code"], found["kind"], found["copy"]) == ("genuine", code, "slip", 1)
    assert found["confirmed"] is True
    assert desk.did("verify", desk.did("show", code)["short_form"])["code"] == code
    changed = digits[:50] + str((int(digits[50]) + 1) % 10) + digits[51:]
    ran = desk.run("verify", changed)
    assert (ran.status, ran.json["verdict"]) == (1, "altered")


def test_a_slip_as_a_file_is_read_and_proved(desk: Desk, tmp_path: Path) -> None:
    found = desk.intake()
    assert desk.did("verify", found["slip"])["code"] == found["code"]
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"no pdf")
    ran = desk.run("verify", empty)
    assert ran.status == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("text", ["hello", "1234", "https://example.org/", "9" * 236, "\x1b]0;x\x07", "0" * 22])
def test_what_is_no_paper_of_ours_says_so(desk: Desk, text: str) -> None:
    ran = desk.run("verify", text)
    assert ran.status == 1
    assert ran.json["verdict"] in ("not_ours", "altered", "unknown_key")
    assert ran.json["code"] is None
    assert desk.run("verify", text, json=False).out


def test_another_desks_slip_is_of_an_unknown_key(desk: Desk, tmp_path: Path) -> None:
    digits = _digits(desk, desk.intake()["code"])
    homes.new_home(tmp_path / "other")
    ran = Desk(tmp_path / "other").run("verify", digits)
    assert (ran.status, ran.json["verdict"]) == (1, "unknown_key")
