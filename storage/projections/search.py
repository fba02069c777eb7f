"""What a dossier is found by at the desk: folded names in a full-text index, numbers as sorted keys.

Every word's prefixes of one to six letters are stored posting lists, so that each typed prefix streams the
newest hits first. Numbers are searched from their front and, reversed, from their tail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import column, delete, select, table, text
from sqlmodel import Session, col

from desk.text import fold
from storage.projections.fold import State
from storage.projections.upsert import table_of, upsert
from storage.tables.projected import LookupKeyRow

_AT_ONCE = 500
_PEOPLE = ("owner", "submitter", "representative", "proxy", "receiver")


def project(session: Session, states: Iterable[State]) -> None:
    """Make the search entries of the dossiers `states` anew where they changed."""
    wanted = {str(state["id"]): state for state in states}
    ids = list(wanted)
    for start in range(0, len(ids), _AT_ONCE):
        some = [wanted[dossier] for dossier in ids[start : start + _AT_ONCE]]
        _keys(session, some)
        _names(session, some)


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


def _keys(session: Session, states: Sequence[State]) -> None:
    connection = session.connection()
    there: dict[str, set[tuple[str, str]]] = {}
    known = connection.execute(
        select(col(LookupKeyRow.dossier), col(LookupKeyRow.kind), col(LookupKeyRow.value)).where(
            col(LookupKeyRow.dossier).in_([state["id"] for state in states])
        )
    )
    for dossier, kind, value in known:
        there.setdefault(dossier, set()).add((kind, value))
    fresh: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for state in states:
        dossier, wanted, old = str(state["id"]), set(keys_of(state)), there.get(str(state["id"]), set())
        newest: datetime | None = state.get("accepted_at") or state.get("filed_at")
        if wanted != old:
            keyed = [{"dossier": dossier, "kind": kind, "value": value} for kind, value in sorted(wanted)]
            fresh += [{**key, "accepted_at": newest} for key in keyed]
            gone += [{"id": dossier, "kind": kind, "value": value} for kind, value in sorted(old - wanted)]
    if gone:
        connection.execute(text("DELETE FROM lookup_key WHERE dossier=:id AND kind=:kind AND value=:value"), gone)
    upsert(session, LookupKeyRow, fresh)


def _names(session: Session, states: Sequence[State]) -> None:
    connection = session.connection()
    entry = table("name_entry", column("number"), column("dossier"), column("folded"))
    known = connection.execute(select(entry).where(entry.c.dossier.in_([state["id"] for state in states])))
    there = {row.dossier: (row.number, row.folded) for row in known}
    last = connection.execute(text("SELECT coalesce(max(number), 0) FROM name_entry")).scalar() or 0
    indexed: list[dict[str, Any]] = []
    for state in states:
        dossier, folded = str(state["id"]), names_of(state)
        number, old = there.get(dossier, (0, None))
        if old == folded:
            continue
        if old is None:
            last = number = last + 1
        else:
            connection.execute(
                text("INSERT INTO name_index (name_index, rowid, folded) VALUES ('delete', :number, :old)"),
                {"number": number, "old": old},
            )
        indexed.append({"number": number, "dossier": dossier, "folded": folded})
    if indexed:
        connection.execute(
            text(
                "INSERT INTO name_entry (number, dossier, folded) VALUES (:number, :dossier, :folded)"
                " ON CONFLICT (number) DO UPDATE SET folded = excluded.folded"
            ),
            indexed,
        )
        connection.execute(text("INSERT INTO name_index (rowid, folded) VALUES (:number, :folded)"), indexed)


def forget(session: Session, dossiers: Sequence[str]) -> None:
    """Take out every search entry of `dossiers`."""
    connection = session.connection()
    entry = table("name_entry", column("number"), column("dossier"), column("folded"))
    for start in range(0, len(dossiers), _AT_ONCE):
        some = dossiers[start : start + _AT_ONCE]
        for row in connection.execute(select(entry).where(entry.c.dossier.in_(some))).all():
            connection.execute(
                text("INSERT INTO name_index (name_index, rowid, folded) VALUES ('delete', :number, :old)"),
                {"number": row.number, "old": row.folded},
            )
        connection.execute(delete(entry).where(entry.c.dossier.in_(some)))
        connection.execute(delete(table_of(LookupKeyRow)).where(col(LookupKeyRow.dossier).in_(some)))
