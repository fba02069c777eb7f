"""The one file of a backup: every bit of it is proved before any of it is believed."""

from __future__ import annotations

import hashlib
import random
import struct
from pathlib import Path

import msgspec
import pytest
import zstandard

from storage.backups.form import Said, Unsound, pack, said_by, unpack
from tests.storage.backups.conftest import Make
from tests.storage.desks import Desk


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A backup of 200 KB that are no database: its form alone is looked at."""
    content = tmp_path / "content"
    content.write_bytes(random.Random(1).randbytes(20_000) * 10)
    file = tmp_path / "small.db.zst"
    pack(content, _said(content), file)
    return file


def _said(content: Path, **changes: object) -> Said:
    raw = content.read_bytes()
    said = Said(1, "d", "u", "real", 1, "a", "d0007", 1, 2, "h", 2, 0, len(raw), hashlib.sha256(raw).hexdigest(), "")
    return msgspec.structs.replace(said, **changes)


def _fault(file: Path) -> str:
    with pytest.raises(Unsound) as raised:
        unpack(file, file.with_suffix(".out"))
    return raised.value.fault


def test_what_was_packed_is_what_comes_out(small: Path, tmp_path: Path) -> None:
    assert unpack(small, tmp_path / "out") == said_by(small) == _said(tmp_path / "content")
    assert (tmp_path / "out").read_bytes() == (tmp_path / "content").read_bytes()


def test_any_other_program_takes_the_database_out(desk: Desk, backed_up: Make, tmp_path: Path) -> None:
    desk.accept(1)
    made = backed_up()
    with (
        made.path.open("rb") as file,
        zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True) as all_,
    ):
        content = all_.read()
    assert content.startswith(b"SQLite format 3\0")
    assert hashlib.sha256(content).hexdigest() == made.said.sha256


def test_no_bit_of_it_can_change_unseen(small: Path) -> None:
    whole, dice = small.read_bytes(), random.Random(2)
    places = [*range(60), *range(len(whole) - 60, len(whole)), *(dice.randrange(len(whole)) for _ in range(120))]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(8)
        small.write_bytes(changed)
        assert _fault(small) in ("no backup", "cut", "altered", "newer"), place


def test_one_that_was_cut_or_grew_is_none(small: Path) -> None:
    whole = small.read_bytes()
    for length in (0, 7, 8, 100, 300, len(whole) // 2, len(whole) - 41, len(whole) - 40, len(whole) - 1):
        small.write_bytes(whole[:length])
        assert _fault(small) in ("no backup", "cut"), length
    small.write_bytes(whole + b"x")
    assert _fault(small) == "altered"


def test_a_later_form_is_told_as_such(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.write_bytes(b"x")
    pack(content, _said(content, format=2), tmp_path / "later")
    assert _fault(tmp_path / "later") == "newer"


def test_one_that_holds_more_than_it_says_never_fills_the_disk(tmp_path: Path) -> None:
    bomb = zstandard.ZstdCompressor().compress(bytes(64 << 20))
    content = tmp_path / "content"
    content.write_bytes(b"x")
    words = msgspec.json.encode(_said(content))
    whole = struct.pack("<II", 0x184D2A50, len(words)) + words + bomb
    file = tmp_path / "bomb"
    file.write_bytes(whole + struct.pack("<II", 0x184D2A51, 32) + hashlib.sha256(whole).digest())
    assert _fault(file) == "altered"
    assert file.with_suffix(".out").stat().st_size <= 1
