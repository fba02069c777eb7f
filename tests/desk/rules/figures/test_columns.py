"""What one dossier adds to the table: the definitions of domain 5.3 and decisions 5, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from desk.errors.figures import PeriodOutOfReach
from desk.errors.rule import PeriodBackwards
from desk.rules.figures.columns import COLUMNS, FORM_COLUMNS, Columns, columns_of, counted
from desk.rules.figures.lives import DossierLife, DueSet, EarlyRule, Payment, Period, Wait
from tests.desk.rules.figures.lives import at, life

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def ones(one: DossierLife, period: Period = MARCH) -> set[str]:
    """Return the columns that a dossier is counted in."""
    columns = columns_of(one, period)
    assert len(columns) == len(set(columns))
    return set(columns)


NEW = {"received", "counter_post", "counter"}
CARRIED = {"received", "carried_over"}
OPEN = {"in_progress", "in_time"}
OPEN_LATE = {"in_progress", "in_progress_overdue", "overdue_not_apologised"}
FEBRUARY = at(20, month=2)
DUE = at(12)


@pytest.mark.parametrize(
    ("one", "columns"),
    [
        # decisions 5: both days of a period belong to it, 00:00 to 24:00 at +07:00
        (life(at(1, 0), at(2)), NEW | OPEN_LATE),
        (life(at(31, 23, 59), at(2, month=4)), NEW | OPEN),
        (life(at(1, 0, month=4), at(2, month=4)), set()),
        (life(at(28, 23, 59, month=2), at(2, month=4)), CARRIED | OPEN),
        # domain 5.3: carried over = accepted before the first day and not resolved before it
        (life(FEBRUARY, at(25, month=2), resolved_at=at(28, 23, month=2)), set()),
        (life(FEBRUARY, at(2), resolved_at=at(1, 0)), CARRIED | {"resolved", "early"}),
        (life(FEBRUARY, at(2), resolved_at=at(1, 0, month=4)), CARRIED | OPEN_LATE),
        # domain 5.1.10: on time at or before the due minute; early on an earlier day
        (life(at(9), DUE, resolved_at=at(12, 9, 0)), NEW | {"resolved", "on_time"}),
        (life(at(9), DUE, resolved_at=at(12, 9, 0) + timedelta(seconds=59)), NEW | {"resolved", "on_time"}),
        (life(at(9), DUE, resolved_at=at(12, 9, 1)), NEW | {"resolved", "overdue", "overdue_not_apologised"}),
        (life(at(9), DUE, resolved_at=at(12, 0, 0)), NEW | {"resolved", "on_time"}),
        (life(at(9), DUE, resolved_at=at(11, 23, 59)), NEW | {"resolved", "early"}),
        # decisions 5: (11) to (13) are taken at 24:00 of the last day
        (life(at(9), at(31, 17)), NEW | OPEN_LATE),
        (life(at(9), at(1, 7, 30, month=4)), NEW | OPEN),
        # decisions 5: a stopped dossier counts in (7) at that moment, on time or overdue, never early
        (life(at(9), DUE, stopped_at=at(10)), NEW | {"resolved", "on_time", "stopped"}),
        (life(at(9), DUE, stopped_at=at(13)), NEW | {"resolved", "overdue", "overdue_not_apologised", "stopped"}),
        (life(at(9), DUE, stopped_at=at(10), is_withdrawn=True), NEW | {"resolved", "on_time", "withdrawn"}),
        (life(at(9), at(12, month=4), stopped_at=at(2, month=4), is_withdrawn=True), NEW | OPEN),
        # decisions 5: refused at reception never enters (3)
        (life(refused_at=at(9)), {"refused"}),
        (life(refused_at=at(9, month=4)), set()),
        (life(stopped_at=at(9), is_withdrawn=True), set()),
        # domain 5.3, **: in time includes waiting for the supplement
        (life(at(9), DUE, waits=(Wait(at(11)),)), NEW | OPEN),
        (life(at(9), DUE, waits=(Wait(at(13)),)), NEW | OPEN_LATE),
        (life(at(9), DUE, waits=(Wait(at(11), at(2, month=4)),)), NEW | OPEN),
        (life(at(9), DUE, waits=(Wait(at(10), at(11)),)), NEW | OPEN_LATE),
        (life(at(9), DUE, waits=(Wait(at(1, 0, month=4)),)), NEW | OPEN_LATE),
        (life(at(9), DUE, waits=(Wait(at(11)),), stopped_at=at(20)), NEW | {"resolved", "on_time", "stopped"}),
        # an unknown due moment is never overdue
        (life(at(9)), NEW | OPEN),
        (life(at(9), resolved_at=at(20)), NEW | {"resolved", "on_time"}),
        # channels
        (life(at(9), at(9, month=4), channel="post"), {"received", "counter_post", "post"} | OPEN),
        (
            life(at(9), at(9, month=4), channel="online", online_level="full"),
            {"received", "online", "online_full"} | OPEN,
        ),
        (
            life(at(9), at(9, month=4), channel="online", online_level="partial"),
            {"received", "online", "online_partial"} | OPEN,
        ),
        (life(at(9), at(9, month=4), channel="online"), {"received", "online", "online_other"} | OPEN),
        (life(at(9), at(9, month=4), is_no_boundary=True), NEW | OPEN | {"no_boundary"}),
        (life(FEBRUARY, at(9, month=4), is_no_boundary=True), CARRIED | OPEN),
        # apology
        (
            life(at(9), DUE, apologised_at=at(11)),
            NEW | {"in_progress", "in_progress_overdue", "overdue_apologised"},
        ),
        (life(at(9), DUE, apologised_at=at(1, 0, month=4)), NEW | OPEN_LATE),
        (
            life(at(9), DUE, apologised_at=at(11), resolved_at=at(14)),
            NEW | {"resolved", "overdue", "overdue_apologised"},
        ),
        (life(at(9), at(9, month=4), apologised_at=at(11)), NEW | OPEN),
    ],
)
def test_a_dossier_is_counted_where_the_form_says(one: DossierLife, columns: set[str]) -> None:
    assert ones(one) == columns


FILED = life(channel="online", filed_at=at(9, 8), accept_by_at=at(9, 17))


@pytest.mark.parametrize(
    ("one", "columns"),
    [
        (FILED, {"waiting_late"}),
        (replace(FILED, accept_by_at=at(1, 17, month=4)), {"waiting_in_time"}),
        (replace(FILED, accept_by_at=at(1, 0, month=4)), {"waiting_in_time"}),
        (replace(FILED, accept_by_at=None), {"waiting_in_time"}),
        (replace(FILED, filed_at=at(1, 0, month=4)), set()),
        (replace(FILED, filed_at=None), set()),
        (replace(FILED, channel="counter"), set()),
        (replace(FILED, refused_at=at(10)), {"refused"}),
        (replace(FILED, refused_at=at(1, 0, month=4)), {"waiting_late"}),
        (replace(FILED, stopped_at=at(10)), set()),
        (replace(FILED, accepted_at=at(1, 0, month=4)), {"waiting_late"}),
    ],
)
def test_what_was_filed_online_waits_for_acceptance(one: DossierLife, columns: set[str]) -> None:
    assert ones(one) == columns


@pytest.mark.parametrize(
    ("payments", "columns"),
    [
        ((Payment(at(9), True, True),), {"paid_online", "receipted"}),
        ((Payment(at(9), False, False),), {"paid_direct"}),
        ((Payment(at(9), False, True), Payment(at(10), True, False)), {"paid_online"}),
        ((Payment(at(1, month=4), True, True),), set()),
        ((Payment(at(9), False, True), Payment(at(1, month=4), True, False)), {"paid_direct", "receipted"}),
    ],
)
def test_money_is_counted_by_dossier_when_it_was_paid(payments: tuple[Payment, ...], columns: set[str]) -> None:
    one = life(FEBRUARY, at(9, month=4), payments=payments)
    assert ones(one) - CARRIED - OPEN == columns


def test_the_due_moment_in_force_at_the_end_counts_and_not_a_later_one() -> None:
    moved = (DueSet(at(9), DUE), DueSet(at(2, month=4), at(9, month=4)))
    assert "in_progress_overdue" in ones(life(at(9), dues=moved))
    assert "in_progress_overdue" not in ones(life(at(9), dues=(DueSet(at(9), DUE), DueSet(at(11), at(9, month=4)))))
    assert "overdue" in ones(life(at(9), dues=moved, resolved_at=at(20)))
    at_midnight = (DueSet(at(9), DUE), DueSet(at(1, 0, month=4), at(9, month=4)))
    assert "in_progress_overdue" in ones(life(at(9), dues=at_midnight))


def test_a_due_moment_set_in_the_minute_of_the_end_counts() -> None:
    dues = (DueSet(at(9), DUE), DueSet(at(14), at(16)))
    assert "early" in ones(life(at(9), dues=dues, resolved_at=at(14)))


def test_of_two_due_moments_set_at_once_the_first_named_holds() -> None:
    assert life(dues=(DueSet(at(9), at(10)), DueSet(at(9), at(11)))).due_at(at(9)) == at(11)


def test_a_life_knows_only_what_was_given() -> None:
    bare = life()
    assert (bare.online_level, bare.competent_unit, bare.is_no_boundary, bare.is_withdrawn) == ("", "", False, False)
    assert bare.is_overdue(at(20)) is False


def test_no_due_moment_is_in_force_before_the_first() -> None:
    assert life(at(9), DUE).due_at(at(8)) is None


def test_the_time_may_stand_still_twice() -> None:
    one = life(at(9), DUE, waits=(Wait(at(10), at(11)), Wait(at(12), None)))
    assert one.waiting_since(at(9, 23)) is None
    assert one.waiting_since(at(10)) == at(10)
    assert one.waiting_since(at(10, 12)) == at(10)
    assert one.waiting_since(at(11)) == at(10)
    assert one.waiting_since(at(11, 10)) is None
    assert one.waiting_since(at(20)) == at(12)


def test_early_may_be_defined_by_the_moment() -> None:
    one = life(at(9), DUE, resolved_at=at(12, 8, 59))
    assert "on_time" in columns_of(one, MARCH)
    assert "early" in columns_of(one, MARCH, "earlier_moment")
    assert "on_time" in columns_of(replace(one, resolved_at=at(12, 9, 0)), MARCH, "earlier_moment")


def test_a_stopped_dossier_is_never_early_by_either_definition() -> None:
    assert "on_time" in columns_of(life(at(9), DUE, stopped_at=at(10)), MARCH, "earlier_moment")


def test_a_dossier_that_has_not_ended_has_no_timing() -> None:
    with pytest.raises(ValueError, match="not ended"):
        life(at(9), DUE).timing("earlier_day")


def test_columns_add_up_one_by_one() -> None:
    assert counted([*COLUMNS, "received"]) == replace(Columns(**dict.fromkeys(COLUMNS, 1)), received=2)
    assert counted([]) == Columns()


def test_the_form_has_its_columns_3_to_13_in_order() -> None:
    assert FORM_COLUMNS == (
        "received", "online", "counter_post", "carried_over", "resolved", "early", "on_time", "overdue",
        "in_progress", "in_time", "in_progress_overdue",
    )  # fmt: skip


def test_a_period_is_two_office_days() -> None:
    day = Period(date(2026, 3, 1), date(2026, 3, 1))
    assert (day.starts_at, day.ends_at) == (at(1, 0), at(2, 0))
    assert day.last_instant == at(2, 0) - timedelta(microseconds=1)
    assert not day.holds(None)
    assert not day.is_before(None)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards):
        Period(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [(date.min, date(2026, 1, 1)), (date(2026, 1, 1), date.max), (date(1989, 12, 31), date(1990, 1, 1)),
     (date(2199, 12, 31), date(2200, 1, 1))],
)  # fmt: skip
def test_a_period_out_of_all_reach_is_refused(first: date, last: date) -> None:
    with pytest.raises(PeriodOutOfReach):
        Period(first, last)


def test_the_widest_period_is_taken() -> None:
    assert Period(date(1990, 1, 1), date(2199, 12, 31)).ends_at == datetime(2200, 1, 1, tzinfo=at(1).tzinfo)
    assert Period(date(1990, 1, 1), date(1990, 1, 1)).ends_at == datetime(1990, 1, 2, tzinfo=at(1).tzinfo)
    assert Period(date(2199, 12, 31), date(2199, 12, 31)).starts_at == datetime(2199, 12, 31, tzinfo=at(1).tzinfo)


@pytest.mark.parametrize("early", ["earlier_day", "earlier_moment"])
def test_a_dossier_resolved_in_the_minute_in_which_its_wait_ended_is_judged_by_the_wait(early: EarlyRule) -> None:
    waited = life(at(9), dues=(DueSet(at(9), at(9, 9)), DueSet(at(10), at(9, 10))), waits=(Wait(at(9, 9), at(10)),))
    assert replace(waited, resolved_at=at(10)).timing(early) == "on_time"
    assert replace(waited, resolved_at=at(10) + timedelta(minutes=1)).timing(early) == "overdue"
