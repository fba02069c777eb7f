"""What a dossier is made of, as plain values: its documents, its procedure, the form of an intake.

Everything here is frozen and free of I/O; the same values travel between screens, cases, papers and log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from desk.rules.people.person import Person

Status = Literal[
    "filed",
    "accepted",
    "refused",
    "processing",
    "supplement_requested",
    "payment_requested",
    "withdrawal_requested",
    "stopped",
    "resolved",
    "returned",
]
"""The ten national statuses, in the order of their codes 1 to 10 (domain, 4.1)."""

Channel = Literal["counter", "online", "post"]
Book = Literal["copy", "signature", "transaction"]
"""The books of certification (Nghị định 23/2015/NĐ-CP), each with numbers of its own."""
SlipPolicy = Literal["always", "never", "if_not_handed_over_now"]
TermUnit = Literal["working_day", "calendar_day", "hour", "within_day"]
RESULT: Final = -1
"""What stands for a document's number where an attached file is the result itself, which is in no procedure's list."""


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """How many of one required document were handed in; seq is its number in the procedure's list."""

    seq: int
    original: int = 0
    certified_copy: int = 0
    copy: int = 0
    electronic_copy: int = 0

    @property
    def total(self) -> int:
        """All copies of every kind."""
        return self.original + self.certified_copy + self.copy + self.electronic_copy


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """One row of a procedure's list of documents, as imported (sample_data/required_documents.csv)."""

    seq: int
    name_vi: str
    name_en: str
    form: Literal["form", "original", "copy", "certified_copy", "present", "photo"]
    originals: int
    copies: int
    required: bool
    """True where `required` is `yes` and `form` is not `present` (decisions, 5)."""
    condition_vi: str = ""
    condition_en: str = ""
    reuse_source: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A statutory time: `value` units; cut-off (office time "HH:MM") only for `within_day`."""

    value: float
    unit: TermUnit
    cutoff: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of an administrative procedure, valid from a day on."""

    code: str
    alias: str
    """At most 28 letters, checked at import: what lists and favourites show."""
    name_vi: str
    name_en: str
    field_code: str
    field_vi: str
    field_en: str
    term: Term
    fee_dong: int | None
    """None = unknown: the provincial council sets it, intake asks (decisions, 5); 0 = free."""
    fee_basis_vi: str
    channels: tuple[Channel, ...]
    slip_policy: SlipPolicy
    result_vi: str
    result_en: str
    agency_vi: str = ""
    agency_en: str = ""
    level: str = "commune"
    routed_to: str = ""
    specialised_software: str = ""
    online_level: str = ""
    expected_frequency: str = ""
    time_variants: str = ""
    published_time: str = ""
    """A shorter time that the commune has published beside the law's, as parse_term reads it; "" for none."""
    sector_code: str = ""
    documents: tuple[RequiredDocument, ...] = ()
    certification: str = ""
    """The book its certification is entered in (Book), "" for all others."""
    everyday_words: tuple[str, ...] = ()
    """What people call it at the counter; found beside alias and name."""
    result_code: str = ""
    publishing_decision: str = ""
    unconfirmed: tuple[str, ...] = ()
    """What no source confirmed and is shown as such: `term`, `fee`, `channels`, `documents`, ..."""
    valid_from: date | None = None
    """The first day this version holds; None = from its import on."""

    @property
    def counts_pages(self) -> bool:
        """Whether it is received by pages and copies: copies and signatures, no transactions."""
        return self.certification in ("copy", "signature")

    @property
    def number(self) -> int:
        """The code as the number a QR carries: 1.001193 is 1001193."""
        return int(self.code.replace(".", ""))


@dataclass(frozen=True, slots=True)
class OtherCode:
    """A code that another system gave the dossier."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """What the officer (or `desk intake`) hands to the intake case; commands.md names the JSON of it."""

    procedure: str
    owner: Person
    channel: Channel = "counter"
    case: str | None = None
    submitter: Person | None = None
    """None: the owner, his representative or his proxy came."""
    proxy: Person | None = None
    representative: Person | None = None
    """Who stands for the owner by law or charter: a parent or guardian, the head of an organisation."""
    documents: tuple[DocumentCount, ...] | None = None
    """None: everything required was handed in as asked."""
    code: str | None = None
    """The portal's code of a dossier filed online, or a code it already has elsewhere."""
    other_codes: tuple[OtherCode, ...] = ()
    filed_at: datetime | None = None
    assisted_by: str = ""
    fee_dong: int | None = None
    fee_ground: str = ""
    set_count: int = 1
    summary: str = ""
    competent_unit: str = ""
    returning_unit: str = ""
    pages: int | None = None
    copies: int | None = None
    note: str = ""
    accept_incomplete: bool = False
    reason: str = ""
