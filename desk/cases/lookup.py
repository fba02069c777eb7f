"""Finding a dossier by any scrap of what somebody remembers, and opening it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from desk import diagnostics
from desk.cases.context import Context, Officer
from desk.cases.elsewhere import Elsewhere
from desk.cases.lines import found_row, lines_of
from desk.cases.reading import view_of
from desk.cases.views import EVERY, DossierLine, DossierView, Only, Which
from desk.clock import office_day
from desk.errors.base import StoreTrouble
from desk.rules import books
from desk.rules.codes import code_readings
from desk.rules.proof import read_tracking
from desk.rules.scans import CardScan, ShortScan, SlipScan, classify
from desk.text import clean_line, fold
from storage.projections.search import plain
from storage.queries import dossiers, search, stubs
from storage.queries.events import last_viewed
from storage.store import Session
from storage.tables.projected import DossierRow

_HAS_DIGIT: Final = re.compile(r"[0-9]")


_ENDED: Final = ("returned", "stopped", "refused", "")
_LOOKED_THROUGH: Final = 2000
"""So many of the newest hits a filter looks through."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Looks dossiers up on this machine."""

    context: Context
    elsewhere: Elsewhere

    def find(self, words: str, limit: int = 50, only: Only = EVERY) -> tuple[DossierLine, ...]:
        """Return the dossiers that `words` find, newest first, at most `limit`.

        A scanned slip or card, a code (with or without check digits) or its tail, a personal number or
        phone or their tails, a certification's number in its book (`17/2026`, `17/2026-SCT/BS`), words of a
        name with or without accents: names spelt exactly as typed come first,
        then those alike without accents, then those one slip of the finger away. Behind them what a code or a slip
        names at other units.
        """
        words = clean_line(words)[:500]
        if not words:
            return ()
        now = self.context.clock()
        with self.context.store.reading() as session:
            if only == EVERY:
                ids = self._ids(session, words, limit)[:limit]
                here = lines_of(self.context, dossiers.by_ids(session, ids), now)
                return (*here, *self.elsewhere.find(words, limit - len(here)))
            ids = self._ids(session, words, _LOOKED_THROUGH)
            return self._narrowed(dossiers.by_ids(session, ids[:_LOOKED_THROUGH]), only, now, limit)

    def newest(self, limit: int = 50, only: Only = EVERY) -> tuple[DossierLine, ...]:
        """Return the dossiers received last, of the newest thousands those that `only` names."""
        now = self.context.clock()
        with self.context.store.reading() as session:
            if only == EVERY:
                return lines_of(self.context, dossiers.newest(session, limit), now)
            return self._narrowed(dossiers.newest(session, _LOOKED_THROUGH), only, now, limit)

    def _narrowed(self, rows: Iterable[DossierRow], only: Only, now: datetime, limit: int) -> tuple[DossierLine, ...]:
        fitting = [
            row
            for row in rows
            if only.procedure in ("", row.procedure) and (only.which != "mine" or row.officer == only.officer)
        ]
        found = (line for line in lines_of(self.context, fitting, now) if _stands(line, only.which, now))
        return tuple(islice(found, limit))

    def by_tracking(self, tracking: int) -> str | None:
        """Return the id of the dossier with a scanned tracking number, None where it is no dossier of this unit."""
        with self.context.store.reading() as session:
            row = dossiers.by_tracking(session, tracking)
            return None if row is None or stubs.guest(session, row.id) is not None else row.id

    def show(self, code: str) -> DossierView:
        """Return a dossier by its id or any of its codes, whole; raises DossierUnknown, CodeAmbiguous."""
        with self.context.store.reading() as session:
            return view_of(self.context, session, found_row(session, code), self.context.clock())

    def opened(self, dossier: str, officer: Officer) -> DossierView:
        """Return a dossier and write down who looked at it (the screens do this, for each opening).

        Where nothing can be written, on a full disk too, it is returned all the same; a look at another unit's was
        written down before.
        """
        view = self.show(dossier)
        if self.context.log.refusal is None and self.elsewhere.looked(view.line.id) is None:
            try:
                with self.context.log.act(officer.id) as act:
                    act.append("dossier.viewed", {}, dossier=view.line.id)
            except StoreTrouble as trouble:
                diagnostics.note("opened, not written down", dossier=view.line.id, trouble=trouble.code)
        return view

    def last_opened(self) -> str:
        """Return the code of the dossier that was looked at last on this desk, "" for none."""
        with self.context.store.reading() as session:
            dossier = last_viewed(session, self.context.settings.desk)
            row = dossiers.by_id(session, dossier) if dossier else None
            return (row.code or "") if row is not None else ""

    def _ids(self, session: Session, words: str, limit: int) -> list[str]:
        scan = classify(words)
        if isinstance(scan, SlipScan | ShortScan):
            tracking = read_tracking(words)
            row = dossiers.by_tracking(session, tracking) if tracking is not None else None
            return [] if row is None or stubs.guest(session, row.id) is not None else [row.id]
        if isinstance(scan, CardScan):
            return search.by_number(session, plain(scan.card.personal_id), limit)
        if (certified := books.read(words)) is not None:
            return [row.id for row in dossiers.by_book_number(session, *certified)][:limit]
        if _HAS_DIGIT.search(words):
            for reading in (words, *code_readings(words)):
                if ids := search.by_number(session, plain(reading), limit):
                    return ids
            return self._by_names(session, words, limit)
        return self._by_names(session, words, limit)

    def _by_names(self, session: Session, words: str, limit: int) -> list[str]:
        folded = fold(words).split()
        ids = search.by_names(session, folded, limit)
        if len(ids) < limit:
            for spelling in _one_slip_away(folded, search.vocabulary(session) if not ids else []):
                ids += [dossier for dossier in search.by_names(session, spelling, limit) if dossier not in ids]
        rows = dossiers.by_ids(session, ids)
        exact = [row.id for row in rows if words.casefold() in row.owner_name.casefold()]
        return exact + [dossier for dossier in ids if dossier not in set(exact)]


def _stands(line: DossierLine, which: Which, now: datetime) -> bool:
    match which:
        case "" | "mine":
            return True
        case "open":
            return line.status not in _ENDED
        case "overdue":
            return line.timeliness == "overdue" and line.resolved_at is None
        case "today":
            return line.accepted_at is not None and office_day(line.accepted_at) == office_day(now)
        case _:
            return line.status == which


def _one_slip_away(words: list[str], vocabulary: list[str]) -> list[list[str]]:
    """Return spellings in which each word that begins none of the names is replaced by one edit away of one."""
    choices: list[list[str]] = []
    for word in words:
        known = any(other.startswith(word) for other in vocabulary)
        near = [word] if known or len(word) < 3 else [other for other in vocabulary if one_edit(word, other)]
        if not near:
            return []
        choices.append(near[:3])
    spellings: list[list[str]] = [[]]
    for near in choices:
        spellings = [[*spelling, word] for spelling in spellings for word in near]
    return [spelling for spelling in spellings if spelling != words][:9]


def one_edit(a: str, b: str) -> bool:
    """Return whether `a` becomes `b` by one letter added, left out, changed, or two neighbours swapped."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    ra, rb = a[start:], b[start:]
    if len(a) == len(b):
        return ra[1:] == rb[1:] or (ra[:2] == rb[1::-1] and ra[2:] == rb[2:])
    return ra[1:] == rb if len(a) > len(b) else ra == rb[1:]
