"""What stands on the papers of a dossier's moves, each read from its event and from the dossier as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Any, Literal, cast

from desk.cases import people
from desk.cases.paper_content import Drawing, common, documents_of, people_of, term_said, unit_name
from desk.clock import from_ms
from desk.rules.delays import CAUSES
from desk.rules.money import written
from desk.rules.people.person import Person
from desk.rules.timeliness import ended_timeliness
from desk.words import in_language
from receipts.content import DocumentLine
from receipts.list_content import LostSlipContent
from receipts.move_content import (
    ApologyContent,
    ControlSlipContent,
    FeeLine,
    FeeReceiptContent,
    HandoverLine,
    RefusalContent,
    ResultLine,
    ResultReceiptContent,
    StepResult,
    StopContent,
    SupplementContent,
)
from storage.projections.fold import moment
from storage.wire import Event

NUMBER_PLACE = "………/………"
"""Number and sign of a letter: the office's, written by hand."""
PAYMENTS: Mapping[str, str] = {
    "cash": "Tiền mặt",
    "transfer": "Chuyển khoản",
    "online": "Thanh toán trực tuyến",
}


def supplement_content(drawing: Drawing, event: Event) -> SupplementContent:
    """Return the request for a supplement: its reason, and the documents that the officer asked for."""
    row, body = drawing.row, event.body
    bring_before = body.get("bring_before")
    return SupplementContent(
        **_move(drawing, event),
        officer=drawing.officer,
        stage=cast(Literal["reception", "appraisal"], body.get("stage", "appraisal")),
        accepted_at=row.accepted_at,
        documents=asked_documents(drawing, event.private.get("asked") or ()),
        reason=_reason(event),
        restarts=(row.term or {}).get("stop_rule") == "restart",
        bring_before=None if bring_before is None else from_ms(bring_before),
    )


def asked_documents(drawing: Drawing, asked: Sequence[Mapping[str, Any]]) -> tuple[DocumentLine, ...]:
    """Return what is still to be brought: {seq or name, counts, note} as the move's event keeps it."""
    procedure = drawing.catalogue.procedures.get(drawing.row.procedure)
    names = {one.seq: one.name_vi for one in procedure.documents} if procedure is not None else {}
    return tuple(
        DocumentLine(
            str(one.get("name") or names.get(one.get("seq", 0), one.get("seq", ""))),
            int(one.get("original", 0)),
            int(one.get("certified_copy", 0)),
            int(one.get("copy", 0)),
            int(one.get("electronic_copy", 0)),
            str(one.get("note", "")),
        )
        for one in asked
    )


def refusal_content(drawing: Drawing, event: Event) -> RefusalContent:
    """Return why a dossier is not accepted."""
    owner, submitter, _capacity = people_of(drawing.row)
    return RefusalContent(
        **_move(drawing, event),
        officer=drawing.officer,
        reason=_reason(event),
        ground=str(event.private.get("ground", "")),
        given_back=documents_of(drawing),
        submitter="" if submitter == owner else submitter.name,
    )


def apology_content(drawing: Drawing, event: Event) -> ApologyContent:
    """Return the apology: the due moment that cannot be kept, the cause, the new one."""
    row, body = drawing.row, event.body
    new_due_at = from_ms(body["due_at"])
    assert row.accepted_at is not None
    late = str(body.get("body") or "")
    return ApologyContent(
        **_move(replace(drawing, due_at=new_due_at), event),
        number=NUMBER_PLACE,
        officer="",  # the head of the unit signs, whose name the stamp brings
        accepted_at=row.accepted_at,
        due_at=_due_before(drawing, event),
        new_due_at=new_due_at,
        reason=_cause(event),
        late_unit=unit_name(drawing.catalogue, late) if late else "",
        return_place=unit_name(drawing.catalogue, row.returning_unit),
    )


def _due_before(drawing: Drawing, event: Event) -> datetime:
    """Return the due moment in force before the apology named its new one."""
    row = drawing.row
    set_at = event.body.get("done_at") or event.head.at
    earlier = [due for at, due in row.dues or () if at < set_at]
    assert row.promised_at is not None
    return from_ms(earlier[-1]) if earlier else row.promised_at


def _cause(event: Event) -> str:
    """Return why it is late: the cause's name, and what was said or proved beside it."""
    cause = next((one for one in CAUSES if one.id == event.body.get("cause")), None)
    parts = [in_language("vi", cause.name)] if cause is not None else []
    parts += [str(event.private[key]) for key in ("reason", "evidence") if event.private.get(key)]
    return "; ".join(parts)


def stop_content(drawing: Drawing, event: Event) -> StopContent:
    """Return the notice of a stop: a citizen's withdrawal, or what the competent body found."""
    row = drawing.row
    owner, submitter, _capacity = people_of(row)
    is_withdrawn = row.withdrawal_at is not None and row.withdrawal_at <= drawing.made_at
    whose = f"{submitter.name} ({'chủ hồ sơ' if submitter == owner else f'nộp thay {owner.name}'})"
    paid = sum(int(fee.get("fee_dong") or 0) + int(fee.get("charge_dong") or 0) for fee in _fees(drawing))
    return StopContent(
        **_move(drawing, event),
        number=NUMBER_PLACE,
        officer="",
        accepted_at=row.accepted_at,
        asked_by=f"Ông/Bà {whose}" if is_withdrawn else unit_name(drawing.catalogue, row.competent_unit or row.unit),
        asked_at=row.withdrawal_at if is_withdrawn else drawing.made_at,
        reason=_reason(event) or "người nộp hồ sơ đề nghị rút hồ sơ",
        ground=str(event.private.get("ground", "")),
        fees=written(paid) if paid else "",
        given_back=documents_of(drawing),
    )


def _fees(drawing: Drawing) -> list[Mapping[str, Any]]:
    return [fee for fee in drawing.row.fees or () if not fee.get("voided")]


def receipt_content(drawing: Drawing, event: Event, events: Sequence[Event]) -> ResultReceiptContent:
    """Return the receipt of a result that was handed over; events: the dossier's, in force, in order.

    The results are those that the hand-over names, else those that came back from the department before it.
    """
    context, row = drawing.context, drawing.row
    procedure = drawing.catalogue.procedures[row.procedure]
    owner, submitter, _capacity = people_of(row)
    receiver = people.read(event.private.get("receiver")) or people.read((row.people or {}).get("receiver"))
    receiver = receiver or submitter
    before = takewhile(lambda one: one.head.id != event.head.id, events)
    came_back = [results_of(one) for one in before if one.head.kind == "dossier.resolved"]
    results = results_of(event) or (came_back[-1] if came_back else ())
    return ResultReceiptContent(
        **common(drawing),
        procedure_name=procedure.name_vi,
        owner=owner,
        receiver=receiver,
        capacity="" if receiver == owner else "người nhận thay",
        results=results or (ResultLine(procedure.result_vi or procedure.alias),),
        returned_at=moment(event),
        officer=drawing.officer,
        officer_phone=context.settings.desk_phone,
        consignment=str(event.body.get("consignment") or ""),
        lost_slip=bool(event.body.get("lost_slip")),
        asks_survey=context.settings.survey_way == "phone" and bool(drawing.place.tracking_url),
        note=str(event.private.get("note", "")),
    )


def results_of(event: Event) -> tuple[ResultLine, ...]:
    """Return the result documents an event names: [{kind, number, summary, issued_on, count}], () for none."""
    return tuple(
        ResultLine(
            str(one.get("kind", "")),
            str(one.get("number", "")),
            str(one.get("summary", "")),
            str(one.get("issued_on", "")),
            int(one.get("count", 1)),
        )
        for one in event.private.get("results") or ()
    )


def fee_content(drawing: Drawing, event: Event) -> FeeReceiptContent:
    """Return the receipt of the money that `fee.taken` wrote down, phí and lệ phí apart.

    body: {fee_dong, charge_dong, lines, form (cash, transfer, online), receipt, receipt_form, series, tax_code};
    lines: [{kind, name, amount_dong}], else one line a sum.
    """
    row, body = drawing.row, event.body
    procedure = drawing.catalogue.procedures.get(row.procedure)
    name = procedure.name_vi if procedure is not None else row.procedure
    _owner, submitter, _capacity = people_of(row)
    return FeeReceiptContent(
        **common(drawing),
        form_number=str(body.get("receipt_form") or ""),
        series=str(body.get("series") or ""),
        receipt_number=str(body.get("receipt") or ""),
        tax_code=str(body.get("tax_code") or ""),
        payer=people.read(event.private.get("payer")) or submitter,
        procedure_name=name,
        lines=_fee_lines(body, name),
        payment=PAYMENTS.get(str(body.get("form", "cash")), PAYMENTS["cash"]),
        paid_at=moment(event),
        officer=drawing.officer,
    )


def _fee_lines(body: Mapping[str, Any], name: str) -> tuple[FeeLine, ...]:
    if body.get("lines"):
        return tuple(
            FeeLine("charge" if one.get("kind") == "charge" else "fee", str(one["name"]), int(one["amount_dong"]))
            for one in body["lines"]
        )
    sums: tuple[tuple[Literal["fee", "charge"], str], ...] = (("fee", "fee_dong"), ("charge", "charge_dong"))
    return tuple(FeeLine(kind, name, int(body[key])) for kind, key in sums if body.get(key))


def lost_slip_content(drawing: Drawing, returned: Event | None) -> LostSlipContent:
    """Return the statement of who takes a result without his slip; returned: the hand-over, None before it."""
    row = drawing.row
    owner, submitter, _capacity = people_of(row)
    receiver = people.read(returned.private.get("receiver")) if returned is not None else None
    receiver = receiver or submitter
    assert row.accepted_at is not None and row.promised_at is not None
    return LostSlipContent(
        **_about(drawing),
        receiver=receiver,
        capacity="" if receiver == owner else "người nhận thay",
        accepted_at=row.accepted_at,
        due_at=row.promised_at,
        officer=drawing.officer,
    )


def control_content(drawing: Drawing, events: Sequence[Event], names: Mapping[str, str]) -> ControlSlipContent:
    """Return the control slip with every hand-over so far; names: of officers by id, events: in force, in order."""
    row = drawing.row
    _owner, submitter, _capacity = people_of(row)
    assert row.accepted_at is not None and row.promised_at is not None
    return ControlSlipContent(
        **_about(drawing),
        submitter=submitter,
        term=term_said(row),
        accepted_at=row.accepted_at,
        due_at=row.promised_at,
        handovers=tuple(_handovers(drawing, events, names)),
        officer=drawing.officer,
    )


def _handovers(drawing: Drawing, events: Sequence[Event], names: Mapping[str, str]) -> list[HandoverLine]:
    row, lines = drawing.row, []
    holder = row.unit
    for event in events:
        taker = ""
        result: StepResult = ""
        if event.head.kind == "dossier.processing" and event.body.get("to"):
            taker = str(event.body["to"])
        elif event.head.kind == "dossier.resolved" and holder != (row.returning_unit or row.unit):
            taker = row.returning_unit or row.unit
            result = ended_timeliness(moment(event), row.due_at) if row.due_at is not None else ""
        if not taker:
            continue
        actor = names.get(event.head.actor or "", "")
        gives = holder == row.unit
        giving, receiving = unit_name(drawing.catalogue, holder), unit_name(drawing.catalogue, taker)
        note = str(event.private.get("note", ""))
        at = moment(event)
        lines.append(HandoverLine(giving, actor if gives else "", receiving, "" if gives else actor, at, result, note))
        holder = taker
    return lines


def _move(drawing: Drawing, event: Event) -> dict[str, Any]:
    return {**_about(drawing), "note": str(event.private.get("note", ""))}


def _about(drawing: Drawing) -> dict[str, Any]:
    """Return what every paper about one dossier under way says of it."""
    row = drawing.row
    owner: Person = people_of(row)[0]
    procedure = drawing.catalogue.procedures.get(row.procedure)
    phone = drawing.context.settings.desk_phone
    contact = ", ".join(part for part in (drawing.officer, f"số điện thoại {phone}" if phone else "") if part)
    return {
        **common(drawing),
        "owner": owner,
        "procedure_name": procedure.name_vi if procedure is not None else row.procedure,
        "procedure_code": row.procedure,
        "contact": contact if phone else "",
    }


def _reason(event: Event) -> str:
    return str(event.private.get("reason", ""))
