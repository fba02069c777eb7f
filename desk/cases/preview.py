"""What a form would become if it were accepted now; preview, stored and printed value come from these calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desk.cases.context import Context
from desk.cases.views import Warned
from desk.clock import office_day, whole_minute
from desk.errors.acts import CopiesWithoutCertification, PagesNeeded
from desk.errors.people import PagesMissing
from desk.errors.rule import PublishedTooLong
from desk.rules.dossier import DocumentCount, IntakeForm, Procedure, Term
from desk.rules.due import Due, due, due_by_law_and_promise
from desk.rules.fees import UnknownFee, asked_by, fee_of
from desk.rules.handed_in import handed_in, missing
from desk.rules.national_fees import NATIONAL_FEES
from desk.rules.people.checks import PersonWarning, check_people
from desk.rules.terms import parse_term, term_of
from desk.words import _, language
from storage.queries import dossiers
from storage.store import Session


@dataclass(frozen=True, slots=True)
class Outlook:
    """What does not depend on the people: time, fee and documents of a form."""

    procedure: Procedure
    term: Term
    """The law's time; `due` is the promised moment, sooner where the commune has published a shorter time."""
    published: Term | None
    due: Due
    fee_dong: int | None
    """None: not known yet; where `asks_fee` the officer must enter it."""
    asks_fee: bool
    """Whether nobody here knows the fee; then `proposed_dong` and its ground are what was last given."""
    proposed_dong: int | None
    proposed_ground: str
    documents: tuple[DocumentCount, ...]
    missing: tuple[str, ...]
    """Names of required documents that were not handed in."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form would become now."""

    procedure: Procedure
    term: Term
    published: Term | None
    due: Due
    fee_dong: int | None
    """None: unknown, the officer must enter it; `proposed_dong` is what was last taken."""
    proposed_dong: int | None
    documents: tuple[DocumentCount, ...]
    missing: tuple[str, ...]
    """Names of required documents that were not handed in."""
    warnings: tuple[Warned, ...]


def preview_of(context: Context, session: Session, form: IntakeForm, procedure: Procedure, at: datetime) -> Preview:
    """Return what the cleaned `form` becomes if it is accepted at `at`; raises RuleBroken where it cannot be."""
    warnings = check_people(form, office_day(at))
    _check_counts(form, procedure)
    seen = outlook_of(context, session, form, procedure, at)
    return Preview(
        procedure,
        seen.term,
        seen.published,
        seen.due,
        seen.fee_dong,
        seen.proposed_dong,
        seen.documents,
        seen.missing,
        warned(warnings),
    )


def outlook_of(context: Context, session: Session, form: IntakeForm, procedure: Procedure, at: datetime) -> Outlook:
    """Return time, fee and documents of the cleaned `form` at `at`; pages not counted yet leave the fee open."""
    term = term_of(procedure, form.channel, form.case)
    published, found = _promised(context, procedure, term, whole_minute(at))
    fee_dong, asks = _fee(form, procedure, at)
    given = dossiers.last_fee(session, procedure.code) if asks else None
    documents = handed_in(procedure, form.documents)
    lacking = tuple(one.name_vi if language() == "vi" else one.name_en for one in missing(procedure, documents))
    proposed, ground = given or (None, "")
    return Outlook(procedure, term, published, found, fee_dong, asks, proposed, ground, documents, lacking)


def _promised(context: Context, procedure: Procedure, law: Term, at: datetime) -> tuple[Term | None, Due]:
    """Return the published time, None where the law's holds, and the promised due moment.

    A published time that would end later than the law's (through a channel with a shorter time) holds for nobody.
    """
    calendar, end_of_day = context.reference.calendar(), context.settings.end_of_day
    published = parse_term(procedure.published_time) if procedure.published_time else None
    try:
        _by_law, promised = due_by_law_and_promise(at, law, published, calendar, end_of_day=end_of_day)
    except PublishedTooLong:
        return None, due(at, law, calendar, end_of_day=end_of_day)
    return published, promised


def _fee(form: IntakeForm, procedure: Procedure, at: datetime) -> tuple[int | None, bool]:
    """Return the fee (None: not known) and whether it has to be asked for."""
    try:
        fee = fee_of(procedure, asked_by(form, office_day(at)), NATIONAL_FEES)
    except PagesMissing:
        if form.pages is not None and form.copies is not None:
            raise
        return None, False
    return (None, True) if isinstance(fee, UnknownFee) else (int(fee.total_dong), False)


def _check_counts(form: IntakeForm, procedure: Procedure) -> None:
    if procedure.counts_pages:
        if not (form.pages and form.copies and form.pages > 0 and form.copies > 0):
            raise PagesNeeded()
    elif form.pages is not None or form.copies is not None:
        raise CopiesWithoutCertification()


def warned(warnings: Iterable[PersonWarning]) -> tuple[Warned, ...]:
    """Return warnings in the language now spoken."""
    return tuple(Warned(one.id, f"{one.role}.{one.field}", _(one.said)) for one in warnings)
