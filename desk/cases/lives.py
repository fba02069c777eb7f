"""From the rows of dossiers to what the figures count: the facts of each, and what the rows of a table are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from desk.cases.context import Context
from desk.clock import from_ms
from desk.errors.rule import CalendarEnds
from desk.rules.dossier import RESULT, Channel
from desk.rules.due import due
from desk.rules.figures.index766 import IndexLife, IndexValue, index_766
from desk.rules.figures.lives import DossierLife, DueSet, Payment, Period, Wait
from desk.rules.figures.table import By
from desk.rules.survey import Answer, SurveyForm, Way
from desk.rules.terms import ANSWER_TIME
from storage.projections.attachments import Attached
from storage.queries import attached, desks, dossiers
from storage.queries.past import Later, rows_then
from storage.store import Session
from storage.tables.projected import DossierRow, SurveyFormRow

_COMMUNES: Final = ("commune_unit", "former_unit", "center", "branch")
"""Kinds of unit that receive dossiers; a department or vertical agency resolves what any of them receives."""
_UNKNOWN: Final = ("satisfaction",)
"""Indicators of the index for which a desk does not record what they count: complaints reach it nowhere."""
_AT_ONCE: Final = 500
"""So many rows are asked for by one query: a database takes no list without end."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one table counts."""

    lives: tuple[DossierLife, ...]
    forms: tuple[SurveyForm, ...]
    rows: tuple[DossierRow, ...]
    """The rows of `lives`, in the same order."""
    later: Later | None = None
    """What is not known in it."""


def gathered(
    context: Context, session: Session, period: Period, unit: str = "", later: Later | None = None
) -> Gathered:
    """Return the dossiers and survey forms that a table over `period` may have to count.

    unit: only those received by it, "" for this desk's own unit. later: what must not be known yet, None for nothing.
    """
    rows = dossiers.touched(session, period.starts_at, period.ends_at)
    forms = desks.survey_forms(session, period.starts_at, period.ends_at)
    if later is not None:
        rows = [row for row in rows if row.id not in later.dossiers] + rows_then(session, later)
        forms = [form for form in forms if form.id not in later.events]
    unit = unit or context.log.identity.unit  # what others received lies here too, where it concerns this unit
    rows = [row for row in rows if row.unit == unit]
    return Gathered(
        lives_of(context, rows, period),
        tuple(form_of(form) for form in forms if form.unit == unit),
        tuple(rows),
        later,
    )


def index_of(context: Context, session: Session, what: Gathered, period: Period) -> tuple[IndexValue, ...]:
    """Return the indicators of decision 766 that this desk's data can tell.

    Digitised is a dossier with a file of its papers and one of its result; re-used, one with a file that was taken
    over from an earlier dossier in place of the paper.
    """
    files = attached.of_dossiers(session, [row.id for row in what.rows], what.later)
    lives = [_index_life(life, row, files.get(row.id, ())) for life, row in zip(what.lives, what.rows, strict=True)]
    procedures = context.reference.now().procedures.values()
    online = sum(one.online_level in ("full", "partial") for one in procedures)
    found = index_766(lives, period, online, len(procedures))
    return tuple(one for one in found if one.indicator not in _UNKNOWN)


def _index_life(life: DossierLife, row: DossierRow, files: tuple[Attached, ...]) -> IndexLife:
    return IndexLife(
        life,
        row.returned_at,
        row.withdrawal_at,
        sum(wait["kind"] == "supplement" for wait in row.waits or ()),
        has_document_file=any(one.line != RESULT for one in files),
        has_result_file=any(one.line == RESULT for one in files),
        is_reused=any(one.source for one in files),
    )


def lives_as_of(
    context: Context, session: Session, ids: Iterable[str], period: Period, unit: str = "", later: Later | None = None
) -> tuple[DossierLife, ...]:
    """Return the facts of the dossiers `ids` for a table over `period`, without those that `later` names."""
    wanted = sorted(ids)
    known = [one for one in wanted if later is None or one not in later.dossiers]
    rows = [] if later is None else rows_then(session, later, wanted)
    for start in range(0, len(known), _AT_ONCE):
        rows += dossiers.by_ids(session, known[start : start + _AT_ONCE])
    return lives_of(context, [row for row in rows if row.unit == (unit or context.log.identity.unit)], period)


def lives_of(context: Context, rows: Iterable[DossierRow], period: Period) -> tuple[DossierLife, ...]:
    """Return the facts of dossiers for a table over `period`."""
    return tuple(_life(context, row, period) for row in rows)


def _life(context: Context, row: DossierRow, period: Period) -> DossierLife:
    procedure = context.reference.of_version(row.catalogue).procedures.get(row.procedure)
    paid = [fee for fee in row.fees or () if not fee.get("voided")]
    return DossierLife(
        id=row.id,
        code=row.code or "",
        unit=row.unit,
        field=row.field,
        procedure=row.procedure,
        officer=row.officer,
        channel=cast(Channel, row.channel),
        competent_unit=row.competent_unit,
        online_level=procedure.online_level if procedure is not None else "",
        is_no_boundary=is_no_boundary(context, row),
        filed_at=row.filed_at,
        accept_by_at=_accept_by(context, row, period),
        accepted_at=row.accepted_at,
        refused_at=row.refused_at,
        resolved_at=row.resolved_at,
        stopped_at=row.stopped_at,
        is_withdrawn=row.stopped_at is not None and row.withdrawal_at is not None,
        dues=tuple(DueSet(from_ms(set_at), from_ms(due_at)) for set_at, due_at in row.dues or ()),
        waits=tuple(
            Wait(from_ms(wait["from"]), None if wait["to"] is None else from_ms(wait["to"])) for wait in row.waits or ()
        ),
        apologised_at=row.apologised_at,
        payments=tuple(
            Payment(from_ms(fee["at"]), fee.get("form") == "online", bool(fee.get("receipt"))) for fee in paid
        ),
    )


def is_no_boundary(context: Context, row: DossierRow) -> bool:
    """Return whether another commune than the receiving one resolves the dossier (domain, 4.4)."""
    if row.competent_unit in ("", row.unit):
        return False
    unit = context.reference.of_version(row.catalogue).units.get(row.competent_unit)
    return unit is not None and unit.kind in _COMMUNES


def _accept_by(context: Context, row: DossierRow, period: Period) -> datetime | None:
    """Return until when a dossier filed online has to be answered; None where it was answered within the period."""
    if row.filed_at is None or row.channel != "online":
        return None
    answers = (row.accepted_at, row.refused_at, row.stopped_at)
    if any(answer is not None and answer < period.ends_at for answer in answers):
        return None
    try:
        return due(row.filed_at, ANSWER_TIME, context.reference.calendar()).due_at
    except CalendarEnds:
        return None


def form_of(row: SurveyFormRow) -> SurveyForm:
    """Return a survey form as the figures count it."""
    level, how = cast(Answer, row.level), cast(Way, row.how)
    return SurveyForm(row.captured_at, level, how, row.unit, row.officer, row.field, bool(row.is_quick))


def names_of(
    context: Context, by: By, keys: Iterable[str], officers: Mapping[str, str], *, vietnamese: bool
) -> dict[str, str]:
    """Return what the rows `keys` of a table by `by` are called; officers: names by id."""
    if by == "officer":
        return dict(officers)
    if by in ("unit", "competent_unit"):
        return {key: context.reference.unit_name(key) for key in keys if key}
    procedures = context.reference.now().procedures.values()
    if by == "procedure":
        return {one.code: one.alias if vietnamese else one.name_en for one in procedures}
    return {one.field_code: one.field_vi if vietnamese else one.field_en for one in procedures}
