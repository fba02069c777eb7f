"""The copy of a center as one file: its attached files go along, and a damaged place costs what lies in it."""

from __future__ import annotations

import hashlib
import io
import random
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from desk.clock import chance
from desk.errors.store import FileUnreadable
from storage.blobs import Blobs
from storage.center.backup import Copied, back_up, restore
from storage.center.center import Center
from storage.center.copy_file import pack, unpack
from storage.center.files import BROUGHT
from tests.storage.desks import Ticking

FILES = [b"%PDF-1.7\n" + random.Random(seed).randbytes(4000 + seed) for seed in range(4)]


@pytest.fixture
def db() -> None:
    """The centers of these tests lie on SQLite: what is copied of a server is the same file."""


@pytest.fixture
def files(tmp_path: Path) -> Blobs:
    """Four files that desks brought to the center."""
    store = Blobs(tmp_path / "center" / "attachments")
    for content in FILES:
        keep(store, content)
    return store


def keep(store: Blobs, content: bytes) -> Path:
    """Return where `content` lies in `store`, put there."""
    digest = hashlib.sha256(content).hexdigest()
    assert store.receive(digest, len(content), io.BytesIO(content))
    return store.path(digest)


def held(store: Blobs) -> set[bytes]:
    """Return the contents in `store`."""
    return {path.read_bytes() for path in store.paths()}


def copied(center: Center, files: Blobs, copy: Path) -> bytearray:
    """Return the bytes of the copy of a center, made at `copy`."""
    back_up(center.store, files, copy)
    return bytearray(copy.read_bytes())


def put_back(folder: Path, copy: Path) -> tuple[Copied, Blobs]:
    """Return what a copy brought back into `folder`, and its files."""
    return restore(folder, copy, chance(Ticking())), Blobs(folder / "attachments")


def test_the_files_go_along_and_come_back(center: Center, files: Blobs, tmp_path: Path) -> None:
    made = back_up(center.store, files, tmp_path / "copy")
    assert (made.files, made.missing) == (4, 0)
    again, there = put_back(tmp_path / "new", tmp_path / "copy")
    assert (again.files, again.missing, again.position) == (4, 0, made.position)
    assert held(there) == set(FILES)
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy"]


def test_any_tar_program_takes_a_single_file_out(center: Center, files: Blobs, tmp_path: Path) -> None:
    copied(center, files, tmp_path / "copy")
    with tarfile.open(tmp_path / "copy") as tar:
        names = tar.getnames()
        one = tar.extractfile(names[-1])
        assert one is not None and one.read() in FILES
    assert names[:2] == ["center.db.sha256", "center.db"]
    assert {name.rsplit("/", 1)[1] for name in names[2:]} == {hashlib.sha256(one).hexdigest() for one in FILES}


def test_what_is_altered_on_the_centers_disk_is_in_no_copy(center: Center, files: Blobs, tmp_path: Path) -> None:
    keep(files, FILES[0]).write_bytes(FILES[0].swapcase())
    made = back_up(center.store, files, tmp_path / "copy")
    assert (made.files, made.missing) == (3, 1)
    assert held(put_back(tmp_path / "new", tmp_path / "copy")[1]) == set(FILES[1:])


@pytest.mark.parametrize(("place", "beyond"), [("header", -512), ("beginning", 0), ("middle", 2000)])
def test_a_damaged_place_in_a_copy_costs_one_file(
    center: Center, files: Blobs, tmp_path: Path, place: str, beyond: int
) -> None:
    whole = copied(center, files, tmp_path / "copy")
    at = sorted(whole.find(content) for content in FILES)[1] + beyond
    whole[at : at + 9] = b"\xff" * 9
    (tmp_path / "bad").write_bytes(whole)
    done, there = put_back(tmp_path / "new", tmp_path / "bad")
    assert done.files == 3 and len(held(there) & set(FILES)) == 3, place


def test_a_copy_cut_among_its_files_brings_back_the_center_and_those_before(
    center: Center, files: Blobs, tmp_path: Path
) -> None:
    whole = copied(center, files, tmp_path / "copy")
    third = sorted(whole.find(content) for content in FILES)[2]
    (tmp_path / "bad").write_bytes(whole[: third + 1000])
    done, there = put_back(tmp_path / "new", tmp_path / "bad")
    assert done.files == 2 and len(held(there)) == 2
    assert (tmp_path / "new" / "center.db").exists()


def test_a_single_wrong_byte_of_the_database_makes_no_center(center: Center, files: Blobs, tmp_path: Path) -> None:
    whole = copied(center, files, tmp_path / "copy")
    whole[whole.find(b"SQLite format 3") + 5000] ^= 1
    (tmp_path / "bad").write_bytes(whole)
    with pytest.raises(FileUnreadable) as raised:
        put_back(tmp_path / "new", tmp_path / "bad")
    assert raised.value.facts["cause"] == "it is no whole copy of a center"
    assert not list((tmp_path / "new").iterdir())


def test_a_bare_database_as_copies_were_before_is_still_taken(center: Center, files: Blobs, tmp_path: Path) -> None:
    copied(center, files, tmp_path / "copy")
    with tarfile.open(tmp_path / "copy") as tar:
        bare = tar.extractfile("center.db")
        assert bare is not None
        (tmp_path / "bare.db").write_bytes(bare.read())
    done, there = put_back(tmp_path / "new", tmp_path / "bare.db")
    assert done.files == 0 and held(there) == set()


def test_nothing_of_a_copy_goes_anywhere_but_under_its_own_hash(tmp_path: Path) -> None:
    (tmp_path / "database").write_bytes(b"any")
    pack(tmp_path / "copy", tmp_path / "database", Blobs(tmp_path / "none"))
    digest = hashlib.sha256(FILES[0]).hexdigest()
    with tarfile.open(tmp_path / "copy", "a") as tar:
        for name in (f"attachments/../{digest}", f"/attachments/{digest[:2]}/{digest}", f"attachments/00/{digest}"):
            info = tarfile.TarInfo(name)
            info.size = len(FILES[0])
            tar.addfile(info, io.BytesIO(FILES[0]))
    there = Blobs(tmp_path / "new" / "attachments")
    there.folder.parent.mkdir()
    assert unpack(tmp_path / "copy", tmp_path / "new" / "center.db", there) == 0
    assert [path.name for path in (tmp_path / "new").rglob("*")] == ["center.db"]


def test_what_each_desk_had_brought_is_known_after_it(center: Center, files: Blobs, tmp_path: Path) -> None:
    note = files.folder / BROUGHT / "0192f0a1-7c3a-7b11-8a55-000000000001"
    note.parent.mkdir()
    note.write_bytes(b"4000\n4001\n")
    copied(center, files, tmp_path / "copy")
    there = put_back(tmp_path / "new", tmp_path / "copy")[1]
    assert (there.folder / BROUGHT / note.name).read_bytes() == b"4000\n4001\n"


def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    store = Blobs(tmp_path / "attachments")
    keep(store, b"%PDF-1.7\n" + bytes(19 << 20))
    (tmp_path / "database").write_bytes(bytes(19 << 20))
    tracemalloc.start()
    try:
        pack(tmp_path / "copy", tmp_path / "database", store)
        unpack(tmp_path / "copy", tmp_path / "again", Blobs(tmp_path / "there"))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 4 << 20
