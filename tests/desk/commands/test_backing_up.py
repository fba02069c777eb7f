"""`desk backup`, and what `desk check` says of backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.commands.conftest import Desk

LATER = "2026-11-27T16:00:00+07:00"
MUCH_LATER = "2026-11-30T09:00:00+07:00"


def _finding(desk: Desk, *words: str, **changes: str) -> tuple[bool, str]:
    (one,) = [one for one in desk.did("check", *words, **changes) if one["id"] == "backup"]
    assert one["ok"] or one["do"]
    return one["ok"], one["said"]


def test_a_backup_is_named_by_day_and_number_and_says_what_it_holds(desk: Desk, tmp_path: Path) -> None:
    desk.intake()
    made = desk.did("backup", tmp_path / "stick", DESK_PIN="")
    assert set(made) == {
        "file",
        "made_at",
        "events",
        "dossiers",
        "bytes",
        "attachments",
        "deleted",
        "same_disk",
    }
    assert (made["dossiers"], made["made_at"]) == (1, "2026-11-25T08:30:00+07:00")
    assert Path(made["file"]).name.endswith("-2026-11-25-01.db.zst")
    assert Path(made["file"]).stat().st_size == made["bytes"]
    assert "2026-11-25-02" in desk.did("backup", tmp_path / "stick")["file"]
    assert "same disk" in desk.run("backup", json=False).out


def test_without_a_folder_it_goes_where_the_settings_say(desk: Desk, tmp_path: Path) -> None:
    assert Path(desk.did("backup")["file"]).parent == desk.home / "backups"
    settings = desk.home / "desk.toml"
    text = settings.read_text("utf-8").replace('backup_folder = ""', f"backup_folder = '{tmp_path / 'drive'}'")
    settings.write_text(text, "utf-8")
    assert Path(desk.did("backup")["file"]).parent == tmp_path / "drive"
    assert _finding(desk)[0]


def test_a_folder_that_cannot_be_written_is_told_with_a_code(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    ran = desk.run("backup", tmp_path / "letter")
    assert (ran.status, ran.error) == (1, "STORE-42")


def test_the_check_says_how_old_the_newest_is_and_what_waits(desk: Desk) -> None:
    assert _finding(desk, DESK_CLOCK=LATER)[0]
    ok, said = _finding(desk, DESK_CLOCK=MUCH_LATER)
    assert not ok and str(desk.home / "backups") in said
    desk.did("backup", DESK_CLOCK=LATER)
    assert _finding(desk, DESK_CLOCK="2027-01-30T09:00:00+07:00")[0]  # nothing was saved since
    desk.environment["DESK_CLOCK"] = LATER
    desk.intake()
    ok, said = _finding(desk, DESK_CLOCK=MUCH_LATER)
    assert ok and "16:00 27/11/2026" in said
    assert not _finding(desk, DESK_CLOCK="2026-12-01T09:00:00+07:00")[0]


def test_the_check_brings_the_newest_back_when_asked(desk: Desk) -> None:
    desk.intake()
    made = Path(desk.did("backup")["file"])
    desk.intake()
    ok, said = _finding(desk, "--backup")
    assert ok and made.name in said
    raw = bytearray(made.read_bytes())
    raw[len(raw) // 2] ^= 4
    made.write_bytes(raw)
    assert not _finding(desk, "--backup")[0]
    assert not list(desk.home.glob(".rehearsal*"))


@pytest.mark.parametrize("option", ["--help", "--nothing"])
def test_its_help_needs_no_home(bare: Desk, option: str) -> None:
    assert bare.run("backup", option, json=False).status == (0 if option == "--help" else 2)
