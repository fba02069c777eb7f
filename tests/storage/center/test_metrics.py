"""What a monitor may know: counts and times, on this machine only, and nothing of a person or a paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from desk import diagnostics
from desk.errors.store import StoreBusy
from storage.center.app import make_app
from storage.center.center import Center
from storage.center.metrics import Metrics
from tests.storage.centers import join, sync
from tests.storage.desks import Desk

DIGITS = "1234567890123456789012"


def _values(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def _read(center: Center, *paths: str) -> dict[tuple[str, ...], float]:
    with TestClient(make_app(center), client=("127.0.0.1", 5)) as client:
        for path in paths:
            client.get(path)
        return _values(client.get("/metrics").text)


def test_requests_are_counted_by_the_pattern_of_their_address(center: Center, tmp_path: Path, db: str | None) -> None:
    notes = diagnostics.begin(tmp_path)
    found = _read(center, "/healthz", f"/t/{DIGITS}", f"/t/{DIGITS}", f"/nobody/{DIGITS}")
    assert found["motcua_requests_total", "/healthz", "200"] == 1
    assert found["motcua_requests_total", "/t/{digits:path}", "404"] == 2
    assert found["motcua_requests_total", "other", "404"] == 1
    assert found["motcua_request_seconds_count", "/t/{digits:path}"] == 2
    written = notes.read_text(encoding="utf-8")
    assert written.count("answered path='/t/{digits:path}' status=404 ms=") == 2
    assert DIGITS not in written
    assert not any(DIGITS in part for name in found for part in name)


def test_what_the_center_holds_is_counted_when_it_is_asked(center: Center, desk: Desk) -> None:
    join(desk, center)
    desk.accept(3)
    sync(desk, center)
    found = _read(center)
    held = {name: found["motcua_" + name,] for name in ("events", "desks", "desks_silent", "events_quarantined")}
    assert held == {"events": len(desk.events()), "desks": 1, "desks_silent": 0, "events_quarantined": 0}
    later = center.clock() + timedelta(hours=5)
    assert _values(Metrics(center.store, lambda: later).text().decode())["motcua_desks_silent",] == 1


def test_another_machine_reads_no_figures(center: Center) -> None:
    with TestClient(make_app(center), client=("10.0.0.7", 5)) as client:
        assert client.get("/metrics").status_code == 404


def test_a_database_that_does_not_answer_is_a_figure_and_no_fault(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> Any:
        raise StoreBusy()

    monkeypatch.setattr(center.store, "reading", failing)
    found = _read(center, "/healthz")
    assert found["motcua_database_up",] == 0
    assert ("motcua_events",) not in found
    assert found["motcua_requests_total", "/healthz", "503"] == 1
