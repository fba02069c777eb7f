"""A center in its folder: made once, found again, never answered for without its key."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from desk.errors.store import CenterKeyMissing, DatabaseUnreachable, HomeUnreadable, SettingsWrong
from storage.center.opening import DATABASE, SETTINGS, key_file
from tests.storage.centers import join, lines, new_center, sync
from tests.storage.desks import Desk


def test_a_center_is_the_same_after_each_start(desk: Desk, tmp_path: Path, db: str | None) -> None:
    first = new_center(tmp_path, db)
    join(desk, first)
    sync(desk, first)
    first.close()
    again = new_center(tmp_path, seed=99)
    assert (again.about, again.key) == (first.about, first.key)
    assert again.store.is_sqlite == (db is None)
    desk.accept(1)
    sync(desk, again)
    assert lines(again) == [event.line() for event in desk.events()]


def test_the_key_lies_apart_from_the_center_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    center = new_center(tmp_path)
    file = key_file(tmp_path / "keys", center.about.id)
    assert file.name == f"center-{center.about.id}.key"
    secret = file.read_text(encoding="ascii").strip()
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
    center.close()
    assert all(secret.encode() not in path.read_bytes() for path in (tmp_path / "center").iterdir())


def test_without_its_key_or_with_another_the_center_does_not_start(tmp_path: Path) -> None:
    center = new_center(tmp_path)
    center.close()
    file = key_file(tmp_path / "keys", center.about.id)
    kept = file.read_text(encoding="ascii")
    for wrong in ("", "zz", "00" * 32):
        file.write_text(wrong, encoding="ascii")
        with pytest.raises(CenterKeyMissing):
            new_center(tmp_path)
    file.unlink()
    with pytest.raises(CenterKeyMissing) as caught:
        new_center(tmp_path)
    assert caught.value.facts == {"file": file.name}
    file.write_text(kept, encoding="ascii")
    assert new_center(tmp_path).about == center.about


@pytest.mark.parametrize("text", ["", "[]", '{"db": 5}', "{", "\x00"])
def test_settings_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "center").mkdir()
    (tmp_path / "center" / SETTINGS).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsWrong):
        new_center(tmp_path)


def test_a_database_that_does_not_answer_is_told_and_not_kept(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        new_center(tmp_path, "postgresql://postgres@127.0.0.1:1/none?connect_timeout=2")
    assert not (tmp_path / "center" / SETTINGS).exists()


def test_the_address_of_the_database_is_kept_for_its_owner_only(tmp_path: Path, postgres_server: str) -> None:
    from tests.postgres import fresh_database

    url = fresh_database(postgres_server)
    new_center(tmp_path, url).close()
    settings = tmp_path / "center" / SETTINGS
    assert json.loads(settings.read_text(encoding="utf-8")) == {"db": url}
    if os.name != "nt":
        assert settings.stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "center" / DATABASE).exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "center").write_bytes(b"")
    with pytest.raises(HomeUnreadable):
        new_center(tmp_path)
