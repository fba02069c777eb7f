"""The days of a due date in words, in both languages."""

from __future__ import annotations

from datetime import date
from typing import get_args

from desk.rules.calendar import DayName
from desk.rules.due import due, parse_term
from desk.rules.said import Said
from desk.rules.trail import WHY_SAID, TrailDay, Why, why_said
from desk.words import speak
from tests.desk.rules.holidays import quang_ninh
from tests.desk.rules.office import at

DAY = date(2026, 9, 2)
NAME = DayName("Quốc khánh", "National Day")


def test_every_reason_has_its_words() -> None:
    assert set(WHY_SAID) == set(get_args(Why))


def test_every_reason_is_said_in_vietnamese_too() -> None:
    said = {}
    for spoken in ("en", "vi"):
        speak(spoken)
        said[spoken] = [why_said(TrailDay(DAY, True, why)) for why in WHY_SAID]
    assert said["en"] == list(WHY_SAID.values())
    assert not set(said["en"]) & set(said["vi"])
    assert len(set(said["vi"])) == len(WHY_SAID)


def test_a_named_day_off_is_said_with_its_name() -> None:
    speak("en")
    assert why_said(TrailDay(DAY, False, "off", NAME)) == "day off: National Day"
    assert why_said(TrailDay(DAY, False, "off")) == "day off"


def test_hours_and_projection_are_added() -> None:
    speak("en")
    assert why_said(TrailDay(DAY, True, "part", minutes=65)) == "working hours, 1 h 05 min"
    assert why_said(TrailDay(DAY, True, "part", minutes=60)) == "working hours, 1 h 00 min"
    assert why_said(TrailDay(DAY, True, "part", minutes=59)) == "working hours, 0 h 59 min"
    assert why_said(TrailDay(DAY, False, "off", NAME, 0, True)) == "day off: National Day (projected, no notice yet)"


def test_vietnamese_uses_the_vietnamese_name() -> None:
    speak("vi")
    assert "Quốc khánh" in why_said(TrailDay(DAY, False, "off", NAME))
    assert "National" not in why_said(TrailDay(DAY, False, "off", NAME))


def test_a_whole_trail_reads_day_by_day() -> None:
    speak("en")
    trail = due(at("2026-08-28 17:30"), parse_term("1.5 working_day"), quang_ninh()).trail
    assert [(f"{day.on:%d/%m}", day.counted, why_said(day)) for day in trail] == [
        ("28/08", False, "accepted after closing, counts from the next opening"),
        ("29/08", False, "weekend"),
        ("30/08", False, "weekend"),
        ("31/08", False, "day off: Swapped day off"),
        ("01/09", False, "day off: National Day, adjacent day"),
        ("02/09", False, "day off: National Day"),
        ("03/09", False, "day of acceptance, not counted"),
        ("04/09", True, "working day, 3 h 45 min"),
    ]


def test_a_fact_is_translated_when_it_is_shown() -> None:
    speak("en")
    assert f"{Said('working day'):>12}" == " working day"
