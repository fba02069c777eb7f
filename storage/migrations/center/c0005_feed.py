"""Whom a dossier concerns, what each unit is given of it, and who looked one up."""

from __future__ import annotations

from storage.migrations.columns import make_index, make_table

revision = "c0005"
down_revision = "c0004"


def upgrade() -> None:
    """Make the tables."""
    make_table("audience", "dossier text NOT NULL\nunit text NOT NULL", "PRIMARY KEY (dossier, unit)")
    make_index("audience_by_unit", "audience (unit)")
    make_table(
        "feed_entry",
        """
        number int PRIMARY KEY
        unit text NOT NULL
        what text NOT NULL
        dossier text
        position int
        """,
    )
    make_index("feed_by_unit", "feed_entry (unit, number)")
    make_table(
        "lookup_trace",
        """
        event text PRIMARY KEY NOT NULL
        desk text NOT NULL
        dossier text NOT NULL
        answered_at int NOT NULL
        """,
    )
    make_index("lookup_trace_by_dossier", "lookup_trace (dossier)")
