"""What stands on the papers about many dossiers or about none, read from the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from desk.cases.context import Context
from desk.cases.move_papers import results_of
from desk.cases.paper_content import (
    CopyMark,
    desk_fields,
    documents_of,
    drawing_of,
    mark_fields,
    people_of,
    signed_text,
    term_said,
    unit_name,
)
from desk.clock import from_ms, office_day
from desk.rules import books
from desk.rules.codes import check_digits
from desk.rules.delays import CAUSES
from desk.rules.dossier import Channel
from desk.rules.money import written
from desk.rules.people.person import Person
from desk.rules.proof import short_digits
from desk.rules.reading_test import TEST_TEXT
from desk.rules.receipt_numbers import PaidBy, TakenReceipt, day_sheet
from desk.words import in_language
from receipts.content import DocumentLine
from receipts.list_content import (
    BadgeContent,
    DayCloseContent,
    HandedLine,
    HandedResult,
    HandoverContent,
    HeadCheckContent,
    HeldUpLine,
    JointLine,
    JointSlipContent,
    OutageContent,
    ReceiptSheet,
    RegisterContent,
    RegisterLine,
    ResultHandoverContent,
)
from storage.projections.fold import moment
from storage.tables.projected import DossierRow
from storage.wire import Event


def joint_slip_content(
    context: Context, copies: Sequence[tuple[DossierRow, int]], officer: str, mark: CopyMark, made_at: datetime
) -> JointSlipContent:
    """Return one slip for dossiers of one submitter; copies: each with the copy its proof names."""
    first = copies[0][0]
    catalogue = context.reference.of_version(first.catalogue)
    return JointSlipContent(
        **_desk(context, mark, made_at),
        submitter=people_of(first)[1],
        channel=cast(Channel, first.channel),
        return_place=unit_name(catalogue, first.returning_unit),
        lines=tuple(_joint_line(context, row, copy, made_at) for row, copy in copies),
        officer=officer,
    )


def _joint_line(context: Context, row: DossierRow, copy: int, made_at: datetime) -> JointLine:
    drawing = drawing_of(context, row, "joint_slip", CopyMark(copy), made_at)
    procedure = drawing.catalogue.procedures.get(row.procedure)
    assert row.accepted_at is not None and row.promised_at is not None
    return JointLine(
        row.code or "",
        check_digits(row.code) if row.code else "",
        procedure.name_vi if procedure is not None else row.procedure,
        unit_name(drawing.catalogue, row.competent_unit or row.unit),
        people_of(row)[0].name,
        term_said(row),
        row.set_count,
        row.accepted_at,
        row.promised_at,
        signed_text(drawing),
        short_digits(int(row.tracking)) if row.tracking else "",
    )


def register_content(
    context: Context,
    rows: Sequence[tuple[DossierRow, Sequence[Event]]],
    names: Mapping[str, str],
    days: tuple[date, date],
    unit: str,
    mark: CopyMark,
    made_at: datetime,
) -> RegisterContent:
    """Return the register of dossiers with their events in force; names: of officers by id."""
    return RegisterContent(
        **_desk(context, mark, made_at, unit),
        from_on=days[0],
        to_on=days[1],
        lines=tuple(_register_line(context, row, events, names) for row, events in rows),
    )


def _register_line(
    context: Context, row: DossierRow, events: Sequence[Event], names: Mapping[str, str]
) -> RegisterLine:
    catalogue = context.reference.of_version(row.catalogue)
    procedure = catalogue.procedures.get(row.procedure)
    owner = people_of(row)[0]
    sent = next((event for event in events if event.head.kind == "dossier.processing" and event.body.get("to")), None)
    returned = next((event for event in reversed(events) if event.head.kind == "dossier.returned"), None)
    if row.returned_at is None:
        returned = None
    receiver = (row.people or {}).get("receiver") or {}
    assert row.accepted_at is not None
    return RegisterLine(
        row.code or "",
        procedure.name_vi if procedure is not None else row.procedure,
        row.set_count,
        owner.name,
        owner.address,
        owner.phone,
        row.accepted_at,
        row.promised_at,
        row.resolved_at,
        row.returned_at,
        unit_name(catalogue, row.competent_unit or row.unit),
        moment(sent) if sent is not None else None,
        row.resolved_at if sent is not None else None,
        returned is not None and returned.body.get("how") == "post",
        names.get(returned.head.actor or "", "") if returned is not None else "",
        str(receiver.get("name", "")) if returned is not None else "",
        procedure.field_vi if procedure is not None else row.field,
        "\n".join(part for part in (_certified(row), row.note) if part),
    )


def _certified(row: DossierRow) -> str:
    """Return the number in the book of certification as the register's last column notes it."""
    number = books.written(row.book, row.book_year, row.book_number)
    return number and f"Số CT {number}"


def handover_content(
    context: Context, rows: Sequence[DossierRow], event: Event, officer: str, mark: CopyMark
) -> HandoverContent:
    """Return the list of dossiers that `handover.made` gave to a department; body: {to, dossiers, return_by}."""
    catalogue = context.reference.now()
    place = context.place()
    return_by = event.body.get("return_by")
    return HandoverContent(
        **_desk(context, mark, moment(event)),
        giving_unit=unit_name(catalogue, place.unit),
        giver=officer,
        receiving_unit=unit_name(catalogue, str(event.body.get("to", ""))),
        receiver=str(event.private.get("receiver", "")),
        handed_at=moment(event),
        lines=tuple(_handed_line(context, row, return_by) for row in rows),
    )


def _handed_line(context: Context, row: DossierRow, return_by: int | None) -> HandedLine:
    assert row.accepted_at is not None
    drawing = drawing_of(context, row, "handover", CopyMark(), row.accepted_at)
    owner, submitter, _capacity = people_of(row)
    procedure = drawing.catalogue.procedures.get(row.procedure)
    return HandedLine(
        row.code or "",
        procedure.name_vi if procedure is not None else row.procedure,
        submitter.name,
        owner.name,
        row.accepted_at,
        term_said(row),
        from_ms(return_by) if return_by is not None else row.due_at or row.accepted_at,
        "\n".join(map(_counted, documents_of(drawing))),
        row.set_count,
    )


def _counted(line: DocumentLine) -> str:
    counts = (
        (line.original, "bản chính"),
        (line.certified_copy, "bản sao chứng thực"),
        (line.copy, "bản chụp"),
        (line.electronic_copy, "bản điện tử"),
    )
    said = ", ".join(f"{count:02d} {name}" for count, name in counts if count)
    return f"{line.name} ({said})" if said else line.name


def results_content(
    context: Context, rows: Sequence[DossierRow], event: Event, officer: str, mark: CopyMark
) -> ResultHandoverContent:
    """Return the list of results that `handover.received` brought back; body: {from, dossiers}.

    Its private part may name the giver and, in the order of the dossiers, each result {kind, number, summary}.
    """
    catalogue = context.reference.now()
    place = context.place()
    named = results_of(event)
    lines = []
    for at, row in enumerate(rows):
        procedure = context.reference.of_version(row.catalogue).procedures.get(row.procedure)
        result = named[at] if at < len(named) else None
        owner = people_of(row)[0]
        lines.append(
            HandedResult(
                row.code or "",
                procedure.name_vi if procedure is not None else row.procedure,
                (result.kind if result is not None else "") or (procedure.result_vi if procedure is not None else ""),
                result.number if result is not None else "",
                result.summary if result is not None else "",
                owner.name,
                owner.address,
                bool(row.fee_dong),
                row.channel == "post",
            )
        )
    return ResultHandoverContent(
        **_desk(context, mark, moment(event)),
        giving_unit=unit_name(catalogue, str(event.body.get("from", ""))),
        giver=str(event.private.get("giver", "")),
        receiving_unit=unit_name(catalogue, place.unit),
        receiver=officer,
        handed_at=moment(event),
        lines=tuple(lines),
    )


def outage_content(
    context: Context, rows: Mapping[str, DossierRow], event: Event, officer: str, mark: CopyMark
) -> OutageContent:
    """Return the record of `outage.recorded`; body: {from, to, cause, body, dossiers: [{id, minutes}]}."""
    body = event.body
    cause = next((one for one in CAUSES if one.id == body.get("cause")), None)
    catalogue = context.reference.now()
    held_up = [(rows[one["id"]], int(one.get("minutes", 0))) for one in body.get("dossiers", ()) if one["id"] in rows]
    whose = str(body.get("body") or "")
    return OutageContent(
        **_desk(context, mark, moment(event)),
        cause=in_language("vi", cause.name) if cause is not None else str(body.get("cause", "")),
        body=unit_name(catalogue, whose) if whose else "",
        began_at=from_ms(body["from"]),
        ended_at=from_ms(body["to"]),
        evidence=str(event.private.get("evidence", "")),
        measures=str(event.private.get("measures", "")),
        lines=tuple(
            HeldUpLine(
                row.code or "",
                people_of(row)[0].name,
                context.reference.procedure(row.procedure, row.catalogue).name_vi,
                row.promised_at,
                minutes,
            )
            for row, minutes in held_up
        ),
        officer=officer,
    )


def day_close_content(
    context: Context,
    day: date,
    counts: tuple[int, int, int],
    fees: Iterable[Event],
    voided: frozenset[str],
    names: Mapping[str, str],
    officer: str,
    mark: CopyMark,
    made_at: datetime,
) -> DayCloseContent:
    """Return the sheet of a day; counts: accepted, returned, waiting; fees: every `fee.taken` of the desk.

    voided: ids of those that were taken back: their numbers stay, their money does not count.
    """
    accepted, returned, waiting = counts
    of_day = [fee for fee in fees if office_day(moment(fee)) == day]
    without = [_amount(fee) for fee in of_day if not _number(fee) and fee.head.id not in voided]
    return DayCloseContent(
        **_desk(context, mark, made_at),
        day=day,
        accepted=accepted,
        returned=returned,
        waiting=waiting,
        sheets=_sheets(of_day, voided, names),
        officer=officer,
        note=f"{len(without)} khoản thu chưa ghi số biên lai, cộng {written(sum(without))}" if without else "",
    )


def badge_content(context: Context, officer: str, digits: str, mark: CopyMark, made_at: datetime) -> BadgeContent:
    """Return the badge of an officer; digits: what his code carries."""
    return BadgeContent(**{**_desk(context, mark, made_at), "qr_text": digits}, officer=officer)


def head_check_content(context: Context, printer: str, made_at: datetime) -> HeadCheckContent:
    """Return the test page of a printer, with the text of the scanner's reading test."""
    return HeadCheckContent(**{**_desk(context, CopyMark(), made_at), "qr_text": TEST_TEXT}, printer=printer)


def _sheets(fees: Sequence[Event], voided: frozenset[str], names: Mapping[str, str]) -> tuple[ReceiptSheet, ...]:
    """Return one sheet for each officer, form and series; money without a receipt's number is not on any."""
    taken: dict[tuple[str, str, str], list[TakenReceipt]] = defaultdict(list)
    digits: dict[tuple[str, str, str], int] = {}
    for fee in fees:
        body, number = fee.body, _number(fee)
        if not number:
            continue
        key = (fee.head.actor or "", str(body.get("receipt_form") or ""), str(body.get("series") or ""))
        paid_by = str(body.get("form", "cash"))
        how = cast(PaidBy, paid_by if paid_by in ("cash", "transfer", "online") else "cash")
        taken[key].append(TakenReceipt(int(number), _amount(fee), how, fee.head.id in voided))
        digits[key] = max(digits.get(key, 0), len(number))
    return tuple(
        ReceiptSheet(names.get(key[0], ""), key[1], key[2], day_sheet(receipts), digits[key])
        for key, receipts in sorted(taken.items(), key=lambda item: (names.get(item[0][0], ""), item[0]))
    )


def _number(fee: Event) -> str:
    number = str(fee.body.get("receipt") or "")
    return number if number.isascii() and number.isdigit() else ""


def _amount(fee: Event) -> int:
    return int(fee.body.get("fee_dong") or 0) + int(fee.body.get("charge_dong") or 0)


def same_submitter(rows: Iterable[DossierRow]) -> bool:
    """Tell whether the dossiers came by one hand: the same number, or the same name where none has a number."""

    def who(person: Person) -> str:
        return person.personal_id or person.tax_code or person.name

    return len({who(people_of(row)[1]) for row in rows}) == 1


def _desk(context: Context, mark: CopyMark, made_at: datetime, unit: str = "") -> dict[str, Any]:
    place = context.place()
    return {
        **desk_fields(context, place, context.reference.now(), unit or place.unit),
        **mark_fields(mark),
        "made_at": made_at,
        "code": "",
    }
