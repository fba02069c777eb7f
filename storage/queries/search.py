"""Live search at the desk: by words of a name without accents, and by the front or tail of a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlmodel import Session, col, select

from storage.tables.elsewhere import GuestRow
from storage.tables.projected import LookupKeyRow

_RUNS: Final = re.compile(r"[^\W_]+")
"""What the index takes as one word: it parts a name at every other sign, such as the apostrophe of H'Hen Niê."""


def by_names(session: Session, words: Sequence[str], limit: int) -> list[str]:
    """Return ids of dossiers on which every folded word of `words` begins a name's word, newest first.

    A word with other signs in it is sought by its parts: the index keeps no places, so it knows no phrases.
    """
    match = " AND ".join(f'"{part[:40]}"*' for word in words for part in _RUNS.findall(word))
    if not match:
        return []
    rows = session.connection().execute(
        text(
            "SELECT e.dossier FROM name_index i JOIN name_entry e ON e.number = i.rowid"
            " WHERE name_index MATCH :match AND e.dossier NOT IN (SELECT dossier FROM guest)"
            " ORDER BY i.rowid DESC LIMIT :limit"
        ),
        {"match": match, "limit": limit},
    )
    return [row[0] for row in rows]


def by_number(session: Session, plain: str, limit: int) -> list[str]:
    """Return ids of dossiers a number of which is, begins with or ends in `plain`, newest first.

    plain: lower case, no dots or hyphens (storage.projections.search.plain).
    """
    found: dict[str, None] = {}
    for kind in ("code", "id", "phone"):
        for key, sought in ((kind, plain), (f"{kind}~", plain[::-1])):
            rows = session.exec(
                select(LookupKeyRow.dossier, LookupKeyRow.accepted_at)
                .where(
                    LookupKeyRow.kind == key,
                    col(LookupKeyRow.value) >= sought,
                    col(LookupKeyRow.value) < sought + "\x7f",
                    col(LookupKeyRow.dossier).not_in(select(GuestRow.dossier)),
                )
                .order_by(col(LookupKeyRow.accepted_at).desc())
                .limit(limit)
            )
            found.update(dict.fromkeys(row[0] for row in rows))
    return list(found)


def vocabulary(session: Session) -> list[str]:
    """Return every folded word of the names that are there, for the search with one slip of the finger."""
    rows = session.connection().execute(text("SELECT DISTINCT folded FROM name_entry"))
    return sorted({word for row in rows for word in row[0].split()})
