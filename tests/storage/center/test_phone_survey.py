"""The form on the citizen's phone: one a dossier, after its return, an event of the center that names no dossier."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from html import escape
from pathlib import Path

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from desk.keys import verified
from desk.rules.proof import short_digits
from desk.rules.reference.survey_words import parse_survey_words
from desk.rules.survey import LEVELS
from sample_data.shipped import shipped_text
from storage.center import own
from storage.center.app import make_app
from storage.center.center import Center
from storage.center.page import page
from storage.center.tracking import Standing, standing
from storage.tables.projected import SurveyFormRow
from storage.wire import Event, hash_of, identity_message, read_line
from tests.storage.center.test_tracking import TRACKING, _proof
from tests.storage.centers import join, lines, new_center, sync
from tests.storage.desks import FIRST, Desk, new_desk

RETURNED = short_digits(TRACKING + 1)


@pytest.fixture
def center(desk: Desk, tmp_path: Path) -> Iterator[Center]:
    """A center with one accepted and one returned dossier."""
    with closing(new_center(tmp_path)) as fresh:
        join(desk, fresh)
        desk.accept(1)
        desk.accept(1, then=("dossier.resolved", "dossier.returned"))
        sync(desk, fresh)
        yield fresh


def _own(center: Center) -> list[Event]:
    """Return the center's own events."""
    events = [read_line(line) for line in lines(center)]
    return [event for event in events if event.head.desk == center.about.id]


def _forms(center: Center) -> list[SurveyFormRow]:
    with center.store.reading() as session:
        return [row.model_copy() for row in session.exec(select(SurveyFormRow)).all()]


def test_an_answer_stands_alone_and_the_dossier_only_keeps_that_it_was_asked(center: Center) -> None:
    assert center.take_survey(RETURNED, "satisfied")
    asked, captured = _own(center)
    assert (asked.head.kind, asked.body) == ("survey.asked", {"answer": "answered"})
    assert captured.head.kind == "survey.captured"
    assert (captured.head.dossier, captured.head.parents, captured.head.actor) == (None, (), None)
    assert captured.body == {
        "unit": "H49.35",
        "officer": "officer-1",
        "field": "TP",
        "level": "satisfied",
        "how": "phone",
        "quick": False,
    }
    assert captured.private_bytes is None
    (form,) = _forms(center)
    assert (form.level, form.how, form.unit) == ("satisfied", "phone", "H49.35")


def test_one_form_is_taken_a_dossier_and_only_after_its_return(center: Center, desk: Desk) -> None:
    assert not center.take_survey(short_digits(TRACKING), "satisfied")
    assert center.take_survey(_proof(desk.key, tracking=TRACKING + 1), "very_satisfied")
    for text in (RETURNED, _proof(desk.key, tracking=TRACKING + 1)):
        assert not center.take_survey(text, "dissatisfied")
    assert [form.level for form in _forms(center)] == ["very_satisfied"]


@pytest.mark.parametrize("level", ["", "declined", "excellent", "satisfied; drop", "x" * 900])
def test_another_answer_than_the_three_levels_is_not_taken(center: Center, level: str) -> None:
    assert not center.take_survey(RETURNED, level)
    assert _own(center) == []


@pytest.mark.parametrize("text", ["", "1", RETURNED[:-1] + "x", short_digits(77)])
def test_wrong_digits_give_no_form(center: Center, text: str) -> None:
    assert not center.take_survey(text, "satisfied")
    assert _own(center) == []


def test_a_silence_at_the_counter_leaves_the_form_open_and_a_refusal_does_not(center: Center, desk: Desk) -> None:
    for answer, may in (("no_answer", True), ("declined", False), ("answered", False)):
        (dossier,) = desk.accept(1, then=("dossier.resolved", "dossier.returned"))
        with desk.log.act("officer-1") as act:
            act.append("survey.asked", {"answer": answer}, dossier=dossier)
        sync(desk, center)
        assert center.take_survey(short_digits(TRACKING + desk.count - 1), "satisfied") is may


def test_the_centers_events_are_a_chain_of_its_own_from_a_signed_identity(center: Center, desk: Desk) -> None:
    center.take_survey(RETURNED, "satisfied")
    desk.accept(1, then=("dossier.resolved", "dossier.returned"))
    sync(desk, center)
    center.take_survey(short_digits(TRACKING + 2), "satisfied")
    events = _own(center)
    assert [(event.head.epoch, event.head.seq) for event in events] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    assert [event.head.prev for event in events[1:]] == [event.head_hash for event in events[:-1]]
    with center.store.reading() as session:
        record = own.kept(session, "identity_record").encode()
    assert events[0].head.prev == hash_of(record)
    said = json.loads(record)
    message = identity_message(said["desk"], bytes.fromhex(said["public_key"]), said["made_at"])
    assert said["desk"] == center.about.id
    assert verified(center.key.public, bytes.fromhex(said["signature"]), message)
    assert center.rebuild().same


def test_a_restored_center_goes_on_in_a_new_epoch(center: Center, desk: Desk) -> None:
    center.take_survey(RETURNED, "satisfied")
    center.about = center.about._replace(incarnation="restored")
    desk.accept(2, then=("dossier.resolved", "dossier.returned"))
    sync(desk, center)
    center.take_survey(short_digits(TRACKING + 2), "satisfied")
    center.take_survey(short_digits(TRACKING + 3), "satisfied")
    events = _own(center)[2:]
    assert [(event.head.epoch, event.head.seq, event.head.kind) for event in events] == [
        (2, 1, "desk.epoch_opened"),
        (2, 2, "survey.asked"),
        (2, 3, "survey.captured"),
        (2, 4, "survey.asked"),
        (2, 5, "survey.captured"),
    ]
    assert events[0].body["last_seq"] == 2
    assert events[0].head.prev == _own(center)[1].head_hash


def test_a_phone_is_shown_the_form_sends_it_and_is_thanked(center: Center) -> None:
    with TestClient(make_app(center)) as client:
        asked = client.get(f"/t/{RETURNED}")
        assert asked.text.count('<button name="level"') == 3
        assert "form-action 'self'" in asked.headers["content-security-policy"]
        sent = client.post(f"/T/{RETURNED}", data={"level": "satisfied"}, follow_redirects=False)
        assert (sent.status_code, sent.headers["location"]) == (303, f"/t/{RETURNED}")
        thanked = client.get(sent.headers["location"]).text
    assert "Cảm ơn ông/bà" in thanked and "<form" not in thanked
    assert len(asked.content) <= 15_000


@pytest.mark.parametrize(("unit", "others"), [("06709", ["en", "zh"]), ("H49.35", ["en"])])
def test_a_phone_is_asked_in_the_words_of_the_desks_and_at_the_border_in_chinese_too(
    unit: str, others: list[str]
) -> None:
    html = page(Standing("known", "returned", unit, form="open"))[1]
    words = parse_survey_words(shipped_text("survey"))
    for key in ("question", *(f"level.{level}" for level in LEVELS)):
        said = "".join(f' <span lang="{lang}">/ {escape(getattr(words[key], lang))}</span>' for lang in others)
        assert f"{escape(words[key].vi)}{said}</" in html


def test_practice_papers_ask_for_no_form(tmp_path: Path) -> None:
    desk, center = new_desk(tmp_path / "home"), new_center(tmp_path)
    join(desk, center)
    desk.accept(1, then=("dossier.resolved", "dossier.returned"))
    sync(desk, center)
    text = _proof(desk.key, practice=True)
    assert standing(center.store, text, FIRST).form == "none"
    assert not center.take_survey(text, "satisfied")
    desk.store.close()
    center.close()
