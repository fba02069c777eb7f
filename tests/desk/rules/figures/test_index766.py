"""The index of Quyết định 766: the formulas of domain 5.3 and 4.3."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desk.rules.figures.index766 import FULL_FROM, IndexLife, IndexValue, ended_by_index, index_766, is_on_time
from desk.rules.figures.lives import DueSet, Payment, Period, Wait
from desk.rules.shares import Share
from tests.desk.rules.figures.lives import at, life

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
OPEN = life(at(9), at(12))


@pytest.mark.parametrize(
    ("one", "end"),
    [
        (IndexLife(OPEN), None),
        (IndexLife(life(at(9), at(12), resolved_at=at(11)), returned_at=at(10)), at(11)),  # 9 preferred over 10
        (IndexLife(OPEN, returned_at=at(10)), at(10)),
        (IndexLife(life(at(9), at(12), stopped_at=at(13)), withdrawal_at=at(11)), at(11)),
        (IndexLife(life(at(9), at(12), stopped_at=at(10)), withdrawal_at=at(11)), at(10)),
        (IndexLife(life(refused_at=at(10))), at(10)),
        (IndexLife(life(filed_at=at(9)), withdrawal_at=at(10)), None),  # never accepted
    ],
)
def test_processing_ends_with_the_first_of_9_8_3_and_7(one: IndexLife, end: datetime | None) -> None:
    assert ended_by_index(one) == end


@pytest.mark.parametrize(
    ("one", "on_time"),
    [
        (IndexLife(life(at(9), at(12), resolved_at=at(12))), True),
        (IndexLife(life(at(9), at(12), resolved_at=at(12, 9, 1))), False),
        (IndexLife(life(at(9), at(12), stopped_at=at(13)), withdrawal_at=at(11)), True),
        (IndexLife(OPEN), False),
        (IndexLife(life(at(9), at(31, 23, 59))), True),
        (IndexLife(life(at(9), at(9, month=4), resolved_at=at(10, month=4))), True),  # open in March, in time
        (IndexLife(life(at(9))), True),
        # one open request: its moment is the end of processing
        (IndexLife(life(at(9), at(12), waits=(Wait(at(11)),)), supplement_requests=1), True),
        (IndexLife(life(at(9), at(12), waits=(Wait(at(13)),)), supplement_requests=1), False),
        # answered: the waiting time is taken off
        (
            IndexLife(
                life(
                    at(9),
                    dues=(DueSet(at(9), at(12)), DueSet(at(16), at(17))),
                    waits=(Wait(at(11), at(16)),),
                    resolved_at=at(17),
                ),
                supplement_requests=1,
            ),
            True,
        ),
        # more than one request counts as overdue
        (IndexLife(life(at(9), at(12), resolved_at=at(10)), supplement_requests=2), False),
    ],
)
def test_a_dossier_is_on_time_by_the_index(one: IndexLife, on_time: bool) -> None:
    assert is_on_time(one, MARCH.last_instant) is on_time


def test_the_indicators_name_numerator_and_base() -> None:
    paid = life(at(9), at(12), id="a", resolved_at=at(11), channel="online", payments=(Payment(at(9), True, True),))
    cash = life(at(9), at(12), id="b", resolved_at=at(13), payments=(Payment(at(9), False, True),))
    lives = [
        IndexLife(paid, has_document_file=True, has_result_file=True, is_reused=True),
        IndexLife(cash, has_document_file=True),
        IndexLife(life(at(9), at(9, month=4), id="c"), has_result_file=True, is_blamed=True),
        IndexLife(life(at(9, month=2), at(12), id="d", resolved_at=at(10, month=2))),  # ended before
        IndexLife(life(at(1, 0, month=4), at(12, month=4), id="e")),  # accepted after
        IndexLife(life(refused_at=at(10), id="f")),  # never accepted
    ]
    values = {value.indicator: value.share for value in index_766(lives + lives[:2], MARCH, 98, 123)}
    assert values == {
        "on_time": Share(2, 3),
        "online_procedures": Share(98, 123),
        "online_dossiers": Share(1, 3),
        "online_payment": Share(1, 2),
        "digitised": Share(1, 3),
        "reused": Share(1, 3),
        "satisfaction": Share(1, 3),  # 100 % less one overdue and one blamed
    }


def test_satisfaction_is_never_below_0() -> None:
    twice_bad = IndexLife(life(at(9), at(12)), is_blamed=True)
    values = {value.indicator: value.share for value in index_766([twice_bad], MARCH, 0, 0)}
    assert values["satisfaction"] == Share(0, 1)


@pytest.mark.parametrize(
    ("value", "is_full"),
    [
        (IndexValue("online_dossiers", Share(1, 2)), True),
        (IndexValue("online_dossiers", Share(49, 100)), False),
        (IndexValue("satisfaction", Share(9, 10)), True),
        (IndexValue("satisfaction", Share(89, 100)), False),
        (IndexValue("online_payment", Share(4, 5)), True),
        (IndexValue("online_payment", Share(79, 100)), False),
        (IndexValue("digitised", Share(4, 5)), True),
        (IndexValue("digitised", Share(79, 100)), False),
        (IndexValue("reused", Share(4, 5)), True),
        (IndexValue("reused", Share(79, 100)), False),
        (IndexValue("online_procedures", Share(4, 5)), True),
        (IndexValue("online_procedures", Share(79, 100)), False),
        (IndexValue("on_time", Share(1, 1)), True),
        (IndexValue("on_time", Share(999, 1000)), False),
        (IndexValue("reused", Share(0, 0)), None),
    ],
)
def test_full_marks_begin_at_their_percentage(value: IndexValue, is_full: bool | None) -> None:
    assert value.is_full is is_full


def test_an_empty_period_has_empty_bases() -> None:
    values = index_766([], MARCH, 0, 0)
    assert [value.indicator for value in values] == list(FULL_FROM)
    assert all(value.share == Share(0, 0) for value in values)
