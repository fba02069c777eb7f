"""How days, moments, states and events are said on the screens, in the officer's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from desk.cases.paper_kinds import NAMES
from desk.clock import office_day, office_time
from desk.rules.lifecycle import STATUS_NAMES
from desk.words import N_, _, counted

if TYPE_CHECKING:
    from desk.cases.views import DossierLine
    from desk.settings import Settings

WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)

UNDONE: Final = N_("Acceptance reversed")

STATUS_SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "filed": N_("Newly in"),
        "accepted": N_("Received"),
        "refused": N_("Turned down"),
        "processing": N_("Working"),
        "supplement_requested": N_("Wants papers"),
        "payment_requested": N_("Wants fee"),
        "withdrawal_requested": N_("To withdraw"),
        "stopped": N_("Ended"),
        "resolved": N_("Result here"),
        "returned": N_("Handed over"),
        "": N_("Reversed"),
    }
)
"""Statuses in at most 13 cells, for lists."""

LIST_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "due_today": N_("Due today"),
        "due_tomorrow": N_("Due on the next working day"),
        "overdue": N_("Overdue"),
        "waiting": N_("Waiting for a supplement or a payment"),
        "inbox": N_("Filed online, to be answered"),
        "uncollected": N_("Result here, not collected"),
        "unlinked": N_("Not entered in the provincial system"),
        "held": N_("Held by another body"),
        "unexplained": N_("Late without a cause"),
    }
)
"""The lists of the home screen (`desk.cases.todays_work.LISTS`)."""

TIMELINESS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "",
        "in_time": N_("in time"),
        "due_soon": N_("due soon"),
        "overdue": N_("overdue"),
        "early": N_("early"),
        "on_time": N_("on time"),
    }
)

MARKS: Final[Mapping[str, str]] = MappingProxyType({"": "", "late": "!", "soon": "~"})
"""What a tone is without colour: a sign before the due moment in lists."""

CHANNELS: Final[Mapping[str, str]] = MappingProxyType(
    {"counter": N_("at the counter"), "online": N_("online"), "post": N_("by public post")}
)


EMPTY_LIST: Final = N_("Nothing stands in this list.")


def day(on: date | datetime) -> str:
    """Return a day, dd/mm/yyyy; of an instant its day at the office."""
    return f"{office_day(on) if isinstance(on, datetime) else on:%d/%m/%Y}"


def moment(at: datetime) -> str:
    """Return an instant as the office's day and time."""
    return f"{office_time(at):%d/%m/%Y %H:%M}"


def short_moment(at: datetime, now: datetime) -> str:
    """Return an instant in at most eleven cells: the time of today, else day and time, else the day."""
    local = office_time(at)
    if office_day(at) == office_day(now):
        return f"{local:%H:%M}"
    return f"{local:%d/%m %H:%M}" if local.year == office_time(now).year else f"{local:%d/%m/%Y}"


def weekday(on: date) -> str:
    """Return a day with its weekday."""
    return f"{_(WEEKDAYS[on.weekday()])}, {on:%d/%m/%Y}"


def status_words(status: str) -> str:
    """Return a status; "" is what an acceptance that was reversed leaves."""
    return _(STATUS_NAMES[status]) if status in STATUS_NAMES else _(UNDONE)  # type: ignore[index]  # looked up


def status_short(status: str) -> str:
    """Return a status in at most 13 cells."""
    return _(STATUS_SHORT.get(status, "")) or status


def code_tail(code: str, agency_code: str, cells: int = 12) -> str:
    """Return what tells a code from others in a list: day and serial of the desk's own codes, else its end."""
    own = code.removeprefix(f"{agency_code}-")
    return own if len(own) <= cells else "…" + own[1 - cells :]


def cause_words(cause: str) -> str:
    """Return a cause of delay by its name; one of a newer program as it is."""
    from desk.rules.delays import CAUSES  # rules: with the screen that shows one

    return next((_(one.name) for one in CAUSES if one.id == cause), cause)


def paper_words(kind: str) -> str:
    """Return what a paper is, as the beginning of a line."""
    name = _(NAMES.get(kind, "")) or kind
    return name[:1].upper() + name[1:]


def span(length: timedelta) -> str:
    """Return a length of time by its largest whole unit."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    if minutes < 24 * 60:
        return _("{n} h").format(n=minutes // 60)
    return days(minutes // (24 * 60))


def hours(length: float) -> str:
    """Return a number of hours as hours and minutes, without its sign."""
    whole, rest = divmod(round(abs(length) * 60), 60)
    if whole and rest:
        return _("{hours} h {rest:02d}").format(hours=whole, rest=rest)
    return _("{n} h").format(n=whole) if whole else _("{n} min").format(n=rest)


def days(n: int) -> str:
    """Return a number of days."""
    return _(counted("{n} day", "{n} days", n)).format(n=n)


def tone(line: DossierLine) -> Literal["", "late", "soon"]:
    """Return the colour of a dossier by its due moment; `due_words` and the mark in lists say the same in words."""
    return "late" if line.timeliness == "overdue" else "soon" if line.timeliness == "due_soon" else ""


def due_words(line: DossierLine, now: datetime) -> str:
    """Return how a dossier stands to its due moment: how much is left, how long it has passed, or how it ended."""
    due_at = line.due_at
    if due_at is None or not line.timeliness:
        return ""
    if line.timeliness == "overdue":
        return _("overdue by {span}").format(span=span((line.resolved_at or now) - due_at))
    if line.timeliness in ("early", "on_time"):
        return _(TIMELINESS[line.timeliness])
    if line.status in ("supplement_requested", "payment_requested") or now > due_at:
        return _("the clock stands still")
    return _("{span} left").format(span=span(due_at - now))


def main_printer(settings: Settings) -> str:
    """Return where papers go."""
    if settings.printer == "none":
        return _("No printer: each paper is opened on the screen")
    if settings.printer.startswith("folder:"):
        return _("The folder {folder}").format(folder=settings.printer.removeprefix("folder:"))
    if settings.printer:
        return _("The print queue {queue}").format(queue=settings.printer)
    return _("The standard printer of the system")
