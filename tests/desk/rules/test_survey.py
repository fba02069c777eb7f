"""The survey: shares by level, the quick ones flagged, small groups silent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.shares import Share
from desk.rules.survey import (
    ANSWERS,
    LEVELS,
    SMALLEST_GROUP,
    Answer,
    SurveyForm,
    Way,
    is_quick,
    survey_by,
    survey_total,
)

NOON = datetime(2026, 10, 8, 5, tzinfo=UTC)
DAY = date(2026, 10, 8)


def form(level: Answer = "very_satisfied", officer: str = "a", how: Way = "screen", **other: object) -> SurveyForm:
    """Return a form captured at noon."""
    values = {"captured_at": NOON, "level": level, "how": how, "unit": "06709", "officer": officer, **other}
    return SurveyForm(**values)  # type: ignore[arg-type]  # a test's shorthand


def test_the_figures_of_the_article_come_out_to_the_precision_printed() -> None:
    forms = [form()] * 3549 + [form("satisfied")] * 15
    count = survey_total(forms, DAY, DAY)
    assert (count.key, count.forms) == ("total", 3564)
    assert [count.share(level) for level in LEVELS] == [Share(3549, 3564), Share(15, 3564), Share(0, 3564)]
    assert count.as_json() == {
        "forms": 3564,
        "very_satisfied": {"n": 3549, "base": 3564, "percent": 99.58},
        "satisfied": {"n": 15, "base": 3564, "percent": 0.42},
        "dissatisfied": {"n": 0, "base": 3564, "percent": 0.0},
        "declined": 0,
        "quick": 0,
        "hidden": False,
    }


def test_declining_is_an_answer_and_no_level() -> None:
    count = survey_total([form()] * 5 + [form("declined")] * 3, DAY, DAY)
    assert (count.forms, count.declined) == (5, 3)
    assert count.share("very_satisfied") == Share(5, 5)


def test_fewer_than_five_forms_show_no_answer() -> None:
    count = survey_total([form(is_quick=True)] * 4 + [form("declined")] * 9, DAY, DAY)
    nothing = {"n": None, "base": None, "percent": None}
    assert count.as_json() == {
        "forms": 4,
        "very_satisfied": nothing,
        "satisfied": nothing,
        "dissatisfied": nothing,
        "declined": None,
        "quick": None,
        "hidden": True,
    }


def test_both_days_of_the_period_belong_to_it_at_the_office() -> None:
    last = datetime(2026, 10, 8, 16, 59, tzinfo=UTC)  # 23:59 at the office
    first = datetime(2026, 10, 7, 17, 0, tzinfo=UTC)  # 00:00
    forms = [form(captured_at=last), form(captured_at=first)]
    outside = [form(captured_at=last + timedelta(minutes=1)), form(captured_at=first - timedelta(minutes=1))]
    assert survey_total(forms + outside, DAY, DAY).forms == 2


@pytest.mark.parametrize(("seconds", "quick"), [(0.0, True), (2.0, True), (2.01, False), (20.0, False)])
def test_an_answer_within_two_seconds_is_flagged(seconds: float, quick: bool) -> None:
    assert is_quick(seconds) is quick


def test_quick_answers_are_counted_and_told_apart() -> None:
    count = survey_total([form(is_quick=True)] * 2 + [form()] * 4, DAY, DAY)
    assert (count.forms, count.quick) == (6, 2)


@pytest.mark.parametrize(
    ("by", "keys"), [("officer", ["a", "b"]), ("how", ["paper", "screen"]), ("unit", ["06709"]), ("field", ["HT"])]
)
def test_forms_are_counted_by_officer_way_unit_and_field(
    by: Literal["officer", "unit", "field", "how"], keys: list[str]
) -> None:
    forms = [form(field="HT")] * 6 + [form(officer="b", how="paper", field="HT")] * 7
    counts = survey_by(forms, DAY, DAY, by)
    assert [count.key for count in counts] == keys
    assert sum(count.forms for count in counts) == 13
    assert not any(count.hidden for count in counts)


def test_a_small_group_takes_another_with_it_so_that_the_total_does_not_give_it_away() -> None:
    forms = [form(officer="a")] * 2 + [form(officer="b")] * 6 + [form(officer="c")] * 9
    counts = survey_by(forms, DAY, DAY, "officer")
    assert [(count.key, count.hidden) for count in counts] == [("a", True), ("b", True), ("c", False)]


def test_a_group_of_one_form_takes_another_with_it() -> None:
    forms = [form(officer="a")] + [form(officer="b")] * 6
    assert [count.hidden for count in survey_by(forms, DAY, DAY, "officer")] == [True, True]


def test_small_groups_that_cover_each_other_need_no_third() -> None:
    forms = [form(officer="a")] * 2 + [form(officer="b")] * 3 + [form(officer="c")] * 9
    counts = survey_by(forms, DAY, DAY, "officer")
    assert [count.hidden for count in counts] == [True, True, False]


def test_a_group_that_only_declined_takes_nobody_with_it() -> None:
    forms = [form("declined", officer="a")] * 2 + [form(officer="b")] * 6
    assert [count.hidden for count in survey_by(forms, DAY, DAY, "officer")] == [True, False]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(ANSWERS)), max_size=40))
def test_no_shown_group_is_small_and_none_is_left_over_by_subtraction(answers: list[tuple[str, Answer]]) -> None:
    forms = [form(level, officer) for officer, level in answers]
    counts = survey_by(forms, DAY, DAY, "officer")
    assert all(count.forms >= SMALLEST_GROUP for count in counts if not count.hidden)
    left_over = sum(count.forms for count in counts if count.hidden)
    total = survey_total(forms, DAY, DAY)
    assert left_over == 0 or left_over >= SMALLEST_GROUP or all(count.hidden for count in counts)
    assert total.forms == sum(count.forms for count in counts)


def test_a_form_without_officer_and_field_is_counted_under_no_name() -> None:
    forms = [SurveyForm(NOON, "satisfied", "phone", "06709")] * 5
    assert [count.key for count in survey_by(forms, DAY, DAY, "officer")] == [""]
    assert [count.key for count in survey_by(forms, DAY, DAY, "field")] == [""]
    assert survey_total(forms, DAY, DAY).quick == 0
