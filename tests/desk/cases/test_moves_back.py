"""A request made on top of another leads back the way it came."""

from __future__ import annotations

from pathlib import Path

from tests import homes


def test_a_withdrawal_taken_back_leads_to_the_supplement_asked_for_before_acceptance(tmp_path: Path) -> None:
    services = homes.opened(tmp_path)
    officer = services.officers.the_one()
    filed = '{"code": "H49-261125-090001", "procedure": "1.001193", "filed_at": "2026-11-24T10:00:00+07:00"'
    services.inbox.take(filed + ', "owner": {"name": "Trần Văn Bình"}}', officer)
    code = "H49-261125-090001"
    services.moves.move(code, "supplement_requested", officer, reason="Thiếu tệp")
    services.moves.move(code, "withdrawal_requested", officer)
    back = services.moves.move(code, "supplement_requested", officer)
    possible = [move.to for move in services.moves.possible(code, officer)]
    services.close()

    assert back.status == "supplement_requested"
    assert possible == ["filed", "withdrawal_requested", "stopped"]
