"""The machine's time zone is asked about once, and never where a test's clock stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.cases import clockwork
from tests import homes


def test_another_zone_is_asked_about_once_and_again_only_for_yet_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = 0
    monkeypatch.setattr(clockwork, "machine_offset_minutes", lambda: zone)
    services = homes.opened(tmp_path, clock="")
    first = services.clockwork.asks_zone()
    services.clockwork.zone_seen()
    second = services.clockwork.asks_zone()
    zone = 420
    at_home = services.clockwork.asks_zone()
    zone = 540
    elsewhere = services.clockwork.asks_zone()
    services.close()

    assert (first, second, at_home, elsewhere) == (True, False, False, True)


def test_a_standing_clock_asks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "machine_offset_minutes", lambda: 0)
    services = homes.opened(tmp_path)
    asked = services.clockwork.asks_zone()
    services.close()

    assert not asked
