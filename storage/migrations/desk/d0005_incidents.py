"""The home screen counts open incidents each minute, however many dossiers there are."""

from __future__ import annotations

from storage.migrations.columns import make_index

revision = "d0005"
down_revision = "d0004"


def upgrade() -> None:
    """Make the index; of thousands of dossiers it holds the few with an incident."""
    make_index("dossier_with_incidents", "dossier (last_at)", where="incidents <> '[]'")
