"""What a return and a survey form keep besides the bare fact, and the due moment a move would leave."""

from __future__ import annotations

import json

import pytest

from desk.cases.form_input import form_of
from desk.rules.people.person import Person
from storage.queries.events import events_of
from tests.desk.cases.conftest import Office
from tests.homes import birth, citizen

FREE = {"fee_dong": 0, "fee_ground": "Miễn"}


def resolved(office: Office) -> str:
    dossier = office.services.intake.accept(form_of(birth()), office.officer).dossier
    office.services.moves.move(dossier, "resolved", office.officer)
    return dossier


def test_by_what_right_somebody_else_took_the_result_is_in_the_history(office: Office) -> None:
    dossier = resolved(office)
    other = Person("Lê Văn Sơn", personal_id="022085000123")
    office.services.returning.give(dossier, office.officer, receiver=other, note="giấy ủy quyền")
    view = office.services.lookup.show(dossier)
    assert view.receiver == other
    assert (view.history[-1].kind, view.history[-1].note) == ("dossier.returned", "giấy ủy quyền")


def test_five_answers_are_kept_with_the_form_and_not_with_the_dossier(office: Office) -> None:
    dossier = resolved(office)
    answers = {"attitude": "satisfied", "overall": "very_satisfied"}
    office.services.survey.capture(dossier, "very_satisfied", office.officer, criteria=answers, seconds=2.0)  # type: ignore[arg-type]
    context = office.services.context
    with context.store.reading() as session:
        last = context.log.tail(session)
        form = context.log.events(session, last.epoch, last.seq - 1, 1)[0]
        about_dossier = events_of(session, dossier)
    assert form.head.dossier is None
    assert (form.body["criteria"], form.body["quick"]) == (answers, True)
    assert "very_satisfied" not in json.dumps([event.body for event in about_dossier])


def test_an_answer_to_a_question_that_no_form_asks_is_a_programmers_fault(office: Office) -> None:
    with pytest.raises(ValueError, match="criterion"):
        office.services.survey.capture(None, "satisfied", office.officer, criteria={"tea": "satisfied"})


def test_the_end_of_a_wait_is_known_before_it_is_saved(office: Office) -> None:
    form = form_of({"procedure": "1.004873", "owner": citizen(), **FREE})
    dossier = office.services.intake.accept(form, office.officer).dossier
    moves = office.services.moves
    due = office.services.lookup.show(dossier).line.due_at
    moves.move(dossier, "supplement_requested", office.officer, reason="Thiếu giấy chứng sinh")
    assert moves.due_after(dossier, "stopped") == due
    office.at("2026-11-26T08:30:00+07:00")
    expected = moves.due_after(dossier, "processing")
    assert due is not None and expected is not None and expected > due
    assert moves.move(dossier, "processing", office.officer).due_at == expected
