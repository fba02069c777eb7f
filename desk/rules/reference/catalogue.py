"""The catalogue of administrative procedures and the documents each asks for, as files bring them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from desk.errors.rule import CutoffUnreadable, TermUnreadable
from desk.rules.dossier import Book, Channel, Procedure, RequiredDocument, SlipPolicy, Term, TermUnit
from desk.rules.reference.table import FaultList, Row, rows_of, shown
from desk.rules.terms import parse_term, parse_variants, written_term
from desk.words import N_

ALIAS_LETTERS = 28
"""What a list column and a favourite can show (decisions, 4)."""

CHANNELS: tuple[Channel, ...] = get_args(Channel)
TERM_UNITS: tuple[TermUnit, ...] = get_args(TermUnit)
SLIP_POLICIES: tuple[SlipPolicy, ...] = get_args(SlipPolicy)
DocumentForm = Literal["form", "original", "copy", "certified_copy", "present", "photo"]
DOCUMENT_FORMS: tuple[DocumentForm, ...] = get_args(DocumentForm)
CERTIFICATIONS = ("", *get_args(Book))
ONLINE_LEVELS = ("", "full", "partial", "none")
FREQUENCIES = ("", "very_high", "high", "medium", "low")
UNCONFIRMED = ("identity", "term", "fee", "channels", "online_level", "result", "documents")

_NEEDED = ("code", "alias", "name_vi", "field_code", "field_vi", "time_value", "time_unit", "channels")
_KNOWN = frozenset(_NEEDED) | frozenset(
    "name_en field_en sector_code level agency_vi agency_en same_day_cutoff time_variants fee_dong fee_basis_vi"
    " online_level slip_policy certification everyday_words result_vi result_en result_code routed_to"
    " specialised_software expected_frequency publishing_decision unconfirmed valid_from published_time".split()
)
_DOCUMENTS_NEEDED = ("procedure_code", "seq", "name_vi", "form", "required")
_DOCUMENTS_KNOWN = frozenset(
    (*_DOCUMENTS_NEEDED, "name_en", "originals", "copies", "condition_vi", "condition_en", "reuse_source")
)
_CODE = re.compile(r"[0-9]\.[0-9]{6}")
_FREE = ("Miễn", "Không quy định")


def known_fee(amount_dong: int | None, basis_vi: str) -> int | None:
    """Return the fee in đồng as far as it is known, None where the provincial council sets it.

    Known is a fee above 0, or one whose basis begins with "Miễn" or "Không quy định": 0 (decisions, 5).
    """
    if amount_dong:
        return amount_dong
    return 0 if basis_vi.startswith(_FREE) else None


def parse_catalogue(text: str) -> tuple[Procedure, ...]:
    """Return the procedures of a catalogue file in its order, without their documents.

    Columns: those of `sample_data/procedures.csv`. Lists are parted by semicolons; an empty `fee_dong` is a
    fee not known. Raises ReferenceFaulty with every fault and its line; then nothing of the file holds.
    """
    faults = FaultList()
    codes: dict[str, int] = {}
    aliases: dict[str, int] = {}
    procedures: list[Procedure] = []
    for row in rows_of(text, _NEEDED, _KNOWN, faults):
        procedures.append(_procedure(row))
        _once(row, "code", codes)
        _once(row, "alias", aliases)
    faults.refuse()
    return tuple(procedures)


def _procedure(row: Row) -> Procedure:
    name_vi, field_vi = row.needed("name_vi"), row.needed("field_vi")
    basis = row.text("fee_basis_vi")
    certification = row.one_of("certification", CERTIFICATIONS)
    return Procedure(
        code=_code(row, "code"),
        alias=_alias(row),
        name_vi=name_vi,
        name_en=row.text("name_en") or name_vi,
        field_code=row.needed("field_code"),
        field_vi=field_vi,
        field_en=row.text("field_en") or field_vi,
        term=_term(row),
        fee_dong=known_fee(row.whole("fee_dong"), basis),
        fee_basis_vi=basis,
        channels=_channels(row),
        slip_policy=_slip_policy(row, certification),
        result_vi=row.text("result_vi"),
        result_en=row.text("result_en") or row.text("result_vi"),
        agency_vi=row.text("agency_vi"),
        agency_en=row.text("agency_en") or row.text("agency_vi"),
        level=row.text("level") or "commune",
        routed_to=row.text("routed_to"),
        specialised_software=row.text("specialised_software"),
        online_level=row.one_of("online_level", ONLINE_LEVELS),
        expected_frequency=row.one_of("expected_frequency", FREQUENCIES),
        time_variants=_time_variants(row),
        published_time=_published(row),
        sector_code=row.text("sector_code"),
        certification=certification,
        everyday_words=row.listing("everyday_words"),
        result_code=row.text("result_code"),
        publishing_decision=row.text("publishing_decision"),
        unconfirmed=row.some_of("unconfirmed", UNCONFIRMED),
        valid_from=row.day("valid_from"),
    )


def _once(row: Row, column: str, seen: dict[str, int]) -> None:
    """Note a fault where the cell stood on an earlier line, whatever its capitals."""
    key = row.text(column).casefold()
    if not key:
        return
    first = seen.setdefault(key, row.line)
    if first != row.line:
        row.fault(N_("{column} stands on line {first} already"), column=column, first=first)


def _code(row: Row, column: str) -> str:
    code = row.needed(column)
    if code and not _CODE.fullmatch(code):
        row.fault(N_("{text} is not a procedure code such as 1.001193"), text=shown(code))
    return code


def _alias(row: Row) -> str:
    alias = row.needed("alias")
    if len(alias) > ALIAS_LETTERS:
        said = N_("the alias has {letters} letters, at most {most} are possible")
        row.fault(said, letters=len(alias), most=ALIAS_LETTERS)
    return alias


def _term(row: Row) -> Term:
    value, unit = row.needed("time_value"), row.one_of("time_unit", TERM_UNITS)
    cutoff = row.text("same_day_cutoff")
    if cutoff and unit != "within_day":
        row.fault(N_("only a result due within the day has a cut-off"))
    try:
        return parse_term(f"{value} {unit}", cutoff)
    except TermUnreadable:
        if value:
            row.fault(N_("the time cannot be used: {text}; it is above 0, and 1 within the day"), text=shown(value))
    except CutoffUnreadable:
        row.fault(N_("the cut-off is not a time of day such as 15:00: {text}"), text=shown(cutoff))
    return Term(1.0, unit)


def _channels(row: Row) -> tuple[Channel, ...]:
    row.needed("channels")
    return row.some_of("channels", CHANNELS)


def _slip_policy(row: Row, certification: str) -> SlipPolicy:
    if not row.text("slip_policy"):
        return "if_not_handed_over_now" if certification else "always"
    return row.one_of("slip_policy", SLIP_POLICIES)


def _time_variants(row: Row) -> str:
    for variant in row.listing("time_variants"):
        if not _is_variant(variant):
            said = N_("the variant of the time cannot be read: {text}; write it as “counter 20 working_day”")
            row.fault(said, text=shown(variant))
    return "; ".join(row.listing("time_variants"))


def _published(row: Row) -> str:
    text = row.text("published_time")
    try:
        return written_term(parse_term(text)) if text else ""
    except TermUnreadable:
        row.fault(N_("the published time cannot be read: {text}; write it as “3 working_day”"), text=shown(text))
        return ""


def _is_variant(text: str) -> bool:
    try:
        return all(one.channel in CHANNELS for one in parse_variants(text))
    except TermUnreadable:
        return False


def parse_documents(text: str, codes: Collection[str]) -> dict[str, tuple[RequiredDocument, ...]]:
    """Return the required documents of a file by procedure code, in the order of their numbers.

    codes: the procedures known; a row for another is a fault. Columns: those of
    `sample_data/required_documents.csv`. Raises ReferenceFaulty with every fault and its line.
    """
    faults = FaultList()
    seen: dict[tuple[str, int], int] = {}
    found: dict[str, list[RequiredDocument]] = {}
    for row in rows_of(text, _DOCUMENTS_NEEDED, _DOCUMENTS_KNOWN, faults):
        code = _code(row, "procedure_code")
        if code not in codes:
            row.fault(N_("the catalogue has no procedure {code}"), code=shown(code))
        document = _document(row)
        found.setdefault(code, []).append(document)
        first = seen.setdefault((code, document.seq), row.line)
        if first != row.line:
            row.fault(N_("{column} stands on line {first} already"), column="seq", first=first)
    faults.refuse()
    return {code: tuple(sorted(rows, key=lambda document: document.seq)) for code, rows in found.items()}


def _document(row: Row) -> RequiredDocument:
    row.needed("seq")
    seq = row.whole("seq")
    if seq == 0:
        row.fault(N_("the documents are numbered from 1 on"))
    name_vi = row.needed("name_vi")
    form = row.one_of("form", DOCUMENT_FORMS)
    required = row.one_of("required", ("yes", "conditional"))
    if required == "conditional" and not row.text("condition_vi"):
        row.fault(N_("a conditional document needs its condition"))
    return RequiredDocument(
        seq=seq or 1,
        name_vi=name_vi,
        name_en=row.text("name_en") or name_vi,
        form=form,
        originals=row.whole("originals") or 0,
        copies=row.whole("copies") or 0,
        required=required == "yes" and form != "present",
        condition_vi=row.text("condition_vi"),
        condition_en=row.text("condition_en") or row.text("condition_vi"),
        reuse_source=row.text("reuse_source"),
    )


def with_documents(
    procedures: Iterable[Procedure], documents: Mapping[str, tuple[RequiredDocument, ...]]
) -> tuple[Procedure, ...]:
    """Return `procedures`, each with its documents; one that the mapping does not name keeps its own."""
    return tuple(replace(one, documents=documents.get(one.code, one.documents)) for one in procedures)
