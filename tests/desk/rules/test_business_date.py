"""When the clock is in doubt (decisions 2), and which date a code carries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from desk.rules.business_date import CenterTime, ClockDoubt, DoubtReason, business_date, clock_doubt
from desk.words import speak

NOW = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ahead_of_last_event", "reason"),
    [
        (timedelta(), None),
        (-2 * MINUTE, None),  # a smaller step back only raises the log's own clock
        (-2 * MINUTE - timedelta(microseconds=1), "before_last_event"),
        (-400 * DAY, "before_last_event"),
        (30 * DAY, None),
        (30 * DAY + timedelta(microseconds=1), "long_after_last_event"),
    ],
)
def test_the_clock_is_compared_with_the_last_event(ahead_of_last_event: timedelta, reason: str | None) -> None:
    last = NOW - ahead_of_last_event
    doubt = clock_doubt(NOW, last_event_at=last)
    assert doubt == (None if reason is None else ClockDoubt(doubt.reason, last) if doubt else "a doubt")
    assert (doubt.reason if doubt else None) == reason


@pytest.mark.parametrize(
    ("ahead", "in_doubt"), [(timedelta(), False), (DAY, False), (DAY + MINUTE, True), (-5 * DAY, False)]
)
def test_more_than_a_day_ahead_of_the_centers_time_is_in_doubt(ahead: timedelta, in_doubt: bool) -> None:
    measured = NOW - 10 * DAY
    doubt = clock_doubt(NOW, last_event_at=NOW, center=CenterTime(measured - ahead, measured))
    assert (doubt is not None) == in_doubt
    if doubt:
        assert doubt == ClockDoubt("ahead_of_center", NOW - ahead)


def test_a_long_time_without_the_center_is_no_doubt_by_itself() -> None:
    measured = NOW - 200 * DAY
    assert clock_doubt(NOW, last_event_at=NOW, center=CenterTime(measured, measured)) is None


@pytest.mark.parametrize(("late", "reason"), [(timedelta(), None), (MINUTE, "before_build")])
def test_a_clock_before_the_programs_making_is_in_doubt(late: timedelta, reason: str | None) -> None:
    doubt = clock_doubt(NOW, built_at=NOW + late)
    assert (doubt.reason if doubt else None) == reason
    assert doubt is None or doubt.reference == NOW + late


def test_an_empty_log_without_center_is_trusted() -> None:
    assert clock_doubt(NOW) is None


def test_the_worst_doubt_is_told_first() -> None:
    everything = {"center": CenterTime(NOW - 9 * DAY, NOW), "built_at": NOW + DAY}
    assert clock_doubt(NOW, last_event_at=NOW + DAY, **everything) == ClockDoubt("before_last_event", NOW + DAY)
    assert clock_doubt(NOW, last_event_at=NOW - 90 * DAY, **everything) == ClockDoubt("before_build", NOW + DAY)
    doubt = clock_doubt(NOW, last_event_at=NOW - 90 * DAY, center=CenterTime(NOW - 9 * DAY, NOW))
    assert doubt == ClockDoubt("ahead_of_center", NOW - 9 * DAY)


@pytest.mark.parametrize(
    ("reason", "english", "vietnamese"),
    [
        (
            "before_last_event",
            "the last act of this desk was recorded later, at 08/10/2026 09:00.",
            "thao tác gần nhất của quầy này lại được ghi muộn hơn, lúc 08/10/2026 09:00.",
        ),
        (
            "before_build",
            "this program was made only on 08/10/2026 09:00.",
            "chương trình này mãi đến 08/10/2026 09:00 mới được tạo ra.",
        ),
        (
            "ahead_of_center",
            "by the center's time it should be 08/10/2026 09:00.",
            "theo giờ của máy chủ trung tâm thì phải là 08/10/2026 09:00.",
        ),
        (
            "long_after_last_event",
            "the last act of this desk was recorded long before, at 08/10/2026 09:00.",
            "thao tác gần nhất của quầy này đã quá lâu, từ 08/10/2026 09:00.",
        ),
    ],
)
def test_a_doubt_reads_as_a_sentence_with_the_office_time(reason: DoubtReason, english: str, vietnamese: str) -> None:
    speak("en")
    assert str(ClockDoubt(reason, NOW)) == english
    speak("vi")
    assert str(ClockDoubt(reason, NOW)) == vietnamese


def test_half_past_midnight_counts_as_the_new_office_day() -> None:
    assert business_date(datetime(2026, 10, 7, 17, 30, tzinfo=UTC)) == date(2026, 10, 8)
    assert business_date(datetime(2026, 10, 7, 16, 59, tzinfo=UTC)) == date(2026, 10, 7)
