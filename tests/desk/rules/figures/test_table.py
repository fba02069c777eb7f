"""The table: rows, totals, identities, laws; a second count by other means agrees cell by cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors.rule import PeriodBackwards
from desk.rules.figures.checks import Check, identities
from desk.rules.figures.columns import COLUMNS, FORM_COLUMNS, Columns
from desk.rules.figures.lives import DossierLife, DueSet, Period
from desk.rules.figures.table import (
    GROUPS,
    Adjustment,
    By,
    adjustments_between,
    open_at_start,
    table,
)
from desk.rules.survey import SurveyForm
from tests.desk.rules.figures.lives import any_lives, at, life

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
days = st.dates(date(2026, 1, 1), date(2026, 4, 30))
groups = st.sampled_from(GROUPS)


def test_an_empty_desk_has_an_empty_table_that_adds_up() -> None:
    report = table([], FIRST, LAST)
    assert report.rows == ()
    assert report.total.columns == Columns()
    assert report.adds_up
    assert report.total.on_time_share.shown() == "–"


def test_rows_stand_in_vietnamese_order_of_their_names() -> None:
    lives = [life(at(9), at(12), id=field, field=field) for field in ("A", "B", "C", "D")]
    names = {"A": "Đất đai", "B": "Chứng thực", "C": "Đăng ký cư trú"}
    report = table(lives, FIRST, LAST, names=names)
    assert [row.name for row in report.rows] == ["Chứng thực", "D", "Đăng ký cư trú", "Đất đai"]


@pytest.mark.parametrize(
    ("by", "key"),
    [("field", "HT"), ("procedure", "1.001193"), ("officer", "o1"), ("unit", "06709"), ("competent_unit", "G15")],
)
def test_a_table_is_by_field_procedure_officer_or_unit(by: By, key: str) -> None:
    report = table([life(at(9), at(12), competent_unit="G15")], FIRST, LAST, by)
    assert [(row.key, row.name) for row in report.rows] == [(key, key)]


def test_without_another_body_the_receiving_unit_is_competent() -> None:
    report = table([life(at(9), at(12))], FIRST, LAST, "competent_unit")
    assert [row.key for row in report.rows] == ["06709"]


def test_a_dossier_outside_the_period_makes_no_row() -> None:
    assert table([life(at(9, month=4), at(12, month=4))], FIRST, LAST).rows == ()


def test_shares_name_their_base() -> None:
    lives = [
        life(at(9), at(12), id="1", resolved_at=at(10)),
        life(at(9), at(12), id="2", resolved_at=at(12)),
        life(at(9), at(12), id="3", resolved_at=at(13), channel="online"),
        life(at(9, month=2), at(12), id="4"),
    ]
    total = table(lives, FIRST, LAST).total
    assert (total.on_time_share.n, total.on_time_share.base, total.on_time_share.shown()) == (2, 3, "66,67%")
    assert (total.online_share.n, total.online_share.base) == (1, 3)


def test_the_json_has_the_keys_of_the_command() -> None:
    form = SurveyForm(datetime(2026, 3, 9, tzinfo=UTC), "satisfied", "paper", "06709")
    adjustment = Adjustment("d9", "H49.1-260101-0009", "HT", "overdue", 0, 1)
    value = table([life(at(9), at(12))], FIRST, LAST, forms=[form] * 5, adjustments=[adjustment]).as_json()
    assert list(value) == ["from", "to", "by", "early", "rows", "total", "checks", "survey", "adjustments"]
    assert (value["from"], value["to"], value["by"], value["early"]) == (
        "2026-03-01",
        "2026-03-31",
        "field",
        "earlier_day",
    )
    row = value["rows"][0]
    assert list(row) == ["key", "name", *COLUMNS, "on_time_share", "online_share"]
    assert {name: row[name] for name in ("received", "counter_post", "in_progress", "in_progress_overdue")} == {
        "received": 1,
        "counter_post": 1,
        "in_progress": 1,
        "in_progress_overdue": 1,
    }
    assert all(type(row[name]) is int for name in COLUMNS)
    assert list(value["total"]) == list(row)
    assert (value["total"]["key"], value["total"]["name"]) == ("total", "")
    assert value["checks"][0] == {"id": "3=4+5+6", "holds": True, "left": 1, "right": 1, "where": "total"}
    assert value["survey"]["satisfied"] == {"n": 5, "base": 5, "percent": 100.0}
    assert value["adjustments"] == [
        {"dossier": "d9", "code": "H49.1-260101-0009", "row": "HT", "column": "overdue", "before": 0, "after": 1}
    ]


def test_the_identities_of_the_form_stand_beside_each_table() -> None:
    report = table([life(at(9), at(12))], FIRST, LAST)
    assert [check.id for check in report.checks] == [
        "3=4+5+6", "7=8+9+10", "11=12+13", "3=7+11", "4=split", "5=split", "10+13=split", "6=previous 11",
        "total=received",
    ]  # fmt: skip


def test_what_was_carried_over_is_checked_against_the_closed_table() -> None:
    report = table([life(at(9, month=2), at(12))], FIRST, LAST, open_before=2)
    assert [check for check in report.checks if not check.holds] == [Check("6=previous 11", 1, 2)]
    assert not report.adds_up


def test_a_dossier_resolved_before_it_was_accepted_makes_its_row_fail_with_both_sides() -> None:
    report = table([life(at(9, month=4), at(12, month=4), resolved_at=at(9))], FIRST, LAST)
    assert [check for check in report.checks if not check.holds] == [
        Check("3=7+11", 0, 1, "total"),
        Check("3=7+11", 0, 1, "HT"),
    ]


def test_a_total_that_is_not_the_sum_of_its_rows_is_named() -> None:
    one = Columns(received=1, online=1, online_full=1, in_progress=1, in_time=1)
    two = Columns(received=2, online=2, online_full=2, in_progress=2, in_time=2)
    checks = identities({"HT": one}, two, 0)
    assert {check.id for check in checks if not check.holds} == {
        "total=received", "total=online", "total=online_full", "total=in_progress", "total=in_time",
    }  # fmt: skip


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        table([], LAST, FIRST)


@given(any_lives(), days, days, groups)
def test_every_identity_holds_for_every_possible_life(lives: list[DossierLife], one: date, other: date, by: By) -> None:
    report = table(lives, min(one, other), max(one, other), by)
    assert report.adds_up


@given(any_lives(), days, days, groups, st.randoms(use_true_random=False))
def test_neither_order_nor_doubling_changes_the_table(
    lives: list[DossierLife], one: date, other: date, by: By, chance: object
) -> None:
    first, last = min(one, other), max(one, other)
    mixed = lives + lives[:3]
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    assert table(mixed, first, last, by) == table(lives, first, last, by)


@given(any_lives(), st.lists(days, min_size=2, max_size=4, unique=True))
def test_parts_of_a_period_add_up(lives: list[DossierLife], bounds: list[date]) -> None:
    """decisions 5: (4), (5), (7) to (10) add up; (6) is that of the first part, (11) to (13) of the last."""
    bounds.sort()
    whole = table(lives, bounds[0], bounds[-1]).total.columns
    starts = [bounds[0], *(bound + timedelta(days=1) for bound in bounds[1:-1])]
    parts = [table(lives, start, end).total.columns for start, end in zip(starts, bounds[1:], strict=True)]
    for name in (
        "online",
        "counter_post",
        "resolved",
        "early",
        "on_time",
        "overdue",
        "refused",
        "stopped",
        "withdrawn",
    ):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)
    assert whole.carried_over == parts[0].carried_over
    for name in ("in_progress", "in_time", "in_progress_overdue", "waiting_in_time", "waiting_late"):
        assert getattr(whole, name) == getattr(parts[-1], name)
    for part, following in pairwise(parts):
        assert part.in_progress == following.carried_over


def test_the_first_instant_of_a_period_is_not_before_it() -> None:
    period = Period(FIRST, FIRST)
    assert open_at_start([life(at(28, 23, 59, month=2), at(12))], period) == 1
    assert open_at_start([life(at(1, 0), at(12))], period) == 0
    assert open_at_start([life(at(9, month=2), at(12), resolved_at=at(1, 0))], period) == 1
    assert open_at_start([life(at(9, month=2), at(12), resolved_at=at(28, 23, 59, month=2))], period) == 0
    assert open_at_start([life()], period) == 0


@given(any_lives(), days)
def test_what_is_open_at_the_end_of_a_day_is_carried_into_the_next(lives: list[DossierLife], day: date) -> None:
    following = Period(day + timedelta(days=1), day + timedelta(days=1))
    assert open_at_start(lives, following) == table(lives, day, day).total.columns.in_progress


def _recount(lives: list[DossierLife], first: date, last: date) -> Counter[str]:
    """Count the form's columns a second time, straight from the text of the definitions."""
    zone = timezone(timedelta(hours=7))
    opens = datetime.combine(first, time(), zone)
    closes = datetime.combine(last, time(), zone) + timedelta(days=1)
    found: Counter[str] = Counter()
    for one in lives:
        if one.accepted_at is None or one.accepted_at >= closes:
            continue
        end = one.stopped_at or one.resolved_at
        if end is not None and end < opens:
            continue
        found["received"] += 1
        if one.accepted_at < opens:
            found["carried_over"] += 1
        else:
            found["online" if one.channel == "online" else "counter_post"] += 1
        looked_at = end if end is not None and end < closes else closes - timedelta(minutes=1)
        due = [due for set_at, due in one.dues if set_at <= looked_at][-1]
        stood_still = [start for start, stop in one.waits if start <= looked_at and (stop is None or looked_at <= stop)]
        judged = min([looked_at, *stood_still]).replace(second=0, microsecond=0)
        late = judged > due.replace(second=0, microsecond=0)
        if end is not None and end < closes:
            found["resolved"] += 1
            is_early = one.stopped_at is None and end.astimezone(zone).date() < due.astimezone(zone).date()
            found["overdue" if late else "early" if is_early else "on_time"] += 1
        else:
            found["in_progress"] += 1
            found["in_progress_overdue" if late else "in_time"] += 1
    return found


@settings(max_examples=200)
@given(any_lives(), days, days)
def test_a_second_count_by_other_means_agrees_cell_by_cell(lives: list[DossierLife], one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    columns = table(lives, first, last).total.columns
    recount = _recount(lives, first, last)
    assert {name: getattr(columns, name) for name in FORM_COLUMNS} == {name: recount[name] for name in FORM_COLUMNS}


def test_a_closed_table_gets_its_adjustments_by_dossier() -> None:
    """The 9 of March was corrected to 4 in April: the closed table stays, the change is listed."""
    closed = [life(at(9), at(12), resolved_at=at(11))]
    now = [replace(closed[0], resolved_at=at(9, month=4))]
    found = adjustments_between(closed, now, FIRST, LAST)
    assert [(one.code, one.row, one.column, one.before, one.after) for one in found] == [
        ("H49.1-260301-0001", "HT", "resolved", 1, 0),
        ("H49.1-260301-0001", "HT", "early", 1, 0),
        ("H49.1-260301-0001", "HT", "in_progress", 0, 1),
        ("H49.1-260301-0001", "HT", "in_progress_overdue", 0, 1),
        ("H49.1-260301-0001", "HT", "overdue_not_apologised", 0, 1),
    ]


def test_an_adjustment_follows_the_definition_of_early_that_closed_the_table() -> None:
    closed = life(at(9), at(12), resolved_at=at(12, 9))
    now = replace(closed, resolved_at=at(12, 8))
    assert adjustments_between([closed], [now], FIRST, LAST) == ()
    by_moment = adjustments_between([closed], [now], FIRST, LAST, early="earlier_moment")
    assert [(one.column, one.after) for one in by_moment] == [("early", 1), ("on_time", 0)]


def test_a_dossier_that_came_late_from_another_desk_is_an_adjustment() -> None:
    found = adjustments_between([], [life(at(9), at(9, month=4))], FIRST, LAST)
    assert {(one.column, one.before, one.after) for one in found} == {
        ("received", 0, 1), ("counter_post", 0, 1), ("counter", 0, 1), ("in_progress", 0, 1), ("in_time", 0, 1),
    }  # fmt: skip


def test_a_dossier_that_vanished_is_an_adjustment_under_its_old_code() -> None:
    found = adjustments_between([life(at(9), at(9, month=4))], [], FIRST, LAST)
    assert {(one.code, one.column, one.after) for one in found} >= {("H49.1-260301-0001", "received", 0)}


def test_a_dossier_that_changed_its_field_leaves_one_row_and_enters_another() -> None:
    closed = life(at(9), at(9, month=4))
    found = adjustments_between([closed], [replace(closed, field="CT")], FIRST, LAST)
    assert [(one.row, one.before, one.after) for one in found if one.column == "received"] == [
        ("CT", 0, 1),
        ("HT", 1, 0),
    ]


@given(any_lives(), any_lives(), days, days)
def test_a_closed_table_and_its_adjustments_give_the_table_of_today(
    closed: list[DossierLife], now: list[DossierLife], one: date, other: date
) -> None:
    first, last = min(one, other), max(one, other)
    changes: Counter[str] = Counter()
    for adjustment in adjustments_between(closed, now, first, last):
        changes[adjustment.column] += adjustment.after - adjustment.before
    then, today = (table(lives, first, last).total.columns for lives in (closed, now))
    assert {name: getattr(then, name) + changes[name] for name in COLUMNS} == {
        name: getattr(today, name) for name in COLUMNS
    }


def test_a_due_moment_named_twice_changes_nothing() -> None:
    one = life(at(9), at(12), resolved_at=at(11))
    twice = replace(one, dues=one.dues + one.dues)
    assert table([one], FIRST, LAST).total == table([twice], FIRST, LAST).total
    assert DueSet(at(9), at(12)) in twice.dues


def test_a_row_without_a_key_is_a_row_too() -> None:
    nameless = life(at(9), at(9, month=4), officer="")
    assert [row.key for row in table([nameless], FIRST, LAST, "officer").rows] == [""]
    found = adjustments_between([], [nameless], FIRST, LAST, "officer")
    assert {one.row for one in found} == {""}
    assert len(found) == 5
