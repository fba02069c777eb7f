"""The tables that a desk and a center have in common, as the first revision of both makes them."""

from __future__ import annotations

from alembic import op

from storage.migrations.columns import is_sqlite, make_index, make_table


def make_event_table() -> None:
    """Make the log's table and the triggers that let only an erasure touch a written event."""
    make_table(
        "event",
        """
        position int PRIMARY KEY
        desk text NOT NULL
        epoch int NOT NULL
        seq int NOT NULL
        id text NOT NULL
        dossier text
        kind text NOT NULL
        head_hash text NOT NULL
        head bytes NOT NULL
        body bytes NOT NULL
        private bytes
        """,
        "UNIQUE (desk, epoch, seq)",
        "CHECK (seq > 0 AND epoch > 0)",
    )
    make_index("event_by_dossier", "event (dossier, position)", where="dossier IS NOT NULL")
    make_index("event_by_id", "event (id)")
    for statement in _SQLITE_GUARDS if is_sqlite() else _POSTGRES_GUARDS:
        op.execute(statement)


_SQLITE_GUARDS = (
    "CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END",
    "CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event"
    " WHEN NEW.private IS NOT NULL OR OLD.position <> NEW.position OR OLD.head <> NEW.head"
    " OR OLD.body <> NEW.body OR OLD.desk <> NEW.desk OR OLD.epoch <> NEW.epoch OR OLD.seq <> NEW.seq"
    " OR OLD.id <> NEW.id OR OLD.kind <> NEW.kind OR OLD.head_hash <> NEW.head_hash"
    " OR OLD.dossier IS NOT NEW.dossier"
    " BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END",
)
_POSTGRES_GUARDS = (
    "CREATE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'an event is never deleted'; END $$",
    "CREATE FUNCTION event_is_fixed() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'an event is never changed'; END $$",
    "CREATE TRIGGER event_is_kept BEFORE DELETE OR TRUNCATE ON event"
    " FOR EACH STATEMENT EXECUTE FUNCTION event_is_kept()",
    "CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event FOR EACH ROW"
    " WHEN (NEW.private IS NOT NULL OR (OLD.position, OLD.desk, OLD.epoch, OLD.seq, OLD.id, OLD.dossier, OLD.kind,"
    " OLD.head_hash, OLD.head, OLD.body) IS DISTINCT FROM (NEW.position, NEW.desk, NEW.epoch, NEW.seq, NEW.id,"
    " NEW.dossier, NEW.kind, NEW.head_hash, NEW.head, NEW.body))"
    " EXECUTE FUNCTION event_is_fixed()",
)


_DOSSIER = """
id text PRIMARY KEY NOT NULL
unit text NOT NULL
desk text NOT NULL
code text
tracking text
business_on text
serial int
is_provisional int NOT NULL
procedure text NOT NULL
procedure_case text
field text NOT NULL
channel text NOT NULL
catalogue text NOT NULL
status text NOT NULL
status_before text NOT NULL
filed_at int
accepted_at int
promised_at int
due_at int
term text
resolved_at int
returned_at int
refused_at int
stopped_at int
withdrawal_at int
waiting_since_at int
waits text
dues text
holder text NOT NULL
held_since_at int
competent_unit text NOT NULL
returning_unit text NOT NULL
owner_name text NOT NULL
owner_folded text NOT NULL
owner_sort text NOT NULL
people text
summary text NOT NULL
note text NOT NULL
documents text
set_count int NOT NULL
pages int
copies int
fee_dong int
fee_ground text NOT NULL
fees text
other_codes text
slip text NOT NULL
apologised_at int
delays text
survey text NOT NULL
officer text NOT NULL
assisted_by text NOT NULL
is_erased int NOT NULL
heads text
undoable text
incidents text
last_at int
last_kind text NOT NULL
"""


def make_projected_tables() -> None:
    """Make the tables that follow from the log at both ends."""
    _make_dossiers()
    _make_papers()
    _make_people_and_desks()


def _make_dossiers() -> None:
    make_table(
        "dossier",
        _DOSSIER,
        "CHECK (is_provisional IN (0, 1))",
        "CHECK (is_erased IN (0, 1))",
        "CHECK (fee_dong >= 0)",
    )
    make_index("dossier_by_code", "dossier (code)")
    make_index("dossier_by_tracking", "dossier (tracking)")
    make_index("dossier_by_acceptance", "dossier (accepted_at)")
    make_index("dossier_by_status", "dossier (status, due_at)")
    make_index("dossier_by_resolution", "dossier (resolved_at)")


def _make_papers() -> None:
    make_table(
        "paper",
        """
        id text PRIMARY KEY NOT NULL
        dossier text
        desk text NOT NULL
        kind text NOT NULL
        copy_no int NOT NULL
        sha256 text NOT NULL
        name text NOT NULL
        state text NOT NULL
        officer text NOT NULL
        made_at int NOT NULL
        event text
        """,
    )
    make_index("paper_by_dossier", "paper (dossier, kind, copy_no)")
    make_table(
        "survey_form",
        """
        id text PRIMARY KEY NOT NULL
        unit text NOT NULL
        officer text NOT NULL
        field text NOT NULL
        level text NOT NULL
        how text NOT NULL
        is_quick int NOT NULL
        captured_at int NOT NULL
        """,
    )
    make_index("survey_form_by_time", "survey_form (captured_at)")


def _make_people_and_desks() -> None:
    make_table(
        "officer",
        """
        id text PRIMARY KEY NOT NULL
        desk text NOT NULL
        name text NOT NULL
        role text NOT NULL
        badge text NOT NULL
        is_active int NOT NULL
        """,
    )
    make_table(
        "desk",
        """
        id text PRIMARY KEY NOT NULL
        unit text NOT NULL
        agency_code text NOT NULL
        slot int NOT NULL
        epoch int NOT NULL
        public_key text NOT NULL
        center text NOT NULL
        tracking_url text NOT NULL
        opened_at int NOT NULL
        clock_set_at int
        """,
    )
    make_table(
        "serial",
        """
        agency_code text NOT NULL
        business_on text NOT NULL
        slot int NOT NULL
        last int NOT NULL
        """,
        "PRIMARY KEY (agency_code, business_on, slot)",
    )
