"""What stands on the papers of a dossier's moves: supplement, refusal, apology, stop, hand-overs, fees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desk.rules.people.person import Person
from receipts.content import DocumentLine, PaperContent


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveContent(PaperContent):
    """A paper about one dossier under way."""

    owner: Person
    procedure_name: str
    procedure_code: str = ""
    officer: str
    """Who makes the paper; of letters, who signs them."""
    contact: str = ""
    """Where to ask: officer, telephone, page, in one line."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementContent(MoveContent):
    """Mẫu 02: what is still needed (domain, 2.3)."""

    stage: Literal["reception", "appraisal"] = "reception"
    accepted_at: datetime | None = None
    """When the dossier was accepted; None before that."""
    documents: tuple[DocumentLine, ...]
    """What to bring, each with its reason as note."""
    reason: str
    restarts: bool = False
    """True where the statutory time begins anew with the supplement, False where it goes on."""
    bring_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalContent(MoveContent):
    """Mẫu 03: why a dossier is not accepted (domain, 2.4)."""

    reason: str
    """In words a citizen can act on; a technical code is no reason."""
    ground: str = ""
    """The provision it rests on."""
    given_back: tuple[DocumentLine, ...] = ()
    submitter: str = ""
    """Who stands at the desk and signs, "" where it is the owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyContent(MoveContent):
    """Mẫu 04: the desk says sorry and names a new day (domain, 2.5)."""

    accepted_at: datetime
    due_at: datetime
    """The due moment that cannot be kept."""
    new_due_at: datetime
    reason: str
    late_unit: str = ""
    """The body that is late."""
    return_place: str = ""
    signer_title: str = "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopContent(MoveContent):
    """Mẫu 05 of 2025: the dossier is stopped (domain, 2.6)."""

    accepted_at: datetime | None = None
    asked_by: str = ""
    """Who asked to stop: the citizen who withdraws, or the body that found the ground."""
    asked_at: datetime | None = None
    reason: str
    ground: str = ""
    fees: str = ""
    """What becomes of money paid; "" where none was."""
    given_back: tuple[DocumentLine, ...] = ()
    signer_title: str = "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"


StepResult = Literal["early", "on_time", "overdue", ""]


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One hand-over of the file: who gave it to whom, and how the step before ended."""

    giving_unit: str
    giver: str
    receiving_unit: str
    receiver: str
    at: datetime
    result: StepResult = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSlipContent(MoveContent):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ, which travels with the file (domain, 2.7)."""

    submitter: Person
    term: str
    accepted_at: datetime
    due_at: datetime
    handovers: tuple[HandoverLine, ...] = ()
    blank_rows: int = 3
    """Rows left to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One sum on a receipt; phí and lệ phí stand apart."""

    kind: Literal["fee", "charge"]
    name: str
    amount_dong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeReceiptContent(PaperContent):
    """Biên lai thu phí, lệ phí, in three copies (domain, 2.9)."""

    form_number: str = ""
    series: str = ""
    receipt_number: str = ""
    """Given by the finance officer, never by this program; "" leaves a place to write them."""
    tax_code: str = ""
    """Of the collecting unit."""
    payer: Person
    procedure_name: str
    lines: tuple[FeeLine, ...]
    payment: str = "Tiền mặt"
    paid_at: datetime
    officer: str
    """Who took the money."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One result document handed over."""

    kind: str
    number: str = ""
    summary: str = ""
    issued_on: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReceiptContent(PaperContent):
    """Giấy biên nhận trả kết quả (domain, 2.9): the desk hands the result to the citizen."""

    procedure_name: str
    owner: Person
    receiver: Person
    capacity: str = ""
    """As what the receiver came where he is not the owner."""
    results: tuple[ResultLine, ...]
    returned_at: datetime
    officer: str
    officer_phone: str = ""
    consignment: str = ""
    """The post's number, where the result went by post."""
    lost_slip: bool = False
    """The appointment slip was not there; the receiver was identified instead."""
    asks_survey: bool = False
    """The code of the paper leads to a page on which the citizen may rate the service."""
    note: str = ""
