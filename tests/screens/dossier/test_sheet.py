"""The lines of a dossier: who held it how long, and why it is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from desk import words
from desk.cases.kind_names import event_name, state_name
from desk.cases.views import HoldingLine
from screens.dossier.sheet import holding_words
from screens.phrases import cause_words


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.speak("en")
    yield
    words.speak(before)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}:00+07:00")


def test_a_stretch_tells_the_body_its_time_and_whether_it_lasts() -> None:
    now = at("26T09:00")
    ended = HoldingLine("so-tu-phap", "Sở Tư pháp", at("25T10:30"), at("26T08:30"), 330)
    assert holding_words(ended, now).startswith("Sở Tư pháp: ")
    assert "5 h 30 min" in holding_words(ended, now)
    lasting = HoldingLine("06709", "Móng Cái 2", at("26T08:55"), None, 5)
    assert holding_words(lasting, now).endswith("to now, 0 h 05 min")


def test_a_cause_is_told_by_its_name_and_an_unknown_one_by_its_id() -> None:
    assert cause_words("power_outage") == "Power cut"
    assert cause_words("moon") == "moon"


def test_in_practice_no_paper_is_said_to_have_reached_a_printer() -> None:
    assert (event_name("paper.handed"), state_name("handed")) == ("Paper given to the printer", "given to the printer")
    said = event_name("paper.handed", practice=True), state_name("handed", practice=True)
    assert said == ("Practice: not printed", "practice: not printed")
    assert state_name("voided", practice=True) == "void"
