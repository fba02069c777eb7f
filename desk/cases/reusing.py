"""Scanned papers of earlier dossiers of the same owner, taken over into a new one instead of being asked for again.

Nothing is copied: the new event names the same content, and the event it was taken from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from desk.cases import people
from desk.cases.context import Context, Officer
from desk.cases.lines import found_row
from desk.errors.acts import DossierUndone
from desk.text import fold
from storage.blobs import Blobs
from storage.projections.attachments import ATTACHED, Attached, attachments
from storage.projections.dossiers import events_of
from storage.projections.search import plain
from storage.queries import dossiers
from storage.store import Session
from storage.tables.projected import DossierRow

_LOOKED_AT = 60
"""Dossiers of one owner that are looked through, the newest."""


class Reusable(NamedTuple):
    """A file of an earlier dossier that shows a document this one asks for."""

    attached: Attached
    code: str
    """The earlier dossier."""
    line: int
    """Number of the document in the list of the dossier that may take it over."""
    is_here: bool
    """Whether the file itself is on this machine."""


@dataclass(frozen=True, slots=True)
class Reusing:
    """Offers and takes over what an owner handed in before; only an officer decides what still holds good."""

    context: Context

    def offered(self, code: str) -> tuple[Reusable, ...]:
        """Return the files of the owner's earlier dossiers that this dossier can take over, by its documents.

        A document is the same by its folded name; of each the files of the newest dossier that has any. Forms are
        left out: they are filled in anew. Raises DossierUnknown, CodeAmbiguous.
        """
        with self.context.store.reading() as session:
            return self._offered(session, found_row(session, code))

    def take_over(self, code: str, events: Collection[str], officer: Officer) -> int:
        """Attach what the earlier `events` attached to this dossier too, and return how many files that are.

        What is no longer offered is left out. Raises DossierUnknown, CodeAmbiguous, DossierUndone.
        """
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            if not row.status:
                raise DossierUndone(code=row.code or "")
            chosen = [one for one in self._offered(act.session, row) if one.attached.event in events]
            for one in chosen:
                earlier = one.attached
                body: dict[str, Any] = {"sha256": earlier.sha256, "size": earlier.size, "mime": earlier.mime}
                body |= {"line": one.line, "from": earlier.event}
                act.append(ATTACHED, body, {"name": earlier.name}, row.id)
        return len(chosen)

    def _offered(self, session: Session, row: DossierRow) -> tuple[Reusable, ...]:
        wanted = {name: seq for seq, name in self._documents(row)}
        there = {(one.sha256, one.line) for one in attachments(events_of(session, row.id))}
        store, found = Blobs(self.context.attachments_folder), []
        for earlier in _earlier(session, row) if wanted else ():
            names = dict(self._documents(earlier))
            files = [(names.get(one.line, ""), one) for one in attachments(events_of(session, earlier.id))]
            lines = {name: wanted.pop(name) for name in {name for name, _one in files} & wanted.keys()}
            found += [
                Reusable(one, earlier.code or "", lines[name], store.has(one.sha256, one.size))
                for name, one in files
                if name in lines and (one.sha256, lines[name]) not in there
            ]
        return tuple(sorted(found, key=lambda one: one.line))

    def _documents(self, row: DossierRow) -> Iterator[tuple[int, str]]:
        """Yield number and folded name of each document of the list that `row` was accepted under, without forms."""
        procedure = self.context.reference.of_version(row.catalogue).procedures.get(row.procedure)
        for document in procedure.documents if procedure is not None else ():
            if document.form != "form":
                yield document.seq, fold(document.name_vi)


def _earlier(session: Session, row: DossierRow) -> Iterator[DossierRow]:
    """Yield the earlier dossiers of the same owner, the newest first; none where he has no number."""
    number, since = _owner(row), row.accepted_at or row.filed_at
    if not number or since is None:
        return
    for other in dossiers.of_person(session, number, _LOOKED_AT):
        received = other.accepted_at or other.filed_at
        is_his = other.id != row.id and bool(other.status) and _owner(other) == number
        if is_his and received is not None and received <= since:
            yield other


def _owner(row: DossierRow) -> str:
    owner = people.read((row.people or {}).get("owner"))
    return plain(owner.personal_id or owner.tax_code) if owner is not None else ""
