"""What the review says of the page: everything that is saved, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.clock import office_day, office_time
from desk.rules.dossier import IntakeForm
from desk.rules.money import written
from desk.rules.people.person import Person
from desk.words import N_, _
from screens import phrases
from screens.intake.lines import term_words
from screens.widgets.documents import Documents, named

if TYPE_CHECKING:
    from screens.intake.held import HeldPage


def summary(screen: HeldPage, form: IntakeForm) -> list[tuple[str, str]]:
    """Return word and value of what will be saved; nothing that is empty."""
    procedure, seen = screen.procedure, screen.outlook
    if procedure is None or seen is None:
        return []
    fee = form.fee_dong if form.fee_dong is not None else seen.fee_dong
    due = f"{phrases.weekday(office_day(seen.due.due_at))} {office_time(seen.due.due_at):%H:%M} · {term_words(seen)}"
    lines = [
        (N_("Owner"), _person(form.owner)),
        (N_("Representative"), _person(form.representative)),
        (N_("Filed by"), _person(form.proxy or form.submitter)),
        (N_("Procedure"), f"{procedure.alias} · {procedure.code}"),
        (N_("Case"), form.case or ""),
        (N_("Documents"), _documents(screen, form)),
        (N_("Missing"), "; ".join(named(one) for one in screen.page.of("documents", Documents).missing)),
        (N_("Fee"), " · ".join(part for part in (written(fee or 0), form.fee_ground) if part)),
        (N_("Due"), due),
        (N_("Codes"), " · ".join(code for code in (form.code, *(one.code for one in form.other_codes)) if code)),
        (N_("Note"), form.note),
    ]
    return [(_(said), value) for said, value in lines if value]


def _person(person: Person | None) -> str:
    if person is None:
        return ""
    return " · ".join(part for part in (person.name, person.personal_id or person.tax_code, person.phone) if part)


def _documents(screen: HeldPage, form: IntakeForm) -> str:
    if form.pages is not None and form.copies is not None:
        return _("pages: {pages}, copies: {copies}").format(pages=form.pages, copies=form.copies)
    documents = screen.page.of("documents", Documents)
    there = sum(1 for one in documents.documents if documents.count_of(one).total)
    return _("kinds: {there} of {all}").format(there=there, all=len(documents.documents))
