"""Results are kept in a drawer or box that the dossier names."""

from __future__ import annotations

from storage.migrations.columns import add_column

revision = "c0004"
down_revision = "c0003"


def upgrade() -> None:
    """Add the column; results of before are kept nowhere in particular."""
    add_column("dossier", "place text NOT NULL DEFAULT ''")
