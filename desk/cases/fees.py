"""Taking a dossier's fee with its receipt, voiding a receipt, and the ranges of receipt numbers.

A range is reference data of the finance officer: its `reference.imported` event holds the whole of it, so that it
survives with the log and its mirror. Which numbers are used is what the receipts in the log say, read under the
writer's lock: two programs on one home never give the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desk.cases.context import Context, Officer
from desk.cases.correcting import void_paper
from desk.cases.lines import found_row
from desk.cases.reading import fees_of
from desk.cases.views import FeeTaken
from desk.clock import office_day
from desk.errors.acts import DossierUndone
from desk.errors.base import DeskError
from desk.errors.receipts import (
    FeeBeforeAcceptance,
    FeeExempt,
    FeeNotKnown,
    FeeNotTaken,
    FeeTooMuch,
    NothingToPay,
    VoidReasonNeeded,
)
from desk.rules.fee_rows import FeeAsked
from desk.rules.fees import FeeLine, receipt_lines
from desk.rules.money import LARGEST_DONG, written
from desk.rules.receipt_numbers import PaidBy, Receipt, ReceiptRange, check_range, receipt_for
from desk.text import clean_line
from storage.queries import desks, dossiers
from storage.queries.fees import numbers_used, receipt_ranges
from storage.store import Session
from storage.tables.projected import DossierRow
from storage.wire import Event

_LONGEST = 2000
_KIND = "receipt_range"


class GivenRange(NamedTuple):
    """A range that the finance officer gave this desk."""

    numbers: ReceiptRange
    given_by: str
    given_on: date
    used: int
    """How many of its numbers stand on receipts."""


class Owing(NamedTuple):
    """What is left to pay for a dossier, and the receipt that would be given now."""

    code: str
    fee_dong: int | None
    taken_dong: int
    proposed_dong: int | None
    """What is left; where the fee is not known, what was last given for the procedure here."""
    receipt: Receipt | None
    """None: no range has a number left, so one has to be typed."""


class Taken(NamedTuple):
    """Money that is saved; its receipt is owed where it has a number."""

    dossier: str
    code: str
    event: str
    amount_dong: int
    receipt: Receipt | None


class Voided(NamedTuple):
    """A receipt that is void."""

    dossier: str
    code: str
    amount_dong: int
    receipt: str


@dataclass(frozen=True, slots=True)
class Fees:
    """Takes fees and gives their receipts."""

    context: Context

    def owing(self, code: str) -> Owing:
        """Return what is left to pay for a dossier.

        Raises DossierUnknown, DossierUndone, FeeBeforeAcceptance, FeeExempt, NothingToPay.
        """
        with self.context.store.reading() as session:
            row = found_row(session, code)
            left, taken = _left(row), _taken(row)
            last = dossiers.last_fee(session, row.procedure) if left is None else None
            try:
                receipt = self._receipt(session, "", "")
            except DeskError:
                receipt = None
        return Owing(row.code or "", row.fee_dong, taken, left if last is None else last[0], receipt)

    def take(
        self,
        code: str,
        officer: Officer,
        *,
        amount_dong: int | None = None,
        paid_by: PaidBy = "cash",
        number: str = "",
        series: str = "",
    ) -> Taken:
        """Write down money for a dossier; its receipt, a paper, is owed.

        amount_dong: None for all that is left. number: as typed; "" for the next of the ranges, and for none at
        all where the money came online and the gate gave its own receipt. Raises as `owing`, FeeNotKnown,
        FeeTooMuch, and what `receipt_for` raises.
        """
        number, series = clean_line(number)[:40], clean_line(series)[:40]
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            left = _left(row)
            amount = left if amount_dong is None else amount_dong
            if amount is None:
                raise FeeNotKnown(code=row.code or "")
            most = LARGEST_DONG if left is None else left
            if not 0 < amount <= most:
                raise FeeTooMuch(code=row.code or "", left=written(most))
            receipt = None if paid_by == "online" and not number else self._receipt(act.session, number, series)
            lines = self._lines(row, amount)
            procedure = self.context.reference.procedure(row.procedure, row.catalogue)
            body = {
                "fee_dong": sum(line.amount_dong for line in lines if line.kind == "fee"),
                "charge_dong": sum(line.amount_dong for line in lines if line.kind == "charge"),
                "lines": [
                    {"kind": line.kind, "name": procedure.name_vi, "amount_dong": line.amount_dong} for line in lines
                ],
                "form": paid_by,
                "receipt": None if receipt is None else receipt.number,
                "receipt_form": None if receipt is None else receipt.form,
                "series": None if receipt is None else receipt.series,
                "papers": [] if receipt is None else ["fee_receipt"],
            }
            event = act.append("fee.taken", body, None, row.id)
            return Taken(row.id, row.code or "", event.head.id, amount, receipt)

    def void(self, code: str, reason: str, officer: Officer, *, number: str = "") -> Voided:
        """Void the receipt `number` of a dossier, the last one in force without it; returns what it was.

        The number stays used; the paper is marked void. Raises DossierUnknown, VoidReasonNeeded, FeeNotTaken.
        """
        reason, number = clean_line(reason)[:_LONGEST], clean_line(number)
        if not reason:
            raise VoidReasonNeeded()
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            mine = [fee for fee in fees_of(row) if not fee.is_void and (not number or _is(fee, number))]
            if not mine:
                raise FeeNotTaken(code=row.code or "")
            gone = mine[-1]
            act.append("fee.voided", {"fee": gone.id}, {"reason": reason}, row.id)
            for paper in desks.papers_of_event(act.session, gone.id):
                void_paper(act, paper, row.id)
            return Voided(row.id, row.code or "", gone.amount_dong, gone.receipt)

    def give_range(self, numbers: ReceiptRange, given_by: str, given_on: date, officer: Officer) -> None:
        """Keep a range that the finance officer gave this desk; raises ReceiptRangeWrong, ReceiptRangeOverlaps."""
        with self.context.log.act(officer.id) as act:
            check_range(numbers, _ranges(receipt_ranges(act.session, self.context.settings.desk)))
            body = {
                "kind": _KIND,
                "receipt_form": numbers.form,
                "series": numbers.series,
                "first": numbers.first,
                "last": numbers.last,
                "digits": numbers.digits,
                "given_on": given_on.isoformat(),
            }
            act.append("reference.imported", body, {"given_by": clean_line(given_by)[:200]})

    def ranges(self) -> tuple[GivenRange, ...]:
        """Return the ranges given to this desk, in the order in which they were entered."""
        with self.context.store.reading() as session:
            events = receipt_ranges(session, self.context.settings.desk)
            known = _ranges(events)
            used = numbers_used(session, self._unit, (one.series for one in known))
        return tuple(
            GivenRange(
                one,
                str(event.private.get("given_by", "")),
                date.fromisoformat(event.body["given_on"]),
                sum(one.first <= number <= one.last for number in used.get((one.form, one.series), ())),
            )
            for one, event in zip(known, events, strict=True)
        )

    @property
    def _unit(self) -> str:
        return self.context.log.identity.unit

    def _receipt(self, session: Session, number: str, series: str) -> Receipt:
        known = _ranges(receipt_ranges(session, self.context.settings.desk))
        used = numbers_used(session, self._unit, {series, *(one.series for one in known)})
        return receipt_for(number, series, known, used)

    def _lines(self, row: DossierRow, amount_dong: int) -> Sequence[FeeLine]:
        assert row.accepted_at is not None
        asked = FeeAsked(
            on=office_day(row.accepted_at),
            channel=row.channel,  # type: ignore[arg-type]  # a channel
            case=row.procedure_case,
            pages=row.pages,
            copies=row.copies,
        )
        return receipt_lines(self.context.reference.procedure(row.procedure, row.catalogue), asked, amount_dong)


def _is(fee: FeeTaken, number: str) -> bool:
    """Tell whether a receipt has the number typed; leading zeros do not matter."""
    return bool(fee.receipt) and fee.receipt.lstrip("0") == number.lstrip("0")


def _taken(row: DossierRow) -> int:
    return sum(fee.amount_dong for fee in fees_of(row) if not fee.is_void)


def _left(row: DossierRow) -> int | None:
    """Return what is left to pay, None where the fee is not known; raises why nothing can be taken."""
    code = row.code or ""
    if not row.status:
        raise DossierUndone(code=code)
    if row.accepted_at is None:
        raise FeeBeforeAcceptance(code=code)
    if row.fee_dong is None:
        return None
    if row.fee_dong == 0:
        raise FeeExempt(code=code)
    taken = _taken(row)
    if taken >= row.fee_dong:
        raise NothingToPay(code=code, taken=written(taken))
    return row.fee_dong - taken


def _ranges(events: Iterable[Event]) -> list[ReceiptRange]:
    return [
        ReceiptRange(
            str(event.body["receipt_form"]),
            str(event.body["series"]),
            int(event.body["first"]),
            int(event.body["last"]),
            int(event.body["digits"]),
        )
        for event in events
    ]
