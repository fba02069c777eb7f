"""What a half-filled form already tells: time, fee, documents; and a dossier that is not saved twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk import wiring
from desk.cases.services import Services
from desk.clock import office_time
from desk.errors.acts import CodeTaken
from desk.rules.dossier import IntakeForm
from desk.rules.people.person import Person
from tests.homes import citizen, copied_home

NOBODY = IntakeForm("1.004873", Person(""))
LAN = Person("Nguyễn Thị Lan", personal_id="022190001234")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = wiring.open_home(copied_home(tmp_path))
    yield made
    made.close()


def test_time_fee_and_documents_are_known_before_anybodys_name(services: Services) -> None:
    seen = services.intake.outlook(NOBODY)
    assert f"{office_time(seen.due.due_at):%d/%m %H:%M}" == "30/11 08:30"
    assert (seen.asks_fee, seen.fee_dong, seen.proposed_dong, seen.missing) == (True, None, None, ())
    assert seen.documents


def test_what_was_last_given_is_proposed_with_its_ground(services: Services) -> None:
    officer = services.officers.the_one()
    free = replace(NOBODY, owner=LAN, fee_dong=0, fee_ground="hộ nghèo")
    services.intake.accept(free, officer)
    seen = services.intake.outlook(NOBODY)
    assert (seen.proposed_dong, seen.proposed_ground) == (0, "hộ nghèo")


def test_pages_not_counted_yet_leave_the_fee_open(services: Services) -> None:
    copy = replace(NOBODY, procedure="2.000815")
    assert (services.intake.outlook(copy).fee_dong, services.intake.outlook(copy).asks_fee) == (None, False)
    assert services.intake.outlook(replace(copy, pages=5, copies=3)).fee_dong == 21_000


def test_a_draft_that_outlived_its_dossier_saves_nothing_twice(services: Services) -> None:
    officer, dossier = services.officers.the_one(), services.drafts.new_id()
    form = replace(NOBODY, procedure="1.001193", owner=LAN)
    services.intake.accept(form, officer, dossier=dossier)
    with pytest.raises(CodeTaken):
        services.intake.accept(form, officer, dossier=dossier)
    assert len(services.lookup.newest()) == 1


def test_an_acceptance_from_the_inbox_takes_the_page_s_own_draft_with_it(services: Services) -> None:
    officer, draft = services.officers.the_one(), services.drafts.new_id()
    code = "000.00.22.H49-261123-0001"
    value = {"code": code, "procedure": "1.001193", "filed_at": "2026-11-23T08:00:00+07:00", "owner": citizen()}
    services.inbox.take(json.dumps(value), officer)
    services.drafts.keep(draft, officer, "intake", {})
    form = services.inbox.form(services.inbox.waiting()[0].dossier)
    services.intake.accept(form, officer, dossier=draft)
    assert services.drafts.all() == () and services.inbox.waiting() == ()


def test_what_waits_for_papers_before_acceptance_is_listed_apart(services: Services) -> None:
    officer = services.officers.the_one()
    code = "000.00.22.H49-261123-0001"
    value = {"code": code, "procedure": "1.001193", "filed_at": "2026-11-23T08:00:00+07:00", "owner": citizen()}
    services.inbox.take(json.dumps(value), officer)
    services.moves.move(code, "supplement_requested", officer, reason="thiếu tờ khai")
    services.intake.accept(replace(NOBODY, procedure="1.001193", owner=LAN), officer)
    assert services.inbox.waiting() == ()
    assert [one.code for one in services.inbox.supplementing()] == [code]
