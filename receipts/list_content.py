"""What stands on the papers about many dossiers or about none: joint slip, register, hand-overs, statements, sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk.rules.dossier import Channel
from desk.rules.people.person import Person
from desk.rules.receipt_numbers import DaySheet
from receipts.content import PaperContent
from receipts.move_content import MoveContent


@dataclass(frozen=True, slots=True)
class JointLine:
    """One dossier of a joint slip, with the proof of its own."""

    code: str
    check_digits: str
    procedure_name: str
    competent_unit: str
    owner_name: str
    term: str
    set_count: int
    accepted_at: datetime
    due_at: datetime
    qr_text: str = ""
    short_digits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointSlipContent(PaperContent):
    """Mẫu 01 for several dossiers of one submitter (domain, 2.2); `code` is ""."""

    submitter: Person
    channel: Channel = "counter"
    return_place: str
    lines: tuple[JointLine, ...]
    officer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One dossier in the register; None and "" are left empty."""

    code: str
    procedure_name: str
    set_count: int
    owner_name: str
    address: str
    phone: str
    accepted_at: datetime
    due_at: datetime | None
    resolved_at: datetime | None = None
    returned_at: datetime | None = None
    competent_unit: str = ""
    sent_at: datetime | None = None
    """When it went to the body that resolves it."""
    back_at: datetime | None = None
    """When the result came back from there."""
    by_post: bool = False
    giver: str = ""
    receiver: str = ""
    field: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterContent(PaperContent):
    """Sổ theo dõi hồ sơ, any period and unit (domain, 2.8); `code` is ""."""

    from_on: date
    to_on: date
    lines: tuple[RegisterLine, ...]


@dataclass(frozen=True, slots=True)
class HandedLine:
    """One dossier that goes to a department."""

    code: str
    procedure_name: str
    submitter: str
    owner: str
    accepted_at: datetime
    term: str
    return_by: datetime
    """When the result must be back at the desk."""
    documents: str = ""
    """Names and counts, one document a line."""
    set_count: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverContent(PaperContent):
    """Giấy bàn giao hồ sơ, desk to department (domain, 2.9); `code` is ""."""

    giving_unit: str
    giver: str
    receiving_unit: str
    receiver: str = ""
    handed_at: datetime
    lines: tuple[HandedLine, ...]


@dataclass(frozen=True, slots=True)
class HandedResult:
    """One result that a department gives back."""

    code: str
    procedure_name: str
    kind: str
    number: str
    summary: str
    owner: str
    address: str
    has_fee: bool
    by_post: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultHandoverContent(PaperContent):
    """Phiếu bàn giao kết quả, department to desk (domain, 2.9); `code` is ""."""

    giving_unit: str
    giver: str = ""
    receiving_unit: str
    receiver: str
    handed_at: datetime
    lines: tuple[HandedResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LostSlipContent(MoveContent):
    """A person's statement that the appointment slip is lost (domain, 8); signed in place of the slip."""

    receiver: Person
    capacity: str = ""
    """As what he takes the result where he is not the owner."""
    accepted_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class HeldUpLine:
    """One dossier that an outage held up."""

    code: str
    owner: str
    procedure_name: str
    due_at: datetime | None
    minutes: int
    """Working minutes that it lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageContent(PaperContent):
    """The record of one fault of power, network or system (domain, 4.3 and 10); `code` is ""."""

    cause: str
    body: str = ""
    """Whose system or line it was."""
    began_at: datetime
    ended_at: datetime
    evidence: str = ""
    measures: str = ""
    """What the desk did meanwhile."""
    lines: tuple[HeldUpLine, ...] = ()
    officer: str
    signer_title: str = "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """The receipts of one officer, form and series on one day; `form` and `series` as the book names them."""

    officer: str
    form: str
    series: str
    sheet: DaySheet
    digits: int = 7
    """With how many digits a number is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCloseContent(PaperContent):
    """What one day came to: its dossiers and its receipts (domain, 7 and 8); `code` is ""."""

    day: date
    accepted: int
    returned: int
    waiting: int
    """Results that lie ready for their owners at the end of the day."""
    sheets: tuple[ReceiptSheet, ...]
    officer: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeContent(PaperContent):
    """An officer's badge; `code` is "" and `qr_text` his 26 digits (desk.rules.scans.badge_digits)."""

    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCheckContent(PaperContent):
    """The page by which a printer's head and a scanner are tried; `code` is "" and `qr_text` the test's text."""

    printer: str
