"""What the center knows of itself, kept in its own database: id, key, incarnation, the citizens' address."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlmodel import Session

from storage.center.tables import CenterSetting


class About(NamedTuple):
    """Who the center is."""

    id: str
    incarnation: str
    """Made anew when the center is restored from a backup: what it has may then be less than it said before."""
    public_key: str


def about(session: Session) -> About | None:
    """Return who the center is, None in a database that was not yet made a center's."""
    values = [session.get(CenterSetting, name) for name in About._fields]
    if any(row is None for row in values):
        return None
    return About(*(str(row.value) for row in values if row is not None))


def keep_about(session: Session, value: About) -> None:
    """Write down who the center is."""
    for name, text in value._asdict().items():
        keep(session, name, text)


def keep(session: Session, name: str, value: object) -> None:
    """Keep one setting."""
    session.merge(CenterSetting(name=name, value=value))


def kept(session: Session, name: str) -> str:
    """Return the setting `name` as text, "" where none was kept."""
    row = session.get(CenterSetting, name)
    return "" if row is None else str(row.value)


def mapping(session: Session, name: str) -> dict[str, Any]:
    """Return the setting `name` as the mapping that was kept, an empty one where none was."""
    row = session.get(CenterSetting, name)
    return dict(row.value) if row is not None and isinstance(row.value, dict) else {}


def tracking_url(session: Session) -> str:
    """Return the citizens' address, "" where none was set."""
    return kept(session, "tracking_url")
