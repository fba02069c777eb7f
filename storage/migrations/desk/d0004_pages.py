"""What a desk is told by the center of dossiers that do not concern its unit."""

from __future__ import annotations

from storage.migrations.columns import make_index, make_table

revision = "d0004"
down_revision = "d0003"


def upgrade() -> None:
    """Make the tables."""
    make_table(
        "stub",
        """
        dossier text PRIMARY KEY NOT NULL
        code text
        plain text
        plain_reversed text
        tracking text
        unit text NOT NULL
        status text NOT NULL
        holder text NOT NULL
        due_at int
        """,
    )
    make_index("stub_by_code", "stub (plain)", where="plain IS NOT NULL")
    make_index("stub_by_tail", "stub (plain_reversed)", where="plain_reversed IS NOT NULL")
    make_index("stub_by_tracking", "stub (tracking)", where="tracking IS NOT NULL")
    make_table("guest", "dossier text PRIMARY KEY NOT NULL\nwhy text NOT NULL\nsince_at int NOT NULL")
