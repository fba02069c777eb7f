"""The first tables of a center."""

from __future__ import annotations

from storage.migrations.columns import make_index, make_table
from storage.migrations.first import make_event_table, make_projected_tables

revision = "c0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    make_event_table()
    make_projected_tables()
    _make_enrolment()
    make_table(
        "desk_cursor",
        """
        desk text NOT NULL
        epoch int NOT NULL
        seq int NOT NULL
        head_hash text NOT NULL
        stored_at int NOT NULL
        """,
        "PRIMARY KEY (desk, epoch)",
        "CHECK (seq > 0 AND epoch > 0)",
    )
    make_table("unit_salt", "unit text PRIMARY KEY NOT NULL\nsalt text NOT NULL")
    make_table("center_setting", "name text PRIMARY KEY NOT NULL\nvalue text")
    make_table(
        "quarantined_event",
        """
        desk text NOT NULL
        epoch int NOT NULL
        seq int NOT NULL
        kind text NOT NULL
        """,
        "PRIMARY KEY (desk, epoch, seq)",
    )


def _make_enrolment() -> None:
    make_table(
        "enrolment_token",
        """
        hashed text PRIMARY KEY NOT NULL
        unit text NOT NULL
        slot int NOT NULL
        made_at int NOT NULL
        expires_at int NOT NULL
        used_at int
        used_by text
        """,
    )
    make_table(
        "enrolled_desk",
        """
        desk text PRIMARY KEY NOT NULL
        public_key text NOT NULL
        key_id text NOT NULL
        unit text NOT NULL
        agency_code text NOT NULL
        slot int NOT NULL
        genesis text NOT NULL
        certificate text NOT NULL
        enrolled_at int NOT NULL
        revoked_at int
        """,
    )
    make_index("enrolled_desk_by_slot", "enrolled_desk (unit, slot)", where="revoked_at IS NULL", unique=True)
    make_index("enrolled_desk_by_key", "enrolled_desk (key_id)")
