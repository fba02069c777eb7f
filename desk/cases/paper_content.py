"""What stands on the slip, and what every paper of a dossier has: head, proof, code, people, marks of a copy.

All of it is read from the log's projections alone: the same dossier and copy give the same paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from desk.cases import people
from desk.cases.context import Context, Place
from desk.cases.reference import Catalogue
from desk.keys import key_id, owner_tag
from desk.rules import books
from desk.rules.codes import check_digits
from desk.rules.dossier import Channel, Term
from desk.rules.money import written
from desk.rules.people.person import Person
from desk.rules.proof import ProofKind, SlipProof, qr_text, short_digits, signed_digits
from desk.rules.reference.units import Unit
from desk.settings import Settings
from receipts.content import CertifiedDocument, DocumentLine, SlipContent
from receipts.wording import term_words
from storage.tables.projected import DossierRow

PROOF_KINDS: dict[str, ProofKind] = {
    "slip": "slip",
    "joint_slip": "slip",
    "supplement": "supplement",
    "refusal": "refusal",
    "apology": "apology",
    "stop": "stop",
    "result_receipt": "result_receipt",
    "fee_receipt": "other",
}
"""Papers for the citizen, as their proof names them; all others carry no code (decisions on the proof)."""


@dataclass(frozen=True, slots=True)
class CopyMark:
    """Which copy of a paper is made, and what it says of itself."""

    copy: int = 1
    """Counted on over all papers of the kind: it is what the proof names."""
    reprint: int = 0
    """0 for an original, else which reprint of the same act."""
    at: datetime | None = None
    """When a reprint is made; None for an original."""
    by: str = ""
    replaces: int = 0
    """The void copy whose place it takes."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the content of a paper is put together from."""

    context: Context
    place: Place
    catalogue: Catalogue
    row: DossierRow
    kind: str
    mark: CopyMark
    made_at: datetime
    """When the act happened that the paper tells of."""
    officer: str = ""
    due_at: datetime | None = None
    """The due moment the proof names, where it is not the promised one."""


def drawing_of(
    context: Context, row: DossierRow, kind: str, mark: CopyMark, made_at: datetime, officer: str = ""
) -> Drawing:
    """Return what a paper of the dossier `row` is put together from."""
    catalogue = context.reference.of_version(row.catalogue)
    return Drawing(context, context.place(), catalogue, row, kind, mark, made_at, officer)


def signed_text(drawing: Drawing) -> str:
    """Return the text of a paper's QR: address and signed digits; "" without a key or a tracking number."""
    context, row = drawing.context, drawing.row
    kind = PROOF_KINDS.get(drawing.kind)
    if kind is None or context.key is None or not row.tracking:
        return ""
    own_form = row.serial is not None and row.business_on is not None and not row.is_provisional
    owner = (row.people or {}).get("owner") or {}
    proof = SlipProof(
        kind=kind,
        practice=context.practice,
        key_id=key_id(context.key.public),
        tracking=int(row.tracking),
        code_on=row.business_on if own_form else None,
        serial=(row.serial or 0) if own_form else 0,
        procedure=_number(row.procedure),
        accepted_at=row.accepted_at or drawing.made_at,
        due_at=drawing.due_at or row.promised_at,
        copy=min(drawing.mark.copy, 255),
        tag=owner_tag(context.unit_salt, str(owner.get("personal_id", ""))),
    )
    return qr_text(drawing.place.tracking_url, signed_digits(proof, context.key))


def desk_fields(context: Context, place: Place, catalogue: Catalogue, unit: str) -> dict[str, Any]:
    """Return the fields of a content that say who makes a paper."""
    superior, placed = _above(context.settings, catalogue.units.get(unit))
    return {
        "superior": superior,
        "unit": unit_name(catalogue, unit),
        "place": placed,
        "lookup": place.tracking_url or context.settings.desk_phone,
        "practice": context.practice,
        "form_set": context.settings.form_set,
        "size": context.settings.paper_size,
    }


def _above(settings: Settings, unit: Unit | None) -> tuple[str, str]:
    """Return whom the maker of a paper stands under, and the place beside the date.

    Of a commune unit: its people's committee, and its name without its level, which only a name in figures
    keeps (Nghị định 30/2020/NĐ-CP, phụ lục I). The settings may say otherwise.
    """
    if unit is None or unit.kind != "commune_unit":
        body, name = f"tỉnh {settings.province_name}", settings.province_name
    else:
        body, name = unit.name_vi[:1].lower() + unit.name_vi[1:], unit.name_vi.removeprefix(unit.type_vi.capitalize())
        name = unit.name_vi if name.strip().isdigit() else name.strip()
    return settings.superior_name or f"Ủy ban nhân dân {body}", settings.place_name or name


def mark_fields(mark: CopyMark) -> dict[str, Any]:
    """Return the fields of a content that say which copy it is."""
    return {
        "copy": mark.copy,
        "reprint": mark.reprint,
        "reprinted_at": mark.at,
        "reprinted_by": mark.by,
        "replaces": mark.replaces,
    }


def common(drawing: Drawing) -> dict[str, Any]:
    """Return the fields that every content of a dossier's paper has."""
    row = drawing.row
    return {
        **desk_fields(drawing.context, drawing.place, drawing.catalogue, row.unit),
        **mark_fields(drawing.mark),
        "made_at": drawing.made_at,
        "code": row.code or "",
        "check_digits": check_digits(row.code) if row.code else "",
        "qr_text": signed_text(drawing),
        "short_digits": short_digits(int(row.tracking)) if row.tracking and drawing.kind in PROOF_KINDS else "",
    }


def slip_content(drawing: Drawing) -> SlipContent:
    """Return what stands on the slip of an accepted dossier."""
    row, catalogue = drawing.row, drawing.catalogue
    owner, submitter, capacity = people_of(row)
    procedure = catalogue.procedures[row.procedure]
    assert row.accepted_at is not None and row.promised_at is not None
    certified: tuple[CertifiedDocument, ...] = ()
    if row.pages and row.copies:
        certified = (CertifiedDocument(row.summary or procedure.alias, row.pages, row.copies),)
    return SlipContent(
        **common(drawing),
        submitter=submitter,
        capacity=capacity,
        channel=cast(Channel, row.channel),
        owner=None if submitter == owner else owner,
        procedure_name=procedure.name_vi,
        procedure_code=procedure.code,
        summary=row.summary,
        documents=documents_of(drawing),
        certified=certified,
        book_number=books.written(row.book, row.book_year, row.book_number),
        set_count=row.set_count,
        term=term_said(row),
        accepted_at=row.accepted_at,
        due_at=row.promised_at,
        return_place=unit_name(catalogue, row.returning_unit),
        competent_unit=unit_name(catalogue, row.competent_unit) if row.competent_unit != row.unit else "",
        fee=_fee(row),
        other_codes=tuple(f"{one['system']}: {one['code']}" for one in row.other_codes or ()),
        officer=drawing.officer,
    )


def documents_of(drawing: Drawing) -> tuple[DocumentLine, ...]:
    """Return the documents that were handed in, by the names of the dossier's own version of the catalogue."""
    procedure = drawing.catalogue.procedures.get(drawing.row.procedure)
    names = {one.seq: one.name_vi for one in procedure.documents} if procedure is not None else {}
    return tuple(
        DocumentLine(
            names.get(count["seq"], str(count["seq"])),
            count["original"],
            count["certified_copy"],
            count["copy"],
            count["electronic_copy"],
        )
        for count in drawing.row.documents or ()
    )


def term_said(row: DossierRow) -> str:
    """Return the statutory time under which a dossier was accepted, in words; "" before that."""
    return term_words(Term(row.term["value"], row.term["unit"], row.term["cutoff"])) if row.term else ""


def people_of(row: DossierRow) -> tuple[Person, Person, str]:
    """Return owner, who came, and as what he came."""
    everyone = row.people or {}
    owner = people.read(everyone.get("owner")) or Person(row.owner_name)
    proxy = people.read(everyone.get("proxy"))
    if proxy is not None:
        return owner, proxy, "người được ủy quyền"
    submitter = people.read(everyone.get("submitter"))
    if submitter is not None:
        return owner, submitter, "người nộp thay"
    representative = people.read(everyone.get("representative"))
    return (owner, owner, "") if representative is None else (owner, representative, "người đại diện")


def unit_name(catalogue: Catalogue, unit: str) -> str:
    """Return a body's name on papers, as of the dossier's catalogue; the text itself where it is no unit known."""
    found = catalogue.units.get(unit)
    return unit if found is None else found.center_vi or found.name_vi


def _number(procedure: str) -> int:
    digits = procedure.replace(".", "")
    return int(digits) if digits.isdigit() else 0


def _fee(row: DossierRow) -> str:
    """Return the fee as the slip tells it: nothing where it is not known, an exemption with its ground."""
    if row.fee_dong is None:
        return ""
    is_exempt = row.fee_dong == 0 and bool(row.fee_ground)
    return written(row.fee_dong) + (f" (miễn: {row.fee_ground})" if is_exempt else "")
