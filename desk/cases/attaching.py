"""Scanned papers of a dossier: each file is on disk before the event that names its hash is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from desk.cases.context import Context, Officer
from desk.cases.lines import found_row
from desk.errors.acts import DossierUndone
from desk.errors.attachments import (
    AttachmentNotKept,
    AttachmentsFull,
    AttachmentTooLarge,
    AttachmentUnfit,
    DocumentLineUnknown,
    ResultNotThere,
)
from desk.errors.causes import cause_of
from desk.errors.store import FileUnreadable
from desk.rules.dossier import RESULT
from desk.text import clean_line
from storage import blobs
from storage.projections.attachments import ATTACHED, Attached, attachments
from storage.projections.dossiers import events_of
from storage.tables.projected import DossierRow

_NAME: Final = 120
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Attaching:
    """Attaches files to dossiers."""

    context: Context

    def attach(self, code: str, files: Sequence[Path], officer: Officer, *, line: int = 0) -> tuple[Attached, ...]:
        """Attach `files` to a dossier, all or none, and return them in order; what it has already is not added again.

        line: the number of the document in the procedure's list that they show, 0 for none, RESULT for the result,
        which is there once the dossier is resolved. Raises DossierUnknown, CodeAmbiguous, DossierUndone,
        DocumentLineUnknown, ResultNotThere, FileUnreadable, AttachmentUnfit, AttachmentTooLarge, AttachmentsFull,
        AttachmentNotKept. A file that was kept by an act that failed then is harmless: it has no
        name, and attaching it again finds it.
        """
        with self.context.store.reading() as session:
            self._check(found_row(session, code), line)
        for number, file in enumerate(files, 1):
            _checked(number, file)
        store = blobs.Blobs(self.context.attachments_folder)
        kept = [_kept(number, file, store) for number, file in enumerate(files, 1)]
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            self._check(row, line)
            there = {(one.sha256, one.line) for one in attachments(events_of(act.session, row.id))}
            for number, (file, blob) in enumerate(zip(files, kept, strict=True), 1):
                if (blob.sha256, line) in there:
                    continue
                there.add((blob.sha256, line))
                if not store.has(blob.sha256, blob.size):
                    kept[number - 1] = blob = _kept(number, file, store)  # it went with a dossier that left just now
                body: dict[str, Any] = {"sha256": blob.sha256, "size": blob.size, "mime": blob.mime}
                act.append(ATTACHED, {**body, "line": line} if line else body, {"name": _name_of(file)}, row.id)
            dossier = row.id
        with self.context.store.reading() as session:
            by_content = {(one.sha256, one.line): one for one in attachments(events_of(session, dossier))}
        return tuple(by_content[blob.sha256, line] for blob in kept)

    def _check(self, row: DossierRow, line: int) -> None:
        if not row.status:
            raise DossierUndone(code=row.code or "")
        if line == RESULT:
            if row.resolved_at is None:
                raise ResultNotThere(code=row.code or "")
            return
        procedure = self.context.reference.of_version(row.catalogue).procedures.get(row.procedure)
        known = [document.seq for document in procedure.documents] if procedure is not None else []
        if line and line not in known:
            raise DocumentLineUnknown(line=line, known=", ".join(map(str, known)))


def _checked(number: int, file: Path) -> None:
    """Raise what keeps `file` from being attached, before any file is copied."""
    try:
        _told(number, lambda: blobs.examine(file))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise FileUnreadable(file=str(number), cause=cause_of(error)) from error


def _kept(number: int, file: Path, store: blobs.Blobs) -> blobs.Blob:
    try:
        return _told(number, lambda: store.keep(file))
    except OSError as error:
        raise AttachmentNotKept(cause=cause_of(error)) from error


def _told(number: int, does: Callable[[], Found]) -> Found:
    try:
        return does()
    except blobs.Unfit as error:
        raise AttachmentUnfit(number=number) from error
    except blobs.TooLarge as error:
        raise AttachmentTooLarge(number=number, most_mb=blobs.LARGEST >> 20) from error
    except blobs.Full as error:
        raise AttachmentsFull(most_gb=blobs.QUOTA >> 30) from error


def _name_of(file: Path) -> str:
    """Return the file's name without its folders: those are of this machine, and no part of what was attached."""
    return clean_line(file.name)[:_NAME]
