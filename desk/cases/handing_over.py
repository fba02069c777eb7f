"""Many dossiers change hands at once: to a department, and their results back to the desk; each act has its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from desk.cases.context import Context, Officer
from desk.cases.lines import found_row, lines_of
from desk.cases.moves import move_within
from desk.cases.views import DossierLine
from desk.clock import to_ms, whole_minute
from desk.errors.papers import NoDossierChosen
from desk.text import clean_line
from storage.log import Act
from storage.queries import dossiers
from storage.tables.projected import DossierRow


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over that is saved."""

    event: str
    """Its paper is `papers.lists.of_event(event, paper, officer)`."""
    paper: str
    dossiers: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a department gives back for one dossier."""

    kind: str = ""
    number: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Hands batches over."""

    context: Context

    def may_be_given(self) -> tuple[DossierLine, ...]:
        """Return what lies at this desk's unit and can go to a department, the soonest due first."""
        return self._held(self.context.log.identity.unit, ("accepted", "processing"))

    def held_by(self, unit: str) -> tuple[DossierLine, ...]:
        """Return what a department works on and whose results can come back, the soonest due first."""
        return self._held(self.context.reference.unit(unit).id, ("processing",))

    def result_of(self, line: DossierLine) -> str:
        """Return what the procedure of a dossier results in, as its list names it; "" where it names nothing."""
        procedure = self.context.reference.now().procedures.get(line.procedure)
        return procedure.result_vi if procedure is not None else ""

    def _held(self, unit: str, statuses: Sequence[str]) -> tuple[DossierLine, ...]:
        with self.context.store.reading() as session:
            rows = dossiers.held_by(session, unit, statuses)
            return lines_of(self.context, rows, whole_minute(self.context.clock()))

    def give(
        self,
        codes: Sequence[str],
        unit: str,
        officer: Officer,
        *,
        receiver: str = "",
        return_by: datetime | None = None,
        note: str = "",
    ) -> HandedOver:
        """Hand dossiers to the department `unit` in one act, all or none; returns what was handed over.

        receiver: who takes them there. return_by: when the results must be back; None is each one's due moment.
        Raises NoDossierChosen, DossierUnknown, UnitUnknown and why a move is impossible. The undo of one act
        does not reach it: a dossier comes back by a move of its own.
        """
        to = self.context.reference.unit(unit).id
        body: dict[str, Any] = {"to": to, "papers": ["handover"]}
        if return_by is not None:
            body["return_by"] = to_ms(return_by)
        private = {"receiver": clean_line(receiver)} if receiver.strip() else {}
        with self.context.log.act(officer.id) as act:
            rows = _rows(act, codes)
            event = act.append("handover.made", {**body, "dossiers": [row.id for row in rows]}, private)
            for row in rows:
                move_within(self.context, act, row, "processing", officer, unit=to, note=note)
            return _handed(event.head.id, "handover", rows)

    def take_back(
        self, codes: Sequence[str], unit: str, officer: Officer, *, giver: str = "", results: Sequence[Result] = ()
    ) -> HandedOver:
        """Take the results of dossiers back from the department `unit` in one act, all or none.

        giver: who brings them. results: in the order of `codes`, may be fewer. Raises as `give` does.
        """
        from_unit = self.context.reference.unit(unit).id
        private: dict[str, Any] = {"giver": clean_line(giver)} if giver.strip() else {}
        named = [
            {"kind": clean_line(one.kind), "number": clean_line(one.number), "summary": clean_line(one.summary)}
            for one in results
        ]
        if named:
            private["results"] = named
        with self.context.log.act(officer.id) as act:
            rows = _rows(act, codes)
            body = {"from": from_unit, "dossiers": [row.id for row in rows], "papers": ["results"]}
            event = act.append("handover.received", body, private)
            for row, result in zip_longest(rows, named[: len(rows)]):
                # the dossier's own event says its result too, for the receipt that the citizen will sign
                known = {"results": [result]} if result and any(result.values()) else None
                move_within(self.context, act, row, "resolved", officer, private=known)
            return _handed(event.head.id, "results", rows)


def _rows(act: Act, codes: Sequence[str]) -> list[DossierRow]:
    rows = {row.id: row for row in (found_row(act.session, code) for code in codes)}
    if not rows:
        raise NoDossierChosen()
    return list(rows.values())


def _handed(event: str, paper: str, rows: Sequence[DossierRow]) -> HandedOver:
    return HandedOver(event, paper, tuple(row.id for row in rows), tuple(row.code or "" for row in rows))
