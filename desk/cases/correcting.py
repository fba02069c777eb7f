"""Correcting what was entered, and reversing one's own last act; both are events, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from desk.cases import people
from desk.cases.context import Context, Officer
from desk.cases.form_input import form_of
from desk.cases.intake import cleaned
from desk.cases.lines import found_row
from desk.cases.moves import promise_of
from desk.cases.preview import preview_of
from desk.cases.views import Warned
from desk.clock import from_ms
from desk.errors.acts import DocumentsMissing, DossierUndone, FieldWrong, NothingCorrected, NoUndo
from desk.rules.dossier import IntakeForm
from desk.rules.due import TrailDay
from desk.text import clean_line
from storage.log import Act
from storage.queries import desks, dossiers, own
from storage.queries.events import last_act
from storage.tables.projected import DossierRow, PaperRow

UNDO_WITHIN: Final = timedelta(minutes=5)
_PLAIN: Final = (
    "documents",
    "set_count",
    "fee_dong",
    "fee_ground",
    "pages",
    "copies",
    "competent_unit",
    "returning_unit",
    "assisted_by",
)
_PRIVATE: Final = ("summary", "note")
_PEOPLE: Final = people.NAMED
_FIXED: Final = ("procedure", "case", "channel", "code", "filed_at", "other_codes")
"""What a correction cannot change: another procedure or channel is another dossier, another code is a link."""
_PRICED_BY: Final = ("pages", "copies")


@dataclass(frozen=True, slots=True)
class Undone:
    """An act that was reversed."""

    kinds: tuple[str, ...]
    dossier: str
    code: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that is saved."""

    dossier: str
    slip_due: bool
    """Whether a new slip has to take the old one's place."""
    warnings: tuple[Warned, ...]
    trail: tuple[TrailDay, ...]
    """Why the dossier is due when it is, as it was reckoned at its acceptance."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """Corrects and reverses."""

    context: Context

    def correct(self, code: str, changes: Mapping[str, Any], officer: Officer) -> Corrected:
        """Lay the fields named in `changes` (as in the input of an intake) over the dossier.

        Only what is named changes; null leaves a field alone, but takes away a submitter, representative
        or proxy. The slip made before is marked void, its print job cancelled; the papers make the new one. Raises
        DossierUnknown, DossierUndone, FieldUnknown, FieldWrong (also where a field is named that stays for ever),
        DocumentsMissing, NothingCorrected and what an intake raises.
        """
        named = {key: value for key, value in changes.items() if value is not None or key in _PEOPLE[1:]}
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            if not row.status:
                raise DossierUndone(code=row.code or "")
            before = _as_input(row)
            was, form = cleaned(form_of(before)), cleaned(form_of({**before, **named}))
            for key in _FIXED:
                if getattr(form, key) != getattr(was, key):
                    raise FieldWrong(field=key, cause=clean_line(str(named[key]))[:40])
            is_recounted = any(getattr(form, key) != getattr(was, key) for key in _PRICED_BY)
            warnings, priced = self._checked(act, row, form, named, is_recounted)
            changed = [key for key in (*_PLAIN, *_PRIVATE, *_PEOPLE) if getattr(priced, key) != getattr(was, key)]
            if not changed:
                raise NothingCorrected(code=row.code or "")
            if "documents" in changed and priced.reason:
                changed.append("reason")
            act.append("dossier.corrected", *_written(priced, changed, row.catalogue), row.id)
            slip_due = _void_slips(act, row)
            return Corrected(row.id, slip_due, warnings, _trail(self.context, row))

    def _checked(
        self, act: Act, row: DossierRow, form: IntakeForm, named: Mapping[str, Any], is_recounted: bool
    ) -> tuple[tuple[Warned, ...], IntakeForm]:
        """Return the warnings about `form`, and the form with the fee that its pages and copies make."""
        for unit in (form.competent_unit, form.returning_unit):
            if unit:
                self.context.reference.unit(unit)
        procedure = self.context.reference.procedure(row.procedure, row.catalogue)
        moment = row.accepted_at or act.now
        asked = form if "fee_dong" in named else replace(form, fee_dong=None)
        seen = preview_of(self.context, act.session, asked, procedure, moment)
        if "documents" in named and seen.missing and not (form.accept_incomplete and form.reason):
            raise DocumentsMissing(missing="; ".join(seen.missing))
        if "fee_dong" in named or (is_recounted and seen.fee_dong is not None):
            return seen.warnings, replace(form, fee_dong=seen.fee_dong)
        return seen.warnings, form

    def last(self, officer: Officer) -> Undone | None:
        """Return what an undo of `officer` would reverse now, None for nothing."""
        with self.context.store.reading() as session:
            events = last_act(session, self.context.settings.desk, officer.id)
            if not events or self.context.clock() - from_ms(events[-1].head.at) > UNDO_WITHIN:
                return None
            dossier = events[0].head.dossier or ""
            row = dossiers.by_id(session, dossier)
            return Undone(tuple(e.head.kind for e in events), dossier, (row.code or "") if row is not None else "")

    def undo(self, officer: Officer) -> Undone:
        """Reverse the last act of `officer` of the past five minutes; raises NoUndo.

        A reversing event is written; papers of the act that were made are marked void.
        """
        with self.context.log.act(officer.id) as act:
            events = last_act(act.session, self.context.settings.desk, officer.id)
            if not events or act.now - from_ms(events[-1].head.at) > UNDO_WITHIN:
                raise NoUndo()
            dossier = events[0].head.dossier
            assert dossier is not None
            row = dossiers.by_id(act.session, dossier)
            act.append("dossier.undone", {"events": [event.head.id for event in events]}, dossier=dossier)
            kinds = tuple(event.head.kind for event in events)
            ids = {event.head.id for event in events}
            for paper in desks.papers_of(act.session, dossier):
                belongs = paper.event in ids or (paper.kind == "slip" and "dossier.accepted" in kinds)
                if belongs:
                    void_paper(act, paper, dossier)
            return Undone(kinds, dossier, (row.code or "") if row is not None else "")


def _as_input(row: DossierRow) -> dict[str, Any]:
    """Return the dossier as the input of an intake would write it."""
    everyone = row.people or {}
    return {
        "procedure": row.procedure,
        "case": row.procedure_case,
        "channel": row.channel,
        "code": row.code,
        "filed_at": None if row.filed_at is None else row.filed_at.isoformat(),
        "other_codes": row.other_codes or [],
        "documents": row.documents or [],
        "set_count": row.set_count,
        "fee_dong": row.fee_dong,
        "fee_ground": row.fee_ground,
        "pages": row.pages,
        "copies": row.copies,
        "competent_unit": row.competent_unit,
        "returning_unit": row.returning_unit,
        "assisted_by": row.assisted_by,
        "summary": row.summary,
        "note": row.note,
        **{role: everyone.get(role) for role in _PEOPLE},
    }


def _written(form: IntakeForm, changed: Iterable[str], catalogue: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return body and private part of the correction: what changed and nothing else."""
    body: dict[str, Any] = {"catalogue": catalogue}
    private: dict[str, Any] = {}
    for key in changed:
        value = getattr(form, key)
        if key in _PEOPLE:
            private.setdefault("people", {})[key] = None if value is None else people.written(value)
        elif key in (*_PRIVATE, "reason"):
            private[key] = value
        else:
            body[key] = [_count(one) for one in value or ()] if key == "documents" else value
    return body, private


def _void_slips(act: Act, row: DossierRow) -> bool:
    """Mark the slips of a dossier void and keep them from being printed; return whether a new one is due."""
    slips = [paper for paper in desks.papers_of(act.session, row.id) if paper.kind == "slip"]
    for paper in slips:
        void_paper(act, paper, row.id)
    return row.accepted_at is not None and (bool(slips) or row.slip == "due")


def void_paper(act: Act, paper: PaperRow, dossier: str) -> None:
    """Mark a paper void, and keep it from being printed where it still waits for that."""
    if paper.state != "voided":
        act.append("paper.voided", {"paper": paper.id}, None, dossier)
    job = own.job_of_paper(act.session, paper.id)
    if job is not None and job.state in ("queued", "failed", "expired"):
        job.state = "cancelled"
        act.session.add(job)
        act.session.flush()  # the projections that follow forget what is not written


def _trail(context: Context, row: DossierRow) -> tuple[TrailDay, ...]:
    promise = promise_of(row)
    return () if promise is None else promise.first_due(context.reference.calendar()).trail


def _count(count: Any) -> dict[str, int]:
    return {key: getattr(count, key) for key in ("seq", "original", "certified_copy", "copy", "electronic_copy")}
