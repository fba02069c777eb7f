"""Where sealed events lie that are kept but not believed."""

from __future__ import annotations

from storage.migrations.columns import make_table

revision = "c0002"
down_revision = "c0001"


def upgrade() -> None:
    """Make the table."""
    make_table(
        "set_aside",
        """
        desk text NOT NULL
        epoch int NOT NULL
        first int NOT NULL
        last int NOT NULL
        head_hash text NOT NULL
        why text NOT NULL
        key text NOT NULL
        seal text NOT NULL
        lines bytes NOT NULL
        stored_at int NOT NULL
        """,
        "PRIMARY KEY (desk, epoch, first, head_hash)",
    )
