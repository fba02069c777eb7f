"""What another unit wrote of a dossier may go once the dossier is a guest here; every other event stays for ever."""

from __future__ import annotations

from alembic import op

revision = "d0006"
down_revision = "d0005"


def upgrade() -> None:
    """Let the guard pass events of guests, except those of the unit's own desks: authors keep their own."""
    op.execute("DROP TRIGGER event_is_kept")
    op.execute(
        "CREATE TRIGGER event_is_kept BEFORE DELETE ON event"
        " WHEN OLD.dossier IS NULL OR OLD.dossier NOT IN (SELECT dossier FROM guest)"
        " OR OLD.desk IN (SELECT id FROM desk)"
        " BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END"
    )
