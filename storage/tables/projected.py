"""Tables that follow from the event log alone; `desk rebuild` makes them anew.

They are the same at a desk and at the center. Nothing but storage/projections writes them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.columns import Day, Instant, JsonText

PROVISIONAL_SLOTS = 1000
"""Added to the slot for the serials of provisional codes, which are counted apart."""


class DossierRow(SQLModel, table=True):
    """A dossier as its events left it: the whole state, so that the next event needs no other table."""

    __tablename__ = "dossier"

    id: str = Field(primary_key=True)
    unit: str
    desk: str
    code: str | None = None
    tracking: str | None = None
    """The tracking number of the QR: a decimal number below 2^64, as text."""
    business_on: date | None = Field(default=None, sa_type=Day)
    serial: int | None = None
    is_provisional: int = 0
    procedure: str = ""
    procedure_case: str | None = None
    field: str = ""
    channel: str = "counter"
    catalogue: str = ""
    status: str = ""
    status_before: str = ""
    """The status a supplement, payment or withdrawal request goes back to."""
    filed_at: datetime | None = Field(default=None, sa_type=Instant)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)
    promised_at: datetime | None = Field(default=None, sa_type=Instant)
    """The due moment printed on the slip; a later due moment never touches it."""
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    term: Any = Field(default=None, sa_type=JsonText)
    """The statutory time under which it was accepted: {value, unit, cutoff, end_of_day, stop_rule}."""
    resolved_at: datetime | None = Field(default=None, sa_type=Instant)
    returned_at: datetime | None = Field(default=None, sa_type=Instant)
    refused_at: datetime | None = Field(default=None, sa_type=Instant)
    stopped_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawal_at: datetime | None = Field(default=None, sa_type=Instant)
    waiting_since_at: datetime | None = Field(default=None, sa_type=Instant)
    """Since when an open supplement or payment request waits for the citizen."""
    waits: Any = Field(default=None, sa_type=JsonText)
    """All waits so far: [{kind, from, to, due_before}], instants in ms; an open one has to = null."""
    dues: Any = Field(default=None, sa_type=JsonText)
    """Every due moment it had: [[set at, due at]], in ms."""
    holder: str = ""
    """The unit or department that holds the dossier now."""
    held_since_at: datetime | None = Field(default=None, sa_type=Instant)
    competent_unit: str = ""
    returning_unit: str = ""
    owner_name: str = ""
    owner_folded: str = ""
    owner_sort: str = ""
    people: Any = Field(default=None, sa_type=JsonText)
    """{owner, submitter, representative, proxy, receiver}: each the fields of a person that were given."""
    summary: str = ""
    note: str = ""
    documents: Any = Field(default=None, sa_type=JsonText)
    set_count: int = 1
    pages: int | None = None
    copies: int | None = None
    fee_dong: int | None = None
    fee_ground: str = ""
    fees: Any = Field(default=None, sa_type=JsonText)
    """Money taken: [{id, fee_dong, charge_dong, receipt, form, voided}]."""
    other_codes: Any = Field(default=None, sa_type=JsonText)
    """Codes in other systems: [{system, code}]."""
    slip: str = ""
    """`due`, `not_due`, or "" before acceptance."""
    apologised_at: datetime | None = Field(default=None, sa_type=Instant)
    delays: Any = Field(default=None, sa_type=JsonText)
    survey: str = ""
    """Whether the citizen was asked: answered, declined, no_answer, or "" not yet."""
    officer: str = ""
    """Who accepted (or refused) it."""
    assisted_by: str = ""
    is_erased: int = 0
    heads: Any = Field(default=None, sa_type=JsonText)
    """Ids of its events that no other event has seen yet: the parents of the next one."""
    undoable: Any = Field(default=None, sa_type=JsonText)
    """Ids of its events that count for nothing: undone, or of a desk that did not know that another had ended it."""
    incidents: Any = Field(default=None, sa_type=JsonText)
    """Ids and reasons of events that could not be applied to the state they met."""
    last_at: datetime | None = Field(default=None, sa_type=Instant)
    last_kind: str = ""
    book: str = ""
    """Of a certification: the book it is entered in (desk.rules.dossier.Book)."""
    book_year: int | None = None
    book_number: int | None = None
    place: str = ""
    """Where the result waits to be collected: a drawer, a box."""


class PaperRow(SQLModel, table=True):
    """A paper that was made; the bytes lie in the papers folder under `name`."""

    __tablename__ = "paper"

    id: str = Field(primary_key=True)
    """The id of its `paper.made` event."""
    dossier: str | None = None
    desk: str
    kind: str
    copy_no: int
    sha256: str
    name: str
    state: str
    """made, handed, confirmed, failed, unknown or voided."""
    officer: str = ""
    made_at: datetime = Field(sa_type=Instant)
    event: str | None = None
    """The event the paper belongs to (a move, a return), where it is not the acceptance."""


class SurveyFormRow(SQLModel, table=True):
    """One survey form; it never names the dossier."""

    __tablename__ = "survey_form"

    id: str = Field(primary_key=True)
    unit: str
    officer: str = ""
    field: str = ""
    level: str
    how: str
    is_quick: int = 0
    """Answered within two seconds of opening."""
    captured_at: datetime = Field(sa_type=Instant)


class OfficerRow(SQLModel, table=True):
    """An officer of the desk; the PIN's hash is elsewhere and no projection."""

    __tablename__ = "officer"

    id: str = Field(primary_key=True)
    desk: str
    name: str
    role: str
    badge: str = ""
    is_active: int = 1


class DeskRow(SQLModel, table=True):
    """A desk known to this node by its own events."""

    __tablename__ = "desk"

    id: str = Field(primary_key=True)
    unit: str
    agency_code: str
    slot: int
    epoch: int
    public_key: str
    center: str = ""
    """Address of the center it joined, "" before."""
    tracking_url: str = ""
    opened_at: datetime = Field(sa_type=Instant)
    clock_set_at: datetime | None = Field(default=None, sa_type=Instant)


class SerialRow(SQLModel, table=True):
    """The last serial a desk used in a slot of a business day."""

    __tablename__ = "serial"

    agency_code: str = Field(primary_key=True)
    business_on: date = Field(primary_key=True, sa_type=Day)
    slot: int = Field(primary_key=True)
    last: int


class BookRow(SQLModel, table=True):
    """The last number a unit's machine of one slot gave in a book of certification in a year."""

    __tablename__ = "book"

    unit: str = Field(primary_key=True)
    book: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    slot: int = Field(primary_key=True)
    last: int


class LookupKeyRow(SQLModel, table=True):
    """One thing a dossier is found by: its code, a number, a phone, each also reversed for its tail."""

    __tablename__ = "lookup_key"

    dossier: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)
