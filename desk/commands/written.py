"""How values are written: instants and people in JSON, moments and tables for people, words read back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desk.clock import OFFICE_ZONE, office_time
from desk.errors.acts import MomentUnreadable
from desk.errors.commands import DayUnreadable, UsageWrong
from desk.text import clean_line
from desk.words import _

if TYPE_CHECKING:  # rules and cases: loaded by the commands that use them
    from desk.cases.office_hours import Touched
    from desk.rules.people.person import Person
    from desk.rules.trail import TrailDay


def iso(instant: datetime | None) -> str | None:
    """Return an instant as JSON writes it: ISO, at the office's +07:00, milliseconds only where there are any."""
    if instant is None:
        return None
    return office_time(instant).isoformat(timespec="milliseconds" if instant.microsecond >= 1000 else "seconds")


def moment(instant: datetime | None) -> str:
    """Return an instant as people read it, `08:30 25/11/2026`; a dash for none."""
    return "–" if instant is None else f"{office_time(instant):%H:%M %d/%m/%Y}"


def instant_of(text: str) -> datetime:
    """Return the instant written in ISO `text`; without an offset it is the office's time. Raises MomentUnreadable."""
    try:
        found = datetime.fromisoformat(text.strip())
        found = found.replace(tzinfo=OFFICE_ZONE) if found.tzinfo is None else found
        return found.astimezone(OFFICE_ZONE)
    except (ValueError, OverflowError) as error:
        raise MomentUnreadable(text=clean_line(text)[:40]) from error


def day_of(text: str) -> date:
    """Return the day written in ISO `text`; raises DayUnreadable."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise DayUnreadable(text=clean_line(text)[:40]) from error


def one_of(value: str, allowed: Sequence[str], name: str, command: str) -> str:
    """Return `value` if it is one of `allowed`; raises UsageWrong that names them."""
    if value not in allowed:
        cause = _("{name} is one of {allowed}.").format(name=name, allowed=", ".join(allowed))
        raise UsageWrong(cause=cause, command=f"desk {command}")
    return value


def person(one: Person | None) -> dict[str, Any] | None:
    """Return a person by the keys of an intake; what was not given is null."""
    if one is None:
        return None
    return {
        "kind": one.kind,
        "name": one.name,
        "personal_id": one.personal_id or None,
        "born_on": None if one.born_on is None else one.born_on.isoformat(),
        "sex": one.sex or None,
        "phone": one.phone or None,
        "email": one.email or None,
        "address": one.address or None,
        "tax_code": one.tax_code or None,
        "nationality": one.nationality or None,
    }


def trail(days: Iterable[TrailDay]) -> list[dict[str, Any]]:
    """Return the days of a due date's trail; `why` is a stable word, `said` the same in the language spoken."""
    from desk.rules.trail import why_said

    return [{"on": day.on.isoformat(), "counted": day.counted, "why": day.why, "said": why_said(day)} for day in days]


def trail_lines(days: Iterable[TrailDay]) -> list[str]:
    """Return the trail for people, one line a day; a counted day bears a sign."""
    from desk.rules.trail import why_said

    return [f"  {'+' if day.counted else '·'} {day.on:%d/%m/%Y}  {why_said(day)}" for day in days]


def touched(dossiers: Iterable[Touched]) -> list[dict[str, Any]]:
    """Return the dossiers that a changed calendar touches as JSON."""
    return [{"code": one.code, "due_at": iso(one.due_at), "new_due_at": iso(one.new_due_at)} for one in dossiers]


def touched_lines(dossiers: Iterable[Touched]) -> list[str]:
    """Return them for people; no line where there are none."""
    rows = [(one.code, moment(one.due_at), moment(one.new_due_at)) for one in dossiers]
    return table([_("Code"), _("Due"), _("New due moment")], rows) if rows else []


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return rows in columns under their heads, every cell cleaned; a line that says so where there are none."""
    cells = [[clean_line(str(cell)) for cell in row] for row in rows]
    if not cells:
        return [_("Nothing.")]
    widths = [max(len(row[place]) for row in [list(heads), *cells]) for place in range(len(heads))]
    return [
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [list(heads), *cells]
    ]
