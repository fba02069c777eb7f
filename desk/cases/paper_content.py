"""What stands on a dossier's papers, read from the log's projections alone: the same dossier, the same paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from desk.cases import people
from desk.cases.context import Context, Place
from desk.cases.reference import Catalogue
from desk.clock import office_day
from desk.keys import key_id, owner_tag
from desk.rules.codes import check_digits
from desk.rules.dossier import Channel, Person, Term
from desk.rules.money import written
from desk.rules.proof import ProofKind, SlipProof, qr_text, short_digits, signed_digits
from receipts import result_receipt, slip
from receipts.content import (
    CertifiedDocument,
    DocumentLine,
    ResultLine,
    ResultReceiptContent,
    SlipContent,
)
from receipts.wording import term_words
from storage.tables.projected import DossierRow

PROOF_KINDS: dict[str, ProofKind] = {"slip": "slip", "result_receipt": "result_receipt"}


def signed_text(context: Context, place: Place, row: DossierRow, kind: str, copy: int) -> str:
    """Return the text of a paper's QR: address and signed digits; "" without a key or a tracking number."""
    if context.key is None or not row.tracking or row.accepted_at is None:
        return ""
    own_form = row.serial is not None and row.business_on is not None
    owner = (row.people or {}).get("owner") or {}
    proof = SlipProof(
        kind=PROOF_KINDS.get(kind, "other"),
        practice=context.practice,
        key_id=key_id(context.key.public),
        tracking=int(row.tracking),
        code_on=row.business_on if own_form and not row.is_provisional else None,
        serial=(row.serial or 0) if own_form and not row.is_provisional else 0,
        procedure=_number(row.procedure),
        accepted_at=row.accepted_at,
        due_at=row.promised_at,
        copy=min(copy, 255),
        tag=owner_tag(context.unit_salt, str(owner.get("personal_id", ""))),
    )
    return qr_text(place.tracking_url, signed_digits(proof, context.key))


def slip_content(
    context: Context, row: DossierRow, officer: str, copy: int, reprinted_at: datetime | None, reprinted_by: str
) -> SlipContent:
    """Return what stands on the slip of the accepted dossier `row`."""
    place = context.place()
    catalogue = context.reference.of_version(row.catalogue)
    owner, submitter, capacity = _people(row)
    procedure = catalogue.procedures[row.procedure]
    names = {one.seq: one.name_vi for one in procedure.documents}
    assert row.accepted_at is not None and row.promised_at is not None
    certified: tuple[CertifiedDocument, ...] = ()
    if row.pages and row.copies:
        certified = (CertifiedDocument(row.summary or procedure.alias, row.pages, row.copies),)
    return SlipContent(
        **_common(context, catalogue, place, row, "slip", copy, reprinted_at, reprinted_by),
        submitter=submitter,
        capacity=capacity,
        channel=cast(Channel, row.channel),
        owner=None if submitter == owner else owner,
        procedure_name=procedure.name_vi,
        procedure_code=procedure.code,
        summary=row.summary,
        documents=tuple(
            DocumentLine(
                names.get(count["seq"], str(count["seq"])),
                count["original"],
                count["certified_copy"],
                count["copy"],
                count["electronic_copy"],
            )
            for count in row.documents or ()
        ),
        certified=certified,
        set_count=row.set_count,
        term=term_words(Term(row.term["value"], row.term["unit"], row.term["cutoff"])),
        accepted_at=row.accepted_at,
        due_at=row.promised_at,
        return_place=_unit_name(catalogue, row.returning_unit),
        competent_unit=_unit_name(catalogue, row.competent_unit) if row.competent_unit != row.unit else "",
        fee="" if row.fee_dong is None else written(row.fee_dong),
        other_codes=tuple(f"{one['system']}: {one['code']}" for one in row.other_codes or ()),
        officer=officer,
    )


def receipt_content(
    context: Context, row: DossierRow, officer: str, copy: int, reprinted_at: datetime | None, reprinted_by: str
) -> ResultReceiptContent:
    """Return what stands on the receipt of the returned result of `row`."""
    place = context.place()
    catalogue = context.reference.of_version(row.catalogue)
    procedure = catalogue.procedures[row.procedure]
    owner, submitter, _capacity = _people(row)
    receiver = people.read((row.people or {}).get("receiver")) or submitter
    assert row.returned_at is not None
    return ResultReceiptContent(
        **_common(context, catalogue, place, row, "result_receipt", copy, reprinted_at, reprinted_by),
        procedure_name=procedure.name_vi,
        owner=owner,
        receiver=receiver,
        capacity="" if receiver == owner else "người nhận thay",
        results=(ResultLine(procedure.result_vi or procedure.alias),),
        returned_at=row.returned_at,
        officer=officer,
        officer_phone=context.settings.desk_phone,
    )


def _common(
    context: Context,
    catalogue: Catalogue,
    place: Place,
    row: DossierRow,
    kind: str,
    copy: int,
    reprinted_at: datetime | None,
    reprinted_by: str,
) -> dict[str, Any]:
    made_at = row.returned_at if kind == "result_receipt" else row.accepted_at
    return {
        "superior": context.settings.superior_name,
        "unit": _unit_name(catalogue, row.unit),
        "place": context.settings.place_name,
        "made_at": made_at,
        "code": row.code or "",
        "check_digits": check_digits(row.code) if row.code else "",
        "qr_text": signed_text(context, place, row, kind, copy),
        "short_digits": short_digits(int(row.tracking)) if row.tracking else "",
        "lookup": place.tracking_url or context.settings.desk_phone,
        "practice": context.practice,
        "copy": copy,
        "reprinted_at": reprinted_at,
        "reprinted_by": reprinted_by,
        "form_set": context.settings.form_set,
        "size": context.settings.paper_size,
    }


def _people(row: DossierRow) -> tuple[Person, Person, str]:
    """Return owner, who came, and as what he came."""
    everyone = row.people or {}
    owner = people.read(everyone.get("owner")) or Person(row.owner_name)
    proxy = people.read(everyone.get("proxy"))
    if proxy is not None:
        return owner, proxy, "người được ủy quyền"
    submitter = people.read(everyone.get("submitter"))
    return owner, submitter or owner, "người nộp thay" if submitter is not None else ""


def _unit_name(catalogue: Catalogue, unit: str) -> str:
    found = catalogue.units.get(unit)
    return unit if found is None else found.center_vi or found.name_vi


def _number(procedure: str) -> int:
    digits = procedure.replace(".", "")
    return int(digits) if digits.isdigit() else 0


def papers_day(row: DossierRow, kind: str) -> str:
    """Return the day a paper's file name begins with."""
    moment = row.returned_at if kind == "result_receipt" else row.accepted_at
    return office_day(moment).isoformat() if moment is not None else "0000"


def drawn_paper(
    context: Context, row: DossierRow, kind: str, officer: str, copy: int, reprinted_at: datetime | None, by: str
) -> bytes:
    """Return a paper as PDF; the same dossier, kind and copy give the same bytes.

    reprinted_at, by: when and by whom a copy beyond the first is made. Raises PrintTrouble.
    """
    if kind == "slip":
        return slip.render(slip_content(context, row, officer, copy, reprinted_at, by))
    return result_receipt.render(receipt_content(context, row, officer, copy, reprinted_at, by))
