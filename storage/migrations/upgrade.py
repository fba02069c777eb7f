"""Brings a database to this version's schema, in the one transaction of the connection it is given."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from sqlalchemy import Connection, text

from desk.errors.store import NewerDatabase

End = Literal["desk", "center"]

HEADS: Final[dict[End, str]] = {"desk": "d0007", "center": "c0006"}
"""The newest revision of each end; a test compares it with the revision files."""


def stamped(connection: Connection) -> str | None:
    """Return the revision stamped in the database, None for an empty one; one raw query."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).first()
    else:
        found = connection.execute(text("SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL")).first()
    if found is None:
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def upgrade(connection: Connection, end: End) -> bool:
    """Bring the database behind `connection` to the newest revision; returns whether anything was done.

    The caller's transaction holds all of it, so an interrupted upgrade leaves the old state whole.
    Raises NewerDatabase where the stamp is of a later version of the program.
    """
    now = stamped(connection)
    if now == HEADS[end]:
        return False
    # Alembic: paid only when there is something to change
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    here = Path(__file__).parent
    config = Config()
    config.set_main_option("script_location", str(here))
    config.set_main_option("version_locations", str(here / end))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if now is not None and now not in known:
        raise NewerDatabase(found=now, known=HEADS[end])
    command.upgrade(config, "head")
    return True
