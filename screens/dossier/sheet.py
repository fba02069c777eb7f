"""The lines in which a dossier is told: at a glance, in full, and its history; no widget here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.cases.fee_words import fee_words
from desk.cases.kind_names import event_name, state_name
from desk.clock import from_ms
from desk.rules.money import written
from desk.text import mask_number
from desk.words import N_, _
from screens import phrases
from screens.widgets.facts import Fact

if TYPE_CHECKING:
    from datetime import datetime

    from desk.cases.views import DossierView, FeeTaken, HistoryLine, HoldingLine, PaperLine
    from desk.rules.dossier import DocumentCount
    from desk.rules.people.person import Person
    from screens.dossier.opened import Opened

_ROLES = (
    ("submitter", N_("Submitter")),
    ("representative", N_("Representative")),
    ("proxy", N_("Proxy")),
    ("receiver", N_("Receiver")),
)
_COUNTS = (
    ("original", N_("{n} original")),
    ("certified_copy", N_("{n} certified copy")),
    ("copy", N_("{n} copy")),
    ("electronic_copy", N_("{n} electronic copy")),
)


def glance(opened: Opened) -> list[Fact]:
    """Return the dossier in at most twelve lines."""
    view = opened.view
    facts = [code_fact(view), _status(opened), Fact(N_("Owner"), person_words(view.owner))]
    named = [(said, getattr(view, role)) for role, said in _ROLES]
    facts += [Fact(said, person_words(one)) for said, one in named if one is not None and one != view.owner]
    facts.append(Fact(N_("Procedure"), f"{view.line.alias} · {view.procedure_name}"))
    facts += [Fact(N_("Two desks"), _(said), "late") for said in view.incidents]
    facts += _times(opened)
    if view.book_number:
        facts.append(Fact(N_("Certification number"), view.book_number, "strong"))
    if view.line.holder:
        facts.append(Fact(N_("Held by"), opened.holder_short + _held_since(opened)))
    if view.line.place:
        facts.append(Fact(N_("Result kept in"), view.line.place, "strong"))
    facts.append(Fact(N_("Documents"), _handed_in(view)))
    if view.attachments:
        facts.append(Fact(N_("Attachments"), _attached(view)))
    facts.append(Fact(N_("Fee"), fee_words(view)))
    if view.other_codes:
        facts.append(Fact(N_("Other codes"), _other_codes(view)))
    if view.summary or view.note:
        facts.append(Fact(N_("Note"), " · ".join(part for part in (view.summary, view.note) if part)))
    facts.append(_sent(opened))
    return facts


def in_full(opened: Opened) -> list[tuple[str, str]]:
    """Return everything that is known of the dossier: word (in the officer's language) and value."""
    view = opened.view
    lines = [(_(fact.said), fact.value) for fact in (code_fact(view), _status(opened))]
    lines.append((_("Short form"), view.short_form))
    for said, one in ((N_("Owner"), view.owner), *((said, getattr(view, role)) for role, said in _ROLES)):
        if one is not None:
            lines += _person_lines(_(said), one)
    lines.append((_("Procedure"), f"{view.line.procedure} {view.procedure_name}"))
    lines += [(_("Field"), view.field), (_("Case"), view.procedure_case)]
    lines += [(_(fact.said), fact.value) for fact in _times(opened)]
    lines.append((_("Certification number"), view.book_number))
    lines.append((_("Result kept in"), view.line.place))
    if len(view.holdings) > 1:
        lines += [(_("Held by"), holding_words(one, opened.now)) for one in view.holdings]
    elif view.line.holder:
        lines.append((_("Held by"), opened.unit(view.line.holder) + _held_since(opened)))
    lines.append((_("Cause of delay"), ", ".join(map(phrases.cause_words, view.causes))))
    if view.apologised_at is not None:
        lines.append((_("Apology sent"), phrases.moment(view.apologised_at)))
    lines.append((_("Received at"), opened.unit(view.receiving_unit)))
    lines.append((_("Competent body"), opened.unit(view.competent_unit)))
    lines.append((_("Collected at"), opened.unit(view.returning_unit)))
    lines += [
        (_("Document {n}").format(n=at), f"{name}: {_counted(count)}")
        for at, (count, name) in enumerate(zip(view.documents, view.document_names, strict=True), 1)
    ]
    lines += [(_("Documents"), _handed_in(view)), (_("Fee"), fee_words(view)), (_("Content"), view.summary)]
    lines += [(_("Attachments"), f"{one.name or '–'} ({one.mime})") for one in view.attachments]
    lines += [(_("Receipt"), _receipt_words(fee)) for fee in view.fees]
    lines.append((_("Note"), view.note))
    lines += [(one.system, one.code) for one in view.other_codes]
    lines += [(phrases.paper_words(paper.kind), _paper_state(paper, opened)) for paper in view.papers]
    lines.append((_("Supplements"), str(view.supplement_count) if view.supplement_count else ""))
    lines.append((_("Survey"), _(_SURVEY.get(view.survey, ""))))
    lines.append((_("Center"), _sent(opened).value))
    return [(said, value) for said, value in lines if value]


def holding_words(one: HoldingLine, now: datetime) -> str:
    """Return how long one body has had the dossier, in working time."""
    until = _("now") if one.until_at is None else phrases.short_moment(one.until_at, now)
    return _("{unit}: {since} to {until}, {hours} h {rest:02d} min").format(
        unit=one.name,
        since=phrases.short_moment(one.since_at, now),
        until=until,
        hours=one.minutes // 60,
        rest=one.minutes % 60,
    )


def history(opened: Opened) -> list[tuple[str, str, str, str]]:
    """Return the history, the newest first: when, what, who, and what more is to be said."""
    return [
        (
            phrases.short_moment(line.at, opened.now),
            event_name(line.kind, practice=opened.is_practice),
            line.officer,
            event_note(line, opened),
        )
        for line in reversed(opened.view.history)
    ]


def event_note(line: HistoryLine, opened: Opened) -> str:
    """Return what an event says besides its kind."""
    body, parts = line.body, [line.note] if line.note else []
    if "place" in body:
        parts.append(_("result kept in {place}").format(place=body["place"] or "–"))
    if body.get("to"):
        parts.append(_("to {unit}").format(unit=opened.unit(str(body["to"]))))
    if line.kind == "document.attached" and body.get("from"):
        parts.append(_("of an earlier dossier"))
    if line.kind == "dossier.linked":
        parts.append(f"{body.get('system', '')}: {body.get('code', '')}")
    if line.kind == "paper.made":
        parts.append(
            _("{paper}, copy {n}").format(paper=phrases.paper_words(str(body.get("kind"))), n=body.get("copy"))
        )
    if line.kind == "fee.taken":
        parts += [written(int(body.get("fee_dong") or 0) + int(body.get("charge_dong") or 0))]
        parts += [_("receipt {number}").format(number=body["receipt"])] if body.get("receipt") else []
    if line.kind == "dossier.returned":
        parts += _return_words(line)
    if line.kind != "dossier.accepted" and isinstance(body.get("due_at"), int):
        parts.append(_("due {moment}").format(moment=phrases.moment(from_ms(body["due_at"]))))
    return " · ".join(parts)


def code_fact(view: DossierView) -> Fact:
    """Return the code with its check digits."""
    said = _("{code}   check digits {check}").format(code=view.line.code or "–", check=view.check_digits or "–")
    if view.is_provisional:
        said += "   " + _("PROVISIONAL")
    return Fact(N_("Code"), said, "strong")


def person_words(person: Person) -> str:
    """Return a person as the officer must compare him: name, whole number, telephone."""
    return " · ".join(part for part in (person.name, person.personal_id or person.tax_code, person.phone) if part)


def masked_words(person: Person) -> str:
    """Return a person where others may look on: name and masked number."""
    number = mask_number(person.personal_id or person.tax_code)
    return " · ".join(part for part in (person.name, number) if part)


def _paper_state(paper: PaperLine, opened: Opened) -> str:
    """Return which copy a paper is and how far it got."""
    return _("copy {n}, {state}").format(n=paper.copy, state=state_name(paper.state, practice=opened.is_practice))


def _status(opened: Opened) -> Fact:
    line = opened.view.line
    stands = _(phrases.TIMELINESS[line.timeliness])
    said = " · ".join(part for part in (phrases.status_words(line.status), stands) if part)
    return Fact(N_("Status"), said, phrases.tone(line) or "strong")


def _times(opened: Opened) -> list[Fact]:
    view, line, facts = opened.view, opened.view.line, []
    channel = _(phrases.CHANNELS[view.channel])
    if line.accepted_at is not None:
        facts.append(Fact(N_("Accepted at"), f"{phrases.moment(line.accepted_at)}, {channel}"))
    elif line.filed_at is not None:
        facts.append(Fact(N_("Filed"), f"{phrases.moment(line.filed_at)}, {channel}"))
    if line.due_at is not None:
        stands = phrases.due_words(line, opened.now)
        said = " · ".join(part for part in (phrases.moment(line.due_at), stands) if part)
        if view.promised_at is not None and view.promised_at != line.due_at:
            said += " · " + _("printed: {moment}").format(moment=phrases.moment(view.promised_at))
        facts.append(Fact(N_("Due"), said, phrases.tone(line)))
    if view.returned_at is not None:
        facts.append(Fact(N_("Handed over"), phrases.moment(view.returned_at)))
    return facts


def _held_since(opened: Opened) -> str:
    since = opened.view.line.held_since_at
    if since is None:
        return ""
    moment, span = phrases.short_moment(since, opened.now), phrases.span(opened.now - since)
    said = _("since {moment} ({span})").format(moment=moment, span=span)
    return f" · {said}"


def _handed_in(view: DossierView) -> str:
    if view.pages and view.copies:
        return _("pages: {pages}, copies: {copies}").format(pages=view.pages, copies=view.copies)
    count = sum(1 for one in view.documents if one.total)
    return _("kinds: {n}, sets: {sets}").format(n=count, sets=view.set_count)


def _attached(view: DossierView) -> str:
    away = sum(1 for one in view.attachments if not one.is_here)
    said = _("files: {n}").format(n=len(view.attachments))
    return said + (" · " + _("not on this machine: {n}").format(n=away) if away else "")


def _receipt_words(fee: FeeTaken) -> str:
    """Return one receipt: series and number, sum, when, and whether it is void."""
    parts = [" ".join(part for part in (fee.series, fee.receipt) if part), written(fee.amount_dong)]
    parts += [phrases.moment(fee.at), _("void") if fee.is_void else ""]
    return " · ".join(part for part in parts if part)


def _other_codes(view: DossierView) -> str:
    return " · ".join(f"{one.system}: {one.code}" for one in view.other_codes)


def _sent(opened: Opened) -> Fact:
    if not opened.has_center:
        return Fact(N_("Center"), _("no center joined; everything is on this machine"), "quiet")
    return Fact(N_("Center"), _("sent") if opened.view.is_sent else _("waits to be sent"), "quiet")


def _person_lines(role: str, person: Person) -> list[tuple[str, str]]:
    born = phrases.day(person.born_on) if person.born_on is not None else ""
    more = " · ".join(part for part in (born, person.email, person.nationality) if part)
    return [(role, person_words(person)), ("", more), ("", person.address)]


def _counted(count: DocumentCount) -> str:
    return ", ".join(_(said).format(n=getattr(count, name)) for name, said in _COUNTS if getattr(count, name))


def _return_words(line: HistoryLine) -> list[str]:
    words = []
    if line.body.get("how") == "post":
        words.append(_("by post {consignment}").format(consignment=line.body.get("consignment", "")))
    if line.body.get("lost_slip"):
        words.append(_("slip lost, statement signed"))
    return words


_SURVEY = {"answered": N_("answered"), "declined": N_("declined"), "no_answer": N_("no answer")}
