"""Each status move makes its paper: every move of the national table (domain 4.2) beside the paper it owes."""

from __future__ import annotations

import pytest

from desk.cases.form_input import form_of
from desk.rules.dossier import Status
from desk.rules.lifecycle import STATUSES, possible_moves
from tests.desk.cases.conftest import Office
from tests.homes import birth

SLIP, SUPPLEMENT, REFUSAL, STOP, RECEIPT, NONE = "slip", "supplement", "refusal", "stop", "result_receipt", ""
TABLE: dict[tuple[Status, ...], dict[Status, str]] = {
    ("filed",): {
        "accepted": SLIP,
        "refused": REFUSAL,
        "supplement_requested": SUPPLEMENT,
        "withdrawal_requested": NONE,
    },
    ("accepted",): {
        "processing": NONE,
        "supplement_requested": SUPPLEMENT,
        "payment_requested": NONE,
        "withdrawal_requested": NONE,
        "stopped": STOP,
        "resolved": NONE,
    },
    ("accepted", "processing"): {
        "processing": NONE,
        "supplement_requested": SUPPLEMENT,
        "payment_requested": NONE,
        "withdrawal_requested": NONE,
        "stopped": STOP,
        "resolved": NONE,
    },
    ("filed", "supplement_requested"): {"filed": NONE, "withdrawal_requested": NONE, "stopped": STOP},
    ("accepted", "supplement_requested"): {
        "accepted": NONE,
        "processing": NONE,
        "withdrawal_requested": NONE,
        "stopped": STOP,
    },
    ("accepted", "payment_requested"): {"processing": NONE, "withdrawal_requested": NONE, "stopped": STOP},
    ("filed", "withdrawal_requested"): {"stopped": STOP, "filed": NONE},
    ("accepted", "withdrawal_requested"): {"stopped": STOP, "accepted": NONE},
    ("accepted", "processing", "withdrawal_requested"): {"stopped": STOP, "processing": NONE},
    ("accepted", "stopped"): {"returned": RECEIPT},
    ("accepted", "resolved"): {"returned": RECEIPT, "processing": NONE},
    ("filed", "refused"): {},
    ("accepted", "resolved", "returned"): {},
}
"""The way to a status (the last one), and from there each move with the paper that it makes."""
FILED = '{"code": "000.00.35.H49-261124-000123", "filed_at": "2026-11-24T09:00:00+07:00", "procedure": "1.001193",'
FILED += '"owner": {"name": "Trần Văn Nam", "personal_id": "022090000077", "address": "Hải Hoà"}}'


def moved(office: Office, dossier: str, to: Status) -> None:
    services, officer = office.services, office.officer
    if to == "returned":
        services.returning.give(dossier, officer)
    elif to == "accepted" and services.lookup.show(dossier).line.status == "filed":
        services.intake.accept(form_of({**birth(), "code": "000.00.35.H49-261124-000123"}), officer)
    else:
        services.moves.move(dossier, to, officer, reason="theo quy định", unit="06712" if to == "processing" else "")


def at(office: Office, way: tuple[Status, ...]) -> str:
    """Return a dossier that went `way`, every paper of it made."""
    services = office.services
    if way[0] == "filed":
        dossier = services.inbox.take(FILED, office.officer)[0].dossier
    else:
        dossier = services.intake.accept(form_of(birth()), office.officer).dossier
    for to in way[1:]:
        moved(office, dossier, to)
    services.papers.make_owed(dossier, office.officer)
    assert services.lookup.show(dossier).line.status == way[-1]
    return dossier


@pytest.mark.parametrize(
    ("way", "to", "paper"),
    [
        pytest.param(way, to, paper, id=f"{'-'.join(way)}-to-{to}")
        for way, moves in TABLE.items()
        for to, paper in moves.items()
    ],
)
def test_a_move_makes_its_paper_and_no_other(office: Office, way: tuple[Status, ...], to: Status, paper: str) -> None:
    papers = office.services.papers
    dossier = at(office, way)
    moved(office, dossier, to)
    assert [one.kind for one in papers.owed()] == [paper] * bool(paper)
    made = papers.make_owed(dossier, office.officer)
    assert [(one.kind, one.path.exists()) for one in made] == [(paper, True)] * bool(paper)
    if paper:
        verdict = papers.verify_file(made[0].path)
        assert (verdict.word, verdict.proof and verdict.proof.kind, verdict.confirmed) == ("genuine", paper, True)
    assert papers.owed() == ()


def test_the_table_holds_every_move_there_is() -> None:
    for way, moves in TABLE.items():
        before = way[-2] if len(way) > 1 else None
        assert {move.to for move in possible_moves(way[-1], before, "lead")} == set(moves), way
    assert {way[-1] for way in TABLE} == set(STATUSES)
