"""Invented lives of dossiers for the tests of the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from desk.clock import OFFICE_ZONE
from desk.rules.figures.lives import DossierLife, DueSet, Payment, Wait


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3) -> datetime:
    """Return an office moment of the first half of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=OFFICE_ZONE)


def life(accepted: datetime | None = None, due: datetime | None = None, **changed: object) -> DossierLife:
    """Return a dossier accepted at the counter; the rest as given."""
    plain = DossierLife(
        id="d1",
        code="H49.1-260301-0001",
        unit="06709",
        field="HT",
        procedure="1.001193",
        officer="o1",
        channel="counter",
        accepted_at=accepted,
        dues=() if accepted is None or due is None else (DueSet(accepted, due),),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # a test's shorthand


@st.composite
def any_life(draw: st.DrawFn, number: int = 0) -> DossierLife:
    """Draw a life whose facts stand in a possible order, over some ninety days."""
    start = at(1, 0, month=1)
    minutes = st.integers(0, 40 * 1440)
    filed = start + timedelta(minutes=draw(minutes))
    channel = draw(st.sampled_from(["counter", "online", "post"]))
    common = {
        "id": f"d{number}",
        "code": f"H49.1-260101-{number:04d}",
        "unit": draw(st.sampled_from(["06709", "06712"])),
        "competent_unit": draw(st.sampled_from(["", "06712", "G15"])),
        "field": draw(st.sampled_from(["HT", "CT", "DD"])),
        "procedure": draw(st.sampled_from(["1.001193", "2.000815"])),
        "officer": draw(st.sampled_from(["o1", "o2"])),
        "channel": channel,
        "online_level": draw(st.sampled_from(["full", "partial", "none", ""])),
        "is_no_boundary": draw(st.booleans()),
        "filed_at": filed,
        "accept_by_at": draw(st.sampled_from([None, filed + timedelta(hours=8)])),
    }
    fate = draw(st.sampled_from(["waits", "refused", "withdrawn before", "accepted", "accepted", "accepted"]))
    answered = filed + timedelta(minutes=draw(minutes))
    if fate == "waits":
        return DossierLife(**common)  # type: ignore[arg-type]
    if fate == "refused":
        return DossierLife(**common, refused_at=answered)  # type: ignore[arg-type]
    if fate == "withdrawn before":
        return DossierLife(**common, stopped_at=answered, is_withdrawn=True)  # type: ignore[arg-type]
    due = answered + timedelta(minutes=draw(minutes))
    dues, waits, now = [DueSet(answered, due)], [], answered
    for _nth in range(draw(st.integers(0, 2))):
        begins = now + timedelta(minutes=draw(minutes))
        now = begins + timedelta(minutes=draw(minutes))
        waits.append(Wait(begins, now))
        due += now - begins
        dues.append(DueSet(now, due))
    end = draw(st.sampled_from(["open", "waiting", "resolved", "resolved", "stopped", "withdrawn"]))
    if end == "waiting":
        waits.append(Wait(now + timedelta(minutes=draw(minutes))))
    ended = now + timedelta(minutes=draw(minutes))
    return DossierLife(
        **common,  # type: ignore[arg-type]
        accepted_at=answered,
        resolved_at=ended if end == "resolved" else None,
        stopped_at=ended if end in ("stopped", "withdrawn") else None,
        is_withdrawn=end == "withdrawn",
        dues=tuple(dues),
        waits=tuple(waits),
        apologised_at=draw(st.sampled_from([None, due - timedelta(days=1)])),
        payments=tuple(
            Payment(answered + timedelta(days=days), draw(st.booleans()), draw(st.booleans()))
            for days in draw(st.lists(st.integers(0, 9), max_size=2))
        ),
    )


@st.composite
def any_lives(draw: st.DrawFn, most: int = 12) -> list[DossierLife]:
    """Draw some dossiers, each with its own id."""
    return [draw(any_life(number)) for number in range(draw(st.integers(0, most)))]
