"""What stands on a paper, as plain frozen values: no row, no clock, no setting is read while drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from receipts.typeface import drawn

if TYPE_CHECKING:
    from desk.rules.dossier import Channel
    from desk.rules.people.person import Person

FormSet = Literal["2018", "2025"]
"""Whose forms: Thông tư 01/2018/TT-VPCP or Thông tư 03/2025/TT-VPCP."""
PaperSize = Literal["A5", "A4"]


# Only its fields are taken over, so no methods of its own are made for it: each slip's process would pay for them.
@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class PaperContent:
    """What every paper has: who makes it, for which dossier, which copy it is."""

    superior: str
    """The body above the unit, "" for none: first line of the head."""
    unit: str
    """The body that makes the paper, in capitals, in its name of that day: second line of the head."""
    unit_in_text: str = ""
    """The same body as it stands in a sentence; "" takes `unit`."""
    place: str
    """For "Móng Cái 2, ngày 05 tháng 9 năm 2026"."""
    made_at: datetime
    number: str = ""
    """The paper's own number and sign ("12/PXL-TTPVHCC"), "" for papers without one."""
    code: str
    check_digits: str = ""
    qr_text: str = ""
    """`desk.rules.proof.qr_text`; "" leaves the code out."""
    short_digits: str = ""
    """The 22 digits of the short form, "" leaves them out."""
    lookup: str = ""
    """Where a citizen asks: an address, a page, a telephone, in one line."""
    practice: bool = False
    copy: int = 1
    """1 is the original; 2 and more are reprints and say when and by whom."""
    reprinted_at: datetime | None = None
    reprinted_by: str = ""
    reprint: int = 0
    """Which reprint of its own act it is; 0 where that is `copy` - 1. The copy of a second supplement request
    counts on from the first one's, its reprints begin at 1 again."""
    replaces: int = 0
    """The copy that was marked void and whose place this one takes; 0 for none."""
    void: str = ""
    """Why the paper is no longer good; "" for a good one."""
    form_set: FormSet = "2025"
    size: PaperSize = "A5"


class DocumentLine(NamedTuple):
    """One document of the dossier and how many were handed in."""

    name: str
    original: int = 0
    certified_copy: int = 0
    copy: int = 0
    electronic_copy: int = 0
    note: str = ""


class CertifiedDocument(NamedTuple):
    """One document brought for certification: its pages, and how many copies are asked for."""

    name: str
    pages: int
    copies: int
    electronic_copies: int = 0
    """Copies signed electronically."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipContent(PaperContent):
    """Mẫu 01: receipt of a dossier and appointment for its result (domain, 2.2)."""

    submitter: Person
    capacity: str = ""
    """As what the submitter came where he is not the owner: "người được ủy quyền"."""
    channel: Channel = "counter"
    owner: Person | None = None
    """None: the submitter is the owner."""
    procedure_name: str
    procedure_code: str = ""
    summary: str = ""
    """Trích yếu, where more is to be said than the procedure's name."""
    documents: tuple[DocumentLine, ...] = ()
    certified: tuple[CertifiedDocument, ...] = ()
    """For certification, in place of `documents`."""
    book_number: str = ""
    """Number of the certification in its book and year."""
    set_count: int = 1
    term: str
    """Statutory time in words: `receipts.wording.term_words`."""
    accepted_at: datetime
    due_at: datetime
    return_place: str
    """Where the result will be collected."""
    competent_unit: str = ""
    """Who resolves it, where that is another body."""
    fee: str = ""
    """What was paid or is to be paid, in words; "" where unknown: nothing unknown is printed as 0."""
    other_codes: tuple[str, ...] = ()
    officer: str
    note: str = ""


def texts_of(content: object) -> Iterator[str]:
    """Yield every text inside a content, as it will be drawn."""
    if isinstance(content, str):
        yield drawn(content)
    elif isinstance(content, tuple):
        for part in content:
            yield from texts_of(part)
    elif is_dataclass(content):
        for part in fields(content):
            yield from texts_of(getattr(content, part.name))
