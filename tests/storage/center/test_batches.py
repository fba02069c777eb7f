"""What a batch of events costs on PostgreSQL, by the plans of its own statements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event

from tests import postgres
from tests.storage.centers import join, new_center, push
from tests.storage.desks import Desk


def test_no_batch_reads_the_whole_log_where_the_planner_has_not_counted_it(
    tmp_path: Path, desk: Desk, postgres_server: str
) -> None:
    center = new_center(tmp_path, postgres.fresh_database(postgres_server))
    try:
        join(desk, center)
        desk.accept(150)
        push(desk, center, desk.events()[:20])
        plans: list[str] = []

        def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
            if statement.startswith("SELECT") and "FROM event" in statement:
                driver = connection.connection.driver_connection
                plans.append("\n".join(row[0] for row in driver.execute(f"EXPLAIN {statement}", parameters)))

        event.listen(center.store.engine, "before_cursor_execute", explain)
        push(desk, center, desk.events()[20:])
        event.remove(center.store.engine, "before_cursor_execute", explain)
    finally:
        center.close()
    assert plans
    assert [plan for plan in plans if "Seq Scan on event" in plan] == []
