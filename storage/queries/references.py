"""Questions about the dated reference data, and the one way it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, update
from sqlmodel import Session, col, or_, select

from storage.projections.upsert import table_of
from storage.tables.columns import canonical
from storage.tables.reference import ReferenceImportRow, ReferenceRow


class Imported(NamedTuple):
    """What an import did."""

    version: str
    added: int
    changed: int
    unchanged: int


def newest_import(session: Session) -> int:
    """Return the number of the newest import, 0 before the first."""
    return int(session.exec(select(func.max(ReferenceImportRow.number))).one() or 0)


def version_at(session: Session, number: int) -> str:
    """Return the version that import `number` made, "" for none."""
    row = session.get(ReferenceImportRow, number)
    return "" if row is None else row.version


def number_of(session: Session, version: str) -> int | None:
    """Return the first import that made `version`."""
    return session.exec(
        select(ReferenceImportRow.number)
        .where(ReferenceImportRow.version == version)
        .order_by(col(ReferenceImportRow.number))
    ).first()


def in_force(session: Session, kind: str, number: int) -> dict[str, Any]:
    """Return the values of `kind` in force after import `number`, by key."""
    rows = session.exec(
        select(ReferenceRow.key, ReferenceRow.value).where(
            ReferenceRow.kind == kind,
            col(ReferenceRow.since) <= number,
            or_(col(ReferenceRow.until).is_(None), col(ReferenceRow.until) > number),
        )
    )
    return {key: value for key, value in rows}  # noqa: C416 - rows are no tuples to mypy


def bring_in(session: Session, kind: str, values: Mapping[str, Any], at: datetime) -> Imported:
    """Bring `values` (by key) of `kind` into force, keeping every older version; returns the counts.

    What `values` does not name stays as it is.
    """
    before = newest_import(session)
    number = before + 1
    old = in_force(session, kind, before)
    written = {key: canonical(value) for key, value in values.items()}
    was = {key: canonical(value) for key, value in old.items()}
    added = [key for key in written if key not in was]
    changed = [key for key in written if key in was and was[key] != written[key]]
    connection = session.connection()
    for key in changed:
        connection.execute(
            update(table_of(ReferenceRow))
            .where(col(ReferenceRow.kind) == kind, col(ReferenceRow.key) == key, col(ReferenceRow.until).is_(None))
            .values(until=number)
        )
    fresh = [
        {"kind": kind, "key": key, "since": number, "until": None, "value": values[key]} for key in added + changed
    ]
    if fresh:
        connection.execute(insert(table_of(ReferenceRow)), fresh)
    version = _version(session, number)
    unchanged = len(written) - len(added) - len(changed)
    session.add(
        ReferenceImportRow(
            number=number,
            version=version,
            kind=kind,
            imported_at=at,
            added=len(added),
            changed=len(changed),
            unchanged=unchanged,
        )
    )
    session.flush()
    return Imported(version, len(added), len(changed), unchanged)


def _version(session: Session, number: int) -> str:
    digest = hashlib.sha256()
    for kind in ("catalogue", "documents", "units", "holidays"):
        for key, value in sorted(in_force(session, kind, number).items()):
            digest.update(f"{kind}\t{key}\t{canonical(value)}\n".encode())
    return digest.hexdigest()[:12]
