"""What a dossier costs: dated rows with conditions, fee and charge apart, the unknown never taken for 0.

The rows come first (national ones, then a province's), then the catalogue's sum; where neither knows it,
intake asks, because the provincial council sets it (decisions, 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desk.errors.people import AmountUnreadable, ExemptionWithoutGround, PagesMissing
from desk.rules.dossier import IntakeForm, Procedure
from desk.rules.fee_rows import FeeAsked, FeeKind, FeeRow, amount_by_row
from desk.rules.money import LARGEST_DONG, Dong
from desk.rules.national_fees import NATIONAL_FEES

CHARGE_FIELDS = frozenset({"HT", "CTR", "CC", "HKD", "NCN", "XNC", "XD"})
"""Fields whose sum is a charge, not a fee (Luật Phí và lệ phí 97/2015/QH13, list of charges: recalled)."""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a receipt."""

    kind: FeeKind
    amount_dong: Dong
    ground: str
    is_unconfirmed: bool = False
    """Whether the sum is a default that no source confirms; never of one the officer typed."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What is to be paid, and why."""

    lines: tuple[FeeLine, ...]
    exemption: str = ""
    """The ground on which nothing or less is paid; "" where the full sum is."""
    given: bool = False
    """Whether the officer typed the sum."""

    @property
    def fee_dong(self) -> Dong:
        """The fees (phí) together."""
        return Dong(sum(line.amount_dong for line in self.lines if line.kind == "fee"))

    @property
    def charge_dong(self) -> Dong:
        """The charges (lệ phí) together."""
        return Dong(sum(line.amount_dong for line in self.lines if line.kind == "charge"))

    @property
    def total_dong(self) -> Dong:
        """Everything together."""
        return Dong(self.fee_dong + self.charge_dong)


@dataclass(frozen=True, slots=True)
class UnknownFee:
    """The sum is not known here and has to be asked for; what was last given may be proposed."""

    kind: FeeKind
    proposed_dong: Dong | None = None
    proposed_ground: str = ""


def asked_by(form: IntakeForm, on: date) -> FeeAsked:
    """Return what an intake form asks; on: the office day of the acceptance."""
    return FeeAsked(
        on=on,
        channel=form.channel,
        case=form.case,
        pages=form.pages,
        copies=form.copies,
        given_dong=form.fee_dong,
        given_ground=form.fee_ground,
    )


def fee_of(
    procedure: Procedure,
    asked: FeeAsked,
    rows: Iterable[FeeRow] = NATIONAL_FEES,
    last_given: Fee | None = None,
) -> Fee | UnknownFee:
    """Return what the dossier costs, or that it is unknown and what to propose.

    The sum typed by the officer comes first; then the row that fits best; then the catalogue's sum.
    rows: those of other procedures are passed over; last_given: what was last typed for this procedure here.
    Raises AmountUnreadable for a typed sum below 0 or above LARGEST_DONG; ExemptionWithoutGround where 0 was
    typed for a sum that is not known to be 0 and no ground was given; PagesMissing where a row counts pages
    or copies and they are missing or out of range.
    """
    fitting = [row for row in rows if row.procedure == procedure.code and row.holds(asked)]
    if asked.given_dong is not None:
        return _given(procedure, asked.given_dong, asked.given_ground.strip(), fitting)
    chosen = _best_rows(fitting)
    if chosen:
        lines = tuple(_line(row, asked) for row in chosen)
        return Fee(lines, exemption="; ".join(row.ground for row in chosen if row.amount_dong == 0))
    catalogue = _catalogue_row(procedure)
    if catalogue is not None:
        return Fee((_line(catalogue, asked),))
    if last_given is not None:
        return UnknownFee(kind_of(procedure), last_given.total_dong, last_given.exemption)
    return UnknownFee(kind_of(procedure))


def receipt_lines(
    procedure: Procedure, asked: FeeAsked, amount_dong: int, rows: Iterable[FeeRow] = NATIONAL_FEES
) -> tuple[FeeLine, ...]:
    """Return what a receipt over `amount_dong` (above 0) lists: the lines of the rules where they make that sum.

    Else (a sum the officer typed, a part of one) one line of the kind that the rules or the catalogue name.
    Raises AmountUnreadable as `fee_of` does.
    """
    every = tuple(rows)
    try:
        known = fee_of(procedure, replace(asked, given_dong=None), every)
    except PagesMissing:
        known = UnknownFee(kind_of(procedure))
    if isinstance(known, Fee) and known.total_dong == amount_dong:
        return tuple(line for line in known.lines if line.amount_dong)
    given = fee_of(procedure, replace(asked, given_dong=amount_dong), every)
    assert isinstance(given, Fee)
    return given.lines


def kind_of(procedure: Procedure) -> FeeKind:
    """Return whether the procedure's sum is a fee or a charge, by its basis, else by its field."""
    basis = procedure.fee_basis_vi.casefold()
    if "lệ phí" in basis:
        return "charge"
    if basis.startswith("phí ") or "thông tư 281/2016" in basis:
        return "fee"
    return "charge" if procedure.field_code in CHARGE_FIELDS else "fee"


def _line(row: FeeRow, asked: FeeAsked) -> FeeLine:
    return FeeLine(row.kind, amount_by_row(row, asked), row.ground, row.is_unconfirmed)


def _given(procedure: Procedure, given_dong: int, ground: str, fitting: Sequence[FeeRow]) -> Fee:
    """Return the sum that was typed; which of fee and charge it is, the rows know better than the catalogue."""
    if not 0 <= given_dong <= LARGEST_DONG:
        raise AmountUnreadable()
    chosen = _best_rows(fitting)
    known_free = all(row.amount_dong == 0 for row in chosen) if chosen else procedure.fee_dong == 0
    if given_dong == 0 and not known_free and not ground:
        raise ExemptionWithoutGround()
    kind = chosen[0].kind if chosen else kind_of(procedure)
    return Fee((FeeLine(kind, Dong(given_dong), procedure.fee_basis_vi),), exemption=ground, given=True)


def _best_rows(fitting: Iterable[FeeRow]) -> list[FeeRow]:
    """Return the row that counts of each kind, fee before charge.

    An exemption whose condition is met beats every sum; then the row with more conditions, then the newer
    one, then the later in the list (a province's rows stand behind the nation's).
    """
    best: dict[FeeKind, FeeRow] = {}
    for row in fitting:
        known = best.get(row.kind)
        if known is None or _weight(row) >= _weight(known):
            best[row.kind] = row
    return [best[kind] for kind in ("fee", "charge") if kind in best]


def _weight(row: FeeRow) -> tuple[bool, int, date]:
    return row.amount_dong == 0 and row.conditions > 0, row.conditions, row.valid_from


def _catalogue_row(procedure: Procedure) -> FeeRow | None:
    """Return the catalogue's sum as a row; None where it is unknown, or counted by more than one sum says."""
    if procedure.fee_dong is None or procedure.certification == "copy":
        return None
    return FeeRow(
        procedure.code,
        kind_of(procedure),
        procedure.fee_dong,
        "case" if procedure.certification == "signature" else "dossier",
        valid_from=date.min,
        ground=procedure.fee_basis_vi,
        is_unconfirmed="fee" in procedure.unconfirmed,
    )
