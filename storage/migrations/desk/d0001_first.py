"""The first tables of a desk."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import make_index, make_table
from storage.migrations.first import make_event_table, make_projected_tables

revision = "d0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    make_event_table()
    make_projected_tables()
    _make_search()
    _make_own()
    _make_exchange()
    _make_reference()


def _make_search() -> None:
    make_table(
        "lookup_key",
        """
        dossier text NOT NULL
        kind text NOT NULL
        value text NOT NULL
        accepted_at int
        """,
        "PRIMARY KEY (dossier, kind, value)",
    )
    make_index("lookup_key_by_value", "lookup_key (kind, value, accepted_at)")
    make_table(
        "name_entry",
        """
        number int PRIMARY KEY
        dossier text NOT NULL UNIQUE
        folded text NOT NULL
        """,
    )
    # A Vietnamese syllable has at most seven letters, so every typed prefix is one stored posting list.
    op.execute("CREATE VIRTUAL TABLE name_index USING fts5(folded, content='', detail=none, prefix='1 2 3 4 5 6')")


def _make_own() -> None:
    make_table("setting", "name text PRIMARY KEY NOT NULL\nvalue text")
    make_table(
        "officer_key",
        """
        officer text PRIMARY KEY NOT NULL
        how text NOT NULL
        salt bytes NOT NULL
        hashed bytes NOT NULL
        failures int NOT NULL
        closed_until_at int
        """,
    )
    make_table(
        "draft",
        """
        dossier text PRIMARY KEY NOT NULL
        officer text NOT NULL
        place text NOT NULL
        form text NOT NULL
        is_parked int NOT NULL
        changed_at int NOT NULL
        """,
    )
    make_table(
        "print_job",
        """
        id text PRIMARY KEY NOT NULL
        paper text NOT NULL
        printer text NOT NULL
        state text NOT NULL
        attempts int NOT NULL
        last_error text NOT NULL
        queued_at int NOT NULL
        handed_at int
        """,
    )
    make_index("print_job_by_state", "print_job (state, queued_at)")


def _make_exchange() -> None:
    make_table(
        "sync_state",
        """
        id int PRIMARY KEY
        have text
        last_exchange_at int
        last_try_at int
        last_failure text NOT NULL
        center_offset_ms int
        quarantined text
        proof bytes
        """,
        "CHECK (id = 1)",
    )
    make_table(
        "center_key",
        "id int PRIMARY KEY\nurl text NOT NULL\npublic_key text NOT NULL\ncertificate text",
        "CHECK (id = 1)",
    )
    make_table(
        "known_key",
        """
        public_key text PRIMARY KEY NOT NULL
        key_id text NOT NULL
        desk text NOT NULL
        unit text NOT NULL
        agency_code text NOT NULL
        is_practice int NOT NULL
        revoked_at int
        """,
    )


def _make_reference() -> None:
    make_table(
        "reference_import",
        """
        number int PRIMARY KEY
        version text NOT NULL
        kind text NOT NULL
        imported_at int NOT NULL
        added int NOT NULL
        changed int NOT NULL
        unchanged int NOT NULL
        """,
    )
    make_table(
        "reference",
        """
        kind text NOT NULL
        key text NOT NULL
        since int NOT NULL
        until int
        value text NOT NULL
        """,
        "PRIMARY KEY (kind, key, since)",
    )
