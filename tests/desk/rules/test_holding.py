"""Who holds an interlinked dossier since when, and the time of each body."""

from __future__ import annotations

import pytest

from desk.errors.rule import PeriodBackwards
from desk.rules.holding import HandedOver, Holding, holdings, time_by_body
from tests.desk.rules.holidays import quang_ninh
from tests.desk.rules.office import at

OFFICE = quang_ninh()
PASSED = [
    HandedOver(at("2026-03-02 08:00"), "Phường Móng Cái 2"),
    HandedOver(at("2026-03-02 16:00"), "Công an phường"),
    HandedOver(at("2026-03-04 08:00"), "Bảo hiểm xã hội"),
    HandedOver(at("2026-03-05 08:00"), "Phường Móng Cái 2"),
]


def test_each_body_has_its_stretches_and_the_last_one_holds_it_now() -> None:
    stretches = holdings(PASSED, OFFICE, now=at("2026-03-05 09:00"))
    assert stretches == (
        Holding("Phường Móng Cái 2", PASSED[0].at, PASSED[1].at, 360),
        Holding("Công an phường", PASSED[1].at, PASSED[2].at, 60 + 450 + 30),
        Holding("Bảo hiểm xã hội", PASSED[2].at, PASSED[3].at, 450),
        Holding("Phường Móng Cái 2", PASSED[3].at, None, 60),
    )
    assert time_by_body(stretches) == {"Phường Móng Cái 2": 420, "Công an phường": 540, "Bảo hiểm xã hội": 450}
    assert next(iter(time_by_body(stretches))) == "Phường Móng Cái 2"


def test_an_ended_dossier_is_held_by_nobody_any_more() -> None:
    stretches = holdings(PASSED, OFFICE, now=at("2026-03-20 09:00"), ended_at=at("2026-03-05 10:00"))
    assert stretches[-1] == Holding("Phường Móng Cái 2", PASSED[3].at, at("2026-03-05 10:00"), 120)


def test_a_hand_over_to_the_body_that_has_it_is_no_new_stretch() -> None:
    twice = [*PASSED[:2], HandedOver(at("2026-03-03 08:00"), "Công an phường")]
    stretches = holdings(twice, OFFICE, now=at("2026-03-03 09:00"))
    assert stretches[-1] == Holding("Công an phường", PASSED[1].at, None, 60 + 30 + 60)
    assert len(stretches) == 2


def test_hand_overs_out_of_order_are_refused() -> None:
    with pytest.raises(PeriodBackwards):
        holdings([PASSED[1], PASSED[0]], OFFICE, now=at("2026-03-05 09:00"))


def test_without_a_hand_over_nobody_holds_it() -> None:
    assert holdings([], OFFICE, now=at("2026-03-05 09:00")) == ()
