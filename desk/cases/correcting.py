"""Correcting what was entered, and reversing one's own last act; both are events, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from desk.cases import people
from desk.cases.context import Context, Officer
from desk.cases.form_input import form_of
from desk.cases.intake import cleaned
from desk.cases.reading import found_row
from desk.clock import from_ms
from desk.errors.acts import FieldWrong, NoUndo
from desk.rules.people.checks import check_people
from storage.queries import dossiers, own
from storage.queries.events import last_act

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
)
_PRIVATE: Final = ("summary", "note")
_PEOPLE: Final = ("owner", "submitter", "proxy")


@dataclass(frozen=True, slots=True)
class Undone:
    """An act that was reversed."""

    kinds: tuple[str, ...]
    dossier: str
    code: str


@dataclass(frozen=True, slots=True)
class Correcting:
    """Corrects and reverses."""

    context: Context

    def correct(self, code: str, changes: Mapping[str, Any], officer: Officer) -> str:
        """Lay the fields named in `changes` (as in the input of an intake) over the dossier; returns its id.

        Only what is named changes; the procedure, the code and the moment of acceptance stay. The old slip
        is marked void; a new copy is made by the papers. Raises FieldUnknown, FieldWrong, DossierUnknown.
        """
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            if changes.get("procedure", row.procedure) != row.procedure:
                raise FieldWrong(field="procedure", cause=str(changes["procedure"])[:20])
            everyone = row.people or {}
            form = cleaned(form_of({"procedure": row.procedure, "owner": everyone.get("owner") or {}, **changes}))
            check_people(form, act.now.date())
            body: dict[str, Any] = {"catalogue": row.catalogue}
            for key in _PLAIN:
                if key in changes:
                    value = getattr(form, key)
                    body[key] = [_count(one) for one in value or ()] if key == "documents" else value
            private: dict[str, Any] = {key: getattr(form, key) for key in _PRIVATE if key in changes}
            named = {key: getattr(form, key) for key in _PEOPLE if key in changes}
            if named:
                private["people"] = {key: people.written(one) if one else None for key, one in named.items()}
            act.append("dossier.corrected", body, private, row.id)
            for paper in own.papers_of(act.session, row.id):
                if paper.kind == "slip" and paper.state != "voided":
                    act.append("paper.voided", {"paper": paper.id}, None, row.id)
            return row.id

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
            for paper in own.papers_of(act.session, dossier):
                belongs = (paper.kind == "slip" and "dossier.accepted" in kinds) or (
                    paper.kind == "result_receipt" and "dossier.returned" in kinds
                )
                if belongs and paper.state != "voided":
                    act.append("paper.voided", {"paper": paper.id}, None, dossier)
            return Undone(kinds, dossier, (row.code or "") if row is not None else "")


def _count(count: Any) -> dict[str, int]:
    return {key: getattr(count, key) for key in ("seq", "original", "certified_copy", "copy", "electronic_copy")}
