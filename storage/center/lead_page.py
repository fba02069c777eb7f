"""The lead's pages: a work queue whose rows end in an action, two charts, and the papers to print. No script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Final, NamedTuple

from desk.clock import office_time
from desk.rules.shares import Share
from desk.rules.survey import LEVELS, Level, SurveyCount
from desk.words import N_, in_language
from storage.center.survey_words import survey_words
from storage.center.work_queue import WHYS, Month, Task, Why

_LANG: Final = "vi"
_TITLE: Final = N_("Work of the leads")
_HEADS: Final[Mapping[Why, str]] = {
    "due_soon": N_("Due within two days"),
    "no_cause": N_("Late, without a cause"),
    "no_apology": N_("Late, no apology sent"),
    "silent": N_("Desks silent for four working hours"),
    "incident": N_("Incidents"),
    "not_closed": N_("Last month's table is not closed"),
}
_NOTHING: Final = N_("Nothing to do.")
_TO_REMINDER: Final = ("reminder", N_("Print the reminder"))
_TO_APOLOGY: Final = ("apology", N_("Print Mẫu 04"))
_DO: Final[Mapping[Why, str]] = {
    "silent": N_("Call the unit; at that machine: desk check, then desk sync"),
    "incident": N_("At the unit's desk: look the dossier up (F3), settle it and close the incident"),
    "not_closed": N_("Close the period at the unit's desk: desk report --from {first} --to {last} --close"),
}
_ON_TIME: Final = N_("Resolved on time, by month")
_SURVEY: Final = N_("Satisfaction, the past 90 days")
_FORMS: Final = N_("{n} forms")
_HIDDEN: Final = N_("Fewer than five forms: not shown.")
_SIGN_IN: Final = N_("Sign in")
_TOKEN: Final = N_("The token that the command desk center lead gave")
_WRONG: Final = N_("This token is not valid, or no more. Ask for a new one at the center.")
_OUT: Final = N_("Sign out")
_UNTIL: Final = N_("Signed in until {at}.")
_ALL: Final = N_("All units")
_COLOURS: Final[Mapping[Level, str]] = {
    "very_satisfied": "#1b6e3c",
    "satisfied": "#7aa95c",
    "dissatisfied": "#b03a2e",
}
_STYLE: Final = (
    "body{font:16px/1.45 sans-serif;max-width:64em;margin:1em auto;padding:0 1em;color:#111;background:#fff}"
    "h1{font-size:1.4em}h2{font-size:1.1em;margin:1.2em 0 .3em}table{border-collapse:collapse;width:100%}"
    "td{border-top:1px solid #ccc;padding:.35em .6em .35em 0;vertical-align:top}td:last-child{text-align:right}"
    "td:first-child,td:nth-child(3){white-space:nowrap}"
    "input,button{font:inherit;padding:.5em;margin:.3em 0}input{width:100%;box-sizing:border-box}"
    ".charts{display:flex;flex-wrap:wrap;gap:2em}.paper{max-width:34em;font-family:serif}"
    ".paper h1{text-align:center}@media print{.no-print{display:none}}"
)
_BAR_W: Final = 260


class Shown(NamedTuple):
    """What the lead's page shows."""

    unit: str
    until_at: datetime
    tasks: Sequence[Task]
    months: Sequence[Month]
    survey: SurveyCount


class Names(NamedTuple):
    """How codes are said."""

    unit: Callable[[str], str] = str


def queue_page(shown: Shown, names: Names) -> str:
    """Return the HTML of the work queue with its charts."""
    unit = names.unit(shown.unit) if shown.unit else _(_ALL)
    until = _(_UNTIL).format(at=_moment(shown.until_at))
    sections = "".join(_section(why, [task for task in shown.tasks if task.why == why], names) for why in WHYS)
    charts = f'<div class="charts">{_months(shown.months)}{_survey(shown.survey)}</div>'
    out = f'<form method="post" action="/lead/out" class="no-print">{escape(until)} <button>{_(_OUT)}</button></form>'
    return _document(_(_TITLE), f"<h1>{escape(_(_TITLE))} – {escape(unit)}</h1>{sections}{charts}{out}")


def sign_in_page(*, is_wrong: bool) -> str:
    """Return the HTML that asks for the token."""
    wrong = f"<p>{escape(_(_WRONG))}</p>" if is_wrong else ""
    field = '<input id="token" name="token" type="password" autocomplete="off">'
    form = f'<label for="token">{escape(_(_TOKEN))}</label>{field}<button>{escape(_(_SIGN_IN))}</button>'
    return _document(_(_TITLE), f'<h1>{escape(_(_TITLE))}</h1>{wrong}<form method="post" action="/lead">{form}</form>')


class Facts(NamedTuple):
    """What a paper for a late dossier says; nothing personal: the unit's desk writes the name."""

    code: str
    procedure: str
    unit: str
    holder: str
    accepted_at: datetime | None
    due_at: datetime | None
    made_at: datetime


_REMINDER_TITLE: Final = N_("REMINDER")
_APOLOGY_TITLE: Final = N_("APOLOGY AND NEW APPOINTMENT (Mẫu 04)")
_BLANK: Final = "." * 40
_REMIND: Final = N_("Please resolve this dossier in time, or record the cause and send the apology before it is due.")
_SORRY: Final = N_("We apologise that the result is not ready on the day promised, and ask you to come on the new day.")
_DESK_TOO: Final = N_("Record it at the unit's desk too: desk apology {code} --due ... --cause ...")
_CAUSE_TOO: Final = N_("The due moment is over: record the cause at the unit's desk: desk delay {code} --cause ...")


def reminder(facts: Facts) -> str:
    """Return the HTML of the reminder to the body that holds the dossier."""
    lines = [(N_("Addressee"), facts.holder or facts.unit), *_of_dossier(facts), ("", _(_REMIND))]
    return _paper(_(_REMINDER_TITLE), lines, facts)


def apology(facts: Facts) -> str:
    """Return the HTML of Mẫu 04 (domain, 2.5) as far as the center knows it; the rest is written by hand."""
    lines = [
        (N_("Addressee"), _BLANK),
        *_of_dossier(facts),
        (N_("Body responsible for the delay"), facts.holder or facts.unit),
        (N_("Cause"), _BLANK),
        ("", _(_SORRY)),
        (N_("New date and place"), _BLANK),
        (N_("Head of the unit (signature)"), ""),
    ]
    is_over = facts.due_at is not None and facts.due_at < facts.made_at
    said = _(_CAUSE_TOO if is_over else _DESK_TOO).format(code=facts.code)
    return _paper(_(_APOLOGY_TITLE), lines, facts, f'<p class="no-print">{escape(said)}</p>')


def _of_dossier(facts: Facts) -> list[tuple[str, str]]:
    return [
        (N_("Dossier code"), facts.code),
        (N_("Procedure"), facts.procedure),
        (N_("Received at"), facts.unit),
        (N_("Date received"), _moment(facts.accepted_at)),
        (N_("Due"), _moment(facts.due_at)),
    ]


def _paper(title: str, lines: Iterable[tuple[str, str]], facts: Facts, more: str = "") -> str:
    rows = "".join(f"<p>{escape(_(head) + ': ' if head else '')}{escape(text)}</p>" for head, text in lines)
    made = f"<p><i>{_moment(facts.made_at)}</i></p>"
    return _document(title, f'<div class="paper"><h1>{escape(title)}</h1>{rows}{made}</div>{more}')


def _section(why: Why, tasks: Sequence[Task], names: Names) -> str:
    head = f"<h2>{escape(_(_HEADS[why]))} ({len(tasks)})</h2>"
    if not tasks:
        return f"{head}<p>{escape(_(_NOTHING))}</p>"
    return f"{head}<table>{''.join(_row(task, names) for task in tasks)}</table>"


def _row(task: Task, names: Names) -> str:
    units = " → ".join(names.unit(one) for one in dict.fromkeys((task.unit, task.holder)) if one)
    cells = "".join(f"<td>{escape(text)}</td>" for text in (task.what, units, _moment(task.at)))
    return f"<tr>{cells}<td>{_action(task)}</td></tr>"


def _action(task: Task) -> str:
    if task.dossier and task.why != "incident":
        links = {"no_cause": (_TO_REMINDER,), "no_apology": (_TO_APOLOGY,)}.get(task.why, (_TO_REMINDER, _TO_APOLOGY))
        return " · ".join(
            f'<a href="/lead/{kind}/{escape(task.dossier)}">{escape(_(said))}</a>' for kind, said in links
        )
    first = task.what + "-01" if task.why == "not_closed" else ""
    last = "" if not first or task.at is None else f"{_day_before(task.at)}"
    return escape(_(_DO[task.why]).format(first=first, last=last))


def _day_before(at: datetime) -> str:
    return f"{office_time(at) - timedelta(days=1):%Y-%m-%d}"


def _months(months: Sequence[Month]) -> str:
    rows = []
    for place, month in enumerate(months):
        share = Share(month.on_time, month.resolved)
        width = 0 if not month.resolved else round(_BAR_W * month.on_time / month.resolved)
        said = f"{month.first:%m/%Y}: {share.shown()} ({month.on_time}/{month.resolved})"
        rows.append(_bar(place, width, "#2b5c8a", said))
    return _chart(_(_ON_TIME), rows)


def _survey(count: SurveyCount) -> str:
    forms = _(_FORMS).format(n=count.forms)
    if count.hidden:
        return f"<div><h2>{escape(_(_SURVEY))}</h2><p>{escape(forms)}. {escape(_(_HIDDEN))}</p></div>"
    rows = []
    for place, level in enumerate(LEVELS):
        share = Share(count.levels[level], count.forms)
        said = f"{survey_words()[f'level.{level}'].vi}: {share.shown()} ({count.levels[level]})"
        rows.append(_bar(place, round(_BAR_W * count.levels[level] / count.forms), _COLOURS[level], said))
    return _chart(f"{_(_SURVEY)} ({forms})", rows)


def _bar(place: int, width: int, colour: str, said: str) -> str:
    y = place * 40
    return (
        f'<text x="0" y="{y + 14}" font-size="13">{escape(said)}</text>'
        f'<rect x="0" y="{y + 19}" width="{_BAR_W}" height="12" fill="#e4e4e4"/>'
        f'<rect x="0" y="{y + 19}" width="{width}" height="12" fill="{colour}"/>'
    )


def _chart(title: str, rows: Sequence[str]) -> str:
    size = f'width="{_BAR_W}" height="{40 * len(rows)}"'
    drawn = f'<svg {size} role="img" aria-label="{escape(title)}">{"".join(rows)}</svg>'
    return f"<div><h2>{escape(title)}</h2>{drawn}</div>"


def _document(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{_LANG}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _(message: str) -> str:
    return in_language(_LANG, message)


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{office_time(at):%H:%M, %d/%m/%Y}"
