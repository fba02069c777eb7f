"""From a dossier's row to the whole that people see of it: people, documents, history, papers, money."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from desk.cases import people
from desk.cases.context import Context
from desk.cases.holders import holdings_of
from desk.cases.incidents import open_of, what_happened
from desk.cases.lines import line_of, soon_until
from desk.cases.views import AttachmentLine, DossierView, FeeTaken, HistoryLine, PaperLine
from desk.clock import from_ms
from desk.rules import books
from desk.rules.codes import check_digits
from desk.rules.dossier import RESULT, Channel, DocumentCount, OtherCode
from desk.rules.proof import short_digits
from desk.words import language
from storage.blobs import Blobs
from storage.projections.attachments import attachments
from storage.projections.dossiers import events_of
from storage.projections.fold import PATH
from storage.queries import desks, dossiers, own
from storage.store import Session
from storage.tables.projected import DossierRow, PaperRow
from storage.wire import Event


def view_of(context: Context, session: Session, row: DossierRow, now: datetime) -> DossierView:
    """Return the whole of a dossier with its history and papers."""
    procedure = context.reference.of_version(row.catalogue).procedures.get(row.procedure)
    asked = procedure.documents if procedure else ()
    names = {one.seq: one.name_vi if language() == "vi" else one.name_en for one in asked}
    documents = tuple(DocumentCount(**count) for count in row.documents or ())
    everyone = row.people or {}
    events = events_of(session, row.id)
    state = own.sync_state(session)
    have = state.have or {"epoch": 1, "seq": 0}
    sent = not dossiers.events_beyond(session, row.id, context.settings.desk, have["epoch"], have["seq"])
    return DossierView(
        line=line_of(context, row, now, soon_until(context, now)),
        tracking=row.tracking or "",
        short_form=short_digits(int(row.tracking)) if row.tracking else "",
        check_digits=check_digits(row.code) if row.code else "",
        is_provisional=bool(row.is_provisional),
        procedure_name=(procedure.name_vi if language() == "vi" else procedure.name_en) if procedure else row.procedure,
        procedure_case=row.procedure_case or "",
        field=procedure.field_vi if procedure else row.field,
        channel=cast(Channel, row.channel),
        owner=people.read(everyone.get("owner")) or people.read({"name": row.owner_name}) or _nobody(),
        submitter=people.read(everyone.get("submitter")),
        proxy=people.read(everyone.get("proxy")),
        representative=people.read(everyone.get("representative")),
        receiver=people.read(everyone.get("receiver")),
        summary=row.summary,
        note=row.note,
        documents=documents,
        document_names=tuple(names.get(count.seq, str(count.seq)) for count in documents),
        set_count=row.set_count,
        pages=row.pages,
        copies=row.copies,
        book_number=books.written(row.book, row.book_year, row.book_number),
        fee_dong=row.fee_dong,
        fee_ground=row.fee_ground,
        other_codes=tuple(OtherCode(one["system"], one["code"]) for one in row.other_codes or ()),
        promised_at=row.promised_at,
        returned_at=row.returned_at,
        competent_unit=row.competent_unit,
        returning_unit=row.returning_unit,
        survey=row.survey,
        supplement_count=sum(1 for wait in row.waits or () if wait["kind"] == "supplement"),
        waiting_since_at=row.waiting_since_at,
        history=tuple(_history(context, session, event) for event in events if _is_told(event)),
        papers=tuple(paper_line(context, session, paper, row) for paper in desks.papers_of(session, row.id)),
        is_sent=sent,
        status_before=row.status_before.partition(PATH)[0],
        slip_due=row.slip == "due",
        receiving_unit=row.unit,
        holdings=holdings_of(context, row, events, now),
        causes=tuple(dict.fromkeys(str(delay.get("cause", "")) for delay in row.delays or ())),
        apologised_at=row.apologised_at,
        fees=fees_of(row),
        catalogue=row.catalogue,
        attachments=_attachments(context, events),
        incidents=tuple(dict.fromkeys(what_happened(one) for one in open_of(session, row))),
    )


def _attachments(context: Context, events: list[Event]) -> tuple[AttachmentLine, ...]:
    store = Blobs(context.attachments_folder)
    return tuple(
        AttachmentLine(
            one.sha256,
            one.name,
            one.size,
            one.mime,
            max(one.line, 0),
            from_ms(one.at),
            store.has(one.sha256, one.size),
            one.line == RESULT,
        )
        for one in attachments(events)
    )


def fees_of(row: DossierRow) -> tuple[FeeTaken, ...]:
    """Return the money taken for a dossier, in order, with what was given back."""
    return tuple(
        FeeTaken(
            id=str(fee["id"]),
            at=from_ms(fee["at"]),
            amount_dong=int(fee.get("fee_dong") or 0) + int(fee.get("charge_dong") or 0),
            paid_by=str(fee.get("form") or "cash"),
            series=str(fee.get("series") or ""),
            receipt=str(fee.get("receipt") or ""),
            is_void=bool(fee.get("voided")),
        )
        for fee in row.fees or ()
    )


def paper_line(context: Context, session: Session, paper: PaperRow, row: DossierRow | None) -> PaperLine:
    """Return a paper as a line of a list."""
    job = own.job_of_paper(session, paper.id)
    return PaperLine(
        id=paper.id,
        kind=paper.kind,
        copy=paper.copy_no,
        state=job.state if job is not None and paper.state == "made" else paper.state,
        made_at=paper.made_at,
        path=str(context.papers_folder / paper.name),
        code=(row.code or "") if row is not None else "",
        dossier=paper.dossier or "",
        job=job.id if job is not None else "",
    )


def _nobody() -> Any:
    from desk.rules.people.person import Person

    return Person("")


def _is_told(event: Event) -> bool:
    """Return whether the history tells of an event: of a look only where it came from another unit."""
    return event.head.kind != "dossier.viewed" or event.body.get("looked_up") is True


def _history(context: Context, session: Session, event: Event) -> HistoryLine:
    private = event.private
    note = " · ".join(str(private[key]) for key in ("reason", "note", "evidence") if private.get(key))
    moment = event.body.get("done_at") or event.head.at
    who = _name_of_officer(session, event.head.actor)
    if not who and event.head.unit not in ("", context.log.identity.unit):
        who = context.reference.short_name(event.head.unit)
    return HistoryLine(event.head.id, from_ms(moment), event.head.kind, who, note, event.body)


def _name_of_officer(session: Session, officer: str | None) -> str:
    if not officer:
        return ""
    row = desks.officer(session, officer)
    return row.name if row is not None else ""
