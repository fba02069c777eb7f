"""A dossier received at one commune is found, looked up and returned at another, on each database of the center."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk.cases.form_input import form_of
from desk.errors.acts import DossierUnknown
from desk.errors.elsewhere import DossierElsewhere, DossierNotAtCenter, LookUpWithoutLine, ReasonMissing
from storage.center.center import Center
from storage.messages import read_answer, request
from storage.projections.project import dump, rebuild
from storage.store import Store
from tests.homes import birth
from tests.provinces import APP, HERE, Place, two_communes
from tests.storage.centers import nonce

REASON = "Công dân đến nhận kết quả"


@pytest.fixture
def places(tmp_path: Path, center: Center) -> Iterator[tuple[Place, Place]]:
    """A desk of phường Móng Cái 2 and one of phường Hà Tu at one center."""
    with two_communes(tmp_path, center) as made:
        yield made


def _resolved(here: Place, number: int = 1) -> tuple[str, str]:
    """Return id and code of a dossier whose result is here."""
    accepted = here.services.intake.accept(form_of(birth(number)), here.officer)
    here.services.papers.make_owed(accepted.dossier, here.officer)
    here.services.moves.move(accepted.dossier, "resolved", here.officer)
    return accepted.dossier, accepted.code


def _count(store: Store, table: str = "event") -> int:
    with store.reading() as session:
        return int(session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


def _shown(store: Store, dossier: str, *, searchable: bool) -> set[tuple[str, str, str]]:
    with store.writing() as session:
        assert rebuild(session, searchable=searchable) == (True, [])
        return {row for row in dump(session) if row[:2] == ("dossier", dossier)}


def test_found_looked_up_returned_and_known_where_it_was_received(places: tuple[Place, Place], center: Center) -> None:
    here, there = places
    dossier, code = _resolved(here)
    here.sync()
    there.sync()
    (line,) = there.services.lookup.find(code)
    assert (line.presence, line.owner, line.status, line.unit) == ("stub", "", "resolved", HERE)
    assert there.services.lookup.find("lan") == there.services.lookup.newest() == ()
    with pytest.raises(DossierElsewhere):
        there.services.lookup.show(code)
    there.services.elsewhere.look_up(line, REASON, there.officer)
    view = there.services.lookup.show(dossier)
    assert view.owner.name == "Nguyễn Thị Lan"
    assert there.services.lookup.find(code)[0].presence == "looked_up"
    assert there.services.lookup.find("lan") == there.services.lookup.newest() == ()  # a guest is in no list
    assert there.services.todays_work.counts().uncollected == 0
    there.services.returning.give(dossier, there.officer)
    assert [paper.kind for paper in there.services.papers.make_owed(dossier, there.officer)] == ["result_receipt"]
    there.sync()
    here.sync()
    there.sync()
    told = here.services.lookup.show(dossier)
    assert told.line.status == "returned"
    looks = [one for one in told.history if one.kind == "dossier.viewed"]
    assert [(one.note, one.officer) for one in looks] == [(REASON, "Phường Hà Tu")]
    assert there.services.elsewhere.looked(dossier) is None  # a unit that returned it is concerned by it
    assert there.services.todays_work.counts().returned == here.services.todays_work.counts().returned == 1
    assert there.services.todays_work.counts().accepted == 0
    shown = [_shown(place.services.context.store, dossier, searchable=True) for place in places]
    assert len(shown[0]) == 1 and shown[0] == shown[1] == _shown(center.store, dossier, searchable=False)
    assert _count(center.store, "lookup_trace") == 1


def test_a_slip_scanned_at_another_commune_is_proved_and_leads_to_its_dossier(places: tuple[Place, Place]) -> None:
    here, there = places
    dossier, code = _resolved(here)
    here.sync()
    there.sync()
    digits = here.services.lookup.show(dossier).short_form
    verdict = there.services.papers.verify(digits)
    assert verdict.word == "genuine" and verdict.tracking is not None
    found = there.services.elsewhere.by_tracking(verdict.tracking)
    assert found is not None and (found.id, found.code) == (dossier, code)
    assert [line.id for line in there.services.lookup.find(digits)] == [dossier]
    assert there.services.lookup.by_tracking(verdict.tracking) is None


def test_without_a_line_the_look_writes_nothing_and_says_what_can_be_done(places: tuple[Place, Place]) -> None:
    here, there = places
    _dossier, code = _resolved(here)
    here.sync()
    there.sync()
    (line,) = there.services.lookup.find(code)
    before = _count(there.services.context.store)
    there.line.down = True
    with pytest.raises(LookUpWithoutLine) as trouble:
        there.services.elsewhere.look_up(line, REASON, there.officer)
    assert trouble.value.facts["unit"] == "Phường Móng Cái 2"
    with pytest.raises(ReasonMissing):
        there.services.elsewhere.look_up(line, "  ", there.officer)
    assert _count(there.services.context.store) == before


def test_the_center_shows_nothing_before_the_reason_lies_in_its_log(
    places: tuple[Place, Place], center: Center
) -> None:
    here, there = places
    dossier, _code = _resolved(here)
    here.sync()
    there.sync()
    context = there.services.context
    assert context.key is not None
    with context.log.act(there.officer.id) as act:
        silent = act.append("dossier.viewed", {"looked_up": True}, dossier=dossier)
    there.sync()
    for event in (silent.head.id, here.services.context.chance.new_id()):
        asked = {"dossier": dossier, "event": event}
        word = nonce(center, context.settings.desk, context.key)
        message = request(context.settings.desk, APP, 0, [], context.key, look_up=asked, nonce=word)
        http, answer = center.exchange(message)
        value = read_answer(answer, center.key.public)
        assert (http, value["looked_up"]) == (200, {"status": "no_reason"})
    assert _count(center.store, "lookup_trace") == 0


def test_one_reason_is_good_for_ten_minutes_of_asking_again(places: tuple[Place, Place], center: Center) -> None:
    here, there = places
    dossier, code = _resolved(here)
    here.sync()
    there.sync()
    there.services.elsewhere.look_up(there.services.lookup.find(code)[0], REASON, there.officer)
    context = there.services.context
    with context.store.reading() as session:
        event = session.connection().exec_driver_sql("SELECT id FROM event WHERE kind = 'dossier.viewed'").scalar()
    assert context.key is not None
    asked, statuses = {"dossier": dossier, "event": event}, []
    for minutes in (5, 10):
        center.clock.now += center.clock.step * 60 * minutes  # type: ignore[attr-defined]  # the test's own clock
        word = nonce(center, context.settings.desk, context.key)
        message = request(context.settings.desk, APP, 0, [], context.key, look_up=asked, nonce=word)
        statuses.append(read_answer(center.exchange(message)[1], center.key.public)["looked_up"]["status"])
    assert statuses == ["ok", "stale"]


def test_what_the_center_does_not_have_yet_is_said(places: tuple[Place, Place]) -> None:
    here, there = places
    _dossier, code = _resolved(here)
    here.sync()
    there.sync()
    (line,) = there.services.lookup.find(code)
    unknown = there.services.context.chance.new_id()
    with pytest.raises(DossierNotAtCenter):
        there.services.elsewhere.look_up(replace(line, id=unknown), REASON, there.officer)
    with pytest.raises(DossierUnknown):
        there.services.lookup.show(unknown)  # a look alone makes no dossier
