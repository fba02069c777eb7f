"""Receiving a dossier: what it would be (preview) and the act itself (accept).

Preview, stored value and printed value come from the same calls of the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from desk.cases import people
from desk.cases.clockwork import Clockwork
from desk.cases.context import Context, Officer
from desk.cases.preview import Outlook, Preview, outlook_of, preview_of
from desk.cases.views import Warned
from desk.clock import from_ms, office_day, office_time, to_ms
from desk.errors.acts import CodeTaken, DocumentsMissing, FeeNeeded, FieldWrong
from desk.rules import books
from desk.rules.codes import make_code, make_provisional, split_check
from desk.rules.dossier import DocumentCount, IntakeForm, Procedure, Term
from desk.rules.due import Due
from desk.rules.people.checks import cleaned_person
from desk.rules.serials import after_epoch_change, next_provisional, next_serial
from desk.text import clean, clean_line
from storage.log import Act
from storage.queries import desks, dossiers
from storage.tables.own import DraftRow
from storage.tables.projected import PROVISIONAL_SLOTS, DossierRow

TRACKING_BYTES = 8
CLOCKS_APART = timedelta(days=1)
"""How far the portal's clock may run ahead of the desk's."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A dossier that is saved: on disk in the database and in the mirror."""

    dossier: str
    code: str
    status: str
    accepted_at: datetime
    due: Due
    fee_dong: int | None
    slip_due: bool
    warnings: tuple[Warned, ...] = ()
    book_number: str = ""
    """A certification's number in its book, as papers write it; "" for other procedures."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Receives dossiers."""

    context: Context
    clockwork: Clockwork

    def preview(self, form: IntakeForm, at: datetime | None = None) -> Preview:
        """Return what `form` would become if it were accepted now; raises RuleBroken where it cannot be.

        Missing documents and an unknown fee are part of the preview, not refusals.
        """
        with self.context.store.reading() as session:
            procedure = self.context.reference.procedure(form.procedure)
            return preview_of(self.context, session, cleaned(form), procedure, at or self.context.clock())

    def outlook(self, form: IntakeForm, at: datetime | None = None) -> Outlook:
        """Return time, fee and documents of `form` as far as it is filled, whoever the people are."""
        with self.context.store.reading() as session:
            procedure = self.context.reference.procedure(form.procedure)
            return outlook_of(self.context, session, cleaned(form), procedure, at or self.context.clock())

    def accept(
        self, form: IntakeForm, officer: Officer, *, dossier: str | None = None, hand_over_now: bool = False
    ) -> Accepted:
        """Write down a new dossier; all or nothing, and saved when this returns.

        dossier: the id its draft has; CodeTaken if it was accepted already, so that saving twice is one dossier.
        hand_over_now: accepted, resolved and returned in one transaction, as certifications are that the
        citizen takes along; then a slip is due only where the policy is `always`.
        Raises RuleBroken (ClockQuestionable: the officer confirms date and hour first) with nothing saved.
        """
        form = cleaned(form)
        with self.context.log.act(officer.id) as act:
            self.clockwork.check(act.session, act.now)
            return accept_within(self.context, act, form, dossier=dossier, hand_over_now=hand_over_now)

    def earlier(self, number: str) -> tuple[tuple[str, str, str], ...]:
        """Return (dossier id, code, procedure code) of what the person with `number` filed before, newest first."""
        if not number:
            return ()
        with self.context.store.reading() as session:
            return tuple((row.id, row.code or "", row.procedure) for row in dossiers.of_person(session, number))


def cleaned(form: IntakeForm) -> IntakeForm:
    """Return `form` with all its texts as they are stored."""
    return replace(
        form,
        owner=cleaned_person(form.owner),
        submitter=None if form.submitter is None else cleaned_person(form.submitter),
        proxy=None if form.proxy is None else cleaned_person(form.proxy),
        representative=None if form.representative is None else cleaned_person(form.representative),
        summary=clean_line(form.summary),
        note=clean(form.note, lines=True),
        reason=clean_line(form.reason),
        fee_ground=clean_line(form.fee_ground),
        assisted_by=clean_line(form.assisted_by),
        code=None if not form.code else split_check(clean_line(form.code)),
    )


def accept_within(
    context: Context,
    act: Act,
    form: IntakeForm,
    *,
    dossier: str | None = None,
    hand_over_now: bool = False,
    at: datetime | None = None,
    slip: bool = True,
    filed: DossierRow | None = None,
) -> Accepted:
    """Accept the cleaned `form` within `act`.

    at, slip, filed: of a simulated history, whose moments lie in the past, whose slips were never due and
    whose dossiers filed online no projection shows yet.
    """
    moment = at or act.now
    procedure = context.reference.procedure(form.procedure)
    preview = preview_of(context, act.session, form, procedure, moment)
    _refuse_incomplete(form, preview)
    if form.filed_at is not None and form.filed_at > moment + CLOCKS_APART:
        raise FieldWrong(field="filed_at", cause=office_time(form.filed_at).isoformat(timespec="minutes"))
    _refuse_saved(act, dossier)
    filed = filed or _filed(act, form)
    number = filed.id if filed is not None else dossier or context.chance.new_id()
    slip_due = slip and _slip_due(procedure, hand_over_now)
    body = _accepted_body(context, act, form, preview, moment, filed, slip_due)
    act.append("dossier.accepted", body, _private(form), number, at=at)
    status = "accepted"
    if hand_over_now:
        act.append("dossier.resolved", {"catalogue": body["catalogue"]}, dossier=number, at=at)
        act.append("dossier.returned", {"how": "counter", "catalogue": body["catalogue"]}, dossier=number, at=at)
        status = "returned"
    for key in {dossier, filed.id if filed is not None else None}:  # an id made just now has no draft
        draft = act.session.get(DraftRow, key) if key else None
        if draft is not None:
            act.session.delete(draft)
    return Accepted(
        number,
        str(body["code"]),
        status,
        moment,
        preview.due,
        preview.fee_dong,
        slip_due,
        preview.warnings,
        books.written(body.get("book", ""), body.get("book_year"), body.get("book_number")),
    )


def _accepted_body(
    context: Context,
    act: Act,
    form: IntakeForm,
    preview: Preview,
    moment: datetime,
    filed: DossierRow | None,
    slip_due: bool,
) -> dict[str, Any]:
    """Return what the event of an acceptance says without personal data."""
    place = desks.the_desk(act.session, context.settings.desk)
    assert place is not None
    body: dict[str, Any] = {
        **_code(context, act, form, office_day(moment), place.agency_code, place.slot),
        "tracking": filed.tracking if filed is not None and filed.tracking else new_tracking(context),
        "procedure": preview.procedure.code,
        "case": form.case,
        "field": preview.procedure.field_code,
        "channel": form.channel,
        "catalogue": context.reference.now().version,
        "due_at": to_ms(preview.due.due_at),
        "term": {
            "value": preview.term.value,
            "unit": preview.term.unit,
            "cutoff": preview.term.cutoff,
            "end_of_day": context.settings.end_of_day,
            "stop_rule": context.settings.stop_rule_of(preview.procedure.code),
            **_published(preview.published),
        },
        "slip": "due" if slip_due else "not_due",
        "documents": [_counted(count) for count in preview.documents],
        "set_count": form.set_count,
        "fee_dong": preview.fee_dong,
        "fee_ground": form.fee_ground,
        "pages": form.pages,
        "copies": form.copies,
        "competent_unit": _unit(context, form.competent_unit) or place.unit,
        "returning_unit": _unit(context, form.returning_unit) or place.unit,
        "assisted_by": form.assisted_by,
        "incomplete": bool(preview.missing),
    }
    body |= _book_number(context, act, preview.procedure, office_day(moment).year, place.unit, place.slot)
    if form.other_codes or filed is None:
        body["other_codes"] = [{"system": other.system, "code": other.code} for other in form.other_codes]
    if form.filed_at is not None:
        body["filed_at"] = to_ms(form.filed_at)
    return body


def _published(term: Term | None) -> dict[str, Any]:
    """Return a shorter published time as it is stored beside the law's."""
    return {} if term is None else {"published": {"value": term.value, "unit": term.unit, "cutoff": term.cutoff}}


def _unit(context: Context, typed: str) -> str:
    """Return the id of the unit that was named, "" where none was; raises UnitUnknown."""
    return context.reference.unit(clean_line(typed)).id if typed else ""


def _refuse_incomplete(form: IntakeForm, preview: Preview) -> None:
    if preview.missing and not (form.accept_incomplete and form.reason):
        raise DocumentsMissing(missing="; ".join(preview.missing))
    if preview.fee_dong is None:
        raise FeeNeeded()


def _refuse_saved(act: Act, dossier: str | None) -> None:
    known = dossiers.by_id(act.session, dossier) if dossier else None
    if known is not None and known.accepted_at is not None:
        raise CodeTaken(code=known.code or "")


def _counted(count: DocumentCount) -> dict[str, int]:
    return {
        "seq": count.seq,
        "original": count.original,
        "certified_copy": count.certified_copy,
        "copy": count.copy,
        "electronic_copy": count.electronic_copy,
    }


def _filed(act: Act, form: IntakeForm) -> DossierRow | None:
    """Return the dossier from the inbox that has the form's code; raises CodeTaken where it was accepted."""
    if not form.code:
        return None
    known = dossiers.by_code(act.session, form.code)
    for row in known:
        if row.accepted_at is not None or row.status not in ("filed", "supplement_requested"):
            raise CodeTaken(code=form.code)
    return known[0] if known else None


def _code(context: Context, act: Act, form: IntakeForm, day: date, agency: str, slot: int) -> dict[str, Any]:
    if form.code:
        return {"code": form.code, "provisional": False}
    last = _last_serial(act, agency, day, slot)
    if not act.serials and _is_first_of_epoch(context, act, day):
        last = after_epoch_change(slot, last)
    serial = next_serial(slot, last)
    provisional = serial is None
    if serial is None:
        serial = next_provisional(slot, _last_serial(act, agency, day, slot + PROVISIONAL_SLOTS))
        assert serial is not None
    act.serials[agency, day, slot + PROVISIONAL_SLOTS * provisional] = serial
    code = make_provisional(agency, day, serial) if provisional else make_code(agency, day, serial)
    return {
        "code": code,
        "provisional": provisional,
        "business_on": day.isoformat(),
        "serial": serial,
        "slot": slot,
        "agency_code": agency,
    }


def _book_number(context: Context, act: Act, procedure: Procedure, year: int, unit: str, slot: int) -> dict[str, Any]:
    """Return a certification's number in its book of the year; {} for other procedures, and in a full book."""
    book = procedure.certification
    if not book:
        return {}
    last = act.books.get((book, year, slot)) or desks.last_book_number(act.session, unit, book, year, slot)
    if not act.books.get((book, year, slot)) and _opens_book(context, act, book, year):
        last = books.after_epoch_change(slot, last)
    number = books.next_number(slot, last)
    if number is None:
        return {}
    act.books[book, year, slot] = number
    return {"book": book, "book_year": year, "book_number": number}


def _opens_book(context: Context, act: Act, book: str, year: int) -> bool:
    """Return whether a later epoch was opened in `year` and gave no number of the book yet: an old copy may have."""
    epoch, desk = act.tail.epoch, context.settings.desk
    if epoch == 1 or dossiers.was_booked_in(act.session, desk, epoch, book, year):
        return False
    first = context.log.events(act.session, epoch, 0, 1)
    return not first or office_day(from_ms(first[0].head.at)).year == year


def _last_serial(act: Act, agency: str, day: date, slot: int) -> int | None:
    return act.serials.get((agency, day, slot)) or desks.last_serial(act.session, agency, day, slot)


def _is_first_of_epoch(context: Context, act: Act, day: date) -> bool:
    """Return whether a later epoch was opened on `day` and no number was used in it: an old copy may have."""
    epoch = act.tail.epoch
    if epoch == 1 or dossiers.was_accepted_in(act.session, context.settings.desk, epoch):
        return False
    first = context.log.events(act.session, epoch, 0, 1)
    return not first or office_day(from_ms(first[0].head.at)) == day


def new_tracking(context: Context) -> str:
    """Return a tracking number for a dossier that is made now (decisions, 3)."""
    return str(int.from_bytes(context.chance.random_bytes(TRACKING_BYTES), "big"))


def _slip_due(procedure: Procedure, hand_over_now: bool) -> bool:
    if procedure.slip_policy == "always":
        return True
    return procedure.slip_policy == "if_not_handed_over_now" and not hand_over_now


def _private(form: IntakeForm) -> dict[str, Any]:
    private: dict[str, Any] = {"people": people.written_all(form)}
    private.update({key: getattr(form, key) for key in ("summary", "note", "reason") if getattr(form, key)})
    return private
