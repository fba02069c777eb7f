"""What use cases hand out: frozen, plain values that any thread, screen or command may keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from desk.rules.dossier import Channel, DocumentCount, OtherCode, Status
from desk.rules.people.person import Person

Timeliness = Literal["", "in_time", "due_soon", "overdue", "early", "on_time"]
"""Open: in_time, due_soon (due today or tomorrow), overdue. Resolved: early, on_time, overdue."""


Presence = Literal["whole", "stub", "looked_up", "left"]
"""How much of a dossier is here: all; where it is and no more; what the center had when it was looked up, or when
it left this unit."""


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One dossier in a list."""

    id: str
    code: str
    owner: str
    masked_id: str
    """The owner's number as lists show it."""
    procedure: str
    alias: str
    status: Status
    accepted_at: datetime | None
    due_at: datetime | None
    timeliness: Timeliness
    holder: str = ""
    held_since_at: datetime | None = None
    filed_at: datetime | None = None
    resolved_at: datetime | None = None
    place: str = ""
    """Where its result waits: a drawer, a box; "" where nobody said."""
    unit: str = ""
    """The receiving unit."""
    presence: Presence = "whole"


Which = Literal["", "open", "overdue", "resolved", "returned", "filed", "today", "mine"]


class Only(NamedTuple):
    """What a search is narrowed to: a standing, one procedure (its code), the officer who received it (his id)."""

    which: Which = ""
    procedure: str = ""
    officer: str = ""


EVERY: Final = Only()


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a dossier as people read it."""

    id: str
    at: datetime
    kind: str
    officer: str
    """The officer's name, or the desk's unit where it came from elsewhere."""
    note: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that was made, and how far it got."""

    id: str
    kind: str
    copy: int
    state: str
    made_at: datetime
    path: str
    code: str = ""
    dossier: str = ""
    job: str = ""
    """Id of its print job, "" where it has none."""


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """A scanned paper of a dossier; size in bytes."""

    sha256: str
    name: str
    size: int
    mime: str
    document: int
    """Its number in the procedure's list, 0 for none."""
    at: datetime
    is_here: bool
    """Whether the file itself is on this machine."""
    is_result: bool = False
    """Whether it is the result itself."""


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """A stretch in which one body held a dossier."""

    unit: str
    name: str
    since_at: datetime
    until_at: datetime | None
    """None: it holds it now."""
    minutes: int
    """Working minutes so far."""


@dataclass(frozen=True, slots=True)
class FeeTaken:
    """Money taken for a dossier."""

    id: str
    at: datetime
    amount_dong: int
    paid_by: str
    """cash, transfer or online."""
    series: str
    receipt: str
    """The receipt's number, "" where the paying place gave its own."""
    is_void: bool


@dataclass(frozen=True, slots=True)
class DossierView:
    """One dossier, whole."""

    line: DossierLine
    tracking: str
    short_form: str
    """The 22 digits a citizen types or a phone reads."""
    check_digits: str
    is_provisional: bool
    procedure_name: str
    procedure_case: str
    field: str
    channel: Channel
    owner: Person
    submitter: Person | None
    proxy: Person | None
    receiver: Person | None
    summary: str
    note: str
    documents: tuple[DocumentCount, ...]
    document_names: tuple[str, ...]
    set_count: int
    pages: int | None
    copies: int | None
    book_number: str
    """Number of a certification in its book and year, as papers write it; "" for all others."""
    fee_dong: int | None
    fee_ground: str
    other_codes: tuple[OtherCode, ...]
    promised_at: datetime | None
    returned_at: datetime | None
    competent_unit: str
    returning_unit: str
    survey: str
    supplement_count: int
    waiting_since_at: datetime | None
    history: tuple[HistoryLine, ...]
    papers: tuple[PaperLine, ...]
    is_sent: bool
    """Whether the center has every event of it."""
    status_before: str = ""
    slip_due: bool = False
    receiving_unit: str = ""
    holdings: tuple[HoldingLine, ...] = ()
    """Who held it since when, in order; the last one without an end holds it now."""
    causes: tuple[str, ...] = ()
    """Ids of the causes of delay recorded so far, in order."""
    apologised_at: datetime | None = None
    representative: Person | None = None
    fees: tuple[FeeTaken, ...] = ()
    """What was taken, in order; receipts that were voided among it."""
    catalogue: str = ""
    """The version of the catalogue it was accepted under."""
    attachments: tuple[AttachmentLine, ...] = ()
    incidents: tuple[str, ...] = ()
    """What two desks did that does not fit together, as message ids; empty once a person has settled it."""

    @property
    def taken_dong(self) -> int:
        """What was taken and not given back."""
        return sum(fee.amount_dong for fee in self.fees if not fee.is_void)

    @property
    def owed_dong(self) -> int:
        """What of a known fee is still to be taken."""
        return max(0, (self.fee_dong or 0) - self.taken_dong)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at again that kept nobody from going on."""

    id: str
    field: str
    said: str
    """In the officer's language."""
