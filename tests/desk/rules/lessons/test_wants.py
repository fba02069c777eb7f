"""A step is done by what happened and how dossiers stand; what it is worth follows from how it went."""

from __future__ import annotations

from typing import Any

import pytest

from desk.rules.lessons.facts import Fact, holds
from desk.rules.lessons.lesson import Never, Step, Want, Words
from desk.rules.lessons.score import Done, points_of, score_of
from desk.rules.lessons.wants import Happened, Met, met, mistakes
from tests.desk.rules.lessons.test_parse import WHOLE, read

STANDS: dict[str, dict[str, Fact]] = {
    "one": {"procedure": "1.001193", "status": "accepted", "cause": ("staff", "citizen"), "pages": 2, "sent": False},
    "two": {"procedure": "2.000815", "status": "returned", "cause": (), "pages": None, "sent": True},
}
HAPPENED = (
    Happened(5, "dossier.accepted", "one", {}),
    Happened(7, "survey.captured", "", {"level": "satisfied"}),
    Happened(9, "dossier.accepted", "two", {}),
)


def is_met(seen: str = "home", **want: Any) -> Met | None:
    return met(Want(**want), HAPPENED, lambda dossier: STANDS.get(dossier, {}), {"nhan": "one"}, seen)


@pytest.mark.parametrize(
    ("want", "found"),
    [
        ({"event": "dossier.accepted"}, Met(5, "one")),
        ({"event": "dossier.accepted", "count": 2}, Met(9, "two")),
        ({"event": "dossier.accepted", "count": 3}, None),
        ({"event": "dossier.returned"}, None),
        ({"event": "dossier.accepted", "where": {"procedure": "2.000815"}}, Met(9, "two")),
        ({"event": "dossier.accepted", "where": {"procedure": "2.000815", "status": "accepted"}}, None),
        ({"event": "dossier.accepted", "where": {"dossier": "nhan"}}, Met(5, "one")),
        ({"event": "dossier.accepted", "where": {"dossier": "gone"}}, None),
        ({"event": "survey.captured", "where": {"level": "satisfied"}}, Met(7, "")),
        ({"event": "survey.captured", "where": {"level": ("dissatisfied", "satisfied")}}, Met(7, "")),
        ({"event": "survey.captured", "where": {"level": "dissatisfied"}}, None),
        ({"event": "survey.captured", "where": {"status": "accepted"}}, None),
        ({"where": {"dossier": "nhan", "status": "accepted"}}, Met(0, "one")),
        ({"where": {"dossier": "nhan", "sent": True}}, None),
        ({"where": {"dossier": "gone", "status": "accepted"}}, None),
        ({"screen": "home"}, Met()),
        ({"screen": "intake"}, None),
    ],
)
def test_a_want_is_met_by_the_log_the_dossiers_and_the_workplace(want: dict[str, Any], found: Met | None) -> None:
    assert is_met(**want) == found


@pytest.mark.parametrize(
    ("asked", "fact", "result"),
    [
        ("a  b", "a b", True),
        ("a", None, False),
        (2, 2, True),
        (1, True, False),
        (True, True, True),
        (True, 1, False),
        ((1, 3), 3, True),
        (("a", "b"), "c", False),
        ({"min": 2}, 2, True),
        ({"min": 2}, 1, False),
        ({"max": 2}, 3, False),
        ({"min": 1, "max": 3}, None, False),
        ({"min": 0}, True, False),
        ("staff", ("staff", "citizen"), True),
        ("other", ("staff", "citizen"), False),
        ("staff", (), False),
    ],
)
def test_a_fact_is_compared_with_what_was_asked_for(asked: Any, fact: Fact, result: bool) -> None:
    assert holds(asked, fact) is result


def test_what_must_never_happen_is_counted_from_the_time_it_is_too_often() -> None:
    def step(*never: Never) -> Step:
        return Step("a", Words("", ""), Want(), never=never)

    assert mistakes(step(Never("dossier.accepted", 1)), HAPPENED) == 1
    assert mistakes(step(Never("dossier.accepted"), Never("survey.captured", 1)), HAPPENED) == 2
    assert mistakes(step(Never("dossier.refused")), HAPPENED) == 0


@pytest.mark.parametrize(
    ("done", "points"),
    [
        (Done(True), 20),
        (Done(True, seconds=60.0), 20),
        (Done(True, seconds=60.5), 15),
        (Done(True, hints=1), 15),
        (Done(True, hints=2), 10),
        (Done(True, mistakes=3), 10),
        (Done(True, hints=2, mistakes=1, seconds=61), 0),
        (Done(True, was_shown=True), 0),
        (Done(False), 0),
    ],
)
def test_a_step_gives_less_for_hints_mistakes_and_time(done: Done, points: int) -> None:
    assert points_of(Step("a", Words("", ""), Want(), points=20, seconds=30), done) == points


def test_a_lesson_is_passed_when_all_is_done_well_enough_and_in_time() -> None:
    lesson = read(WHOLE + "[pass]\nscore = 75\nmax_seconds = 50\n")

    def passed(*done: Done) -> tuple[int, int, bool]:
        score = score_of(lesson, done)
        return score.percent, score.seconds, score.is_passed

    assert passed(Done(True, seconds=20), Done(True, seconds=30)) == (100, 50, True)
    assert passed(Done(True, seconds=20), Done(True, seconds=31)) == (100, 51, False)
    assert passed(Done(True, hints=2), Done(True)) == (75, 0, True)
    assert passed(Done(True, hints=2), Done(True, hints=1)) == (60, 0, False)
    assert passed(Done(True), Done(False)) == (50, 0, False)
