"""What a dossier is found by at the desk: folded names in a full-text index, numbers as sorted keys.

Every word's prefixes of one to six letters are stored posting lists, so that each typed prefix streams the
newest hits first. Numbers are searched from their front and, reversed, from their tail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from desk.text import fold
from storage.projections.fold import State
from storage.projections.upsert import upsert
from storage.tables.projected import LookupKeyRow

_PEOPLE = ("owner", "submitter", "proxy", "receiver")


def project(session: Session, states: Iterable[State]) -> None:
    """Make the search entries of the dossiers `states` anew where they changed."""
    for state in states:
        _keys(session, state)
        _names(session, state)


def plain(number: str) -> str:
    """Return `number` as it is kept and sought: lower case, without dots, hyphens and blanks."""
    return "".join(c for c in number.casefold() if c.isalnum())


def keys_of(state: State) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) of all numbers a dossier is found by; kind `x~` holds the reversed value."""
    found: dict[str, set[str]] = {"code": set(), "id": set(), "phone": set(), "track": set()}
    found["code"] = {plain(code) for code in (state.get("code"), *_other_codes(state)) if code}
    if state.get("tracking"):
        found["track"] = {str(state["tracking"]).rjust(20, "0")}
    for role in _PEOPLE:
        person = (state.get("people") or {}).get(role) or {}
        found["id"] |= {plain(str(person[key])) for key in ("personal_id", "tax_code") if person.get(key)}
        if person.get("phone"):
            found["phone"].add(plain(str(person["phone"])))
    for kind, values in found.items():
        for value in sorted(values):
            yield kind, value
            if kind != "track":
                yield f"{kind}~", value[::-1]


def _other_codes(state: State) -> list[str]:
    return [str(other.get("code", "")) for other in state.get("other_codes") or []]


def names_of(state: State) -> str:
    """Return the folded names of everybody on the dossier, the owner first."""
    people = state.get("people") or {}
    names = [str((people.get(role) or {}).get("name", "")) for role in _PEOPLE]
    return " ".join(dict.fromkeys(fold(name) for name in names if name))


def _keys(session: Session, state: State) -> None:
    connection = session.connection()
    newest: datetime | None = state.get("accepted_at") or state.get("filed_at")
    wanted = set(keys_of(state))
    known = connection.execute(
        text("SELECT kind, value, accepted_at FROM lookup_key WHERE dossier = :id"), {"id": state["id"]}
    )
    there = {(row.kind, row.value) for row in known}
    gone = [{"id": state["id"], "kind": kind, "value": value} for kind, value in there - wanted]
    if gone:
        connection.execute(text("DELETE FROM lookup_key WHERE dossier=:id AND kind=:kind AND value=:value"), gone)
    upsert(
        session,
        LookupKeyRow,
        [
            {"dossier": state["id"], "kind": kind, "value": value, "accepted_at": newest}
            for kind, value in sorted(wanted)
        ]
        if wanted != there or not there
        else [],
    )


def _names(session: Session, state: State) -> None:
    connection = session.connection()
    folded = names_of(state)
    row = connection.execute(
        text("SELECT number, folded FROM name_entry WHERE dossier = :id"), {"id": state["id"]}
    ).first()
    entry: dict[str, Any] = {"id": state["id"], "folded": folded}
    if row is None:
        connection.execute(text("INSERT INTO name_entry (dossier, folded) VALUES (:id, :folded)"), entry)
        number = connection.execute(text("SELECT last_insert_rowid()")).scalar()
    elif row.folded == folded:
        return
    else:
        number = row.number
        connection.execute(
            text("INSERT INTO name_index (name_index, rowid, folded) VALUES ('delete', :number, :old)"),
            {"number": number, "old": row.folded},
        )
        connection.execute(text("UPDATE name_entry SET folded = :folded WHERE dossier = :id"), entry)
    connection.execute(
        text("INSERT INTO name_index (rowid, folded) VALUES (:number, :folded)"),
        {"number": number, "folded": folded},
    )
