"""Intake in the plain talk: who, what, which papers, the fee; then the whole once more, and only then it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desk.cases.context import Officer
from desk.cases.intake import Accepted
from desk.cases.preview import Outlook, Preview
from desk.cases.services import Services
from desk.clock import office_day
from desk.commands.plain.paper import print_owed
from desk.commands.plain.people import asked_person, corrected_person, person_said
from desk.commands.plain.talk import Talk
from desk.commands.written import moment, trail_lines
from desk.errors.acts import ClockQuestionable, FieldWrong
from desk.errors.base import DeskError
from desk.rules.dossier import DocumentCount, IntakeForm, Procedure, RequiredDocument
from desk.rules.handed_in import as_asked
from desk.rules.money import written
from desk.rules.people.person import Person
from desk.rules.reference.search import search_procedures
from desk.rules.terms import cases_of, written_term
from desk.words import _, language
from receipts.wording import term_words

SHOWN: Final = 9


@dataclass
class Sheet:
    """What was answered so far."""

    owner: Person
    procedure: Procedure | None = None
    case: str = ""
    pages: int | None = None
    copies: int | None = None
    documents: tuple[DocumentCount, ...] | None = None
    reason: str = ""
    fee_dong: int | None = None
    fee_ground: str = ""
    note: str = ""

    def form(self) -> IntakeForm:
        """Return the answers as the intake takes them."""
        return IntakeForm(
            procedure=self.procedure.code if self.procedure is not None else "",
            owner=self.owner,
            case=self.case or None,
            documents=self.documents,
            fee_dong=self.fee_dong,
            fee_ground=self.fee_ground,
            pages=self.pages,
            copies=self.copies,
            note=self.note,
            accept_incomplete=bool(self.reason),
            reason=self.reason,
        )


def receive(talk: Talk, services: Services, officer: Officer, first: str = "") -> None:
    """Receive one dossier and print its slip; `first` is a card scanned before. Leaving saves nothing."""
    sheet = Sheet(asked_person(talk, services, first))
    for ask in (_procedure, _counts, _documents, _fee, _note):
        ask(talk, services, sheet)
    while (preview := _reviewed(talk, services, sheet)) is None:
        pass
    accepted = _accepted(talk, services, officer, sheet.form())
    if accepted is None:
        return
    talk.say(
        _("Saved: {code}. Due {due}. Fee {fee}.").format(
            code=accepted.code, due=moment(accepted.due.due_at), fee=written(accepted.fee_dong or 0)
        )
    )
    if accepted.book_number:
        talk.say(_("Certification number: {number}").format(number=accepted.book_number))
    talk.say(*(f"! {one.said}" for one in preview.warnings))
    if accepted.slip_due:
        print_owed(talk, services, lambda: (services.papers.make(accepted.dossier, "slip", officer),))


# --- the questions -------------------------------------------------------------------------------


def _procedure(talk: Talk, services: Services, sheet: Sheet) -> None:
    """Ask for the procedure by everyday words; Enter alone offers what this desk receives most."""
    today = office_day(services.context.clock())
    catalogue = services.context.reference.now().procedures.values()
    in_force = [one for one in catalogue if one.valid_from is None or one.valid_from <= today]
    while True:
        words = talk.ask(_("Which procedure? Some words of it, or Enter for the most used"))
        found = search_procedures(in_force, words)[:SHOWN] if words else services.favourites.nine()
        if not found:
            talk.say(_("No procedure was found."))
            continue
        lines = [f"{one.alias}  {one.code}" for one in found] + [_("another one")]
        place = talk.choose(_("Which one?"), lines, 0)
        if place < len(found):
            chosen = found[place]
            if sheet.procedure is not None and sheet.procedure.code != chosen.code:
                sheet.documents, sheet.reason, sheet.fee_dong, sheet.fee_ground = None, "", None, ""
                sheet.pages = sheet.copies = None
            sheet.procedure, sheet.case = chosen, _case(talk, chosen)
            return


def _case(talk: Talk, procedure: Procedure) -> str:
    """Ask which case it is where the procedure's time depends on it; "" where it has one time only."""
    cases = cases_of(procedure, "counter")
    if not cases:
        return ""
    lines = [f"{'' if one.id == written_term(one.term) else one.id + ': '}{term_words(one.term)}" for one in cases]
    return cases[talk.choose(_("Which case? Its time depends on it."), lines, 0)].id


def _counts(talk: Talk, services: Services, sheet: Sheet) -> None:
    """Ask for pages and copies where the procedure certifies."""
    if sheet.procedure is None or not sheet.procedure.counts_pages:
        return
    sheet.pages = talk.ask_as(_("How many pages?"), _whole("pages"), str(sheet.pages or 1))
    sheet.copies = talk.ask_as(_("How many copies?"), _whole("copies"), str(sheet.copies or 1))


def _documents(talk: Talk, services: Services, sheet: Sheet) -> None:
    """Ask whether everything required is there; what is missing is named by its numbers, and why it is taken."""
    needed = [one for one in sheet.procedure.documents if one.required] if sheet.procedure is not None else []
    sheet.documents, sheet.reason = None, ""
    if not needed:
        return
    talk.say(_("Required documents:"), *(f"  {place}  {_named(one)}" for place, one in enumerate(needed, 1)))
    question = _("Enter if all are there, else the numbers of those that are missing")
    lacking = talk.ask_as(question, _places(len(needed)))
    if not lacking:
        return
    sheet.documents = tuple(as_asked(one) for place, one in enumerate(needed, 1) if place not in lacking)
    day = services.context.reference.calendar().next_working_day(office_day(services.context.clock()))
    proposal = _("The citizen brings what is missing by {day}.").format(day=f"{day:%d/%m/%Y}")
    sheet.reason = talk.ask(_("Why is it received without them?"), proposal)


def _fee(talk: Talk, services: Services, sheet: Sheet) -> None:
    """Ask for the fee where the rules do not know it, proposing what was last given."""
    seen = _outlook(services, sheet)
    sheet.fee_dong, sheet.fee_ground = None, ""
    if not seen.asks_fee:
        return
    proposal = "" if seen.proposed_dong is None else str(seen.proposed_dong)
    sheet.fee_dong = talk.ask_as(_("The fee in đồng (set by the province; 0 where nothing is paid)"), _dong, proposal)
    if sheet.fee_dong == 0:
        sheet.fee_ground = talk.ask(_("On what ground is nothing paid?"), seen.proposed_ground)


def _note(talk: Talk, services: Services, sheet: Sheet) -> None:
    sheet.note = talk.ask(_("A note (Enter for none)"), sheet.note)


def _owner(talk: Talk, services: Services, sheet: Sheet) -> None:
    sheet.owner = corrected_person(talk, services, sheet.owner)


def _outlook(services: Services, sheet: Sheet) -> Outlook:
    return services.intake.outlook(sheet.form())


# --- the review ----------------------------------------------------------------------------------

_Question = Callable[[Talk, Services, Sheet], None]


def _reviewed(talk: Talk, services: Services, sheet: Sheet) -> Preview | None:
    """Say all of it; return the preview when the officer says yes, None after a correction."""
    try:
        preview = services.intake.preview(sheet.form())
    except DeskError as error:
        talk.tell(error)
        preview = None
    parts: list[tuple[str, _Question]] = [
        (_("Owner: {said}").format(said=person_said(sheet.owner)), _owner),
        (_("Procedure: {said}").format(said=sheet.procedure.alias if sheet.procedure else "–"), _procedure),
        (_("Documents: {said}").format(said=_documents_said(sheet, preview)), _documents),
        (_("Fee: {fee}.").format(fee=_fee_said(preview)), _fee),
        (_("Note: {said}").format(said=sheet.note or "–"), _note),
    ]
    if sheet.pages is not None:
        said = _("Pages and copies: {pages} × {copies}").format(pages=sheet.pages, copies=sheet.copies)
        parts.append((said, _counts))
    talk.say(*(f"  {number}  {said}" for number, (said, _ask) in enumerate(parts, 1)))
    if preview is not None:
        talk.say(_("Due: {due}.").format(due=moment(preview.due.due_at)))
        talk.say(*(f"! {one.said}" for one in preview.warnings))
    question = _("Enter saves and prints; a number corrects; w says why it is due then")
    answer = talk.ask(question if preview is not None else _("The number of what is to be corrected"))
    if not answer and preview is not None:
        return preview
    if answer.casefold() == "w" and preview is not None:
        talk.say(*trail_lines(preview.due.trail))
    elif answer.isascii() and answer.isdigit() and 1 <= int(answer[:3]) <= len(parts):
        _corrected(talk, services, sheet, parts[int(answer[:3]) - 1][1])
    return None


def _corrected(talk: Talk, services: Services, sheet: Sheet, ask: _Question) -> None:
    """Ask once more; another procedure has other documents, counts and fee."""
    before = sheet.procedure
    ask(talk, services, sheet)
    if ask is _procedure and sheet.procedure is not before:
        for further in (_counts, _documents, _fee):
            further(talk, services, sheet)
    elif ask is _counts:
        _fee(talk, services, sheet)


def _accepted(talk: Talk, services: Services, officer: Officer, form: IntakeForm) -> Accepted | None:
    """Save; where the clock is doubted the officer looks at date and hour first. None: not saved, and said why."""
    try:
        return services.intake.accept(form, officer)
    except ClockQuestionable as doubt:
        question = _("The clock of this machine shows {clock}. Are date and hour right?").format(**doubt.facts)
        if not talk.agrees(question):
            talk.tell(doubt)
            return None
        services.clockwork.confirm(officer)
    return services.intake.accept(form, officer)


def _documents_said(sheet: Sheet, preview: Preview | None) -> str:
    lacking = preview.missing if preview is not None else ()
    if not lacking:
        return _("all that are required")
    return _("without {missing}. {reason}").format(missing="; ".join(lacking), reason=sheet.reason)


def _fee_said(preview: Preview | None) -> str:
    return "–" if preview is None or preview.fee_dong is None else written(preview.fee_dong)


def _named(document: RequiredDocument) -> str:
    return document.name_vi if language() == "vi" else document.name_en


# --- reading the answers -------------------------------------------------------------------------


def _whole(name: str) -> Callable[[str], int]:
    """Return what reads a whole number of at least one."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 9_999):
            raise FieldWrong(field=name, cause=text[:20])
        return int(text)

    return read


def _dong(text: str) -> int:
    """Return whole đồng; points and spaces between the thousands are let through."""
    bare = text.replace(".", "").replace(" ", "")
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 11):
        raise FieldWrong(field="fee_dong", cause=text[:20])
    return int(bare)


def _places(most: int) -> Callable[[str], frozenset[int]]:
    """Return what reads numbers from 1 to `most`, with spaces or commas between them."""

    def read(text: str) -> frozenset[int]:
        words = text.replace(",", " ").split()
        if not all(one.isascii() and one.isdigit() and 1 <= int(one[:4]) <= most for one in words):
            raise FieldWrong(field="documents", cause=text[:20])
        return frozenset(int(one) for one in words)

    return read
